"""Objectives and key results of somebody's own list: in two columns, or in one with levels
(FORMATS sections 2 to 4)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import partial

import pandas as pd

from orgdata import formats
from orgdata.model.words import normalise_word
from orgdata.sources.intake.build import Build, frame_of, joined
from orgdata.sources.intake.check_ins import add_check_ins, days_of, latest
from orgdata.sources.intake.elsewhere import binary_results, known_results
from orgdata.sources.intake.entities import add_assignments, outcomes_in
from orgdata.sources.intake.known import exploded, first_of
from orgdata.sources.intake.levels import levels_in
from orgdata.sources.intake.name_cells import names_in, one_spelling
from orgdata.sources.intake.of_some import say_of_some
from orgdata.sources.intake.part import Part, looked_up
from orgdata.sources.intake.periods import day_of
from orgdata.sources.intake.results import values_of
from orgdata.sources.intake.shape import GROUP, levels_of, without_numbers
from orgdata.sources.intake.spoken import lights, statuses
from orgdata.sources.intake.tops import with_company_goals
from orgdata.sources.vendors.records import map_distinct
from orgdata.tabular.cells import either, only_where

_TITLE = 60  # characters of a title that are told
_AMBITIONS = {"stretch": "aspirational", "moonshot": "aspirational"}


@dataclass(frozen=True)
class Goals:
    """For each record its objective and its key result; blank where it tells of none."""

    objective: pd.Series
    key_result: pd.Series
    own_row: pd.Series  # whether the record tells of the objective itself, not of a key result


@dataclass(frozen=True)
class _Whose:
    """Of which products each record tells: the cells, what they name, and whether that tells key
    results of one objective apart."""

    cells: pd.Series
    products: Mapping[str, tuple[str, ...]]
    tells_apart: bool


def add_goals(build: Build, part: Part) -> None:
    """The objectives and key results of a list, with the products and goals that they are for."""
    known = known_results(build, part)
    if known is not None:
        _add_values(build, part, known, binary_results(build.pieces))
        return
    part = with_company_goals(build, part)
    goals = _goals(part)
    cycle = _cycle(part)
    product_cells, theirs = part.cells("product"), part.cells("objective.product", "product")
    products = _products_of(build, part, pd.concat([product_cells, theirs]) if (
        "objective.product" in part) else product_cells)
    of_objective = _are_of_objective(part, goals, product_cells)
    first = first_of(theirs, products)
    beside = _of_each_objective(goals, first if of_objective else part.cells(
        "area", "team", GROUP))
    ids = _objective_ids(part, goals, beside, cycle)
    pursued = exploded(theirs, products)
    _add_objectives(build, part, goals, ids, pursued)
    say_of_some(build.asked, goals.key_result, ids, exploded(product_cells, products), pursued)
    _add_key_results(build, part, goals, ids, _Whose(product_cells, products, not of_objective))
    if "product_manager" in part or "deputy" in part:
        add_assignments(build, part, first)


def _of_each_objective(goals: Goals, cells: pd.Series) -> pd.Series:
    """Cells in which rows of key results say what the row of their objective says."""
    own = goals.own_row & (cells != "")
    said = dict(zip(goals.objective[own], cells[own], strict=True))
    return either(cells, looked_up(goals.objective, said, ""))


def _goals(part: Part) -> Goals:
    """Which objective and which key result each record tells of."""
    objective, result = part.cells("objective"), part.cells("key_result")
    kinds = levels_in(part.cells("type"))
    typed = kinds.isin(["key_result", "objective"])
    column = part.column("key_result") or part.column("objective")
    if not ("objective" in part and "key_result" in part) and column is not None:
        titles = part.frame[column]
        ids = part.cells("id")
        levels = levels_of(titles) or levels_of(ids.where(ids == "", ids + " x"))
        if typed.any():
            own = kinds != "key_result"
            return _by_level(part, without_numbers(titles.str.strip()), own)
        if levels:
            return _by_level(part, without_numbers(titles.str.strip()),
                             pd.Series(levels.is_objective, titles.index))
        if "objective" in part:
            columns = [*(part.column(name) for name in ("target", "baseline", "current")),
                       *part.targets, *(name for name, _ in part.months)]
            measured = pd.Series(False, index=objective.index)
            for name in filter(None, columns):
                measured |= part.cells_of(name) != ""
            return Goals(without_numbers(objective), objective.where(measured, ""), objective != "")
        return Goals(result, result, pd.Series(False, result.index))
    own = (result == "") & (objective != "")
    return Goals(without_numbers(objective), without_numbers(result), own)


def _by_level(part: Part, titles: pd.Series, own: pd.Series) -> Goals:
    """A list in one column: a key result is one of its parent, else of the objective above it."""
    filled = titles != ""
    above = titles.where(own & filled).ffill().fillna("").astype("str")
    parents = part.cells("parent")
    if (parents != "").any():
        by_id = dict(zip(part.cells("id"), titles, strict=True)) | dict(
            zip(titles[own], titles[own], strict=True))
        named = looked_up(parents, by_id, "").where(~own, titles)
        above = named.where(named != "", above).astype("str")
    return Goals(above.where(filled, ""), titles.where(filled & ~own, ""), own & filled)


def _cycle(part: Part) -> pd.Series:
    """The period of each record: its own, else that of the sheet."""
    written = part.cells("period", "objective.period")
    return either(written, part.period.written if part.period else "")


def _products_of(build: Build, part: Part,
                 cells: pd.Series) -> dict[str, tuple[str, ...]]:
    """The products that cells name. Where no list tells of products, these are they."""
    if "product" not in part:
        return {}
    if not build.products.listed or "products" in part.tables:
        names = {cell: tuple(word for word, match in names_in(str(cell), build.products.names)
                             if match.name is None) for cell in cells[cells != ""].unique()}
        listed = one_spelling(exploded(cells, names))
        beside = part.position("area") < part.position("product") and "area" in part
        build.add(part, "products", frame_of(
            listed.index, product_id=listed, name=listed,
            business_area=part.cells("area").reindex(listed.index) if beside else ""))
        build.products.add({name: name for name in listed.unique()})
    return build.products.ids_in(cells, _shown(part.column("product")))


def _shown(column: str | None) -> str:
    """The name of a column, for people; "" for one that we have made."""
    return "" if column is None or column.startswith(" ") else column


def _are_of_objective(part: Part, goals: Goals, products: pd.Series) -> bool:
    """Whether the column of products says whose the objective is: it stands before the key result,
    or each objective has one product. Else it says whose each key result is."""
    if "product" not in part or "objective.product" in part:
        return True
    title = max(part.position("key_result"), part.position("objective"))
    of_result = part.position("product") > title
    filled = products.mask(products == "")
    shared = filled.groupby(goals.objective).transform("nunique") > 1
    return not of_result or not bool((shared & (goals.objective != "")).any())


def _objective_ids(part: Part, goals: Goals, beside: pd.Series, cycle: pd.Series) -> pd.Series:
    """The id of each record's objective: its own, else its title, product or team, and cycle."""
    own, parent = part.cells("objective.id", "id"), part.cells("parent")
    made = only_where(joined([goals.objective, beside, cycle]), goals.objective.array != "")
    if (own == "").all():
        return made
    by_title = dict(zip(reversed(goals.objective[goals.own_row].tolist()),
                        reversed(own[goals.own_row].tolist()), strict=True))
    named = parent.where(parent.isin(set(own)), looked_up(goals.objective, by_title, ""))
    if "objective.id" in part:
        return either(own, made)
    return only_where(own, goals.own_row & (own != ""), either(named, made))


