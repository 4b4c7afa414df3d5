"""The Method page: headlines, states, checks, status, pace, rules and tables, as the code has them.

Everything here is our own text except what is filled in from the portfolio, which is escaped.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd
import pyarrow as pa
import streamlit as st

from orgdata.docs import catalogue
from orgdata.docs.pace_simulation import COUNT, TABLE
from orgdata.measures.pace import DEFAULT, PRESETS
from orgdata.ui.shell.cache import cached
from orgdata.ui.shell.escape import md
from orgdata.ui.shell.view import Evaluated, View
from orgdata.ui.widgets import metric, tables
from orgdata.views.vocabulary import CHECK, COVERAGE, FRESHNESS, LINK, NO_LINK, STATUS, Word

_PRESETS = {"preset": "Preset", "first": "On track from", "second": "Needs attention from",
            "flagged_though_reaching": "% flagged, will reach",
            "off_though_reaching": "% off track, will reach",
            "flagged_and_missing": "% flagged, will miss"}


def show(view: View) -> None:
    """All of it, a tab for each subject; each is sent once it is opened."""
    st.markdown("#### Alignment, progress and evidence stay apart; unknown stays unknown; a claim "
                "is not proof; nobody is scored.")
    numbers, words, rules, pace, data, full = st.tabs(
        ["Headlines", "Words", "Rules", "Pace", "Tables", "In full"], key="method_tab",
        bind="query-params")
    for tab, draw in ((numbers, _numbers), (words, _words), (rules, _rules), (pace, _pace),
                      (data, _tables), (full, _in_full)):
        if tab.open:
            with tab:
                draw(view)


def _numbers(view: View) -> None:
    for one in metric.headlines(view.evaluated):
        st.markdown(f"**{md(one.label)}: {md(one.value)}**  \n{md(one.formula)}")


def _words(view: View) -> None:
    for title, words in (
            ("The cells of the matrix", (*LINK.values(), NO_LINK)),
            ("Coverage of an outcome", COVERAGE.values()),
            ("The five checks of a product", CHECK.values()),
            ("Status of a key result", STATUS.values()),
            ("Freshness of its evidence", FRESHNESS.values())):
        st.markdown(f"##### {title}\n\n" + _list(words))


def _list(words: Iterable[Word]) -> str:
    return "\n".join(f"- **{md(word)}**: {md(word.meaning)}" for word in words)


def _rules(view: View) -> None:
    for text in _families(view.evaluated):
        st.markdown(text)


@cached
def _families(evaluated: Evaluated) -> list[str]:
    """The rules of each family, with why some are not evaluated here."""
    reasons = evaluated.gaps.not_evaluated
    catalogued = {one["code"]: one for one in catalogue.rules()}
    return [f"##### {md(asks)}\n\n" + "\n\n".join(
        _rule(catalogued[code], reasons.get(code)) for code in codes)
        for asks, codes in catalogue.families().items()]


def _rule(one: Mapping[str, Any], reason: str | None) -> str:
    threshold = one["thresholds"].get("threshold")
    parts = {"Fires when": one["fires_when"], "Severity": one["severity"],
             "Looks at": one["looks_at"], "Needs": ", ".join(one["needs"]),
             "Threshold": None if threshold is None else f"{threshold:g}",
             "Next step": one["next_step"], "Not evaluated here, because": reason}
    return "\n".join((f"**{one['code']} {md(one['name'])}** · {md(one['question'])}",
                      *(f"- *{name}:* {md(said)}" for name, said in parts.items() if said)))


def _pace(view: View) -> None:
    chosen = view.portfolio.settings.pace
    st.markdown(
        f"A key result is judged by the preset **{md(chosen)}** here"
        + (" (the default)." if chosen == DEFAULT else " (from the settings).")
        + " `difference` counts points behind what is expected; the others divide progress by "
          "it. The table comes from a simulation of "
        f"{COUNT:,} key results with weekly ups and downs (`make simulation` runs it again): how "
        "often each preset flags one that will reach its target, and one that will not.")
    tables.show(_presets(), "presets", "Pace presets compared", _PRESETS)
    st.markdown(
        "Ratios punish the start of a cycle: three points behind are a third of what is expected "
        "on day 9 of 90. A difference means the same on every day, so it is the default.")


@cached
def _presets() -> pa.Table:
    """What the simulation found of each preset, beside where the preset draws its lines."""
    measured = pd.read_csv(TABLE)
    return tables.packed(measured.assign(
        first=[PRESETS[name][0] for name in measured["preset"]],
        second=[PRESETS[name][1] for name in measured["preset"]]), _PRESETS)


def _tables(_: View) -> None:
    st.markdown("A star marks required columns; every table and every other column is optional.")
    for text in _table_texts():
        st.markdown(text)


@cached
def _table_texts() -> tuple[str, str]:
    return catalogue.turns_on_markdown(), catalogue.tables_markdown()


def _in_full(_: View) -> None:
    st.markdown(_method())


@cached
def _method() -> str:
    return catalogue.method()
