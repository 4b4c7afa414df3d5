"""The same 175 files as they are dropped on the page: text, workbooks, a zip, and what is neither.

None of them is a portfolio, so as a source each is one clear line; as sheets it is what stands here.
"""

import csv
import io
import re
import zipfile
from collections import Counter
from xml.etree import ElementTree

import pytest

from orgdata.model.settings import Settings
from orgdata.sources import SourceError, read_files
from orgdata.sources.sheets import UnreadableFile, sheets_of
from tests.sources.test_messy import ABOVE, HEADLESS, UNCOUNTED

ODS = "this is an OpenDocument file (.ods); save it as .xlsx or as CSV"
BECAME = {  # sheets as rows × columns, or the line that refuses the file
    "adjust-floating-point-error.xlsx": "Sheet1 5×4",
    "cast-int-to-string-issue-1251.xlsx": "Feuille1 2×5",
    "compression__implicit-gz.csv": "this is a gzip archive, not a CSV file",
    "compression__implicit-zip.csv": "table 2×2",
    "empty.csv": "the file is empty; expected a header row",
    "fixtures__template.xlsx": "Export this as TSV 0×6 + abc list 2×1 + xyz list 2×1",
    "issue-1024.xlsx": "IPC 48×55", "issue-312.xlsx": "invalid 4×5", "issue-313.xlsx": "Sheet1 2×5",
    "issue-320.xlsx": "IPC 48×54", "issue-870.xlsx": "Sheet1 9×8",
    "large.xlsx": "Report 30×11, 2 left out",  # hidden
    "libreoffice.xlsx": "the excel workbook holds nothing", "merged-cells.xlsx": "Лист1 0×1",
    "multiline-headers.xlsx": "Лист1 3×4", "number-format-multicode.xlsx": "Sheet1 3×1",
    "preserve-formatting-percentage.xlsx": "Sheet1 3×2", "preserve-formatting.xlsx": "Sheet1 1×11",
    "sheet2.xlsx": "Sheet2 2×2", "sheets.xlsx": "Sheet1 1×2 + Sheet2 1×2 + Sheet3 1×2",
    "simple.xlsx": "simple.csv 6×3", "skip-rows.xlsx": "Sheet 1 2×2", "sw_gen.xlsx": "tweets 15×17",
    "table-infer-boolean.xlsx": "Sheet1 2×3", "table-output.xlsx": "Sheet 1 2×2",
    "table.xlsx": "Лист1 2×2 + Sheet 2 2×2",
    "wide.csv": "it has 9,074 columns; at most 1,000 are read",
} | dict.fromkeys(["blank_line.ods", "loffice-4.4.1.2.ods", "multilineods.ods", "ods_formats.ods",
                   "simple.ods", "table-output.ods", "table-with-booleans.ods",
                   "table-with-ints-floats-dates.ods", "table-with-two-sheets.ods", "table.ods"], ODS)


def _became(name: str, content: bytes):
    """(what it became in words, its sheets)."""
    try:
        sheets, noticed = sheets_of(name, content, alone=True)
    except UnreadableFile as error:
        return str(error), []
    words = " + ".join(f"{sheet.name} {len(sheet.table.frame)}×{len(sheet.table.frame.columns)}"
                       for sheet in sheets)
    return words + (f", {len(noticed)} left out" if noticed else ""), sheets


@pytest.fixture(scope="module")
def handed_over(real_data):
    """Per file its line of the index, its content, what it became in words, and its sheets."""
    with (real_data / "messy_csv" / "INDEX.csv").open(encoding="utf-8", newline="") as file:
        index = list(csv.DictReader(file))
    found = {}
    for line in index:
        content = (real_data / "messy_csv" / line["file"]).read_bytes()
        found[line["file"]] = (line, content, *_became(line["file"], content))
    return found


def test_what_each_became(handed_over):
    """The table above; all others are one sheet with the records the index has counted."""
    assert len(handed_over) == 175
    wrong = {}
    for file, (line, _, words, sheets) in handed_over.items():
        name = file.split("/", 2)[-1]
        if name in BECAME:
            expected = BECAME[name]
        else:
            records = UNCOUNTED.get(name, int(line["rows"] or 0) - 1 - int(line["blank_rows"] or 0))
            columns = len(sheets[0].table.frame.columns) if sheets else 0
            stem = name.rsplit(".", 1)[0]
            records += (name in HEADLESS) - ABOVE.get(name, 0)
            expected = f"{stem} {records}×{columns}"
        if words != expected:
            wrong[name] = (words, expected)
    assert wrong == {}


def test_as_a_source_each_is_one_clear_line(handed_over):
    kinds = Counter()
    for name, (_, content, words, sheets) in handed_over.items():
        with pytest.raises(SourceError) as error:
            read_files(name, {name: content}, Settings())
        said = str(error.value)
        assert "\n" not in said or any("\n" in column for sheet in sheets
                                       for column in sheet.table.frame.columns)
        assert said.startswith(f"{name} holds none of our tables" if sheets else f"{name}: {words}")
        kinds["no table of ours" if sheets else words] += 1
    assert kinds == {"no table of ours": 161, ODS: 10, BECAME["wide.csv"]: 1, BECAME["empty.csv"]: 1,
                     BECAME["libreoffice.xlsx"]: 1, BECAME["compression__implicit-gz.csv"]: 1}


MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def _filled(content: bytes) -> list[Counter]:
    """Filled cells by row number of each sheet's file, read another way."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        def parsed(name: str):
            return ElementTree.fromstring(archive.read(name))

        shared = ["".join(one.itertext()) for one in parsed("xl/sharedStrings.xml").iter(
            f"{MAIN}si")] if "xl/sharedStrings.xml" in archive.namelist() else []

        def text(cell) -> str:
            written = "".join(part.text or "" for part in cell.iter() if part.tag in (
                f"{MAIN}v", f"{MAIN}t"))
            return shared[int(written)] if cell.get("t") == "s" and written else written

        return [Counter(int(re.sub("[A-Z]+", "", cell.attrib["r"]))
                        for cell in parsed(name).iter(f"{MAIN}c") if text(cell))
                for name in archive.namelist() if re.match(r"xl/worksheets/[^/]+\.xml", name)]


def test_every_filled_cell_of_a_workbook_is_read_in_its_row(handed_over):
    compared = 0
    for name, (_, content, _, sheets) in handed_over.items():
        if not name.endswith(".xlsx"):
            continue
        there = _filled(content)
        for sheet in sheets:
            if (sheet.table.problems["code"] == "merged").any():
                continue  # it has more than stand in the file
            frame = sheet.table.frame
            here = Counter({row: sum(map(bool, cells)) for row, cells
                            in zip(frame.index.tolist(), frame.values.tolist(), strict=True)})
            below = [Counter({row: many for row, many in one.items() if row >= min(here, default=10**9)})
                     for one in there]
            assert here in below, (name, sheet.name, here, below)
            compared += 1
    assert compared == 26
