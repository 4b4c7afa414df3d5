import pytest

from orgdata.sources import SourceError
from tests.sources.vendors.exports import counted, loaded, rows, warned, worked

HEADER = ("Summary,Issue key,Issue id,Issue Type,Status,Project key,Project name,Project type,"
          "Project lead,Assignee,Due date,Parent,Custom field (Epic Link),Labels,Labels,Sprint,"
          "Sprint,Watchers,Watchers\n")


def issue(key: str, kind: str = "Story", parent: str = "", *, epic: str = "", due: str = "",
          status: str = "To Do", project: str = "PAY,Payments", who: str = "", lead: str = "Ada Park",
          summary: str | None = None) -> str:
    """One record; its numeric id is 10000 and the number of its key."""
    number = 10000 + int(key.split("-")[1]) if key else 0
    return (f"{summary or f'About {key}'},{key},{number},{kind},{status},{project},software,{lead},{who},{due},"
            f"{parent},{epic},red,blue,,,,\n")


GOAL = issue("PAY-1", "Epic", due="27/Sep/26 9:00 AM", status="In Progress", who="Bo Lind",
             summary='"Pay in one step, no password"').replace("red", '"red\nand hot"')


def test_epics_and_the_work_under_them(tmp_path):
    portfolio = loaded(tmp_path, HEADER
                       + issue("PAY-4", "Sub-task", "PAY-3", status="Done")  # before its parents
                       + GOAL
                       + issue("PAY-2", parent="10001", status="Done")  # by the numeric id
                       + issue("PAY-3", "bug", epic="PAY-1")  # by the epic link
                       + issue("PAY-5"))
    assert portfolio.recognised_as == "jira"
    assert rows(portfolio, "objectives", "objective_id title status start_date end_date owner_id product_id parent_objective_id outcome_id") == [
        ("PAY-1", "Pay in one step, no password", "In Progress", None, "2026-09-27", "Bo Lind", "PAY", None, None)]
    assert worked(portfolio, "objectives") == [(3, 2)]
    assert rows(portfolio, "products", "product_id name row") == [("PAY", "Payments", 3)]
    assert worked(portfolio, "products") == [(1, 0)]
    assert rows(portfolio, "people", "person_id name") == [("Bo Lind", "Bo Lind"), ("Ada Park", "Ada Park")]
    assert rows(portfolio, "assignments", "product_id person_id role") == [("PAY", "Ada Park", "accountable")]
    assert counted(portfolio) == {"used": 1, "merged": 4, "set_aside": 0}
    assert not portfolio["key_results"].size
    assert warned(portfolio) == []


def test_goals_above_epics_are_objectives_whatever_they_are_called(tmp_path):
    portfolio = loaded(tmp_path, HEADER + issue("PAY-1", "EPIC", "PAY-2") + issue("PAY-2", "Theme", "PAY-3")
                       + issue("PAY-3", "Initiative") + issue("PAY-4", "Goal", "PAY-1")  # below an epic: work
                       + issue("PAY-5", "Objective") + issue("PAY-6", "Story"))
    assert rows(portfolio, "objectives", "objective_id parent_objective_id") == [
        ("PAY-1", "PAY-2"), ("PAY-2", "PAY-3"), ("PAY-3", None), ("PAY-5", None)]
    assert worked(portfolio, "objectives") == [(1, 0), (0, 0), (0, 0), (0, 0)]


def test_the_goals_at_the_top_are_outcomes_on_demand(tmp_path):
    portfolio = loaded(tmp_path, HEADER + issue("PAY-1", "Initiative", due="31/Dec/26 12:00 AM", status="In Progress", who="Bo Lind")
                       + issue("PAY-2", "Epic", "PAY-1") + issue("PAY-3", "Epic", "PAY-2") + issue("PAY-4", "Epic")
                       + issue("PAY-5", parent="PAY-1"), "[exports.jira]\noutcomes = 'top'\n")
    assert rows(portfolio, "outcomes", "outcome_id name due_date owner_id status") == [
        ("PAY-1", "About PAY-1", "2026-12-31", "Bo Lind", "active")]
    assert rows(portfolio, "objectives", "objective_id outcome_id parent_objective_id") == [
        ("PAY-2", "PAY-1", None), ("PAY-3", None, "PAY-2"), ("PAY-4", None, None)]
    assert worked(portfolio, "outcomes") == [(1, 0)]
    assert counted(portfolio) == {"used": 4, "merged": 1, "set_aside": 0}
    assert warned(portfolio) == []


def test_a_project_without_a_goal_stands_at_its_first_issue(tmp_path):
    portfolio = loaded(tmp_path, HEADER + GOAL + issue("OPS-1", project="OPS,Operations", lead="") + issue("OPS-2", project="OPS,Operations"))
    assert rows(portfolio, "products", "product_id name row") == [("PAY", "Payments", 2), ("OPS", "Operations", 3)]
    assert rows(portfolio, "assignments", "product_id person_id row") == [("PAY", "Ada Park", 2), ("OPS", "Ada Park", 4)]
    assert portfolio.exports[0].dispositions.to_numpy().tolist() == [
        ["used", "objectives", ""], ["used", "products", ""], ["merged", "products", ""]]


