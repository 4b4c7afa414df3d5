"""What is worked out once is shown to whom it belongs: the next page, filter, product or outcome
shows its own, as a server that has just been started would show it."""

import re

import pytest
import streamlit as st

from tests.pages.conftest import text_of

VIEWS = (
    ("overview", {}), ("overview", {"area": "Payments"}), ("overview", {"by": "Product manager"}),
    ("outcomes", {}), ("outcomes", {"tab": "Flow of money"}),
    ("outcomes", {"tab": "Flow of money", "flow": "product:P01"}),
    ("outcomes", {"outcome": "O1"}), ("outcomes", {"outcome": "O2"}),
    ("outcomes", {"outcome": "O1", "area": "Payments"}),
    ("products", {}), ("products", {"area": "Payments"}), ("products", {"as_of": "2026-10-30"}),
    ("products", {"mix_by": "Lifecycle stage"}),
    ("products", {"product": "P01"}), ("products", {"product": "P02"}),
    ("products", {"product": "P01", "as_of": "2026-10-30"}),
    ("my_product", {"product": "P01"}), ("my_product", {"product": "P02"}),
    ("gaps", {}), ("gaps", {"area": "Payments"}), ("gaps", {"severity": "critical"}),
    ("gaps", {"of_product": "Checkout"}), ("gaps", {"who": "Head of product"}),
    ("weekly_review", {}), ("weekly_review", {"as_of": "2026-10-30"}),
    ("data", {}), ("data", {"as_of": "2026-10-30"}), ("method", {}))


def shown(app):
    """All words, tables, pictures and choices of a page."""
    assert not app.exception
    tables = [one.proto.arrow_data.data or one.proto.lazy_data.initial_chunk.data
              for one in app.dataframe]
    pictures = [one.proto.spec for kind in ("plotly_chart", "graphviz_chart")
                for one in app.get(kind)]
    choices = [(one.label, one.options) for one in (*app.selectbox, *app.multiselect)]
    read_at = re.compile(r"\d\d\\?:\d\d(\\?:\d\d)?")
    return (read_at.sub("", text_of(app)), tables, pictures, choices,
            [one.label for one in app.expander])


def test_warm_and_cold_say_the_same(opened):
    warm = [shown(opened(page, **query)) for page, query in VIEWS]
    alike = [(one, other) for i, one in enumerate(VIEWS) for j, other in enumerate(VIEWS[:i])
             if warm[i] == warm[j]]
    assert not alike, "views that are to be told apart show the same"
    for (page, query), found in zip(VIEWS, warm, strict=True):
        st.cache_resource.clear()
        assert shown(opened(page, **query)) == found, f"{page} {query}"


@pytest.mark.parametrize(("tab", "said"), [
    ("Headlines", "Aligned products"), ("Words", "The five checks of a product"),
    ("Rules", "OUT01"), ("Pace", "the default"), ("Tables", "`key_results`"),
    ("In full", "A claim is not proof")])
def test_each_part_of_the_method_is_in_its_tab(opened, tab, said):
    assert said in text_of(opened("method", method_tab=tab))
