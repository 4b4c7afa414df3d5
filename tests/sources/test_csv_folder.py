"""A folder of CSV files: which file is which table, and what stands in the way."""

import pytest

from orgdata.load import load
from orgdata.model.settings import SettingsError
from orgdata.sources import SourceError
from tests.csv_folders import findings, opened, write
from tests.sources.vendors.test_betterworks import GOAL, HEADER

PRODUCTS = "product_id,name\nP1,A\n"
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"


def _error(source, settings=None) -> str:
    with pytest.raises(SourceError) as error:
        load(str(source), settings)
    assert "\n" not in str(error.value)
    return str(error.value)


def test_sources_that_cannot_be_read_at_all(tmp_path):
    assert "does not exist; expected a folder of CSV files" in _error(tmp_path / "none")
    assert "holds no CSV file; expected files such as products.csv" in _error(tmp_path)
    (tmp_path / "notes.txt").write_text("x")
    assert "holds no CSV file" in _error(tmp_path)
    assert "holds none of our tables and no export we know" in _error(tmp_path / "notes.txt")
    write(tmp_path, budget="a,b\n1,2\n")
    assert "no export we know (budget.csv has the columns a, b)" in _error(tmp_path)


@pytest.mark.parametrize(("content", "said"), [
    (PNG, "products.csv: this is an image (PNG), not a CSV file"),
    (b"", "products.csv: the file is empty; expected a header row")])
def test_the_only_file_cannot_be_read(tmp_path, content, said):
    assert said in _error(write(tmp_path, products=content))


def test_one_file_of_several_cannot_be_read(tmp_path):
    portfolio = opened(tmp_path, products=PRODUCTS, people=PNG)
    assert findings(portfolio.problems) == [("error", "people", None, None, "unreadable")]
    assert list(portfolio.counts) == ["products"]
    assert portfolio.problems["message"].tolist() == [
        "people.csv: this is an image (PNG), not a CSV file; the table is not loaded"]


def test_a_folder_that_bears_the_name_of_a_file(tmp_path):
    (tmp_path / "people.csv").mkdir()
    portfolio = opened(tmp_path, products=PRODUCTS)
    assert findings(portfolio.problems) == [("error", "people", None, None, "unreadable")]


@pytest.mark.parametrize("name", ["products.csv", "Products.CSV", " PRODUCTS .csv", "products.tsv"])
def test_names_are_compared_normalised(tmp_path, name):
    (tmp_path / name).write_text(PRODUCTS)
    assert load(str(tmp_path))["products"]["product_id"].tolist() == ["P1"]


@pytest.mark.parametrize("name", ["Key Results.csv", "key-results.csv", "KEY_RESULTS.csv"])
def test_spaces_and_hyphens_are_underscores(tmp_path, name):
    (tmp_path / name).write_text("kr_id,objective_id,title\nK1,J1,A\n")
    assert len(load(str(tmp_path))["key_results"]) == 1


def test_two_files_for_one_table(tmp_path):
    (tmp_path / "Products.csv").write_text("product_id,name\nP2,B\nP3,C\n")
    portfolio = opened(tmp_path, products=PRODUCTS)
    assert findings(portfolio.problems) == [
        ("warning", "products", None, None, "unknown_table")]
    assert portfolio.problems["message"].tolist() == [
        "products.csv: Products.csv has the same name and was read instead; "
        "this one was left out"]


def test_settings_name_the_files(tmp_path):
    portfolio = opened(tmp_path, '[tables]\nproducts = "Dim Product"\n', products="x\n1\n",
                       dim_product=PRODUCTS)
    assert portfolio["products"]["product_id"].tolist() == ["P1"]
    assert findings(portfolio.problems) == [
        ("information", "products", None, None, "unknown_table")]


@pytest.mark.parametrize("more", range(3))
def test_next_weeks_file_is_known_by_its_header_wherever_its_start_is_cut(tmp_path, more):
    """The start of a large file may end in the middle of a letter."""
    settings = '[tables]\nproducts = "Woche 13"\n[columns.products]\nproduct_id = "Kürzel"\n' \
               'name = "Träger"'
    rows = "".join(f"P{number},{'ä' * 50}\n" for number in range(999))
    portfolio = opened(tmp_path, settings, woche_14=f"Kürzel,Träger\nP,{'x' * more}y\n{rows}")
    assert len(portfolio["products"]) == 1_000


