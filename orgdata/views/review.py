"""What the weekly review shows, as rows and sentences. No Streamlit."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from orgdata import formats
from orgdata.changes import Changes, Value
from orgdata.gaps import RULES, SEVERITIES, Gaps, reminders
from orgdata.measures import Alignment, Headlines
from orgdata.measures.progress import ON_PACE
from orgdata.model import labels
from orgdata.model.history import History
from orgdata.tabular.lookup import look_up_any
from orgdata.views.answers import aligned_count, evidence, why_not_assessed
from orgdata.views.headline import FIELDS
from orgdata.views.vocabulary import COVERAGE, LINK, REASON, STATUS

MOST_EXCEPTIONS = 7
MOST_ROADBLOCKS = 7
UNMOVED = "no change"


def exceptions(gaps: Gaps, history: History | None, day: date) -> pd.DataFrame:
    """The critical and high gaps that stand alone, less those accepted for now or said to be
    resolved, with their states. Adds: state, owner, due, until, since (the first snapshot with
    it)."""
    rows = reminders.without(gaps.single())
    rows = with_states(rows[rows["severity"].isin(SEVERITIES[:2])], history)
    return rows[~_accepted(rows, day) & (rows["state"] != "resolved")].reset_index(drop=True)


def with_states(rows: pd.DataFrame, history: History | None) -> pd.DataFrame:
    """Gaps with what people said of them: state (open where nobody did), owner, due, until, reason;
    and since when it is open, which is the day of the first snapshot with it."""
    states = history.states.set_index("key") if history else pd.DataFrame(
        columns=["state", "owner", "due", "until", "reason"])
    latest = states.reindex(rows["key"]).reset_index(drop=True)
    return rows.reset_index(drop=True).assign(
        state=latest["state"].fillna("open").astype("str"),
        **{name: latest[name] for name in ("owner", "due", "until", "reason")},
        since=[(history.open_since if history else {}).get(key) for key in rows["key"]])


def _accepted(rows: pd.DataFrame, day: date) -> pd.Series:
    return (rows["state"] == "accepted") & (pd.to_datetime(rows["until"]) >= pd.Timestamp(day))


@dataclass(frozen=True)
class Settled:
    """The gaps that are not discussed because of what somebody said of them: accepted until a day,
    or said to be resolved, though they are still found. With their states."""

    accepted: pd.DataFrame
    resolved_still_there: pd.DataFrame

    @property
    def next_date(self) -> date | None:
        """The first day until which one of them is accepted."""
        return None if self.accepted.empty else self.accepted["until"].min().date()

    @property
    def sentence(self) -> str:
        """How many there are, and the next day to look at one again; "" where there is none."""
        parts = []
        if len(self.accepted):
            parts.append(f"Accepted: {len(self.accepted):,} "
                         f"(next date {formats.day(self.next_date)})")
        if len(self.resolved_still_there):
            parts.append(f"marked as resolved, still found: {len(self.resolved_still_there):,}")
        sentence = ", ".join(parts)
        return f"{sentence[:1].upper()}{sentence[1:]}." if parts else ""


def settled(gaps: Gaps, history: History | None, day: date) -> Settled:
    """The gaps that are accepted for now, and those said to be resolved that are still found."""
    rows = gaps.rows[~reminders.are_reminders(gaps.rows["key"])]
    said = history.states["key"] if history else []
    rows = with_states(rows[rows["key"].isin(said)], history)
    return Settled(rows[_accepted(rows, day)].reset_index(drop=True),
                   rows[rows["state"] == "resolved"].reset_index(drop=True))


def remarks(gaps: Gaps, history: History | None, day: date) -> dict[str, str]:
    """For each gap of which people said something: owner, state, age and due date, in words."""
    if history is None or history.states.empty:
        return {}
    rows = gaps.rows[gaps.rows["key"].isin(history.states["key"])]
    return {str(row["key"]): " · ".join(state_parts(row, day)[formats.is_unknown(row["owner"]):])
            for _, row in with_states(rows, history).iterrows()}


def waiting(gaps: Gaps) -> str:
    """How many gaps wait for an owner for longer than the rules allow; "" where none does."""
    number = reminders.waiting(gaps.rows)
    return f"{formats.count(number, 'gap')} waiting too long for an owner." if number else ""


def state_line(row: pd.Series, day: date) -> str:
    """The owner, state, first day and due date of an exception, as the end of its line."""
    return " · ".join(state_parts(row, day))


def state_parts(row: pd.Series, day: date) -> list[str]:
    """The owner, state, first day and due date of an exception, each in words."""
    parts = [row["who"] if formats.is_unknown(row["owner"]) else f"Owner: {row['owner']}"]
    if row["state"] == "accepted" and not formats.is_unknown(row["until"]):
        past = ", which is past" if row["until"] < pd.Timestamp(day) else ""
        parts.append(f"accepted until {formats.day(row['until'])}{past}")
    elif row["state"] != "open" or formats.is_unknown(row["since"]):
        parts.append(str(row["state"]))
    if not formats.is_unknown(row["since"]):
        parts.append(f"open since {formats.day(row['since'])}")
    if not formats.is_unknown(row["due"]):
        late = ", which is past" if row["due"] < pd.Timestamp(day) else ""
        parts.append(f"due {formats.day(row['due'])}{late}")
    return parts


def deltas(now: Headlines, was: Headlines | None) -> dict[str, tuple[str, str | None]]:
    """Value and change of each headline by its label; percentages rounded, changes in points."""
    return {formats.sentence_case(labels.FIGURE[FIELDS[key]]): value_and_change
            for key, value_and_change in _deltas(now, was).items()}


def moves(now: Headlines, was: Headlines | None) -> dict[str, str]:
    """The change of each headline by its key, of those that have one."""
    return {key: moved for key, (_, moved) in _deltas(now, was).items() if moved}


def _deltas(now: Headlines, was: Headlines | None) -> dict[str, tuple[str, str | None]]:
    before = None if was is None else was.aligned_products
    moved = None if before is None or now.aligned_products is None else (
        now.aligned_products - before)
    aligned = aligned_count(now), _signed(moved) if now.assessed_products else None
    return {key: aligned if key == "aligned" else
            _percent(getattr(now, name), getattr(was, name, None))
            for key, name in FIELDS.items()}


def _percent(value: float | None, before: float | None) -> tuple[str, str | None]:
    if value is None or before is None:
        return formats.percent(value), None
    if value == before:
        return formats.percent(value), UNMOVED
    moved = formats.moved(before, value) or value - before
    return formats.percent(value), f"{'−' if moved < 0 else '+'}{formats.points(moved)}"


def _signed(number: int | None) -> str | None:
    return UNMOVED if number == 0 else None if number is None else f"{number:+,d}".replace("-", "−")


def change_rows(changes: Changes) -> pd.DataFrame:
    """Every change as a row of words: of, what, name, before, after, note."""
    return pd.DataFrame([{
        "of": change.object_type.replace("_", " "), "what": change.kind.replace("_", " "),
        "name": change.name, "before": _cell(change.kind, change.before),
        "after": _cell(change.kind, change.after),
        "note": REASON.get(change.note, change.note)}
        for change in changes.rows])


_STATES = {state: word.label for words in (COVERAGE, LINK, STATUS)
           for state, word in words.items()}


def _cell(kind: str, value: Value) -> str | None:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return formats.share(value) if kind == "weight" else formats.exact(value)
    if isinstance(value, date):
        return formats.day(value)
    return None if value is None else _STATES.get(value, value.replace("_", " "))


def unknowns(alignment: Alignment, gaps: Gaps) -> list[str]:
    """What we do not know: products not assessed, key results without a status, rules."""
    lines = []
    headlines = alignment.headlines
    not_assessed = headlines.managed_products - headlines.assessed_products
    if not_assessed and alignment.basis.proof:  # else what lacks for all is said above
        why = why_not_assessed(alignment) or (
            " (platform or sunset, not linked, or a check is unknown)")
        lines.append(f"{formats.count(not_assessed, 'product')} not assessed{why}.")
    unknown = alignment.key_results[alignment.key_results["status"] == "unknown"]
    reasons = unknown["status_reason"].value_counts()
    if len(unknown):
        why = formats.listed([f"{count:,} because {REASON[reason]}" if len(reasons) > 1 else
                              REASON[reason] for reason, count in reasons.items()], most=9)
        lines.append(f"{formats.count(len(unknown), 'key result')} without a known status: {why}.")
    if alignment.money.unknown_spend:
        lines.append(f"{formats.count(alignment.money.unknown_spend, 'product')} with unknown "
                     "spend.")
    if len(gaps.not_evaluated):
        lines.append(evidence(gaps))
    return lines or ["Nothing: every rule was evaluated and every key result has a status."]


def unknown_counts(alignment: Alignment, gaps: Gaps) -> list[str]:
    """How many products, key results and rules of the portfolio are unknown, each in few words."""
    headlines, results = alignment.headlines, alignment.key_results
    products = headlines.managed_products - headlines.assessed_products
    unknown = int((results["status"] == "unknown").sum())
    rules = gaps.evaluable - gaps.evaluated
    return [*([f"{formats.count(products, 'product')} not assessed"] if products else []),
            *([f"{formats.count(unknown, 'key result')} without a status"] if unknown else []),
            *([f"{formats.count(rules, 'check')} for want of data"] if rules else [])]


def on_track(alignment: Alignment) -> str:
    """How many key results are on track and products aligned, in one line."""
    if not len(alignment.key_results):
        portfolio = alignment.portfolio
        missing = next((table for table in ("objectives", "key_results")
                        if not portfolio.tracked(table)), None)
        why = portfolio.why_missing(missing) if missing else "no key result counts in this cycle"
        return f"What is on track is unknown: {why}."
    status = alignment.key_results["status"]
    good, known = int(status.isin(ON_PACE).sum()), int((status != "unknown").sum())
    aligned = alignment.headlines.aligned_products
    products = "aligned products unknown" if aligned is None else f"{aligned:,} aligned products"
    if not known:
        return f"Whether a key result is on track is unknown; {products}."
    whose = " whose status is known" if known < len(status) else ""
    return (f"On track, not discussed: {good:,} of {formats.count(known, 'key result')}{whose}, "
            f"{products}.")


def roadblocks(alignment: Alignment) -> pd.DataFrame:
    """Open roadblocks, the oldest first. Columns: what, since, holds_up, who (can clear it),
    product_id (the one it holds up, itself or through its key result; missing where unknown)."""
    tables: Mapping[str, pd.DataFrame] = alignment.portfolio.tables
    rows = tables["roadblocks"]
    rows = rows[~(rows["closed_on"] <= alignment.as_of)].sort_values("opened_on")
    names = {table: tables[table].set_index(key)[text] for table, key, text in (
        ("products", "product_id", "name"), ("key_results", "kr_id", "title"),
        ("people", "person_id", "name"))}
    result = look_up_any(rows["kr_id"], names["key_results"])
    objective = look_up_any(rows["kr_id"], tables["key_results"].set_index("kr_id")["objective_id"])
    product = rows["product_id"].fillna(look_up_any(
        objective, tables["objectives"].set_index("objective_id")["product_id"]))
    return pd.DataFrame({
        "what": rows["what"], "since": rows["opened_on"].dt.date,
        "holds_up": result.fillna(look_up_any(rows["product_id"], names["products"])).fillna("–"),
        "who": look_up_any(rows["unblocker_id"], names["people"]).fillna(
            rows["unblocker_id"]).fillna("not named"),
        "product_id": product}).reset_index(drop=True)


def question(row: Mapping[str, Any]) -> str:
    """The question a gap asks."""
    return RULES[row["code"]].question
