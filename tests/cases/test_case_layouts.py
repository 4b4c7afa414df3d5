"""Cases of layouts that people and tools use, each with its right value."""

import pytest

from orgdata.load import load
from orgdata.sources import SourceError


def test_c03(case):
    """The two objectives are read, one of the team Checkout, one the company's."""
    assert case.counts("objectives") == (2, 2)
    assert case.counts("key_results") == (1, 1)


def test_c04(case):
    assert sorted(set(case.values("people", "name"))) == ["Ada Fisk", "Ben Orr"]
    assert case.values("key_results", "target")[1] == 0


def test_c05(case):
    """Each of several leads is a person, and the product has several."""
    assert case.counts("assignments") == (10, 10)
    assert {"Dong Lin", "Jorg Halm", "Peter DeVoe", "Timo Maur"} <= set(case.values("people", "name"))
    assert set(case.rules("OWN02")) == {
        "Engagement Model", "Micro-App Hub", "Enterprise-Wide Integration"}


def test_c07(real_data):
    """Both records are counted: the first is no header."""
    with pytest.raises(SourceError, match="2 rows and no header"):
        load(str(real_data / "cases" / "c07"))


def test_c08(case):
    """The progress is one of 100, and the quarter the window."""
    assert list(case.progress().values()) == pytest.approx([0.4, 0.65, 0.2, 0])
    assert not case.rules("KR01")


def test_c09(case):
    """The quarter is the window, the lights are words, and Last Updated makes check-ins."""
    assert not case.rules("KR01")
    assert case.counts("check_ins") == (4, 4)


def test_c11(case):
    assert case.counts("objectives") == (2, 2)
    assert case.counts("key_results") == (2, 2)
    assert case.values("objectives", "parent_objective_id")[1:] == ["ENG-O1"]


def test_c15(case):
    """A repeated header is no record, and a row with one cell is a group."""
    assert "Owner" not in case.values("people", "name")
    assert "Pay in one step" in case.values("objectives", "title")


def test_c16(case):
    assert {"Ada Fisk", "Ben Orr", "Cleo Ray"} == set(case.values("people", "name"))
    assert case.counts("objectives")[1] == 5  # two epics and three features


def test_c17(case):
    assert set(case.values("products", "name")) == {"Checkout", "Support"}


def test_c21(case):
    assert set(case.values("products", "name")) == {"Checkout", "Support"}
    assert "Pay in one step" in case.values("objectives", "title")


def test_c24(case):
    assert case.counts("outcomes") == (3, 3)
    assert len(case.values("contributions", "product_id")) == 5  # X, x and (x) are links


def test_c26(case):
    assert case.counts("objectives") == (2, 2)
    assert case.counts("key_results") == (3, 3)


def test_c28(case):
    assert case.values("objectives", "title") == ["Faster checkout"]
    assert case.values("key_results", "title") == ["Conversion", "Load time"]


def test_c30(case):
    assert case.counts("key_results") == (5, 5)
    assert case.values("objectives", "product_id") == ["Checkout", "Checkout", "Support"]


def test_c37(case):
    """The sheet of goals is read, and its product P1 is the Checkout that is known."""
    assert case.values("objectives", "product_id") == ["P1"]
    assert case.values("products", "name") == ["Checkout", "Search", "Support"]


def test_c58(case):
    """Each row names a manager: two of Checkout, one of Search."""
    assert case.rules("OWN02") == {"P1": "medium"}
    assert not case.rules("OWN01")
