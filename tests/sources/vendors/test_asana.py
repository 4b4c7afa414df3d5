import pytest

from tests.sources.vendors.exports import counted, loaded, rows, warned, worked

HEADER = ("Task ID,Created At,Completed At,Last Modified,Name,Section/Column,Assignee,Assignee Email,"
          "Start Date,Due Date,Tags,Notes,Projects,Parent task,Effort\n")


def task(number: int | str, section: str = "", projects: str = "", parent: str = "", *, name: str = "",
         who: str = ",", done: str = "") -> str:
    return (f'{number},2026-09-01,{done},2026-10-01,"{name or f"Task {number}"}",{section},{who},'
            f'2026-09-01,2026-12-01,,"two\nlines","{projects}",{parent},3\n')


def test_sections_hold_the_work_and_projects_are_products(tmp_path):
    portfolio = loaded(tmp_path, HEADER
                       + task(3, parent="Draw it")  # a child before its parent, given by name
                       + task(1, "Doing", "Web", name="Draw it", who="Ada Park,Ada@Example.com", done="2026-10-01")
                       + task(2, "Doing", "Web", who="Bo Lind,")
                       + task(4, parent="3")  # given by its id
                       + task(5, "(no section)", "Web")
                       + task(6, "Doing", "App"))
    assert portfolio.recognised_as == "asana"
    assert rows(portfolio, "objectives", "objective_id title product_id owner_id start_date end_date row") == [
        ("Web · Doing", "Doing", "Web", None, None, None, 3), ("App · Doing", "Doing", "App", None, None, None, 7)]
    assert rows(portfolio, "products", "product_id name row") == [("Web", "Web", 3), ("App", "App", 7)]
    assert not len(portfolio["people"])  # those of tasks are dropped
    assert (worked(portfolio, "objectives"), worked(portfolio, "products")) == ([(4, 1), (1, 0)], [(1, 0), (0, 0)])
    assert portfolio.exports[0].dispositions.to_numpy().tolist() == [
        ["merged", "objectives", ""], ["used", "objectives", ""], ["merged", "objectives", ""],
        ["merged", "objectives", ""], ["merged", "products", ""], ["used", "objectives", ""]]
    assert warned(portfolio) == []
    assert "Effort" in portfolio.problems.query("code == 'unknown_column' and table == 'asana'")["message"].item()


def test_a_task_in_several_projects_counts_once(tmp_path):
    portfolio = loaded(tmp_path, HEADER + task(1, "Doing", "Web, App") + task(1, "Later", "Web, App")
                       + task(2, "Doing", "Web") + task(3, "Later", "App") + task(4, "Later", "Web, App"))
    assert rows(portfolio, "objectives", "objective_id product_id row") == [("Web · Doing", "Web", 2), ("App · Later", "App", 3)]
    assert worked(portfolio, "objectives") == [(2, 0), (2, 0)]
    assert counted(portfolio) == {"used": 2, "merged": 3, "set_aside": 0}


def test_the_section_is_that_of_the_project_that_was_exported(tmp_path):
    portfolio = loaded(tmp_path, HEADER + task(1, "Doing", "App, Web") + task(2, "Later", "Web") + task(3, "Later", "Ops, Web"))
    assert rows(portfolio, "objectives", "objective_id") == [("Web · Doing",), ("Web · Later",)]
    assert rows(portfolio, "products", "product_id row") == [("App", 2), ("Web", 2), ("Ops", 4)]
    assert counted(portfolio) == {"used": 3, "merged": 0, "set_aside": 0}


@pytest.mark.parametrize(("settings", "objectives", "products"), [
    ("objectives = 'project'", [("Web", "Web", "Web")], [("Web",)]),
    ("objectives = 'project'\nproducts = 'none'", [("Web", "Web", None)], []),
    ("products = 'none'", [("Web · Doing", "Doing", None)], [])])
