"""METHOD section 6, the rules about ownership, dependencies and roadblocks."""

from collections.abc import Iterator
from datetime import timedelta

from tests.reference import gap as seen
from tests.reference.gap import Because, Gap, because_lost, gap, if_else, objective_stake, rule
from tests.reference.links import Links
from tests.reference.loading import Row
from tests.reference.rules_outcomes import is_top_quartile, serves_tier1
from tests.reference.scope import TINY


def _product(links: Links, code: str, product: Row, severity: str,
             because: Because = frozenset()) -> Gap:
    p = product["product_id"]
    return gap(code, p, severity=severity, at_stake=links.stake[p], product_id=p, because=because)


@rule("product assignments", of=seen.managed)
def own01(links: Links, _: None) -> Iterator[Gap]:
    for product in links.w.managed:
        p = product["product_id"]
        if not links.w.pms[p]:
            important = product["strategic_role"] == "invest" or serves_tier1(links, p)
            yield _product(links, "OWN01", product, if_else(important, "critical", "high"),
                           links.doubt.because("pm", "product_id", p))


@rule("product assignments", of=seen.managed)
def own02(links: Links, _: None) -> Iterator[Gap]:
    for product in links.w.managed:
        if len(links.w.pms[product["product_id"]]) > 1:
            yield _product(links, "OWN02", product, "medium")


@rule("product assignments", threshold=30, of=seen.managed)
def own03(links: Links, threshold: float) -> Iterator[Gap]:
    w = links.w
    soon = w.as_of + timedelta(threshold)
    ends = {h["person_id"]: h["active_to"] for h in w.rows["people"]}
    for product in w.managed:
        accountable = w.accountable(product)
        left = any(not w.is_active_person(a["person_id"]) for a in accountable)
        interim = accountable and all(a["is_interim"] for a in accountable)
        last_days: dict[str, list] = {}  # who has another assignment that goes on is not leaving
        for a in accountable:
            last_days.setdefault(a["person_id"], []).append(a["end_date"])
        leaving = any(end is not None and w.as_of <= end <= soon
                      for person, days in last_days.items()
                      for end in (None if None in days else max(days), ends.get(person)))
        if left or interim or leaving:
            other = links.doubt.because("pm", "product_id", product["product_id"])
            yield _product(links, "OWN03", product, if_else(left, "high", "medium"),
                           set() if left or leaving else other)


@rule("assignments.allocation_pct", threshold=100, of=seen.assigned_people)
def own04(links: Links, threshold: float) -> Iterator[Gap]:
    sums: dict[str, float] = {}
    for a in links.w.current:
        sums[a["person_id"]] = sums.get(a["person_id"], 0.0) + (a["allocation_pct"] or 0.0)
    for person, total in sums.items():
        if total > threshold + TINY:
            yield gap("OWN04", person, severity=if_else(total > 120 + TINY, "medium", "low"),
                      person_id=person)


@rule("product assignments", threshold=3, of=seen.assigned_people)
def own05(links: Links, threshold: float) -> Iterator[Gap]:
    holds: dict[str, list[Row]] = {}
    for product in links.w.managed:
        for person in links.w.pms[product["product_id"]]:
            holds.setdefault(person, []).append(product)
    for person, products in holds.items():
        if len(products) >= threshold:
            invest = any(p["strategic_role"] == "invest" for p in products)
            yield gap("OWN05", person, severity=if_else(invest, "medium", "low"),
                      person_id=person)


@rule("product deputy", of=seen.managed)
def own06(links: Links, _: None) -> Iterator[Gap]:
    for product in links.w.managed:
        p = product["product_id"]
        covered = any(a["product_id"] == p and a["role"] == "deputy" for a in links.w.current)
        important = (product["strategic_role"] == "invest" or serves_tier1(links, p)
                     or is_top_quartile(links, product))
        if important and not covered:
            yield _product(links, "OWN06", product, "medium",
                           links.doubt.because("deputy", "product_id", p))


@rule(f"product {seen.A_PRODUCT} objectives.owner_id assignments", of=seen.objectives)
def own07(links: Links, _: None) -> Iterator[Gap]:
    for j in links.w.in_cycle:
        products = links.w.products_of[j["objective_id"]] & links.spend.keys()
        people = {a["person_id"] for a in links.w.current if a["product_id"] in products}
        if j["owner_id"] is not None and people and j["owner_id"] not in people:
            yield gap("OWN07", j["objective_id"], severity="low",
                      at_stake=objective_stake(links, j), objective_id=j["objective_id"])


def _open(links: Links, table: str, column: str) -> list[Row]:
    return [row for row in links.w.rows[table]
            if row[column] is None or row[column] > links.w.as_of]


@rule("dependencies", threshold=30, of=lambda links: len(_open(links, "dependencies", "done_on")))
def prt04(links: Links, threshold: float) -> Iterator[Gap]:
    soon = links.w.as_of + timedelta(threshold)
    for d in _open(links, "dependencies", "done_on"):
        if not d["agreed"]:
            near = d["needed_by"] is not None and d["needed_by"] <= soon
            yield gap("PRT04", d["dependency_id"], severity=if_else(near, "high", "medium"),
                      dependency_id=d["dependency_id"],  # a yes or a delivery would do
                      because=because_lost("dependencies", d, "agreed")
                      | because_lost("dependencies", d, "done_on"))


@rule("roadblocks", threshold=14, of=lambda links: len(_open(links, "roadblocks", "closed_on")))
def rbk01(links: Links, threshold: float) -> Iterator[Gap]:
    w = links.w
    objective_of = {k["kr_id"]: w.objectives.get(k["objective_id"])
                    for k in w.rows["key_results"]}
    for b in _open(links, "roadblocks", "closed_on"):
        if b["opened_on"] < w.as_of - timedelta(threshold):
            j = objective_of.get(b["kr_id"])
            serious = (j is not None and j["ambition"] == "committed"
                       and w.sight[j["objective_id"]] & w.tier1)
            yield gap("RBK01", b["roadblock_id"], severity=if_else(serious, "high", "medium"),
                      roadblock_id=b["roadblock_id"],
                      because=because_lost("roadblocks", b, "closed_on"))
