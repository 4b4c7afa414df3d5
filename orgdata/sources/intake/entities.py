"""Products, company goals and people of somebody's own lists (FORMATS sections 2 to 4)."""

import re

import pandas as pd
import pyarrow.compute as pc

from orgdata.model.words import ASSIGNMENT_ROLE, normalise_word
from orgdata.sources.intake.build import Build, frame_of
from orgdata.sources.intake.header_words import Money, words_of
from orgdata.sources.intake.headers import read_header
from orgdata.sources.intake.known import exploded, first_of
from orgdata.sources.intake.name_cells import names_in
from orgdata.sources.intake.names import LONGEST, Names
from orgdata.sources.intake.part import Part, looked_up
from orgdata.sources.intake.people_cells import is_nobody, one_person
from orgdata.sources.intake.spoken import lights, lives, strategic_roles, tiers
from orgdata.sources.intake.values import SCALES, number_with_remark, scaled
from orgdata.sources.vendors.records import map_distinct
from orgdata.tabular.cells import as_written, either, only_where
from orgdata.tabular.lookup import is_any

_MORE = re.compile(r"[\d.,]{1,20} ?\+ ?\d")  # people who come on top
_THOUSANDS = re.compile(r"(?:[€$£]|[A-Z]{3}) ?[1-9]\d{0,2}(?:\.\d{3})+|"
                        r"[1-9]\d{0,2}(?:\.\d{3})+ ?(?:[€$£]|[A-Z]{3})")
_SLASH = re.compile(r"\s[/|+&]\s")
_LOOKED_AT = 50  # amounts of money, for their currency


def add_products(build: Build, part: Part) -> None:
    """The products of a list, who answers for them, and which company goals they serve."""
    names = map_distinct(part.cells("product"), build.products.as_known)
    ids = _own_ids(build, part, names)
    build.add(part, "products", frame_of(
        names.index, product_id=ids, business_area=part.cells("area"), name=map_distinct(
            names, lambda name: "" if build.products.is_id(name) else name),
        level=part.cells("type"), parent_product_id=_parents(part, ids, names),
        status=lives(part.cells("status")),
        strategic_role=strategic_roles(build.asked, part.cells("strategic_role")),
        lifecycle_stage=part.cells("stage"), annual_spend=money(build, part, "spend"),
        annual_revenue=money(build, part, "revenue"),
        fte=number_with_remark(_without_more(_without_words(part.cells("fte"))))[0],
        bau_pct=part.cells("bau_pct"), role_statement=part.cells("purpose"),
        segments=part.cells("segments"), jobs=part.cells("jobs"),
        description=part.cells("description", "note")))
    build.products.add({id_: name for id_, name in zip(ids, names, strict=True) if id_})
    build.products.listed = True
    build.products.not_these(set(part.cells("area").unique()))
    add_assignments(build, part, ids)
    add_contributions(build, part, ids)


def _own_ids(build: Build, part: Part, names: pd.Series) -> pd.Series:
    """The id of each product: its own, that of one that is known under this name, else its name."""
    known = map_distinct(names, lambda name: build.products.id_of(name) or name)
    own = part.cells("id")
    if _count_rows(own[names != ""]) and any(
            build.products.id_of(id_) not in (None, build.products.id_of(name))
            for id_, name in zip(own, names, strict=True) if name):
        own = only_where(own, names.array == "")  # they count the rows of each sheet anew
    if (own[names != ""].groupby(names[names != ""]).nunique() > 1).any():
        own = only_where(own, names.array == "")  # those of records that name their product
    return only_where(either(own, known), names.array != "")


def _parents(part: Part, ids: pd.Series, names: pd.Series) -> pd.Series:
    """The id of the product that each one is part of, named by its id or name."""
    parents = part.cells("parent")
    by_name = dict(zip(names, ids, strict=True)) | {id_: id_ for id_ in ids}
    return looked_up(parents, {name: id_ for name, id_ in by_name.items() if name}, "")


def _count_rows(ids: pd.Series) -> bool:
    """Whether ids are but the numbers of rows: 1, 2, 3."""
    return bool((ids.to_numpy() == [str(at) for at in range(1, len(ids) + 1)]).all())


