"""Zips that are handed over: every file in them is a sheet, said to be none, or refused."""

import io
import warnings
import zipfile

import pytest

from orgdata.model.settings import Settings, SettingsError
from orgdata.sources import SourceError, limits, read_files
from orgdata.sources.sheets import UnreadableFile, settings_in, sheets_of
from orgdata.sources.zipped import is_by_product, leads_outside
from orgdata.validate import validate
from tests.csv_folders import findings
from tests.sources.workbooks import sheets, zipped

PRODUCTS = "product_id,name\nP1,A\n"
PEOPLE = "person_id,name\nH1,Ada\n"


def names(content: bytes, alone: bool = True) -> list[tuple[str, str]]:
    return [(sheet.name, sheet.table.origin) for sheet in sheets_of("x.zip", content, alone)[0]]


def said(content: bytes) -> list[str]:
    return [message for one in sheets_of("x.zip", content, True)[1] for message in one["message"]]


def refusal(content: bytes) -> str:
    with pytest.raises(UnreadableFile) as error:
        sheets_of("x.zip", content, True)
    assert "\n" not in str(error.value)
    return str(error.value)


def test_each_file_is_a_sheet_and_a_workbook_has_its_own():
    content = zipped({"products.csv": PRODUCTS, "data/People.tsv": PEOPLE.replace(",", "\t"),
                      "book.xlsx": sheets(outcomes=[["outcome_id", "name"], ["O1", "Grow"]])})
    assert names(content) == [("products", "products.csv"), ("People", "data/People.tsv"),
                              ("outcomes", "book.xlsx, sheet outcomes")]
    assert names(content, alone=False)[0] == ("products", "x.zip, products.csv")
    assert said(content) == []


def test_what_systems_put_beside_files_is_no_file():
    content = zipped({"products.csv": PRODUCTS, "__MACOSX/._products.csv": b"\0\5", "a/": "",
                      ".DS_Store": b"\0\0\0\1Bud1", "Thumbs.db": b"\xd0\xcf", "settings.toml": ""})
    assert names(content) == [("products", "products.csv")]
    assert said(content) == []


@pytest.mark.parametrize("name", ["../people.csv", "/people.csv", "a/../../people.csv",
                                  "..\\people.csv", "C:people.csv", "a\\people.csv", "a\nb.csv"])
def test_an_entry_that_leads_outside_is_refused_and_the_others_are_read(name):
    content = zipped({"products.csv": PRODUCTS, name: PEOPLE})
    assert names(content) == [("products", "products.csv")]
    (message,) = said(content)
    assert message.endswith("its name leads out of the zip; it is not loaded")


@pytest.mark.parametrize("name", ["people.csv", "a/b/people.csv", "..people.csv", "Ärmel 🧵.csv"])
def test_ordinary_names(name):
    assert not leads_outside(name)
    assert not is_by_product(name) or name.startswith(".")


@pytest.mark.parametrize(("file", "content", "why"), [
    ("logo.png", b"\x89PNG\r\n\x1a\n", "this is an image (PNG), not a CSV file"),
    ("inner.zip", zipped({"people.csv": PEOPLE}), "this is a zip inside a zip; unpack it first"),
    ("old.xls", b"\xd0\xcf\x11\xe0", "this is an old Excel workbook (.xls) or another old Office "
     "file; save it as .xlsx"),
    ("empty.csv", b"", "the file is empty; expected a header row"),
    ("cut.xlsx", sheets(a=[["x"]])[:-9], "it is damaged or cut off (File is not a zip file)")])
def test_one_file_that_cannot_be_read_is_said(file, content, why):
    assert said(zipped({"products.csv": PRODUCTS, file: content})) == [
        f"{file}: {why}; it is not loaded"]
    assert refusal(zipped({file: content})) == f"{file}: {why}"


def _twice() -> bytes:
    packed = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(packed, "w") as archive:
        warnings.simplefilter("ignore")
        for _ in range(2):
            archive.writestr("products.csv", PRODUCTS)
    return packed.getvalue()


def _flagged(content: bytes, bit: int) -> bytes:
    """A zip whose entries bear a flag, in both of their headers."""
    for signature, offset in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        at = content.index(signature) + offset
        content = content[:at] + bytes([content[at] | bit]) + content[at + 1:]
    return content


ONE = zipped({"products.csv": PRODUCTS * 99}, compression=zipfile.ZIP_DEFLATED)


@pytest.mark.parametrize(("content", "why"), [
    (zipped({}), "the zip archive holds nothing"),
    (ONE[:-30], "it is damaged or cut off (File is not a zip file)"),
    (ONE.replace(ONE[60:64], b"\0\0\0\0"), "products.csv: it is damaged (Bad CRC-32 for file "),
    (_twice(), "it holds two files called 'products.csv'"),
    (_flagged(ONE, 1), "it is encrypted; save it without a password"),
    (zipped({"products.csv": PRODUCTS}, compression=zipfile.ZIP_LZMA),
     "products.csv is compressed in a foreign way; pack it as an ordinary zip"),
    (zipped({f"{i}.csv": "" for i in range(1001)}), "it holds 1,001 files; expected at most 1,000"),
    (zipped({"xl/workbook.bin": ""}), "this is a binary Excel workbook (.xlsb); save it as .xlsx"),
    (zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}),
     "this is an OpenDocument file (.ods); save it as .xlsx or as CSV"),
    (zipped({"[Content_Types].xml": "", "word/document.xml": ""}),
     "this is an Office document, but no Excel workbook")])
