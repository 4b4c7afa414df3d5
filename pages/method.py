"""Method: what every word and number means, from the code's own documentation."""

import streamlit as st

from orgdata.ui import frame, method_page

view = frame.enter("method")
st.title("Method")
method_page.show(view)
