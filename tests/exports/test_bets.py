"""New bets in the deck and the off-site pack: one slide and one question for each uncovered outcome."""

import io
from datetime import date

from pptx import Presentation

from orgdata.demo import DEMO
from orgdata.evaluation import evaluate
from orgdata.exports import offsite, offsite_bets
from orgdata.exports.deck import deck
from orgdata.exports.edition import Edition
from orgdata.load import load
from tests.builders import loaded

DAY = date(2026, 11, 20)
WAY = "baseline=0 target=20 current=10 unit=shops"
TABLES = {"products": "P1", "contributions": "P1 O1", "outcomes": " | ".join(
    ["O1 name=Home", *(f"O{n} name=Land{n} {WAY}" for n in range(2, 9))])}


def edition(**tables: str) -> Edition:
    return Edition(evaluate(loaded(**{**TABLES, **tables}), DAY), "tiny")


def slides(made: Edition) -> list[str]:
    """The text of the slides about new bets, with what stands in their tables."""
    found = []
    for slide in Presentation(io.BytesIO(deck(made))).slides:
        texts = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
        texts += [cell.text for shape in slide.shapes if shape.has_table
                  for row in shape.table.rows for cell in row.cells]
        if any("New bets" in text for text in texts):
            found.append("\n".join(texts))
    return found


def test_a_slide_and_a_question_for_each_uncovered_outcome():
    made = edition(ideas="B1 O2 name=Cash effect_likely=5 asked_by=sales | B2 O2 name=App stage=dropped")
    said = slides(made)
    assert len(said) == 5  # the others stand in the notes
    assert "No product works on “Land2”: 1 idea would" in said[0]
    assert "5 shops: 50 % of the way" in said[0]
    assert "App" not in said[0]
    assert "No product works on “Land3”: no idea is known" in said[1]
    questions = list(offsite_bets.bets(made))
    assert [text for text, *_ in questions] == [f"Which bet would serve “Land{n}”?" for n in range(2, 7)]
    assert questions[1][1:] == ("No product works on it, and no idea for it is known.", questions[1][2])


def test_without_ideas_nothing_is_said_of_them():
    assert slides(edition()) == []
    assert list(offsite_bets.bets(edition())) == []


def test_the_pack_of_the_demo_company_asks_for_the_bet_on_japan():
    made = Edition(evaluate(load(str(DEMO)), DAY), "demo")
    text = offsite.offsite_markdown(made).decode()
    assert "Which bet would serve “Expand to Japan”?" in text
    assert "“Pay at the konbini” and “Storefront in Japanese” are too close to call (50 : 50)." in text
    slide, = slides(made)
    assert "Launch with a local integrator (a new product)" in slide