def test_a_named_settings_file_wins_over_the_one_beside_the_data(tmp_path):
    source = write(tmp_path / "data", 'currency = "EUR"', products=PRODUCTS)
    other = tmp_path / "other.toml"
    other.write_text('currency = "USD"')
    assert load(source).settings.currency == "EUR"
    assert load(source, str(other)).settings.currency == "USD"
    with pytest.raises(SettingsError, match=r"none\.toml does not exist"):
        load(source, str(tmp_path / "none.toml"))


def test_header_only_is_a_table_without_rows(tmp_path):
    portfolio = opened(tmp_path, products="product_id,name\n")
    assert portfolio.counts["products"].read == 0
    assert findings(portfolio.problems) == []


def test_blank_rows_are_not_counted(tmp_path):
    portfolio = opened(tmp_path, products="product_id,name\n\nP1,A\n,\n  , \nP2,\n\n")
    count = portfolio.counts["products"]
    assert (count.read, count.loaded, count.set_aside) == (2, 1, 1)
    assert findings(portfolio.problems) == [("error", "products", 6, "name", "missing_required")]


def test_an_export_beside_our_tables_is_read_too(tmp_path):
    write(tmp_path, "[same.people]\n\"ada@example.com\" = \"H1\"\n", people="person_id,name\nH1,Ada Park\n",
          from_betterworks=HEADER + GOAL, notes="a,b\n1,2\n")
    portfolio = load(str(tmp_path))
    assert portfolio.recognised_as == "betterworks"
    assert portfolio["people"][["person_id", "name", "email"]].to_numpy().tolist() == [
        ["H1", "Ada Park", "Ada@Example.com"]]
    assert portfolio["objectives"]["owner_id"].tolist() == ["H1"]
    assert [one[1] for one in findings(portfolio.problems) if one[4] == "unknown_table"] == ["notes"]


def test_where_no_file_has_a_name_we_know_its_columns_tell(tmp_path):
    portfolio = opened(tmp_path, dim_product=PRODUCTS, budget="a,b\n1,2\n")
    assert portfolio.recognised_as == "csv folder"
    assert portfolio["products"]["product_id"].tolist() == ["P1"]
    assert portfolio.problems["message"].tolist() == [
        "budget: not one of our tables; it was left out"]


def test_an_export_that_the_settings_read_as_a_table_is_read_as_what_it_is(tmp_path):
    (tmp_path / "goals.csv").write_text(HEADER + GOAL)
    (tmp_path / "settings.toml").write_text('[tables]\nobjectives = "goals"\n[columns.objectives]\nobjective_id = "name"\ntitle = "name"\n')
    portfolio = load(str(tmp_path))
    assert portfolio.recognised_as == "betterworks"
    assert portfolio.problems.query("code == 'unknown_table'")["message"].tolist() == [
        "goals.csv: the settings read objectives from it, but it is a Betterworks export and is read as that; "
        "to have it read as they say, name it objectives"]


def test_other_peoples_lists_beside_our_tables_are_read(tmp_path):
    write(tmp_path, products="product_id,name\nP1,Checkout\nP2,Search\n", outcomes="outcome_id,name\nO1,Grow revenue\n",
          team_goals="Objective,Key result,Product,Owner,Baseline,Target,Current\nPay faster,Paid in a day,Checkout,Ada Fisk,1,9,4\n",
          bets="Product,PM,Company goal\nSearch,Ben Orr,Grow revenue\n", notes="a,b\n1,2\n",
          products_2025="product_id,name\nP9,Old one\n")
    portfolio = load(str(tmp_path))
    assert [(count.read, count.loaded) for count in (portfolio.counts["objectives"], portfolio.counts["key_results"])] == [
        (1, 1), (1, 1)]
    assert portfolio["objectives"][["title", "product_id"]].to_numpy().tolist() == [["Pay faster", "P1"]]
    assert portfolio["contributions"][["product_id", "outcome_id"]].to_numpy().tolist() == [["P2", "O1"]]
    assert portfolio["assignments"][["product_id", "person_id"]].to_numpy().tolist() == [["P2", "Ben Orr"]]
    assert sorted(portfolio["products"]["product_id"]) == ["P1", "P2"]
    assert [one.place for one in portfolio.intake.found] == ["bets.csv", "team_goals.csv"]
    assert sorted(one[1] for one in findings(portfolio.problems) if one[4] == "unknown_table") == ["notes", "products_2025"]
