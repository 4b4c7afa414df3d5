"""Products: how each one fits the portfolio, and everything about one of them."""

import streamlit as st

from orgdata.ui.screens import products
from orgdata.ui.shell import frame, selection
from orgdata.ui.shell.cache import kept
from orgdata.ui.shell.escape import md
from orgdata.views import portfolio

view = frame.enter("products")
names = selection.products(view)
st.title("Products")
if not names:
    frame.empty("No managed product is loaded.", "products")
    st.stop()
chosen = selection.one_of("product", "Product", names, "All; choose one to see everything about it")
if chosen:
    products.one(view, chosen)
else:
    answer = kept(view, "products answer", lambda: portfolio.sentence(view.alignment))
    st.markdown(f"#### {md(answer)}")
    frame.filtered(view)
    products.every(view)
