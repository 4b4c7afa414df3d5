"""New bets in the deck and the off-site pack: one slide and one question for each uncovered outcome."""

import io
from dataclasses import replace
from datetime import date

from pptx import Presentation

from orgdata.demo import DEMO
from orgdata.evaluation import evaluate
from orgdata.exports import bets, offsite, offsite_bets
from orgdata.exports.deck import deck
from orgdata.exports.edition import Edition
from orgdata.load import load
from orgdata.sources import read_source
from orgdata.views.as_if import Ideas
from orgdata.views.ideas import AsIf
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


def tried(made: Edition, source: str = str(DEMO)) -> Edition:
    return replace(made, as_if=Ideas(lambda: read_source(source, None), (), DAY).as_if)


def test_each_idea_says_what_would_be_if_it_existed():
    made = tried(Edition(evaluate(load(str(DEMO)), DAY), "demo"))
    slide, = slides(made)
    assert "As if it existed" in slide
    words = bets.as_if_they_existed(made, ["O2"])
    assert words["B01"] == "Not covered → weak; still lacks an objective, a measurable key result and a PM"
    assert all(one in slide for one in words.values())
    assert f"| Pay at the konbini (a new product) | {words['B01']} |" in offsite.offsite_markdown(made).decode()


def test_only_the_first_ideas_of_a_document_are_tried():
    asked = []
    many = edition(ideas=" | ".join(f"B{n} O{2 + n % 3} name=Idea{n:02}" for n in range(30)))
    many = replace(many, as_if=lambda idea, outcome: asked.append((idea, outcome)) or "no links are stated")
    assert len(bets.as_if_they_existed(many, ["O2", "O3", "O4"])) == len(asked) == bets.MOST_TRIED
    assert {outcome for _, outcome in asked} == {"O2", "O3"}


def test_why_an_idea_cannot_be_tried_is_said(tmp_path):
    for name, text in {"outcomes": "outcome_id,name\nO1,Home", "products": "product_id,name\nP1,Pay",
                       "contributions": "product_id,outcome_id\nP1,O1",
                       "ideas": "idea_id,name,outcome_id\nB1,Cash,O1"}.items():
        (tmp_path / f"{name}.csv").write_text(text)
    as_if = Ideas(lambda: read_source(str(tmp_path), None), (), DAY).as_if
    assert as_if("B9", "O1") == "there is no idea 'B9'"
    assert isinstance(as_if("B1", "O1"), AsIf)
