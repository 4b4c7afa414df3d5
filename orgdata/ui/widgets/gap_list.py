"""Gaps as lines that open: patterns, single gaps, and one gap with all its evidence."""

from collections.abc import Callable

import pandas as pd
import streamlit as st

from orgdata import formats
from orgdata.gaps import RULES, SEVERITIES, Pattern, reminders
from orgdata.tabular.select import iter_rows
from orgdata.ui.shell import selection
from orgdata.ui.shell.cache import kept
from orgdata.ui.shell.escape import md
from orgdata.ui.shell.view import View
from orgdata.ui.widgets import tables
from orgdata.views import products
from orgdata.views.explain import gap as explain_gap
from orgdata.views.vocabulary import SEVERITIES as MARKS

FIRST_SCREEN = 12  # lines
_PAGES = {"outcome_id": ("outcomes", "outcome"), "product_id": ("products", "product"),
          "other_product_id": ("products", "product")}


def first_screen(view: View, rows: pd.DataFrame, most: int = FIRST_SCREEN) -> None:
    """At most so many lines: critical and high gaps by severity and money, then patterns."""
    patterns = view.gaps.patterns
    grave = _of_these(view, rows, "grave gaps", lambda: _grave(view, rows))
    shown = grave.head(most - len(patterns))
    lines(view, shown)
    if len(shown) < len(grave):
        st.caption(f"{len(grave) - len(shown):,} more are critical or high.")
    for one in patterns:
        pattern(view, one, rows)
    if not len(grave) and not patterns:
        st.markdown("Nothing critical or high was found in what could be judged.")


def _grave(view: View, rows: pd.DataFrame) -> pd.DataFrame:
    """The critical and high gaps that stand alone, of some."""
    single = kept(view, "single gaps", lambda: reminders.without(view.gaps.single()))
    return rows[rows["severity"].isin(SEVERITIES[:2]) & rows.index.isin(single.index)]


def _of_these(view: View, rows: pd.DataFrame, name: str,
              compute: Callable[[], pd.DataFrame]) -> pd.DataFrame:
    """What is worked out of gaps: once, where they are all that the filters of the sidebar show;
    anew where the page narrows them further."""
    return kept(view, name, compute) if rows is of_shown_products(view) else compute()


def lines(view: View, rows: pd.DataFrame) -> None:
    """Gaps in two lines each: what it is, which opens its evidence, and what to do about it."""
    remarks = kept(view, "reminders", lambda: reminders.remarks(view.gaps.rows))
    for key, severity, message, step, who, at_stake in iter_rows(*(rows[name] for name in (
            "key", "severity", "message", "next_step", "who", "at_stake"))):
        remark = f" · {remarks[key]}" if key in remarks else ""
        text, link = st.columns([0.87, 0.13], vertical_alignment="center")
        text.markdown(f"{md(MARKS[severity])} · **{md(message)}**  \n"
                      f":small[{md(step)} *{md(who)}*"
                      f"{md(stake_words(view, at_stake))}{md(remark)}]")
        with link:
            selection.link("gaps", "Evidence", gap=key)


def stake_words(view: View, at_stake: float) -> str:
    """The money at stake as the end of a line; "" where it is unknown or nothing."""
    unit = view.alignment.money.unit
    if formats.is_unknown(at_stake) or not at_stake or unit == "count":
        return ""
    money = formats.money(at_stake, unit, view.portfolio.settings.currency)
    return f" · {money} at stake"


def pattern(view: View, one: Pattern, rows: pd.DataFrame) -> None:
    """A pattern as one line that opens to its rows."""
    own = _of_these(view, rows, f"pattern\n{one.code}", lambda: rows[rows["code"] == one.code])
    where = f", {one.where}" if one.where else ""
    words = (f"{MARKS[one.severity]} · {RULES[one.code].name.capitalize()}: {one.count:,} of "
             f"{one.of:,} {one.objects}{where}")
    if len(own) < one.count:
        words += f" · {len(own):,} here"
    more = st.expander(md(words), key=f"pattern_{one.code}", on_change="rerun")
    if more.open:
        with more:
            st.markdown(f"**Next step:** {md(one.systemic_step)}")
            table(view, own, f"pattern_{one.code}_rows")


def table(view: View, rows: pd.DataFrame, key: str) -> None:
    """Gaps as a table whose rows open."""
    shown = rows.assign(marked=rows["severity"].map(MARKS))
    tables.opening(shown, key, "Gaps", {
        "marked": {"label": "Severity"}, "message": {**tables.WIDE, "label": "Finding"},
        "next_step": {**tables.WIDE, "label": "Next step"}, "who": "Who acts",
        "at_stake": {**tables.MONEY, "label": "At stake"}, "table": "Table", "row": "Row"},
        param="gap", ids="key")


def of_object(view: View, rows: pd.DataFrame, title: str) -> None:
    """The gaps of one product or outcome, the gravest first."""
    st.subheader(title)
    if not len(rows):
        st.markdown("None in what could be judged.")
        return
    lines(view, rows.head(FIRST_SCREEN))
    if len(rows) > FIRST_SCREEN:
        with st.expander(f"{len(rows) - FIRST_SCREEN:,} more"):
            lines(view, rows.iloc[FIRST_SCREEN:5 * FIRST_SCREEN])


def of_product(view: View, product_id: str, title: str) -> None:
    """The gaps of one product and of everything that belongs to it."""
    rows = kept(view, f"gaps of\n{product_id}", lambda: products.gaps_of(
        view.alignment, view.gaps.rows, pd.Series([product_id])))
    of_object(view, rows, title)


def turned_on(view: View) -> None:
    """Which tables, filled in, would turn on how many more rules."""
    for table, more in view.gaps.turned_on_by.items():
        st.markdown(f"- {md(f'Fill in {table}:')} {formats.count(more, 'more rule')}.")


def of_shown_products(view: View) -> pd.DataFrame:
    """The gaps that concern the products the filters show; all without a filter."""
    rows = view.gaps.rows
    return rows if not view.filters else kept(view, "gaps", lambda: products.gaps_of(
        view.alignment, rows, view.products()["product_id"]))


def details(view: View, row: pd.Series) -> None:
    """One gap with question, evidence, next step, who acts, and links to what it concerns."""
    one = RULES[row["code"]]
    st.header(md(row["message"]))
    st.caption(md(f"{MARKS[row['severity']]} · {row['code']} {one.name}"
                  f"{stake_words(view, row['at_stake'])}"))
    st.markdown(f"##### {md(one.question)}")
    for sentence in explain_gap(row, view.alignment)[1:-1]:
        st.markdown(f"- {md(sentence)}")
    st.markdown(f"**Next step:** {md(row['next_step'])}  \n**Who acts:** {md(row['who'])}")
    for column, (page, query) in _PAGES.items():
        if pd.notna(row[column]):
            selection.link(page, f"Open {_name(view, column, row[column])}",
                        icon=":material/arrow_forward:", **{query: row[column]})


def _name(view: View, column: str, one: str) -> str:
    rows = view.portfolio["outcomes" if column == "outcome_id" else "products"]
    found = rows.loc[rows[column.removeprefix("other_")] == one, "name"]
    return str(found.iloc[0]) if len(found) else one
