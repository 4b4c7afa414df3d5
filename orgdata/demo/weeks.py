"""Eight weeks of history of the demo company, with snapshots, states of gaps and decisions.

An earlier week is the demo without what is dated later, and with the changes of STORY undone:
links not yet confirmed, goals not yet written, a target that was higher, an objective that was
dropped since, something that was agreed and changed afterwards, a rule that was stricter later. To
it come the entries of each week's meeting, among them a scenario that was adopted.
"""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

import pandas as pd

from orgdata.demo import DEMO
from orgdata.evaluation import evaluate, keep
from orgdata.load import load
from orgdata.model.portfolio import Portfolio
from orgdata.model.settings import RuleSettings
from orgdata.store import DEFAULT_URL, Decision, GapChange, Store, StoreError, source_key
from orgdata.tabular.empty import frozen

LAST = date(2026, 11, 20)
DAYS = tuple(LAST - timedelta(weeks=weeks) for weeks in reversed(range(8)))
_MEETING_TIME = time(8, tzinfo=UTC)


@dataclass(frozen=True)
class CellsBefore:
    """A change of a row: before a day, these were its cells."""

    table: str
    row: str  # its id
    cells: Mapping[str, object]
    on: date


@dataclass(frozen=True)
class RowsAdded:
    """Rows that did not exist before a day."""

    table: str
    rows: tuple[str, ...]
    on: date


@dataclass(frozen=True)
class RowsDropped:
    """Rows that existed until a day."""

    table: str
    rows: tuple[Mapping[str, object], ...]
    on: date


_ID = {"objectives": "objective_id", "key_results": "kr_id", "contributions": "product_id",
       "expectations": "expectation_id"}
# From the second review on a role counts as confirmed for half a year, no longer for a whole one:
# figures of before cannot be compared with those of after.
_STRICTER, _RULES_BEFORE = date(2026, 10, 12), {"PRD05": RuleSettings(threshold=365.0)}
# A goal that did not go well, and was dropped in the last week without a decision
_QUOTES = {"objective_id": "J070", "title": "Quotes without a phone call", "product_id": "P06",
           "parent_objective_id": "J004", "owner_id": "H15", "ambition": "committed",
           "start_date": pd.Timestamp(2026, 10, 1), "end_date": pd.Timestamp(2026, 12, 31),
           "status": "active"}
_ANSWERED = {"kr_id": "K256", "objective_id": "J070", "kr_type": "increase", "unit": "%",
             "title": "Quotes answered within an hour from 20 % to 70 %", "baseline": 20.0,
             "metric": "Quotes answered within an hour", "target": 70.0, "owner_id": "H15",
             "result_kind": "outcome"}
_VALUES = (20.0, 21.0, 22.0, 22.0, 24.0, 23.0, 25.0)
STORY: tuple[CellsBefore | RowsAdded | RowsDropped, ...] = (
    RowsAdded("objectives", ("J030",), date(2026, 10, 12)),
    RowsAdded("objectives", ("J060",), date(2026, 10, 27)),
    CellsBefore("key_results", "K200", {
        "title": "Points redeemed from 34 % to 58 %", "target": 58.0}, date(2026, 11, 9)),
    CellsBefore("key_results", "K246", {"due_date": pd.Timestamp(2027, 1, 15)}, date(2026, 11, 4)),
    CellsBefore("expectations", "X3", {
        "what": "Answers to the three commonest questions about one-page checkout",
        "by_when": pd.Timestamp(2026, 12, 15)}, date(2026, 11, 10)),
    RowsDropped("objectives", (_QUOTES,), date(2026, 11, 17)),
    RowsDropped("key_results", (_ANSWERED,), date(2026, 11, 17)),
    RowsDropped("check_ins", tuple(
        {"kr_id": "K256", "date": pd.Timestamp(day), "value": value, "confidence": 4.0,
         "status": "at risk", "author_id": "H15"}
        for day, value in zip(DAYS, _VALUES, strict=False)), date(2026, 11, 17)),
)


