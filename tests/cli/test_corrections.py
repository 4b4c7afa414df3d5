"""`corrections`: what was corrected here goes back to the source with only its cells different."""

import csv
import io
import json
import shutil
import subprocess
import zipfile
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from orgdata import formats
from orgdata.edits import Edit
from orgdata.load import load
from orgdata.store import Correction, Store, source_key
from tests import csv_folders
from tests.sources.conftest import empty
from tests.sources.conftest import mariadb as mariadb
from tests.sources.databases import fill_rows
from tests.sources.workbooks import book, sheets

AT = datetime(2026, 11, 20, tzinfo=UTC)
PRODUCTS = ('\ufeff"product_id";name;annual_spend\r\nP1;"Pay; now";"1,5"\r\nP2;Größe;7\r\n'
            'P3;Old;3').encode()
EDITS = (
    Edit("products", "set", {"product_id": "P1"}, {"name": 'Pay "fast"'}, {"name": "Pay; now"}),
    Edit("products", "set", {"product_id": "P2"}, {"annual_spend": "8", "fte": "2"}),
    Edit("products", "set", {"product_id": "P2"}, {"annual_spend": "9"}, {"annual_spend": "8"}),
    Edit("products", "end", {"product_id": "P3"}, {}),
    Edit.adding("outcomes", {"outcome_id": "O1", "name": "Grow; more"}),
    Edit.adding("products", {"product_id": "P4", "name": "New", "fte": "1"}),
    Edit("products", "set", {"product_id": "P4"}, {"name": "Newer"}),
    Edit("products", "set", {"product_id": "P1"}, {"annual_spend": "2"}, {"annual_spend": "99"}))


def corrected(tmp_path, source, *edits):
    url = f"sqlite:///{tmp_path / 'store.sqlite'}"
    with Store.open(url) as store:
        store.correct([Correction(source_key(source), edit, "Ada", AT) for edit in edits])
    return url


@pytest.fixture
def folder(tmp_path):
    return csv_folders.write(tmp_path / "source", products=PRODUCTS)


def test_only_the_changed_cells_of_a_file_differ(run, folder, tmp_path):
    store = corrected(tmp_path, folder, *EDITS)
    code, out, error = run("corrections", folder, "--store", store, "--out", tmp_path / "out")
    assert (code, error) == (0, "")
    assert (tmp_path / "out" / "products.csv").read_bytes() == (
        '\ufeff"product_id";name;annual_spend;fte\r\nP1;"Pay ""fast""";"1,5"\r\nP2;Größe;9;2\r\n'
        "P4;Newer;;1\r\n").encode()
    assert (tmp_path / "out" / "outcomes.csv").read_bytes() == b'outcome_id,name\nO1,"Grow; more"\n'
    assert (tmp_path / "out" / "CHANGES.csv").read_text("utf-8-sig").splitlines() == [
        '"table","row","key","column","before","after"',
        '"products","2","P1","name","Pay; now","Pay ""fast"""', '"products","3","P2","fte","","2"',
        '"products","3","P2","annual_spend","7","9"',
        '"products","5","P4","","","product_id=P4; name=Newer; fte=1"',
        '"products","4","P3","","the row",""', '"outcomes","2","O1","","","outcome_id=O1; name=Grow; more"']
    assert out.splitlines()[-1] == "6 changes"


@pytest.mark.parametrize("text", ["=1+1", "@y", "-cmd", "＝1+1", "\r=1"])
def test_no_text_that_is_carried_becomes_a_formula(run, folder, tmp_path, text):
    edits = (Edit("products", "set", {"product_id": "P2"}, {"name": text}),
             Edit.adding("outcomes", {"outcome_id": text, "name": text}))
    run("corrections", folder, "--store", corrected(tmp_path, folder, *edits), "--out", tmp_path / "out")
    for name, sign in (("products.csv", ";"), ("outcomes.csv", ","), ("CHANGES.csv", ",")):
        content = (tmp_path / "out" / name).read_bytes().decode("utf-8-sig")
        cells = [cell for row in csv.reader(io.StringIO(content, newline=""), delimiter=sign) for cell in row]
        assert f"'{text}" in cells
        assert text not in cells


