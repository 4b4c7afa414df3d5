"""METHOD section 3: links, coverage and the five checks; section 5: where the money flows."""

from tests.reference.doubt import Doubt
from tests.reference.loading import Row
from tests.reference.results import Result, is_measurable, measured
from tests.reference.scope import World, weights

UNLINKED = "UNLINKED"
FOUR = ("owned", "linked", "planned", "measured")


class Links:
    """Cells, coverage, checks and money of the managed products and active outcomes."""

    def __init__(self, w: World) -> None:
        self.w, self.doubt = w, Doubt(w, w.loaded)
        self.by_contribution = w.tracked("contributions")
        self.proof = w.tracked("objectives") and w.tracked("key_results")
        self.on = bool((self.by_contribution or w.tracked("objectives"))
                       and w.outcomes and w.managed)
        self.results_of: dict[str, list[Row]] = {}
        for k in w.rows["key_results"]:
            self.results_of.setdefault(k["objective_id"], []).append(k)
        in_cycle = {j["objective_id"] for j in w.in_cycle}
        self.in_scope = [measured(w, k) for k in w.rows["key_results"]
                         if k["objective_id"] in in_cycle and w.is_open(k["status"])]
        self.state: dict[tuple[str, str], str] = {}
        self.strength: dict[tuple[str, str], str | None] = {}
        self.share: dict[tuple[str, str], float | None] = {}
        for p in w.managed:
            for o in w.outcomes:
                self._cell(p["product_id"], o["outcome_id"])
        self._money()

    def _cell(self, p: str, o: str) -> None:
        goals = [j for j in self.w.of_product[p] if o in self.w.sight[j["objective_id"]]]
        is_measured = any(self.has_measure(j, p) for j in goals)
        declared = [c for c in self.w.rows["contributions"] if c["product_id"] == p
                    and c["outcome_id"] == o and c["strength"] != "no link"]
        strength, share, confirmed = None, None, False
        if not self.by_contribution:
            confirmed, strength = bool(goals), "primary" if goals else None
        elif declared:
            on = declared[0]["confirmed_on"]
            blank = all(c["confirmed_on"] is None and "confirmed_on" not in c["lost"]
                        for c in self.w.rows["contributions"])
            confirmed = blank or (on is not None and on <= self.w.as_of)
            share = declared[0]["share_pct"]
            strength = (declared[0]["strength"] if self.w.tracked("contributions", "strength")
                        else "primary")
        if confirmed:
            state = "proven" if self.proof and is_measured else "claimed"
        elif declared:
            state = "unconfirmed"
        elif goals:
            state = "undeclared"
        else:
            return
        self.state[p, o], self.strength[p, o], self.share[p, o] = state, strength, share

    def has_measure(self, objective: Row, product: str) -> bool:
        """Whether an objective has a measurable key result of a product, finished ones too."""
        return any(is_measurable(k) for k in self.results_of.get(objective["objective_id"], ())
                   if k["product_id"] in (None, product))

    def confirmed(self, product: str) -> list[str]:
        """Active outcomes to which the product's link is confirmed."""
        return [o for (p, o), state in self.state.items()
                if p == product and state in ("proven", "claimed")]

    def primary(self, product: str) -> list[str]:
        """Those of them with a primary link."""
        return [o for o in self.confirmed(product) if self.strength[product, o] == "primary"]

    def coverage(self, outcome: str) -> str | None:
        """covered, stated, thin, uncovered or unknown; None while nothing tells."""
        if not self.on:
            return None
        cells = [p for (p, o) in self.state if o == outcome]
        if any(self.state[p, outcome] == ("proven" if self.proof else "claimed")
               and self.strength[p, outcome] == "primary"
               and (self.w.pms[p] or not self.w.tracked("assignments")) for p in cells):
            return "covered" if self.proof else "stated"
        if not cells and self._doubtful("outcome_id", outcome, "link", "objective"):
            return "unknown"
        return "thin" if cells else "uncovered"

    def _doubtful(self, kind: str, name: str, *facts: str) -> bool:
        return any(self.doubt.because(fact, kind, name) for fact in facts)

    def results(self, product: Row) -> dict[str, str | None]:
        """The five alignment checks: passes, fails, doubtful, lost, or None: does not apply."""
        w, p, on = self.w, product["product_id"], self._because_lost(product)
        results: dict[str, str | None] = {}
        for check, passes in self._verdicts(product).items():
            if passes is None:
                results[check] = "lost" if on[check] else None
            elif passes:
                results[check] = "passes"
            else:
                results[check] = "doubtful" if self._explained(check, p) else "fails"
        if len(w.pms[p]) > 1:
            results["owned"] = "fails"
        return results

    def _explained(self, check: str, p: str) -> bool:
        """Whether what a check that would fail looks at is doubtful."""
        if check == "owned":
            return self._doubtful("product_id", p, "pm")
        if check in ("linked", "planned"):
            facts = ("link",) if check == "linked" else ("link", "objective")
            return self._doubtful("product_id", p, *facts)
        if check == "measured":
            return all(self._doubtful("objective_id", j["objective_id"], "key_result")
                       or self.bounds_lost(j, p)
                       for j in self.w.of_product[p] if not self.has_measure(j, p))
        return all(self._doubtful("kr_id", r.row["kr_id"], "check_in")
                   for r in self._measurable(p) if r.freshness in ("stale", "never"))

    def bounds_lost(self, objective: Row, product: str) -> set[tuple[str, int]]:
        """The key results of a product in an objective that lost their target or a bound."""
        return {("key_results", k["row"])
                for k in self.results_of.get(objective["objective_id"], ())
                if k["product_id"] in (None, product) and {"target", "lower", "upper"} & k["lost"]}

    def _measurable(self, p: str) -> list[Result]:
        """The measurable key results of a product in scope."""
        return [r for r in self.in_scope if r.objective in self.w.of_product[p]
                and r.row["product_id"] in (None, p) and r.measurable]

    def _because_lost(self, product: Row) -> dict[str, bool]:
        """Which checks may not apply only since a table is lost."""
        w, p, lost = self.w, product["product_id"], self.w.lost
        asked = p not in w.exempt
        neither = not w.tracked("contributions") and not w.tracked("objectives")
        goals = (bool(lost & {"objectives", "objective_products"}) if not w.of_product[p]
                 else "key_results" in lost)
        return {
            "owned": "assignments" in lost,
            "linked": asked and ("outcomes" in lost or (
                neither and bool(lost & {"contributions", "objectives"}))),
            "planned": asked and bool(lost & {"objectives", "outcomes"}), "measured": goals,
            "fresh": goals or ("check_ins" in lost and bool(self._measurable(p)))}

    def _verdicts(self, product: Row) -> dict[str, bool | None]:
        """Whether each check passes on what was found; None where it does not apply."""
        w, p = self.w, product["product_id"]
        confirmed, objectives = self.confirmed(p), w.of_product[p]
        checks: dict[str, bool | None] = dict.fromkeys(
            ("owned", "linked", "planned", "measured", "fresh"))
        if w.tracked("assignments"):
            checks["owned"] = len(w.pms[p]) == 1 and w.is_active_person(w.pms[p][0]) and any(
                not a["is_interim"] for a in w.accountable(product))
        if self.on and p not in w.exempt:
            checks["linked"] = bool(confirmed)
            if w.tracked("objectives"):
                checks["planned"] = any(w.sight[j["objective_id"]] & set(confirmed)
                                        for j in objectives)
        if objectives and w.tracked("key_results"):
            checks["measured"] = all(self.has_measure(j, p) for j in objectives)
        due = [r.freshness for r in self._measurable(p) if r.freshness not in (None, "not_due")]
        if due:
            checks["fresh"] = not any(fresh in ("stale", "never") for fresh in due)
        return checks

    def checkable(self, product: Row) -> bool:
        """Whether linked or planned applies; what a lost table leaves open does not."""
        results = self.results(product)
        return any(results[name] in ("passes", "fails", "doubtful")
                   for name in ("linked", "planned"))

    def of_four(self, product: Row) -> list[str | None]:
        """The results of the checks that make a product aligned."""
        results = self.results(product)
        return [results[name] for name in FOUR]

    def checks_made(self) -> list[str]:
        """The four less those that pass or fail for no product."""
        return [name for n, name in enumerate(FOUR) if any(
            self.of_four(p)[n] in ("passes", "fails") for p in self.w.managed)]

    def passing(self, product: Row) -> bool:
        """Checkable, and none of the checks made fails or is unknown."""
        results = self.results(product)
        return self.checkable(product) and all(
            results[name] in ("passes", None) for name in self.checks_made())

    def aligned(self, product: Row) -> bool | None:
        """None of the four fails or is unknown; None where that is not assessed."""
        four = self.of_four(product)
        if not self.proof or not self.checkable(product):
            return None
        if "fails" in four:
            return False
        return None if "doubtful" in four or "lost" in four else True

    def _money(self) -> None:
        w = self.w
        self.unit = next((unit for unit in ("annual_spend", "fte")
                          if w.tracked("products", unit)), "count")
        self.spend = {p["product_id"]: 1.0 if self.unit == "count" else p[self.unit] or 0.0
                      for p in w.managed}
        known = [p for p in w.managed if self.unit != "count" and p[self.unit] is not None]
        self.has_money = self.unit != "count" and 2 * len(known) >= len(w.managed)
        self.stake = {p["product_id"]: p[self.unit] if self.has_money else None
                      for p in w.managed}  # S_p where it is known
        self.bau, self.flow = {}, {}
        for product in w.managed:
            p = product["product_id"]
            self.bau[p] = self.spend[p] * (product["bau_pct"] or 0.0) / 100
            if p in w.exempt and not self.confirmed(p):
                self.bau[p] = self.spend[p]
            rest = self.spend[p] - self.bau[p]
            shares = self._shares(p)
            for outcome, share in shares.items():
                self.flow[p, outcome] = rest * share
            self.flow[p, UNLINKED] = rest * max(0.0, 1 - sum(shares.values()))
        self.total = (sum(self.spend.values()) - sum(self.bau.values()) or None
                      if self.has_money else None)

    def _shares(self, p: str) -> dict[str, float]:
        """What part of the rest of a product's spend goes to which outcome."""
        confirmed = self.confirmed(p)
        if not self.by_contribution:
            objectives = self.w.of_product[p]
            shares: dict[str, float] = {}
            for j, share in zip(objectives, self.efforts(p), strict=True):
                for outcome, part in self._parts_of_effort(j).items():
                    shares[outcome] = shares.get(outcome, 0.0) + share * part
            return shares
        given = split({o: self.share[p, o] for o in confirmed})
        if given is not None:
            return given
        for strengths in (("primary",), ("supporting",), ("weak", None)):
            chosen = [o for o in confirmed if self.strength[p, o] in strengths]
            if chosen:
                return {o: 1 / len(chosen) for o in chosen}
        return {}

    def _parts_of_effort(self, objective: Row) -> dict[str, float]:
        """What part of an objective's effort goes to each outcome it sees."""
        seen, names = self.w.sight[objective["objective_id"]], self.w.names_for(objective)
        given: dict[str, float | None] = dict.fromkeys(seen)
        for row in self.w.rows["objective_outcomes"]:
            if (names is not None and row["objective_id"] == names["objective_id"]
                    and row["outcome_id"] in seen and row["mode"] != "supports"
                    and row["share_pct"] is not None):
                given[row["outcome_id"]] = row["share_pct"]
        return split(given) or {o: 1 / len(seen) for o in seen}

    def efforts(self, product: str) -> list[float]:
        """Effort shares of the product's in-cycle objectives, in their order."""
        own = {row["objective_id"]: row["effort_pct"] for row in self.w.rows["objective_products"]
               if row["product_id"] == product}
        given = [(own.get(j["objective_id"]), j["effort_pct"])
                 for j in self.w.of_product[product]]
        return weights([one if one is not None else other for one, other in given])[0]

    def spend_share(self, outcome: str) -> float | None:
        """What part of the money to be steered goes to an outcome, or to UNLINKED."""
        if not self.on or not self.total or "contributions" in self.w.lost:
            return None
        return sum(money for (_, o), money in self.flow.items() if o == outcome) / self.total


def split(given: dict[str, float | None]) -> dict[str, float] | None:
    """Given shares as they are, the others alike in what is left; None where none is given."""
    known = [share for share in given.values() if share is not None]
    if not known:
        return None
    blanks = len(given) - len(known)
    fill = max(0.0, 100 - sum(known)) / blanks if blanks else 0.0
    return {o: (fill if share is None else share) / max(100.0, sum(known))
            for o, share in given.items()}
