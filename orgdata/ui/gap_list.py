"""Gaps as lines that open: patterns, single gaps, and one gap with all its evidence."""

import pandas as pd
import streamlit as st

from orgdata import formats
from orgdata.explain import gap as explain_gap
from orgdata.gaps import RULES, SEVERITIES, Pattern
from orgdata.ui.escape import md
from orgdata.ui.frame import View
from orgdata.ui.marks import SEVERITIES as MARKS

FIRST_SCREEN = 12
_PAGES = {"outcome_id": ("outcomes", "outcome"), "product_id": ("products", "product")}


def first_screen(view: View) -> None:
    """At most twelve lines: patterns, then critical and high gaps by severity and money."""
    patterns, single = view.gaps.patterns, view.gaps.single()
    grave = single[single["severity"].isin(SEVERITIES[:2])]
    room = FIRST_SCREEN - len(patterns)
    for row in grave.head(room).itertuples():
        line(view, row)
    for pattern in patterns:
        st.markdown(f"{md(MARKS[pattern.severity])} · **{md(pattern_words(pattern))}**  \n"
                    f"{md(pattern.systemic_step)}")
    if not len(grave) and not patterns:
        st.markdown("Nothing critical or high was found in what could be judged.")
    left = len(view.gaps.rows) - min(room, len(grave)) - sum(p.count for p in patterns)
    st.page_link("pages/gaps.py", icon=":material/rule:", label=md(
        f"All {formats.count(len(view.gaps.rows), 'gap')}" + (
            f" ({max(left, 0):,} more than shown here)" if left > 0 else "")))


def line(view: View, row: object) -> None:
    """One gap in two lines, with a link to its evidence."""
    stake = stake_words(view, row.at_stake)  # type: ignore[attr-defined]
    text, link = st.columns([0.88, 0.12], vertical_alignment="center")
    text.markdown(f"{md(MARKS[row.severity])} · **{md(row.message)}**  \n"  # type: ignore[attr-defined]
                  f"{md(row.next_step)} *{md(row.who)}*{md(stake)}")  # type: ignore[attr-defined]
    link.page_link("pages/gaps.py", label="Evidence", query_params={"gap": row.key})  # type: ignore[attr-defined]


def stake_words(view: View, at_stake: float) -> str:
    """The money at stake as the end of a line; "" where it is unknown or nothing."""
    if formats.is_unknown(at_stake) or not at_stake:
        return ""
    money = formats.money(at_stake, view.alignment.money.unit, view.portfolio.settings.currency)
    return f" · {money} at stake"


def pattern_words(pattern: Pattern) -> str:
    """A pattern in one line: what, how many of how many, where."""
    where = f", {pattern.where}" if pattern.where else ""
    return (f"{RULES[pattern.code].name.capitalize()} ({pattern.code}): {pattern.count:,} of "
            f"{pattern.of:,} {pattern.objects}{where}")


def details(view: View, row: pd.Series) -> None:
    """One gap with question, evidence, next step, who acts, and links to what it concerns."""
    st.markdown(f"**{md(RULES[row['code']].question)}**")
    for sentence in explain_gap(row, view.alignment)[1:-1]:
        st.markdown(f"- {md(sentence)}")
    st.markdown(f"**Next step:** {md(row['next_step'])}  \n**Who acts:** {md(row['who'])}"
                f"{md(stake_words(view, row['at_stake']))}")
    for column, (page, query) in _PAGES.items():
        if pd.notna(row[column]):
            st.page_link(f"pages/{page}.py", label=f"Open the {query}",
                         query_params={query: row[column]}, icon=":material/arrow_forward:")


def table(rows: pd.DataFrame, key: str) -> None:
    """Gaps as a plain table, for patterns and long lists."""
    shown = pd.DataFrame({
        "severity": rows["severity"].map(MARKS), "finding": rows["message"],
        "next step": rows["next_step"], "who": rows["who"], "at stake": rows["at_stake"],
        "table": rows["table"], "row": rows["row"], "key": rows["key"]})
    st.dataframe(shown, hide_index=True, key=key, column_config={
        "finding": st.column_config.TextColumn(width="large"),
        "next step": st.column_config.TextColumn(width="large")})
