import pytest

from tests.sources.vendors.exports import counted, loaded, rows

HEADER = ("email,name,description,visibility,individual_emails,due_at,created_at,priority,status,"
          "completion,key_result_1_title,key_result_1_completion,key_result_2_title,"
          "key_result_2_completion,key_result_10_title,key_result_10_completion\n")
TAIL = ",why,everyone,bo@example.com;cy@example.com,2026-12-31,2026-10-01,1,"
ONBOARD = f'Ada@example.com,"Onboard, in a day"{TAIL}ongoing,,Guide,0.65,Trial,1,Tour,0\n'
HIRE = f"bo@example.com,Hire{TAIL}accomplished,1.0,,,,,Sign,\n"
ALONE = f"bo@example.com,No key results{TAIL}blocked,0.4,,,,,,\n"
GOAL = "Onboard, in a day · ada@example.com · 2026-10-01"


def test_key_results_side_by_side(tmp_path):
    portfolio = loaded(tmp_path, HEADER + ONBOARD + HIRE + ALONE + ONBOARD)
    assert portfolio.recognised_as == "culture_amp"
    assert rows(portfolio, "objectives", "objective_id title owner_id end_date status row") == [
        (GOAL, "Onboard, in a day", "ada@example.com", "2026-12-31", "ongoing", 2),
        ("Hire · bo@example.com · 2026-10-01", "Hire", "bo@example.com", "2026-12-31", "achieved", 3),
        ("No key results · bo@example.com · 2026-10-01", "No key results", "bo@example.com",
         "2026-12-31", "blocked", 4)]
    assert rows(portfolio, "key_results", "kr_id objective_id title current kr_type baseline target "
                "result_kind owner_id row") == [
        (f"{GOAL} · Guide", GOAL, "Guide", 65, "milestone", 0, 100, "output", "ada@example.com", 2),
        (f"{GOAL} · Trial", GOAL, "Trial", 100, "milestone", 0, 100, "output", "ada@example.com", 2),
        (f"{GOAL} · Tour", GOAL, "Tour", 0, "milestone", 0, 100, "output", "ada@example.com", 2),
        ("Hire · bo@example.com · 2026-10-01 · Sign", "Hire · bo@example.com · 2026-10-01", "Sign",
         None, "milestone", 0, 100, "output", "bo@example.com", 3)]
    assert rows(portfolio, "people", "person_id") == [("ada@example.com",), ("bo@example.com",)]
    assert counted(portfolio) == {"used": 3, "merged": 1, "set_aside": 0}
    said = portfolio.problems
    assert set(said["level"]) == {"information"}
    assert said.query("code == 'unknown_column'")["message"].item().startswith(
        "export.csv: 5 columns of the file have no place here: description, visibility, individual_emails, priority, completion;")


@pytest.mark.parametrize(("first", "second", "values"), [
    ("0", "1", [0, 100]),  # the scale of its template
    ("1", "40", [1, 40]),  # one column says it for all
    ("1", "40%", [100, 40]),
    ("0.5", "done", [50, None])])
def test_the_scale_is_that_of_all_completions(tmp_path, first, second, values):
    portfolio = loaded(tmp_path, HEADER + f"a@example.com,Goal{TAIL}ongoing,,A,{first},B,{second},,\n")
    assert [one for one, in rows(portfolio, "key_results", "current")] == values


def test_a_key_result_without_a_title_or_twice_in_a_goal_is_set_aside(tmp_path):
    portfolio = loaded(tmp_path, HEADER + f"a@example.com,Goal{TAIL}ongoing,,A,0.1,,0.2,A,0.3\n")
    assert rows(portfolio, "key_results", "title current") == [("A", 10)]
    assert portfolio.set_aside["key_results"]["reason"].tolist() == [
        "title: a value is required", "kr_id: an earlier row has the same kr_id"]
