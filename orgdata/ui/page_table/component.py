"""A table as a component: the rows go in, the id of the one to open comes back."""

from pathlib import Path
from zlib import crc32

import streamlit as st

from orgdata.ui.shell import rights, selection
from orgdata.ui.shell.assets import component
from orgdata.ui.shell.rewording import rows_said
from orgdata.views.page_table import MOST_ROWS, PageTable

_DRAW = component("page_table", Path(__file__).with_name("table"))


def show(table: PageTable, key: str, title: str, *, page: str = "", param: str = "") -> None:
    """Show a table; a click on a name leads to `page`, with the row's id as `param` in its address.

    Of more rows than are sent at once the page says so, and has all of them in a fold.
    """
    words = {"title": title, "all": "Show all {}", "sort": "Sort by {}"}
    plain = table.plain
    if page and not rights.current().may_open(page):
        plain = {**plain, "ids": []}
    chosen = _DRAW(key=key, data={"version": f"{crc32(repr(plain).encode()):x}", "words": words,
                                  "table": plain}, on_open_change=_nothing)
    if (opened := chosen.get("open")) and page:
        selection.go(page, **{param: opened})
    if (total := len(table.rows)) > MOST_ROWS:
        st.caption(f"The first {MOST_ROWS:,} of {total:,}; the table has all.")
        fold = st.expander(f"All {total:,} as a table", key=f"{key}_all", on_change="rerun")
        if fold.open:
            fold.dataframe(rows_said(table.texts, heads=True), hide_index=True, key=f"{key}_rows")


def _nothing() -> None:
    """A component reports only what has a callback."""
