"""Whether an outcome that is thinly served may be covered after all: OUT02 (METHOD section 6).

A row may speak of a product or outcome alone, and so of all pairs with it; hence rows to mend are
gathered for each of these once, and pairs share them.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice, product

import pandas as pd

from orgdata.measures import Alignment
from orgdata.measures.alignment import Doubts
from orgdata.measures.doubt import Because, Fact
from orgdata.measures.key_results import has_lost_bound
from orgdata.tabular.lookup import is_in
from orgdata.tabular.select import iter_rows

MOST_PAIRS = 250_000  # of products and outcomes that are looked at one by one
MOST_ROWS = 100  # to mend that are named of an outcome: nobody mends more before looking again
_PAIR = ["product_id", "outcome_id"]
_Pair = tuple[str, str]  # a product and an outcome


def may_be_covered(outcomes: pd.Series, alignment: Alignment) -> list[Because]:
    """For each of these outcomes the rows to mend before it is known that it is not covered: those
    of each product of which all that lacks may be there, none where there is no such product.

    A product may lack the primary link, the goal, a measure of the goal, or a manager. METHOD §6.
    Where rows leave open more than MOST_PAIRS, any of these outcomes may be covered.
    """
    if not len(alignment.doubt) and not alignment.basis.lost:
        return [()] * len(outcomes)
    products, basis, doubts = alignment.products["product_id"], alignment.basis, alignment.doubts
    alone = Doubts(alignment.doubt[alignment.doubt["other"].isna()], basis)
    named, crossed = _named_pairs(alignment), _crossed(outcomes, alignment, alone)
    if crossed is None:
        return [_first(chain(alone.reasons("link", "outcome_id", outcomes),
                             alone.reasons("link", "product_id", products)))] * len(outcomes)
    primary, goals, measured = _links(alignment)
    those, wanted = set(products), set(outcomes)
    pairs = [(one, other) for one, other in dict.fromkeys(chain(primary, named, crossed))
             if other in wanted and one in those]
    managed = set(products[alignment.products["pm_count"] > 0])
    link_of, link_to = (_by_id(alone, "link", kind, ids) for kind, ids in (
        ("product_id", products), ("outcome_id", outcomes)))
    goal_of, goal_for = (_by_id(doubts, "objective", kind, ids) for kind, ids in (
        ("product_id", products), ("outcome_id", outcomes)))
    manager_of, measures_of = _by_id(doubts, "pm", "product_id", products), _measures_in_doubt(
        alignment)
    found: dict[str, list[Because]] = defaultdict(list)
    for pair in pairs:
        one, other = pair
        lacking: list[Sequence[Because]] = []
        if pair not in primary:
            lacking.append((link_of[one], link_to[other], named.get(pair, ())))
        if basis.proof and pair not in goals:
            lacking.append((goal_of[one], goal_for[other]))
        elif basis.proof and pair not in measured:
            lacking.append(measures_of.get(pair, ()))
        if basis.assignments and one not in managed:
            lacking.append((manager_of[one],))
        if all(map(any, lacking)):
            found[other] += chain.from_iterable(lacking)
    return [_first(found.get(name, ())) for name in outcomes]


def _first(reasons: Iterable[Because]) -> Because:
    """The first rows to mend of all these reasons, many of which are one and the same."""
    different = {id(because): because for because in reasons}
    return tuple(islice(dict.fromkeys(chain.from_iterable(different.values())), MOST_ROWS))


def _by_id(doubts: Doubts, fact: Fact, kind: str, ids: pd.Series) -> Mapping[str, Because]:
    return dict(zip(ids, doubts.reasons(fact, kind, ids), strict=True))


def _links(alignment: Alignment) -> list[dict[_Pair, None]]:
    """The pairs with a confirmed primary link, with a goal, and with a measured one."""
    links = alignment.links
    primary = links["confirmed"] & (links["strength"] == "primary")
    return [dict.fromkeys(iter_rows(*(links.loc[holds, name] for name in _PAIR)))
            for holds in (primary, links["goal"], links["measured_goal"])]


def _named_pairs(alignment: Alignment) -> Mapping[_Pair, Because]:
    """The rows that may hold a link and name both of its ends, by these."""
    facts = alignment.doubt[(alignment.doubt["fact"] == "link") & alignment.doubt["other"].notna()]
    rows: dict[_Pair, dict[tuple[str, int | None], None]] = defaultdict(dict)
    for kind, (one, other) in (("product_id", ("id", "other")), ("outcome_id", ("other", "id"))):
        of_kind = facts[facts["kind"] == kind]
        for product_id, outcome_id, table, row in iter_rows(*(of_kind[name] for name in (
                one, other, "table", "row"))):
            rows[product_id, outcome_id][table, int(row)] = None
    return {pair: tuple(of_pair) for pair, of_pair in rows.items()}


def _crossed(outcomes: pd.Series, alignment: Alignment, alone: Doubts) -> Iterator[_Pair] | None:
    """The pairs whose link may stand in a row that names one end and nothing known at the other, or
    in a lost table; None where there are too many."""
    products = alignment.products["product_id"]
    some_products, some_outcomes = (ids[alone.doubtful("link", kind, ids)] for kind, ids in (
        ("product_id", products), ("outcome_id", outcomes)))
    if len(some_products) * len(outcomes) + len(products) * len(some_outcomes) > MOST_PAIRS:
        return None
    return chain(product(some_products, outcomes), product(products, some_outcomes))


def _measures_in_doubt(alignment: Alignment) -> Mapping[_Pair, Sequence[Because]]:
    """For each pair the rows that may hold a measure of a goal that the product has for the
    outcome: set-aside key results of it, and those whose target or bound was lost."""
    facts = alignment.doubt[(alignment.doubt["fact"] == "key_result")
                            & (alignment.doubt["kind"] == "objective_id")]
    results = alignment.portfolio["key_results"]
    results = results.loc[has_lost_bound(alignment.portfolio, results),
                          ["objective_id", "product_id", "row"]]
    rows: dict[tuple[str, str], list[tuple[str, int | None]]] = defaultdict(list)  # by its ends
    for goal, own, row in chain(
            zip(facts["id"], [""] * len(facts), facts["row"], strict=True),
            zip(results["objective_id"], results["product_id"].fillna(""), results["row"],
                strict=True)):
        rows[goal, own].append(("key_results", int(row)))
    if not rows:
        return {}
    of_goal = {ends: tuple(some) for ends, some in rows.items()}
    goals = alignment.pursued.loc[alignment.pursued["in_cycle"], ["objective_id", "product_id"]]
    in_doubt = pd.Series([goal for goal, _ in of_goal], dtype="str")
    goals = goals[is_in(goals["objective_id"], in_doubt)]
    goals = goals.merge(alignment.sights[["objective_id", "outcome_id"]], on="objective_id")
    of_pair: dict[_Pair, list[Because]] = defaultdict(list)
    for goal, one, other in iter_rows(*(goals[name] for name in ("objective_id", *_PAIR))):
        of_pair[one, other] += [of_goal[ends] for ends in ((goal, ""), (goal, one))
                                if ends in of_goal]
    return of_pair
