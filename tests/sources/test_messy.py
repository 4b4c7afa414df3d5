"""175 oddities of real CSV and spreadsheet files: each is a table or one clear line.

None of them is a portfolio. INDEX.csv says of each how many records it has and how many are
blank; what is read must agree.
"""

import csv
import shutil
from collections import Counter

import pytest

from orgdata.load import load
from orgdata.sources import SourceError
from tests.csv_folders import findings

WORKBOOK = "this is a zip archive or an Excel workbook, not a CSV file"
NOT_CSV = {  # besides the 33 spreadsheets, which hold what their name says
    "compression__implicit-zip.csv": WORKBOOK,
    "compression__implicit-gz.csv": "this is a gzip archive, not a CSV file",
    "empty.csv": "the file is empty; expected a header row",
}
UNCOUNTED = {"mixedGLB.csv": 135}  # the index could not count it: its line ends are mixed
ABOVE = {  # rows that hold something and stand above the header: a comment, a title
    "countries.csv": 1, "country-2.csv": 1, "matrix-with-comment.csv": 1, "skip-rows.csv": 1,
    "skip-rows-before-headers.csv": 1, "begrotingsanalyse-2011.csv": 2, "mixedGLB.csv": 2,
}
HEADLESS = {"issue-1478__table.csv", "null.csv", "without-headers.csv", "without-headers-extra.csv"}
# Faults worth a line besides the required columns that none of these files has
NOTICED = {
    "capital-invalid.csv": {"bad_value": 1, "duplicate_header": 1, "extra_cells": 1},
    "complex.csv": {"extra_cells": 1}, "countries.csv": {"bad_value": 1, "extra_cells": 1},
    "defective-rows.csv": {"bad_value": 1, "extra_cells": 1}, "dialect.csv": {"extra_cells": 1},
}


def _became(folder) -> tuple[str, object]:
    """What a folder with one file became: (clear line, None) or ("", portfolio)."""
    try:
        return "", load(str(folder))
    except SourceError as error:
        said = str(error).split("products.csv: ")[1].removesuffix("; the table is not loaded")
        return said, None


@pytest.fixture(scope="module")
def became(real_data, tmp_path_factory):
    """Per file its line of the index, and what it became as products.csv."""
    with (real_data / "messy_csv" / "INDEX.csv").open(encoding="utf-8", newline="") as file:
        index = list(csv.DictReader(file))
    found = {}
    for number, line in enumerate(index):
        folder = tmp_path_factory.mktemp(f"messy{number}")
        shutil.copyfile(real_data / "messy_csv" / line["file"], folder / "products.csv")
        found[line["file"]] = (line, *_became(folder))
        shutil.rmtree(folder)
    return found


def test_what_each_became(became):
    kinds = Counter(said or "a table" for _, said, _ in became.values())
    assert kinds == {"a table": 139, WORKBOOK: 34, NOT_CSV["compression__implicit-gz.csv"]: 1,
                     NOT_CSV["empty.csv"]: 1}


def test_what_is_not_csv_says_what_it_is(became):
    wrong = {}
    for name, (line, said, _) in became.items():
        expected = NOT_CSV.get(name.split("/")[-1], WORKBOOK if line["kind"] == "spreadsheet" else "")
        if said != expected:
            wrong[name] = (said, expected)
    assert wrong == {}


def test_every_record_that_holds_anything_is_read_and_explained(became):
    wrong = {}
    for name, (line, said, portfolio) in became.items():
        if said:
            continue
        count = portfolio.counts["products"]
        expected = UNCOUNTED.get(name.split("/")[-1])
        if expected is None:
            expected = int(line["rows"]) - 1 - int(line["blank_rows"])
        expected += (name.split("/")[-1] in HEADLESS) - ABOVE.get(name.split("/")[-1], 0)
        said_so = ("information", "products", 1, None, "above_header") in findings(
            portfolio.problems)
        if said_so != (name.split("/")[-1] in ABOVE):
            wrong[name] = "rows above the header"
        if count.read != expected or count.loaded + count.set_aside != count.read:
            wrong[name] = (count, expected)
        assert ("error", "products", None) in {one[:3] for one in findings(portfolio.problems)}
        if count.set_aside:
            assert portfolio.set_aside["products"]["reason"].str.contains("not in the header").all()
    assert wrong == {}


def test_oddities_are_said(became):
    """Rows of another length, wherever the index has seen them, and doubled headers."""
    for name, (line, said, portfolio) in became.items():
        if said or name.endswith("mixedGLB.csv"):
            continue
        codes = Counter(code for level, *_, code in findings(portfolio.problems, "warning"))
        assert set(codes) <= {"extra_cells", "bad_value", "duplicate_header"}, name
        short = name.split("/")[-1]
        if short not in ABOVE:  # the index takes the rows above a header for ragged ones
            assert bool(codes["extra_cells"] or codes["bad_value"]) == (line["ragged"] == "True"), name
        if short in NOTICED:
            assert dict(codes) == NOTICED[short], name


def test_encodings_are_understood(became):
    for name, word in (("utf-16le_encoded.csv", "Organisation_code"), ("latin1.csv", "©"),
                       ("utf8bom.csv", "kitten"), ("spanish_chars.csv", "ñ")):
        _, _, portfolio = next(found for file, found in became.items() if file.endswith(name))
        cells = portfolio.set_aside.get("products", portfolio.unknown_columns["products"])
        text = " ".join([*map(str, cells.columns), *map(str, cells.to_numpy().ravel())])
        assert "\ufeff" not in text
        assert word in text, text[:300]