def week(portfolio: Portfolio, day: date) -> Portfolio:
    """The demo as it was on a day."""
    tables = _without_later(portfolio.tables, pd.Timestamp(day))
    for event in STORY:
        tables = _undo(tables, event, day)
    settings = portfolio.settings
    rules = {**settings.rules, **_RULES_BEFORE} if day < _STRICTER else settings.rules
    return replace(portfolio, tables=frozen(tables), settings=replace(
        settings, as_of=day, rules=rules))


def _without_later(tables: Mapping[str, pd.DataFrame],
                   day: pd.Timestamp) -> dict[str, pd.DataFrame]:
    """The tables without what is dated after a day: rows, confirmations, closings, deliveries,
    answers."""
    result = dict(tables)
    for table, column in (("check_ins", "date"), ("roadblocks", "opened_on"), ("work", "done_on"),
                          ("ideas", "proposed_on")):
        rows = result[table]
        result[table] = rows[~(rows[column] > day)].reset_index(drop=True)
    for table, columns in (("roadblocks", ("closed_on",)), ("dependencies", ("done_on",)),
                           ("contributions", ("confirmed_on", "confirmed_by")),
                           ("products", ("role_confirmed_on", "role_confirmed_by")),
                           ("expectations", ("answered_on", "answered_by", "note"))):
        rows = result[table]
        later = rows[columns[0]] > day
        result[table] = rows.assign(**{name: rows[name].mask(later) for name in columns})
        if table == "expectations":
            result[table]["state"] = rows["state"].mask(later, "offered")
    return result


def _undo(tables: dict[str, pd.DataFrame], event: CellsBefore | RowsAdded | RowsDropped,
          day: date) -> dict[str, pd.DataFrame]:
    rows = tables[event.table]
    if day >= event.on:
        return tables
    if isinstance(event, CellsBefore):
        of_row = rows[_ID[event.table]] == event.row
        return tables | {event.table: rows.assign(**{
            name: rows[name].mask(of_row, value) for name, value in event.cells.items()})}
    if isinstance(event, RowsAdded):
        return _without(tables, event.rows)
    existing = [row for row in event.rows if _day_of(row) <= pd.Timestamp(day)]
    number = int(rows["row"].max()) + 1
    added = pd.DataFrame([{**row, "row": number + place} for place, row in enumerate(existing)])
    return tables | {event.table: pd.concat(
        [rows, added.reindex(columns=rows.columns).astype(rows.dtypes)], ignore_index=True)}


def _day_of(row: Mapping[str, object]) -> pd.Timestamp:
    """The date of a row; rows without a date have always existed."""
    day = row.get("date")
    return day if isinstance(day, pd.Timestamp) else pd.Timestamp.min


def _without(tables: dict[str, pd.DataFrame], objectives: tuple[str, ...]
             ) -> dict[str, pd.DataFrame]:
    """The tables without these objectives, their key results and check-ins."""
    results = tables["key_results"]
    gone = results.loc[results["objective_id"].isin(objectives), "kr_id"]
    return tables | {
        name: tables[name][~tables[name][column].isin(ids)].reset_index(drop=True)
        for name, column, ids in (("objectives", "objective_id", objectives),
                                  ("key_results", "kr_id", gone), ("check_ins", "kr_id", gone))}


# -- entries of the meetings -----------------------------------------------------------------------

_RAFAEL, _KENJI, _DIEGO = "Rafael Monteiro", "Kenji Watanabe", "Diego Fuentes"


