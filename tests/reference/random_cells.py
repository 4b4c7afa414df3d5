"""Single cells of a random portfolio: every column's own mix of plain, odd and bad values."""

import random
from datetime import date, timedelta

from tests.reference.layout import LAYOUT, WORDS, Column

AS_OF = date(2026, 11, 20)
_BAD = {"number": ["n/a", "1.2.3x", "(5)"], "date": ["soon", "2026-13-40", "2026-11"],
        "bool": ["maybe"]}
_FORMS = ("{:g}", "{:g}", "{:g}", "{:g}%", "${:g}", " {:g} ", "{:.1f}")
_ODD_FORMS = ("~{:g}", "EUR {:g}", "{:g} users", "{:g}/week", "≤ {:g}", "{:g}min", "{:g} USD",
              "{:.3f}", "{:.2f}", "{:,.0f}", "{:,.1f}")
_ODD_NUMBERS = ["1.200", "1,200", "3/5", "0.125", "1.5k users", "2 Mio.", "12.500", "-", "n/a", "40%"]
_ODD_DAYS = ["Q4 2026", "2026-Q4", "Q1/27", "H2 2026", "Oct 2026", "2026-12", "2027", "FY27 Q1",
             "Q2 FY2027", "FY27", "Thu, 31 Dec 2026", "2026-11-12 10:30:00 +0000 UTC", "Dec 31, 2026",
             "tbd", "ongoing", "Oct 26", "Sept 2026"]
_ODD_STATUS = ["✅ Done", "🟢", "G", "🟢 On track", "Archived", "whatever", "Whatever", "✅", "on-track ✅",
               "100% complete", "🔴", "y"]
_STATUS = ["active", "", "ongoing", "On Track", "done", "Canceled", "complete", "in progress",
           "off-track", "red", "at risk", "GREEN", "whatever", "on_track", "needs attention"]


