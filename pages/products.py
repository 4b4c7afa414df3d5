"""Products: how each one fits the portfolio, and everything about one of them."""

import streamlit as st

from orgdata import portfolio_view
from orgdata.ui import choose, frame, product_page
from orgdata.ui.escape import md
from orgdata.ui.keep import kept

view = frame.enter("products")
names = choose.products(view)
st.title("Products")
if not names:
    frame.empty("No managed product is loaded.", "products")
    st.stop()
chosen = choose.one_of("product", "Product", names, "All; choose one to see everything about it")
if chosen:
    product_page.one(view, chosen)
else:
    answer = kept(view, "products answer", lambda: portfolio_view.sentence(view.alignment))
    st.markdown(f"#### {md(answer)}")
    frame.filtered(view)
    product_page.every(view)