@pytest.mark.parametrize("text", ["x;=1+1;y", "x,=1+1", "x\t=1+1", "=1+1", "x|y"])
def test_what_another_spreadsheet_might_part_is_quoted(run, tmp_path, text):
    folder = csv_folders.write(tmp_path / "source", products=b"product_id,name\nP1,Pay\n")
    edit = Edit("products", "set", {"product_id": "P1"}, {"name": text})
    run("corrections", folder, "--store", corrected(tmp_path, folder, edit), "--out", tmp_path / "out")
    sign = "'" if text.startswith("=") else ""
    assert (tmp_path / "out" / "products.csv").read_text() == f'product_id,name\nP1,"{sign}{text}"\n'


def test_carried_back_they_are_done_at_the_source(run, folder, tmp_path):
    store = corrected(tmp_path, folder, *EDITS[:-1])
    before = run("report", folder, "--store", store, "--as-of", "2026-11-20", "--format", "json")[1]
    run("corrections", folder, "--store", store, "--out", tmp_path / "out")
    (tmp_path / "out" / "CHANGES.csv").unlink()
    shutil.copytree(tmp_path / "out", folder, dirs_exist_ok=True)
    after = run("report", folder, "--store", store, "--as-of", "2026-11-20", "--format", "json")[1]
    said, expected = json.loads(after), json.loads(before)
    states = [one.pop("corrections") for one in (expected, said)]
    assert states == [{"cells": 7, "counting": 7, "in_the_source": 0, "waiting": 0},
                      {"cells": 7, "counting": 0, "in_the_source": 7, "waiting": 0}]
    assert {**said, "problems": []} == {**expected, "problems": []}
    assert "Corrections: 7 cells, of these 7 now in the source" in run(
        "report", folder, "--store", store, "--as-of", "2026-11-20")[1]
    assert run("corrections", folder, "--store", store, "--out", tmp_path / "again")[1].endswith(
        "0 changes\n")


def test_a_patch_applies_with_git(run, folder, tmp_path):
    store = corrected(tmp_path, folder, *EDITS)
    expected = tmp_path / "out"
    run("corrections", folder, "--store", store, "--out", expected)
    code, patch, _ = run("corrections", folder, "--store", store, "--patch")
    assert code == 0
    subprocess.run(["git", "apply", "--unsafe-paths", "-"], cwd=folder, input=patch.encode(),
                   check=True)
    for name in ("products.csv", "outcomes.csv"):
        assert (tmp_path / "source" / name).read_bytes() == (expected / name).read_bytes()


def test_statements_change_a_row_only_while_it_says_what_it_said(run, tmp_path):
    source = f"sqlite:///{tmp_path / 'source.sqlite'}"
    engine = sa.create_engine(source)
    with engine.begin() as connection:
        connection.exec_driver_sql("create table products (product_id text, name text, fte text)")
        connection.exec_driver_sql("insert into products values ('P1', 'It''s', null), "
                                   "('P2', 'Ship', '3'), ('P3', 'Old', '1')")
    store = corrected(
        tmp_path, source,
        Edit("products", "set", {"product_id": "P1"}, {"fte": "2"}),
        Edit("products", "set", {"product_id": "P2"}, {"fte": "4", "name": "Ship's"}),
        Edit("products", "end", {"product_id": "P3"}, {}),
        Edit.adding("products", {"product_id": "P4", "name": "New"}))
    code, out, _ = run("corrections", source, "--store", store, "--sql")
    assert code == 0
    with engine.begin() as connection:
        connection.exec_driver_sql("update products set fte = '5' where product_id = 'P2'")
        for line in out.splitlines():
            connection.exec_driver_sql(line)
        rows = connection.exec_driver_sql("select * from products order by 1").all()
    engine.dispose()
    assert rows == [("P1", "It's", "2"), ("P2", "Ship", "5"), ("P4", "New", None)]


