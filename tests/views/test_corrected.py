"""Explanations say how many cells behind them were corrected here (METHOD section 7)."""

from datetime import date

import pytest

from orgdata.demo import DEMO
from orgdata.edits import Edit
from orgdata.evaluation import evaluate
from orgdata.load import portfolio_of
from orgdata.sources import read_source
from orgdata.views import explain
from orgdata.views.headlines import headlines

ASSIGNED = Edit.adding("assignments", {"product_id": "P21", "person_id": "H12",
                                       "role": "accountable"})
TARGET = Edit("outcomes", "set", {"outcome_id": "O6"}, {"target": "30", "unit": "%"})
TEXT = Edit("outcomes", "set", {"outcome_id": "O2"}, {"description": "Merchants in Japan"})
DONE = Edit("outcomes", "set", {"outcome_id": "O6"}, {"metric": "Share of new revenue sourced by "
                                                      "partners"})


@pytest.fixture(scope="module")
def corrected():
    raw = read_source(str(DEMO))
    return evaluate(portfolio_of(raw, [ASSIGNED, TARGET, TEXT, DONE]), date(2026, 11, 20))


def lines(evaluation, key):
    return "\n".join(explain.explain(key, evaluation.alignment, evaluation.gaps).lines)


def test_only_what_it_is_about_is_counted(corrected):
    assert "1 cell of this is corrected here and not yet in the source." in lines(corrected, "P21")
    assert "corrected here" not in lines(corrected, "P18")
    assert "1 cell of this is corrected here" in lines(corrected, "O6")  # the unit was % already
    assert "corrected here" not in lines(corrected, "O1")


def test_a_cell_of_the_map_counts_those_of_its_product(corrected):
    said = explain.cell("P21", "O2", corrected.alignment).lines
    assert said[-1] == "1 cell of this is corrected here and not yet in the source."


def test_headlines_say_how_many_cells_they_rest_on(corrected):
    for headline in headlines(corrected.alignment, corrected.gaps):
        assert "3 cells of what it rests on are corrected here." in headline.formula


def test_a_gap_says_it_too(corrected):
    assert "1 cell of this is corrected here" in lines(corrected, "OUT01:O2")


def test_without_corrections_nothing_is_said():
    bare = evaluate(portfolio_of(read_source(str(DEMO))), date(2026, 11, 20))
    assert all("corrected here" not in one.formula
               for one in headlines(bare.alignment, bare.gaps))
    assert bare.alignment.portfolio.corrected.empty
