"""My product: what it is for, the chain to a company outcome, own goals, own open questions."""

import streamlit as st

from orgdata.ui.screens import my_product
from orgdata.ui.shell import frame

view = frame.enter("my_product")
st.title("My product")
my_product.show(view)
