"""The records of other tools' exports: what became of each, and those skipped to correct."""

from functools import partial

import pandas as pd
import streamlit as st

from orgdata import formats
from orgdata.model import labels
from orgdata.model.portfolio import DISPOSITIONS, Export, Portfolio
from orgdata.tabular.csv_safe import csv_bytes
from orgdata.ui.shell.escape import md
from orgdata.ui.widgets import downloads, tables

_FIRST = 1_000  # rows skipped that are shown


def show_records(portfolio: Portfolio) -> None:
    """Show what became of the records of each export; nothing where there is none."""
    if not portfolio.exports:
        return
    tables.show(pd.DataFrame([{
        "origin": export.origin, "title": export.title, "read": len(export.dispositions),
        **{disposition: export.count(disposition) for disposition in DISPOSITIONS}}
        for export in portfolio.exports]), "records", "What became of each record", {
            "origin": "File", "title": "Export of", "read": "Records read",
            "used": "Used", "merged": "Merged", "left_out": "Left out", "set_aside": "Skipped"})
    st.caption("Read = used + merged + left out + skipped. Merged records went into a row that "
               "another record made; what was left out is no record, such as a total.")
    for number, export in enumerate(portfolio.exports):
        _show_set_aside(number, export)


def show_rows_set_aside(portfolio: Portfolio) -> None:
    """Show the rows that were skipped, with their reasons, to correct and upload again."""
    if not portfolio.set_aside:
        st.markdown("None: every row that was read is in use.")
        return
    st.markdown("Skipped rows are not lost: fix them in the source, or in the download, and "
                "upload that again.")
    for name, rows in portfolio.set_aside.items():
        with st.expander(md(f"{formats.sentence_case(labels.table(name))}: "
                            f"{formats.count(len(rows), 'row')}")):
            _show_first(rows, f"aside_{name}", f"Skipped in {labels.table(name)}",
                        hide_index=True)
            st.download_button(f"Download them ({labels.table(name)})", key=f"download_{name}",
                               data=downloads.noted(f"{name}_set_aside.csv",
                                                    partial(csv_bytes, rows)),
                               file_name=f"{name}_set_aside.csv", mime="text/csv",
                               icon=":material/download:", on_click="ignore")


def _show_first(rows: pd.DataFrame, key: str, alt: str, hide_index: bool = False) -> None:
    """Show the first rows only: a browser would get all of them at every click."""
    st.dataframe(rows.head(_FIRST), hide_index=hide_index, key=key, alt=alt)
    if len(rows) > _FIRST:
        st.caption(f"The first {_FIRST:,} of {len(rows):,}; the download holds all.")


def _show_set_aside(number: int, export: Export) -> None:
    rows = export.set_aside()
    if not len(rows):
        return
    with st.expander(md(f"{export.origin}: {formats.count(len(rows), 'record')} skipped")):
        _show_first(rows, f"records_aside_{number}", "Records that were skipped")
        name = f"set_aside_{number + 1}.csv"
        st.download_button("Download, fix and upload again",
                           downloads.noted(name, partial(csv_bytes, rows)), on_click="ignore",
                           file_name=name, mime="text/csv",
                           key=f"records_download_{number}", icon=":material/download:")
