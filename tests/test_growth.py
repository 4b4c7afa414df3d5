"""What is made of text and rows from outside takes about as many steps as they have letters and
rows: ten times the worst text may cost about ten times the work, never a hundred times."""

from datetime import date
from functools import partial

import pandas as pd
import pyarrow as pa
import pytest

from orgdata import formats
from orgdata.edits import Edit, apply
from orgdata.edits.now import Now
from orgdata.edits.products import retire_product
from orgdata.exports import office
from orgdata.exports.document import markdown
from orgdata.model import toml
from orgdata.model.fields import normalise_name
from orgdata.model.settings import Settings
from orgdata.model.words import normalise_word
from orgdata.sources.excel import parts
from orgdata.sources.excel.cell_formats import SheetScan
from orgdata.sources.excel.grid import Grid
from orgdata.sources.handed_over import read_files
from orgdata.sources.raw import RawSource, RawTable
from orgdata.sources.text.delimited import header_names
from orgdata.sources.vendors import (
    azure,
    clickup,
    github,
    jira_headers,
    kinds,
    monday_rows,
    notion,
    people,
    periods,
    trackers,
    viva,
    viva_check_ins,
)
from orgdata.sources.vendors.records import Records, joined_key, several
from orgdata.tabular import csv_safe
from orgdata.tabular.dates import dates
from orgdata.tabular.numbers import number
from orgdata.ui.shell.escape import md
from orgdata.validate import validate
from orgdata.views.edited import Names, said
from tests.growth import outgrown

SIZES = (100, 1_000, 10_000, 100_000)


def refused(text):
    """Settings that are no TOML in the end, if nothing stopped it before."""
    with pytest.raises(ValueError):  # noqa: PT011 (what is wrong is another test's)
        toml.parse(text.encode(), len(text))


