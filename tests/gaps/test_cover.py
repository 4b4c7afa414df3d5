"""Where lost rows leave very many pairs of products and outcomes open, it is not known of any."""

from orgdata.gaps import cover
from tests.builders import judged

TABLES = {"outcomes": "O1 | O2", "products": "P1", "objectives": "J1 product_id=P1 outcome_id=O2",
          "key_results": "K1 J1 target=1",
          "contributions": "P1 O1 supporting | P1 O2 supporting" + " | P1 O9 primary" * 3}


def not_judged() -> dict[str, tuple[tuple[str, int], ...]]:
    """The outcomes that may be covered, and the rows to mend."""
    rows = judged(**TABLES).not_judged
    return dict(rows.loc[rows["code"] == "OUT02", ["outcome_id", "because"]].values.tolist())


def test_few_pairs_are_looked_at_one_by_one():
    mend = tuple(("contributions", row) for row in (4, 5, 6))
    assert not_judged() == {"O2": mend}  # of O1 the product lacks a goal, which no row may hold


def test_of_more_pairs_each_may_be_there(monkeypatch):
    monkeypatch.setattr(cover, "MOST_PAIRS", 1)
    mend = tuple(("contributions", row) for row in (4, 5, 6))
    assert not_judged() == {"O1": mend, "O2": mend}


def test_of_very_many_rows_to_mend_the_first_are_named(monkeypatch):
    for most in (2, 1):
        monkeypatch.setattr(cover, "MOST_ROWS", 2)
        monkeypatch.setattr(cover, "MOST_PAIRS", most)
        assert not_judged()["O2"] == (("contributions", 4), ("contributions", 5))