def _add_objectives(build: Build, part: Part, goals: Goals, ids: pd.Series,
                    products: pd.Series) -> None:
    """Objectives with their period, what they are part of, and the products that pursue them."""
    def said(meaning: str) -> pd.Series:
        """What a column says of objectives: in their own rows, unless it says of whom it tells."""
        theirs = f"objective.{meaning}"
        written = part.cells(theirs, meaning)
        return written if theirs in part or meaning not in part else only_where(
            written, goals.own_row)

    cycle_start, cycle_end = _window(part)
    owners = said("owner")
    outcomes = part.cells("outcome")
    served = outcomes_in(build, part, outcomes) if "outcome" in part else {}
    frame = frame_of(
        ids.index, objective_id=ids, title=goals.objective,
        product_id=products[~products.index.duplicated()].reindex(ids.index),
        outcome_id=first_of(outcomes, served),
        parent_objective_id=only_where(part.cells("parent"), goals.own_row),
        owner_id=first_of(owners, build.people.ids_in(owners, part.column("owner") or "owner")),
        ambition=_ambition(part),
        start_date=either(_of_each_objective(goals, said("start")), cycle_start),
        end_date=either(_of_each_objective(goals, said("due")), cycle_end),
        status=lights(said("status")))
    build.add(part, "objectives", frame)
    for table, column, several in (("objective_products", "product_id", products),
                                   ("objective_outcomes", "outcome_id",
                                    exploded(outcomes, served))):
        if several.empty:
            continue
        pairs = frame_of(several.index, objective_id=ids.reindex(several.index),
                         **{column: several})
        named = frame[(frame[column] != "") & (frame["objective_id"] != "")]
        firsts = named.drop_duplicates("objective_id").set_index("objective_id")[column]
        more = pairs[pairs[column] != pairs["objective_id"].map(firsts)]
        build.add(part, table, more)


