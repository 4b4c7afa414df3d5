"""What a rule of METHOD section 6 is here, what it looks at, and money at stake."""

from collections import Counter
from collections.abc import Callable, Iterator, Set
from dataclasses import dataclass

from tests.reference.links import Links
from tests.reference.loading import Row

Gap = dict[str, object]
Because = Set[tuple[str, int | None]]  # rows to mend; None for the whole table
SEVERITIES = ("critical", "high", "medium", "low")
A_PRODUCT = "objectives.product_id|objective_products|key_results.product_id"  # of an objective


@dataclass(frozen=True)
class Rule:
    """How a rule fires, what it needs, its threshold as printed, how many objects it looks at."""

    fires: Callable[[Links, float | None], Iterator[Gap]]
    needs: str
    threshold: float | None
    looked_at: Callable[[Links], int | None]  # None: it forms no pattern


RULES: dict[str, Rule] = {}


def rule(needs: str, *, threshold: float | None = None,
         of: Callable[[Links], int | None] = lambda links: None) -> Callable:
    """The rule whose code is the function's name; `needs` as in section 6."""
    def register(fires: Callable) -> Callable:
        RULES[fires.__name__.upper()] = Rule(fires, needs, threshold, of)
        return fires
    return register


def is_met(need: str, links: Links) -> bool:
    """Whether a table, a column or a general need is there; of several with | one is enough."""
    w = links.w
    general = {"product": w.managed != [], "outcome": w.outcomes != [], "weights": w.stated,
               "money": links.has_money, "spend": 2 * sum(
                   p["annual_spend"] is not None for p in w.managed) >= len(w.managed),
               "ends": w.tracked("objectives", "end_date") or (
                   w.tracked("objectives", "cycle_id") and w.tracked("cycles")),
               "flows": "contributions" not in w.lost,
               "deputy": any(a["role"] == "deputy" for a in w.rows["assignments"]),
               "distinct": _comparisons(w.managed) <= 100_000}
    return any(general[one] if one in general else
               one not in w.loaded.unclear and w.tracked(*one.split("."))
               for one in need.split("|"))


def _comparisons(products: list[dict]) -> int:
    """n(n + 1)/2 for each segment and job that n products name, summed."""
    named = Counter(
        (segment, job) for p in products if p["strategic_role"] not in ("sunset", "harvest", "enable")
        for segment in words(p["segments"]) for job in words(p["jobs"]))
    return sum(n * (n + 1) // 2 for n in named.values())


def words(text: str | None) -> set[str]:
    """The words of a list with ";" between, in no case of letters."""
    return {word.strip().casefold() for word in (text or "").split(";")} - {""}


def gap(code: str, *ids: str, severity: str, at_stake: float | None = None,
        because: Because = frozenset(), **objects: str) -> Gap:
    """One gap with its key and the objects concerned, and the rows that leave it unjudged."""
    return {"key": ":".join((code, *ids)), "severity": severity, "objects": objects,
            "at_stake": at_stake, "because": because}


def because_lost(table: str, row: Row, *lacking: str) -> Because:
    """The row, where all that it lacks are cells that were written and could not be read."""
    return {(table, row["row"])} if lacking and set(lacking) <= row["lost"] else set()


def if_else(condition: object, severity: str, otherwise: str) -> str:
    """One severity or the other."""
    return severity if condition else otherwise


def outcome_stake(links: Links, outcome: str) -> float | None:
    """w_o · T where weights are stated; null where T is."""
    known = links.total is not None and links.w.stated
    return links.w.weight[outcome] * links.total if known else None


def objective_stake(links: Links, objective: Row) -> float | None:
    """S_p times effort share, over its products; null where none of it is known."""
    parts = [links.stake[product] * share
             for product in links.w.products_of[objective["objective_id"]] if links.stake.get(product) is not None
             for j, share in zip(links.w.of_product[product], links.efforts(product), strict=True)
             if j is objective]
    return sum(parts) if parts else None


def outcomes(links: Links) -> int:
    """Active outcomes."""
    return len(links.w.outcomes)


def managed(links: Links) -> int:
    """Managed products."""
    return len(links.w.managed)


def not_exempt(links: Links) -> int:
    """Managed products but the exempt ones."""
    return len(links.w.managed) - len(links.w.exempt)


def objectives(links: Links) -> int:
    """In-cycle objectives."""
    return len(links.w.in_cycle)


def results(links: Links) -> int:
    """Key results in scope."""
    return len(links.in_scope)


def assigned_people(links: Links) -> int:
    """Persons with a current assignment."""
    return len({a["person_id"] for a in links.w.current})
