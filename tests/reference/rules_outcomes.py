"""METHOD section 6, the rules about outcomes, products and the portfolio."""

from collections.abc import Iterator
from datetime import timedelta

from tests.reference import gap as seen
from tests.reference.gap import (
    Because,
    Gap,
    because_lost,
    gap,
    if_else,
    outcome_stake,
    rule,
    words,
)
from tests.reference.links import UNLINKED, Links
from tests.reference.loading import Row
from tests.reference.reading import normalised
from tests.reference.scope import TINY


@rule("product outcome contributions|objectives", of=seen.outcomes)
def out01(links: Links, _: None) -> Iterator[Gap]:
    for o in links.w.weight:
        if links.coverage(o) in ("uncovered", "unknown"):
            yield _outcome(links, "OUT01", o, if_else(o in links.w.tier1, "critical", "high"),
                           _of(links, "outcome_id", o, "link", "objective"))


@rule("product outcome contributions|objectives", of=seen.outcomes)
def out02(links: Links, _: None) -> Iterator[Gap]:
    for o in links.w.weight:
        if links.coverage(o) == "thin":
            yield _outcome(links, "OUT02", o, if_else(o in links.w.tier1, "high", "medium"), {
                row for p in links.w.managed for row in _may_cover(links, p["product_id"], o)})


def _of(links: Links, kind: str, name: str, *facts: str) -> Because:
    """The rows that may hold one of these facts of an object."""
    return {row for fact in facts for row in links.doubt.because(fact, kind, name)}


def _may_cover(links: Links, p: str, o: str) -> Because:
    """Where all may stand that a product lacks to cover an outcome; empty where some is not there.

    The measure is that of a goal: where there is no goal, nothing more is asked of it."""
    lacking = []
    if o not in links.primary(p):
        lacking.append(links.doubt.because("link", "product_id", p, o, None)
                       | links.doubt.because("link", "outcome_id", o, p, None))
    goals = [j for j in links.w.of_product[p] if o in links.w.sight[j["objective_id"]]]
    if links.proof and not goals:
        lacking.append(_of(links, "product_id", p, "objective")
                       | _of(links, "outcome_id", o, "objective"))
    elif links.proof and not any(links.has_measure(j, p) for j in goals):
        lacking.append({row for j in goals for row in _of(
            links, "objective_id", j["objective_id"], "key_result") | links.bounds_lost(j, p)})
    if links.w.tracked("assignments") and not links.w.pms[p]:
        lacking.append(_of(links, "product_id", p, "pm"))
    return set().union(*lacking) if all(lacking) else set()


@rule("product outcome contributions", of=seen.outcomes)
def out03(links: Links, _: None) -> Iterator[Gap]:
    for o in links.w.weight:
        on = [p for p in links.w.managed if o in links.primary(p["product_id"])]
        if links.coverage(o) not in ("uncovered", "unknown") and len(on) == 1:
            severity = "low"
            if o in links.w.tier1:
                severity = if_else(
                    links.checkable(on[0]) and "fails" in links.of_four(on[0]), "high", "medium")
            yield _outcome(links, "OUT03", o, severity, _of(links, "outcome_id", o, "link"))


@rule("outcome outcomes.metric|outcomes.target|outcomes.due_date|outcomes.owner_id",
      of=seen.outcomes)
def out04(links: Links, _: None) -> Iterator[Gap]:
    for row in links.w.outcomes:
        lacking = [column for column in ("metric", "target", "due_date", "owner_id")
                   if row[column] is None]
        if lacking:
            o = row["outcome_id"]
            yield _outcome(links, "OUT04", o, if_else(o in links.w.tier1, "high", "medium"),
                           because_lost("outcomes", row, *lacking))


@rule("product outcome weights money contributions|objectives flows", threshold=0.10, of=seen.outcomes)
def out05(links: Links, threshold: float) -> Iterator[Gap]:
    for o, weight in links.w.weight.items():
        share = links.spend_share(o)
        if share is None or abs(weight - share) < threshold - TINY:
            continue
        far = abs(weight - share) >= 0.20 - TINY
        severity = (if_else(o in links.w.tier1 or far, "high", "medium") if share < weight
                    else if_else(far, "medium", "low"))
        yield _outcome(links, "OUT05", o, severity,
                       _of(links, "outcome_id", o, "link") if share < weight else set())


