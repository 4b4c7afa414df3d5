"""What stays of a saved portfolio beside newer files."""

from datetime import date

from orgdata.upload.left_behind import left_behind
from tests.builders import loaded

BEFORE = {
    "people": "H1 | H2 | H3", "outcomes": "O1 | O2", "products": "P1 | P2",
    "assignments": "P1 H1 accountable | P2 H2 accountable",
    "contributions": "P1 O1 primary | P1 O2 primary | P2 O1 primary",
    "objectives": "J1 product_id=P1 owner_id=H1 | J2 product_id=P2 owner_id=H2",
    "key_results": "K1 J1 | K2 J2 | K3 J1",
    "check_ins": "K1 2026-11-01 1 | K1 2026-11-08 2 | K2 2026-11-01 5 | K3 2026-11-01 7"}
AFTER = {
    "people": "H1", "outcomes": "O1", "products": "P1", "assignments": "P1 H1 accountable",
    "contributions": "P1 O1 primary", "objectives": "J1 product_id=P1 owner_id=H1",
    "key_results": "K1 J1 | K3 J1", "check_ins": "K1 2026-11-08 3"}


def kept(portfolio):
    """The keys of the rows of each table that has any."""
    return {name: rows.iloc[:, :2].astype("str").agg(" ".join, axis="columns").tolist()
            for name, rows in portfolio.tables.items() if len(rows)}


def test_earlier_check_ins_stay_as_history_and_nothing_else():
    rest = left_behind(loaded(**BEFORE), loaded(**AFTER), keep=False)
    assert set(kept(rest)) == {"check_ins"}
    rows = rest["check_ins"]
    assert list(zip(rows["kr_id"], rows["date"].dt.date, strict=True)) == [
        ("K1", date(2026, 11, 1)), ("K3", date(2026, 11, 1))]


def test_what_is_gone_stays_with_all_that_hangs_on_it():
    rest = kept(left_behind(loaded(**BEFORE), loaded(**AFTER), keep=True))
    assert {name: [key.split()[0] for key in keys] for name, keys in rest.items()} == {
        "people": ["H2"], "outcomes": ["O2"], "products": ["P2"], "assignments": ["P2"],
        "contributions": ["P1", "P2"], "objectives": ["J2"], "key_results": ["K2"],
        "check_ins": ["K1", "K2", "K3"]}


def test_of_the_same_files_nothing_is_left():
    whole = loaded(**BEFORE)
    assert kept(left_behind(whole, whole, keep=True)) == {}


def test_what_is_no_longer_said_of_a_product_that_is_there_does_not_stay():
    after = loaded(**{**BEFORE, "assignments": "P1 H3 accountable | P2 H2 accountable"})
    assert kept(left_behind(loaded(**BEFORE), after, keep=True)) == {}
