"""Data: the source, what was read, every problem, every row that was set aside; or your files."""

import streamlit as st

from orgdata.ui import bring_page, data_page, frame
from orgdata.ui.view import View

view = frame.enter_data()
st.title("Data")
if data_page.wants_to_bring():
    bring_page.show(view)
elif isinstance(view, View):
    data_page.source(view)
    data_page.show(view)
else:
    data_page.source(view)
    frame.show_source_error(view, on_data_page=True)
