"""What an intake says of what it found, of what it withholds, and of things with a new name."""

from orgdata.model.settings import Settings
from tests.sources.intake.test_layouts import read
from tests.sources.vendors.exports import rows

PRODUCTS = "Product,PM,Budget,Margin %\nCheckout,Ada Fisk,100,71\nApp 2,Ben Orr,200,68\n"
OKRS = ("Objective,Key result,Product,Baseline,Target,Current\nGrow,Signups,App 2,1,10,2\n"
        ",Churn,App 2,5,2,3\nLoad fast,Seconds,Checkout,5,2,3\n")


def test_a_list_of_goals_is_counted_by_what_it_holds():
    found = read(products=PRODUCTS, okrs=OKRS)
    assert {one.place: one.what for one in found.intake.found} == {
        "products.csv": "2 products", "okrs.csv": "2 objectives with 3 key results"}
    alone = read(goals="Objective,Owner\nGrow,Ada Fisk\nLoad fast,Ben Orr\n")
    assert [one.what for one in alone.intake.found] == ["2 objectives"]


def test_a_confidential_column_is_named_without_what_it_holds_and_read_only_if_somebody_says_so():
    def margin(settings=None):
        portfolio = read(settings, products=PRODUCTS)
        column = next(one for one in portfolio.intake.columns if one.name == "Margin %")
        shown = any("Margin %" in export.records for export in portfolio.exports)
        return column.meaning, column.withheld, column.examples, shown

    withheld = ("", "it looks confidential", (), False)
    assert margin() == withheld
    assert margin(Settings(answers={"column: Margin %": "none"})) == withheld
    assert margin(Settings(answers={"column: Margin %": "bau_pct"})) == (
        "bau_pct", "", ("71", "68"), True)


def test_a_product_with_a_new_name_keeps_its_goals():
    before = read(products=PRODUCTS.replace("App 2", "App"), okrs=OKRS.replace("App 2", "App"))
    renamed = Settings(same={"products": {"App 2": "App"}})
    for okrs in (OKRS, OKRS.replace("App 2", "App")):  # which may still have the old one
        after = read(renamed, products=PRODUCTS, okrs=okrs)
        assert rows(after, "products", "product_id name") == [
            ("Checkout", "Checkout"), ("App", "App 2")]
        for table, key in (("objectives", "objective_id product_id"), ("key_results", "kr_id")):
            assert rows(after, table, key) == rows(before, table, key)
    alone = read(renamed, okrs=OKRS)
    assert rows(alone, "objectives", "product_id") == [("App",), ("Checkout",)]
