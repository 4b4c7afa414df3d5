"""Work names nobody: columns that name persons are dropped on reading, and that is said."""

import pytest

from orgdata.model.persons import names_persons
from tests.sources.vendors.exports import loaded, rows

CANARY = "Canary Person"
JIRA = ("Summary,Issue key,Issue id,Issue Type,Status,Project key,Assignee,Reporter,Creator,Watchers,Watchers,"
        "Resolved,Parent,Custom field (Requesting team)\n"
        "Grow,PAY-1,1,Epic,Open,PAY,Epic Owner,{who},{who},{who},{who},,,\n"
        "Wallets,PAY-2,2,Task,Done,PAY,{who},{who},{who},{who},{who},13/Nov/26 9:00 AM,PAY-1,Sales\n")
LINEAR = ("ID,Team,Title,Status,Estimate,Project,Creator,Assignee,Labels,Cycle Number,Created,Completed,Source\n"
          "E-1,Pay,Wallets,Done,2,Cards,{who},{who},,1,2026-11-01,2026-11-13,Sales\n")
ASANA = ("Task ID,Created At,Completed At,Name,Section/Column,Assignee,Assignee Email,Projects,Followers,Asked by\n"
         "1,2026-11-01,2026-11-13,Wallets,Doing,{who},{who}@example.com,Pay,{who},Sales\n")
GITHUB = ("Title\tURL\tAssignees\tStatus\tRepository\tLinked pull requests\tReviewers\tParent issue\tClosed\tAsked by\n"
          "Pay\thttps://x/1\tEpic Owner\tTodo\tn/pay\t\t{who}\t\t\t\n"
          "Wallets\thttps://x/2\t{who}\tDone\tn/pay\t\t{who}\thttps://x/1\t2026-11-13\tSales\n")
AZURE = ("ID,Work Item Type,Title 1,Title 2,Assigned To,Created By,State,Area Path,Closed Date,Source\n"
         "1,Epic,Grow,,Epic Owner <a@example.com>,{who},New,Pay,,\n"
         "2,Task,,Wallets,{who} <{who}@example.com>,{who},Closed,Pay,2026-11-13,Sales\n")


@pytest.mark.parametrize(("content", "name", "dropped"), [
    (JIRA, "a.csv", ["Assignee", "Reporter", "Creator", "Watchers", "Watchers_2"]),
    (LINEAR, "a.csv", ["Creator", "Assignee"]),
    (ASANA, "a.csv", ["Assignee", "Assignee Email", "Followers"]),
    (GITHUB, "a.tsv", ["Assignees", "Reviewers"]), (AZURE, "a.csv", ["Assigned To", "Created By"])],
    ids="jira linear asana github azure".split())
def test_who_did_the_work_is_nowhere_in_what_is_loaded(tmp_path, content, name, dropped):
    portfolio = loaded(tmp_path, content.replace("{who}", CANARY), name=name)
    (item,) = rows(portfolio, "work", "done_on asked_by")
    assert item == ("2026-11-13", "Sales")
    for table in portfolio.tables.values():
        assert CANARY.casefold() not in table.to_csv().casefold()
    for table in portfolio.unknown_columns.values():
        assert CANARY not in table.to_csv()
    assert CANARY not in portfolio.problems.to_csv()
    (said,) = [one for one in portfolio.problems["message"] if "dropped for work" in one]
    assert all(column in said for column in dropped)


@pytest.mark.parametrize("header", [
    "Assignee", "Assignee email", "Custom field (Reporter)", "Requested by", "Watchers_2", "Created By", "author_id", "E-Mail"])
def test_columns_that_name_persons(header):
    assert names_persons(header)


@pytest.mark.parametrize("header", [
    "asked_by", "Blocked by", "Project", "Team", "Name", "Parent id", "Issue id", "Custom field (Source)", "Done on", "Duplicated by"])
def test_columns_that_name_none(header):
    assert not names_persons(header)
