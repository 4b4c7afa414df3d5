"""What holds for every reader of `vendors`, whatever stands in the cells."""

import csv
import io
import re
from dataclasses import replace
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orgdata.docs.sections import ROOT
from orgdata.model.portfolio import DISPOSITIONS
from orgdata.model.schema import TABLES
from orgdata.model.settings import Settings
from orgdata.sources import read_files
from orgdata.sources.vendors import recognise, vendors
from orgdata.sources.vendors.vendor import Vendor
from orgdata.validate import validate

# The columns that FORMATS.md lists of each tool: those it is told by, and others; any file may have
# columns without a name.
FORMATS = (ROOT / "orgdata" / "docs" / "FORMATS.md").read_text(encoding="utf-8")
EXPORTS = FORMATS.split("\n## 5. Exports of other tools\n")[1].split("\n## ")[0]
COLUMNS = {tool: (re.findall("`([^`]+)`", told_by), [*re.findall("`([^`]+)`", others), "", ""])
           for tool, told_by, others in re.findall(
               r"^\| ([^|`]+) \| ([^|]*`[^|]*) \| ([^|]*) \|$", EXPORTS, re.MULTILINE)}
WORDS = [
    *("1 2 3 9 A B X-1 X-2 0 1 0.5 40% 100 1,200 - = x Objective Deliverable Epic Story Task goal "
      "milestone Company Delete Binary Done Closed Postponed a@b.example A;B A,B 1,2 2026-10-01 "
      "31/12/2026 10/11/2026 27/Sep/26 inf nan").split(),
    "Key result", "Key Result", "At Risk", "Will not do", "A(weight: 50%, Id: 1)", "A (b)",
    "A(weight: 5%, Id: 2), B(weight: 50%, Id: 1)", "2026-11-13: 42", "2026-11-13, 42, On Track",
    "B (https://notion.so/b-1), A (https://notion.so/a-2)", "'=1", '"', "two\nlines", "Ω é", "(",
    "Epic #1: A", '["A", "B"]', '["A"', "[A,B]", "A <a@b.example>", "A >", "null", "1798675200000", "26-Q4", "Q4 2026",
    "Shop\\Checkout", "Name", "Subitems", "11/abr/26 9:00 AM", "Thu, 31 Dec 2026", "https://github.com/a/b/issues/1", "bug, okr",
    "Checkin Date: 2026-11-13; User: A; Note: x; y; Status: At Risk; Current Value: 4%;"]
CELLS = st.one_of(st.just(""), st.sampled_from(WORDS),
                  st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"),
                          max_size=6))


def written(header, records):
    text = io.StringIO()
    csv.writer(text).writerows([header, *records])
    return text.getvalue().encode()


@st.composite
def files(draw, vendor):
    """A file with some of the columns, those the tool is told by among them."""
    told_by, others = COLUMNS[vendor.title]
    header = told_by + [one for one in others if draw(st.booleans())]
    rows = draw(st.lists(st.lists(CELLS, min_size=len(header), max_size=len(header)), max_size=8))
    again = draw(st.lists(st.sampled_from(rows), max_size=2)) if rows else []
    chosen = {choice.name: draw(st.sampled_from(sorted(choice.options)))
              for choice in vendor.choices}
    return written(draw(st.permutations(header)) if draw(st.booleans()) else header,
                   rows + again), chosen


def converting_once():
    """Converts the records of one file once: below the same file is read alone, and twice together,
    where what counts is how the tables of both are put together."""
    read, held = Vendor.read, []

    def reading(vendor, sheet, answers):
        def convert(records, chosen):
            if not held or not held[0].equals(records.sheet.frame):
                held[:] = records.sheet.frame.copy(), vendor.convert(records, chosen)
            return held[1]
        return read(replace(vendor, convert=convert), sheet, answers)
    return patch.object(Vendor, "read", reading)


def test_every_vendor_of_the_formats_is_read():
    assert [vendor.title for vendor in vendors()] == list(COLUMNS)


@pytest.mark.parametrize("vendor", vendors(), ids=lambda vendor: vendor.name)
def test_each_is_told_by_its_columns_and_by_no_other(vendor):
    columns = [name for part in COLUMNS[vendor.title] for name in part]
    assert recognise(COLUMNS[vendor.title][0]) is vendor
    assert recognise(columns) is vendor
    assert recognise(column.upper() for column in columns) is vendor


@pytest.mark.parametrize("vendor", vendors(), ids=lambda vendor: vendor.name)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_whatever_stands_there_is_read_and_accounted_for(vendor, data):
    content, chosen = data.draw(files(vendor))
    asked = Settings(exports={vendor.name: chosen})
    with converting_once():
        one = validate(read_files("one", {"a.csv": content}, asked))
        twice = validate(read_files("two", {"a.csv": content, "b.csv": content}, asked))
    export, = one.exports
    assert export.vendor == vendor.name
    assert sum(export.count(disposition) for disposition in DISPOSITIONS) == len(export.records)
    assert list(export.dispositions.index) == list(export.records.index)
    assert (export.dispositions["reason"] != "").equals(export.dispositions["disposition"] == "set_aside")
    for name, table in one.tables.items():
        assert twice[name].equals(table), name


@pytest.mark.parametrize("vendor", vendors(), ids=lambda vendor: vendor.name)
def test_a_choice_is_asked_in_words_and_its_answer_is_used(vendor):
    for choice in vendor.choices:
        assert choice.question.endswith("?")
        assert len(choice.options) > 1
        assert choice.answer({choice.name: "no such option"}) == next(iter(choice.options))


@pytest.mark.parametrize("vendor", vendors(), ids=lambda vendor: vendor.name)
def test_every_column_that_is_made_is_ours_or_says_what_it_counts(vendor):
    columns = [name for part in COLUMNS[vendor.title] for name in part]
    cells = dict.fromkeys(columns, "1") | {"Object Type": "Objective", "type": "goal"}
    raw = read_files("one", {"a.csv": written(columns, [[cells[one] for one in columns]])},
                     Settings())
    for name, table in raw.tables.items():
        ours = {one.name for one in TABLES[name].fields}
        assert set(table.frame.columns) <= ours | {"work_items", "work_done"}, name
