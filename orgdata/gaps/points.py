"""A point of a company's own history: its figures on a day, and under what they were found."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256

from orgdata import METHOD_VERSION, formats
from orgdata.gaps import SEVERITIES, Gaps
from orgdata.measures import Alignment
from orgdata.measures.key_results import DUE
from orgdata.measures.work import PURPOSES, WINDOWS
from orgdata.model.settings import Settings
from orgdata.model.settings_text import to_toml
from orgdata.tabular.lookup import is_word

HEADLINES = ("aligned_products", "outcome_coverage_pct", "aligned_spend_pct", "linked_spend_pct",
             "strategy_spend_fit_pct")
FIGURES = (*HEADLINES, *(f"gaps_{severity}" for severity in SEVERITIES), "fresh_pct",
           "confirmed_links", "unlinked_money", *(f"work_{purpose}_pct" for purpose in PURPOSES))


@dataclass(frozen=True)
class Point:
    """The figures of a portfolio on a day (None: unknown); keys in _pct are 0–100.

    Points are compared only where they were found in one way: `method`, `settings` (a hash of
    those that change what is found), `unit` of money, and the ids of the managed `products` say in
    which.
    """

    day: date
    method: str
    settings: str
    unit: str
    products: frozenset[str]
    figures: Mapping[str, float | None]
    snapshot: int | None = None  # its number; None for what is shown now


def point(alignment: Alignment, gaps: Gaps, method: str = METHOD_VERSION,
          snapshot: int | None = None) -> Point:
    """The figures of an evaluated portfolio. METHOD §11."""
    return Point(alignment.as_of.date(), method, settings_hash(alignment.portfolio.settings),
                 alignment.money.unit, frozenset(alignment.products["product_id"]),
                 _figures(alignment, gaps), snapshot)


def settings_hash(settings: Settings) -> str:
    """What tells apart settings under which other things are found: words, documents, gaps that are
    accepted, and the day are none of these."""
    measured = replace(settings, as_of=None, words={}, template=None, address="", answers={},
                       accept={}, layouts=())
    return sha256(to_toml(measured).encode()).hexdigest()[:16]


def _figures(alignment: Alignment, gaps: Gaps) -> dict[str, float | None]:
    found = {name: getattr(alignment.headlines, name) for name in HEADLINES}
    found |= {f"gaps_{severity}": gaps.count(severity) + gaps.not_shown.get(severity, 0)
              for severity in SEVERITIES}
    money = alignment.money
    found |= {"fresh_pct": _fresh_pct(alignment),
              "confirmed_links": int(alignment.links["confirmed"].sum())
              if alignment.basis.links else None,
              "unlinked_money": None if money.unit == "count" else money.unlinked}
    found |= {f"work_{purpose}_pct": share for purpose, share in _work(alignment).items()}
    return {name: None if formats.is_unknown(value) else float(value)  # NaN too: JSON has none
            for name, value in found.items()}


def _fresh_pct(alignment: Alignment) -> float | None:
    """The share of key results with an up-to-date check-in, of those that are due one."""
    freshness = alignment.key_results["freshness"]
    due = int(is_word(freshness, *DUE).sum()) if alignment.basis.check_ins else 0
    return 100 * int((freshness == "fresh").sum()) / due if due else None


def _work(alignment: Alignment) -> dict[str, float | None]:
    """The shares of all work of managed products in the longer window, 0–100."""
    rows = alignment.work
    rows = rows[rows["product_id"].isna() & (rows["window"] == WINDOWS[-1]) & (rows["items"] > 0)]
    return {purpose: 100 * float(rows[purpose].iloc[0]) if len(rows) else None
            for purpose in PURPOSES}
