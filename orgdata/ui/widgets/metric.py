"""Numbers that open: a headline with its formula and the rows that add up to it."""

from collections.abc import Sequence

import streamlit as st

from orgdata import formats
from orgdata.ui.shell.cache import cached
from orgdata.ui.shell.escape import md
from orgdata.ui.shell.view import Evaluated
from orgdata.views.headlines import Headline
from orgdata.views.headlines import headlines as headlines_of

MOST_ROWS = 1_000  # beyond it the browser gets slow; the whole list downloads


@cached
def headlines(evaluated: Evaluated) -> list[Headline]:
    """The headlines of a portfolio, whatever the filters."""
    return headlines_of(evaluated.alignment, evaluated.gaps)


def show(one: Headline, past: Sequence[float] = ()) -> None:
    """A metric, with its line over the snapshots where there are some; its popover holds formula,
    rows, and their sum."""
    st.metric(md(one.label), md(one.value), chart_data=list(past) if len(past) > 1 else None)
    if one.note:
        st.caption(md(one.note))
    how = st.popover("How so?", key=f"open_{one.key}", width="stretch", on_change="rerun")
    if not how.open:
        return  # up to a thousand rows are not sent before somebody asks
    with how:
        st.markdown(f"**{md(one.label)}**: {md(one.formula)}")
        if one.total is not None:
            rows = one.rows.head(MOST_ROWS)
            st.dataframe(rows, hide_index=True, height=320, key=f"rows_{one.key}")
            more = "" if len(rows) == len(one.rows) else (
                f" The first {MOST_ROWS:,} are shown; the sum is that of all.")
            st.caption(md(f"{formats.count(len(one.rows), 'row')}; “{one.adds}” adds up to "
                          f"{formats.number(one.total)}.{more}"))
