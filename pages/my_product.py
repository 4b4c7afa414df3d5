"""My product: what it is for, the chain to a company outcome, own goals, own open questions."""

import streamlit as st

from orgdata.ui import frame, my_product_page

view = frame.enter("my_product")
st.title("My product")
if not len(view.alignment.products):
    frame.empty("No managed product is loaded.", "products")
    st.stop()
chosen = my_product_page.choose_product(view)
if chosen:
    my_product_page.show(view, chosen)
