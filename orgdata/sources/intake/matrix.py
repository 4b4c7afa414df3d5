"""A matrix of products and company goals, or of products and people (FORMATS section 3)."""

from dataclasses import replace

import pandas as pd

from orgdata import formats
from orgdata.sources.intake.build import Build, frame_of
from orgdata.sources.intake.known import exploded, first_of
from orgdata.sources.intake.part import Part, looked_up
from orgdata.sources.intake.wide import NO_LINK, links

_ROLES = {"a": "accountable", "r": "responsible", "c": "consulted", "i": "informed",
          "r/a": "accountable", "a/r": "accountable"}


_PLAIN = frozenset("x (x) ✓ ✔ ✅ ☑ ● • ■ yes y ja oui sí si sim はい".split())  # of anything
_DESCRIBE = frozenset("stage strategic_role spend revenue fte purpose segments".split())
_ARE_GOALS = {"goals": "company goals", "none": "something else, not read"}


def add_matrix(build: Build, part: Part) -> Part:
    """The links that marks say; returns the sheet without its columns of marks."""
    marked, more = links(part.frame, part.marks)
    if more:
        build.asked.leave_out(part.origin, f"{more:,} marks of the matrix",
                              f"it has more than {len(marked):,}, the most that is read")
    plain = replace(part, marks=())
    marks = {str(mark).strip().casefold() for name in part.marks for mark in part.frame[name]}
    if part.main == "product" and marks - {""} <= {*_ROLES}:
        _add_roles(build, part, marked)
    elif part.main == "product" and not build.outcomes.listed and _are_features(build, part, marks):
        build.asked.leave_out(part.origin, f"the marks of {formats.listed([*part.marks], most=9)}",
                              "nothing says that these are company goals")
    elif part.main == "product":
        _add_links(build, part, marked, part.cells("product"))
    elif part.main == "outcome":
        headers = pd.Series(list(part.marks), dtype="str")
        _learn(build, part, "products", headers)
        products = exploded(marked["header"], build.products.ids_in(marked["header"]))
        build.outcomes.add({name: name for name in part.cells("outcome") if name})
        outcomes = part.cells("outcome").reindex(products.index)
        build.add(part, "contributions", frame_of(
            products.index, product_id=products, outcome_id=outcomes,
            strength=marked["strength"].to_numpy() if len(products) == len(marked) else ""))
    return plain


def _are_features(build: Build, part: Part, marks: set[str]) -> bool:
    """Whether plain marks of a list that describes products may be about anything, "GDPR" or
    "Sold online": asked."""
    if part.above_marks == "outcome" or not _DESCRIBE & part.meanings.keys() or not (
            marks <= _PLAIN | {*NO_LINK}):
        return False
    columns = formats.listed([*part.marks], most=9)
    return build.asked.ask(f"marks: {part.marks[0]}", f"{columns}: are these company goals?",
                           _ARE_GOALS, "none", (), 3 * len(part.frame)) == "none"


def _add_links(build: Build, part: Part, marked: pd.DataFrame, products: pd.Series) -> None:
    headers = pd.Series(list(part.marks), dtype="str")
    _learn(build, part, "outcomes", headers)
    known = build.outcomes.ids_in(headers)
    ids = first_of(marked["header"], known)
    names = products.reindex(marked.index)
    build.add(part, "contributions", frame_of(
        marked.index, product_id=names, outcome_id=ids, strength=marked["strength"]))


def _learn(build: Build, part: Part, table: str, headers: pd.Series) -> None:
    """Where no list tells of them, the headers of a matrix are the goals, or the products."""
    known = build.outcomes if table == "outcomes" else build.products
    if known.listed:
        return
    known.add({name: name for name in headers})
    row = part.frame.index[:1].repeat(len(headers))
    ids = headers.set_axis(row)
    build.add(part, table, frame_of(row, **{f"{table[:-1]}_id": ids, "name": ids}))


def _add_roles(build: Build, part: Part, marked: pd.DataFrame) -> None:
    """Who answers for a product, and who works on it, from a matrix with people as columns."""
    headers = pd.Series(list(part.marks), part.frame.index[:1].repeat(len(part.marks)), dtype="str")
    people = first_of(marked["header"], build.people.ids_in(headers, "the columns"))
    build.add(part, "assignments", frame_of(
        marked.index, product_id=part.cells("product").reindex(marked.index), person_id=people,
        role=looked_up(marked["mark"].str.casefold(), _ROLES)))
