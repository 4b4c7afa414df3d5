"""A picture on a page, which says what was clicked in it."""

from typing import Any

import streamlit as st

from orgdata.charts import Finished


def show(figure: Finished, *, key: str, alt: str, pick: bool = False) -> tuple[Any, ...] | None:
    """The figure. With `pick` a click on a mark gives its `customdata`."""
    picked = st.plotly_chart(figure, key=key, alt=alt, config={"displayModeBar": False},
                             on_select="rerun" if pick else "ignore", selection_mode="points")
    points = getattr(getattr(picked, "selection", None), "points", None) or []
    return points[0].get("customdata") if points else None
