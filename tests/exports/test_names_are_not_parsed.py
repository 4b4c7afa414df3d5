"""Names that look like what we write ourselves: nothing is ever read back out of them.

The same portfolio is written with plain names and with such ones; what is said of a product is the
same but for its name.
"""

import io
from functools import cache

import pytest
from pptx import Presentation
from python_calamine import CalamineWorkbook

from orgdata.exports.brief import brief_markdown, page
from orgdata.exports.deck import deck
from orgdata.exports.document.blocks import Paragraph
from orgdata.exports.edition import Edition
from orgdata.exports.workbook import workbook
from orgdata.views import line_of_sight, outcomes, products, stop_candidates
from orgdata.views.explain import explain
from tests.builders import HALFWAY
from tests.exports.editions import tiny

PLAIN = "Plainname"
NASTY = ["Checkout: EU and UK", "■ A fails: B", "○ Circle", "Product manager: x",
         "▼ Owner: Ada · due never", "{name} {0}", "Not linked to an outcome"]


@cache
def named(name: str) -> Edition:
    """Two products of that name, product manager, outcome and goal; the second lacks all."""
    return tiny(
        outcomes=[{"outcome_id": "O1", "name": name, "weight": "60", "metric": name},
                  {"outcome_id": "O2", "name": f"{name} 2", "weight": "40"}],
        products=[{"product_id": "P1", "name": name, "annual_spend": "100"},
                  {"product_id": "P2", "name": f"{name} 2", "annual_spend": "50"}],
        people=[{"person_id": "H1", "name": name}],
        assignments=[{"product_id": "P1", "person_id": "H1", "role": "accountable"}],
        contributions=[{"product_id": "P1", "outcome_id": "O1", "strength": "primary",
                        "confirmed_on": "2026-10-01"},
                       {"product_id": "P2", "outcome_id": "O2", "strength": "weak",
                        "confirmed_on": ""}],
        objectives=[{"objective_id": "J1", "title": name, "product_id": "P1", "outcome_id": "O1",
                     **dict(pair.split("=") for pair in HALFWAY.split())}],
        key_results=[{"kr_id": "K1", "objective_id": "J1", "title": name, "baseline": "0",
                      "target": "10", "current": "1"}])


def brief(edition: Edition) -> list[str]:
    """Every paragraph of both briefs."""
    return [" ".join(text.words for text in block.line) for product in ("P1", "P2")
            for block in page(edition, product).blocks if isinstance(block, Paragraph)]


def slides(edition: Edition) -> list[str]:
    """Every cell of every table of the deck with the colour behind it, but of the last, which says
    what the deck is made of."""
    def colour(cell) -> str:
        return str(cell.fill.fore_color.rgb) if cell.fill.type == 1 else ""

    return [f"{cell.text} {colour(cell)}"
            for slide in list(Presentation(io.BytesIO(deck(edition))).slides)[:-1]
            for shape in slide.shapes
            if shape.has_table for row in shape.table.rows for cell in row.cells]


def sheets(edition: Edition) -> list[str]:
    """Every cell of the workbook but those that say what it is made of."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(workbook(edition)))
    return [str(cell) for name in book.sheet_names if name != "About"
            for row in book.get_sheet_by_name(name).to_python() for cell in row]


def pages(edition: Edition) -> list[str]:
    """What the pages of a product and an outcome say."""
    alignment = edition.alignment
    without = line_of_sight.coverage_without(alignment, "P1")
    return [*(str(products.check_rows(alignment, one).to_dict("records")) for one in ("P1", "P2")),
            line_of_sight.without_it(without), str(line_of_sight.drawn_chain(alignment, "P1")),
            stop_candidates.would_be_lost(alignment, "P1"), outcomes.sentence(alignment),
            str(products.product_rows(alignment, alignment.products, edition.gaps.rows).to_dict(
                "records"))]


def explained(edition: Edition) -> list[str]:
    """What the command line explains."""
    return [line for key in ("K1", "P1", "P2", "O1", "O2", *edition.gaps.rows["key"])
            for line in explain(key, edition.alignment, edition.gaps).lines]


@pytest.mark.parametrize("name", NASTY)
@pytest.mark.parametrize("said", [brief, slides, sheets, pages, explained])
def test_the_same_is_said_whatever_the_names(said, name):
    def squeezed(text: str) -> str:
        return " ".join(text.split())

    def alike(one: str, plain: str) -> bool:
        """A cell of a slide is cut where a name has no room: as far as it goes, it says the same."""
        one, whole = squeezed(one), squeezed(plain).replace(PLAIN, name)
        if said is slides and whole.endswith("…") and PLAIN.startswith(whole[:-1]):
            whole = name
        cut = said is slides and (one.endswith("…") or squeezed(plain).endswith("…"))
        return one == whole or (cut and (whole.startswith(one.removesuffix("…"))
                                         or one.startswith(whole)))

    these, those = said(named(name)), said(named(PLAIN))
    assert len(these) == len(those)
    assert [pair for pair in zip(these, those, strict=True) if not alike(*pair)] == []


def test_a_colon_in_the_name_does_not_move_the_verdict():
    edition = tiny(
        outcomes="O1", people="H1", assignments="P1 H1 accountable", contributions="P1 O1 primary",
        products=[{"product_id": "P1", "name": "Checkout: EU and UK"}])
    said = brief_markdown(edition, "P1").decode()
    assert "**2 of 2 checks pass.**" in said
    assert "Eu and uk" not in said