def test_a_zip_that_is_not_read_says_why(content, why):
    assert refusal(content).startswith(why)


def test_a_bomb_is_refused_before_it_unpacks(monkeypatch):
    bomb = zipped({"products.csv": bytes(20 << 20)}, compression=zipfile.ZIP_DEFLATED)
    monkeypatch.setattr(zipfile.ZipFile, "open", None)
    assert refusal(bomb).startswith("products.csv unpacks to 20 MB from ")


def test_sizes_are_added_up_before_anything_is_unpacked(monkeypatch):
    content = zipped({f"{i}.csv": PRODUCTS * 999 for i in range(9)})
    monkeypatch.setattr(limits.Allowance.__init__, "__defaults__",
                        (100_000, limits.CELLS, limits.FILE))
    monkeypatch.setattr(zipfile.ZipFile, "open", None)
    assert refusal(content) == "it unpacks to more than 100,000 bytes, the most that is read"


def test_a_header_that_lies_about_the_size_does_not_help():
    size = len(PRODUCTS * 99).to_bytes(4, "little")
    content = ONE.replace(size, (10).to_bytes(4, "little"))
    assert content != ONE
    assert refusal(content).startswith("products.csv: it is damaged (Bad CRC-32")


# -- limits of tables ------------------------------------------------------------------------------

def test_a_table_larger_than_is_read_says_what_is_read(monkeypatch):
    wide = ",".join(f"c{i}" for i in range(1_001)) + "\n"
    with pytest.raises(UnreadableFile, match="it has 1,001 columns; at most 1,000 are read"):
        sheets_of("wide.csv", wide.encode())
    monkeypatch.setattr(limits, "ROWS", 2)
    with pytest.raises(UnreadableFile, match="it has 3 rows; at most 2 are read"):
        sheets_of("products.csv", (PRODUCTS + "P2,B\nP3,C\n").encode())
    monkeypatch.setattr(limits, "FILE", 1 << 20)
    with pytest.raises(UnreadableFile, match="the file has 2 MB; at most 1 MB are read"):
        sheets_of("products.csv", bytes(2 << 20))


def test_a_very_long_cell_is_kept_and_said():
    text = f"product_id,name\nP1,{'x' * 40_000}\nP2,B\n".encode()
    (sheet,), _ = sheets_of("products.csv", text)
    assert sheet.table.frame["name"].str.len().tolist() == [40_000, 1]
    assert sheet.table.problems["message"].tolist() == [
        "products.csv row 2, name: the cell holds 40,000 characters, more than the 32,767 of a "
        "workbook; it was kept whole"]


# -- settings --------------------------------------------------------------------------------------

DIM = zipped({"dim.csv": PRODUCTS.replace("product_id", "key"),
              "settings.toml": '[tables]\nproducts = "dim"\n[columns.products]\nproduct_id = "key"\n'})


def test_settings_in_a_zip_are_used_unless_others_are_given():
    read = read_files("x.zip", {"x.zip": DIM}, Settings())
    assert validate(read)["products"]["product_id"].tolist() == ["P1"]
    assert read.settings.file == "x.zip, settings.toml"
    with pytest.raises(SourceError, match="holds none of our tables"):
        read_files("x.zip", {"x.zip": DIM}, Settings(currency="EUR"))


def test_settings_far_too_long_are_not_unpacked_whole():
    content = zipped({"settings.toml": b"# " + b"no settings" * 800_000},
                     compression=zipfile.ZIP_DEFLATED)
    assert len(settings_in("x.zip", content)) == 1 << 20
    with pytest.raises(SettingsError):
        read_files("x.zip", {"x.zip": content}, Settings())


def test_settings_beside_files_are_used():
    read = read_files("mine", {"dim.csv": b"key,name\nP1,A\n", "settings.toml":
                               b'[columns.products]\nproduct_id = "key"\n[tables]\nproducts = "dim"'},
                      Settings())
    assert validate(read)["products"]["product_id"].tolist() == ["P1"]


@pytest.mark.parametrize("files", [
    {"x.zip": zipped({"a.csv": PRODUCTS, "settings.toml": '[documents]\ntemplate = "/etc/passwd"'})},
    {"products.csv": PRODUCTS.encode(), "settings.toml": b'[documents]\ntemplate = "../secret.pptx"'}])
def test_what_is_handed_over_names_no_file_of_the_server(files):
    portfolio = validate(read_files("mine", files, Settings()))
    assert portfolio.settings.template is None
    assert findings(portfolio.problems) == [
        ("information", "settings", None, "documents.template", "unknown_column")]


def test_settings_that_cannot_be_used_are_said():
    with pytest.raises(SettingsError, match=r"settings file x\.zip, settings\.toml cannot be read"):
        read_files("x.zip", {"x.zip": zipped({"a.csv": PRODUCTS, "settings.toml": "as_of = "})},
                   Settings())
