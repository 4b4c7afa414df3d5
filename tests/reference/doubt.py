"""METHOD section 2, "Doubt": what a lost row or cell may hold of what is not found."""

from tests.reference.loading import Loaded, Row
from tests.reference.scope import World
from tests.reference.spoken import spoken

Entry = tuple[str, str, str, str | None, str, int]  # fact, kind, id, other end, table, row
GOALS = ("objectives", "objective_products", "objective_outcomes")
GOALS_NAME = {**dict.fromkeys(GOALS, ("product_id", "outcome_id")), "key_results": ("product_id",)}
HELD_BY = {"pm": ("assignments",), "deputy": ("assignments",), "link": ("contributions",),
           "objective": GOALS, "sight": ("objective_outcomes",), "key_result": ("key_results",),
           "check_in": ("check_ins",), "child": ("objectives",)}


class Doubt:
    """Which facts found absent are doubtful, each with the rows to mend."""

    def __init__(self, w: World, loaded: Loaded) -> None:
        self.w, self.spoken = w, spoken(loaded)
        self.entries: set[Entry] = set()
        for said in self.spoken:
            if said["cause"] != "lost_cell":
                self._speaks(said)
        self._undated_and_unconfirmed()
        for j in w.rows["objectives"]:
            if self._may_be_in_cycle(j):
                self._lost_cells(j)
        if not w.tracked("contributions"):
            self.entries |= {("link", *entry[1:]) for entry in self.entries
                             if entry[0] == "objective"}

    def because(self, fact: str, kind: str, name: str,
                *others: str | None) -> set[tuple[str, int | None]]:
        """The rows and tables that may hold it; empty where it is not doubtful. Of a link only
        those with one of `others` at the other end, if such are given."""
        tables = HELD_BY[fact]
        if fact == "link" and not self.w.tracked("contributions"):
            tables += GOALS
        lost = {(table, None) for table in tables if table in self.w.lost}
        return lost | {entry[4:] for entry in self.entries if entry[:3] == (fact, kind, name)
                       and (not others or entry[3] in others)}

    def _add(self, fact: str, kind: str, name: str, table: str, row: Row,
             other: str | None = None) -> None:
        self.entries.add((fact, kind, name, other, table, row["row"]))

    def _speaks(self, said: Row) -> None:
        """What a row skipped, or one that took the first of several, may hold."""
        table, kind, name = said["table"], said["kind"], said["id"]
        if said["column"] == "parent_objective_id":
            self._add("child", kind, name, table, said)
        if said["closed"] or not self.w.within(said.get("start"), said.get("end")):
            return
        if table == "assignments":
            self._roles(said, name)
        elif table == "contributions":
            others = [one["id"] for one in self.spoken if one["table"] == table
                      and one["row"] == said["row"] and one["kind"] != kind]
            for other in others or [None]:
                self._add("link", kind, name, table, said, other)
        elif kind in GOALS_NAME.get(table, ()):
            self._add("objective", kind, name, table, said)
        elif table == "key_results":
            self._add("key_result", kind, name, table, said)
        elif table == "check_ins" and self._is_news(name, said):
            self._add("check_in", kind, name, table, said)

    def _roles(self, row: Row, product: str) -> None:
        for fact, role in (("pm", "accountable"), ("deputy", "deputy")):
            if row["role"] in (None, role):
                self._add(fact, "product_id", product, "assignments", row)

    def _is_news(self, key_result: str, row: Row) -> bool:
        """A check-in without a readable date, or later than the last and not after as_of."""
        told = [c["date"] for c in self.w.rows["check_ins"] if c["kr_id"] == key_result
                and c["date"] <= self.w.as_of
                and any(c[name] is not None for name in ("value", "confidence", "status"))]
        day = row["date"]
        return day is None or (day <= self.w.as_of and all(day > other for other in told))

    def _undated_and_unconfirmed(self) -> None:
        w = self.w
        for a in w.rows["assignments"]:
            if w.is_undated(a):
                self._roles(a, a["product_id"])
        for c in w.rows["contributions"]:
            if "confirmed_on" in c["lost"]:
                p, o = c["product_id"], c["outcome_id"]
                self._add("link", "product_id", p, "contributions", c, o)
                self._add("link", "outcome_id", o, "contributions", c, p)
        for j in w.rows["objectives"]:
            if w.is_undated(j):
                self._of_products(j, "objectives", j)
                self._of_outcomes(j, "objectives", j)

    def _of_products(self, objective: Row, table: str, row: Row) -> None:
        for p in self.w.products_of[objective["objective_id"]]:
            self._add("objective", "product_id", p, table, row)

    def _of_outcomes(self, objective: Row, table: str, row: Row) -> None:
        for o in self.w.sight[objective["objective_id"]]:
            self._add("objective", "outcome_id", o, table, row)

    def _without_products(self, j: Row) -> list[tuple[str, Row]]:
        """The lost product cells of an objective."""
        return ([("objectives", j)] * ("product_id" in j["lost"])
                + [("key_results", k) for k in self.w.rows["key_results"]
                   if k["objective_id"] == j["objective_id"] and "product_id" in k["lost"]]
                + self._aside("objective_products", j))

    def _aside(self, table: str, j: Row) -> list[tuple[str, Row]]:
        return [(table, said) for said in self.spoken if said["table"] == table
                and said["kind"] == "objective_id" and said["id"] == j["objective_id"]]

    def _may_be_in_cycle(self, j: Row) -> bool:
        w = self.w
        return (w.is_open(j["status"]) and w.within(*w.dates(j))
                and (w.of_active_product(j) or bool(self._without_products(j))))

    def _lost_cells(self, j: Row) -> None:
        for table, row in self._without_products(j):
            self._of_outcomes(j, table, row)
            self._of_what_it_names(table, row)
        at = j
        while at is not None:
            lost = [("objectives", at)] * bool({"outcome_id", "parent_objective_id"} & at["lost"])
            for table, row in lost + self._aside("objective_outcomes", at):
                self._of_products(j, table, row)
                self._of_what_it_names(table, row)
                self._add("sight", "objective_id", j["objective_id"], table, row)
            at = None if self.w.named_outcomes(at) else self.w.objectives.get(
                at["parent_objective_id"])

    def _of_what_it_names(self, table: str, row: Row) -> None:
        for said in self.spoken:
            if (said["cause"] == "lost_cell" and said["table"] == table
                    and said["row"] == row["row"] and said["kind"] in GOALS_NAME.get(table, ())):
                self._add("objective", said["kind"], said["id"], table, row)
