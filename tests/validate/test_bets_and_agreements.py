"""What is wrong in lists of ideas, work and expectations: the problem, its place, and what it leaves
unjudged."""

from datetime import date

from orgdata.evaluation import evaluate
from orgdata.measures.ideas import odds
from orgdata.views import focus, ideas, not_judged, partners
from tests.builders import loaded

DAY = date(2026, 11, 20)
WAY = "baseline=0 target=20 current=10 unit=shops"
BASE = {"outcomes": f"O1 name=Japan {WAY} | O2 name=Done status=done {WAY}", "products": "P1 name=Pay",
        "contributions": "P1 O1"}


def judged(**tables):
    return evaluate(loaded(**{**BASE, **tables}), DAY)


def faults(evaluation):
    """Level, table, row, column, code and value of every problem but what is only said."""
    rows = evaluation.alignment.portfolio.problems
    return [tuple(None if value != value else value for value in row)
            for row in rows.loc[rows["level"] != "information", [
                "level", "table", "row", "column", "code", "value"]].astype(object).itertuples(
                    index=False, name=None)]


def test_a_range_the_wrong_way_round_says_nothing_of_the_way_or_the_odds():
    found = judged(ideas="B1 O1 name=Cash effect_low=5 effect_high=2 confidence_pct=50 effort_likely=3 "
                         "| B2 O1 name=App effect_likely=4 confidence_pct=50 effort_likely=3")
    assert faults(found) == [("warning", "ideas", 2, "effect_low", "bad_value", "5 · – · 2")]
    cash = found.alignment.ideas.set_index("idea_id").loc["B1"]
    assert cash["share_likely"] != cash["share_likely"]
    told = ideas.idea_rows(found.alignment, "O1")["way"].tolist()
    assert told[1][-1] != told[0][-1]
    assert ideas.pairs(found.alignment, "O1")[-1].startswith("“Cash” is not compared: ")
    assert not len(odds(found.alignment.ideas[found.alignment.ideas["odds_why"].isna()]))


def test_an_idea_for_a_closed_outcome_stands_beside_none():
    found = judged(ideas="B1 O2 name=Cash effect_likely=5 | B2 O1 name=App")
    assert faults(found) == [("warning", "ideas", 2, "outcome_id", "bad_value", "O2")]
    message, = found.alignment.portfolio.problems.query("level == 'warning'")["message"]
    assert message == ('ideas.csv row 2, outcome_id, "O2": its outcome is done, so nothing is said about the '
                       "idea; it was kept")
    assert ideas.open_ideas(found.alignment)["idea_id"].tolist() == ["B2"]


def test_work_without_a_date_is_set_aside_and_the_shares_say_that_they_lack_it():
    found = judged(work="W1 P1 2026-11-10 kind=goal | W2 P1 kind=request asked_by=sales")
    assert faults(found) == [("error", "work", 3, "done_on", "missing_required", None)]
    counts = found.alignment.portfolio.counts["work"]
    assert (counts.loaded, counts.set_aside) == (1, 1)
    skipped = "1 row of work was skipped and is in none of these shares: the Data page says why."
    assert skipped in focus.basis(found.alignment, 84)
    assert "skipped" not in focus.basis(judged(work="W1 P1 2026-11-10 kind=goal").alignment, 84)


def test_an_expectation_of_an_unknown_product_is_set_aside_and_not_called_missing():
    found = judged(expectations="X1 P9 sales what=Prices")
    assert faults(found) == [("error", "expectations", 2, "product_id", "unknown_reference", "P9")]
    assert partners.why_none(found.alignment) == (
        "What products and other functions expect of each other could not be read: the Data page says why.")


def test_what_an_unreadable_answer_leaves_unjudged_is_said_with_its_row():
    found = judged(expectations="X1 P9 sales what=Prices | X2 P1 sales what=Maps state=perhaps by_when=2026-12-01")
    said = not_judged.sentences(found.gaps, found.alignment)
    assert said == ['Maps: not judged whether it is agreed; row 3 of expectations: state "perhaps", expected '
                    "offered, accepted, countered or declined."]
    assert partners.skipped(found.alignment) == (
        "1 row of expectations was skipped and is not among these: the Data page says why.")
    assert partners.skipped(judged(expectations="X1 P1 sales what=Maps").alignment) == ""
