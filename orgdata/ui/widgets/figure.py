"""A figure on a page, and the mark that was clicked in it."""

from typing import Any

import streamlit as st

from orgdata.charts import Finished


def show(figure: Finished, *, key: str, alt: str,
         clickable: bool = False) -> tuple[Any, ...] | None:
    """Show a figure; if `clickable`, returns the `customdata` of the mark that was clicked."""
    event = st.plotly_chart(figure, key=key, alt=alt, config={"displayModeBar": False},
                            on_select="rerun" if clickable else "ignore", selection_mode="points")
    points = getattr(getattr(event, "selection", None), "points", None) or []
    return points[0].get("customdata") if points else None