def _entries(source: str) -> list[tuple[date, GapChange | Decision]]:
    """The entries of all meetings with their days, oldest first."""
    def gap(day: date, key: str, state: str, by: str = _RAFAEL, **values: object
            ) -> tuple[date, GapChange]:
        return day, GapChange(source, key, state, by, datetime.combine(day, _MEETING_TIME),  # type: ignore[arg-type]
                              **values)  # type: ignore[arg-type]

    def decision(day: date, text: str, **values: object) -> tuple[date, Decision]:
        return day, Decision(source, text, day, _RAFAEL, datetime.combine(day, _MEETING_TIME),
                             **values)  # type: ignore[arg-type]

    oct_9, oct_16, oct_23, oct_30, nov_6, nov_13, nov_20 = DAYS[1:]
    return [
        gap(oct_9, "OUT01:O2", "acknowledged"),
        decision(oct_9, "Confirm the links of every product in the weekly review", done_on=oct_16,
                 owner="Miriam Adeyemi", due=oct_16),
        decision(oct_16, "Name a product manager for Returns", owner=_RAFAEL, due=nov_13,
                 gap_key="OWN01:P21"),
        decision(oct_16, "Adopt “Confirm the links, write the OKRs”", owner=_RAFAEL,
                 done_on=oct_16, expected={"aligned": (27.0, 31.0), "aligned_spend": (73.9, 81.9)}),
        gap(oct_16, "OWN03:P22", "planned", owner=_RAFAEL, due=date(2026, 11, 30)),
        gap(oct_23, "OUT01:O2", "planned", owner=_KENJI, due=date(2026, 11, 30)),
        gap(oct_23, "OUT05:O2", "accepted", until=nov_13, owner=_KENJI,
            reason="The board decides on Japan on 11 November"),
        decision(oct_30, "Write goals for Developer Platform", owner="Stefan Ilić", done_on=oct_30,
                 due=oct_30, gap_key="PRD02:P37"),
        gap(nov_6, "PRG01:K163", "planned", by=_DIEGO, owner=_DIEGO, due=date(2026, 11, 27)),
        gap(nov_6, "PRG01:K182", "acknowledged", owner="Samir Khoury"),
        gap(nov_6, "PRG03:K182", "acknowledged", owner="Samir Khoury"),
        decision(nov_6, "Ask the board what Japan still needs", owner=_KENJI, due=nov_13,
                 done_on=date(2026, 11, 12), gap_key="OUT01:O2"),
        gap(nov_13, "PRG06:K205", "planned", owner="Camille Dubois", due=date(2026, 11, 27)),
        decision(nov_13, "Get a yes or no on network tokens", kind="todo", owner=_DIEGO, due=nov_20,
                 gap_key="PRT04:D01"),
        decision(nov_13, "Slow the send-time model down until unsubscribes fall", kind="todo",
                 owner="Camille Dubois", due=date(2026, 11, 18), done_on=date(2026, 11, 18),
                 gap_key="PRG06:K205"),
        gap(nov_13, "PRT04:D01", "acknowledged", owner=_DIEGO, due=nov_20),
    ]


def seed(store: Store, source: str = str(DEMO)) -> int:
    """Add the eight weeks to a store without a snapshot of the demo; return how many were added.

    If two processes seed at once, only the one whose first snapshot is new goes on.
    """
    key = source_key(source)
    if store.snapshots(key):
        return 0
    demo, entries = load(source), _entries(key)
    for number, day in enumerate(DAYS):
        for entered_on, entry in entries:
            if entered_on == day:
                _ = store.change_gap(entry) if isinstance(entry, GapChange) else store.decide(entry)
        evaluation = evaluate(week(demo, day), day, store, key)
        at = datetime.combine(day, _MEETING_TIME)
        taken = keep(store, key, evaluation, at, _RAFAEL, review=day < LAST)
        if not taken.new and not number:
            return 0
    return len(DAYS)


def main() -> None:
    """Seed the store of the pages, unless they show another source than the demo. If the store
    cannot be opened, the pages open all the same and report it."""
    if os.environ.get("ORGDATA_SOURCE"):
        return
    try:
        with Store.open(os.environ.get("ORGDATA_STORE") or DEFAULT_URL) as store:
            seed(store)
    except StoreError as error:
        print(f"orgdata: {error}", file=sys.stderr)


if __name__ == "__main__":
    main()
