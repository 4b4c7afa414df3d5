"""A picture on a page: drawn once for everybody who looks at the same, and quick to send again."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from orgdata.charts import Finished
from orgdata.ui.shell.cache import kept
from orgdata.ui.shell.frame import dark
from orgdata.ui.shell.view import View


def show(view: View, name: str, draw: Callable[[bool], Any], *, key: str, alt: str,
         pick: bool = False) -> tuple[Any, ...] | None:
    """The figure that `draw` makes, given whether the background is dark, from nothing but the
    view and what `name` names. With `pick` a click on a mark gives its `customdata`."""
    figure = kept(view, f"{name}\n{dark()}", lambda: Finished(draw(dark())))
    picked = st.plotly_chart(figure, key=key, alt=alt, config={"displayModeBar": False},
                             on_select="rerun" if pick else "ignore", selection_mode="points")
    points = getattr(getattr(picked, "selection", None), "points", None) or []
    return points[0].get("customdata") if points else None
