"""Several files as one source, and folders in which there is more than CSV files."""

import json
import os
from pathlib import Path

import pytest

from orgdata.demo import DEMO
from orgdata.load import load
from orgdata.model.settings import SettingsError
from orgdata.sources import SourceError, confined, limits, read_source, settings_place
from orgdata.store import source_key
from tests.csv_folders import findings, write
from tests.sources.workbooks import sheets, zipped

PRODUCTS = "product_id,name\nP1,A\n"
OUTCOMES = [["outcome_id", "name"], ["O1", "Grow"]]
PEOPLE = "person_id,name\nH1,Ada\n"


@pytest.fixture
def mixed(tmp_path) -> Path:
    """A folder with a CSV file, a workbook and a zip, and what is none of these."""
    folder = Path(write(tmp_path / "mixed", 'currency = "EUR"', products=PRODUCTS))
    (folder / "Goals.xlsx").write_bytes(sheets(outcomes=OUTCOMES))
    (folder / "team.ZIP").write_bytes(zipped({"people.csv": PEOPLE}))
    (folder / "~$Goals.xlsx").write_bytes(b"open in Excel")
    (folder / "notes.txt").write_text("product_id,name\nP9,Z\n")
    return folder


def counts(portfolio) -> dict[str, int]:
    return {name: count.loaded for name, count in portfolio.counts.items()}


def test_a_folder_with_any_mix_of_files(mixed):
    portfolio = load(str(mixed))
    assert counts(portfolio) == {"outcomes": 1, "products": 1, "people": 1}
    assert (portfolio.source, portfolio.recognised_as) == (str(mixed), "3 files")
    assert portfolio.settings.currency == "EUR"
    assert portfolio.settings.file == str(mixed / "settings.toml")
    assert findings(portfolio.problems) == []


def test_several_files_are_the_same(mixed):
    files = tuple(str(mixed / name) for name in ("products.csv", "Goals.xlsx", "team.ZIP"))
    portfolio = load(files)
    assert counts(portfolio) == counts(load(str(mixed)))
    assert (portfolio.source, portfolio.recognised_as) == (
        "products.csv, Goals.xlsx and team.ZIP", "3 files")
    assert portfolio.settings.currency == "EUR"  # beside the first


def test_what_is_packed_is_read_in_a_process_of_its_own(mixed, monkeypatch):
    read = []

    def read_confined(name, content, alone):
        read.append(name)
        raise SystemExit
    monkeypatch.setattr(confined, "read_confined", read_confined)
    for source in (str(mixed), (str(mixed / "products.csv"), str(mixed / "Goals.xlsx"))):
        with pytest.raises(SystemExit):
            load(source)
    assert read == ["Goals.xlsx", "Goals.xlsx"]


@pytest.mark.parametrize("more", [{}, {"goals.xlsx": b"no workbook"}], ids=["csv", "mixed"])
def test_what_leads_out_of_a_folder_is_left_out_and_said(more, tmp_path):
    folder, other = tmp_path / "handed", tmp_path / "other.csv"
    (folder / "within").mkdir(parents=True)
    for name, content in more.items():
        (folder / name).write_bytes(content)
    other.write_text("person_id,name\nqzsecret,qz\n")
    (folder / "within" / "p.csv").write_text("product_id,name\nP1,A\n")
    (folder / "products.csv").symlink_to("within/p.csv")
    (folder / "people.csv").symlink_to(other)
    (folder / "outcomes.csv").symlink_to("/dev/zero")
    (folder / "work.csv").symlink_to("nowhere/../../away.csv")
    os.mkfifo(folder / "assignments.csv")
    (tmp_path / "link").symlink_to(folder)
    for source in (folder, tmp_path / "link"):
        read = read_source(str(source))
        assert [*read.tables] == ["products"]
        said = read.problems[read.problems["code"] == "unreadable"]["message"].tolist()
        assert said[-4:] == ["assignments.csv: a device or a pipe, which is not read"] + [
            f"{name}.csv: a link that leads out of the folder, which is not read"
            for name in ("outcomes", "people", "work")]
        assert "qz" not in str(said)
    (folder / "products.csv").unlink()
    with pytest.raises(SourceError, match=r"people\.csv: a link that leads out"):
        read_source(str(folder))
    (tmp_path / "alone.csv").symlink_to(other)  # who names a link means what it leads to
    assert read_source(str(tmp_path / "alone.csv")).tables["people"].frame["name"].tolist() == ["qz"]


def test_settings_that_lead_out_of_the_folder_are_not_read(mixed, tmp_path):
    (mixed / "settings.toml").rename(mixed / "own.toml")
    (mixed / "settings.toml").symlink_to("own.toml")
    assert load(str(mixed)).settings.currency == "EUR"
    (mixed / "own.toml").rename(tmp_path / "other.toml")
    (mixed / "settings.toml").unlink()
    (mixed / "settings.toml").symlink_to(tmp_path / "other.toml")
    for source in (str(mixed), str(mixed / "products.csv"), (str(mixed / "products.csv"),)):
        with pytest.raises(SettingsError, match="a link that leads out of the folder, which is not read"):
            load(source)
    files = (str(mixed / "products.csv"), str(mixed / "settings.toml"))  # who names it means it
    assert load(files).settings.currency == "EUR"


