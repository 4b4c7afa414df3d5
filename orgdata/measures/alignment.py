"""What `align` returns: every measure of METHOD sections 2–5, each computed once."""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from orgdata.measures.doubt import HELD_BY, Because, Fact
from orgdata.measures.mix import comparable, comparisons
from orgdata.measures.pursuit import products_of
from orgdata.model.portfolio import Portfolio
from orgdata.tabular.lookup import is_any, is_in

MoneyUnit = Literal["annual_spend", "fte", "count"]
MoneyReason = Literal["not_loaded", "few_known", "nothing_to_spend", "contributions_lost",
                      "no_links"]


@dataclass(frozen=True)
class Basis:
    """What can be judged with the tables that are loaded (METHOD section 3)."""

    links: bool  # links can be judged: links tracked, an active outcome, a managed product
    contributions: bool
    objectives: bool
    assignments: bool
    check_ins: bool
    proof: bool  # objectives and key results both tracked
    stated_weights: bool
    contributions_lost: bool
    lost: frozenset[str]  # tables of which rows were read and none accepted


@dataclass(frozen=True)
class Doubts:
    """What lost rows and tables may hold of what is not found (METHOD section 2)."""

    rows: pd.DataFrame
    basis: Basis

    def doubtful(self, fact: Fact, kind: str, ids: pd.Series) -> pd.Series:
        """Whether each of these objects, of a kind such as product_id, may have what is not found;
        all, where its table is lost."""
        if self.lost_tables(fact):
            return pd.Series(True, ids.index)
        rows = self.rows
        if not len(rows):
            return pd.Series(False, ids.index)
        return is_in(ids, rows["id"][self._of(fact, kind)])

    def _of(self, fact: Fact, kind: str) -> npt.NDArray[np.bool_]:
        return is_any(self.rows["fact"], [fact]) & is_any(self.rows["kind"], [kind])

    def reasons(self, fact: Fact, kind: str, ids: pd.Series) -> list[Because]:
        """For each of these objects the rows to mend before it is known whether it has this; none
        where what is not found is not there."""
        lost = [(table, None) for table in self.lost_tables(fact)]
        of_these = np.flatnonzero(self._of(fact, kind) if len(self.rows) else ())
        if not lost and not len(of_these):
            return [()] * len(ids)
        of_id: dict[str, list[tuple[str, int | None]]] = {}
        for name, table, row in zip(*(self.rows[column].array.take(of_these).tolist()
                                      for column in ("id", "table", "row")), strict=True):
            of_id.setdefault(name, []).append((table, None if pd.isna(row) else int(row)))
        reasons = {name: tuple(dict.fromkeys([*lost, *of_id.get(name, ())]))
                   for name in dict.fromkeys(ids)}  # one for all that ask for the same
        return [reasons[name] for name in ids]

    def because(self, fact: Fact, kind: str, id: str) -> Because:
        """The rows to mend before it is known whether an object has this."""
        return self.reasons(fact, kind, pd.Series([id]))[0]

    def lost_tables(self, fact: Fact) -> list[str]:
        """The lost tables that would hold a fact; goals stand for links that are not loaded."""
        by_goals = fact == "link" and not self.basis.contributions
        tables = (*HELD_BY[fact], *(HELD_BY["objective"] if by_goals else ()))
        return [table for table in tables if table in self.basis.lost]


@dataclass(frozen=True)
class Money:
    """Totals of METHOD section 5, in `unit`; None where unknown."""

    unit: MoneyUnit  # count: money is unknown, and products are counted in its place
    stated_unit: MoneyUnit  # what the source states, be it of ever so few products
    total: float | None  # T = Σ S − Σ BAU
    spend: float | None  # Σ S
    bau: float | None
    unlinked: float | None
    proven: float | None
    linked: float | None
    unknown_spend: int  # managed products whose spend is blank
    known: int  # managed products whose spend is not
    managed: int
    reason: MoneyReason | None  # why money, or where it flows, is unknown


@dataclass(frozen=True)
class Headlines:
    """The headlines: counts of products and percentages (0–100); None where unknown."""

    managed_products: int
    aligned_products: int | None
    assessed_products: int
    outcome_coverage_pct: float | None
    aligned_spend_pct: float | None
    linked_spend_pct: float | None
    strategy_spend_fit_pct: float | None
    passing_products: int  # that pass every check that could be made
    checkable_products: int  # of which a check could be made
    checks_made: tuple[str, ...]  # those that apply to any managed product
    coverage_at_least: bool  # whether outcome_coverage_pct may be more, rows being in doubt


@dataclass(frozen=True)
class Alignment:
    """A portfolio measured on one day. Frames are never changed after they are built.

    outcomes: the active ones. products: the managed ones. links: every cell that is not none.
    objectives: in cycle. key_results: in scope. assignments: those in force today. managers:
    (product_id, person_id) of PM(p). people: everyone known by id. pursued: pairs of objective and
    product. sights: pairs of objective and active outcome. doubt: what lost rows may speak of. The
    columns of each frame are declared in COLUMNS of the measure that adds them.
    """

    portfolio: Portfolio
    as_of: pd.Timestamp
    basis: Basis
    outcomes: pd.DataFrame
    products: pd.DataFrame
    links: pd.DataFrame
    objectives: pd.DataFrame
    all_objectives: pd.DataFrame
    key_results: pd.DataFrame
    assignments: pd.DataFrame
    managers: pd.DataFrame
    people: pd.DataFrame
    pursued: pd.DataFrame
    sights: pd.DataFrame
    doubt: pd.DataFrame
    work: pd.DataFrame
    work_sources: pd.DataFrame
    expectations: pd.DataFrame
    ideas: pd.DataFrame
    money: Money
    headlines: Headlines

    @property
    def doubts(self) -> Doubts:
        """What lost rows and tables may hold."""
        return Doubts(self.doubt, self.basis)

    @cached_property
    def comparisons(self) -> int:
        """How many comparisons it takes to find products that overlap."""
        return comparisons(comparable(self.products))

    def of_product(self, product_id: str,
                   frame: Literal["objectives", "key_results"]) -> pd.DataFrame:
        """The in-cycle objectives a product pursues, or its key results in scope in these."""
        pursued = self.pursued.loc[self.pursued["product_id"] == product_id, "objective_id"]
        rows = self.objectives if frame == "objectives" else self.key_results
        of_it = rows["objective_id"].isin(pursued)
        if frame == "key_results":
            of_it &= rows["own_product_id"].isna() | (rows["own_product_id"] == product_id)
        return rows[of_it]

    def of_outcome(self, outcome_id: str,
                   frame: Literal["objectives", "key_results"]) -> pd.DataFrame:
        """The in-cycle objectives that lead to an outcome, or key results in scope in these."""
        leading = self.sights.loc[self.sights["outcome_id"] == outcome_id, "objective_id"]
        rows = self.objectives if frame == "objectives" else self.key_results
        return rows[rows["objective_id"].isin(leading)]

    def products_of(self, rows: pd.DataFrame, key: str) -> pd.DataFrame:
        """The products of objectives (`key` is objective_id) or of key results (kr_id): a row
        (id, product_id) for each."""
        return products_of(rows, key, self.pursued)