def _ambition(part: Part) -> pd.Series:
    """Committed or aspirational, from a column of its own or of kinds."""
    words = map_distinct(part.cells("ambition", "type"), normalise_word)
    words = looked_up(words, _AMBITIONS)
    return only_where(words, words.isin(["committed", "aspirational"]))


def _window(part: Part) -> tuple[pd.Series, pd.Series]:
    """The first and last day of each record's cycle, as far as it is told."""
    written = part.cells("period", "objective.period")
    start = part.period.start if part.period else ""
    end = part.period.end if part.period else ""
    first, last = (map_distinct(written, partial(day_of, which)) for which in ("first", "last"))
    is_told = written.array != ""
    return only_where(first, is_told, start), only_where(last, is_told, end)


def _add_key_results(build: Build, part: Part, goals: Goals, objectives: pd.Series,
                     whose: _Whose) -> None:
    """Key results with what is said of them. One of several products names none: it counts for
    every product of its objective, and these are among them (METHOD section 2)."""
    own_ids = only_where(part.cells("id"), ~goals.own_row)
    beside = map_distinct(whose.cells, lambda cell: " / ".join(whose.products.get(cell, ())))
    product = map_distinct(whose.cells, lambda cell: whose.products[cell][0] if len(
        whose.products.get(cell, ())) == 1 else "")
    made = joined([goals.key_result, objectives, *([beside] if whose.tells_apart else [])])
    measured = goals.key_result != ""
    ids = only_where(either(own_ids, made), measured)
    frame = frame_of(ids.index, kr_id=ids, objective_id=objectives, title=goals.key_result,
                     product_id=product)
    build.results.append(frame)
    _add_values(build, part, frame)


def _add_values(build: Build, part: Part, results: pd.DataFrame,
                binary: Collection[str] = ()) -> None:
    """What a list says of key results: their values, and a check-in where the day of the last
    update is told. `binary`: those of which another list says that they are."""
    ids, titles = results["kr_id"], results["title"]
    owners = part.cells("key_result.owner", "owner")
    values = values_of(part, titles, ids.index[ids.isin(binary)])
    for remark in values.said:
        build.asked.say(remark)
    for row, reason in values.not_compared.items():
        title = formats.clipped(titles[row], _TITLE)
        build.asked.leave_out(part.origin, f"the values of “{title}” in row {row}", reason)
    status = statuses(build.asked, values.status)
    due = part.cells("due")
    now = latest(ids, days_of(part))
    build.add(part, "key_results", results.assign(
        kr_type=values.kind, metric=part.cells("metric"), unit=values.unit,
        baseline=values.baseline, target=values.target,
        current=only_where(values.current, now),
        start_date=part.cells("start"), due_date=due, weight=part.cells("weight"),
        status=only_where(status, now), confidence=only_where(part.cells("confidence"), now),
        owner_id=first_of(owners, build.people.ids_in(
            only_where(owners, titles.array != ""), part.column("owner") or "owner"))))
    add_check_ins(build, part, ids, values, status)
