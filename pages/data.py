"""Data: the source, what was read, every problem, and every row that was set aside."""

import streamlit as st

from orgdata.ui import data_page, frame
from orgdata.ui.view import View

view = frame.enter_data()
st.title("Data")
data_page.source(view)
if isinstance(view, View):
    data_page.show(view)
else:
    frame.show_source_error(view, on_data_page=True)
