import pytest

from tests.sources.vendors.exports import counted, loaded, rows, warned, worked

COLUMNS = ("ID,Team,Title,Description,Status,Estimate,Priority,Project ID,Project,Creator,Assignee,Labels,"
           "Cycle Number,Cycle Name,Cycle Start,Cycle End,Created,Updated,Started,Triaged,Completed,Canceled,"
           "Archived,Due Date,Parent issue,Initiatives,Project Milestone ID,Project Milestone,SLA Status").split(",")
VARIANTS = {"roadmaps": ["Roadmaps"],
            "uuid": ["UUID", "Time in status (minutes)", "Related to", "Blocked by", "Duplicate of"]}


def export(*issues: dict[str, str], variant: str = "roadmaps") -> str:
    header = COLUMNS + VARIANTS[variant]
    return "".join(",".join('"' + cell.replace('"', '""') + '"' for cell in line) + "\n" for line in [
        header, *([issue.get(column, "") for column in header] for issue in issues)])


def issue(number: int, project: str = "", initiatives: str = "", **more: str) -> dict[str, str]:
    return {"ID": f"ENG-{number}", "Team": "Engine", "Title": f"Issue {number}", "Status": "Todo",
            "Project ID": f"id-of-{project}" if project else "", "Project": project,
            "Created": "2026-09-01T08:00:00.000Z", "Initiatives": initiatives} | {
                name.replace("_", " "): value for name, value in more.items()}


DONE = {"Completed": "2026-10-02T08:00:00.000Z", "Status": "Done"}


@pytest.mark.parametrize("variant", VARIANTS)
def test_projects_serve_initiatives_and_hold_the_work(tmp_path, variant):
    portfolio = loaded(tmp_path, export(
        issue(1, Parent_issue="ENG-2"),  # a child before its parent, in no project of its own
        issue(2, "Wallets", "Win Europe", Assignee="Ada Park", **DONE),
        issue(3, "Wallets", "Win Europe", Assignee="Bo@Example.com", Description="two\nlines"),
        issue(4, Assignee="Ada Park", Canceled="2026-10-02T08:00:00.000Z"), variant=variant))
    assert portfolio.recognised_as == "linear"
    assert rows(portfolio, "outcomes", "outcome_id name row") == [("Win Europe", "Win Europe", 3)]
    assert rows(portfolio, "objectives", "objective_id title outcome_id product_id owner_id start_date end_date status row") == [
        ("id-of-Wallets", "Wallets", "Win Europe", "Engine", None, None, None, None, 3)]
    assert rows(portfolio, "products", "product_id name row") == [("Engine", "Engine", 2)]
    assert not len(portfolio["people"])  # those of issues are dropped
    assert (worked(portfolio, "objectives"), worked(portfolio, "products")) == ([(3, 1)], [(1, 0)])
    assert portfolio.exports[0].dispositions.to_numpy().tolist() == [
        ["used", "products", ""], ["used", "objectives", ""], ["merged", "objectives", ""], ["merged", "products", ""]]
    assert counted(portfolio) == {"used": 2, "merged": 2, "set_aside": 0}
    assert warned(portfolio) == []


def test_a_project_in_several_initiatives_serves_the_first(tmp_path):
    portfolio = loaded(tmp_path, export(issue(1, "Wallets", "Win Europe, Cut cost"), issue(2, "Wallets", "Win Europe, Cut cost"),
                                        issue(3, "Tokens", "Cut cost")))
    assert rows(portfolio, "outcomes", "outcome_id row") == [("Win Europe", 2), ("Cut cost", 2)]
    assert rows(portfolio, "objectives", "title outcome_id") == [("Wallets", "Win Europe"), ("Tokens", "Cut cost")]
    assert warned(portfolio) == [("linear", 2, "Initiatives", "bad_value")]


def test_a_comma_in_the_name_of_an_initiative(tmp_path):
    portfolio = loaded(tmp_path, export(issue(1, "Wallets", "Land, then expand")), "[exports.linear]\ncomma = 'part'\n")
    assert rows(portfolio, "objectives", "title outcome_id") == [("Wallets", "Land, then expand")]
    assert warned(portfolio) == []


@pytest.mark.parametrize(("choice", "outcomes", "objectives"), [
    ("goals", [], [("Win Europe", "Win Europe", None), ("id-of-Wallets", "Wallets", "Win Europe")]),
    ("none", [], [("id-of-Wallets", "Wallets", None)])])
