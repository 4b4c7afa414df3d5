"""Gaps as lines that open: patterns, single gaps, and one gap with all its evidence."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from orgdata import formats
from orgdata.gaps import RULES, SEVERITIES, Pattern, reminders
from orgdata.tabular.select import iter_rows
from orgdata.ui.shell import selection
from orgdata.ui.shell.cache import cached
from orgdata.ui.shell.escape import md
from orgdata.ui.shell.view import Evaluated, Filters, View, shown_products
from orgdata.ui.widgets import tables
from orgdata.views import explain, products
from orgdata.views.vocabulary import SEVERITY

FIRST_SCREEN = 12  # lines
_PAGES = {"outcome_id": ("outcomes", "outcome"), "product_id": ("products", "product"),
          "other_product_id": ("products", "product")}


def first_screen(view: View, rows: pd.DataFrame | None = None, most: int = FIRST_SCREEN) -> None:
    """At most so many lines: critical and high gaps by severity and money, then patterns. Of all
    that the filters of the sidebar show, or of the rows that a page narrows them to."""
    patterns = view.gaps.patterns
    grave = _shown_grave(view.evaluated, view.filters) if rows is None else _grave(
        view.evaluated, rows)
    shown = grave.head(most - len(patterns))
    lines(view, shown)
    if len(shown) < len(grave):
        st.caption(f"{len(grave) - len(shown):,} more are critical or high.")
    for one in patterns:
        pattern(view, one, rows)
    if not len(grave) and not patterns:
        st.markdown("Nothing critical or high was found in what could be judged.")


@cached
def _shown_grave(evaluated: Evaluated, filters: Filters) -> pd.DataFrame:
    return _grave(evaluated, of_shown_products(evaluated, filters))


def _grave(evaluated: Evaluated, rows: pd.DataFrame) -> pd.DataFrame:
    """The critical and high gaps that stand alone, of some."""
    return rows[rows["severity"].isin(SEVERITIES[:2]) & rows.index.isin(_single(evaluated).index)]


@cached
def _single(evaluated: Evaluated) -> pd.DataFrame:
    return reminders.without(evaluated.gaps.single())


def lines(view: View, rows: pd.DataFrame) -> None:
    """Gaps in two lines each: what it is, which opens its evidence, and what to do about it."""
    remarks = _remarks(view.evaluated)
    for key, severity, message, step, who, at_stake in iter_rows(*(rows[name] for name in (
            "key", "severity", "message", "next_step", "who", "at_stake"))):
        remark = f" · {remarks[key]}" if key in remarks else ""
        text, link = st.columns([0.87, 0.13], vertical_alignment="center")
        text.markdown(f"{md(SEVERITY[severity])} · **{md(message)}**  \n"
                      f":small[{md(step)} *{md(who)}*"
                      f"{md(stake_words(view, at_stake))}{md(remark)}]")
        with link:
            selection.link("gaps", "Evidence", gap=key)


@cached
def _remarks(evaluated: Evaluated) -> Mapping[str, str]:
    return reminders.remarks(evaluated.gaps.rows)


def stake_words(view: View, at_stake: float) -> str:
    """The money at stake as the end of a line; "" where it is unknown or nothing."""
    unit = view.alignment.money.unit
    if formats.is_unknown(at_stake) or not at_stake or unit == "count":
        return ""
    money = formats.money(at_stake, unit, view.portfolio.settings.currency)
    return f" · {money} at stake"


def pattern(view: View, one: Pattern, rows: pd.DataFrame | None = None) -> None:
    """A pattern as one line that opens to its rows: to all that the filters of the sidebar show,
    or to those among `rows`."""
    own = _of_rule(view.evaluated, view.filters, one.code) if rows is None else rows[
        rows["code"] == one.code]
    where = f", {one.where}" if one.where else ""
    words = (f"{SEVERITY[one.severity]} · {RULES[one.code].name.capitalize()}: {one.count:,} of "
             f"{one.of:,} {one.objects}{where}")
    if len(own) < one.count:
        words += f" · {len(own):,} here"
    more = st.expander(md(words), key=f"pattern_{one.code}", on_change="rerun")
    if more.open:
        with more:
            st.markdown(f"**Next step:** {md(one.systemic_step)}")
            table(own, f"pattern_{one.code}_rows")


@cached
def _of_rule(evaluated: Evaluated, filters: Filters, code: str) -> pd.DataFrame:
    rows = of_shown_products(evaluated, filters)
    return rows[rows["code"] == code]


def table(rows: pd.DataFrame, key: str) -> None:
    """Gaps as a table whose rows open."""
    tables.opening(rows, key, "Gaps", {
        "severity": tables.States("Severity", SEVERITY),
        "message": {**tables.WIDE, "label": "Finding"},
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
    of_object(view, _of_product(view.evaluated, product_id), title)


@cached
def _of_product(evaluated: Evaluated, product_id: str) -> pd.DataFrame:
    return products.gaps_of(evaluated.alignment, evaluated.gaps.rows, pd.Series([product_id]))


def turned_on(view: View) -> None:
    """Which tables, filled in, would turn on how many more rules."""
    for table, more in view.gaps.turned_on_by.items():
        st.markdown(f"- {md(f'Fill in {table}:')} {formats.count(more, 'more rule')}.")


@cached
def of_shown_products(evaluated: Evaluated, filters: Filters) -> pd.DataFrame:
    """The gaps that concern the products the filters show; all without a filter."""
    rows = evaluated.gaps.rows
    return rows if not filters else products.gaps_of(
        evaluated.alignment, rows, shown_products(evaluated.measured, filters)["product_id"])


def details(view: View, row: pd.Series) -> None:
    """One gap with question, evidence, next step, who acts, and links to what it concerns."""
    one = RULES[row["code"]]
    st.header(md(row["message"]))
    st.caption(md(f"{SEVERITY[row['severity']]} · {row['code']} {one.name}"
                  f"{stake_words(view, row['at_stake'])}"))
    st.markdown(f"##### {md(one.question)}")
    for sentence in explain.gap(row, view.alignment).evidence:
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
