"""The records of other tools' exports: every one accounted for, and those set aside to mend."""

import pandas as pd
import streamlit as st

from orgdata import formats
from orgdata.portfolio import Export, Portfolio
from orgdata.ui import tables
from orgdata.ui.escape import md


def accounted(portfolio: Portfolio) -> None:
    """What became of the records of each export; nothing where there is none."""
    if not portfolio.exports:
        return
    tables.show(pd.DataFrame([{
        "origin": export.origin, "title": export.title, "read": len(export.fates),
        **{fate: export.count(fate) for fate in ("used", "merged", "set_aside")}}
        for export in portfolio.exports]), "records", "What became of each record", {
            "origin": "File", "title": "Export of", "read": "Records read",
            "used": "Used", "merged": "Merged", "set_aside": "Set aside"})
    st.caption("Read = used + merged + set aside. Merged records went into a row that another "
               "record made.")
    for number, export in enumerate(portfolio.exports):
        _set_aside(number, export)


def _set_aside(number: int, export: Export) -> None:
    rows = export.set_aside()
    if not len(rows):
        return
    with st.expander(md(f"{export.origin}: {formats.count(len(rows), 'record')} set aside")):
        st.dataframe(rows, key=f"records_aside_{number}", alt="Records that were set aside")
        st.download_button("Download them, mend them, drop them in again",
                           rows.to_csv(index=False).encode("utf-8-sig"), on_click="ignore",
                           file_name=f"set_aside_{number + 1}.csv", mime="text/csv",
                           key=f"records_download_{number}", icon=":material/download:")
