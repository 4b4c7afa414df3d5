"""What a rule needs before it can be evaluated, and what is missing, in words (METHOD §6).

A need is `table`, `table.column`, or one of the words below; `a|b` means one of them is enough.
"""

from collections.abc import Callable, Iterable

from orgdata.measures import Alignment
from orgdata.measures.mix import MOST_COMPARISONS
from orgdata.model import labels
from orgdata.model.schema import TABLES

NO_STORE = "no store is named"  # why rules that need history are not evaluated; see rule.py
_SPECIAL: dict[str, tuple[Callable[[Alignment], bool], str, tuple[str, ...]]] = {
    # word: (is it met, why not, the tables that would meet it)
    "product": (lambda a: bool(len(a.products)), "no product is loaded", ("products",)),
    "outcome": (lambda a: bool(len(a.outcomes)), "no active outcome is loaded", ("outcomes",)),
    "weights": (lambda a: a.basis.stated_weights, "no active outcome has a stated weight",
                ("outcomes",)),
    "money": (lambda a: a.money.unit != "count",
              "fewer than half of the products have a known spend or FTE", ("products",)),
    "flows": (lambda a: not a.basis.contributions_lost,
              "the rows that say where the spend goes were skipped",
              ("contributions",)),
    "spend": (lambda a: 2 * a.products["annual_spend"].notna().sum() >= len(a.products),
              "fewer than half of the products have a known spend", ("products",)),
    "ends": (lambda a: a.portfolio.tracked("objectives", "end_date") or (
                 a.portfolio.tracked("objectives", "cycle_id") and a.portfolio.tracked("cycles")),
             "no objective has an end date or a cycle", ("objectives",)),
    "deputy": (lambda a: bool((a.portfolio["assignments"]["role"] == "deputy").any()),
               "nobody is named as deputy", ("assignments",)),
    "distinct": (lambda a: a.comparisons <= MOST_COMPARISONS,
                 "segments and jobs of too many products are the same", ()),
    "store": (lambda a: True, NO_STORE, ()),  # checked before; no table meets it
}

_FILLED_BY = {"weights": "weight", "money": "annual_spend", "spend": "annual_spend",
              "ends": "end_date", "deputy": "deputy"}  # of a table that is loaded
_OF_MANAGED = ("annual_spend", "fte", "annual_revenue")  # tracked when a managed product has one


def missing(needs: Iterable[str], alignment: Alignment) -> str | None:
    """Why a rule with these needs cannot be evaluated; None when it can."""
    reasons = [_reason(alternatives, alignment) for alternatives in _unmet(needs, alignment)]
    return "; ".join(dict.fromkeys(reasons)) or None


def tables_of(needs: Iterable[str]) -> set[str]:
    """All tables that a rule's needs mention."""
    return {table for need in needs for alternative in need.split("|")
            for table in _tables(alternative)}


def turned_on_by(needs: Iterable[str], alignment: Alignment) -> set[str]:
    """The tables each of which alone, if it were loaded and filled in, would satisfy every need now
    missing."""
    return set.intersection(*(
        {table for alternative in alternatives for table in _tables(alternative)}
        for alternatives in _unmet(needs, alignment)))


def columns_missing(table: str, needs: Iterable[str], alignment: Alignment) -> list[str]:
    """The columns of a table that rules with these needs lack; none where it lacks as a whole."""
    if not alignment.portfolio.tracked(table):
        return []
    wanted = [next((_FILLED_BY.get(one, one.partition(".")[2]) for one in alternatives
                    if table in _tables(one)), "") for alternatives in _unmet(needs, alignment)]
    return [column for column in wanted if column]


def _unmet(needs: Iterable[str], alignment: Alignment) -> list[list[str]]:
    """The needs that are not met, each as its alternatives."""
    every = [need.split("|") for need in needs]
    return [alternatives for alternatives in every
            if not any(_is_met(alternative, alignment) for alternative in alternatives)]


def _is_met(need: str, alignment: Alignment) -> bool:
    if need in _SPECIAL:
        return _SPECIAL[need][0](alignment)
    if need in alignment.portfolio.unclear:
        return False
    table, _, column = need.partition(".")
    if column in _OF_MANAGED:
        return bool(alignment.products[column].notna().any())
    return alignment.portfolio.tracked(table, column or None)


def _tables(need: str) -> tuple[str, ...]:
    return _SPECIAL[need][2] if need in _SPECIAL else (need.partition(".")[0],)


def _reason(alternatives: list[str], alignment: Alignment) -> str:
    reasons = list(dict.fromkeys(_reason_of(need, alignment) for need in alternatives))
    lost = any(alignment.portfolio.lost(table) for need in alternatives for table in _tables(need))
    if len(reasons) == 1 or lost:
        return ", and ".join(reasons)
    if all(need in TABLES for need in alternatives):
        return f"neither {' nor '.join(map(labels.table, alternatives))} are loaded"
    *others, last = map(labels.of_table, alternatives)
    return f"nothing is loaded for {', '.join(others)} or {last}"


def _reason_of(need: str, alignment: Alignment) -> str:
    if need in _SPECIAL:
        absent = [table for table in _tables(need) if not alignment.portfolio.tracked(table)]
        return alignment.portfolio.why_missing(absent[0]) if absent else _SPECIAL[need][1]
    table, _, column = need.partition(".")
    if need in alignment.portfolio.unclear:
        return f"it is not clear how far the {labels.of_table(need)} reaches: to 5 or to 10"
    if column and alignment.portfolio.tracked(table):
        return f"nothing is loaded for {labels.of_table(need)}"
    return alignment.portfolio.why_missing(table)
