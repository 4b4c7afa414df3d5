import pytest

from tests.sources.vendors.exports import counted, loaded, rows

HEADER = ("Row ID,Parent Row IDs,Parent Goal IDs,Goal ID,Action,Goal Title,Owner Emails,Goal Cycle,"
          "Goal Type,Scope,Departments,Start Date,End Date,Description,Starting Value,Target Value,"
          "Current Value,Progress Status,Check-in Type,Tags\n")


def goal(row, title, parents="", goals="", id="", action="", owners="", kind="Number",
         scope="Department", departments="Growth", values=",,", status="On Track"):
    return (f'{row},"{parents}","{goals}",{id},{action},"{title}","{owners}",Quarterly,{kind},{scope},'
            f'"{departments}",01/10/2026,31/12/2026,,{values},{status},Manual,"a,b"\n')


GOALS = (goal(3, "Sign-ups from 1,000 to 2,000", "2,1", owners="Bo@example.com", kind="Dollar",
              values='"1,000","2,000","1,500"')  # before its parents
         + goal(1, "Win the mid-market", scope="Company", departments="Everyone",
                owners="cy@example.com, Ada@example.com", kind="Default Progress")
         + goal(2, "Grow sign-ups", goals="77, 78", departments="growth, Sales")
         + goal(4, "Launch in Spain", goals="G7", kind="Binary", id="G9", status="Not Started")
         + goal(5, "Expand", "1", "G1", id="G7", departments="Growth", values="0,3,1")
         + goal(6, "Nobody hangs here", scope="Company", kind="Objective", departments="")
         + goal(7, "An objective without a measure", "6", kind="Default Progress", scope="Individual")
         + goal(8, "Say so", "6", kind="Key Result", departments="Sales")
         + goal(9, "Old", id="G3", action="Delete")
         + goal(10, "Lost", goals="G404", values="0,1,0")
         + goal("G9", "A row with the number of a goal")
         + goal(8, "Say so", "6", kind="Key Result", departments="Sales"))


def test_objectives_outcomes_and_departments(tmp_path):
    portfolio = loaded(tmp_path, HEADER + GOALS)
    assert portfolio.recognised_as == "peoplebox"
    assert rows(portfolio, "objectives", "objective_id title product_id outcome_id "
                "parent_objective_id owner_id start_date end_date") == [
        ("1", "Win the mid-market", None, "1", None, "cy@example.com", "2026-10-01", "2026-12-31"),
        ("2", "Grow sign-ups", "Growth", None, None, None, "2026-10-01", "2026-12-31"),
        ("G7", "Expand", "Growth", None, "1", None, "2026-10-01", "2026-12-31"),
        ("6", "Nobody hangs here", None, "6", None, None, "2026-10-01", "2026-12-31"),
        ("7", "An objective without a measure", "Growth", None, "6", None, "2026-10-01",
         "2026-12-31"),
        ("row G9", "A row with the number of a goal", "Growth", None, None, None, "2026-10-01",
         "2026-12-31")]
    assert rows(portfolio, "outcomes", "outcome_id name owner_id") == [
        ("1", "Win the mid-market", "cy@example.com"), ("6", "Nobody hangs here", None)]
    assert rows(portfolio, "products", "product_id name") == [("Growth", "Growth")]
    assert rows(portfolio, "people", "person_id email") == [
        ("bo@example.com", "Bo@example.com"), ("cy@example.com", "cy@example.com")]


def test_key_results_are_measured_leaves(tmp_path):
    portfolio = loaded(tmp_path, HEADER + GOALS)
    assert rows(portfolio, "key_results", "kr_id objective_id title kr_type unit baseline target "
                "current status owner_id row") == [
        ("3", "2", "Sign-ups from 1,000 to 2,000", None, "$", 1000, 2000, 1500, "On Track",
         "bo@example.com", 2),
        ("G9", "G7", "Launch in Spain", "binary", None, None, None, None, "Not Started", None, 5),
        ("8", "6", "Say so", None, None, None, None, None, "On Track", None, 9)]


def test_every_record_is_accounted_for(tmp_path):
    portfolio = loaded(tmp_path, HEADER + GOALS)
    assert counted(portfolio) == {"used": 9, "merged": 1, "set_aside": 2}
    assert portfolio.exports[0].set_aside()[["Row ID", "skipped because"]].to_numpy().tolist() == [
        ["9", "Action: the file asks Peoplebox to delete this goal"],
        ["10", "objective_id: no such row in objectives"]]
    said = portfolio.problems[portfolio.problems["level"] != "information"]
    assert said[["table", "row", "column", "value"]].to_numpy().tolist() == [
        ["key_results", 11, "objective_id", "G404"],
        ["peoplebox", 10, "Action", "Delete"],
        ["objectives", 4, "parent_objective_id", "77"],
        ["peoplebox", 2, "Parent Row IDs", "2,1"],
        ["peoplebox", 3, "Owner Emails", "cy@example.com, Ada@example.com"],
        ["peoplebox", 4, "Departments", "growth, Sales"],
        ["peoplebox", 4, "Parent Goal IDs", "77, 78"],
        ["peoplebox", 6, "Parent Goal IDs", "G1"]]


@pytest.mark.parametrize(("settings", "table", "ids"), [
    ('key_results = "typed"', "key_results", ["8"]),
    ('outcomes = "all"', "outcomes", ["1", "6", "row G9"]),
    ('outcomes = "none"', "outcomes", []),
    ('products = "none"', "products", [])])
def test_choices(tmp_path, settings, table, ids):
    portfolio = loaded(tmp_path, HEADER + GOALS, f"[exports.peoplebox]\n{settings}")
    assert portfolio[table].iloc[:, 0].tolist() == ids
