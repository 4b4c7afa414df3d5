"""A choice lives in the address: reading it, changing it, and saying what is not there."""

import pytest
from streamlit.testing.v1 import AppTest

from orgdata import formats


def test_names_that_two_share_are_told_apart():
    assert formats.distinct_labels({"P1": "Pay", "P2": "Log", "P3": "Pay"}) == {
        "P1": "Pay (P1)", "P2": "Log", "P3": "Pay (P3)"}
    assert formats.distinct_labels({}) == {}


def one_box():
    import streamlit as st

    from orgdata.ui.shell import selection

    chosen = selection.choose("product", "Product", {"P1": "Pay", "P2": "<b>", "P3": "Pay"}, "…")
    st.text(f"chosen {chosen}")
    selection.back_button("product", "All products")


@pytest.fixture
def box():
    def run(**query):
        app = AppTest.from_function(one_box)
        for name, value in query.items():
            app.query_params[name] = value
        return app.run()
    return run


def test_nothing_is_chosen_at_first(box):
    app = box()
    assert app.text[0].value == "chosen None"
    assert app.selectbox[0].options == ["Pay (P1)", "<b>", "Pay (P3)"]
    assert not app.warning


def test_the_address_chooses(box):
    app = box(product="P3")
    assert app.text[0].value == "chosen P3"
    assert app.selectbox[0].value == "P3"


def test_a_choice_goes_into_the_address_and_away_again(box):
    app = box(product="P3", area="Shop")
    app.selectbox[0].select("P1").run()
    assert app.query_params["product"] == "P1"
    assert app.text[0].value == "chosen P1"
    app.button[0].click().run()
    assert "product" not in app.query_params
    assert app.query_params["area"] == "Shop"
    assert app.text[0].value == "chosen None"


def test_what_is_not_there_is_said_and_inert(box):
    app = box(product="<i>*9*")
    assert app.text[0].value == "chosen None"
    assert app.warning[0].value == (
        "There is no product “\\<i\\>\\*9\\*” here on this day. Choose one above.")


def a_link():
    import streamlit as st

    from orgdata.ui.shell import selection

    st.session_state[selection.PAGE] = "products"
    selection.link("products", "Open *P1*", product="P1", tab="goals")
    st.text(dict(st.query_params))


def test_a_link_to_the_page_it_stands_on_is_a_button_that_keeps_the_rest():
    app = AppTest.from_function(a_link)
    app.query_params["as_of"] = "2026-11-20"
    app.run()
    assert app.button[0].label == "Open \\*P1\\*"
    app.button[0].click().run()
    assert app.text[0].value == str({"as_of": "2026-11-20", "product": "P1", "tab": "goals"})