def test_a_settings_file_may_be_one_of_them(mixed, tmp_path):
    (tmp_path / "settings.toml").write_text('currency = "USD"')
    files = (str(mixed / "products.csv"), str(tmp_path / "settings.toml"))
    assert load(files).settings.currency == "USD"
    assert settings_place(files) == tmp_path / "settings.toml"
    with pytest.raises(SourceError, match="holds no file of tables"):
        load((files[1], files[1]))


def test_settings_in_a_zip_count_where_none_lie_beside_it(mixed):
    (mixed / "settings.toml").unlink()
    (mixed / "team.ZIP").write_bytes(zipped({"people.csv": PEOPLE, "settings.toml": 'currency = "GBP"'}))
    assert load(str(mixed)).settings.currency == "GBP"


def test_files_of_one_name_keep_apart(tmp_path):
    one, other = (write(tmp_path / name, products=f"product_id,name\n{name},{name}\nP1,One\n") for name in "ab")
    portfolio = load((f"{one}/products.csv", f"{other}/products.csv"))
    assert portfolio["products"]["product_id"].tolist() == ["a", "P1", "b"]
    assert f"{other}/products.csv: 1 new row" in portfolio.problems["message"][0]


@pytest.mark.parametrize(("content", "said"), [
    (b"PK\x03\x04", "it is damaged or cut off"), (b"\xd0\xcf\x11\xe0", "an old Excel workbook")])
def test_one_that_cannot_be_read_is_a_problem(mixed, content, said):
    (mixed / "Goals.xlsx").write_bytes(content)
    portfolio = load(str(mixed))
    assert counts(portfolio) == {"products": 1, "people": 1}
    assert findings(portfolio.problems) == [("error", "Goals.xlsx", None, None, "unreadable")]
    assert said in portfolio.problems["message"][0]


def test_one_that_is_too_large_is_a_problem_and_not_read(mixed, monkeypatch):
    monkeypatch.setattr(limits, "FILE", 1_000)
    (mixed / "people.csv").write_bytes(b"x" * 1_001)
    portfolio = load((str(mixed / "products.csv"), str(mixed / "people.csv")))
    assert counts(portfolio) == {"products": 1}
    assert portfolio.problems["message"].str.contains("at most 1,000 bytes of a single file").all()
    with pytest.raises(SourceError, match="at most 1,000 bytes of a single file are read"):
        load((str(mixed / "people.csv"), str(mixed / "people.csv")))


def test_csv_files_alone_have_no_limit(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "FILE", 1)
    monkeypatch.setattr(limits, "CELLS", 1)
    assert counts(load(write(tmp_path, products=PRODUCTS))) == {"products": 1}


@pytest.mark.parametrize(("other", "said"), [
    ("none.csv", "none.csv does not exist"), ("", ", a folder, is read alone; several sources are files"),
    ("sqlite:///x.db", "a database is read alone"),
    ("postgresql:/u:s3cret@h/d", "the source is no file or folder that exists")])
def test_several_sources_are_files(mixed, other, said):
    files = (str(mixed / "products.csv"), other if ":" in other else str(mixed / other))
    with pytest.raises(SourceError) as error:
        load(files)
    assert said in str(error.value)
    assert "s3cret" not in str(error.value)


@pytest.mark.parametrize("command", [
    ["check"], ["report", "--as-of", "2026-11-20"], ["snapshot", "--as-of", "2026-11-20"],
    ["digest", "--as-of", "2026-11-20"], ["export", "--kind", "weekly"]])
def test_every_command_takes_several_files(run, tmp_path, command):
    files = sorted(DEMO.glob("*.csv"))
    store = ["--store", f"sqlite:///{tmp_path}/s.db"] if command[0] in ("snapshot", "digest") else []
    out = ["--out", tmp_path / "x.md"] if command[0] == "export" else []
    code, said, error = run(*command[:1], *files, *command[1:], *store, *out)
    assert (code, error) == (0, "")
    if command[0] == "report":
        expected = run("report", DEMO, *command[1:])[1]
        assert said == expected.replace(str(DEMO), "assignments.csv, check_ins.csv, "
                                        f"contributions.csv and {len(files) - 3} more")


def test_the_source_of_the_environment_is_one_whatever_it_holds(run, tmp_path, monkeypatch):
    monkeypatch.setenv("ORGDATA_SOURCE", write(tmp_path / "our own data", products=PRODUCTS))
    code, said, _ = run("check", "--format", "json")
    assert code == 0
    assert json.loads(said)["source"] == str(tmp_path / "our own data")


def test_several_files_are_one_source_of_a_store(tmp_path):
    one, other = str(tmp_path / "a.csv"), str(tmp_path / "b.csv")
    assert source_key((other, one)) == source_key((one, other)) == f"{one} + {other}"
    assert source_key((one,)) == source_key(one)


@pytest.mark.parametrize("beside", [(), ("products.csv",)], ids=["alone", "beside another"])
def test_a_file_whose_name_is_no_text_is_one_clear_line(tmp_path, beside):
    name = os.fsdecode(b"caf\xe9.csv")
    for file in (name, *beside):
        (tmp_path / file).write_text("product_id,name\nP1,Search\n")
    for source in (str(tmp_path), [str(tmp_path / one) for one in (*beside, name)]):
        with pytest.raises(SourceError, match=r"the name of the file caf\S+ is no text"):
            load(source)