def add_assignments(build: Build, part: Part, products: pd.Series) -> None:
    """Who answers for products, and who stands in."""
    for meaning, role in (("product_manager", "accountable"), ("deputy", "deputy")):
        cells = part.cells(meaning)
        column = part.column(meaning)
        if column is None:
            continue
        told = {id_ for table, piece in build.pieces if table == "assignments"
                for id_ in _with_role(piece.frame, role)}
        roles = _roles(part, role)
        is_told = is_any(products, told) & (roles == role).to_numpy()
        cells = only_where(cells, ~is_told)  # a richer sheet says who it is
        people = exploded(cells, build.people.ids_in(cells, column))
        build.add(part, "assignments", frame_of(
            people.index, product_id=products.reindex(people.index), person_id=people,
            role=roles.reindex(people.index),
            allocation_pct=part.cells("allocation_pct").reindex(people.index)))


def _roles(part: Part, role: str) -> pd.Series:
    """What each person of a list is to the product: what a column of roles says, whose words for
    other work than that of its manager make nobody accountable."""
    said = part.cells("role")
    who = part.headers.get(part.column("product_manager") or "")
    if not (said != "").any() and "allocation_pct" in part and who and (
            who.meanings[:1] == ("person",)):
        return pd.Series("contributor", said.index, dtype="str")
    if role != "accountable" or not (said != "").any():
        return pd.Series(role, said.index, dtype="str")
    return map_distinct(said, lambda cell: "" if not cell else "accountable" if (
        ASSIGNMENT_ROLE.canonical(normalise_word(cell)) == "accountable"
        or read_header(cell).meanings[:1] == ("product_manager",)) else cell)


def _with_role(assignments: pd.DataFrame, role: str) -> list[str]:
    """The products of assignments with a role."""
    has_role = pc.equal(as_written(assignments["role"]), role)
    return list(as_written(assignments["product_id"]).filter(has_role).to_pylist())


def add_contributions(build: Build, part: Part, products: pd.Series) -> None:
    """Which company goals products say they serve. Where no list tells of goals, these are they."""
    cells = part.cells("outcome")
    if "outcome" not in part:
        return
    outcomes = exploded(cells, outcomes_in(build, part, cells))
    build.add(part, "contributions", frame_of(
        outcomes.index, product_id=products.reindex(outcomes.index), outcome_id=outcomes,
        strength=part.cells("strength").reindex(outcomes.index),
        share_pct=part.cells("share_pct").reindex(outcomes.index)))


def outcomes_in(build: Build, part: Part, cells: pd.Series) -> dict[str, tuple[str, ...]]:
    """The company goals that cells name; where none are known, they become known by these."""
    if not build.outcomes.listed:
        unknown = Names(())
        distinct = list(cells[cells != ""].drop_duplicates().items())
        alone = Names(str(cell) for _, cell in distinct)  # "A / B" are two where A stands alone
        words = {word: row for row, cell in reversed(distinct)
                 for whole, _ in names_in(str(cell), unknown)
                 for word in _apart(whole, alone)}
        ordered = sorted(words, key=lambda word: int(str(words[word])))
        build.outcomes.add({word: word for word in ordered})
        build.add(part, "outcomes", frame_of(
            pd.Index([words[word] for word in ordered]),
            outcome_id=pd.Series(ordered, [words[word] for word in ordered], dtype="str"),
            name=pd.Series(ordered, [words[word] for word in ordered], dtype="str")))
    return build.outcomes.ids_in(cells, part.column("outcome") or "")


def _apart(name: str, known: Names) -> list[str]:
    """A name, or the names that stand in it between slashes, where another cell has one of them."""
    parts = [part.strip() for part in _SLASH.split(name)]
    return parts if len(parts) > 1 and all(parts) and any(
        known.same(part) for part in parts) else [name]