def _outcome(links: Links, code: str, o: str, severity: str,
             because: Because = frozenset()) -> Gap:
    return gap(code, o, severity=severity, at_stake=outcome_stake(links, o), outcome_id=o,
               because=because)


@rule("outcome outcomes", threshold=5)
def out06(links: Links, threshold: float) -> Iterator[Gap]:
    count = len(links.w.outcomes)
    if count > threshold:
        yield gap("OUT06", "portfolio", severity=if_else(count > 7, "medium", "low"))


@rule("product outcome contributions|objectives", of=seen.not_exempt)
def prd01(links: Links, _: None) -> Iterator[Gap]:
    for product in links.w.managed:
        p = product["product_id"]
        states = {state for (q, _), state in links.state.items() if q == p}
        if p not in links.w.exempt and states <= {"unconfirmed"} and not _goals(links, p):
            important = product["strategic_role"] == "invest" or is_top_quartile(links, product)
            severity = if_else(not states and important, "high", "medium")
            yield _product(links, "PRD01", p, severity,
                           _of(links, "product_id", p, "link", "objective"))


@rule("product outcome contributions objectives", of=seen.not_exempt)
def prd02(links: Links, _: None) -> Iterator[Gap]:
    for product in links.w.managed:
        p = product["product_id"]
        if p not in links.w.exempt and links.confirmed(p) and not links.w.of_product[p]:
            yield _product(links, "PRD02", p, if_else(serves_tier1(links, p), "high", "medium"),
                           _of(links, "product_id", p, "objective"))


@rule("product outcome contributions objectives contributions.strength",
      of=lambda links: sum(len(links.primary(p["product_id"])) for p in links.w.managed))
def prd03(links: Links, _: None) -> Iterator[Gap]:
    for product in links.w.managed:
        p = product["product_id"]
        for o in links.primary(p):
            if links.w.of_product[p] and o not in _goals(links, p):
                yield gap("PRD03", p, o, at_stake=links.stake[p], product_id=p, outcome_id=o,
                          severity=if_else(o in links.w.tier1, "high", "medium"),
                          because=_of(links, "product_id", p, "objective"))


def _goals(links: Links, p: str) -> set[str]:
    """Active outcomes that the product's objectives see."""
    return {o for j in links.w.of_product[p] for o in links.w.sight[j["objective_id"]]}


@rule("product outcome contributions", threshold=3, of=seen.managed)
def prd04(links: Links, threshold: float) -> Iterator[Gap]:
    for product in links.w.managed:
        p = product["product_id"]
        if len(links.confirmed(p)) > threshold:
            invest = product["strategic_role"] == "invest"
            yield _product(links, "PRD04", p, if_else(invest, "medium", "low"))


@rule("product products.role_statement", threshold=90, of=seen.managed)
def prd05(links: Links, threshold: float) -> Iterator[Gap]:
    w = links.w
    for product in w.managed:
        on = product["role_confirmed_on"]
        recent = on is not None and w.as_of - timedelta(threshold) <= on <= w.as_of
        needs_date = w.tracked("products", "role_confirmed_on")
        if product["role_statement"] is None or (needs_date and not recent):
            sunset = product["strategic_role"] == "sunset"
            lacking = "role_statement" if product["role_statement"] is None else "role_confirmed_on"
            yield _product(links, "PRD05", product["product_id"], if_else(sunset, "low", "medium"),
                           because_lost("products", product, lacking))


@rule("product spend products.strategic_role", threshold=5, of=seen.managed)
def prd07(links: Links, threshold: float) -> Iterator[Gap]:
    spends = _spends(links)
    total = sum(spends)
    for product in links.w.managed:
        role, spend = product["strategic_role"], product["annual_spend"]
        if spend is None:
            continue
        share = spend / total if total else 0.0
        ending = role in ("sunset", "harvest") and share > threshold / 100 + TINY
        starved = (role == "invest" and len(spends) >= 6
                   and spend <= percentile(spends, 33.33) + TINY)
        if ending or starved:
            yield _product(links, "PRD07", product["product_id"],
                           if_else(ending and share >= 0.10 - TINY, "high", "medium"))


