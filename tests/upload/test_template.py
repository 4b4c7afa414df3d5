"""The templates: complete, clean as they are, and never written over what is there."""

import csv
import html
import io
import re
import zipfile

import pandas as pd
import pytest
from xlsxwriter.utility import xl_col_to_name

from orgdata.load import load
from orgdata.model.schema import TABLES
from orgdata.model.settings import Settings, parse_settings, read_settings
from orgdata.sources.sheets import sheets_of
from orgdata.upload.template import READ_ME, SETTINGS, template_workbook, write_template
from tests.csv_folders import findings


def test_one_file_per_table_with_every_column_and_one_example(tmp_path):
    paths = write_template(tmp_path / "new" / "deep")
    assert sorted(path.name for path in paths) == sorted(
        [*(f"{name}.csv" for name in TABLES), "settings.toml"])
    for name, table in TABLES.items():
        with (tmp_path / "new" / "deep" / f"{name}.csv").open(newline="", encoding="utf-8") as file:
            header, *rows = csv.reader(file)
        assert header == [f.name for f in table.fields]
        assert len(rows) == 1
        assert all(cell for one, cell in zip(table.fields, rows[0], strict=True) if one.required)


def test_it_loads_without_an_error_or_a_warning(tmp_path):
    write_template(tmp_path)
    portfolio = load(str(tmp_path))
    assert findings(portfolio.problems, "error", "warning") == []
    counts = {name: (count.read, count.set_aside) for name, count in portfolio.counts.items()}
    assert counts == dict.fromkeys(TABLES, (1, 0))
    assert set(portfolio.problems["message"].str.split(": ").str[-1]) <= {
        "the column is blank throughout", "read, but nothing uses it yet"}


def test_every_example_in_the_settings_is_one_that_works(tmp_path):
    write_template(tmp_path)
    assert read_settings(tmp_path / "settings.toml") == Settings(
        file=str(tmp_path / "settings.toml"))
    switched_on = re.findall(r"^# (\[.*|\w+ = .*)", SETTINGS, re.MULTILINE)
    (tmp_path / "on.toml").write_text("\n".join(switched_on))
    settings = read_settings(tmp_path / "on.toml")
    assert settings.unknown_keys == ()
    assert settings != parse_settings({}, file=settings.file)
    assert settings.tables["products"] == "dim_product"
    assert settings.tables["people"] == "hr.employees"
    assert settings.tables["outcomes"].startswith("select ")
    assert (settings.rule("OWN04").enabled, settings.rule("OWN04").threshold) == (False, 110)


@pytest.mark.parametrize("name", ["products.csv", "settings.toml", "mix_targets.csv"])
def test_never_overwrites(tmp_path, name):
    (tmp_path / name).write_text("mine")
    with pytest.raises(FileExistsError, match="nothing was written"):
        write_template(tmp_path)
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [(name, "mine")]


# -- the workbook ----------------------------------------------------------------------------------

@pytest.fixture(scope="module")
def parts() -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(template_workbook())) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()
                if name.endswith((".xml", ".vml"))}


def test_the_workbook_has_a_sheet_per_table_with_every_column_and_one_example():
    found, noticed = sheets_of("template.xlsx", template_workbook(), alone=True)
    assert noticed == []
    assert [sheet.name for sheet in found] == [READ_ME, *TABLES]
    for sheet in found[1:]:
        table = TABLES[sheet.name]
        assert list(sheet.table.frame.columns) == [f.name for f in table.fields]
        assert sheet.table.frame.index.tolist() == [2]
        assert sheet.table.frame.iloc[0].tolist() == [f.example for f in table.fields]
        assert len(sheet.table.problems) == 0


def test_the_workbook_dropped_back_loads_as_its_examples(tmp_path):
    path = tmp_path / "template.xlsx"
    path.write_bytes(template_workbook())
    write_template(tmp_path / "csv")
    portfolio, same = load(str(path)), load(str(tmp_path / "csv"))
    assert portfolio.recognised_as == "excel workbook"
    assert findings(portfolio.problems, "error", "warning") == []
    assert {name: (count.read, count.set_aside) for name, count in portfolio.counts.items()} == (
        dict.fromkeys(TABLES, (1, 0)))
    for name in TABLES:
        pd.testing.assert_frame_equal(portfolio[name], same[name])
    beside = set(findings(portfolio.problems)) - set(findings(same.problems))
    assert {one[4] for one in beside} == {"unknown_table"}  # the sheet that is read by people
    assert len(beside) == 1


def test_the_workbook_is_the_same_bytes_every_time():
    assert template_workbook() == template_workbook()


def test_drop_downs_are_the_words_of_each_column(parts):
    for number, table in enumerate(TABLES.values(), 2):
        sheet = parts[f"xl/worksheets/sheet{number}.xml"]
        lists = dict(re.findall(r'sqref="([A-Z]+)2:[^"]*"><formula1>"([^<]*)"</formula1></dataV', sheet))
        expected = {xl_col_to_name(at): ",".join(f.vocabulary.words if f.vocabulary else ("yes", "no"))
                    for at, f in enumerate(table.fields) if f.kind in ("word", "bool")}
        assert {column: html.unescape(words).strip('"') for column, words in lists.items()} == expected
        assert sheet.count('type="date"') == sum(f.kind == "date" for f in table.fields)
        assert 'state="frozen"' in sheet


def test_each_header_says_what_it_holds_and_whether_it_is_required(parts):
    for number, table in enumerate(TABLES.values(), 1):
        comments = re.findall(r'<comment ref="([A-Z]+)1".*?</comment>', parts[f"xl/comments{number}.xml"])
        assert len(comments) == len(table.fields)
        notes = [html.unescape(note) for note in re.findall(r"<t(?: [^>]*)?>(.*?)</t>",
                                                            parts[f"xl/comments{number}.xml"])]
        for field, note in zip(table.fields, notes, strict=True):
            assert field.about[1:] in note
            assert note.startswith("Required. ") == field.required
