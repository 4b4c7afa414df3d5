"""Gaps on a page: as rows that open in place, as a table, and one gap with its evidence."""

import pandas as pd
import streamlit as st

from orgdata import formats
from orgdata.gaps import RULES, reminders
from orgdata.ui.gap_rows import component
from orgdata.ui.shell import selection
from orgdata.ui.shell.cache import cached
from orgdata.ui.shell.escape import bullets, md
from orgdata.ui.shell.rewording import in_our_words
from orgdata.ui.shell.view import Evaluated, Filters, Judged, View, shown_products
from orgdata.ui.widgets import tables
from orgdata.views import answers, explain, gap_rows, products, review
from orgdata.views.explain.explanation import KEPT_IN
from orgdata.views.vocabulary import SEVERITY

_PAGE_OF_COLUMN = {"outcome_id": ("outcomes", "outcome"), "product_id": ("products", "product"),
                   "other_product_id": ("products", "product")}


def show(view: View, rows: pd.DataFrame | None = None, key: str = "gaps", most: int | None = None,
         questions: bool = False, settle: str = "") -> None:
    """Show gaps as rows, the gravest first, patterns in their place; each opens in place.

    Of `rows`, or all that pass the filters of the sidebar. With `most`, only so many. As
    `questions`, each says its question below the finding. What is settled on this page goes into
    the session state under `settle`.
    """
    many = most or gap_rows.MOST_ROWS
    listed = (_rows_of_shown_products(view.evaluated, view.filters, many) if rows is None else
              _rows(view.evaluated, rows, questions, many))
    if most is not None:
        gravest = [row for row in listed if not row.of][:most]
        listed = [*gravest, *(row for row in listed if row.of in {one.key for one in gravest})]
    if listed:
        component.show(view, listed, key, settle)
        if most is None and (beyond := _not_listed(view, rows, listed)):
            st.caption(beyond)
    else:
        st.markdown("No gap is left of what was chosen." if len(view.gaps.rows) else
                    answers.nothing_severe(view.gaps))


def _not_listed(view: View, rows: pd.DataFrame | None, listed: list[gap_rows.Row]) -> str:
    return gap_rows.not_listed(gaps_of_shown_products(view.judged, view.filters)
                               if rows is None else rows, listed,
                               "above" if st.session_state.get(selection.PAGE) == "gaps" else
                               "on the Gaps page")


@cached
def _rows_of_shown_products(evaluated: Evaluated, filters: Filters,
                            most: int) -> list[gap_rows.Row]:
    return _rows(evaluated, gaps_of_shown_products(evaluated.judged, filters), False, most)


def _rows(evaluated: Evaluated, rows: pd.DataFrame, questions: bool,
          most: int) -> list[gap_rows.Row]:
    return gap_rows.gap_rows(evaluated.alignment, evaluated.gaps, evaluated.evaluation.history,
                             rows, questions, most)


def stake_suffix(view: View, at_stake: float) -> str:
    """The money at stake as the end of a line; "" where it is unknown or zero."""
    unit = view.alignment.money.unit
    if formats.is_unknown(at_stake) or not at_stake or unit == "count":
        return ""
    money = formats.money(at_stake, unit, view.portfolio.settings.currency)
    return f" · {money} concerned"


def show_table(view: View, rows: pd.DataFrame, key: str) -> None:
    """Show gaps as a table with a button in each row that opens the gap; with what people said of
    them, where they did."""
    rows = review.with_states(rows, view.evaluated.evaluation.history)
    rows = rows.assign(state=rows["state"].where(rows["state"] != "open"))
    tables.show_with_buttons(rows, key, "Gaps", {
        "severity": tables.States("Severity", SEVERITY),
        "message": {**tables.WIDE, "label": "Finding"},
        "next_step": {**tables.WIDE, "label": "Next step"}, "who": "Who acts",
        "at_stake": {**tables.MONEY, "label": "Budget concerned"}, "state": "State",
        "owner": "Owner", "due": {**tables.DAY, "label": "Due"}},
        param="gap", ids="key")


