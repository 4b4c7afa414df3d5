"""What is asked of each person, and of each function: by product, one line for each thing, with
the form that settles it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

import pandas as pd

from orgdata import formats
from orgdata.access.letter_links import Form
from orgdata.access.rights import is_sensitive
from orgdata.exports.digest import in_a_line
from orgdata.exports.edition import Edition
from orgdata.measures import Alignment
from orgdata.measures.key_results import DUE
from orgdata.model.words import normalise_word
from orgdata.store import Decision
from orgdata.tabular.lookup import is_in, is_word
from orgdata.views import decisions as words
from orgdata.views.products import gaps_of

SOON = timedelta(days=7)  # within which a decision is asked for
_MOST = 5  # lines of one sort on one product; the others are counted


@dataclass(frozen=True)
class Ask:
    """A line, and the form that settles what it asks; None where several do, or none."""

    line: str
    form: Form | None = None


@dataclass(frozen=True)
class Section:
    """What is asked under one heading, and how many things that is."""

    heading: str
    asks: tuple[Ask, ...]
    things: int


def of_person(edition: Edition, person: str, name: str) -> list[Section]:
    """What is asked of somebody: on the products that they manage, and as decided. `name`: under
    which decisions are theirs; "" where it is not only theirs."""
    alignment = edition.alignment
    theirs = alignment.managers.loc[alignment.managers["person_id"] == person, "product_id"]
    sections = [_section(product_name, (
        (_check_ins(alignment, product, person), "more check-in", None),
        (_gaps(edition, product), "more gap", None),
        (_expectations(alignment, product), "more question of a partner",
         "more questions of partners")))
        for product, product_name in _names(alignment, theirs)]
    due = _decisions(edition, name) if name else []
    return [one for one in (*sections, Section("Decisions and to-dos", tuple(due), len(due)))
            if one.things]


def of_function(edition: Edition, function: str) -> list[Section]:
    """What products expect of a function that it has not answered, and what it expects of them and
    they countered. METHOD §10."""
    alignment, rows = edition.alignment, edition.alignment.expectations
    rows = rows[rows["partner"].map(normalise_word, na_action="ignore") == normalise_word(function)]
    rows = rows[_waits_for(rows, "to_partner", "from_partner")]
    name = in_a_line(formats.sentence_case(function.replace("_", " ")))
    return [_section(f"{name}: {product_name}", ((
        [_answer(row, product_name) for _, row in rows[rows["product_id"] == product].iterrows()],
        "more question of a product", "more questions of a product"),))
        for product, product_name in _names(alignment, rows["product_id"])]


def _names(alignment: Alignment, ids: pd.Series) -> Iterator[tuple[str, str]]:
    """The managed products among some ids, each with its name."""
    rows = alignment.products[is_in(alignment.products["product_id"], ids)]
    yield from zip(rows["product_id"], rows["name"].astype(str), strict=True)


def _section(heading: str, sorts: Sequence[tuple[list[Ask], str, str | None]]) -> Section:
    """The first lines of each sort of thing; of each the rest is counted."""
    asks = [Ask(in_a_line(one.line), one.form)
            for sort in sorts for one in _limited(*sort)]
    return Section(in_a_line(heading), tuple(asks), sum(len(lines) for lines, *_ in sorts))


def _limited(asks: list[Ask], more: str, several: str | None) -> list[Ask]:
    rest = len(asks) - _MOST
    return asks if rest <= 0 else [*asks[:_MOST], Ask(formats.count(rest, more, several))]


def _check_ins(alignment: Alignment, product: str, person: str) -> list[Ask]:
    """The key results of a product that are due a check-in, less those that are somebody else's."""
    rows = alignment.of_product(product, "key_results")
    due = rows[is_word(rows["freshness"], *(state for state in DUE if state != "fresh"))
               & (rows["owner_id"].isna() | (rows["owner_id"] == person))]
    return [Ask(f"Check in: {title} ("
                + (f"last on {formats.day(day)}" if pd.notna(day) else "none so far") + ")",
                Form("my_product", (product, kr_id)))
            for kr_id, title, day in zip(due["kr_id"], due["title"], due["checked_on"],
                                         strict=True)]


def _gaps(edition: Edition, product: str) -> list[Ask]:
    """The critical and high gaps of a product, with the next step; none that speaks of a person."""
    found = edition.gaps.single()
    found = found[is_word(found["severity"], "critical", "high")
                  & ~found["key"].map(is_sensitive).astype(bool)]
    found = gaps_of(edition.alignment, found, pd.Series([product], dtype="str"))
    return [Ask(f"{message} {step}", Form("gaps", (key,))) for key, message, step in zip(
        found["key"], found["message"], found["next_step"], strict=True)]


def _expectations(alignment: Alignment, product: str) -> list[Ask]:
    """What partners expect of a product and nobody has answered, and what it expects of them and
    they countered. METHOD §10."""
    rows = alignment.expectations
    rows = rows[(rows["product_id"] == product) & _waits_for(rows, "from_partner", "to_partner")]
    return [_answer(row, str(row["partner"])) for _, row in rows.iterrows()]


def _waits_for(rows: pd.DataFrame, asked: str, asking: str) -> pd.Series:
    """Which expectations wait for a side: offered where it is `asked`, countered where it asks."""
    return ((rows["direction"] == asked) & (rows["state"] == "offered")) | (
        (rows["direction"] == asking) & (rows["state"] == "countered"))


def _answer(row: pd.Series, whom: str) -> Ask:
    by = f" (by {formats.day(row['by_when'])})" if pd.notna(row["by_when"]) else ""
    return Ask(f"Answer {whom}: {row['what']}{by}",
               Form("partners", (str(row["expectation_id"]),)))


def _decisions(edition: Edition, name: str) -> list[Ask]:
    """The open decisions and to-dos of somebody that are due within a week, or were due. To settle
    them in the weekly review is not for everybody, where somebody has to sign in."""
    is_open = edition.alignment.portfolio.settings.access.require == "none"
    until = edition.day + SOON
    return [Ask(with_due(edition, one),
                Form("weekly_review", (str(one.id),)) if is_open and one.id else None)
            for one in edition.open_decisions()
            if one.owner == name and one.due and one.due <= until]


def with_due(edition: Edition, decision: Decision) -> str:
    """A decision in a line, with its day."""
    return in_a_line(f"{decision.text} ({words.due(decision, edition.day)})")
