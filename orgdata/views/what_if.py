"""What a scenario does, in words and figures: its changes, their effects, and who is touched."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from orgdata import formats
from orgdata.edits.scenario import Step
from orgdata.evaluation import Evaluation
from orgdata.gaps import reminders
from orgdata.measures import Alignment
from orgdata.measures.alignment import Headlines
from orgdata.tabular.select import iter_rows
from orgdata.views import managers, vocabulary
from orgdata.views.edited import Names
from orgdata.views.edited import said as edit_said
from orgdata.views.headlines import FIELDS, headlines

if TYPE_CHECKING:  # SQLAlchemy is slow to import
    from orgdata.store import KeptScenario

_LABELS = {"aligned": "products aligned", "coverage": "outcome coverage",
           "aligned_spend": "spend backed by OKRs", "linked_spend": "spend mapped to outcomes",
           "fit": "spend vs. priorities"}
_Names = Callable[[str], str]  # the name of what an argument of a step names


@dataclass(frozen=True)
class Figures:
    """The figures that effects are told by: products or percent by headline, and the gaps."""

    values: Mapping[str, float | None]
    gaps: frozenset[str]


def figures(evaluation: Evaluation) -> Figures:
    """The figures of an evaluated portfolio."""
    rows = reminders.without(evaluation.gaps.rows)
    return Figures(values_of(evaluation.alignment.headlines), frozenset(rows["key"]))


def values_of(headlines: Headlines) -> dict[str, float | None]:
    """The number of each headline that has one: products or percent."""
    return {key: getattr(headlines, field) for key, field in FIELDS.items()}


def effect(before: Figures, after: Figures) -> str:
    """What changed from one to the other, the figures first: “products aligned +1 · 2 gaps
    closed”."""
    parts = []
    for key, label in _LABELS.items():
        was, now = before.values[key], after.values[key]
        if was is None or now is None:
            if was != now:
                parts.append(f"{label} {'unknown' if now is None else 'known'} then")
        elif change := _change(key, now - was):
            parts.append(f"{label} {change}")
    closed, opened = len(before.gaps - after.gaps), len(after.gaps - before.gaps)
    if closed:
        parts.append(f"{formats.count(closed, 'gap')} closed")
    if opened:
        parts.append(f"{formats.count(opened, 'gap')} opened")
    return " · ".join(parts) or "changes no figure and no gap"


def expected(before: Figures, after: Figures) -> dict[str, list[float]]:
    """The figures that would change: by headline what each is and would be."""
    both = {key: (before.values[key], after.values[key]) for key in _LABELS}
    return {key: [was, now] for key, (was, now) in both.items()
            if was is not None and now is not None and _change(key, now - was)}


def seen(told: Mapping[str, Sequence[float]], headlines: Headlines) -> str:
    """What a decision expected of the figures beside what they have become, without a claim on why;
    "" where it expected nothing."""
    now, parts = values_of(headlines), []
    for key, label in _LABELS.items():
        if key not in told:
            continue
        was, wanted = told[key]
        value = now[key]
        become = "unknown now" if value is None else (
            f"{_change(key, value - was) or 'no change'} seen")
        parts.append(f"{label} {_change(key, wanted - was) or 'no change'} expected, {become}")
    return f"{formats.sentence_case('; '.join(parts))}." if parts else ""


def _change(key: str, by: float) -> str:
    if key == "aligned":
        return f"{'+' if by > 0 else '−'}{abs(by):,.0f}" if by else ""
    return f"{'+' if by > 0 else '−'}{formats.points(abs(by))}" if abs(by) >= 0.05 else ""


def sentence(kept: "KeptScenario") -> str:
    """That a scenario is shown, and what counts in it."""
    steps = kept.scenario.steps
    on = sum(step.on for step in steps)
    off = f", {len(steps) - on:,} switched off" if on < len(steps) else ""
    return (f"Scenario “{kept.scenario.name}” ({formats.count(on, 'change')}{off}): not what is, "
            "but what would be. Rules that need history are not evaluated in it.")


def step(one: Step, names: Names) -> str:
    """What somebody would do, as a sentence with the names of things."""
    given = one.arguments

    def name(argument: str, table: str, column: str) -> str:
        return names.in_cell(table, column, given.get(argument, ""))

    product, outcome = (name("product_id", "products", "product_id"),
                        name("outcome_id", "outcomes", "outcome_id"))
    person = name("person_id", "people", "person_id")
    since = f" from {formats.day(pd.Timestamp(day))}" if (day := given.get("start_date")) else ""
    into = name("into_product_id" if "into_product_id" in given else "links_to", "products",
                "product_id")
    sentences = {
        "move PM": f"{person} takes over {product}{since}",
        "assign": f"{person} becomes {_ROLES.get(given.get('role', ''), 'product manager')} of "
                  f"{product}{since}",
        "retire product": f"{product} is retired" + (f"; its links pass to {into}" if into else ""),
        "merge": f"{product} is merged into {into}",
        "change role": f"The strategic bet on {product} becomes "
                       f"{vocabulary.role(given.get('strategic_role', ''))}",
        "re-weight": f"{outcome} weighs {given.get('weight', '').removesuffix('%').strip()} %",
        "add outcome": f"“{given.get('name', '')}” becomes an outcome"
                       + (f" that weighs {given['weight']} %" if given.get("weight") else ""),
        "retire outcome": f"{outcome} is dropped",
        "link": f"{product} supports {outcome}"
                + (f" ({given['strength']})" if given.get("strength") else ""),
        "confirm": f"The link of {product} to {outcome} is confirmed",
        "withdraw": f"{product} no longer supports {outcome}"}
    if told := sentences.get(one.verb):
        return f"{formats.sentence_case(told)}."
    return " ".join(edit_said(edit, names) for edit in one.edits)


_ROLES = {"accountable": "product manager", "deputy": "deputy"}


def side_by_side(columns: Sequence[Evaluation]) -> pd.DataFrame:
    """The headlines of some evaluations beside each other: a row for each (label, and `0`, `1` …
    for the columns), those that differ first; `differs` says which do."""
    found = [headlines(one.alignment, one.gaps) for one in columns]
    rows = pd.DataFrame({"label": [one.label for one in found[0]], **{
        str(place): [one.value for one in headlines_of] for place, headlines_of in
        enumerate(found)}})
    values = rows[[str(place) for place in range(len(columns))]]
    rows["differs"] = values.nunique(axis=1) > 1
    return rows.sort_values("differs", ascending=False, kind="stable", ignore_index=True)


def money_moved(before: Alignment, after: Alignment) -> pd.DataFrame:
    """The outcomes whose weight or share of money changes: name, and what both were and would be,
    as texts; blank where unknown."""
    columns = {"weight": "weight", "spend_share": "share"}
    if not before.basis.stated_weights and not after.basis.stated_weights:
        del columns["weight"]
    both = before.outcomes[["outcome_id", "name", *columns]].merge(
        after.outcomes[["outcome_id", "name", *columns]], on="outcome_id", how="outer",
        suffixes=("_before", "_after"), sort=False)
    rows = pd.DataFrame({"name": both["name_after"].fillna(both["name_before"])})
    for column, label in columns.items():
        for side in ("before", "after"):
            rows[f"{label}_{side}"] = [
                "–" if formats.is_unknown(value) else formats.share(value, 1)
                for value in both[f"{column}_{side}"]]
    differ = pd.Series(False, rows.index)
    for label in columns.values():
        differ |= rows[f"{label}_before"] != rows[f"{label}_after"]
    return rows[differ].reset_index(drop=True)


def load_of_people(before: Alignment, after: Alignment) -> pd.DataFrame:
    """The people whose products or allocation change, in alphabetical order: name, how many
    products they manage and the sum of their allocations, each before and after."""
    sides = [_load(side) for side in (before, after)]
    both = sides[0].join(sides[1], how="outer", suffixes=("_before", "_after"))
    both = both.fillna({"products_before": 0, "products_after": 0})
    touched = (both["products_before"] != both["products_after"]) | (
        both["allocation_before"].fillna(-1.0) != both["allocation_after"].fillna(-1.0))
    both = both[touched]
    names = {**dict(iter_rows(before.people["person_id"], before.people["name"])),
             **dict(iter_rows(after.people["person_id"], after.people["name"]))}
    def counts(side: str) -> list[int]:
        return [int(value) for value in both[f"products_{side}"]]

    def allocated(side: str) -> list[str]:
        return ["–" if formats.is_unknown(value) else f"{formats.number(value)} %"
                for value in both[f"allocation_{side}"]]

    return pd.DataFrame({
        "name": [names.get(person_id, person_id) for person_id in both.index],
        "products_before": counts("before"), "products_after": counts("after"),
        "allocation_before": allocated("before"), "allocation_after": allocated("after"),
    }).sort_values("name", ignore_index=True)


def _load(alignment: Alignment) -> pd.DataFrame:
    """How many products each person manages, and the sum of the allocations in force."""
    of_ours = alignment.managers["product_id"].isin(alignment.products["product_id"])
    managed = alignment.managers[of_ours].groupby("person_id").size().rename("products")
    allocated = alignment.assignments.groupby("person_id")["allocation_pct"].sum(
        min_count=1).rename("allocation")
    return pd.concat([managed, allocated], axis="columns").fillna({"products": 0})


def changed_cells(before: Alignment, after: Alignment) -> frozenset[tuple[str, str]]:
    """The cells of the map that a scenario changes: product and outcome; "" for the name of a whole
    row or column."""
    def manager(side: Alignment) -> pd.DataFrame:
        rows = side.products
        return rows.assign(who=managers.shown(side, rows["product_id"]))

    links = _differing(before.links, after.links, ("product_id", "outcome_id"),
                       ("state", "strength"))
    rows = _differing(manager(before), manager(after), ("product_id",),
                      ("who", "strategic_role", "spend"))
    heads = _differing(before.outcomes, after.outcomes, ("outcome_id",), ("weight", "coverage"))
    return frozenset({*((product, outcome) for product, outcome in links),
                      *((product, "") for product, in rows), *(("", one) for one, in heads)})


def _differing(before: pd.DataFrame, after: pd.DataFrame, key: tuple[str, ...],
               columns: tuple[str, ...]) -> set[tuple[str, ...]]:
    """The keys of rows that only one side has, or that differ in one of these columns."""
    def cells(rows: pd.DataFrame) -> dict[tuple[str, ...], tuple[object, ...]]:
        told = [[None if formats.is_unknown(value) else value for value in rows[column]]
                for column in columns]
        return dict(zip(zip(*(rows[name] for name in key), strict=True),
                        zip(*told, strict=True), strict=True))

    was, now = cells(before), cells(after)
    return {one for one in was.keys() | now.keys() if was.get(one) != now.get(one)}
