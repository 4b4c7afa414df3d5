"""METHOD section 2: who and what counts on the day."""

from collections.abc import Sequence
from datetime import date

from tests.reference.layout import CLOSED
from tests.reference.loading import Loaded, Row
from tests.reference.reading import normalised

TINY = 1e-9  # the tolerance of ratios, shares and percentiles


class World:
    """The accepted rows on one day, and every measure that the other modules add to it."""

    def __init__(self, loaded: Loaded, settings: dict, as_of: date) -> None:
        self.rows, self.settings, self.as_of = loaded.rows, settings, as_of
        self.loaded = loaded
        self.lost = {name for name, (read, kept) in loaded.counts.items() if read and not kept}
        self.outcomes = [o for o in self.rows["outcomes"] if o["status"] in (None, "active")]
        self.products = [p for p in self.rows["products"] if p["status"] in (None, "active")]
        self.managed = [p for p in self.products if self._at_managed_level(p)]
        self.exempt = {p["product_id"] for p in self.managed
                       if p["strategic_role"] in ("enable", "sunset")}
        given = [o["weight"] for o in self.outcomes]
        plain = [o["weight"] for o in self.outcomes
                 if o["weight"] is not None and o["how", "weight"] != "percent"]
        if plain and max(plain) <= 1:  # fractions, which those written with % are not
            given = [weight * 100 if weight is not None and o["how", "weight"] != "percent"
                     else weight for o, weight in zip(self.outcomes, given, strict=True)]
        shares, self.stated = weights(given)
        self.weight = {o["outcome_id"]: share
                       for o, share in zip(self.outcomes, shares, strict=True)}
        self.tier1 = {o["outcome_id"] for o in self.outcomes if (
            o["tier"] == 1 if o["tier"] is not None
            else self.stated and self.weight[o["outcome_id"]] >= 0.20 - TINY)}
        self.objectives = {j["objective_id"]: j for j in self.rows["objectives"]}
        self.products_of = {name: self._products_of(j) for name, j in self.objectives.items()}
        self.sight = {name: self._line_of_sight(j) for name, j in self.objectives.items()}
        self.in_cycle = [j for j in self.rows["objectives"] if self.is_in_cycle(j)]
        self.of_product = {
            p["product_id"]: [j for j in self.in_cycle
                              if p["product_id"] in self.products_of[j["objective_id"]]]
            for p in self.managed}
        self.current = [a for a in self.rows["assignments"]
                        if self.within(a["start_date"], a["end_date"])
                        and not self.is_undated(a)]
        self.pms = {p["product_id"]: sorted({a["person_id"] for a in self.accountable(p)})
                    for p in self.managed}

    def tracked(self, table: str, column: str | None = None) -> bool:
        """A table with an accepted row, a column with a value in one; money where managed."""
        rows = self.rows[table]
        if column in ("annual_spend", "annual_revenue", "fte"):
            rows = self.managed
        return any(column is None or row[column] is not None for row in rows)

    def within(self, start: date | None, end: date | None) -> bool:
        """Start ≤ as_of ≤ end, blank = open."""
        return (start is None or start <= self.as_of) and (end is None or self.as_of <= end)

    def is_open(self, status: str | None) -> bool:
        """Every word but the closed ones."""
        return status is None or normalised(status) not in CLOSED

    def of_active_product(self, objective: Row) -> bool:
        """One of its products, if it has any, is active (any is, while none is loaded)."""
        products = self.products_of[objective["objective_id"]]
        return (not products or not self.tracked("products")
                or any(p["product_id"] in products for p in self.products))

    def is_in_cycle(self, objective: Row) -> bool:
        """An in-cycle objective."""
        return self.could_be_in_cycle(objective) and not self.is_undated(objective)

    def could_be_in_cycle(self, objective: Row) -> bool:
        """In cycle, unless a date that nobody can read puts it outside."""
        return (self.is_open(objective["status"]) and self.of_active_product(objective)
                and self.within(*self.dates(objective)))

    def dates(self, objective: Row) -> tuple[date | None, date | None]:
        """Own start and end, where blank the cycle's; what was unreadable is no date."""
        cycle = next((c for c in self.rows["cycles"]
                      if c["cycle_id"] == objective["cycle_id"]), {})
        return tuple(objective[name] or (None if name in objective["lost"] else cycle.get(name))
                     for name in ("start_date", "end_date"))

    def is_undated(self, row: Row) -> bool:
        """Whether a lost date of an assignment or objective leaves open if it counts today."""
        lost = {"start_date", "end_date"} & row["lost"]
        if "cycle_id" in row:
            no_cycle = "cycle_id" in row["lost"] or (
                row["cycle_id"] is not None and "cycles" in self.lost)
            blank = row["start_date"] is None or row["end_date"] is None
            return bool(lost or (no_cycle and blank)) and self.could_be_in_cycle(row)
        return bool(lost) and self.within(row["start_date"], row["end_date"])

    def is_active_person(self, person: str) -> bool:
        """Known and here on the day; without people, everyone."""
        return not self.tracked("people") or any(
            h["person_id"] == person and self.within(h["active_from"], h["active_to"])
            for h in self.rows["people"])

    def accountable(self, product: Row) -> list[Row]:
        """The current accountable assignments of a product."""
        return [a for a in self.current
                if a["product_id"] == product["product_id"] and a["role"] == "accountable"]

    def _at_managed_level(self, product: Row) -> bool:
        level = self.settings.get("managed_level")
        if level is None or not any(p["level"] for p in self.rows["products"]):
            return True
        return (product["level"] or "").lower() == level.strip().lower()

    def _products_of(self, objective: Row) -> set[str]:
        """P(j)."""
        name = objective["objective_id"]
        return ({objective["product_id"], *(
            row["product_id"] for table in ("objective_products", "key_results")
            for row in self.rows[table] if row["objective_id"] == name)}) - {None}

    def named_outcomes(self, objective: Row) -> set[str]:
        """The outcomes that an objective names itself, active or not."""
        return {objective["outcome_id"], *(
            row["outcome_id"] for row in self.rows["objective_outcomes"]
            if row["objective_id"] == objective["objective_id"]
            and row["mode"] in (None, "contributes"))} - {None}

    def _line_of_sight(self, objective: Row) -> set[str]:
        names = self.names_for(objective)
        return set() if names is None else self.named_outcomes(names) & set(self.weight)

    def names_for(self, objective: Row | None) -> Row | None:
        """Itself, else the nearest ancestor that names an outcome."""
        while objective is not None and not self.named_outcomes(objective):
            objective = self.objectives.get(objective["parent_objective_id"])
        return objective


def weights(given: Sequence[float | None]) -> tuple[list[float], bool]:
    """Shares that sum to 1, and whether they are stated: section 2, "Weights"."""
    known = [value for value in given if value is not None]
    if not any(known):
        return [1 / len(given) for _ in given], False
    total, blanks = sum(known), len(given) - len(known)
    fill = 0.0
    if blanks:
        fill = (100 - total) / blanks if total < 100 - TINY else total / len(known)
    read = [fill if value is None else value for value in given]
    return [value / sum(read) for value in read], True
