import pytest

from orgdata.sources.vendors.trackers import parent_number
from tests.sources.vendors.exports import counted, loaded, rows, warned, worked

HEADER = ("#,Project,Tracker,Parent task,Status,Priority,Subject,Author,Assignee,Updated,Category,Target version,"
          "Start date,Due date,Estimated time,% Done,Created,Closed,Private\n")


def issue(number, tracker, parent="", *, status="New", subject="", who="", version="", due="", closed="", project="Checkout"):
    return (f"{number},{project},{tracker},{parent},{status},Normal,{subject or f'About {number}'},Rhea Sloan,{who},2026-11-10 10:12,"
            f"Payments,{version},2026-10-01,{due},,40,2026-09-01 09:00,{closed},No\n")


PAY = issue(12, "Epic", subject="Pay in one step", who="Ada Park", due="2026-12-31", status="In Progress")
WALLETS = issue(13, "Feature", '"Epic #12: Pay, in one step"', status="Closed", who="Bo Lind", closed="2026-11-10 09:00")


def test_epics_and_the_work_under_them(tmp_path):
    portfolio = loaded(tmp_path, HEADER + WALLETS + PAY + issue(14, "Bug", "#13", status="Resolved", closed="2026-11-11 09:00")
                       + issue(15, "Support", status="Rejected", closed="2026-11-11 09:00", project="Care"))
    assert portfolio.recognised_as == "redmine"
    assert rows(portfolio, "objectives", "objective_id title product_id owner_id start_date end_date status") == [
        ("12", "Pay in one step", "Checkout", "Ada Park", "2026-10-01", "2026-12-31", "In Progress")]
    assert rows(portfolio, "work", "work_id product_id done_on kind objective_id parent_id") == [
        ("13", "Checkout", "2026-11-10", None, "12", None), ("14", "Checkout", "2026-11-11", "defect", "12", "13")]
    assert worked(portfolio, "objectives") == [(2, 2)]
    assert rows(portfolio, "products", "product_id name") == [("Checkout", "Checkout"), ("Care", "Care")]
    assert counted(portfolio) == {"used": 4, "merged": 0, "set_aside": 0}
    assert warned(portfolio) == []


def test_without_a_tracker_of_goals_they_are_what_has_others_under_it(tmp_path):
    portfolio = loaded(tmp_path, HEADER + issue(1, "Feature") + issue(2, "Task", "Feature #1: About 1") + issue(3, "Task", "Task #2: About 2") + issue(4, "Task"))
    assert rows(portfolio, "objectives", "objective_id") == [("1",)]
    assert (worked(portfolio, "objectives"), worked(portfolio, "products")) == ([(2, 0)], [(1, 0)])


def test_versions_as_goals(tmp_path):
    portfolio = loaded(tmp_path, HEADER + issue(1, "Epic", version="2026.4") + issue(2, "Task", "Epic #1: About 1") + issue(3, "Task", version="2026.4", project="Care"),
                       "[exports.redmine]\nobjectives = 'version'\n")
    assert rows(portfolio, "objectives", "objective_id title product_id") == [
        ("Checkout · 2026.4", "2026.4", "Checkout"), ("Care · 2026.4", "2026.4", "Care")]
    assert worked(portfolio, "objectives") == [(2, 0), (1, 0)]


def test_a_version_that_is_a_quarter_and_a_parent_that_is_not_in_the_file(tmp_path):
    portfolio = loaded(tmp_path, "#,Subject,Tracker,Parent task,Status,Target version,Project\n7,Pay,Epic,Epic #1: Gone,New,2026-Q4,Shop\n")
    assert rows(portfolio, "objectives", "start_date end_date parent_objective_id") == [("2026-10-01", "2026-12-31", None)]
    assert warned(portfolio) == [("objectives", 2, "parent_objective_id", "unknown_reference")]


@pytest.mark.parametrize(("cell", "number"), [
    ("Epic #12: Pay #3", "12"), ("#12", "12"), ("12", "12"), ("Pay #now", "Pay #now"), ("", "")])
def test_the_number_of_a_parent(cell, number):
    assert parent_number(cell) == number
