"""Tables in canonical form: no cell is lost, twice changes nothing, and a change is a line."""

import csv
import io
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgdata.demo import DEMO
from orgdata.model.schema import TABLES
from orgdata.sources.text.canonical import canonical
from orgdata.sources.text.delimited import NotDelimitedText
from tests.csv_folders import write

PRODUCTS = TABLES["products"]
CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8) | st.text(
    st.sampled_from("P120 ,;\t|\"'\r\n=+-\u2028\ufeff"), max_size=6)
ROWS = st.lists(st.lists(CELLS, min_size=4, max_size=4), max_size=7)
HEADER = ["Ünsere, Notiz", "name", "odd;", "Product ID"]


def file_of(rows, header=HEADER, delimiter=",", end="\r\n", quoting=csv.QUOTE_ALL):
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator=end, quoting=quoting).writerows([header, *rows])
    return out.getvalue().encode("utf-8-sig")


def cells_in(content):
    header, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    return Counter(tuple(sorted(zip(header, row, strict=True))) for row in rows if any(map(str.strip, row)))


@given(ROWS, st.sampled_from(["\n", "\r\n"]))
def test_no_cell_is_lost_and_twice_changes_nothing(rows, end):
    content = file_of(rows, end=end)
    once = canonical(content, PRODUCTS, {})
    assert cells_in(once) == cells_in(content)
    assert canonical(once, PRODUCTS, {}) == once
    assert next(csv.reader(io.StringIO(once.decode())))[:2] == ["Product ID", "name"]


@given(ROWS, st.randoms())
def test_of_one_key_each_it_does_not_depend_on_the_order_of_rows(rows, random):
    rows = list({row[3].strip(): row for row in rows}.values())
    shuffled = random.sample(rows, len(rows))
    assert canonical(file_of(rows), PRODUCTS, {}) == canonical(file_of(shuffled), PRODUCTS, {})


@pytest.mark.parametrize(("table", "before", "after"), [
    ("products", "name;product_id\r\nB;P10\r\n\"A\";P2\r\n", "product_id,name\nP2,A\nP10,B\n"),
    ("products", "\ufeffproduct_id,name\n\n,\nP1,\"a, b\"\n", 'product_id,name\nP1,"a, b"\n'),
    ("products", "sep=|\nproduct_id|name|\nP1|a|\n", "product_id,name\nP1,a\n"),
    ("products", "product_id,name\nP1\n", "product_id,name\nP1,\n"),
    ("products", "product_id,name\nP1,b\nP1,a\n", "product_id,name\nP1,b\nP1,a\n"),  # the first counts
    ("products", '"product_id","name"\n"P1","\'=1+1"\n', '"product_id",name\nP1,\'=1+1\n'),
    ("check_ins", "date,kr_id,note\n2026-01-09,K2,y\n2026-01-02,K2,x\n2026-01-03,K1,z\n",
     "kr_id,date,note\nK1,2026-01-03,z\nK2,2026-01-02,x\nK2,2026-01-09,y\n"),
    ("products", "Größe,product_id,name\n1,P1,é\n".encode("cp1252"), "product_id,name,Größe\nP1,é,1\n")])
def test_canonical_form(run, tmp_path, table, before, after):
    source = write(tmp_path, **({"key_results": "kr_id,title,objective_id\nK1,a,J1\nK2,b,J1\n",
                                 "objectives": "objective_id,title\nJ1,c\n"} if table == "check_ins" else {}),
                   **{table: before})
    assert run("format", source)[::2] == (0, "")
    file = tmp_path / f"{table}.csv"
    assert file.read_bytes().decode() == after
    assert "0 files changed" in run("format", source)[1]
    assert file.read_bytes().decode() == after


def test_it_says_what_it_changed_and_what_it_left(run, tmp_path):
    source = write(tmp_path, products="product_id,name\nP2,A\nP1,B\n", people="person_id,name\r\nH1,A\r\n",
                   outcomes="outcome_id,name\nO1,A\n", notes="a,b\n1,2\n")
    assert run("format", source) == (0, (
        f"written: {source}/people.csv (2 lines changed)\n"
        f"written: {source}/products.csv (lines in another order)\n"
        "left as it is: notes.csv, no table of ours\n"
        "2 files changed, 1 in canonical form already\n"), "")


@pytest.mark.parametrize(("settings", "tables", "said"), [
    ("", {"products": "Our products,,\nproduct_id,name\nP1,A\n"}, "there are rows above its header"),
    ("", {"products": "product_id,name\nP1,A,left over\n"}, "a row has 3 cells, the header 2: P1,A,left over"),
    ("", {"products": 'product_id,name\nP1,"A\n'}, "line 2: unexpected end of data"),
    ("", {"products": 'product_id,name\nP1,"A"B\n'}, "expected after"),
    ("", {"products": b"\x89PNG\r\n\x1a\n\0"}, "this is an image (PNG)"),
    ("", {"products": b"product_id,name\nP1,A\n", "people": b"\x89PNG"}, "an image (PNG)"),
    ("", {"check_ins": "kr_id,date,value\nK1,2026-11-02,1\nK1,02 Nov 2026,2\n",
          "key_results": "kr_id,title,objective_id\nK1,a,J1\n",
          "objectives": "objective_id,title\nJ1,c\n"}, "check_ins: it would not be read the same")])
def test_what_it_refuses_and_then_writes_nothing(run, tmp_path, settings, tables, said):
    source = write(tmp_path, settings, outcomes="name,outcome_id\nA,O1\n", **tables)
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    code, out, error = run("format", source)
    assert (code, out, error.count("\n")) == (2, "", 1)
    assert said in error
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_tables_under_other_names(run, tmp_path):
    write(tmp_path, '[tables]\nproducts = "things"\n[columns.products]\nname = "called"\n',
          things="called,product_id\nB,P2\nA,P1\n")
    assert run("format", tmp_path)[0] == 0
    assert (tmp_path / "things.csv").read_text() == "product_id,called\nP1,A\nP2,B\n"


def test_the_demo_reads_the_same(run, tmp_path):
    for path in DEMO.iterdir():
        if path.is_file():
            (tmp_path / path.name).write_bytes(path.read_bytes())
    report = run("report", tmp_path, "--as-of", "2026-11-20")
    assert run("format", tmp_path)[0] == 0
    assert run("report", tmp_path, "--as-of", "2026-11-20") == report


def test_only_a_folder_of_tables(run, tmp_path):
    file = write(tmp_path, products="product_id,name\nP1,A\n") + "/products.csv"
    assert run("format", file) == (2, "", f"orgdata: {file} is no folder of CSV files\n")


def test_other_files_are_no_such_texts():
    with pytest.raises(NotDelimitedText, match="empty"):
        canonical(b"\n", PRODUCTS, {})
