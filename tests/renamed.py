"""The demo under an organisation's own words, with names that hold ours: those stay, all else is said
anew. What is left of our words is found here."""

import re
from dataclasses import replace
from functools import cache

from orgdata.changes import compare
from orgdata.demo import DEMO
from orgdata.demo.weeks import DAYS, week
from orgdata.evaluation import Known, judge
from orgdata.exports.edition import Edition
from orgdata.gaps import find_gaps
from orgdata.measures import align
from orgdata.model.own_words import read_words
from orgdata.store.archive import files_of
from tests.builders import DAY
from tests.exports.editions import demo

SETTINGS = (DEMO / "settings.toml").read_text() + """
[words]
outcome = "Goal"
product = ["Initiative", "Initiatives"]
objective = "Aim"
key_result = "Measure"
product_manager = ["Lead", "Leads"]
"""
WORDS = read_words({"outcome": "Goal", "product": ["Initiative", "Initiatives"], "objective": "Aim",
                    "key_result": "Measure", "product_manager": "Lead"})
NAME = "Zq key result of a product outcome"  # and a number
TABLES = {"products": "name", "outcomes": "name", "objectives": "title", "key_results": "title"}
_NAME = re.compile(rf"{NAME} \d+|Zq[^…\n|]{{0,{len(NAME)}}}…")
_OURS = re.compile(r"(?<!head of )(?<![\w/.=?&-])(?:product|outcome|objective|key\s+result)s?(?![\w/=]|\\?[._]\w)|\bPMs?\b",
                   re.IGNORECASE)


def settings(folder):
    """The file of the demo's settings with these words, in a folder."""
    path = folder / "settings.toml"
    path.write_text(SETTINGS)
    return str(path)


def folder_with_names(folder):
    """The demo as a folder of files with its names and these words."""
    for name, content in files_of(with_names(demo().alignment.portfolio), True):
        (folder / name).write_bytes(content)
    return folder


def with_names(portfolio):
    """A portfolio in which every product, outcome, objective and key result has such a name."""
    tables = {name: rows.assign(**{TABLES[name]: [f"{NAME} {at}" for at in range(len(rows))]})
              if name in TABLES else rows for name, rows in portfolio.tables.items()}
    return replace(portfolio, tables=tables, settings=replace(portfolio.settings, words=WORDS))


@cache
def edition() -> Edition:
    """The demo's edition, renamed."""
    then = demo()
    portfolio = with_names(then.alignment.portfolio)
    now = judge(align(portfolio, DAY), Known(history=then.history, decisions=then.decisions))
    before = align(week(portfolio, DAYS[-2]), DAYS[-2])
    return Edition(now, "Demo company", compare(before, find_gaps(before), now.alignment, now.gaps))


@cache
def _sentences():
    """The sentences in the demo's data and of what was decided that hold one of our words."""
    portfolio = demo().alignment.portfolio
    decided = {text for one in demo().decisions for text in (one.text, one.withdrawn) if text}
    return sorted(decided | {text for rows in portfolio.tables.values() for name in rows
                   for text in rows[name].dropna().unique()
                   if isinstance(text, str) and _OURS.search(text)
                   and re.search(r"\w", _OURS.sub("", text))}, key=len)


def left(texts):
    """Each of our words that is left in texts outside of those from the data, and each name that was
    not left alone, with what is around it."""
    for text in dict.fromkeys(texts):
        for sentence in _sentences():
            text = text.replace(sentence, "")
        read = re.sub(r"`[^`]*`|https?://\S+", "", _NAME.sub("", text.replace("\\", "")))
        for hit in (*_OURS.finditer(read), *re.finditer("Zq", read)):
            yield f"{hit[0]!r} in {read[max(0, hit.start() - 60):hit.end() + 60]!r}"
