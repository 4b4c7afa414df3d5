"""Next week's file, and one more of the same columns, are read as the settings say of the first."""

import pytest

from orgdata.load import load
from orgdata.model.settings import Settings, parse_settings
from orgdata.model.settings_text import to_toml
from orgdata.sources import read_files
from orgdata.sources.layouts import follow_dated_columns, follow_renamed_sheets, same_layout_as
from orgdata.validate import validate
from tests.csv_folders import write

FLAT = "KR,Goal,Team,Lead,Now\nSignups,Grow,Checkout,Ada,4\nChurn,Keep,Search,Bo,2\n,,,,9\n"
NEWS = "KR,Goal,Team,Lead,Now\nSignups,Grow,Checkout,Ada,5\nSpeed,Keep,Search,Bo,1\n,,,,9\n"
SAYS = {"tables": dict.fromkeys(("people", "products", "assignments", "objectives", "key_results"),
                                "okrs"),
        "columns": {"people": {"person_id": "Lead", "name": "Lead"},
                    "products": {"product_id": "Team", "name": "Team"},
                    "assignments": {"product_id": "Team", "person_id": "Lead"},
                    "objectives": {"objective_id": "Goal", "title": "Goal", "product_id": "Team"},
                    "key_results": {"kr_id": "KR", "objective_id": "Goal", "title": "KR",
                                    "current": "Now"}},
        "fixed": {"assignments": {"role": "accountable"}}}


def read(**files):
    return validate(read_files("mine", {name: content.encode() for name, content in files.items()},
                               parse_settings(SAYS)))


def values(portfolio):
    return dict(zip(portfolio["key_results"]["title"], portfolio["key_results"]["current"],
                    strict=True))


def test_next_weeks_file_needs_no_question():
    settings = Settings(tables={"products": "okrs-13", "people": "staff"},
                        columns={"products": {"product_id": "Team"}, "people": {"name": "Who"}})
    found = follow_renamed_sheets(settings, {"staff": ["Who"], "notes": ["x"], "okrs-20": ["TEAM", "x"]})
    assert found.tables == {"products": "okrs-20", "people": "staff"}
    assert follow_renamed_sheets(settings, {"staff": ["Who"], "notes": ["x"]}) == settings


def test_only_the_same_columns_make_a_sheet_one_of_its_kind():
    settings = Settings(tables={"objectives": "okrs"}, columns={"objectives": {"title": "Title"}})
    sheets = {"okrs": ["Title", "Team"], "more": ["team", "TITLE"], "staff": ["Title", "Name"],
              "people": ["Title", "Team"], "ours": ["product_id", "name"]}
    assert same_layout_as(settings, sheets) == {"more": "okrs"}


@pytest.mark.parametrize("second", ["next.csv", "okrs.csv (2)"])
def test_one_more_file_of_the_same_columns_updates_the_first(second):
    portfolio = read(**{"okrs.csv": FLAT, second: NEWS})
    assert values(portfolio) == {"Signups": 5, "Churn": 2, "Speed": 1}
    assert not portfolio.set_aside.keys() - {"key_results"}
    assert [[one.count(disposition) for disposition in ("used", "merged", "set_aside")]
            for one in portfolio.exports] == [[1, 1, 1], [2, 0, 1]]


def test_the_same_file_twice_is_merged_record_by_record():
    portfolio = read(**{"okrs.csv": FLAT, "again.csv": FLAT})
    assert values(portfolio) == values(read(**{"okrs.csv": FLAT}))
    assert [[one.count(disposition) for disposition in ("used", "merged", "set_aside")]
            for one in portfolio.exports] == [[2, 0, 1], [0, 2, 1]]


def test_how_another_file_is_mapped_says_nothing_of_our_own_table():
    portfolio = read(**{"okrs.csv": FLAT, "products.csv": "product_id,name,fte\nSearch,Find,3\n"})
    assert set(portfolio["products"]["name"]) == {"Checkout", "Find"}
    assert not (portfolio.problems["level"] == "warning").any()


@pytest.mark.parametrize("name", ["okrs", "okrs-next"])
def test_settings_of_the_data_page_read_the_same_from_a_folder(tmp_path, name):
    page = read(**{"okrs.csv": FLAT, "products.csv": "product_id,name\nSearch,'=Find\n"})
    (tmp_path / f"{name}.csv").write_text(FLAT)
    (tmp_path / "products.csv").write_text("product_id,name\nSearch,'=Find\n")
    (tmp_path / "settings.toml").write_text(to_toml(parse_settings(SAYS)))
    folder = load(str(tmp_path))
    assert (folder.counts, folder.recognised_as) == (page.counts, "spreadsheet")
    assert all(folder[table].equals(page[table]) for table in page.counts)


def test_columns_with_another_date_are_read_as_last_weeks():
    settings = Settings(tables={"key_results": "OKRs 27 Nov", "objectives": "OKRs 27 Nov"}, columns={
        "key_results": {"title": "KR", "status": "Status 27 Nov", "current": "Now (27.11.)"}})
    week = ["KR", "Status 4 Dec", "Now (4.12.)"]
    assert follow_dated_columns(settings, week).columns == {
        "key_results": {"title": "KR", "status": "Status 4 Dec", "current": "Now (4.12.)"}}
    assert follow_renamed_sheets(settings, {"OKRs 4 Dec": week}).tables["key_results"] == "OKRs 4 Dec"
    assert same_layout_as(settings, {"OKRs 27 Nov": ["KR", "Status 27 Nov"], "x": ["kr", "status 4 dec"]}) == {
        "x": "OKRs 27 Nov"}


@pytest.mark.parametrize("columns", [
    ["KR", "Status 27 Nov", "Status 4 Dec"], ["KR", "Status 4 Dec", "Status 11 Dec"], ["KR", "4 Dec"]])
def test_a_column_of_another_date_is_not_guessed(columns):
    settings = Settings(columns={"key_results": {"status": "Status 27 Nov"}})
    assert follow_dated_columns(settings, columns) == settings


def test_next_weeks_table_under_our_name_is_read_by_this_weeks_mapping(tmp_path):
    write(tmp_path, products="product_id,name,Stage 4 Dec\nP1,Checkout,GA\n",
          settings='[columns.products]\nlifecycle_stage = "Stage 27 Nov"\n')
    found = load(str(tmp_path))
    assert found["products"]["lifecycle_stage"].tolist() == ["GA"]
    assert not len(found.problems.query("code == 'unknown_column'"))
