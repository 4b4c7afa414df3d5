"""Each case of INDEX.csv, loaded and reported on one day, for the test that bears its name."""

from datetime import date
from pathlib import Path

import pytest

from orgdata.api.answers import report
from orgdata.gaps import find_gaps
from orgdata.load import load
from orgdata.measures import align
from tests.csv_folders import findings

DAY = date(2026, 11, 20)


class Case:
    """One case, loaded as its folder stands (a workbook that is alone by its name), and reported."""

    def __init__(self, folder: Path) -> None:
        files = [path for path in folder.iterdir() if path.name != "settings.toml"]
        settings = folder / "settings.toml"
        alone = len(files) == 1 and files[0].suffix == ".xlsx"
        self.portfolio = load(str(files[0] if alone else folder),
                              str(settings) if settings.exists() else None)
        alignment = align(self.portfolio, DAY)
        self.report = report(alignment, find_gaps(alignment))
        self.headlines = self.report["headlines"]
        self.gaps = {gap["key"]: gap["severity"] for gap in self.report["gaps"]}

    def counts(self, table: str) -> tuple[int, int]:
        """How many rows of a table were read, and how many loaded."""
        count = self.portfolio.counts[table]
        return count.read, count.loaded

    def problems(self, level: str) -> list[tuple[object, ...]]:
        """(table, row, column, code) of each problem of a level."""
        return [tuple(one[:5])[1:] for one in findings(self.portfolio.problems, level)]

    def rules(self, code: str) -> dict[str, str]:
        """The severities of a rule's gaps by what stands behind its code."""
        return {key.partition(":")[2]: severity for key, severity in self.gaps.items()
                if key.startswith(code)}

    def values(self, table: str, column: str) -> list[object]:
        """A column of the accepted rows."""
        return self.portfolio[table][column].astype(object).tolist()

    def what_is_proven(self) -> tuple[object, ...]:
        """Aligned products, outcome coverage, the coverage of each, and the passing products."""
        return (self.headlines["aligned_products"], self.headlines["outcome_coverage_pct"],
                [one["coverage"] for one in self.report["outcomes"]],
                self.headlines["passing_products"])

    def progress(self) -> dict[str, float | None]:
        """The progress of each key result."""
        return {one["kr_id"]: one["progress"] for one in self.report["key_results"]}


@pytest.fixture
def case(request, real_data):
    """The case whose name stands in the name of the test."""
    return Case(real_data / "cases" / request.function.__name__.split("_")[1])
