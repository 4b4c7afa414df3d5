"""The floor of the page benchmark: a page with nothing but a title, a line and some charts."""

import gc

import plotly.graph_objects as go
import streamlit as st


@st.cache_resource
def figure() -> go.Figure:
    """One figure, made once, as ours are."""
    gc.freeze()  # as the dashboard does, so that the floor is not flattered by its absence
    points = list(range(1_000))  # one for each product of the company it is compared with
    return go.Figure(go.Scatter(x=points, y=points, mode="markers"))


st.title("Bare")
st.write("A page with nothing but text and charts")
chart = figure()
for i in range(int(st.query_params.get("charts", "0"))):
    st.plotly_chart(chart, key=str(i))