def add_outcomes(build: Build, part: Part) -> None:
    """The company goals of a list."""
    names = part.cells("outcome")
    ids = outcome_ids(part)
    owners = part.cells("owner")
    build.add(part, "outcomes", frame_of(
        names.index, outcome_id=ids, name=names,
        description=part.cells("description", "note"), metric=part.cells("metric"),
        unit=part.cells("unit"), baseline=part.cells("baseline"), target=part.cells("target"),
        current=part.cells("current"), start_date=part.cells("start"), due_date=part.cells("due"),
        weight=part.cells("weight"), tier=tiers(build.asked, part.cells("tier")),
        status=lights(part.cells("status")),
        owner_id=first_of(owners, build.people.ids_in(owners, part.column("owner") or "owner"))))
    build.outcomes.add(dict(zip(ids, names, strict=True)))
    build.outcomes.listed = True


def add_servants(build: Build, part: Part) -> None:
    """The products that a list of company goals names for each of them."""
    cells = part.cells("product")
    if not build.products.listed:
        names = exploded(cells, {cell: tuple(word for word, _ in names_in(
            str(cell), build.products.names)) for cell in cells[cells != ""].unique()})
        build.add(part, "products", frame_of(names.index, product_id=names, name=names))
        build.products.add({name: name for name in names.unique()})
    products = exploded(cells, build.products.ids_in(cells, part.column("product") or ""))
    ids = outcome_ids(part).reindex(products.index)
    build.add(part, "contributions", frame_of(
        products.index, product_id=products, outcome_id=ids,
        strength=part.cells("strength").reindex(products.index)))


def outcome_ids(part: Part) -> pd.Series:
    """The id of each company goal of a list: its own, else its name."""
    own, names = part.cells("id"), part.cells("outcome")
    return only_where(either(own, names), names.array != "")


def money(build: Build, part: Part, meaning: str) -> pd.Series:
    """Money as written, with the scale of its header: 1450 below "($k)" is 1450k."""
    written = _without_words(part.cells(meaning))
    column = part.column(meaning)
    if column is None:
        return written
    header = part.headers[column]
    cells = number_with_remark(written if header.scale else map_distinct(written, _whole))[0]
    build.currency = build.currency or header.currency or _currency_of(written)
    if header.scale:
        build.asked.say(f"{column}: numbers are read times {SCALES[header.scale]}, as its header "
                        "says.")
    return scaled(cells, header.scale)


def _whole(cell: str) -> str:
    """Money with three digits behind each dot, "€ 840.000", without these: a currency has no such
    decimals."""
    return cell.replace(".", "") if _THOUSANDS.fullmatch(cell[:LONGEST]) else cell


def _without_words(cells: pd.Series) -> pd.Series:
    """Cells of numbers, blank where they say that nothing is known yet: offen, à définir, TBC."""
    return map_distinct(cells, lambda cell: "" if is_nobody(cell) else cell)


def _without_more(cells: pd.Series) -> pd.Series:
    """Cells of people without those that come on top: "14 + 2 open" is 14."""
    return map_distinct(
        cells, lambda cell: cell.partition("+")[0].strip() if _MORE.match(cell) else cell)


def _currency_of(cells: pd.Series) -> str:
    """The one currency that amounts of money bear; "" where they bear none or several."""
    some = cells[cells != ""].unique()[:_LOOKED_AT]
    found = {currency for cell in some if (currency := Money.of(words_of(str(cell))).currency)}
    return found.pop() if len(found) == 1 else ""


def add_people(build: Build, part: Part, keep_all: bool) -> set[int]:
    """The people of a list who are named elsewhere; returns the rows of the others."""
    names = map_distinct(part.cells("person"), one_person)
    mails = part.cells("email")
    ids = looked_up(names, build.people.ids, "")
    kept = ids.isin(list(build.people.named)) | keep_all
    managers = part.cells("manager")
    if keep_all:
        known = build.people.ids_in(managers, part.column("manager") or "manager")
        manager = first_of(managers, known)
    else:
        listed = map_distinct(managers, build.people.listed)
        slips = build.people.slips(managers[kept & (listed == "")], {*names[kept]})
        listed = listed.where(listed != "", looked_up(managers, slips, "").where(kept, ""))
        manager = looked_up(listed, build.people.ids, "")
    manager = manager.where(manager.isin(list(ids[kept])), "")
    build.add(part, "people", frame_of(names.index, person_id=ids, name=names, email=mails,
                                       title=part.cells("job_title"), manager_id=manager)[kept])
    return {int(row) for row in names.index[~kept & (names != "")]}