def test_without_products_what_has_no_epic_is_set_aside(tmp_path):
    portfolio = loaded(tmp_path, HEADER + GOAL + issue("PAY-2") + issue("PAY-3", parent="PAY-1"),
                       "[exports.jira]\nproducts = 'none'\n")
    assert rows(portfolio, "objectives", "objective_id product_id") == [("PAY-1", None)]
    assert not len(portfolio["products"])
    assert counted(portfolio) == {"used": 1, "merged": 1, "set_aside": 1}
    assert portfolio.exports[0].set_aside()["set aside because"].tolist() == [
        "Parent: it belongs to no epic, and to no project that is read"]


def test_parents_that_are_not_in_the_file(tmp_path):
    portfolio = loaded(tmp_path, HEADER + issue("PAY-1", "Epic", "ACME-7") + issue("PAY-2", parent="99999") + issue("PAY-3", "Sub-task", "PAY-2"))
    assert warned(portfolio) == [("jira", 3, "Parent", "unknown_reference"), ("objectives", 2, "parent_objective_id", "unknown_reference")]
    assert rows(portfolio, "objectives", "objective_id parent_objective_id") == [("PAY-1", None)]
    assert worked(portfolio, "products") == [(2, 0)]


def test_circles_end(tmp_path):
    portfolio = loaded(tmp_path, HEADER + issue("PAY-1", "Epic", "PAY-2") + issue("PAY-2", "Epic", "PAY-1")
                       + issue("PAY-3", parent="PAY-4") + issue("PAY-4", parent="PAY-3") + issue("PAY-5", "Sub-task", "PAY-4"))
    assert warned(portfolio) == [("objectives", 2, "parent_objective_id", "circular_reference"), ("objectives", 3, "parent_objective_id", "circular_reference")]
    assert rows(portfolio, "objectives", "objective_id parent_objective_id") == [("PAY-1", None), ("PAY-2", None)]
    assert counted(portfolio) == {"used": 2, "merged": 3, "set_aside": 0}


def test_the_same_issue_twice_counts_once(tmp_path):
    portfolio = loaded(tmp_path, HEADER + GOAL + GOAL + 2 * issue("PAY-2", parent="PAY-1") + issue("PAY-1", "Epic", summary="Another") + issue(""))
    assert worked(portfolio, "objectives") == [(1, 0), (0, 0)]
    assert counted(portfolio) == {"used": 1, "merged": 3, "set_aside": 2}
    assert portfolio.exports[0].set_aside()["set aside because"].tolist() == [
        "objective_id: an earlier row has the same objective_id", "Issue key: a value is required"]


def test_repeated_headers_and_rows_wider_than_the_header(tmp_path):
    portfolio = loaded(tmp_path, HEADER + GOAL + issue("PAY-2", parent="PAY-1").replace("\n", "ada,bo\n"))
    assert worked(portfolio, "objectives") == [(1, 0)]
    assert warned(portfolio) == [("jira", 3, None, "extra_cells")]
    unread = portfolio.problems.query("table == 'jira' and code == 'unknown_column'")["column"].tolist()
    assert unread[-7:] == ["Labels", "Labels_2", "Sprint", "Sprint_2", "Watchers", "Watchers_2", "column_20"]


def test_a_month_in_another_language_is_not_read_as_a_day(tmp_path):
    portfolio = loaded(tmp_path, HEADER + issue("PAY-1", "Epic", due="11/abr/26 9:00 AM") + issue("PAY-2", "Epic", due="2026-04-11"))
    assert rows(portfolio, "objectives", "end_date") == [(None,), ("2026-04-11",)]
    assert warned(portfolio) == [("objectives", 2, "end_date", "bad_date")]
    assert "11/abr/26" in portfolio.problems["value"].dropna().str.cat()


def test_a_status_of_their_own_that_ends_an_issue(tmp_path):
    header = HEADER.replace("Project type", "Status Category")
    line = issue("PAY-1", "Epic", status="Shipped").replace("software", "Done")
    portfolio = loaded(tmp_path, header + line + issue("PAY-2", parent="PAY-1", status="Closed").replace("software", "In Progress"))
    assert rows(portfolio, "objectives", "status") == [("Done",)]
    assert worked(portfolio, "objectives") == [(1, 0)]
    assert portfolio.problems.query("column == 'Status'")["message"].tolist() == [
        "export.csv, Status: Shipped: read as Done, which is what it means here"]


def test_headers_in_another_language_are_not_taken_for_jira(tmp_path):
    with pytest.raises(SourceError, match="holds none of our tables and no export we know"):
        loaded(tmp_path, "Resumen,Clave de incidencia,Fecha de vencimiento\nPagar,PAY-1,11/abr/26\n")
