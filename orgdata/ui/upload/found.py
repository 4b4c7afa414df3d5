"""What was found in the files, sheet by sheet; what was left out, and why; what was decided."""

from collections.abc import Sequence
from functools import partial

import pandas as pd
import streamlit as st

from orgdata import formats
from orgdata.model.intake import Intake
from orgdata.model.portfolio import Portfolio
from orgdata.sources.intake.tell import ELSEWHERE
from orgdata.sources.recognise import Recognised
from orgdata.tabular.csv_safe import csv_bytes
from orgdata.ui.shell.escape import md
from orgdata.ui.widgets import downloads
from orgdata.upload import preview
from orgdata.upload.files import KEPT

_LONGEST = 100  # characters of what is left out
_MOST_LINES, _MOST_ROWS = 8, 20  # lines at once, and things left out that are shown
_LEFT_OUT = ["What", "Where", "Why it is not read", "Rows"]


def show(portfolio: Portfolio, recognised: Sequence[Recognised] = ()) -> None:
    """Show a line for each kind of thing that was found, with the sheet it comes from."""
    lines = [*(f"**{md(one.what)}**  :small[{md(one.place)}]" for one in portfolio.intake.found),
             *(md(preview.describe_export(portfolio, export))
               for export in preview.exports_of_tools(portfolio)),
             *(md(line) for line in _of_our_tables(recognised, portfolio.intake))]
    if lines:
        st.markdown("  \n".join(lines[:_MOST_LINES]))
    if len(lines) > _MOST_LINES:
        with st.expander(f"{len(lines) - _MOST_LINES:,} more"):
            st.markdown("  \n".join(lines[_MOST_LINES:]))


def show_left_out(intake: Intake) -> None:
    """Show what is not read with its reason, and what was decided without asking, folded."""
    remarks = formats.count(len(intake.remarks), "remark on how cells were read",
                            "remarks on how cells were read") if intake.remarks else ""
    left_out = f"Left out: {_left_out_in_words(intake)}" if intake.left_out else ""
    if not (left_out or remarks):
        return
    with st.expander(" · ".join(filter(None, (left_out, remarks)))):
        if intake.left_out:
            _show_reasons(intake)
        if intake.remarks:
            st.markdown("\n".join(f"- {md(remark)}" for remark in intake.remarks))


def left_out_rows(intake: Intake) -> pd.DataFrame:
    """What is not read, as a table."""
    return pd.DataFrame(
        [(one.what, one.place, one.reason, f"{one.records:,}" if one.records else "")
         for one in intake.left_out], columns=_LEFT_OUT, dtype="str")


def _show_reasons(intake: Intake) -> None:
    rows = left_out_rows(intake)
    st.markdown("\n".join(
        f"- **{md(formats.clipped(one.what, _LONGEST))}** :small[{md(one.place)}]: {md(one.reason)}"
        for one in intake.left_out[:_MOST_ROWS]))
    if len(rows) > _MOST_ROWS:
        st.caption(f"The first {_MOST_ROWS:,} of {len(rows):,}; the download holds all.")
    st.download_button("Download the list", downloads.noted(
        "left_out.csv", partial(csv_bytes, rows)), "left_out.csv", "text/csv",
                       icon=":material/download:", on_click="ignore", key="bring_left_out_csv")


def _left_out_in_words(intake: Intake) -> str:
    """How much is left out: “9 rows, 1 column, 379 people who are named nowhere else”."""
    people = sum(one.records for one in intake.left_out if one.reason == ELSEWHERE)
    rows = sum(one.records for one in intake.left_out) - people
    columns = sum(one.what.startswith("the column ") for one in intake.left_out)
    values = sum(not one.records for one in intake.left_out) - columns
    return ", ".join(words for count, words in (
        (rows, formats.count(rows, "row")), (columns, formats.count(columns, "column")),
        (values, f"the values of {formats.count(values, 'key result')}"),
        (people, f"{formats.count(people, 'person', 'people')} named nowhere else")) if count)


def _of_our_tables(recognised: Sequence[Recognised], intake: Intake) -> list[str]:
    """A line for each sheet that is one of our tables."""
    own = {one.sheet for one in intake.columns}
    return [f"{formats.count(len(one.sheet.table.frame), 'row')} of "
            f"{formats.listed([table.replace('_', ' ') for table in one.tables])} "
            f"in {one.sheet.table.origin}"
            for one in recognised if one.tables and not one.vendor and len(one.tables) == 1
            and one.sheet.table.origin not in own
            and not one.sheet.table.origin.startswith(KEPT)]
