"""What `align` returns: every measure of METHOD sections 2–5, each computed once."""

from dataclasses import dataclass
from typing import Literal

import pandas as pd

from orgdata.model.portfolio import Portfolio

MoneyUnit = Literal["annual_spend", "fte", "count"]


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


@dataclass(frozen=True)
class Money:
    """Totals of METHOD section 5, in `unit`; None where unknown."""

    unit: MoneyUnit
    total: float | None  # T = Σ S − Σ BAU
    spend: float  # Σ S
    bau: float
    unlinked: float | None
    proven: float | None
    linked: float | None
    unknown_spend: int  # managed products whose spend is blank


@dataclass(frozen=True)
class Headlines:
    """The headlines: counts of products and percentages (0–100); None where unknown."""

    managed_products: int
    aligned_products: int
    assessed_products: int
    outcome_coverage_pct: float | None
    aligned_spend_pct: float | None
    linked_spend_pct: float | None
    strategy_spend_fit_pct: float | None


@dataclass(frozen=True)
class Alignment:
    """A portfolio measured on one day. Frames are never changed after they are built.

    outcomes: the active ones. products: the managed ones. links: every cell that is not none.
    objectives: in cycle. key_results: in scope. assignments: those in force today. managers:
    (product_id, person_id) of PM(p). people: everyone known by id. The columns of each frame are
    declared in COLUMNS of the measure that adds them.
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
    money: Money
    headlines: Headlines
