"""Read sheets of somebody's own: what each tells of, and all of them together as our tables.

Lists come before what refers to them: goals of the company, products, then objectives. Of several
sheets that tell of one thing the richest counts, cell by cell, and the others fill its blanks.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from orgdata.model.intake import SPREADSHEET, Intake
from orgdata.model.portfolio import Export
from orgdata.model.settings import Settings
from orgdata.sources.intake.asked import Asked
from orgdata.sources.intake.beside import with_managers
from orgdata.sources.intake.build import Build, export_of, frame_of
from orgdata.sources.intake.counted import with_ids_of_their_own
from orgdata.sources.intake.days import with_plain_days
from orgdata.sources.intake.decimals import with_plain_thousands
from orgdata.sources.intake.entities import (
    add_outcomes,
    add_people,
    add_products,
    add_servants,
)
from orgdata.sources.intake.fiscal import with_fiscal_year
from orgdata.sources.intake.goals import add_goals
from orgdata.sources.intake.headless import KnownNames, without_header
from orgdata.sources.intake.heard import hear_of_people, learn
from orgdata.sources.intake.known import Known
from orgdata.sources.intake.matrix import add_matrix
from orgdata.sources.intake.numbered import side_by_side
from orgdata.sources.intake.part import Part
from orgdata.sources.intake.persons import Persons
from orgdata.sources.intake.served import ask_what_objectives_serve
from orgdata.sources.intake.sheet import Records, has_no_header, own_part
from orgdata.sources.intake.snapshots import without_earlier, without_old, without_work_for_known
from orgdata.sources.intake.tables import tables_in
from orgdata.sources.intake.tabs import with_tabs
from orgdata.sources.intake.tell import ELSEWHERE, tell, unread
from orgdata.sources.intake.tools import joined, joined_goals, joined_names, joined_people
from orgdata.sources.intake.untitled import refers
from orgdata.sources.raw import RawTable
from orgdata.sources.sheets import Sheet

_ORDER = ("outcome", "product", "objective", "key_result")
_TOLD = ("product", "outcome", "objective", "key_result", "person", "")  # as people think of them


@dataclass(frozen=True)
class Read:
    """What sheets of somebody's own became."""

    tables: list[tuple[str, RawTable]]
    known: list[tuple[str, RawTable]]  # our own, as far as they tell of nothing else
    exports: list[Export]
    problems: list[pd.DataFrame]
    intake: Intake
    settings: Settings


def read_own(source: str, sheets: Sequence[tuple[Sheet, Sequence[str]]],
             known: Sequence[tuple[str, RawTable]], settings: Settings,
             tools: Sequence[tuple[str, RawTable]] = ()) -> Read:
    """Sheets as pieces of our tables, each with the tables that the settings read from it.
    `source`: the name of the file, if it is the only one; `known`: our own tables beside them;
    `tools`: those that exports of tools became."""
    asked = Asked(settings.answers)
    sheets = [(table, tables) for sheet, tables in sheets
              for table in ([sheet] if tables else tables_in(sheet))]
    plain = with_plain_days(with_plain_thousands([sheet for sheet, _ in sheets]))
    sheets = [(sheet, tables) for sheet, (_, tables) in zip(plain, sheets, strict=True)]
    settings = with_fiscal_year([sheet for sheet, _ in sheets], settings, asked)
    products, outcomes = (Known(table, asked, settings.same.get(table))
                          for table in ("products", "outcomes"))
    build = Build(asked, products, outcomes, Persons(asked))
    learn(build, known)
    known = with_managers(build, known)
    read = _parts(sheets, [*tools, *known], lambda sheet, tables, names: own_part(
        sheet, tables, source, asked, settings, names))
    newer, older = without_old([part for part, _ in read if part.main], asked)
    newer, earlier = without_earlier(newer, asked)
    newer, work = without_work_for_known(newer)
    older |= {**earlier, **work}
    chosen = with_ids_of_their_own(with_tabs(newer))
    hear_of_people(build, chosen)
    same = joined_people(build, tools)
    for main in _ORDER:
        if main == "objective":
            same |= joined_names(build, tools, "products", build.products)
            same |= joined_names(build, tools, "outcomes", build.outcomes)
        for part in sorted((one for one in chosen if one.main == main),
                           key=lambda one: (_comes_later(one), -one.richness)):
            _add(build, part)
    for part in chosen:
        if part.main == "outcome" and "product" in part:
            add_servants(build, part)
    ask_what_objectives_serve(build)
    apart = _add_people(build, [part for part in chosen if part.main == "person"])
    exports, told = [], []
    origins = {part.origin for part in chosen}
    for part, records in read:
        left_out = dict(records.left_out)
        if part.origin not in origins:
            reason = older.get(part.origin, "nothing in the sheet says what it lists")
            left_out |= dict.fromkeys((int(row) for row in records.frame.index), reason)
        left_out |= dict.fromkeys(apart.get(part.origin, ()), ELSEWHERE)
        used = build.used.get(part.origin, pd.Series(dtype="str"))
        if part.main:
            exports.append(export_of(part, records.frame, used, left_out))
        told.append((part, records.frame, used, left_out))
    for one in sorted(told, key=lambda one: _TOLD.index(one[0].main)):
        tell(build, *one)
    currency = settings.currency or build.currency or None
    mine = {part.origin for part, _ in read if part.main}
    noticed = [sheet.table.problems.assign(table=SPREADSHEET) for sheet, _ in sheets
               if sheet.table.origin in mine]
    same |= joined_goals(build.pieces, tools)
    return Read(_poorest_first(build.pieces, chosen), [*joined(tools, same), *known], exports,
                [*noticed, *build.problems, *unread(exports, asked), *asked.problems()],
                asked.intake(), replace(settings, currency=currency))


