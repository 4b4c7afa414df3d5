"""Gaps on a page: as lines, as patterns that expand, as a table, and one gap with its evidence."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from orgdata import formats
from orgdata.gaps import RULES, SEVERITIES, Pattern, reminders
from orgdata.model import labels
from orgdata.tabular.select import iter_rows
from orgdata.ui.shell import selection
from orgdata.ui.shell.cache import cached
from orgdata.ui.shell.escape import md
from orgdata.ui.shell.view import Evaluated, Filters, View, shown_products
from orgdata.ui.widgets import tables
from orgdata.views import answers, explain, products, review
from orgdata.views.explain.explanation import KEPT_IN
from orgdata.views.vocabulary import SEVERITY

MOST_LINES = 12
_PAGE_OF_COLUMN = {"outcome_id": ("outcomes", "outcome"), "product_id": ("products", "product"),
                   "other_product_id": ("products", "product")}


def show_most_severe(view: View, rows: pd.DataFrame | None = None, most: int = MOST_LINES) -> None:
    """Show at most so many lines: critical and high gaps by severity and money, then patterns.

    Of `rows`, or of all gaps that pass the filters of the sidebar.
    """
    patterns = view.gaps.patterns
    severe = _severe_of_shown_products(view.evaluated, view.filters) if rows is None else _severe(
        view.evaluated, rows)
    shown = severe.head(most - len(patterns))
    show_lines(view, shown)
    if len(shown) < len(severe):
        st.caption(f"{answers.more_severe(len(severe) - len(shown))}.")
    for pattern in patterns:
        show_pattern(view, pattern, rows)
    if not len(severe) and not patterns:
        st.markdown(answers.nothing_severe(view.gaps))


@cached
def _severe_of_shown_products(evaluated: Evaluated, filters: Filters) -> pd.DataFrame:
    return _severe(evaluated, gaps_of_shown_products(evaluated, filters))


def _severe(evaluated: Evaluated, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows that are critical or high, without those that patterns and reminders cover."""
    return rows[rows["severity"].isin(SEVERITIES[:2])
                & rows.index.isin(_single_gaps(evaluated).index)]


@cached
def _single_gaps(evaluated: Evaluated) -> pd.DataFrame:
    return reminders.without(evaluated.gaps.single())


def show_lines(view: View, rows: pd.DataFrame, questions: bool = False) -> None:
    """Show gaps in two lines each: the message with a link to its evidence, and the next step.

    As `questions`, the question stands in place of the next step, which is for who keeps the data.
    """
    remarks = _remarks(view.evaluated)
    for key, code, severity, message, next_step, who, at_stake in iter_rows(*(
            rows[name] for name in ("key", "code", "severity", "message", "next_step", "who",
                                    "at_stake"))):
        next_step = RULES[code].question if questions else next_step
        remark = f" · {remarks[key]}" if key in remarks else ""
        text, link_column = st.columns([0.87, 0.13], vertical_alignment="center")
        text.markdown(f"{md(SEVERITY[severity])} · **{md(message)}**  \n"
                      f":small[{md(next_step)} *{md(who)}*"
                      f"{md(stake_suffix(view, at_stake))}{md(remark)}]")
        with link_column:
            selection.link("gaps", "Evidence", gap=key)


@cached
def _remarks(evaluated: Evaluated) -> Mapping[str, str]:
    """What people said of gaps, and since when nobody owns one, as the end of its line."""
    said = review.remarks(evaluated.gaps, evaluated.evaluation.history,
                          evaluated.alignment.as_of.date())
    return {**reminders.remarks(evaluated.gaps.rows), **said}


def stake_suffix(view: View, at_stake: float) -> str:
    """The money at stake as the end of a line; "" where it is unknown or zero."""
    unit = view.alignment.money.unit
    if formats.is_unknown(at_stake) or not at_stake or unit == "count":
        return ""
    money = formats.money(at_stake, unit, view.portfolio.settings.currency)
    return f" · {money} at stake"


def show_pattern(view: View, pattern: Pattern, rows: pd.DataFrame | None = None) -> None:
    """Show a pattern as one line that expands to its gaps.

    To those among `rows`, or to all that pass the filters of the sidebar.
    """
    shown = _gaps_of_rule(view.evaluated, view.filters, pattern.code) if rows is None else rows[
        rows["code"] == pattern.code]
    where = f", {pattern.where}" if pattern.where else ""
    label = (f"{SEVERITY[pattern.severity]} · {RULES[pattern.code].name.capitalize()}: "
             f"{pattern.count:,} of {pattern.looked_at:,} {pattern.objects}{where}")
    if len(shown) < pattern.count:
        label += f" · {len(shown):,} here"
    expander = st.expander(md(label), key=f"pattern_{pattern.code}", on_change="rerun")
    if expander.open:
        with expander:
            st.markdown(f"**Next step:** {md(pattern.systemic_step)}")
            show_table(view, shown, f"pattern_{pattern.code}_rows")
            _show_kept_in(labels.place(RULES[pattern.code].kept_in))


