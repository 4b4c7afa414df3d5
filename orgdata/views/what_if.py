"""What a scenario does, in words and figures: its changes, their effects, and who is touched."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pandas as pd

from orgdata import formats
from orgdata.access import Rights
from orgdata.access.rights import is_sensitive
from orgdata.edits import Edit
from orgdata.edits.scenario import Scenario, Step
from orgdata.evaluation import Evaluation
from orgdata.gaps import reminders
from orgdata.measures import Alignment
from orgdata.measures.alignment import Headlines
from orgdata.model import labels
from orgdata.tabular.select import iter_rows, plain_cells
from orgdata.views import managers, vocabulary
from orgdata.views.edited import NOTE, Names, named
from orgdata.views.edited import said as edit_said
from orgdata.views.headline import FIELDS, change
from orgdata.views.headlines import headlines
from orgdata.views.outcomes import known_shares

if TYPE_CHECKING:  # SQLAlchemy is slow to import
    from orgdata.store import KeptScenario

_LABELS = {key: labels.FIGURE[field] for key, field in FIELDS.items()}


@dataclass(frozen=True)
class Figures:
    """The figures that effects are told by: products or percent by headline, and the gaps."""

    values: Mapping[str, float | None]
    gaps: frozenset[str]


def figures(evaluation: Evaluation) -> Figures:
    """The figures of an evaluated portfolio."""
    rows = reminders.without(evaluation.gaps.rows)
    return Figures(values_of(evaluation.alignment.headlines), frozenset(rows["key"]))


def shown_to(found: Figures, rights: Rights) -> Figures:
    """The figures without the gaps that speak of a person, for who is not shown these."""
    return found if rights.all else replace(found, gaps=frozenset(
        key for key in found.gaps if not is_sensitive(key)))


def values_of(headlines: Headlines) -> dict[str, float | None]:
    """The number of each headline that has one: products or percent."""
    return {key: getattr(headlines, field) for key, field in FIELDS.items()}


def which_hold(scenario: Scenario, waiting: Collection[int]) -> str:
    """How many of the changes that are switched on still hold, as against those at the places that
    wait, since the source is another now; "" where all do."""
    on = [place for place, step in enumerate(scenario.steps) if step.on]
    waits = sum(place in waiting for place in on)
    return "" if not waits else (
        f"{len(on) - waits:,} of {formats.count(len(on), 'change')} still "
        f"{'holds' if len(on) - waits == 1 else 'hold'}. Why the others wait is said below them.")


def effect(before: Figures, after: Figures) -> str:
    """What changed from one to the other, the figures first: “aligned products +1 · 2 gaps
    closed”."""
    parts = []
    for key, label in _LABELS.items():
        was, now = before.values[key], after.values[key]
        if was is None or now is None:
            if was != now:
                parts.append(f"{label} {'unknown' if now is None else 'known'} then")
        elif by := change(key, was, now):
            parts.append(f"{label} {by}")
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
            if was is not None and now is not None and change(key, was, now)}


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
            f"{change(key, was, value) or 'no change'} seen")
        parts.append(f"{label} {change(key, was, wanted) or 'no change'} expected, {become}")
    return f"{formats.sentence_case('; '.join(parts))}." if parts else ""


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

    def name(argument: str, column: str = "", table: str = "assignments") -> str:
        return named(names, table, column or argument, given.get(argument, ""))

    product, person = name("product_id"), name("person_id")
    outcome = name("outcome_id", table="contributions")
    since = f" from {name('start_date')}" if given.get("start_date") else ""
    by = names.of("people", given.get("confirmed_by") or given.get("declined_by", ""))
    into = name("into_product_id", "product_id") or name("links_to", "product_id")
    sentences = {
        "move PM": f"{person} takes over {product}{since}",
        "assign": f"{person} becomes {name('role') or 'product manager'} of {product}{since}",
        "retire product": f"{product} is retired" + (f"; its links pass to {into}" if into else ""),
        "merge": f"{product} is merged into {into}",
        "change role": f"The strategic bet on {product} becomes "
                       f"{vocabulary.role(given.get('strategic_role', ''))}",
        "re-weight": f"{outcome} weighs {given.get('weight', '').removesuffix('%').strip()} %",
        "add outcome": f"“{given.get('name', '')}” becomes an outcome"
                       + (f" that weighs {given['weight']} %" if given.get("weight") else ""),
        "retire outcome": f"{outcome} is dropped",
        "pursue idea": f"“{named(names, 'ideas', 'idea_id', given.get('idea_id', ''))}” is "
                       "pursued, as if it existed",
        "link": f"{product} supports {outcome}"
                + (f" ({given['strength']})" if given.get("strength") else ""),
        "confirm": f"The link of {product} to {outcome} is confirmed{by and f' by {by}'}",
        "decline": f"The link of {product} to {outcome} is declined{by and f' by {by}'}",
        "withdraw": f"{product} no longer supports {outcome}"}
    if told := sentences.get(one.verb):
        return f"{formats.sentence_case(told)}."
    return " ".join(edit_said(_without_note(edit), names) for edit in one.edits)


def _without_note(edit: Edit) -> Edit:
    """An edit without what a check-in notes, which not everybody sees who sees a scenario."""
    return replace(edit, values={column: "…" if text and (edit.table, column) == NOTE else text
                                 for column, text in edit.values.items()})


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
    as texts; "–" where that is unknown. Weights that are not stated, and money that is not known on
    both sides, have no columns."""
    sides = {"before": before, "after": after}
    told = {"weight": any(side.basis.stated_weights for side in sides.values()),
            "share": all(side.money.linked is not None and side.money.unit != "count"
                         for side in sides.values())}
    columns = [f"{label}_{side}" for label, known in told.items() if known for side in sides]
    both = pd.DataFrame()
    for side, alignment in sides.items():
        rows = alignment.outcomes
        both = both.join(pd.DataFrame({
            f"name_{side}": rows["name"], f"weight_{side}": rows["weight"],
            f"share_{side}": known_shares(rows)}).set_index(rows["outcome_id"]), how="outer")
    shown = pd.DataFrame({
        "name": both["name_after"].fillna(both["name_before"]),
        **{column: ["–" if formats.is_unknown(value) else formats.share(value, 1)
                    for value in both[column]] for column in columns}})
    differ = pd.Series(False, shown.index)
    for column in columns[::2]:
        differ |= shown[column] != shown[column.replace("before", "after")]
    return shown[differ].reset_index(drop=True)


