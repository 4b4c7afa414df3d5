"""Method: what every word and number means, from the code's own documentation."""

import streamlit as st

from orgdata.ui.screens import method
from orgdata.ui.shell import frame

view = frame.enter("method")
st.title("Method")
method.show(view)
