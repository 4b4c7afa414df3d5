"""What the files become, before anything is stored: counts, the answer, a map, the first gaps."""

from datetime import date

import pandas as pd
import streamlit as st

from orgdata import formats
from orgdata.load import day_of
from orgdata.model.portfolio import Portfolio
from orgdata.ui.page_table import component
from orgdata.ui.shell import source
from orgdata.ui.shell.cache import cached
from orgdata.ui.shell.escape import md
from orgdata.ui.shell.loaded import Loaded
from orgdata.ui.shell.rewording import rows_said
from orgdata.ui.shell.view import Evaluated, Measured
from orgdata.ui.upload.reading import Reading
from orgdata.upload import compare, preview
from orgdata.views import answers, gaps, problems
from orgdata.views.matrix import matrix
from orgdata.views.vocabulary import LINK, NOBODY, SEVERITY

_MOST_PRODUCTS, _MOST_GOALS, _MOST_GAPS = 12, 6, 5
_LONGEST, _HEADING = 40, 28  # characters of a product's name in the map, and of a goal's above it
_COLOURS = {"good": "blue", "some": "blue", "watch": "orange", "bad": "red"}


def show(reading: Reading) -> None:
    """Show the portfolio as it would stand on the Overview."""
    portfolio = reading.now.portfolio
    st.markdown(_counts(portfolio))
    evaluated = of_reading(reading)
    st.markdown(f"##### {md(_answer(evaluated.measured))}")
    _show_map(evaluated.measured)
    _show_gaps(evaluated)
    _show_problems(preview.not_said_above(portfolio.problems))


def _counts(portfolio: Portfolio) -> str:
    """How many things of each kind there are."""
    counts = [(len(portfolio[table]), words) for table, words in compare.NAMES.items()]
    return " · ".join(f"**{count:,}** {words[count != 1]}" for count, words in counts)


def of_reading(reading: Reading) -> Evaluated:
    """The portfolio on its day, without a history: nothing of it is stored yet."""
    loaded = Loaded(reading.now.portfolio, reading.draft.at, f"draft:{reading.now.version}")
    return source.evaluated(loaded, day_of(loaded.portfolio, None, date.today()))


@cached
def _answer(measured: Measured) -> str:
    return answers.overview(measured.alignment)


def _show_map(measured: Measured) -> None:
    """Show the first products with the company goals that they serve."""
    if not len(measured.alignment.products) or not len(measured.alignment.outcomes):
        return
    st.table(rows_said(_map(measured), heads=True), border="horizontal", hide_index=True,
             alt="The first products and the company goals that they support")
    st.caption(_legend(measured))


@cached
def _map(measured: Measured) -> pd.DataFrame:
    """Products as rows in the order of the files, company goals as columns, symbols in cells."""
    alignment = measured.alignment
    whole = matrix(alignment, alignment.products)
    goals = whole.rows.head(_MOST_GOALS)
    columns = whole.columns.set_index("product_id").reindex(
        alignment.products["product_id"].head(_MOST_PRODUCTS))
    states = {(product, goal): state for product, goal, state in zip(
        whole.cells["product_id"], whole.cells["outcome_id"], whole.cells["state"], strict=True)}
    return pd.DataFrame({
        "Product": [f"{md(formats.clipped(name, _LONGEST))}  \n:small[{_who(who)}]"
            for name, who in zip(columns["name"], columns["who"], strict=True)],
        **{_heading(name, at): [_symbol(states.get((product, goal))) for product in columns.index]
           for at, (goal, name) in enumerate(zip(goals["outcome_id"], goals["name"],
                                                 strict=True))}})


def _who(who: str) -> str:
    return f":red[{who}]" if who == NOBODY else md(formats.clipped(who, 40))


def _heading(name: str, at: int) -> str:
    """A goal's name above its column; no two are the same."""
    return f":small[{md(formats.clipped(name, _HEADING))}]" + "\u200b" * at


def _symbol(state: str | None) -> str:
    return "" if state is None else f":{_COLOURS[LINK[state].tone]}[{LINK[state].symbol}]"


@cached
def _legend(measured: Measured) -> str:
    alignment = measured.alignment
    states = [state for state in LINK if (alignment.links["state"] == state).any()]
    hidden = [formats.count(count - shown, f"more {word}") for word, count, shown in (
        ("product", len(alignment.products), _MOST_PRODUCTS),
        ("company goal", len(alignment.outcomes), _MOST_GOALS)) if count > shown]
    legend = " · ".join(f"{LINK[state].symbol} {md(LINK[state].in_legend)}" for state in states)
    more = f"{' and '.join(hidden)} not shown here" if hidden else ""
    return " · ".join(filter(None, (legend, more)))


def _show_gaps(evaluated: Evaluated) -> None:
    lines = gaps.first(evaluated.gaps, _MOST_GAPS)
    if not lines:
        st.markdown(md(answers.nothing_severe(evaluated.gaps)))
        return
    st.markdown(f"**The first of {formats.count(len(evaluated.gaps.rows), 'gap')}**")
    st.markdown("  \n".join(f":small[{md(SEVERITY[severity])} · {md(text)}]"
                             for severity, text in lines))


def _show_problems(found: pd.DataFrame) -> None:
    if len(found):
        with st.expander(f"Problems: {preview.describe_problems(found)}"):
            component.show(problems.table(found), "bring_problems", "Problems found in the files")
