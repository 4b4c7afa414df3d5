"""Small, nasty portfolios from a seed: thresholds hit exactly, tables and columns missing.

A case is (tables of text, settings, as_of). The same seed gives the same case for ever.
"""

import random
from datetime import date, timedelta

from tests.reference.layout import LAYOUT, WORDS, Column
from tests.reference.loading import Text

AS_OF = date(2026, 11, 20)
CASE = tuple[Text, dict, date]
_BAD = {"number": ["n/a", "1.2.3x", "(5)"], "date": ["soon", "2026-13-40", "2026-11"],
        "bool": ["maybe"]}
_FORMS = ("{:g}", "{:g}", "{:g}", "{:g}%", "${:g}", " {:g} ", "{:.1f}")
_STATUS = ["active", "", "ongoing", "On Track", "done", "Canceled", "complete", "in progress",
           "off-track", "red", "at risk", "GREEN", "whatever", "on_track", "needs attention"]


class Maker:
    """One seeded case: how often things lack, and every cell that follows from it."""

    def __init__(self, seed: int) -> None:
        self.r = r = random.Random(seed)
        self.scale = r.choice([1, 1, 4])  # patterns need ten of a kind
        self.no_table = r.choice([0, 0, 0.1, 0.3])
        self.no_column = r.choice([0, 0, 0.05, 0.2, 0.5])
        self.blank = r.choice([0, 0, 0.05, 0.2, 0.5])
        self.bad = r.choice([0, 0, 0, 0.02, 0.1])
        self.slashes = r.random() < 0.05  # days first; a column of early days is undecided
        self.plain = r.random() < 0.6  # mostly active, current and committed
        if r.random() < 0.4:  # rich enough for the far ends of the method
            self.no_table, self.no_column, self.bad, self.plain = 0, r.choice([0, 0.02]), 0, True
            self.blank = r.choice([0.02, 0.1])
        self.windows = [r.choice([(10, 90), (9, 91), (30, 10), (31, 10), (50, 50), (25, 75),
                                  (40, 0), (60, 40), (20, 20), (75, 25), (29, 10), (80, 20)])
                        if self.plain and r.random() < 0.8 else
                        r.choice([(41, -1), (0, 40), (-1, 40), (11, 0), (0, 0), (-5, -5),
                                  (100, -9), (100, -8), (100, -7), (20, -40), (90, 10)])
                        for _ in range(6)]

    def case(self) -> CASE:
        """The tables, the settings and the day."""
        r = self.r
        sizes = {"people": r.choice([2, 5]), "outcomes": r.choice([3, 5, 8]), "products": r.choice([4, 7, 9]),
                 "assignments": 16, "contributions": 18, "objectives": r.choice([6, 12]),
                 "key_results": r.choice([8, 16]), "check_ins": 60, "dependencies": 3,
                 "roadblocks": 3, "mix_targets": 4}
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

    def _cell(self, table: str, column: Column, number: int) -> str:
        r, key = self.r, LAYOUT[table][0].name
        if r.random() < (self.bad / 2 if column.required else self.blank):
            return ""
        if r.random() < self.bad and column.kind in _BAD:
            return r.choice(_BAD[column.kind])
        if r.random() < self.bad and column.kind in WORDS:
            return "nonsense"
        if column.refers_to:
            return self._reference(table, column, number)
        if column.name == key and table != "mix_targets":
            return f"{table[0]}{number if r.random() >= self.bad else 0}"
        special = getattr(self, f"_{table}_{column.name}", None) or getattr(
            self, f"_any_{column.name}", None)
        if special:
            return special()
        return self._by_kind(column)

    def _reference(self, table: str, column: Column, number: int) -> str:
        r = self.r
        if r.random() < self.bad:
            return "X9"
        many = self.ids[column.refers_to]
        if column.refers_to == table and r.random() < 0.9:  # mostly no circles
            return f"{table[0]}{r.randrange(number)}" if number and r.random() < 0.5 else ""
        if column.name == "outcome_id" and table == "objectives" and r.random() < 0.3:
            return ""
        if column.name == "kr_id" and r.random() < 0.5:  # a few with many check-ins
            many = min(many, 6)
        return f"{column.refers_to[0]}{r.randrange(many)}"

    def _by_kind(self, column: Column) -> str:
        r = self.r
        if column.kind == "date" and self.plain:
            if column.name in ("start_date", "active_from", "confirmed_on", "role_confirmed_on"):
                return self._day(r.choice([0, -1, -30, -89, -90, -91, -200, 1]))
            if column.name in ("end_date", "active_to"):
                return r.choice(["", "", self._day(r.choice([0, 29, 30, 31, 200, 90]))])
        if column.kind == "date":
            return self._day(r.choice([0, 1, -1, 7, -7, -8, -14, -15, 29, 30, 31, -89, -90, -91,
                                       -200, 200]))
        if column.kind == "bool":
            return r.choice(["yes", "no", "1", "0", "T", "x", "N"])
        if column.kind == "life":
            return "active" if self.plain else r.choice(["active", "Active", "done", "planned"])
        if column.kind == "ambition" and self.plain:
            return "committed"
        if column.kind in WORDS:
            word = r.choice(sorted(WORDS[column.kind]))
            return r.choice([word, word, word.upper(), word.replace("_", " "),
                             word.replace("_", "-"), f" {word} "])
        if column.kind == "number":
            return self._number(r.choice([0, 1, 5, 10, 12.5, 100, -3]))
        return r.choice(["some text", "Text", "x"])

    def _number(self, value: float) -> str:
        return self.r.choice(_FORMS[:3] if abs(value) >= 1e5 else _FORMS).format(value)

    def _day(self, offset: int) -> str:
        day = AS_OF + timedelta(offset)
        form = self.r.random()
        if form < 0.05:
            return f"{day.isoformat()}T08:00:00Z"
        if form > 0.97:
            return f"{day.day}/{day:%b}/{day:%y} 9:00 AM"
        if self.slashes:
            return f"{day.day}/{day.month}/{day.year}"
        return str((day - date(1899, 12, 30)).days) if form < 0.08 else day.isoformat()

    # -- columns with values of their own ---------------------------------------------------------

    def _outcomes_weight(self) -> str:
        if not hasattr(self, "weight_values"):
            self.weight_values = self.r.choice([
                [20, 30, 50], [0.2, 0.3, 0.1], [0], [40, 60], [25], [1, 0], [0.25, 0.75, -1],
                [20, 10, 70, 0], [100], [0.07, 0.29, 0.64]])
        return f"{self.r.choice(self.weight_values):g}"

    def _outcomes_tier(self) -> str:
        return self.r.choice(["1", "2", "1.0", "", ""])

    def _any_annual_spend(self) -> str:
        return self.r.choice(["100", "200", "1,200", "$0.3k", "0", "100", "50", "10", "5"])

    def _any_annual_revenue(self) -> str:
        if not hasattr(self, "revenues"):  # sometimes one product has most of it
            self.revenues = [self.r.choice(["100", "1000"])]
        return self.revenues.pop() if self.revenues else self.r.choice(["50", "20", "100", "0"])

    def _any_bau_pct(self) -> str:
        return self.r.choice(["0", "50", "100", "20%", "120", "-5", "0", "0"])

    def _any_level(self) -> str:
        return self.r.choice(["product", "Product", "product", "suite"])

    def _any_segments(self) -> str:
        return self.r.choice(["a;b", "A; b", "a", "b;c", ";", "a;b;c;d", "a ; a"])

    _any_jobs = _any_segments

    def _any_role(self) -> str:
        return self.r.choice(["accountable", "PM", "owner", "deputy", "Backup", "designer", "boss",
                              "product manager"])

    def _any_allocation_pct(self) -> str:
        return self.r.choice(["50", "100", "20", "60%", "0.1", "120"])

    def _contributions_strength(self) -> str:
        if not hasattr(self, "strengths"):
            self.strengths = self.r.choice([["primary"], ["primary", "supporting", "weak", "Weak"],
                                            ["3", "2", "1", "0"], ["9", "6", "3", "0", "1"],
                                            ["primary", "2", "1", "0"], ["0"], ["0.3", "0.2", "-1"]])
        return self.r.choice(self.strengths)

    def _any_is_guardrail(self) -> str:
        return self.r.choice(["no", "0", "", "n", "F", "yes"])

    def _any_kr_type(self) -> str:
        return self.r.choice(["", "increase", "decrease", "Increase", "at_least", "at most",
                              "between", "binary", "milestone", ""])

    def _any_pace(self) -> str:
        return self.r.choice(["", "linear", "linear", "back-loaded", "back_loaded", "none"])

    def _any_lower(self) -> str:
        return self.r.choice(["0", "5", "0", "10.5"])

    def _any_upper(self) -> str:
        return self.r.choice(["10", "5", "10"])

    def _key_results_weight(self) -> str:
        return self.r.choice(["1", "2", "1", "0.5", "3", "1", "0", "-1"])

    def _any_share_pct(self) -> str:
        return self.r.choice(["50", "60", "100", "0", "0.5", "30%", "33.3", "-5", "25"])

    def _any_effort_pct(self) -> str:
        return self.r.choice(["30", "29.9", "50", "0", "0.3", "0.5", "20", "-1"])

    def _any_status(self) -> str:
        return self.r.choice(_STATUS[:4] if self.plain else _STATUS)

    def _check_ins_status(self) -> str:
        return self.r.choice(_STATUS)

    def _any_grade(self) -> str:
        return self.r.choice(["", "0.7", "A"])

    def _any_exempt_reason(self) -> str:
        return self.r.choice(["", "", "law"])

    def _any_confidence(self) -> str:
        return self.r.choice(["7", "3", "5", "6.9", "3.1", "8", "10", "0", "11", "6", "9"])

    def _any_cadence_days(self) -> str:
        return self.r.choice(["7", "14", "2", "3", "30", "7.5", "0", "-7"])

    def _check_ins_date(self) -> str:
        return self._day(self.r.choice([0, 1, -1, -5, -6, -7, -10, -11, -14, -15, -28, -29, -17,
                                        -18, -56, -57, -3, -4, -60, -2, -8, -9, -12, -13]))

    def _any_bucket(self) -> str:
        return self.r.choice(["invest", "Maintain", "Text", "x", "growth", "sunset"])

    def _mix_targets_dimension(self) -> str:
        return self.r.choice(["strategic_role", "Strategic Role", "lifecycle_stage",
                              "business_area", "colour" if self.bad else "business_area"])

    def _any_target_pct(self) -> str:
        return self.r.choice(["50", "30", "10", "0", "100", "20"])

    # -- what needs more than one cell ------------------------------------------------------------

    def _share_out(self, tables: Text) -> None:
        """Windows and values that fall exactly on a threshold."""
        r = self.r
        for row in tables.get("objectives", []):
            self._window(row, "start_date", "end_date", 0.9)
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
                ("PRD08", {"threshold": 1}), ("PRG04", {"threshold": 0.1})], 4))
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