@rule("product products.segments products.jobs distinct", threshold=0.5)
def prd08(links: Links, threshold: float) -> Iterator[Gap]:
    candidates = sorted((p for p in links.w.managed
                         if p["strategic_role"] not in ("sunset", "harvest", "enable")),
                        key=lambda p: p["product_id"])
    for n, one in enumerate(candidates):
        for two in candidates[n + 1:]:
            if all(_jaccard(one[column], two[column]) >= threshold - TINY
                   for column in ("segments", "jobs")):
                p, q = one["product_id"], two["product_id"]
                invest = one["strategic_role"] == two["strategic_role"] == "invest"
                yield gap("PRD08", p, q, severity=if_else(invest, "medium", "low"),
                          at_stake=_together(links.stake[p], links.stake[q]), product_id=p,
                          other_product_id=q)


def _jaccard(one: str | None, two: str | None) -> float:
    sets = [words(one), words(two)]
    if not sets[0] or not sets[1]:  # blank is no evidence, whatever the threshold
        return -1.0
    return len(sets[0] & sets[1]) / len(sets[0] | sets[1])


def _product(links: Links, code: str, p: str, severity: str,
             because: Because = frozenset()) -> Gap:
    return gap(code, p, severity=severity, at_stake=links.stake[p], product_id=p, because=because)


def serves_tier1(links: Links, p: str) -> bool:
    """A confirmed primary link to a tier-1 outcome."""
    return any(o in links.w.tier1 for o in links.primary(p))


def _spends(links: Links) -> list[float]:
    return [p["annual_spend"] for p in links.w.managed if p["annual_spend"] is not None]


def _together(one: float | None, other: float | None) -> float | None:
    """The sum of what is known."""
    return other if one is None else one if other is None else one + other


def is_top_quartile(links: Links, product: Row) -> bool:
    """Spend over the median and at or over the 75th percentile, of at least four and half of all."""
    spends, spend = _spends(links), product["annual_spend"]
    enough = len(spends) >= 4 and 2 * len(spends) >= len(links.w.managed)
    return (spend is not None and enough and spend > percentile(spends, 50) + TINY
            and spend >= percentile(spends, 75) - TINY)


def percentile(values: list[float], percent: float) -> float:
    """Linear interpolation between the two nearest."""
    ordered = sorted(values)
    place = (len(ordered) - 1) * percent / 100
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


@rule("product mix_targets money", threshold=0.10)
def prt01(links: Links, threshold: float) -> Iterator[Gap]:
    w, total = links.w, sum(links.spend.values())
    for row in w.rows["mix_targets"]:
        dimension, bucket = row["dimension"], row["bucket"]
        if not w.tracked("products", dimension) or not total:
            continue
        wanted = normalised(bucket) if dimension == "strategic_role" else bucket
        money = sum(links.spend[p["product_id"]] for p in w.managed if p[dimension] == wanted)
        off = abs(money / total - row["target_pct"] / 100)
        if off >= threshold - TINY:
            yield gap("PRT01", dimension, bucket, dimension=dimension, bucket=bucket,
                      severity=if_else(off >= 0.20 - TINY, "high", "medium"))


@rule("product products.annual_revenue", threshold=50)
def prt02(links: Links, threshold: float) -> Iterator[Gap]:
    revenues = [p["annual_revenue"] for p in links.w.managed if p["annual_revenue"] is not None]
    total = sum(revenues)
    if len(revenues) >= 5 and total > 0 and max(revenues) / total > threshold / 100 + TINY:
        far = max(revenues) / total > 0.70 + TINY
        yield gap("PRT02", "portfolio", severity=if_else(far, "medium", "low"))


@rule("product outcome money contributions|objectives flows", threshold=0.15)
def prt03(links: Links, threshold: float) -> Iterator[Gap]:
    share = links.spend_share(UNLINKED)
    if share is None or share < threshold - TINY:
        return
    doubtful: Because = set()
    for p in links.spend:
        because, money = _of(links, "product_id", p, "link"), links.flow[p, UNLINKED]
        if because and money / links.total > TINY:
            doubtful |= because
            share -= money / links.total
    yield gap("PRT03", "portfolio", severity=if_else(share >= 0.30 - TINY, "high", "medium"),
              because=set() if share >= threshold - TINY else doubtful)