def test_what_is_a_goal_and_what_a_product_is_a_choice(tmp_path, settings, objectives, products):
    portfolio = loaded(tmp_path, HEADER + task(1, "Doing", "Web") + task(2, "Doing", "Web"), f"[exports.asana]\n{settings}\n")
    assert rows(portfolio, "objectives", "objective_id title product_id") == objectives
    assert rows(portfolio, "products", "product_id") == products
    assert worked(portfolio, "objectives") == [(2, 0)]


def test_a_comma_in_the_name_of_a_project(tmp_path):
    portfolio = loaded(tmp_path, HEADER + task(1, "Doing", "Web, mobile & more"), "[exports.asana]\ncomma = 'part'\n")
    assert rows(portfolio, "products", "product_id") == [("Web, mobile & more",)]


def test_parents_that_cannot_be_told_and_circles(tmp_path):
    portfolio = loaded(tmp_path, HEADER + task(1, "Doing", "Web", name="Same") + task(2, "Later", "Web", name="Same")
                       + task(3, parent="Same") + task(4, parent="Gone") + task(5, "Doing", "Web", "Gone")
                       + task(6, parent="7") + task(7, parent="6") + task("", "Doing", "Web"))
    assert warned(portfolio) == [("asana", 4, "Parent task", "unknown_reference"), ("asana", 5, "Parent task", "unknown_reference")]
    assert counted(portfolio) == {"used": 2, "merged": 1, "set_aside": 5}
    nowhere = "Projects: it belongs to no section, and to no project that is read"
    assert portfolio.exports[0].set_aside()["skipped because"].tolist() == [nowhere] * 4 + ["Task ID: a value is required"]
    assert worked(portfolio, "objectives") == [(2, 0), (1, 0)]


def test_a_section_without_a_project(tmp_path):
    portfolio = loaded(tmp_path, HEADER + task(1, "Doing"))
    assert rows(portfolio, "objectives", "objective_id title product_id") == [("Doing", "Doing", None)]


def test_what_is_completed_becomes_work_for_its_section(tmp_path):
    portfolio = loaded(tmp_path, HEADER + task(1, "Doing", "Web", done="2026-10-01") + task(2, parent="1", done="2026-10-02").replace(',,"two', ',Bug,"two') + task(3, "Doing", "Web") + task(4, "", "Web", done="2026-10-04"))
    assert rows(portfolio, "work", "work_id product_id done_on kind objective_id parent_id") == [
        ("1", "Web", "2026-10-01", None, "Web · Doing", None), ("2", "Web", "2026-10-02", "defect", "Web · Doing", "1"),
        ("4", "Web", "2026-10-04", None, None, None)]
    assert counted(portfolio) == {"used": 3, "merged": 1, "set_aside": 0}
    assert warned(portfolio) == []


def test_without_sections_it_is_told_by_its_id_and_three_more(tmp_path):
    portfolio = loaded(tmp_path, "Projects,Name,Task ID,Completed At\nWeb,Draw it,1,2026-10-01\n")
    assert portfolio.recognised_as == "asana"
    assert rows(portfolio, "work", "work_id product_id") == [("1", "Web")]


def test_the_field_product_tells_the_products(tmp_path):
    header = "Task ID,Created At,Completed At,Last Modified,Name,Section/Column,Assignee,Projects,Parent task,Product\n"
    lines = "".join(f"{number},2026-10-01,,,Task {number},{section},,Q4 OKRs,,{product}\n" for number, section, product in (
        (1, "Pay", "Till"), (2, "Pay", "Login"), (3, "Count", "Stock")))
    portfolio = loaded(tmp_path, header + lines)
    assert portfolio["products"]["name"].tolist() == ["Till", "Login", "Stock"]
    assert portfolio["objectives"]["product_id"].tolist() == ["Till", "Stock"]
    assert portfolio["objective_products"]["product_id"].tolist() == ["Login"]
    as_before = loaded(tmp_path, header + lines, "[exports.asana]\nproducts = 'project'\n")
    assert as_before["products"]["name"].tolist() == ["Q4 OKRs"]