def of_text(function, before, again, after=""):
    """Work that gives a function a text of a size."""
    return lambda size: partial(function, before + again * (size // len(again)) + after)


def column(values):
    return pd.Series(values, dtype="str")


TEXTS = {
    "plain": (formats.plain, "a\t", " ", "b"), "plain of breaks": (formats.plain, "a", " \n", "b"),
    "clipped": (partial(formats.clipped, most=50), "a", " ", "b"), "md": (md, "a", " ", "b"),
    "md of signs": (md, "", "-> :a"), "Markdown": (markdown.text_of, "", ":a#1&b@"),
    "an Office cell": (office.cell, "a", " ", "b"), "names": (normalise_name, "", "- "),
    "words": (normalise_word, "", "- "), "numbers": (number, "$", " ", "1"),
    "days": (lambda text: dates(pa.array([text])), "2026-01-01 10:00", " ", "x"),
    "parents in Viva": (viva.links, "(weight:", " ", "x"), "many parents": (viva.links, "", "a (weight: 1%, "),
    "check-ins in Viva": (viva_check_ins._parse, "2026-01-01, 5, ", " ", "1"),
    "labelled check-ins": (viva_check_ins._parse, "Checkin Date:1;Note:", ";Metric Name: "),
    "a day in a language": (periods.english_day, "", "11 de abr. de 2026, "), "a label": (periods.period_of, "26-Q4", " "),
    "labels": (periods.latest_period, "", "Q4 2026,"), "a path": (periods.latest_period, "", "Shop\\"),
    "a day in ClickUp": (clickup.plain_day, "", "1"), "the number of a parent": (trackers.parent_number, "Epic #", "1", ":"),
    "the address of an issue": (github.short_name, "https://github.com/", "/issues"), "a name and address": (people.mail_in, "A <", "<", ">"),
    "a name": (people.name_in, "A ", "<", ">"), "a list": (several, '["', "a,", '"]'), "a deep list": (several, "", '["', '"]'),
    "a list in brackets": (several, "[", "a,;", "]"), "a header in Jira": (jira_headers.english, "campo_personalizado_(", "("),
    "a header in monday.com": (monday_rows.meaning, "a", " - "), "kinds of work": (lambda text: kinds.work_kind(column([text])), "", "a, "),
    "a status": (lambda text: kinds.is_done(column([text])), "", "- "),
    "relations in Notion": (notion.titles, "", "(https://a) "),
    "a format of Excel": (parts._shown_as, "", "["), "texts in a format": (parts._shown_as, '"', '\\"'),
    "formulas": (lambda text: csv_safe.escape_formulas([text]), "=", " ", "1"),
    "an id of parts": (lambda text: joined_key(column([text]), column([""])), "", " · ", "x"),
}
CONTENTS = {
    "dots": ("a", ".a"), "deep lists": ("a = ", "["), "deep sections": ("a = ", "{a = "),
    "texts": ('a = """', '\\"""'), "quotes": ("a = ", "'"), "digits": ("a = ", "9"), "blanks": ("a =", " "),
    "lines": ("", "a = 1\n"), "sections": ("", "[a.b.c.d.e.f.g]\n"),
}


@pytest.mark.parametrize("name", TEXTS)
def test_text(name):
    assert not outgrown(of_text(*TEXTS[name]), *SIZES)


@pytest.mark.parametrize("name", CONTENTS)
def test_settings_are_refused_in_time(name):
    assert not outgrown(of_text(refused, *CONTENTS[name], " = 1\n\0"), 100, 1_000, 10_000)


@pytest.mark.parametrize("header", [
    ["a"], ["a", "A", "a_2"], ["", "column_2"], ["a_2", "a"]])
def test_names_of_columns_that_repeat(header):
    assert not outgrown(lambda size: partial(header_names, header * (size // len(header))),
                        100, 1_000, 10_000)


def test_merged_cells_beside_many_columns():
    def fill(size):
        rows = [["", *[""] * 18, "x"] for _ in range(size)]
        merged = [((2, at), (size - 1, at)) for at in range(size // 50)]
        return partial(Grid(rows, 0, merged, SheetScan()).fill_merged, 0)
    assert not outgrown(fill, 100, 1_000, 10_000)


def test_columns_that_are_merged_away_and_hidden():
    def look(size):
        rows = [["x"] * 20 for _ in range(size)]
        merged = [((0, 0), (size // 2, 19)), *(((at, 0), (at, 19)) for at in range(size // 2, size))]
        grid = Grid(rows, 0, merged, SheetScan(hidden=[(0, 16_383)] * size))
        return lambda: (grid.merged_away(0), grid.hidden())
    assert not outgrown(look, 100, 1_000, 10_000)
    assert look(100)() == (set(range(1, 20)), set(range(20)))


@pytest.mark.parametrize("row", [("Name", "Subitems", "Owner"), ("Subitems", "Name", "Owner"), ("Group", "", ""), ("", "Sub", "Ada")])
def test_rows_of_a_board(row):
    def board(size):
        frame = pd.DataFrame([("Item", "", "Ada"), *[row] * size], columns=["Name", "Subitems", "Owner"], dtype="str")
        return lambda: monday_rows.read_board(Records(RawTable("board", frame))).column("owner")
    assert not outgrown(board, 1_000, 10_000, 100_000)


@pytest.mark.parametrize("columns", [3, 300])
def test_levels_of_titles(columns):
    def levels(size):
        frame = pd.DataFrame({f"Title {at}": ["a" if at == row % columns else "" for row in range(size // columns)]
                              for at in range(columns)}, dtype="str")
        return lambda: azure._titles(Records(RawTable("tree", frame)))
    assert not outgrown(levels, 1_000, 10_000, 100_000)


@pytest.mark.parametrize("edit", [
    lambda at: Edit.adding("products", {"product_id": f"N{at}", "name": "x"}),
    lambda at: Edit("products", "set", {"name": f"n{at}"}, {"name": f"m{at}"}),
    lambda at: Edit("products", "set", {"status": f"zz{at}"}, {"name": "x"}),
    lambda at: Edit("products", "end", {"product_id": f"P{at}"}, {})], ids=["add", "set", "words", "end"])
def test_edits_of_many_rows(edit):
    def lay(size):
        frame = pd.DataFrame({"product_id": [f"P{at}" for at in range(size)], "name": [
            f"n{at}" for at in range(size)], "status": "active"}, dtype="str")
        raw = RawSource("x", "csv", {"products": RawTable("products", frame)}, Settings())
        return partial(apply, raw, [one for at in range(size // 2) for one in (
            edit(at), Edit("products", "set", {"product_id": f"P{size - 1}"}, {"name": "x"}))])
    assert not outgrown(lay, 100, 1_000, 10_000)


def test_a_verb_that_changes_many_rows(monkeypatch):
    monkeypatch.setattr("orgdata.edits.now.MOST", 10_000)

    def retire(size):
        ids = [f"O{at}" for at in range(size)]
        tables = {"products": {"product_id": ["P1", "P2"], "name": ["a", "b"]},
                  "outcomes": {"outcome_id": ids, "name": ids},
                  "contributions": {"product_id": "P1", "outcome_id": ids, "strength": "primary"}}
        raw = RawSource("x", "csv", {name: RawTable(name, pd.DataFrame(cells, dtype="str"))
                                     for name, cells in tables.items()}, Settings())
        return lambda: retire_product(Now(raw, date(2026, 11, 20)), "P1", "P2")
    assert not outgrown(retire, 50, 500, 4_000)


def test_what_edits_say():
    def say(size):
        rows = pd.DataFrame({"product_id": [f"P{at}" for at in range(size)], "name": "x"}, dtype="str")
        portfolio = load_tables({"products": rows})
        edits = [Edit("products", "set", {"product_id": f"P{at}"}, {"name": "y"}) for at in range(size)]

        def all_of_them():
            names = Names(portfolio)
            return [said(edit, names) for edit in edits]
        return all_of_them
    assert not outgrown(say, 100, 1_000, 10_000)


def load_tables(tables):
    return validate(RawSource("x", "csv", {name: RawTable(name, rows) for name, rows in tables.items()},
                              Settings()))


def test_rows_that_are_left_out_one_by_one():
    def read(size):
        rows = "".join(f"O{row // 3},K{row},very good {row},5\n" for row in range(size))
        content = f"Objective,Key result,Target,Current\n{rows}".encode()
        return partial(read_files, "goals.csv", {"goals.csv": content}, Settings())
    assert not outgrown(read, 100, 1_000, 10_000)
