"""Alignment → gaps: every rule evaluated, patterns found, and what could not be judged."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from orgdata.gaps import (  # noqa: F401  (importing a family registers its rules)
    focus,
    governance,
    key_results,
    objectives,
    outcomes,
    ownership,
    partners,
    portfolio,
    products,
    progress,
)
from orgdata.gaps.needs import NO_STORE, columns_missing, turned_on_by
from orgdata.gaps.patterns import Pattern, pattern
from orgdata.gaps.rule import (
    RULES,
    SEVERITIES,
    Found,
    NotJudged,
    Rows,
    Rule,
    WithHistory,
    as_frame,
    as_not_judged,
    evaluate,
)
from orgdata.measures import Alignment
from orgdata.model.history import History

__all__ = ["RULES", "SEVERITIES", "Gaps", "Pattern", "Present", "Rule", "find_gaps",
           "find_present", "in_order"]

# of a rule: its gaps, what it did not judge, and the pattern that these form
Result = tuple[Found, list[NotJudged], Pattern | None]


@dataclass(frozen=True)
class Gaps:
    """All gaps in order of severity, money at stake, code and key; patterns; rules not evaluated.

    `rows` has the columns of `rule.COLUMNS`. `not_evaluated` maps code → reason. `not_judged` has
    the columns of `rule.NOT_JUDGED_COLUMNS`: findings of absence where a lost row may hold what is
    absent, `because` being the rows to mend as (table, row number or None for the whole table).
    """

    rows: pd.DataFrame
    patterns: tuple[Pattern, ...]
    not_evaluated: dict[str, str]
    turned_on_by: dict[str, int]  # table → how many more rules loading it alone would turn on
    not_judged: pd.DataFrame = field(default_factory=lambda: as_not_judged([]))
    lost: frozenset[str] = frozenset()  # tables of which rows were read, but none could be used
    to_fill: dict[str, list[str]] = field(default_factory=dict)  # table loaded → columns it lacks
    not_shown: dict[str, int] = field(default_factory=dict)  # by severity, to who looks at it

    @property
    def evaluated(self) -> int:
        """How many rules were evaluated, without those that compare with earlier weeks: so the
        number is the same with a store and without one."""
        return self.evaluable - sum(not RULES[code].needs_store for code in self.not_evaluated)

    @property
    def evaluable(self) -> int:
        """How many rules could be evaluated with every table and without a store."""
        return sum(not rule.needs_store for rule in RULES.values())

    @property
    def with_history(self) -> tuple[int, int]:
        """How many of the rules that compare with earlier weeks were evaluated, and of how many:
        of none where no store is named."""
        reasons = [self.not_evaluated.get(code) for code, rule in RULES.items() if rule.needs_store]
        return reasons.count(None), len(reasons) - reasons.count(NO_STORE)

    def count(self, severity: str) -> int:
        """How many gaps have this severity."""
        return int((self.rows["severity"] == severity).sum())

    def only(self, code: str) -> "Gaps":
        """The gaps of one rule with its pattern, or why it was not evaluated."""
        return replace(
            self, rows=self.rows[self.rows["code"] == code].reset_index(drop=True),
            not_judged=self.not_judged[self.not_judged["code"] == code].reset_index(drop=True),
            patterns=tuple(pattern for pattern in self.patterns if pattern.code == code),
            not_evaluated={rule: why for rule, why in self.not_evaluated.items() if rule == code})

    def single(self) -> pd.DataFrame:
        """The gaps that are listed on their own: every critical one, and those outside patterns."""
        patterned = self.rows["code"].isin([pattern.code for pattern in self.patterns])
        return self.rows[~patterned | (self.rows["severity"] == "critical")]


def in_order() -> list[Rule]:
    """All rules by code; those about the gaps of other rules come last."""
    return sorted(RULES.values(), key=lambda rule: (rule.family == "GOV", rule.code))


@dataclass(frozen=True)
class Present:
    """What the rules found on an alignment that read no history: it stays whatever is recorded."""

    results: Mapping[str, Result | str]  # by code; a text: why a rule was not evaluated


def find_present(alignment: Alignment) -> Present:
    """Evaluate the rules that read no history on an alignment, once for all of its histories."""
    cache: dict[Rows, pd.DataFrame] = {}
    return Present({rule.code: _result(rule, alignment, cache)
                    for rule in in_order() if not rule.reads_history})


def find_gaps(alignment: Alignment, history: History | None = None,
              present: Present | None = None) -> Gaps:
    """Evaluate every rule on an alignment (METHOD section 6).

    Rules that need a store are evaluated where its `history` is given; what those found that read
    none is worked out unless it is `present`.
    """
    known = (present or find_present(alignment)).results
    all_gaps: list[Found] = []
    not_judged: list[NotJudged] = []
    past = None if history is None else WithHistory(alignment, history, all_gaps)
    patterns: list[Pattern] = []
    cache: dict[Rows, pd.DataFrame] = {}
    skipped: dict[str, str] = {}
    for rule in in_order():
        result = known[rule.code] if rule.code in known else _result(rule, alignment, cache, past)
        if isinstance(result, str):
            skipped[rule.code] = result
            continue
        gaps, left_open, formed = result
        all_gaps.append(gaps)
        not_judged += left_open
        if formed:
            patterns.append(formed)
    turned_on = {code: turned_on_by(RULES[code].needs, alignment)
                 for code, reason in skipped.items() if reason not in ("switched off", NO_STORE)}
    return Gaps(_in_order(all_gaps), tuple(patterns), dict(sorted(skipped.items())),
                _counted(turned_on), as_not_judged(not_judged), alignment.basis.lost,
                _to_fill(turned_on, alignment))


def _result(rule: Rule, alignment: Alignment, cache: dict[Rows, pd.DataFrame],
            past: WithHistory | None = None) -> Result | str:
    """What a rule found with its pattern, or why it was not evaluated."""
    result = evaluate(rule, alignment, cache, past)
    if isinstance(result, str):
        return result
    gaps, left_open, looked_at = result
    return gaps, left_open, pattern(rule, gaps, looked_at, alignment)


def _in_order(gaps: list[Found]) -> pd.DataFrame:
    rows = as_frame(gaps)
    rank = {severity: i for i, severity in enumerate(SEVERITIES)}
    order = pa.table({"severity": [rank[severity] for severity in rows["severity"].tolist()],
                      "stake": -_without_noise(rows["at_stake"].to_numpy()),
                      "code": rows["code"], "key": rows["key"]})
    places = pc.sort_indices(order, sort_keys=[(name, "ascending") for name in order.column_names])
    return rows.take(np.asarray(places)).reset_index(drop=True)


def _without_noise(stakes: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Stakes to forty binary digits (twelve decimal ones): equal money computed in two ways, such
    as two equal shares of effort, is a tie and falls to code and key. Unknown comes after all."""
    mantissa, exponent = np.frexp(np.where(np.isnan(stakes), -np.inf, stakes))
    return np.asarray(np.ldexp(np.round(mantissa * 2**40), exponent - 40))


def _counted(turned_on: Mapping[str, set[str]]) -> dict[str, int]:
    counts = Counter(table for tables in turned_on.values() for table in tables)
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def _to_fill(turned_on: Mapping[str, set[str]], alignment: Alignment) -> dict[str, list[str]]:
    """The columns that loaded tables lack for the rules that each would turn on."""
    lacking: dict[str, list[str]] = {}
    for code, tables in turned_on.items():
        for table in tables:
            lacking.setdefault(table, []).extend(
                columns_missing(table, RULES[code].needs, alignment))
    return {table: list(dict.fromkeys(columns)) for table, columns in lacking.items() if columns}