def _comes_later(part: Part) -> bool:
    """Whether a sheet is not the one that names its things: products without managers, key results
    without objectives."""
    return {"product": "product_manager", "key_result": "objective"}.get(
        part.main, part.main) not in part


def tells_of_something(sheet: Sheet, settings: Settings) -> bool:
    """Whether a sheet, or its first rows, is somebody's own list of things that we read."""
    return any(own_part(table, (), "", Asked(settings.answers), settings, KnownNames())[0].main
               for table in tables_in(sheet))


def _parts(sheets: Sequence[tuple[Sheet, Sequence[str]]], known: Sequence[tuple[str, RawTable]],
           read: Callable[[Sheet, Sequence[str], KnownNames], tuple[Part, Records]]) -> list[
               tuple[Part, Records]]:
    """The sheets, each `read`; those without a header, and those whose columns refer to others by
    name, by what the others tell of."""
    parts = {at: read(sheet, tables, KnownNames()) for at, (sheet, tables) in enumerate(sheets)
             if not has_no_header(sheet)}
    ours = {table: raw.frame["name"] for table, raw in known if "name" in raw.frame}
    names = KnownNames.of([part for part, _ in parts.values() if part.main], {
        "product": ours.get("products", ()), "outcome": ours.get("outcomes", ()),
        "person": ours.get("people", ())})
    for at, (sheet, tables) in enumerate(sheets):
        known_part = parts[at][0] if at in parts else None
        if known_part and not known_part.main and (
                table := without_header(sheet.table, names)) is not None:
            parts[at] = read(replace(sheet, table=table), tables, names)
        elif known_part is None or refers(known_part, names):
            parts[at] = read(sheet, tables, names)
    return [parts[at] for at in range(len(sheets))]


def _add(build: Build, part: Part) -> None:
    if part.marks:
        part = add_matrix(build, part)
    if part.main == "outcome":
        add_outcomes(build, part)
    elif part.main == "product":
        add_products(build, part)
    else:
        for one in side_by_side(part):
            add_goals(build, one)


def _add_people(build: Build, parts: Sequence[Part]) -> dict[str, set[int]]:
    """Everybody who is named: from lists of people with what these say, else by the name alone.
    Origin → the rows of lists that are not read, since they are named nowhere else."""
    alone = not build.pieces and not build.people.named
    apart = {part.origin: add_people(build, part, alone) for part in parts}
    listed = {id_ for table, piece in build.pieces if table == "people"
              for id_ in piece.frame["person_id"]}
    listed |= set(build.people.ids.values())
    others = {id_: named for id_, named in build.people.named.items() if id_ not in listed}
    if others:
        rows = pd.Index([row for _, row in others.values()])
        frame = frame_of(rows, person_id=pd.Series(list(others), rows, dtype="str"),
                         name=pd.Series([name for name, _ in others.values()], rows, dtype="str"))
        build.pieces.append(("people", RawTable("names in the files", frame)))
    return apart


def _poorest_first(pieces: list[tuple[str, RawTable]],
                   parts: Sequence[Part]) -> list[tuple[str, RawTable]]:
    """Pieces in the order of merging: cells of a later one replace those before it."""
    richness = {part.origin: part.richness for part in parts}
    return sorted(pieces, key=lambda piece: richness.get(piece[1].origin, 0))
