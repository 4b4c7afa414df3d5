from tests.sources.vendors.exports import counted, loaded, rows, warned, worked

HEADER = ("ID,Project,Project Identifier,Sequence ID,Name,Description,State,Priority,Start Date,Target Date,Assignees,Labels,Estimate,"
          "Cycle Name,Cycle Start Date,Cycle End Date,Module Name,Parent,Created At,Completed At\n")


def item(number, parent="", *, project="Checkout", state="Todo", people="", labels="[]", module="[]", points="", target="", done=""):
    quoted = [f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in (people, labels, module)]
    return (f'CHK-{number},{project},CHK,{number},About {number},,{state},high,"Thu, 01 Oct 2026","{target}",{quoted[0]},{quoted[1]},{points},'
            f'Q4 2026,"Thu, 01 Oct 2026","Thu, 31 Dec 2026",{quoted[2]},{parent},"Tue, 15 Sep 2026 09:12:44 UTC+0000",{done}\n')


DONE = {"state": "Done", "done": '"Tue, 10 Nov 2026 09:12:44 UTC+0000"'}


def test_items_with_others_under_them_are_goals(tmp_path):
    portfolio = loaded(tmp_path, HEADER + item(2, "CHK-1", points="3", **DONE) + item(1, people='["Ada Park", "Bo Lind"]', target="Thu, 31 Dec 2026")
                       + item(3, "CHK-2", labels='["ui", "Bug"]', **DONE) + item(4, project="Care", state="Cancelled", people='["Cy Orr"]'))
    assert portfolio.recognised_as == "plane"
    assert rows(portfolio, "objectives", "objective_id title product_id owner_id start_date end_date") == [
        ("CHK-1", "About 1", "Checkout", "Ada Park", "2026-10-01", "2026-12-31")]
    assert rows(portfolio, "people", "person_id") == [("Ada Park",)]
    assert rows(portfolio, "work", "work_id done_on kind size objective_id parent_id") == [
        ("CHK-2", "2026-11-10", None, 3, "CHK-1", None), ("CHK-3", "2026-11-10", "defect", None, "CHK-1", "CHK-2")]
    assert (worked(portfolio, "objectives"), worked(portfolio, "products")) == ([(2, 2)], [(0, 0), (1, 0)])
    assert warned(portfolio) == [("plane", 3, "Assignees", "bad_value")]


def test_a_label_says_what_is_a_goal(tmp_path):
    portfolio = loaded(tmp_path, HEADER + item(1, labels='["okr"]') + item(2) + item(3, "CHK-2"))
    assert rows(portfolio, "objectives", "objective_id end_date") == [("CHK-1", "2026-12-31")]  # of its cycle
    assert worked(portfolio, "products") == [(2, 0)]


def test_modules_as_goals(tmp_path):
    portfolio = loaded(tmp_path, HEADER + item(1, module='["Wallets"]', **DONE) + item(2, "CHK-1") + item(3), "[exports.plane]\nobjectives = 'module'\n")
    assert rows(portfolio, "objectives", "objective_id title product_id") == [("Checkout · Wallets", "Wallets", "Checkout")]
    assert rows(portfolio, "work", "work_id objective_id") == [("CHK-1", "Checkout · Wallets")]
    assert counted(portfolio) == {"used": 1, "merged": 2, "set_aside": 0}


def test_an_older_export(tmp_path):
    portfolio = loaded(tmp_path, "ID,Project,Name,Description,State Name,Priority,Assignee,Labels,Module Name,Completed At\n"
                       'A-1,Checkout,Pay,,Done,high,Ada Park,"Bug, ui",Wallets,2026-11-10 09:12\n')
    assert rows(portfolio, "work", "work_id product_id done_on kind") == [("A-1", "Checkout", "2026-11-10", "defect")]
