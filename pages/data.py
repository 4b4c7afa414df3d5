"""Data: the source, what was read, every problem, every row that was set aside; or your files."""

import streamlit as st

from orgdata.ui.screens import data
from orgdata.ui.shell import frame
from orgdata.ui.shell.view import View
from orgdata.ui.upload import page

view = frame.enter_data()
st.title("Data")
if data.wants_to_bring():
    page.show(view)
elif isinstance(view, View):
    data.source(view)
    data.show(view)
else:
    data.source(view)
    frame.show_source_error(view, on_data_page=True)
