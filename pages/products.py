"""Products: how each one fits the portfolio, and everything about one of them."""

import streamlit as st

from orgdata.ui.screens import products
from orgdata.ui.shell import frame

view = frame.enter("products")
st.title("Products")
products.show(view)
