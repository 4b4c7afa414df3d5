"""What milder fields did: which gaps went or became less grave with them, and why others did."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd

from orgdata.changes.change import Change
from orgdata.formats import listed
from orgdata.gaps import RULES
from orgdata.measures import Alignment
from orgdata.measures.goalposts import GOALPOSTS
from orgdata.measures.progress import ON_PACE
from orgdata.tabular.lookup import is_in
from orgdata.tabular.select import iter_rows

AFTER_EASED = "after a target was eased"  # a note: nobody fixed the gap
AFTER: dict[str, str] = {  # the same of other fields
    "level": "after it was moved to another level", "status": "after it was skipped",
    "tier": "after its tier was lowered", "weight": "after its weight was lowered",
    "strategic_role": "after its strategic bet was changed",
    "bau_pct": "after its running cost was raised",
    "annual_spend": "after its spend was lowered", "fte": "after its staffing was lowered",
    "ambition": "after it was not committed any more", "exempt_reason": "after it was exempted",
    "exempt_until": "after its exemption was extended", "start_date": "after its start was moved",
    "end_date": "after its end was moved", "kr_type": "after its kind was changed",
    "start": "after its start was moved", "pace": "after its pace was eased",
    "is_guardrail": "after it was no guardrail any more",
    "cadence_days": "after its check-ins became rarer",
    "mode": "after it only supports an outcome", "effort_pct": "after its effort was lowered",
    "share_pct": "after shares of objectives were changed",
    "result_kind": "after it was not tagged as output any more",
    **{post: f"after its {'due date' if post == 'due' else post} was eased" for post in GOALPOSTS}}
_COLUMN_OF = {"outcomes": "outcome_id", "products": "product_id", "objectives": "objective_id",
              "key_results": "kr_id", "objective_products": "objective_id",
              "objective_outcomes": "objective_id"}
_RULE_OF = {"cadence_days": "PRG02", "pace": "PRG01"}  # of settings for every key result
# of key results, before those of their objective and its cycle
_OWN_CELL = {"start_date": "start_date", "end_date": "due_date", "cadence_days": "cadence_days"}
_ORDINARY = (("outcomes", "weight"), ("objective_outcomes", "mode"),
             ("objective_outcomes", "share_pct"))  # unless they have an effect
_EFFECTS = {"resolved": "no longer found", "better": "less severe",
            "not_judged": "not judged any more"}


def reach(easier: Sequence[Change], before: Alignment) -> pd.DataFrame:
    """The gaps that each milder field may touch, by an id of theirs. Columns: column, id, change
    (its position), graded (whether it touches their severity alone).

    A field of an objective touches its key results, the tier of an outcome what is linked to it, a
    setting the gaps of its rule.
    """
    results = before.portfolio["key_results"]
    touched: list[tuple[str, str, int, bool]] = []
    for position, change in enumerate(easier):
        table, cell_id = change.ids
        if table == "settings":
            touched.append(("code", _RULE_OF.get(cell_id, cell_id), position, False))
        elif change.kind == "share_pct":
            touched.append(("outcome_id", cell_id, position, False))
        elif table == "cycles":
            touched += _of_cycle(change, position, before)
        elif change.kind != "removed":
            touched.append((_COLUMN_OF[table], cell_id, position, False))
        if table == "objectives" or change.kind == "mode":
            of_it = results["objective_id"] == cell_id
            if change.kind in _OWN_CELL:
                of_it &= results[_OWN_CELL[change.kind]].isna()
            touched += [("kr_id", kr_id, position, False) for kr_id in results["kr_id"][of_it]]
        if change.kind == "tier":
            linked = before.links["outcome_id"] == cell_id
            touched += [("product_id", product_id, position, True)
                        for product_id in before.links["product_id"][linked]]
    return pd.DataFrame(touched, columns=["column", "id", "change", "graded"])


def _of_cycle(change: Change, position: int,
              before: Alignment) -> list[tuple[str, str, int, bool]]:
    """The objectives and key results that have a date or the check-ins of their cycle."""
    objectives, results = (before.portfolio[table] for table in ("objectives", "key_results"))
    in_it = objectives["cycle_id"] == change.ids[1]
    if change.kind != "cadence_days":
        in_it &= objectives[change.kind].isna()
    ids = objectives["objective_id"][in_it]
    of_it = is_in(results["objective_id"], ids) & results[_OWN_CELL[change.kind]].isna()
    return [(column, one, position, False) for column, found in (
        ("objective_id", ids), ("kr_id", results["kr_id"][of_it])) for one in found]


def touched_gaps(gaps: pd.DataFrame, reached: pd.DataFrame) -> pd.DataFrame:
    """Pairs of a gap that went or became less grave (`gap`, its index) and a change that reached
    it (`change`)."""
    milder = gaps[gaps["kind"].isin(("resolved", "better", "not_judged"))]
    pairs = []
    for column, of_column in reached.groupby("column"):
        ids = milder["code" if column == "code" else f"{column}_before"]
        pairs.append(pd.DataFrame({"gap": milder.index, "id": ids, "kind": milder["kind"]}).merge(
            of_column, on="id"))
    found = pd.concat(pairs) if pairs else reached.assign(gap=0, kind="")
    fits = (~found["graded"] | (found["kind"] == "better")) & (
        (found["kind"] != "not_judged") | (found["column"] == "code"))
    return found[fits].drop_duplicates(["gap", "change"]).sort_values(["gap", "change"])


def with_reasons(gaps: pd.DataFrame, pairs: pd.DataFrame,
                 easier: Sequence[Change]) -> pd.DataFrame:
    """Gaps with a note why they went or became less grave though nobody mended them; one that says
    that they went with their object stays."""
    reasons = {gap: reason(easier[change]) for gap, change, column in reversed(list(iter_rows(
        pairs["gap"], pairs["change"], pairs["column"]))) if column != "code"}
    because = pd.Series(reasons, dtype="str").reindex(gaps.index).fillna("")
    return gaps.assign(note=gaps["note"].where(gaps["note"] != "", because))


def reason(change: Change) -> str:
    """Why a gap went, in words: after what."""
    return AFTER_EASED if change.kind in GOALPOSTS else AFTER[change.kind]


def with_status_reasons(rows: Sequence[Change], reached: pd.DataFrame,
                        easier: Sequence[Change]) -> list[Change]:
    """Changes in which a key result is on pace again after a field of it was made milder, with
    that as their note."""
    why = {id: AFTER[easier[change].kind] for id, change, column in reversed(list(iter_rows(
        reached["id"], reached["change"], reached["column"]))) if column == "kr_id"}
    return [replace(row, note=why[row.ids[0]]) if (row.object_type, row.kind) == (
        "key_result", "status") and row.after in ON_PACE and row.ids[0] in why else row
        for row in rows]


def with_effects(easier: Sequence[Change], gaps: pd.DataFrame,
                 pairs: pd.DataFrame) -> list[Change]:
    """Milder fields with the gaps they touched as their note, by the names of their rules.

    A weight that was lowered without any, and the like, is left out: it is an ordinary change.
    """
    names = gaps["code"].map(lambda code: RULES[code].name)
    touched: dict[int, dict[str, Counter[str]]] = {}
    for gap, change in iter_rows(pairs["gap"], pairs["change"]):
        kinds = touched.setdefault(change, {})
        kinds.setdefault(gaps.at[gap, "kind"], Counter())[names[gap]] += 1
    noted = [replace(change, note=_in_words(touched.get(position, {})))
             for position, change in enumerate(easier)]
    return [change for change in noted
            if change.note or (change.ids[0], change.kind) not in _ORDINARY]


def _in_words(touched: Mapping[str, Counter[str]]) -> str:
    """As “no longer found: paper link; less grave: behind pace (2)”."""
    return "; ".join(
        f"{label}: {listed([name if n == 1 else f'{name} ({n:,})' for name, n in counts.items()])}"
        for kind, label in _EFFECTS.items() if (counts := touched.get(kind)))
