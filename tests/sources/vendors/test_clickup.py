import pytest

from orgdata.sources.vendors.clickup import plain_day
from tests.sources.vendors.exports import counted, loaded, rows, warned, worked

HEADER = ("Task Type,Task ID,Task Custom ID,Task Name,Task Content,Status,Date Created,Date Created Text,Due Date,Due Date Text,"
          "Start Date,Start Date Text,Date Done,Date Done Text,Parent ID,Attachments,Assignees,Tags,Priority,List Name,Folder Name,Space Name,Time Estimated,Sprint Points\n")


def task(number, *, kind="Task", parent="null", status="to do", due="", done="", who="[]", tags="[]", place="Q4 2026,Web", points="", space="Checkout"):
    due, done = (f'1798675200000,"{day}"' if day else "," for day in (due, done))
    return (f'{kind},86b{number},null,About {number},"two\nlines",{status},1756720800000,"9/1/2026, 10:00:00 AM GMT+2",{due},,,{done},'
            f'{parent},[],"{who}","{tags}",null,{place},{space},,{points}\n')


def test_tasks_with_subtasks_are_goals(tmp_path):
    portfolio = loaded(tmp_path, HEADER + task(1, due="12/31/2026, 4:00:00 AM GMT+1", who="[Ada Park, Bo Lind]")
                       + task(2, parent="86b1", status="complete", done="11/13/2026, 4:00:00 PM GMT+1", points="3")
                       + task(3, parent="86b2", tags="[bug,ui]", status="Closed", done="11/14/2026, 4:00:00 PM GMT+1")
                       + task(4, place="Inbox,hidden", space="Care"))
    assert portfolio.recognised_as == "clickup"
    assert rows(portfolio, "objectives", "objective_id title product_id owner_id start_date end_date") == [
        ("86b1", "About 1", "Checkout", "Ada Park", "2026-10-01", "2026-12-31")]  # begins as its list says
    assert rows(portfolio, "work", "work_id product_id done_on kind size objective_id parent_id") == [
        ("86b2", "Checkout", "2026-11-13", None, 3, "86b1", None), ("86b3", "Checkout", "2026-11-14", "defect", None, "86b1", "86b2")]
    assert rows(portfolio, "products", "product_id") == [("Checkout",), ("Care",)]
    assert (worked(portfolio, "objectives"), worked(portfolio, "products")) == ([(2, 2)], [(0, 0), (1, 0)])
    assert counted(portfolio) == {"used": 4, "merged": 0, "set_aside": 0}
    assert warned(portfolio) == [("clickup", 2, "Assignees", "bad_value")]


def test_types_lists_and_folders(tmp_path):
    content = HEADER + task(1, kind="Goal") + task(2, place="Later,hidden") + task(3, parent="86b1")
    assert rows(loaded(tmp_path, content), "objectives", "objective_id") == [("86b1",)]
    portfolio = loaded(tmp_path, content, "[exports.clickup]\nobjectives = 'list'\nproducts = 'folder'\n")
    assert rows(portfolio, "objectives", "objective_id title product_id") == [
        ("Web · Q4 2026", "Q4 2026", "Web"), ("Checkout · Later", "Later", "Checkout")]


def test_days_in_milliseconds_alone(tmp_path):
    portfolio = loaded(tmp_path, "Task ID,Task Name,Parent ID,Due Date,Space Name\n1,Pay,null,1798675200000,Shop\n2,Cards,1,,Shop\n")
    assert rows(portfolio, "objectives", "objective_id end_date") == [("1", "2026-12-31")]


@pytest.mark.parametrize(("cell", "day"), [
    ("1798675200000", "2026-12-31"), ("null", ""), ("12/31/2026, 4:00:00 AM GMT+1", "12/31/2026  4:00:00 AM GMT+1"),
    ("17986752000001", "17986752000001"), ("²798675200000", "²798675200000")])
def test_a_day_as_we_read_it(cell, day):
    assert plain_day(cell) == day
