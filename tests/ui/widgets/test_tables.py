"""Tables of a page: the columns asked for, in their order, with their labels."""

import json

import pandas as pd
import pyarrow as pa
import pytest
from streamlit.dataframe import lazy_df_source
from streamlit.testing.v1 import AppTest

from orgdata.ui.widgets import tables
from orgdata.views.vocabulary import CHECKED, COVERAGE, FRESHNESS, NOT_ASKED


def a_table():
    import pandas as pd

    from orgdata.ui.widgets import tables

    rows = pd.DataFrame({"id": ["P2", "P1"], "name": ["<b>", "=1+1"], "spend": [1.0, None],
                         "at_stake": [2.0, 3.0], "never": [None, None]}, index=[7, 3])
    tables.show(rows, "plain", "Products", {
        "spend": {**tables.MONEY, "label": "Spend"}, "name": "Product",
        "at_stake": tables.MONEY,
        "never": "Empty throughout"})
    tables.show_with_buttons(rows, "open", "Products", {"name": "Product"}, param="product", ids="id")


@pytest.fixture(scope="module")
def app():
    return AppTest.from_function(a_table).run()


def columns(frame):
    return json.loads(frame.proto.columns)


def test_columns_stand_in_the_order_asked_for_with_labels(app):
    shown = app.dataframe[0]
    assert list(shown.value) == ["spend", "name", "at_stake"]
    said = columns(shown)
    assert {name: said[name]["label"] for name in shown.value} == {
        "spend": "Spend", "name": "Product", "at_stake": "at stake"}
    assert said["spend"]["type_config"]["format"] == "compact"


def test_text_is_shown_as_it_is(app):
    assert app.dataframe[0].value["name"].tolist() == ["<b>", "=1+1"]


def test_a_button_opens_each_row(app):
    shown = app.dataframe[1]
    assert list(shown.value) == ["open", "name"]
    assert columns(shown)["open"]["label"] == "Open"


def test_an_opened_row_goes_into_the_address():
    """The button says which row of the table; the address gets that row's id."""
    def script():
        import pandas as pd
        import streamlit as st

        from orgdata.ui.shell import selection

        st.session_state["open_open"] = {"row": 1}
        selection.choose_clicked_row("product", pd.Series(["P2", "P1"]), "open")
        st.session_state["open_open"] = None
        selection.choose_clicked_row("other", pd.Series(["P2", "P1"]), "open")

    app = AppTest.from_function(script).run()
    assert dict(app.query_params) == {"product": "P1"}


def test_text_that_comes_again_is_sent_once():
    rows = pd.DataFrame({"role": ["invest", None, "invest"] * 300, "name": [
        f"Product {i}" for i in range(900)], "spend": [1.5, None, 3.0] * 300,
        "because": ["", "no check-in", ""] * 300})
    sent = tables.to_arrow(rows, dict.fromkeys(rows, ""))
    assert pa.types.is_dictionary(sent.schema.field("role").type)
    assert sent.schema.field("name").type == pa.string()
    assert sent.schema.field("because").type == pa.string(), "it would be shown as missing"
    assert sent.to_pylist() == pa.Table.from_pandas(rows, preserve_index=False).to_pylist()


def test_rows_that_come_as_they_are_scrolled_to_can_be_sorted_by_every_column():
    rows = pd.DataFrame({"role": ["invest", "harvest"] * 600, "n": range(1_200)})
    source = lazy_df_source.resolve_lazy_source(
        tables.to_arrow(rows, dict.fromkeys(rows, "")), True, is_selection_activated=False)
    first = source.load_rows(0, 1, sort=lazy_df_source.SortSpec("role"))
    assert first.to_pylist() == [{"role": "harvest", "n": 1}]


def test_no_rows_at_all():
    assert tables.to_arrow(pd.DataFrame({"name": pd.Series([], dtype="str")}), {"name": ""}).num_rows == 0


def test_packed_rows_are_shown_as_the_rows_themselves():
    rows = pd.DataFrame({"id": ["P2", "P1"], "name": ["<b>", "=1+1"], "never": [None, None]})
    assert tables.to_arrow(rows, dict.fromkeys(["name", "id", "never"], "")).to_pylist() == [
        {"name": "<b>", "id": "P2"}, {"name": "=1+1", "id": "P1"}]
    assert tables.to_arrow(rows, {"name": ""}, with_buttons=True).column_names == ["open", "name"]
    assert list(rows) == ["id", "name", "never"]


def test_states_are_shown_as_symbol_and_word_even_where_all_are_unknown():
    rows = pd.DataFrame({"coverage": ["thin", None], "owned": ["passes", "fails"],
                         "fresh": pd.Series([None, None], dtype="str")})
    assert tables.to_arrow(rows, {
        "coverage": tables.States("Coverage", COVERAGE),
        "owned": tables.States("Owned", CHECKED, symbols=True),
        "fresh": tables.States("Evidence", FRESHNESS, NOT_ASKED)}).to_pylist() == [
            {"coverage": "◐ weak", "owned": "✓", "fresh": "– not asked for"},
            {"coverage": "? unknown", "owned": "✗", "fresh": "– not asked for"}]
