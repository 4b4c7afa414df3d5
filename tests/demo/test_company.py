"""The demo company tells the story it is meant to tell."""

from datetime import date

import pytest

from orgdata.demo import DEMO, copy_demo
from orgdata.gaps import RULES, SEVERITIES, find_gaps
from orgdata.load import load
from orgdata.measures import align

AS_OF = date(2026, 11, 20)


@pytest.fixture(scope="module")
def portfolio():
    return load(str(DEMO))


@pytest.fixture(scope="module")
def gaps(portfolio):
    return find_gaps(align(portfolio, AS_OF))


def test_its_date_is_pinned(portfolio):
    assert portfolio.settings.as_of == AS_OF


def test_nothing_is_set_aside_or_warned_about(portfolio):
    assert {count.set_aside for count in portfolio.counts.values()} == {0}
    assert set(portfolio.problems["level"]) <= {"information"}


def test_most_products_are_aligned(portfolio):
    heads = align(portfolio, AS_OF).headlines
    assert heads.managed_products >= 38
    assert heads.aligned_products >= 24


def test_sizes(portfolio):
    people = portfolio["assignments"].query("role == 'accountable'")["person_id"].nunique()
    assert 15 <= people <= 22
    assert 5 <= portfolio["products"]["business_area"].nunique() <= 7
    assert (portfolio["outcomes"]["status"] == "active").sum() == 6
    assert 55 <= len(portfolio["objectives"]) <= 75
    assert 140 <= len(portfolio["key_results"]) <= 180


@pytest.mark.parametrize("code", [code for code, one in sorted(RULES.items())
                                  if not one.needs_store])
def test_each_rule_fires(gaps, code):
    assert code in set(gaps.rows["code"]), f"give orgdata/demo/company a row that shows {code}"


def test_the_first_screen_is_short(gaps):
    grave = gaps.single()["severity"].isin(SEVERITIES[:2]).sum()
    assert 1 <= grave + len(gaps.patterns) <= 12


def test_copy_never_overwrites(tmp_path):
    (tmp_path / "products.csv").write_text("mine")
    with pytest.raises(FileExistsError, match="nothing was written"):
        copy_demo(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["products.csv"]


def test_copy_is_the_demo(tmp_path, portfolio):
    copy_demo(tmp_path / "new")
    again = load(str(tmp_path / "new"))
    assert {name: count.read for name, count in again.counts.items()} == {
        name: count.read for name, count in portfolio.counts.items()}