class Cells:
    """A seed's cells, and how often they lack; `ids` says how many rows each table has."""

    ids: dict[str, int]

    def __init__(self, seed: int) -> None:
        self.r = r = random.Random(seed)
        self.scale = r.choice([1, 1, 4])  # patterns need ten of a kind
        self.no_table = r.choice([0, 0, 0.1, 0.3])
        self.no_column = r.choice([0, 0, 0.05, 0.2, 0.5])
        self.blank = r.choice([0, 0, 0.05, 0.2, 0.5])
        self.bad = r.choice([0, 0, 0, 0.02, 0.1])
        self.odd = r.choice([0, 0, 0, 0.02, 0.2])  # spellings that people use
        self.commas = r.choice([0, 0, 0, 0.5, 1]) if self.odd else 0  # as decimal sign
        self.fractions = r.random() < 0.2  # shares of 1
        self.confidences = r.choice([["7", "3", "5", "6.9", "3.1", "8", "10", "0", "11", "6", "9"]] * 4
                                    + [["0.7", "0.3", "1", "0"], ["70", "30", "5", "65"], ["3", "5", "1"],
                                       ["high", "Medium", "low", "7"], ["70%", "3", "4"]])
        self.loose = r.choice([0, 0, 0.05, 0.2])  # references by name, and lists of them
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
        if r.random() < self.odd and column.kind in ("number", "date"):
            return r.choice(_ODD_NUMBERS if column.kind == "number" else _ODD_DAYS)
        if r.random() < self.odd and column.name == "status" and column.kind in ("text", "life"):
            return r.choice(_ODD_STATUS)
        if column.name in ("name", "title", "email"):
            if r.random() < self.loose / 4:
                return r.choice(["Total", "All", "SUM", "Pay Total", "all of it", "Gesamt:"])
            return self._called(table, number) if r.random() < 0.8 else "same"
        special = getattr(self, f"_{table}_{column.name}", None) or getattr(
            self, f"_any_{column.name}", None)
        if special:
            return special()
        return self._by_kind(column)

    def _reference(self, table: str, column: Column, number: int) -> str:
        r = self.r
        if r.random() < self.bad:
            return "X9"
        if r.random() < self.loose:
            return self._loosely(table, column, number)
        many = self.ids[column.refers_to]
        if column.name == "product_id" and table == "key_results" and r.random() < 0.7:
            return ""
        if column.refers_to == table and r.random() < 0.9:  # mostly no circles
            return f"{table[0]}{r.randrange(number)}" if number and r.random() < 0.5 else ""
        if column.name == "outcome_id" and table == "objectives" and r.random() < 0.3:
            return ""
        if column.name == "kr_id" and r.random() < 0.5:  # a few with many check-ins
            many = min(many, 6)
        return f"{column.refers_to[0]}{r.randrange(many)}"

    def _loosely(self, table: str, column: Column, number: int) -> str:
        """Several references in one cell, or one by a name as people write it."""
        r, to = self.r, column.refers_to
        if r.random() < 0.5:
            sign = r.choice(["; ", ",", " / ", "&", " + ", " and ", ";", " AND ", ", "])
            return sign.join(self._reference(table, column, number)
                             for _ in range(r.choice([2, 2, 3])))
        name = self._called(to, r.randrange(self.ids[to]))
        return r.choice([name, name.upper(), name.replace(" ", ""), f"  {name} ", "same", "Same ",
                         f"Somebody <{name}>", f"{name} <nobody@x>", f"{to[0].upper()}0", ";"])

    @staticmethod
    def _called(table: str, number: int) -> str:
        return f"{table} no {number}"

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
        odd = self.r.random() < self.odd
        forms = _ODD_FORMS if odd else _FORMS[:3] if abs(value) >= 1e5 else _FORMS
        written = self.r.choice(forms).format(value)
        swaps = self.r.random() < self.commas and "k" not in written
        return written.translate(str.maketrans(",.", ".,")) if swaps else written

    def _share(self, *values: str) -> str:
        """A share of 100, or of 1 where this portfolio writes fractions."""
        value = self.r.choice(values)
        plain = self.fractions and not value.endswith("%")
        return f"{float(value) / 100:g}" if plain else value

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
        return f"{self.r.choice(self.weight_values):g}{self.r.choice(['', '', '', '%'])}"

    def _outcomes_tier(self) -> str:
        return self.r.choice(["1", "2", "1.0", "", ""])

    def _any_annual_spend(self) -> str:
        return self.r.choice(["100", "200", "1,200", "$0.3k", "0", "100", "50", "10", "5"])

    def _any_annual_revenue(self) -> str:
        if not hasattr(self, "revenues"):  # sometimes one product has most of it
            self.revenues = [self.r.choice(["100", "1000"])]
        return self.revenues.pop() if self.revenues else self.r.choice(["50", "20", "100", "0"])

    def _any_bau_pct(self) -> str:
        return self._share("0", "50", "100", "20%", "100" if self.fractions else "120", "-5", "0", "0")

    def _any_level(self) -> str:
        return self.r.choice(["product", "Product", "product", "suite"])

    def _any_segments(self) -> str:
        return self.r.choice(["a;b", "A; b", "a", "b;c", ";", "a;b;c;d", "a ; a"])

    _any_jobs = _any_segments

    def _any_role(self) -> str:
        return self.r.choice(["accountable", "PM", "owner", "deputy", "Backup", "designer", "boss",
                              "product manager"])

    def _any_allocation_pct(self) -> str:
        return self._share("50", "100", "20", "60%", "0.1", "100" if self.fractions else "120")

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
        return self._share("50", "60", "100", "0", "0.5", "30%", "33.3", "-5", "25")

    def _any_effort_pct(self) -> str:
        return self._share("30", "29.9", "50", "0", "0.3", "0.5", "20", "-1")

    def _any_status(self) -> str:
        return self.r.choice(_STATUS[:4] if self.plain else _STATUS)

    def _check_ins_status(self) -> str:
        return self.r.choice(_STATUS)

    def _any_grade(self) -> str:
        return self.r.choice(["", "0.7", "A"])

    def _any_exempt_reason(self) -> str:
        return self.r.choice(["", "", "law"])

    def _any_confidence(self) -> str:
        return self.r.choice(self.confidences)

    def _any_cadence_days(self) -> str:
        return self.r.choice(["7", "14", "2", "3", "30", "7.5", "0", "-7"])

    def _check_ins_date(self) -> str:
        return self._day(self.r.choice([0, 1, -1, -5, -6, -7, -10, -11, -14, -15, -28, -29, -17,
                                        -18, -56, -57, -3, -4, -60, -2, -8, -9, -12, -13]))

    def _work_product_id(self) -> str:
        return f"p{self.r.randrange(min(self.ids['products'], 3))}"  # enough items of one

    def _work_done_on(self) -> str:
        return self._day(self.r.choice([0, -1, -27, -28, -29, -83, -84, -85, 1, -20, -50, -10]))

    def _work_size(self) -> str:
        return self.r.choice(["1", "2", "", "0.5", "3", "0", "-1"])

    def _work_asked_by(self) -> str:
        return self.r.choice(["sales", "Sales", "", "support", "key accounts", "Key-Accounts"])

    def _expectations_by_when(self) -> str:
        return self._day(self.r.choice([0, 29, 30, 31, 60, -5, 7, 8]))

    def _expectations_answered_on(self) -> str:
        return self._day(self.r.choice([-180, -181, -179, 0, -90, -91, -400]))

    def _ideas_asked_by(self) -> str:
        return self.r.choice(["sales", "Support", "", "people no 1", "ann@example.com"])

    def _effect(self) -> str:
        return self.r.choice(["1", "2", "2", "3", "-1", ""])

    _ideas_effect_low = _ideas_effect_likely = _ideas_effect_high = _effect

    def _effort(self) -> str:
        return self.r.choice(["4", "6", "6", "12", "-2", "0"])

    _ideas_effort_low = _ideas_effort_likely = _ideas_effort_high = _effort

    def _any_confidence_pct(self) -> str:
        return self._share("60", "20", "100", "0", "120", "80%")

    def _any_bucket(self) -> str:
        return self.r.choice(["invest", "Maintain", "Text", "x", "growth", "sunset"])

    def _mix_targets_dimension(self) -> str:
        return self.r.choice(["strategic_role", "Strategic Role", "lifecycle_stage",
                              "business_area", "colour" if self.bad else "business_area"])

    def _any_target_pct(self) -> str:
        return self._share("50", "30", "10", "0", "100", "20")
