"""METHOD section 1: what a table, a column and a key result decide about how cells are read."""

from typing import TYPE_CHECKING

from tests.reference import reading
from tests.reference.layout import CLOSED, LAYOUT, OPEN

if TYPE_CHECKING:
    from tests.reference.loading import Loaded, Row

SHARES = {"allocation_pct", "share_pct", "effort_pct", "bau_pct", "target_pct", "confidence_pct"}
WORDS = {"high": 8.0, "medium": 5.0, "low": 2.0}
MEASURED = ("baseline", "target", "lower", "upper", "current")


class Scales:
    """How the cells of one table are read, with the problems that this makes."""

    def __init__(self, loaded: "Loaded", table: str, kept: list[dict], names: dict[str, str],
                 settings: dict) -> None:
        self.loaded, self.table = loaded, table
        self.year_start = settings.get("fiscal_year_start")
        numeric = [c for c in LAYOUT[table] if c.kind in ("number", "strength") and c.name in names]
        mapped = settings.get("values", {}).get(table, {})
        cells = {}
        for column in numeric:
            words = {reading.normalised(theirs): ours
                     for theirs, ours in mapped.get(column.name, {}).items()}
            written = [row[names[column.name]].strip() for row in kept]
            cells[column.name] = [words.get(reading.normalised(cell), cell) for cell in written]
        decimal = reading.decimal_of([cell for column in cells.values() for cell in column])
        if decimal == "both":
            loaded.report("warning", table, None, None, "mixed_decimals")
        self.decimal = "comma" if decimal == "comma" else "each"
        self.times = dict.fromkeys(SHARES, 1.0)
        self.of_10 = 1.0
        for name, column in cells.items():
            plain = [read.value for cell in column
                     if (read := self._number(name, cell)) and not read.percent]
            if name in SHARES:
                self._decide_fractions(name, plain)
            if name == "confidence":
                self._decide_confidence(plain, settings.get("confidence_scale"))

    def _number(self, name: str, written: str) -> reading.Number | None:
        try:
            return reading.number(written, self.decimal, name)
        except reading.Unreadable:
            return None

    def _decide_fractions(self, name: str, plain: list[float]) -> None:
        if plain and max(plain) <= 1:
            self.times[name] = 100.0
            if max(plain) > 0:
                self.loaded.report("information", self.table, None, name, "read_as_fractions")
        elif any(0 < value < 1 for value in plain):
            self.loaded.report("warning", self.table, None, name, "scale_unclear")

    def _decide_confidence(self, plain: list[float], scale: float | None) -> None:
        if scale:
            self.of_10 = 10 / scale
        elif not plain:
            pass
        elif max(plain) <= 1 and any(0 < value < 1 for value in plain):
            self.of_10 = 10.0
            self.loaded.report("information", self.table, None, "confidence", "scale_unclear")
        elif max(plain) <= 100 and sum(value > 10 for value in plain) >= len(plain) / 2:
            self.of_10 = 0.1
            self.loaded.report("information", self.table, None, "confidence", "scale_unclear")
        elif max(plain) <= 5 and all(value == int(value) for value in plain):
            self.loaded.report("warning", self.table, None, "confidence", "scale_unclear")
            self.loaded.unclear.add(f"{self.table}.confidence")

    def number(self, name: str, written: str) -> float:
        """A number on the scale that its column decides upon."""
        if name == "confidence" and reading.normalised(written) in WORDS:
            return WORDS[reading.normalised(written)]
        read = reading.number(written, self.decimal, name)
        if name == "confidence":
            return read.value / 10 if read.percent else read.value * self.of_10
        return read.value if read.percent else read.value * self.times.get(name, 1.0)

    def how(self, written: str) -> str:
        """Whether a number was written with %, or with a decimal sign that may be another."""
        read = self._number("value", written)
        return "percent" if read and read.percent else "three" if read and read.three else ""


def bring_to_one_scale(loaded: "Loaded") -> None:
    """Percent beside fractions, then thousands, among the values of each key result."""
    for result in loaded.rows["key_results"]:
        cells = [(result, name) for name in MEASURED] + [
            (row, "value") for row in loaded.rows["check_ins"] if row["kr_id"] == result["kr_id"]]
        cells = [(row, name) for row, name in cells if row[name] is not None]
        percent = [(row, name) for row, name in cells if row["how", name] == "percent"]
        others = [row[name] for row, name in cells if row["how", name] != "percent"]
        divided = percent if percent and others and all(-1 <= value <= 1 for value in others) and any(
            value != int(value) for value in others) else []
        for row, name in divided:
            row[name] /= 100
        if divided:
            loaded.report("information", "key_results", result["row"], None, "percent_mixed")
        cells = [cell for cell in cells if cell not in divided]
        _read_thousands(loaded, result, cells)


def _read_thousands(loaded: "Loaded", result: "Row", cells: list[tuple["Row", str]]) -> None:
    three = [(row, name) for row, name in cells if row["how", name] == "three"]
    largest = max((abs(row[name]) for row, name in three), default=0)
    others = max((abs(row[name]) for row, name in cells if row["how", name] != "three"), default=0)
    if not largest or not others:
        return
    if _ratio(largest * 1000, others) < _ratio(largest, others):
        for row, name in three:
            row[name] *= 1000
        loaded.report("information", "key_results", result["row"], None, "mixed_decimals")


def _ratio(one: float, other: float) -> float:
    return max(one, other) / min(one, other)


def report_unknown_words(loaded: "Loaded", rows: list["Row"]) -> None:
    """One problem for each word of an objective's status that is neither open nor closed."""
    words = {reading.normalised(row["status"]): row["status"] for row in rows if row["status"]}
    for word, written in words.items():
        if word not in OPEN | CLOSED and not reading.is_pictograph(written):
            loaded.report("information", "objectives", None, "status", "unknown_word")
