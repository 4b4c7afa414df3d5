"""New bets: a slide for each outcome that nobody works on, with the ideas that would."""

from collections.abc import Mapping

import pandas as pd

from orgdata import formats
from orgdata.exports.bets import as_if_they_existed
from orgdata.exports.deck.layouts import Box
from orgdata.exports.deck.slide import Para, add_notes, page, text
from orgdata.exports.deck.table import Column, table
from orgdata.exports.deck.template import Deck
from orgdata.exports.edition import Edition
from orgdata.measures import Alignment
from orgdata.views import answers, ideas, outcomes
from orgdata.views.vocabulary import IDEA_STAGE, UNKNOWN

MOST_SLIDES = 5  # outcomes; the notes of the last name the others
_SIZES = (14, 13, 12, 11, 10)


def bets(deck: Deck, edition: Edition) -> None:
    """Add a slide for each outcome that nobody works on, the heaviest first; none where no idea is
    loaded: what nobody writes down is not missing."""
    if not len(edition.alignment.ideas) and not answers.skipped_rows(edition.alignment, "ideas"):
        return
    rows = ideas.outcome_rows(edition.alignment)
    rows = rows[rows["coverage"] == "uncovered"]
    tried = as_if_they_existed(edition, rows["outcome_id"].head(MOST_SLIDES))
    for _, row in rows.head(MOST_SLIDES).iterrows():
        _outcome(deck, edition, row, tried)
    if len(rows) > MOST_SLIDES:
        add_notes(deck.file.slides[-1], ["No product works on these outcomes either:",
                                         *rows["name"].iloc[MOST_SLIDES:].head(40)])


def _outcome(deck: Deck, edition: Edition, row: pd.Series, tried: Mapping[str, str]) -> None:
    alignment, outcome_id = edition.alignment, row["outcome_id"]
    weight = "" if formats.is_unknown(row["weight"]) else (
        f" · weight {formats.percent(row['weight'])}")
    would = f"{formats.count(row['ideas'], 'idea')} would" if row["ideas"] else "no idea is known"
    slide = page(deck, f"New bets{weight}", f"No product works on “{row['name']}”: {would}")
    area, metric = deck.page.area, outcomes.metric_sentence(_outcome_of(alignment, outcome_id))
    used = text(slide, area, [Para(metric)], _SIZES) + 10 if metric else 0.0
    if not row["ideas"]:
        text(slide, Box(area.x, area.y + used, area.w, area.h - used), [Para(
            "Ask: who looks for an idea, or should the outcome be dropped?", bold=True)], (18, 16))
        return
    listed = ideas.idea_rows(alignment, outcome_id)
    cells = [[f"{one.name} ({one.what})", tried.get(one.idea_id, "–"), one.way[-1],
              "–" if formats.is_unknown(one.chance) else formats.percent(one.chance),
              str(IDEA_STAGE.get(one.stage, UNKNOWN)),
              "–" if formats.is_unknown(one.asked) else one.asked]
             for one in listed.itertuples(index=False)]
    odds = ideas.pairs(alignment, outcome_id)
    below = 26.0 * min(len(odds), 4)
    placed = table(slide, Box(area.x, area.y + used, area.w, area.h - used - below - 10), [
        Column("Idea", 220), Column("As if it existed", 190), Column("Share of the way", 190),
        Column("Works", 60), Column("Stage", 80), Column("Asked by", 80)], cells, _SIZES,
        most_lines=4)
    if odds:
        text(slide, area.at_foot(below), [Para(one, bullet=True) for one in odds[:4]], _SIZES)
    add_notes(slide, [*odds, *(" · ".join(one) for one in cells[placed:])])


def _outcome_of(alignment: Alignment, outcome_id: str) -> pd.Series:
    rows = alignment.outcomes
    return rows[rows["outcome_id"] == outcome_id].iloc[0]