def load_of_people(before: Alignment, after: Alignment, allocated: bool = True) -> pd.DataFrame:
    """The people whose products or allocation change, in alphabetical order: name, how many
    products they manage and the sum of their allocations in words, each before and after. Whose
    allocations are not to be told of are not `allocated`: these are all “–” then."""
    sides = [_load(side) if allocated else _load(side).assign(allocation="–")
             for side in (before, after)]
    both = sides[0].join(sides[1], how="outer", suffixes=("_before", "_after"))
    both = both.fillna({"products_before": 0, "products_after": 0})
    for side in ("before", "after"):
        both[f"allocation_{side}"] = both[f"allocation_{side}"].fillna("–")
    both = both[(both["products_before"] != both["products_after"])
                | (both["allocation_before"] != both["allocation_after"])]
    names = {**dict(iter_rows(before.people["person_id"], before.people["name"])),
             **dict(iter_rows(after.people["person_id"], after.people["name"]))}
    return pd.DataFrame({
        "name": [names.get(person_id, person_id) for person_id in both.index],
        **{f"products_{side}": both[f"products_{side}"].astype("int64").to_list()
           for side in ("before", "after")},
        **{f"allocation_{side}": both[f"allocation_{side}"].to_list()
           for side in ("before", "after")},
    }).sort_values("name", ignore_index=True)


def _load(alignment: Alignment) -> pd.DataFrame:
    """How many products each person manages, and the sum of the allocations in force, in words."""
    of_ours = alignment.managers["product_id"].isin(alignment.products["product_id"])
    managed = alignment.managers[of_ours].groupby("person_id").size().rename("products")
    allocated = alignment.assignments.groupby("person_id")["allocation_pct"].agg(_allocated)
    return pd.concat([managed, allocated.rename("allocation")], axis="columns").fillna(
        {"products": 0})


def _allocated(shares: pd.Series) -> str:
    """The sum of allocations in words: at least so much where one is unknown."""
    known = shares.dropna()
    least = "at least " if len(known) < len(shares) else ""
    return f"{least}{formats.number(known.sum())} %" if len(known) else "–"


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
    stated = before.basis.stated_weights or after.basis.stated_weights
    heads = _differing(before.outcomes, after.outcomes, ("outcome_id",),
                       ("coverage", *(["weight"] if stated else [])))  # assumed ones say nothing
    return frozenset({*((product, outcome) for product, outcome in links),
                      *((product, "") for product, in rows), *(("", one) for one, in heads)})


def _differing(before: pd.DataFrame, after: pd.DataFrame, key: tuple[str, ...],
               columns: tuple[str, ...]) -> set[tuple[str, ...]]:
    """The keys of rows that only one side has, or that differ in one of these columns."""
    def cells(rows: pd.DataFrame) -> dict[tuple[str, ...], tuple[object, ...]]:
        return dict(zip(zip(*(plain_cells(rows[name]) for name in key), strict=True),
                        zip(*(plain_cells(rows[name]) for name in columns), strict=True),
                        strict=True))

    was, now = cells(before), cells(after)
    return {one for one in was.keys() | now.keys() if was.get(one) != now.get(one)}
