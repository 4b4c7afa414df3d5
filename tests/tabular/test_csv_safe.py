import io

import pandas as pd

from orgdata.model.settings import Settings
from orgdata.sources import read_files
from orgdata.store.archive import to_zip
from orgdata.tabular.csv_safe import csv_bytes, unescape_formulas
from orgdata.validate import validate
from tests.csv_folders import opened

TEXT = ["=1+1", "+cmd", "-5", "- not a number", "@home", "\tx", "plain", "'quoted'", "", "-1,200"]


def test_a_text_is_no_formula_and_a_number_stays_one():
    frame = pd.DataFrame({"said": TEXT, "number": range(10)})
    written = csv_bytes(frame)
    assert written.startswith(b"\xef\xbb\xbf")
    back = pd.read_csv(io.BytesIO(written), dtype="str", keep_default_na=False, encoding="utf-8-sig")
    assert back["said"].tolist() == ["'=1+1", "'+cmd", "-5", "'- not a number", "'@home", "'\tx",
                                     "plain", "'quoted'", "", "-1,200"]
    assert unescape_formulas(back)["said"].tolist() == TEXT
    assert back["number"].tolist() == [str(number) for number in range(10)]


def test_what_is_taken_along_comes_back_as_it_was(tmp_path):
    before = opened(tmp_path, products="product_id,name,annual_spend\n=P1,+Checkout,-5\n@2,'t Huis,1\n")
    packed = to_zip(before, for_spreadsheets=True)
    after = validate(read_files("x", {"portfolio.zip": packed}, Settings()))
    pd.testing.assert_frame_equal(after["products"], before["products"])
    assert b"'=P1" not in to_zip(before)


def test_the_rows_set_aside_can_be_dropped_in_again(tmp_path):
    before = opened(tmp_path, products="product_id,name\nP1,Checkout\n,=Lost\n")
    aside = csv_bytes(before.set_aside["products"]).replace(b"2,", b"2,", 1)
    mended = aside.replace(b",,'=Lost", b",P2,'=Lost").replace(b"product_id: a value is required", b"")
    after = validate(read_files("x", {"products_set_aside.csv": mended}, Settings()))
    assert after["products"][["product_id", "name"]].to_numpy().tolist() == [["P2", "=Lost"]]
