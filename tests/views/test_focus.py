"""What the Focus page says of where the work goes."""

import pytest

from orgdata.load import load
from orgdata.measures.work import PURPOSES
from orgdata.views import focus
from tests.builders import aligned
from tests.demo_company import alignment

GOALS = {"products": "P1 name=Pay | P2 name=Search", "outcomes": "O1",
         "objectives": "J1 outcome_id=O1"}
GOAL, OUT, UNKNOWN = "objective_id=J1", "kind=request", "size=1"


def _items(**counts):
    kinds = {"goal": GOAL, "run": "kind=run", "outside": f"{OUT} asked_by=sales",
             "unknown": UNKNOWN, "lost": "objective_id=J9"}
    lines = [f"P1 2026-11-01 {kinds[name]}" for name, count in counts.items() for _ in range(count)]
    return aligned(**GOALS, work="|".join(f"W{at} {line}" for at, line in enumerate(lines)))


@pytest.mark.parametrize(("counts", "said"), [
    ({"goal": 6, "run": 2, "outside": 1, "unknown": 1},
     "60 % of the work of the last 12 weeks was for objectives, 20 % agreed running, 10 % outside, "
     "10 % unknown."),
    ({"goal": 2, "outside": 1, "unknown": 2},
     "40 % of the work of the last 12 weeks carries no kind: label it in the tool it comes from. "
     "40 % was for objectives, 0 % agreed running, 20 % outside."),
    ({"goal": 1, "lost": 2},
     "67 % of the work of the last 12 weeks names something that is not loaded: load what it is "
     "for. 33 % was for objectives, 0 % agreed running, 0 % outside.")])
def test_the_answer_says_all_four_shares_and_first_what_cannot_be_told(counts, said):
    assert focus.sentence(_items(**counts), 84) == said


def test_the_answer_where_there_is_no_work_and_none_in_the_period():
    assert focus.sentence(aligned(**GOALS), 84) == "No work is loaded yet, so nobody can tell where it goes."
    old = aligned(**GOALS, work="W1 P1 2026-09-01")
    assert focus.sentence(old, 28) == "No work of the last 4 weeks is loaded."
    assert focus.headlines(old, 28) == []
    sizeless = aligned(**GOALS, work="W1 P1 2026-11-19 size=0")
    assert focus.sentence(sizeless, 28) == "The work of the last 4 weeks has no size: it says 0 throughout."
    assert focus.basis(old, 28) == ""


def test_the_tool_is_named_where_it_is_known(tmp_path):
    (tmp_path / "jira.csv").write_text(
        "Summary,Issue key,Issue id,Issue Type,Status,Project key,Resolved\n"
        "A,PAY-1,1,Task,Done,PAY,2026-11-13\nB,PAY-2,2,Task,Done,PAY,2026-11-13\n")
    assert focus.tool(load(str(tmp_path / "jira.csv"))) == "Jira"


@pytest.mark.parametrize(("work", "said"), [
    ("W1 P1 2026-11-01 | W2 P1 2026-11-01", "2 items, none carries a size, so each counts 1."),
    ("W1 P1 2026-11-01 size=2 | W2 P1 2026-11-01", "2 items, 1 of them without a size count 1 each."),
    ("W1 P1 2026-11-01 size=2", "1 item, by their size."),
    ("W1 P1 2026-11-01 objective_id=J9 size=1",
     "1 item, by their size. 100 % names something that is not loaded.")])
def test_what_was_counted(work, said):
    assert focus.basis(aligned(**GOALS, work=work), 84) == (
        f"{said} Work names nobody: columns that name persons are dropped when it is read.")


def test_each_share_opens_to_the_items_that_add_up_to_it():
    found = focus.headlines(alignment(), 84)
    assert [one.label for one in found] == ["For objectives", "Agreed running", "Outside", "Unknown"]
    for one in found:
        assert one.rows[one.adds].sum() == pytest.approx(one.total)
    assert sum(one.total for one in found) == alignment().portfolio["work"]["size"].sum()


def test_who_asked_for_what_was_outside():
    measured = aligned(**GOALS, work=(
        f"W1 P1 2026-11-01 {OUT} asked_by=sales | W2 P1 2026-11-01 {OUT} asked_by=support size=2"
        f"| W3 P2 2026-11-01 {OUT} size=4 | W4 P2 2026-11-01 {GOAL}"))
    rows = focus.source_rows(measured, 84)
    assert rows[["asked_by", "percent", "items"]].to_numpy().tolist() == [
        ["Support", 25, 1], ["Sales", 13, 1], ["not said", 50, 1]]
    assert focus.source_sentence(measured, 84) == (
        "Of what was outside, Support asked for the most: 25 % of all work, 1 item. For 50 % nobody is named.")
    assert focus.source_sentence(measured, 84, "P2") == "Nobody is named who asked for what was outside."
    assert focus.source_sentence(_items(goal=1), 84) == ""


def test_products_stand_by_name_and_their_shares_add_up():
    rows = focus.product_rows(alignment(), 84, alignment().products["product_id"])
    assert rows["name"].tolist() == sorted(rows["name"])
    assert rows[list(PURPOSES)].sum(axis=1).tolist() == [100.0] * len(rows)


def test_a_trend_says_its_days():
    rows = focus.trend_rows(aligned(**GOALS, work=f"W1 P1 2026-10-20 {GOAL} | W2 P2 2026-11-20 {OUT}"))
    assert rows[["name", "goal", "outside"]].to_numpy().tolist() == [
        ["24 Oct 2026 to 20 Nov 2026", 0, 100], ["26 Sep 2026 to 23 Oct 2026", 100, 0]]
    assert focus.trend_rows(aligned(**GOALS)).empty


def test_one_product_over_both_windows():
    rows = focus.window_rows(aligned(**GOALS, work=f"W1 P1 2026-09-20 {GOAL} | W2 P1 2026-11-20 {OUT}"), "P1")
    assert rows[["name", "goal", "outside", "items"]].to_numpy().tolist() == [
        ["Last 4 weeks", 0, 100, 1], ["Last 12 weeks", 50, 50, 2]]