@cached
def _gaps_of_rule(evaluated: Evaluated, filters: Filters, code: str) -> pd.DataFrame:
    rows = gaps_of_shown_products(evaluated, filters)
    return rows[rows["code"] == code]


def show_table(view: View, rows: pd.DataFrame, key: str) -> None:
    """Show gaps as a table with a button in each row that opens the gap; with what people said of
    them, where they did."""
    rows = review.with_states(rows, view.evaluated.evaluation.history)
    rows = rows.assign(state=rows["state"].where(rows["state"] != "open"))
    tables.show_with_buttons(rows, key, "Gaps", {
        "severity": tables.States("Severity", SEVERITY),
        "message": {**tables.WIDE, "label": "Finding"},
        "next_step": {**tables.WIDE, "label": "Next step"}, "who": "Who acts",
        "at_stake": {**tables.MONEY, "label": "At stake"}, "state": "State", "owner": "Owner",
        "due": {**tables.DAY, "label": "Due"}},
        param="gap", ids="key")


def show_section(view: View, rows: pd.DataFrame, title: str, questions: bool = False) -> None:
    """Show a section with the gaps of one product or outcome, in their order."""
    st.subheader(title)
    if not len(rows):
        st.markdown(f"None {answers.judged(view.gaps)}.")
        return
    show_lines(view, rows.head(MOST_LINES), questions)
    if len(rows) > MOST_LINES:
        with st.expander(f"{len(rows) - MOST_LINES:,} more"):
            show_lines(view, rows.iloc[MOST_LINES:5 * MOST_LINES], questions)


def show_product_section(view: View, product_id: str, title: str,
                         questions: bool = False) -> None:
    """Show a section with the gaps of one product and of everything that belongs to it."""
    show_section(view, _gaps_of_product(view.evaluated, product_id), title, questions)


@cached
def _gaps_of_product(evaluated: Evaluated, product_id: str) -> pd.DataFrame:
    return products.gaps_of(evaluated.alignment, evaluated.gaps.rows, pd.Series([product_id]))


def show_unlocking_tables(view: View) -> None:
    """Show which tables, filled in, would turn on how many more rules."""
    for table, rules in view.gaps.turned_on_by.items():
        st.markdown(f"- {md(answers.to_have(table, view.gaps).capitalize())}: "
                    f"{formats.count(rules, 'more rule')}.")


@cached
def gaps_of_shown_products(evaluated: Evaluated, filters: Filters) -> pd.DataFrame:
    """The gaps of the products that pass the filters of the sidebar; all gaps without filters."""
    rows = evaluated.gaps.rows
    return rows if not filters else products.gaps_of(
        evaluated.alignment, rows, shown_products(evaluated.measured, filters)["product_id"])


def show_details(view: View, row: pd.Series) -> None:
    """Show one gap with question, evidence, next step, who acts, and links to what it concerns."""
    rule = RULES[row["code"]]
    st.header(md(row["message"]))
    st.caption(md(f"{SEVERITY[row['severity']]} · {row['code']} {rule.name}"
                  f"{stake_suffix(view, row['at_stake'])}"))
    st.markdown(f"##### {md(rule.question)}")
    explained = explain.gap(row, view.alignment)
    for sentence in explained.evidence:
        st.markdown(f"- {md(sentence)}")
    st.markdown(f"**Next step:** {md(row['next_step'])}  \n**Who acts:** {md(row['who'])}")
    _show_kept_in(explained.kept_in)
    for column, (page, param) in _PAGE_OF_COLUMN.items():
        if pd.notna(row[column]):
            selection.link(page, f"Open {_name(view, column, row[column])}",
                           icon=":material/arrow_forward:", **{param: row[column]})


def _show_kept_in(where: str) -> None:
    """Show, in a fold for those who keep the data, where what settles a gap is kept."""
    if where:
        with st.expander(KEPT_IN, icon=":material/database:"):
            st.markdown(md(where))


def _name(view: View, column: str, object_id: str) -> str:
    rows = view.portfolio["outcomes" if column == "outcome_id" else "products"]
    names = rows.loc[rows[column.removeprefix("other_")] == object_id, "name"]
    return str(names.iloc[0]) if len(names) else object_id
