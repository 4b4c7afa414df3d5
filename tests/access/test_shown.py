"""What is shown is a part of what was measured: numbers stay, texts and findings go."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from orgdata.access import OPEN, Rights, Theirs, shown
from orgdata.demo import DEMO
from orgdata.evaluation import evaluate
from orgdata.load import load
from orgdata.measures import Alignment
from orgdata.views.headlines import headlines
from orgdata.views.portfolio import sentence
from tests.csv_folders import write

PM = Rights(frozenset({"pm"}), Theirs(frozenset({"H12"}), frozenset({"P01"})))
ALL = [PM, Rights(frozenset({"viewer"})), Rights(frozenset({"leadership"})),
       Rights(frozenset({"partner"}), functions=frozenset({"sales"}))]


@pytest.fixture(scope="module")
def whole():
    return evaluate(load(str(DEMO)), date(2026, 11, 20))


def test_a_head_is_shown_what_was_measured(whole):
    assert shown(whole, OPEN) is whole


@pytest.mark.parametrize("rights", ALL)
def test_numbers_are_those_of_the_whole_portfolio(whole, rights):
    seen = shown(whole, rights)
    assert seen.alignment.headlines == whole.alignment.headlines
    assert seen.alignment.money == whole.alignment.money
    for one, other in zip(headlines(seen.alignment, seen.gaps),
                          headlines(whole.alignment, whole.gaps), strict=True):
        assert replace(one, rows=None) == replace(other, rows=None)
        if one.total is not None and one.key != "fit":
            assert one.rows[one.adds].sum() == pytest.approx(one.total)
    assert sentence(seen.alignment) == sentence(whole.alignment)
    for name in Alignment.__dataclass_fields__:
        if isinstance(frame := getattr(whole.alignment, name), pd.DataFrame):
            numbers = frame.select_dtypes("number")
            pd.testing.assert_frame_equal(getattr(seen.alignment, name)[numbers.columns], numbers)
            pd.testing.assert_series_equal(getattr(seen.alignment, name).dtypes, frame.dtypes)


def test_who_asked_for_work_is_told_of_own_products_and_of_all_together(whole):
    every, seen = whole.alignment.work_sources, shown(whole, PM).alignment.work_sources
    product = every["product_id"]
    told = product.isna() | product.isin(PM.theirs.products)
    assert every["asked_by"][~told].notna().any()
    assert seen["asked_by"][~told].isna().all()
    assert seen["asked_by"][told].equals(every["asked_by"][told])


@pytest.mark.parametrize("rights", ALL)
def test_no_gap_is_lost(whole, rights):
    seen = shown(whole, rights).gaps
    hidden = whole.gaps.rows[~whole.gaps.rows["key"].isin(seen.rows["key"])]
    assert seen.not_shown == hidden["severity"].value_counts().to_dict()
    assert len(hidden)
    assert set(seen.rows["key"]) <= set(whole.gaps.rows["key"])


def test_all_of_a_product_manager_is_shown(whole):
    seen = shown(whole, PM)
    for frame in ("objectives", "key_results"):
        pd.testing.assert_frame_equal(seen.alignment.of_product("P01", frame),
                                      whole.alignment.of_product("P01", frame))
    own = whole.gaps.rows[whole.gaps.rows["product_id"] == "P01"]
    assert set(own["key"]) <= set(seen.gaps.rows["key"])
    notes = seen.alignment.portfolio["check_ins"]
    kept = notes["kr_id"][notes["note"].notna()].unique()
    assert set(kept) <= set(whole.alignment.of_product("P01", "key_results")["kr_id"])


def test_what_is_tried_shows_no_finding_that_was_hidden_before_judged_or_not(whole):
    def of_product(product_id, judged):
        """The evaluation with one finding about a person of a product, which is judged or not."""
        finding = whole.gaps.rows.head(1).assign(
            key="PRG05:K9", code="PRG05", product_id=product_id, person_id=None, outcome_id=None)
        left = pd.DataFrame({name: finding.get(name, [()])
                             for name in whole.gaps.not_judged.columns})
        rows = (finding, left.head(0)) if judged else (finding.head(0), left)
        return replace(whole, gaps=replace(whole.gaps, rows=rows[0], not_judged=rows[1]))

    leader = Rights(frozenset({"leadership"}), PM.theirs)
    for was in (True, False):
        for now in (True, False):
            seen = shown(of_product("P01", now), leader, of_product("P02", was)).gaps
            assert (len(seen.rows), len(seen.not_judged)) == (0, 0)
            seen = shown(of_product("P01", now), leader, of_product("P01", was)).gaps
            assert len(seen.rows) + len(seen.not_judged) == 1


@pytest.mark.parametrize("rights", ALL)
def test_a_portfolio_without_a_gap_is_shown(tmp_path, rights):
    bare = evaluate(load(write(tmp_path, products="product_id,name\nP1,A\n")), date(2026, 11, 20))
    bare = replace(bare, gaps=replace(bare.gaps, rows=bare.gaps.rows.head(0)))
    assert list(shown(bare, rights).gaps.rows.columns) == list(bare.gaps.rows.columns)