def test_initiatives_as_goals_or_not_at_all(tmp_path, choice, outcomes, objectives):
    portfolio = loaded(tmp_path, export(issue(1, "Wallets", "Win Europe")), f"[exports.linear]\noutcomes = '{choice}'\n")
    assert rows(portfolio, "outcomes", "outcome_id") == outcomes
    assert rows(portfolio, "objectives", "objective_id title parent_objective_id") == objectives
    assert counted(portfolio) == {"used": 1, "merged": 0, "set_aside": 0}


def test_an_apostrophe_before_what_looks_like_a_formula_is_not_part_of_it(tmp_path):
    portfolio = loaded(tmp_path, export(issue(1, "'=Sum", "'+1 NPS", Team="'@home"),
                                        issue(2, "'Twas", Team="'@home")))
    assert rows(portfolio, "objectives", "title outcome_id product_id") == [("=Sum", "+1 NPS", "@home"), ("'Twas", None, "@home")]


def test_a_project_of_several_teams_counts_for_the_one_with_most_of_its_issues(tmp_path):
    portfolio = loaded(tmp_path, export(issue(1, "Wallets", Team="Apps"), issue(2, "Wallets"), issue(3, "Wallets")))
    assert rows(portfolio, "objectives", "product_id") == [("Engine",)]
    assert rows(portfolio, "products", "product_id") == [("Apps",), ("Engine",)]
    assert warned(portfolio) == [("linear", 2, "Project", "bad_value")]


def test_what_names_no_project_and_no_team_is_set_aside(tmp_path):
    portfolio = loaded(tmp_path, export(issue(1, Team=""), issue(2, "Wallets", Team=""), {"Title": "No id", "Project": "Ghost"}))
    assert counted(portfolio) == {"used": 1, "merged": 0, "set_aside": 2}
    assert portfolio.exports[0].set_aside()["skipped because"].tolist() == [
        "Project: it names no project, and no team that is read", "ID: a value is required"]
    assert rows(portfolio, "objectives", "title") == [("Wallets",)]


def test_a_parent_that_is_not_in_the_file_and_a_circle(tmp_path):
    portfolio = loaded(tmp_path, export(issue(1, Parent_issue="ENG-9"), issue(2, "Wallets", Parent_issue="ENG-9"),
                                        issue(3, Parent_issue="ENG-4"), issue(4, Parent_issue="ENG-3")))
    assert warned(portfolio) == [("linear", 2, "Parent issue", "unknown_reference")]
    assert (worked(portfolio, "objectives"), worked(portfolio, "products")) == ([(1, 0)], [(3, 0)])


def test_an_issue_that_stands_twice_counts_once(tmp_path):
    portfolio = loaded(tmp_path, export(issue(1, "Wallets"), issue(1, "Wallets")))
    assert worked(portfolio, "objectives") == [(1, 0)]
    assert counted(portfolio) == {"used": 1, "merged": 1, "set_aside": 0}


def test_what_is_completed_becomes_work_for_its_project(tmp_path):
    portfolio = loaded(tmp_path, export(
        issue(1, "Wallets", "Win Europe"), issue(2, "Wallets", Estimate="3", **DONE),
        issue(3, Parent_issue="ENG-2", Labels="Backend, Bug", **DONE), issue(4, Parent_issue="OPS-9", **DONE)))
    assert rows(portfolio, "work", "work_id product_id done_on kind size objective_id parent_id") == [
        ("ENG-2", "Engine", "2026-10-02", None, 3, "id-of-Wallets", None),
        ("ENG-3", "Engine", "2026-10-02", "defect", None, "id-of-Wallets", "ENG-2"),
        ("ENG-4", "Engine", "2026-10-02", None, None, None, None)]
    assert warned(portfolio) == [("work", 5, "parent_id", "unknown_reference")]
    assert counted(portfolio) == {"used": 4, "merged": 0, "set_aside": 0}


def test_without_cycles_and_teams_it_is_told_by_others(tmp_path):
    portfolio = loaded(tmp_path, "Title,ID,Initiatives,Project,Parent issue\nDraw it,ENG-1,Win Europe,Web,\n")
    assert portfolio.recognised_as == "linear"
    assert rows(portfolio, "objectives", "title outcome_id") == [("Web", "Win Europe")]