@pytest.mark.parametrize(("encoding", "sign", "end"), [
    ("utf-8", ",", "\n"), ("utf-8-sig", "|", "\r\n"), ("utf-16", "\t", "\r\n"),
    ("utf-16-be", ",", "\n"), ("utf-16-le", ";", "\n"), ("cp1252", ";", "\r\n"), ("latin-1", "\t", "\r")])
def test_encoding_delimiter_and_ends_of_lines_stay(run, tmp_path, encoding, sign, end):
    text = "".join(sign.join(row) + end for row in (
        ("product_id", "name", "annual_spend"), ("P1", "Größe", "10"), ("P2", "Ship", "20")))
    folder = csv_folders.write(tmp_path / "source", products=text.encode(encoding))
    store = corrected(tmp_path, folder, Edit("products", "set", {"product_id": "P2"}, {"name": "Schön"}))
    assert run("corrections", folder, "--store", store, "--out", tmp_path / "out")[0] == 0
    assert (tmp_path / "out" / "products.csv").read_bytes() == text.replace("Ship", "Schön").encode(encoding)


ODD = "a\\' or 1=1; drop table products; --\nb\r\x1b[31m\u2028\u202e\u00adc\\"


@pytest.mark.parametrize("kind", ["sqlite", "duckdb", "postgresql", "mariadb"])
def test_no_text_ends_a_statement_or_changes_on_its_way(kind, run, tmp_path, request):
    """What a server takes for an escape, and what a terminal or a line's end would change."""
    source = empty(request, tmp_path, kind)
    row = {"product_id": ODD, "name": "Old" + ODD}
    fill_rows(source, {"products": [row, {"product_id": "P2", "name": "x"}]}, typed=False)
    store = corrected(tmp_path, source,
                      Edit("products", "set", {"product_id": ODD}, {"name": ODD}, {"name": row["name"]}),
                      Edit("products", "set", {"product_id": "P2"}, {"name": "\\' or '1'='1"}))
    code, out, error = run("corrections", source, "--store", store, "--sql")
    assert (code, error, len(out.splitlines())) == (0, "", 2)
    assert formats.plain(out.replace("\n", "")) == out.replace("\n", "")
    engine = sa.create_engine(source, poolclass=sa.NullPool)
    with engine.begin() as connection:
        for line in out.splitlines():
            connection.exec_driver_sql(line.replace("%", "%%"))
        rows = connection.exec_driver_sql("select product_id, name from products").all()
    engine.dispose()
    assert sorted(map(tuple, rows)) == sorted([(ODD, ODD), ("P2", "\\' or '1'='1")])


def test_a_patch_of_cells_with_other_ends_of_lines_applies(run, tmp_path):
    folder = csv_folders.write(tmp_path / "source", products=(
        'product_id,name\nP1,"a\u2028b\x0cc\r\nd"\nP2,e\u0085f\n').encode())
    store = corrected(tmp_path, folder, Edit("products", "set", {"product_id": "P2"}, {"fte": "2"}))
    run("corrections", folder, "--store", store, "--out", tmp_path / "out")
    code, patch, _ = run("corrections", folder, "--store", store, "--patch")
    assert code == 0
    subprocess.run(["git", "apply", "--unsafe-paths", "-"], cwd=folder, input=patch.encode(), check=True)
    assert (tmp_path / "source/products.csv").read_bytes() == (tmp_path / "out/products.csv").read_bytes()


def test_a_file_in_another_encoding_has_no_patch_and_that_is_said(run, tmp_path):
    folder = csv_folders.write(tmp_path / "source", products="product_id,name\nP1,Größe\n".encode("cp1252"))
    store = corrected(tmp_path, folder, Edit("products", "set", {"product_id": "P1"}, {"name": "x"}))
    code, out, error = run("corrections", folder, "--store", store, "--patch")
    assert (code, out) == (2, "")
    assert error == "orgdata: products.csv is not written in UTF-8, as a patch is; --out writes it\n"


