from orgdata.upload import preview
from tests.csv_folders import opened
from tests.sources.vendors.exports import loaded
from tests.sources.vendors.test_betterworks import GOAL, HEADER, SHIPPED


def test_an_export_is_said_in_a_sentence(tmp_path):
    portfolio = loaded(tmp_path, HEADER + GOAL + SHIPPED)
    assert preview.describe_export(portfolio, portfolio.exports[0]) == (
        "export.csv is a Betterworks export: 2 people, 1 objective, 1 key result.")


def test_what_would_change_is_counted_by_key(tmp_path):
    before = opened(tmp_path / "a", products="product_id,name,fte\nP1,Checkout,9\nP2,Search,\n",
                    assignments="product_id,person_id,role\nP1,H1,pm\n",
                    check_ins="kr_id,date,value\nK1,2026-11-01,3\n")
    after = opened(tmp_path / "b", products="product_id,name,fte\nP2,Search,\nP1,Checkout,8\nP3,Ads,1\n",
                   assignments="product_id,person_id,role\nP1,H1,pm\nP1,H1,deputy\n")
    assert preview.row_changes(before, after).to_numpy().tolist() == [
        ["products", 1, 1, 0, 1], ["assignments", 1, 0, 0, 1], ["check_ins", 0, 0, 1, 0]]
    assert preview.row_changes(before, before)[["new", "changed", "gone"]].to_numpy().sum() == 0


def test_what_is_missing_on_both_sides_is_the_same_and_a_cell_that_was_cleared_is_a_change(tmp_path):
    dated = "product_id,name,role_confirmed_on,fte\nP1,A,,\nP2,B,2026-11-01,2\nP3,C,2026-11-01,2\n"
    before = opened(tmp_path / "a", products=dated)
    after = opened(tmp_path / "b", products=dated.replace("P3,C,2026-11-01,2", "P3,C,,"))
    assert preview.row_changes(before, after).to_numpy().tolist() == [["products", 0, 1, 0, 2]]
