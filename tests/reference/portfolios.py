"""Small, nasty portfolios from a seed: thresholds hit exactly, tables and columns missing.

A case is (tables of text, settings, as_of). The same seed gives the same case for ever.
"""

from datetime import date

from tests.reference.layout import LAYOUT, Column
from tests.reference.loading import Text
from tests.reference.random_cells import AS_OF, Cells

CASE = tuple[Text, dict, date]


class Maker(Cells):
    """One seeded case: how often things lack, and every cell that follows from it."""

    def case(self) -> CASE:
        """The tables, the settings and the day."""
        r = self.r
        sizes = {"people": r.choice([2, 5]), "outcomes": r.choice([3, 5, 8]),
                 "products": r.choice([4, 7, 9]),
                 "assignments": 16, "contributions": 18, "objectives": r.choice([6, 12]),
                 "cycles": 3, "objective_products": 5, "objective_outcomes": 6,
                 "key_results": r.choice([8, 16]), "check_ins": 60, "dependencies": 3,
                 "roadblocks": 3, "work": r.choice([20, 100, 200]), "expectations": 6, "ideas": 6,
                 "mix_targets": 4}
        self.ids = {table: max(1, r.randint(0, size)) * self.scale
                    for table, size in sizes.items()}
        self.ids["outcomes"] = min(self.ids["outcomes"], 14)
        tables = {}
        for table, columns in LAYOUT.items():
            if r.random() >= self.no_table and not (table == "people" and r.random() < 0.2):
                tables[table] = self._table(table, columns)
        for table in ("contributions", "check_ins", "people", "assignments"):
            if r.random() < 0.15:
                tables.pop(table, None)
        if not tables:
            tables["outcomes"] = self._table("outcomes", LAYOUT["outcomes"])
        self._share_out(tables)
        return (*self._settings(tables), AS_OF)

    def _table(self, table: str, columns: list[Column]) -> list[dict[str, str]]:
        r = self.r
        kept = [c for c in columns if r.random() >= (0.01 if c.required else self.no_column)]
        kept = kept or columns
        rows = [{c.name: self._cell(table, c, number) for c in kept}
                for number in range(self.ids[table])]
        if r.random() < 0.1 and self.bad:
            rows.insert(r.randrange(len(rows) + 1), dict.fromkeys(rows[0], " "))
        if r.random() < 0.2:
            for row in rows:
                row["period"] = r.choice(["", "Q4"])
        return rows

    # -- what needs more than one cell ------------------------------------------------------------

    def _share_out(self, tables: Text) -> None:
        """Windows and values that fall exactly on a threshold."""
        r = self.r
        by_cycle = {}
        for row in tables.get("cycles", []):
            self._window(row, "start_date", "end_date", 0.9)
            by_cycle[row.get("cycle_id")] = row.pop("window", None)
        for row in tables.get("objectives", []):
            self._window(row, "start_date", "end_date", 0.9)
            if not row.get("start_date") and not row.get("end_date"):
                row["window"] = by_cycle.get(row.get("cycle_id")) or r.choice(self.windows)
        windows = {row.get("objective_id"): row.pop("window", None)
                   for row in tables.get("objectives", [])}
        for row in tables.get("key_results", []):
            self._window(row, "start_date", "due_date", 0.25)
            before, after = row.pop("window", None) or windows.get(row.get("objective_id")) or (
                r.choice(self.windows))
            tau = before / (before + after) if before + after > 0 else 0.5
            row["tau"] = f"{max(0.0, min(1.0, tau))}"
            if "target" in row and r.random() < 0.8:
                base, target = r.choice([(0, 10), (10, 0), (0, 1), (10, 30), (-5, 5), (30, 10),
                                         (0, 100), (5, 5), (100, -100)])
                row.update({name: f"{value:g}" for name, value in (
                    ("baseline", base), ("target", target)) if row.get(name, "")})
                if row.get("current"):
                    row["current"] = self._value(row, base, target)
                row["range"] = f"{base} {target}"
        by_id = {row.get("kr_id"): row for row in tables.get("key_results", [])}
        for row in tables.get("check_ins", []):
            of = by_id.get(row.get("kr_id"), {})
            if row.get("value") and "range" in of and r.random() < 0.8:
                base, target = map(int, of["range"].split())
                again = self._value(of, base, target)
                if "last" in of and r.random() < 0.8:  # not moving, or by exactly 0.01
                    step = r.choice([0, 0, 0.01, 0.0099]) * (target - base)
                    again = f"{float(of['last']) + step:.10g}"
                row["value"] = of["last"] = again
        for row in tables.get("key_results", []):
            for name in ("tau", "range", "last"):
                row.pop(name, None)
            if r.random() < self.odd:
                row.update({name: one for name, one in zip(
                    ("baseline", "target", "current"), r.choice([
                        ("40%", "0.6", "45%"), ("0.4", "0.6", "45%"), ("0.5", "90%", "1"), ("0", "1", "50%"),
                        ("1.200", "900", "1.000"), ("0.125", "100", "1.500"), ("100", "200", "1.010")]),
                    strict=True) if name in row})

    def _window(self, row: dict[str, str], start: str, end: str, often: float) -> None:
        if self.r.random() < often and row.get(start) and row.get(end):
            before, after = self.r.choice(self.windows)
            row[start], row[end] = self._day(-before), self._day(after)
            row["window"] = (before, after)

    def _value(self, row: dict[str, str], base: float, target: float) -> str:
        tau = float(row["tau"])
        expected = self.r.choice([tau, tau ** 2]) * self.r.choice([1, 1, 0.7])
        raw = self.r.choice([expected - 0.1, expected - 0.25, expected - 0.2501, expected - 0.1001,
                             0.7, 0.6999, 1, 1.2, 0, 0.5, expected, -0.1])
        return f"{base + raw * (target - base):.10g}"

    def _settings(self, tables: Text) -> tuple[Text, dict]:
        r = self.r
        settings: dict = {}
        if r.random() < 0.3:
            settings["managed_level"] = r.choice(["product", "PRODUCT", "suite"])
        if r.random() < 0.2:
            settings["cadence_days"] = r.choice([14, 3, 7.5, 30])
        if r.random() < 0.1:
            settings["confidence_scale"] = r.choice([10, 5, 1, 100])
        if r.random() < 0.3:
            settings["fiscal_year_start"] = r.choice([1, 2, 7, 12])
        if r.random() < 0.1:
            settings["currency"] = "EUR"
        if r.random() < 0.5:
            settings["values"] = {"assignments": {"role": {"Boss": "accountable"}},
                                  "outcomes": {"status": {"planned": "active"}}}
        if r.random() < 0.3:
            settings["rules"] = dict(r.sample([
                ("OUT05", {"threshold": 0.3}), ("PRD04", {"threshold": 1}),
                ("PRD05", {"threshold": 7}), ("OBJ04", {"threshold": 1}),
                ("OWN03", {"threshold": 7}), ("OWN05", {"threshold": 2}),
                ("PRG05", {"threshold": 1}), ("PRD07", {"threshold": 20}),
                ("OWN04", {"enabled": False}), ("KR01", {"enabled": False}),
                ("OUT06", {"threshold": 2}), ("PRT03", {"threshold": 0.3}),
                ("PRD08", {"threshold": 1}), ("PRG04", {"threshold": 0.1}),
                ("OBJ06", {"threshold": 2}), ("FOC01", {"threshold": 0.1}), ("FOC02", {"threshold": 0.1}),
                ("XFN01", {"threshold": 7}), ("XFN02", {"threshold": 90})], 4))
        if "key_results" in tables and r.random() < 0.15:
            settings["columns"] = {"key_results": {"kr_type": "direction"}}
            for row in tables["key_results"]:
                if "kr_type" in row:
                    row["direction"] = row["kr_type"]
                    row["kr_type"] = "binary"
        if "products" in tables and r.random() < 0.1:
            settings["tables"] = {"products": "dim_product"}
            tables["dim_product"] = tables.pop("products")
        return tables, settings


def portfolio(seed: int) -> CASE:
    """The case of a seed."""
    return Maker(seed).case()
