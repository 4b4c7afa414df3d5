"""The Focus page, and where the work goes on My product."""

from tests.pages.conftest import table_rows, text_of

WHO = "Who asked for what was outside"


def _title(app):
    return app.title[0].value.replace("\u00a0", " ").replace("\\", "")


def test_the_answer_the_shares_and_who_asked(opened):
    app = opened("focus")
    assert _title(app) == (
        "43 % of the work of the last 12 weeks was for objectives, 21 % agreed running, 32 % outside, "
        "4 % unknown.")
    assert [one.value for one in app.metric] == ["43 %", "21 %", "32 %", "4 %"]
    assert table_rows(app, WHO) == ["Sales | 29 % 29.0 | 17 17.0", "Support | 3 % 3.0 | 2 2.0"]
    assert len(table_rows(app, "Where the work of each product goes")) == 4


def test_the_shorter_period_is_in_the_address(opened):
    app = opened("focus", weeks="4 weeks")
    assert "last 4 weeks" in app.title[0].value
    assert len(table_rows(app, "Where the work went, four weeks at a time")) == 3


def test_filters_narrow_the_list_and_not_the_shares(opened):
    app = opened("focus", area="Fulfilment")
    assert app.metric[0].value == "43 %"
    assert len(table_rows(app, "Where the work of each product goes")) < 4


def test_without_work_it_says_which_three_columns_would_show_it(opened, tmp_path):
    (tmp_path / "products.csv").write_text("product_id,name\nP1,Checkout\n")
    app = opened("focus", tmp_path)
    assert _title(app) == "No work is loaded yet, so nobody can tell where it goes."
    assert "a sheet with three columns: the product, the day it was done, and its kind" in text_of(app)
    assert "Jira, Linear, Asana, GitHub Projects, Azure DevOps" in text_of(app)


def test_what_a_product_manager_can_show_to_say_no(opened):
    app = opened("my_product", product="P12")
    assert "of the work of the last 12 weeks was for objectives" in text_of(app)
    assert [row.split(" | ")[0] for row in table_rows(app, "Where the work goes")] == [
        "Last 4 weeks", "Last 12 weeks"]
    assert table_rows(app, WHO)[0].startswith("Sales")
    assert not table_rows(opened("my_product", product="P01"), WHO)
