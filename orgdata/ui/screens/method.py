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
from orgdata.model import labels
from orgdata.ui.shell.cache import cached
from orgdata.ui.shell.escape import md
from orgdata.ui.shell.rewording import in_our_words
from orgdata.ui.shell.view import Judged, View
from orgdata.ui.widgets import metric, tables
from orgdata.views.explain import evidence
from orgdata.views.vocabulary import CHECK, COVERAGE, FRESHNESS, LINK, NO_LINK, STATUS, Word

_PRESETS = {"preset": "Preset", "first": "On track from", "second": "Needs attention from",
            "flagged_though_reaching": "% flagged, will reach",
            "off_though_reaching": "% off track, will reach",
            "flagged_and_missing": "% flagged, will miss"}

KEEPERS_TABLES, KEEPERS_METHOD = "Tables", "In full"  # for those who keep the data: in our names


def show(view: View) -> None:
    """Show the method, a tab for each subject; each is sent once it is opened."""
    st.markdown("#### Alignment, progress and evidence are measured separately. Unknown is "
                "never guessed. A stated link is not evidence. People are not scored.")
    headlines, words, rules, pace, data_tables, full_text = st.tabs(
        ["Headlines", "Words", "Rules", "Pace", KEEPERS_TABLES, KEEPERS_METHOD], key="method_tab",
        bind="query-params")
    for tab, show_part in (
            (headlines, _show_headlines), (words, _show_vocabulary), (rules, _show_rules),
            (pace, _show_pace), (data_tables, _show_tables), (full_text, _show_full_text)):
        if tab.open:
            with tab:
                show_part(view)


def _show_headlines(view: View) -> None:
    for headline in metric.headlines(view.evaluated):
        st.markdown(f"**{md(headline.label)}: {md(headline.value)}**  \n{md(headline.formula)}")
    st.markdown(
        "**Changes**  \nA change is split in one order: the days that passed, removals, additions, "
        "new weights, what was made easier, edits. Each comparison is split by itself, so the "
        "parts of four weeks need not add up to those of the month; each split adds up to its "
        "own change.")


def _show_vocabulary(view: View) -> None:
    for title, words in (
            ("The cells of the map", (*LINK.values(), NO_LINK)),
            ("Coverage of an outcome", COVERAGE.values()),
            ("The five checks of a product", CHECK.values()),
            ("Status of a key result", STATUS.values()),
            ("Whether it is up to date", FRESHNESS.values())):
        st.markdown(f"##### {title}\n\n" + _word_list(words))


def _word_list(words: Iterable[Word]) -> str:
    return "\n".join(f"- **{md(word)}**: {md(word.meaning)}" for word in words)


def _show_rules(view: View) -> None:
    for text in _rule_families(view.judged):
        st.markdown(text)


@cached
def _rule_families(judged: Judged) -> list[str]:
    """The rules of each family as Markdown, with why some are not evaluated here."""
    reasons = judged.gaps.not_evaluated
    rules_by_code = {rule["code"]: rule for rule in catalogue.rules()}
    return [f"##### {md(question)}\n\n" + "\n\n".join(
        _rule_text(rules_by_code[code], reasons.get(code)) for code in codes)
        for question, codes in catalogue.families().items()]


def _rule_text(rule: Mapping[str, Any], reason: str | None) -> str:
    limit = rule["thresholds"].get("threshold")
    needs = [" or ".join(map(labels.of_table, need.split("|"))) for need in rule["needs"]]
    parts = {"Triggered when": rule["fires_when"], "Severity": rule["severity"],
             "Applies to": rule["looks_at"], "Needs": ", ".join(needs),
             "Threshold": None if limit is None else evidence.threshold(rule["code"], limit),
             "Next step": rule["next_step"], "Not evaluated here, because": reason}
    return "\n".join((f"**{rule['code']} {md(rule['name'])}** · {md(rule['question'])}",
                      *(f"- *{name}:* {md(text)}" for name, text in parts.items() if text)))


def _show_pace(view: View) -> None:
    preset = view.portfolio.settings.pace
    st.markdown(
        f"A key result is judged by the preset **{md(preset)}** here"
        + (" (the default)." if preset == DEFAULT else " (from the settings).")
        + " `difference` counts points behind what is expected; the others divide progress by "
          "it. The table comes from a simulation of "
        f"{COUNT:,} key results with weekly ups and downs: how often each preset flags one that "
        "will reach its target, and one that will not.")
    tables.show(_presets(), "presets", "Pace presets compared", _PRESETS)
    st.markdown(
        "Ratios punish the start of a cycle: three points behind are a third of what is expected "
        "on day 9 of 90. A difference means the same on every day, so it is the default.")


@cached
def _presets() -> pa.Table:
    """The simulation's results of each preset, beside the preset's two thresholds."""
    simulated = pd.read_csv(TABLE)
    return tables.to_arrow(simulated.assign(
        first=[PRESETS[name][0] for name in simulated["preset"]],
        second=[PRESETS[name][1] for name in simulated["preset"]]), _PRESETS)


def _show_tables(_: View) -> None:
    with in_our_words():
        st.markdown("A star marks required columns; every table and every other column is "
                    "optional.")
        for text in _table_texts():
            st.markdown(text)


@cached
def _table_texts() -> tuple[str, str]:
    return catalogue.rules_by_table_markdown(), catalogue.tables_markdown()


def _show_full_text(_: View) -> None:
    with in_our_words():
        st.markdown(_method_text())


@cached
def _method_text() -> str:
    return catalogue.method()