def fill(made):
    """Products with a day, a share, a formula and looks; notes; a hidden sheet."""
    bold, day = made.add_format({"bold": True}), made.add_format({"num_format": "yyyy-mm-dd"})
    percent = made.add_format({"num_format": "0%"})
    sheet = made.add_worksheet("Products")
    sheet.write_row(0, 0, ["product_id", "name", "annual_spend", "bau_pct", "role_confirmed_on", "fte",
                           "annual_revenue", "segments"])
    for row, spend in enumerate([1.5, 7], 1):
        sheet.write_row(row, 0, [f"P{row}", "Pay & <go>"], bold)
        sheet.write(row, 2, spend)
        sheet.write(row, 3, 0.5, percent)
        sheet.write_datetime(row, 4, datetime(2026, 1, 2), day)
        sheet.write_formula(row, 5, "=C2*2", None, 3)
    sheet.freeze_panes(1, 0)
    made.add_worksheet("Notes").write_row(0, 0, ["any", "thing"])
    made.add_worksheet("Secret").hide()


def parts(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_of_a_workbook_only_the_changed_cells_differ(run, tmp_path):
    path = tmp_path / "book.xlsx"
    path.write_bytes(book(fill))
    wanted = {"name": "It's <b> & ü ", "annual_spend": "8.25", "bau_pct": "60%",
              "role_confirmed_on": "2026-11-20", "segments": "B2B", "annual_revenue": "20"}
    store = corrected(tmp_path, str(path), Edit("products", "set", {"product_id": "P2"}, wanted),
                      Edit("products", "set", {"product_id": "P1"}, {"annual_spend": ""}))
    code, out, error = run("corrections", path, "--store", store, "--out", tmp_path / "out")
    assert (code, error, out.splitlines()[-1]) == (0, "", "7 changes")
    old, new = parts(path.read_bytes()), parts((tmp_path / "out/book.xlsx").read_bytes())
    assert list(old) == list(new)
    assert {name for name in old if old[name] != new[name]} == {"xl/worksheets/sheet1.xml"}
    expected = old["xl/worksheets/sheet1.xml"].decode()
    for was, now in (('<c r="C2"><v>1.5</v></c>', '<c r="C2"/>'),
                     ('<c r="C3"><v>7</v></c>', '<c r="C3"><v>8.25</v></c>'),
                     ('<c r="B3" s="1" t="s"><v>9</v></c>', '<c r="B3" s="1" t="inlineStr"><is>'
                      '<t xml:space="preserve">It\'s &lt;b&gt; &amp; ü </t></is></c>'),
                     ('<c r="D3" s="2"><v>0.5</v></c>', '<c r="D3" s="2"><v>0.6</v></c>'),
                     ('<c r="E3" s="3"><v>46024</v></c>', '<c r="E3" s="3"><v>46346</v></c>'),
                     ('</c></row></sheetData>', '</c><c r="G3"><v>20</v></c><c r="H3" t="inlineStr">'
                      '<is><t xml:space="preserve">B2B</t></is></c></row></sheetData>')):
        assert was in expected
        expected = expected.replace(was, now)
    assert new["xl/worksheets/sheet1.xml"].decode() == expected
    row = load(str(tmp_path / "out/book.xlsx"))["products"].iloc[1]
    assert (row["name"], row["annual_spend"], row["bau_pct"]) == ("It's <b> & ü", 8.25, 60)


@pytest.mark.parametrize(("edit", "left"), [
    (Edit("products", "set", {"product_id": "P1"}, {"fte": "4"}), "book.xlsx: F2 is a formula"),
    (Edit("products", "end", {"product_id": "P1"}, {}), "products P1: a row to add or to take out"),
    (Edit.adding("products", {"product_id": "P3"}), "products P3: a row to add or to take out"),
    (Edit("products", "set", {"product_id": "P1"}, {"status": "active"}),
     "products P1, status: the workbook has no such cell")])
def test_what_a_workbook_cannot_take_is_only_listed(run, tmp_path, edit, left):
    path = tmp_path / "book.xlsx"
    path.write_bytes(book(fill))
    out = run("corrections", path, "--store", corrected(tmp_path, str(path), edit), "--out",
              tmp_path / "out")[1]
    assert out.splitlines()[1:] == [f"only in CHANGES.csv: {left}", "1 change"]
    assert [file.name for file in (tmp_path / "out").iterdir()] == ["CHANGES.csv"]


@pytest.mark.parametrize("options", [(), ("--sql", "--patch")])
def test_one_way_has_to_be_chosen(run, folder, tmp_path, options):
    code, _, error = run("corrections", folder, "--store", f"sqlite:///{tmp_path / 's.sqlite'}",
                         *options)
    assert (code, error) == (2, "orgdata: one of --out DIR, --sql, --patch and --write is "
                             "needed\n")


BOOK = sheets(Products=[["Product ID", "Name", "FTE"], ["P1", "Pay", "=1+1"], ["P2", "Ship", 3]])
PEOPLE = b"person_id,name\r\nH1,Ada\r\n"
IN_BOOK = (Edit("products", "set", {"product_id": "P2"}, {"name": "Ships", "fte": "4"}),
           Edit("products", "set", {"product_id": "P1"}, {"fte": "9"}),
           Edit("people", "set", {"person_id": "H1"}, {"name": "Eva"}))


def packed(**files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return out.getvalue()


def laid_out(kind, folder):
    folder.mkdir()
    zipped = packed(data__book_dot_xlsx=BOOK, people_dot_csv=PEOPLE, notes_dot_txt=b"mine")
    files = {"a folder with a workbook": {"book.xlsx": BOOK, "people.csv": PEOPLE},
             "a zip": {"all.zip": zipped},
             "a zip in a folder": {"all.zip": zipped, "outcomes.csv": b"outcome_id,name\nO1,Grow\n"}}
    for name, content in files[kind].items():
        (folder / name).write_bytes(content)
    return folder / "all.zip" if kind == "a zip" else folder


@pytest.mark.parametrize("kind", ["a folder with a workbook", "a zip", "a zip in a folder"])
def test_a_workbook_is_written_wherever_it_lies_but_for_its_formulas(run, tmp_path, kind):
    source = laid_out(kind, tmp_path / "source")
    store = corrected(tmp_path, str(source), *IN_BOOK)
    code, out, error = run("corrections", source, "--store", store, "--out", tmp_path / "out")
    assert (code, error) == (0, "")
    book_name = "book.xlsx" if kind.startswith("a folder") else "data/book.xlsx in all.zip"
    assert f"only in CHANGES.csv: {book_name}: C2 is a formula" in out.splitlines()
    assert out.splitlines()[-1] == "4 changes"
    made = {file.name for file in (tmp_path / "out").iterdir()}
    assert made == {"CHANGES.csv", *(("book.xlsx", "people.csv") if kind.startswith("a folder")
                                     else ("all.zip",))}
    for name in made - {"CHANGES.csv"}:
        shutil.copy(tmp_path / "out" / name, tmp_path / "source" / name)
    after = load(str(source))
    assert after["products"][["name", "fte"]].to_numpy().tolist() == [["Pay", 0], ["Ships", 4]]
    assert after["people"]["name"].tolist() == ["Eva"]
    if "zip" in kind:
        inside = parts((tmp_path / "out" / "all.zip").read_bytes())
        assert list(inside) == ["data/book.xlsx", "people.csv", "notes.txt"]
        assert inside["people.csv"] == PEOPLE.replace(b"Ada", b"Eva")
