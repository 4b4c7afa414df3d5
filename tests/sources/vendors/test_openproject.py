import pytest

from tests.sources.vendors.exports import counted, loaded, rows, warned, worked

HEADER = "ID,Type,Subject,Status,Assignee,Accountable,Priority,Project,Parent,Start date,Finish date,% Complete,Work,Version,Author,Updated on\n"
PACKAGES = (HEADER + "5,Epic,Pay in one step,In progress,Ada Park,Rhea Sloan,Normal,Checkout,,2026-10-01,2026-12-31,40,8,,Rhea Sloan,2026-11-10\n"
            "6,Task,Wallets,Closed,Bo Lind,,Normal,Checkout,EPIC #5: Pay in one step,2026-10-01,2026-11-15,100,3,,Rhea Sloan,2026-11-10\n"
            "7,Bug,Double charge,Closed,,,Normal,Checkout,6,,,100,,,Rhea Sloan,2026-11-10\n"
            "8,Task,Answers,New,,,Normal,Care,,,,,,Q4 2026,Rhea Sloan,2026-11-10\n")


def test_epics_and_the_work_under_them(tmp_path):
    portfolio = loaded(tmp_path, PACKAGES)
    assert portfolio.recognised_as == "openproject"
    assert rows(portfolio, "objectives", "objective_id title product_id owner_id start_date end_date") == [
        ("5", "Pay in one step", "Checkout", "Ada Park", "2026-10-01", "2026-12-31")]
    assert (worked(portfolio, "objectives"), worked(portfolio, "products")) == ([(2, 2)], [(0, 0), (1, 0)])
    assert not len(portfolio["work"])
    assert "2 done items without a day on which it was done" in portfolio.problems["message"].str.cat()
    assert counted(portfolio) == {"used": 2, "merged": 2, "set_aside": 0}
    assert warned(portfolio) == []


def test_the_finish_date_stands_for_the_day_of_completion_on_demand(tmp_path):
    portfolio = loaded(tmp_path, PACKAGES, "[exports.openproject]\ndone_on = 'due'\n")
    assert rows(portfolio, "work", "work_id product_id done_on objective_id") == [("6", "Checkout", "2026-11-15", "5")]


@pytest.mark.parametrize(("option", "goals"), [("version", [("Care · Q4 2026", "Q4 2026")]), ("parent", [("5", "Pay in one step")])])
def test_what_is_a_goal_is_a_choice(tmp_path, option, goals):
    portfolio = loaded(tmp_path, PACKAGES, f"[exports.openproject]\nobjectives = '{option}'\n")
    assert rows(portfolio, "objectives", "objective_id title") == goals