def show_section(view: View, rows: pd.DataFrame, title: str, questions: bool = False) -> None:
    """Show a section with the gaps of one product or outcome, in their order."""
    st.subheader(title)
    if len(rows):
        show(view, rows, key=f"gaps_{title}", questions=questions)
    else:
        st.markdown(f"None {answers.judged(view.gaps)}.")


def show_product_section(view: View, product_id: str, title: str,
                         questions: bool = False) -> None:
    """Show a section with the gaps of one product and of everything that belongs to it."""
    show_section(view, _gaps_of_product(view.judged, product_id), title, questions)


def show_next_step(view: View, product_id: str) -> None:
    """Show the next step of the most severe gap of one product, as a link to the gap."""
    rows = reminders.without(_gaps_of_product(view.judged, product_id))
    if not len(rows):
        st.markdown(f"Nothing to do: no gap {answers.judged(view.gaps)}.")
        return
    first = rows.iloc[0]
    st.markdown(f"**Next:** {md(first['next_step'])}")
    selection.link("gaps", "Assign, accept or discuss it", icon=":material/arrow_forward:",
                   gap=str(first["key"]))


@cached
def _gaps_of_product(judged: Judged, product_id: str) -> pd.DataFrame:
    return products.gaps_of(judged.alignment, judged.gaps.rows, pd.Series([product_id]))


def show_unlocking_tables(view: View) -> None:
    """Show which tables, filled in, would turn on how many more rules."""
    st.markdown(bullets(f"{formats.sentence_case(answers.to_have(table, view.gaps))}: "
                        f"{formats.count(rules, 'more rule')}."
                        for table, rules in view.gaps.turned_on_by.items()))


@cached
def gaps_of_shown_products(judged: Judged, filters: Filters) -> pd.DataFrame:
    """The gaps of the products that pass the filters of the sidebar; all gaps without filters."""
    return _of_shown_products(judged.gaps.rows, judged, filters)


def unjudged_of_shown_products(judged: Judged, filters: Filters) -> pd.DataFrame:
    """The same of the findings that could not be judged."""
    return _of_shown_products(judged.gaps.not_judged, judged, filters)


def _of_shown_products(rows: pd.DataFrame, judged: Judged, filters: Filters) -> pd.DataFrame:
    return rows if not filters else products.gaps_of(
        judged.alignment, rows, shown_products(judged.measured, filters)["product_id"])


def show_details(view: View, row: pd.Series) -> None:
    """Show one gap with question, evidence, next step, who acts, and links to what it concerns."""
    rule = RULES[row["code"]]
    st.title(md(row["message"]), anchor=False)
    st.caption(md(f"{SEVERITY[row['severity']]} · {row['code']} {rule.name}"
                  f"{stake_suffix(view, row['at_stake'])}"))
    st.markdown(f"##### {md(rule.question)}")
    explained = explain.gap(row, view.evaluated.corrected.alignment)
    st.markdown(bullets(explained.evidence))
    st.markdown(f"**Next step:** {md(row['next_step'])}  \n**Who acts:** {md(row['who'])}")
    _show_kept_in(explained.kept_in)
    for column, (page, param) in _PAGE_OF_COLUMN.items():
        if pd.notna(row[column]):
            selection.link(page, f"Open {_name(view, column, row[column])}",
                           icon=":material/arrow_forward:", **{param: row[column]})


def _show_kept_in(where: str) -> None:
    """Show, in a fold for those who keep the data, where what settles a gap is kept."""
    if where:
        with st.expander(KEPT_IN, icon=":material/database:"), in_our_words():
            st.markdown(md(where))


def _name(view: View, column: str, object_id: str) -> str:
    rows = view.portfolio["outcomes" if column == "outcome_id" else "products"]
    names = rows.loc[rows[column.removeprefix("other_")] == object_id, "name"]
    return str(names.iloc[0]) if len(names) else object_id
