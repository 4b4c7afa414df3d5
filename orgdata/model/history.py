"""The history of one source, as rules and pages need it: goalposts, states of gaps, decisions.

Rules know nothing of databases: the store reads the history, and it is passed in.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from hashlib import sha256

import pandas as pd

from orgdata.model.words import normalise_word

_DAY = "datetime64[s]"
_GOALPOSTS = {"kr_id": "str", "first_day": _DAY, "last_day": _DAY, "kind": "str",
              "baseline": "float64", "target": "float64", "due": _DAY, "start": _DAY}
_STATES = {"key": "str", "state": "str", "owner": "str", "due": _DAY, "until": _DAY,
           "reason": "str"}
_DECISIONS = {"decision_id": "int64", "kind": "str", "text": "str", "owner": "str", "due": _DAY,
              "made_on": _DAY, "gap_key": "str"}


_EXPECTATIONS = {"expectation_id": "str", "day": _DAY, "what": "str", "by_when": _DAY,
                 "product_id": "str", "partner": "str"}


class StoreError(Exception):
    """A store cannot be opened, read or written; one clear line without credentials."""


@dataclass(frozen=True)
class History:
    """The snapshots of a source, and states of gaps and decisions, up to a day. Frames are never
    changed after they are built.

    goalposts: one row for each run of snapshots in which a key result's numbers were the same,
    oldest first. states: the latest state that people gave a gap, one row per key, without those
    said to be resolved and gone since. open_since: the day of the first snapshot from which on a
    gap was in every one up to the latest. decisions: those still open. expectations: what they said
    from a day on, one row for each run of snapshots in which that was the same, oldest first.
    """

    goalposts: pd.DataFrame
    states: pd.DataFrame
    open_since: Mapping[str, date]
    decisions: pd.DataFrame
    expectations: pd.DataFrame

    @classmethod
    def of(cls, goalposts: Iterable[Mapping[str, object]] = (),
           states: Iterable[Mapping[str, object]] = (),
           open_since: Mapping[str, date] | None = None,
           decisions: Iterable[Mapping[str, object]] = (),
           expectations: Iterable[Mapping[str, object]] = ()) -> "History":
        """A history from plain rows; a column that a row lacks is unknown."""
        return cls(_frame(goalposts, _GOALPOSTS).sort_values(["kr_id", "first_day"], kind="stable",
                                                             ignore_index=True),
                   _frame(states, _STATES), dict(open_since or {}), _frame(decisions, _DECISIONS),
                   _frame(expectations, _EXPECTATIONS).sort_values(
                       ["expectation_id", "day"], kind="stable", ignore_index=True))

    @cached_property
    def fingerprint(self) -> str:
        """A hash of the content, which is all that gap rules read of a store."""
        content = sha256(repr(sorted(self.open_since.items())).encode())
        for frame in (self.goalposts, self.states, self.decisions, self.expectations):
            content.update(pd.util.hash_pandas_object(frame, index=False).to_numpy().tobytes())
            content.update(b"|")
        return content.hexdigest()

    def first_in_cycle(self, kr_ids: pd.Series, starts: pd.Series) -> pd.DataFrame:
        """The goalposts in the first snapshot of each key result's cycle, in the order given.

        The cycle begins with the key result's start; where that is unknown, with the first
        snapshot. `seen_on` is the day of that snapshot; all is missing where there is none.
        """
        cycles = pd.DataFrame({"kr_id": kr_ids.to_numpy(), "start": starts.to_numpy(),
                               "position": range(len(kr_ids))})
        runs = self.goalposts.merge(cycles, on="kr_id", suffixes=("", "_of_cycle"))
        start = runs["start_of_cycle"]
        runs = runs[start.isna() | (runs["last_day"] >= start)].drop_duplicates("position")
        # a run that began before the cycle was still seen in it; its first day there is not known
        start = runs["start_of_cycle"]
        seen_on = runs["first_day"].where(~(runs["first_day"] < start), start)
        return runs.assign(seen_on=seen_on).set_index("position").reindex(
            range(len(kr_ids))).set_axis(kr_ids.index)

    def answered(self, rows: pd.DataFrame) -> pd.DataFrame:
        """What expectations (`expectation_id`, `product_id`, `partner`) said when they were
        `answered`, in the order given: `what` and `by_when` in the last snapshot up to that day,
        else in the first one after it; missing where there is none in which they were of the same
        product and function, as far as that was kept."""
        wanted = rows[["expectation_id", "answered", "product_id", "partner"]].assign(
            position=range(len(rows)))
        runs = self.expectations.merge(wanted[wanted["answered"].notna()], on="expectation_id",
                                       suffixes=("", "_now"))
        functions = runs[["partner", "partner_now"]].map(normalise_word, na_action="ignore")
        runs = runs[(runs["product_id"].isna() | (runs["product_id"] == runs["product_id_now"])) & (
            functions["partner"].isna() | (functions["partner"] == functions["partner_now"]))]
        later = runs["day"] > runs["answered"]
        found = pd.concat([runs[~later].drop_duplicates("position", keep="last"), runs[later]])
        return found.drop_duplicates("position").set_index("position").reindex(
            range(len(rows))).set_axis(rows.index)


def _frame(rows: Iterable[Mapping[str, object]], types: Mapping[str, str]) -> pd.DataFrame:
    """Rows as a typed frame with all columns."""
    return pd.DataFrame(list(rows), columns=list(types), dtype=object).astype(dict(types))
