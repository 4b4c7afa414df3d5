from tests.sources.vendors.exports import counted, loaded, rows

HEADER = "name,type,progress,start_date,end_date,owner_email,categories,description\n"
GOAL = "Grow revenue,goal,40%,2026-01-01,2026-12-31,Ada@Example.com,Company,why\n"
SHIPPED = "Ship it,milestone,50%,2026-01-01,2026-03-31,bo@example.com,,\n"
TESTED = "Test it,Milestone,0,2026-02-01,2026-03-31,,,\n"


def test_goals_and_their_milestones(tmp_path):
    portfolio = loaded(tmp_path, HEADER + GOAL + SHIPPED + TESTED)
    assert portfolio.recognised_as == "betterworks"
    assert rows(portfolio, "objectives", "title owner_id start_date end_date") == [
        ("Grow revenue", "ada@example.com", "2026-01-01", "2026-12-31")]
    goal = portfolio["objectives"]["objective_id"][0]
    assert rows(portfolio, "key_results", "title objective_id kr_type target current owner_id") == [
        ("Ship it", goal, "milestone", 100, 50, "bo@example.com"),
        ("Test it", goal, "milestone", 100, 0, None)]
    assert rows(portfolio, "people", "person_id email") == [
        ("ada@example.com", "Ada@Example.com"), ("bo@example.com", "bo@example.com")]


def test_the_same_record_twice_is_one(tmp_path):
    portfolio = loaded(tmp_path, HEADER + GOAL + SHIPPED + SHIPPED)
    assert counted(portfolio) == {"used": 2, "merged": 1, "set_aside": 0}
    assert rows(portfolio, "key_results", "title") == [("Ship it",)]


def test_a_milestone_without_a_goal_is_set_aside_with_its_reason(tmp_path):
    portfolio = loaded(tmp_path, HEADER + SHIPPED + GOAL)
    assert counted(portfolio) == {"used": 1, "merged": 0, "set_aside": 1}
    aside = portfolio.exports[0].set_aside()
    assert aside[["name", "skipped because"]].to_numpy().tolist() == [
        ["Ship it", "objective_id: a value is required"]]


def test_the_same_milestone_under_two_goals_is_two(tmp_path):
    portfolio = loaded(tmp_path, HEADER + GOAL + SHIPPED + GOAL.replace("revenue", "margin") + SHIPPED)
    assert counted(portfolio) == {"used": 4, "merged": 0, "set_aside": 0}
    revenue, margin = portfolio["objectives"]["objective_id"]
    assert rows(portfolio, "key_results", "title objective_id") == [
        ("Ship it", revenue), ("Ship it", margin)]


def test_a_deadline_that_moves_leaves_the_goal_the_same(tmp_path):
    first = loaded(tmp_path, HEADER + GOAL + SHIPPED)
    later = loaded(tmp_path, HEADER + GOAL.replace("12-31", "11-30") + SHIPPED.replace("50%", "80%"))
    for table, column in (("objectives", "objective_id"), ("key_results", "kr_id")):
        assert list(first[table][column]) == list(later[table][column])


def test_goals_alone_and_words_of_their_own(tmp_path):
    portfolio = loaded(tmp_path, HEADER + GOAL + GOAL.replace(",goal,", ",theme,"))
    assert len(portfolio["objectives"]) == 1
    assert not len(portfolio["key_results"])
    assert portfolio.exports[0].set_aside()["skipped because"].tolist() == [
        "type: expected goal or milestone"]
