"""Several files of one portfolio: rows with the same key are one row."""

import pytest

from orgdata.model.settings import parse_settings
from orgdata.sources import SourceError, merge, read_files
from orgdata.validate import validate
from tests.csv_folders import findings
from tests.sources.vendors.exports import rows

HERE = "product_id,name,fte\nP1,Checkout,9\nP2,Search,4\n"
NEWS = "Product ID,name,fte,status\nP2,,5,active\nP3,Ads,1,planned\n"


def load(settings=None, **files):
    return validate(read_files("mine", {f"{name}.csv": content.encode()
                                        for name, content in files.items()},
                               parse_settings(settings or {})))


def products(portfolio):
    return rows(portfolio, "products", "product_id name fte status")


def test_a_later_file_updates_by_key_and_blank_cells_say_nothing():
    portfolio = load(products=HERE, news=NEWS)
    assert products(portfolio) == [("P1", "Checkout", 9, None), ("P2", "Search", 5, "active"),
                                   ("P3", "Ads", 1, "planned")]
    (merged,) = [one for one in portfolio.problems["message"] if "news" in one]
    assert merged == "news.csv: 1 new row, 1 row of products.csv changed"


def test_a_file_with_rows_of_its_own_alone_is_not_told_to_be_merged():
    portfolio = load(products=HERE, more="product_id,name\nP3,Ads\n")
    assert len(products(portfolio)) == 3
    assert "merged" not in [one[4] for one in findings(portfolio.problems)]


def test_a_sheet_that_tells_of_one_thing_in_two_places_is_not_told_to_be_merged_into_itself():
    portfolio = load(map="Product,PM,Company goal\nCheckout,Ada Park,Grow\nSearch,Ada Park,Grow\n")
    assert (len(portfolio["outcomes"]), len(portfolio["contributions"])) == (1, 2)
    assert "merged" not in [one[4] for one in findings(portfolio.problems)]


def test_rows_that_are_the_same_are_counted_beside_those_that_changed():
    portfolio = load(products=HERE, news="product_id,name,fte\nP1,,9\nP2,,5\n")
    assert "news.csv: 1 row of products.csv changed, 1 row the same as there" in portfolio.problems["message"].tolist()


def test_an_address_that_is_the_name_of_somebody_else_joins_nobody():
    people = "person_id,name,email\nbo lind,Ada Park,Bo Lind\nBo Lind,Bo Lind,\n"
    one, twice = load(people=people)["people"], load(people=people, more=people)["people"]
    assert list(one["name"]) == ["Ada Park", "Bo Lind"]
    assert twice.equals(one)


@pytest.mark.parametrize("mode", ["update", "append", "replace"])
def test_the_same_file_twice_changes_nothing(mode):
    once = load(products=HERE)
    twice = load({"merge": {"products": mode}}, products=HERE, again=HERE)
    assert products(twice) == products(once)
    assert findings(twice.problems, "error", "warning") == []


def test_append_leaves_what_is_there():
    assert products(load({"merge": {"products": "append"}}, products=HERE, news=NEWS)) == [
        ("P1", "Checkout", 9, None), ("P2", "Search", 4, None), ("P3", "Ads", 1, "planned")]


def test_replace_takes_its_place():
    portfolio = load({"merge": {"products": "replace"}}, products=HERE,
                     news=NEWS.replace("P2,,", "P2,Find,"))
    assert products(portfolio) == [("P2", "Find", 5, "active"), ("P3", "Ads", 1, "planned")]


def test_a_duplicate_in_one_file_is_still_a_problem_of_that_file():
    portfolio = load(products=HERE, news="product_id,name\nP2,Find\nP2,Look\n")
    assert products(portfolio)[1][:2] == ("P2", "Find")
    (message,) = portfolio.problems.query("code == 'duplicate_key'")["message"]
    assert message.startswith("news.csv row 3, product_id, \"P2\": an earlier row")


def test_rows_without_an_id_are_never_the_same():
    given = "product_id,outcome_id\n,O1\n"
    portfolio = load(products=HERE, contributions=given, again=given)
    assert portfolio.counts["contributions"].read == 2
    assert [(row["code"], row["row"]) for _, row in portfolio.problems.query(
        "table == 'contributions' and level == 'error'").iterrows()] == 2 * [("missing_required", 2)]


def test_ids_said_to_be_the_same_are_one_everywhere():
    portfolio = load(
        {"same": {"people": {"Ada Park": "H1"}}},
        people="person_id,name\nH1,Ada Park\n",
        roster="person_id,name,email\nAda Park,Ada Park,ada@example.com\n",
        objectives="objective_id,title,owner_id\nJ1,Grow,Ada Park\n")
    assert rows(portfolio, "people", "person_id name email") == [
        ("H1", "Ada Park", "ada@example.com")]
    assert rows(portfolio, "objectives", "owner_id") == [("H1",)]


def test_two_sheets_of_the_same_name_are_one_table():
    raw = read_files("mine", {"products.csv": HERE.encode(), "Products.tsv": b"product_id\tname\nP9\tMaps\n",
                              "notes.csv": b"a,b\n1,2\n"}, parse_settings({}))
    portfolio = validate(raw)
    assert rows(portfolio, "products", "product_id") == [("P1",), ("P2",), ("P9",)]
    assert findings(portfolio.problems, "warning") == []
    assert [one[1] for one in findings(portfolio.problems) if one[4] == "unknown_table"] == ["notes"]


def test_a_fixed_value_stands_for_a_required_column():
    portfolio = load({"fixed": {"assignments": {"role": "accountable"}}}, products=HERE,
                     people="person_id,name\nH1,Ada\n", who="product_id,person_id\nP1,H1\n")
    assert rows(portfolio, "assignments", "product_id person_id role") == [
        ("P1", "H1", "accountable")]


def test_a_row_in_many_files_has_the_last_words_and_the_number_of_the_last_change():
    portfolio = load(a="product_id,name\nP1,One\n", b="product_id,name,fte\nP0,Zero,1\nP1,,2\n",
                     c="product_id,name\nP0,\nP1,Uno\n", d="product_id,name,fte\nP1,,2\n",
                     e="name,product_id\nUno,P1\n")
    assert products(portfolio) == [("P1", "Uno", 2, None), ("P0", "Zero", 1, None)]
    assert portfolio["products"]["row"].tolist() == [3, 2]
    assert portfolio.problems["message"].tolist()[-1] == (
        "e.csv: 1 row the same as in a.csv, b.csv, c.csv and 1 more")


def test_sheets_that_agree_on_no_column_are_not_one_table():
    wide = {f"p{k}": "product_id,name" + "".join(f",x{k}_{i}" for i in range(600)) + "\nP1,x\n"
            for k in range(2)}
    with pytest.raises(SourceError, match="more than 1,000 columns together"):
        load(**wide)


def test_sheets_may_lack_most_columns_of_the_others_but_not_nearly_all(monkeypatch):
    monkeypatch.setattr(merge, "SPARSE_FROM", 10)
    own = {f"p{k}": f"product_id,name,x{k}\nP{k},A,\n" for k in range(30)}
    assert len(load(**dict(list(own.items())[:27]))["products"]) == 27
    with pytest.raises(SourceError, match="have 30 rows and 32 columns together, but 90 cells: few "):
        load(**own)
