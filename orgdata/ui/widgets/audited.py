"""Who signed in, exported and changed what: for heads, where somebody has to sign in."""

from functools import partial

import pandas as pd
import streamlit as st

from orgdata import formats
from orgdata.store.audit import Audited
from orgdata.tabular.csv_safe import csv_bytes
from orgdata.ui.shell import server, store
from orgdata.ui.widgets import downloads, tables

_MOST_SHOWN = 1_000
_COLUMNS = {"at": "When (UTC)", "by": "Who", "did": "Did",
            "what": {**tables.WIDE, "label": "What"}}


def show() -> None:
    """Show in a fold what was done in the days that are kept, and offer it as a file."""
    access = server.access()
    if access.require == "none":
        return
    st.subheader("Who did what")
    st.markdown(f"Sign-ins, exports and changes of the last "
                f"{formats.count(access.audit_days, 'day')}.")
    fold = st.expander("Show them", key="audit", on_change="rerun", icon=":material/policy:")
    if fold.open:
        with fold:
            rows = _rows(store.audited())
            tables.show(rows.head(_MOST_SHOWN), "audit_rows", "Who did what, the latest first",
                        _COLUMNS)
            st.download_button("Download all of it", downloads.noted(
                "audit.csv", partial(csv_bytes, rows)), "audit.csv", "text/csv",
                icon=":material/download:", on_click="ignore")


def _rows(entries: list[Audited]) -> pd.DataFrame:
    return pd.DataFrame([(f"{one.at:%Y-%m-%d %H:%M:%S}", one.by, one.did, one.what)
                         for one in entries], columns=list(_COLUMNS), dtype="str")
