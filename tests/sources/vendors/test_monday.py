import pytest

from tests.sources.vendors.exports import counted, loaded, rows, warned, worked

HEADER = "Name,Subitems,Owner,Status,Timeline - Start,Timeline - End,Goal,Budget\n"
SUB = "Subitems,Name,Owner,Status,Date,Completion date,,\n"
BOARD = ("Product roadmap 2026,,,,,,,\nEverything we build this year,,,,,,,\n,,,,,,,\n"
         "Checkout,,,,,,,\n" + HEADER
         + 'Pay in one step,"Wallets, Saved cards","Ada Park, Bo Lind",Working on it,2026-10-01,2026-12-31,Grow revenue,100\n'
         + SUB + ",Wallets,Ada Park,Done,2026-11-15,2026-11-13,,\n,Saved cards,Bo Lind,Stuck,2026-12-01,,,\n"
         "Pay later,,Bo Lind,Stuck,2026-11-01,2027-01-31,Grow revenue,20\n,,,,,,,120\n\n"
         "Support,,,,,,,\n" + HEADER + "Answer in an hour,,Cy Orr,Done,2026-07-01,2026-09-30,Keep customers,7\n")


def test_groups_items_and_sub_items(tmp_path):
    portfolio = loaded(tmp_path, BOARD)
    assert portfolio.recognised_as == "monday"
    assert rows(portfolio, "objectives", "objective_id title product_id outcome_id owner_id start_date end_date status row") == [
        ("Pay in one step", "Pay in one step", "Checkout", "Grow revenue", "Ada Park", "2026-10-01", "2026-12-31", "in progress", 6),
        ("Pay later", "Pay later", "Checkout", "Grow revenue", "Bo Lind", "2026-11-01", "2027-01-31", "blocked", 10),
        ("Answer in an hour", "Answer in an hour", "Support", "Keep customers", "Cy Orr", "2026-07-01", "2026-09-30", "Done", 15)]
    assert rows(portfolio, "products", "product_id name") == [("Checkout", "Checkout"), ("Support", "Support")]
    assert rows(portfolio, "outcomes", "outcome_id name") == [("Grow revenue", "Grow revenue"), ("Keep customers", "Keep customers")]
    assert rows(portfolio, "people", "person_id") == [("Ada Park",), ("Bo Lind",), ("Cy Orr",)]
    assert rows(portfolio, "work", "work_id product_id done_on objective_id row") == [
        ("Pay in one step · Wallets", "Checkout", "2026-11-13", "Pay in one step", 8)]
    assert worked(portfolio, "objectives") == [(2, 1), (0, 0), (0, 0)]
    assert counted(portfolio) == {"used": 4, "merged": 1, "left_out": 4, "set_aside": 0}
    assert warned(portfolio) == [("monday", 6, "Owner", "bad_value")]
    assert "the column Budget has no place here" in portfolio.problems["message"].str.cat()


def test_a_group_as_an_objective(tmp_path):
    portfolio = loaded(tmp_path, BOARD, "[exports.monday]\ngroups = 'objective'\ndone_on = 'due'\n")
    assert rows(portfolio, "objectives", "objective_id product_id outcome_id") == [
        ("Checkout", "Product roadmap 2026", "Grow revenue"), ("Support", "Product roadmap 2026", "Keep customers")]
    assert rows(portfolio, "work", "work_id done_on objective_id") == [
        ("Pay in one step · Wallets", "2026-11-13", "Checkout"), ("Answer in an hour", "2026-09-30", "Support")]


@pytest.mark.parametrize(("settings", "objectives"), [
    ("goals = 'objectives'", [("Pay in one step", "Grow revenue", None, "Checkout"), ("Pay later", "Grow revenue", None, "Checkout"),
                              ("Answer in an hour", "Keep customers", None, "Support"), ("Grow revenue", None, None, "Checkout"),
                              ("Keep customers", None, None, "Support")]),
    ("goals = 'none'\ngroups = 'none'", [("Pay in one step", None, None, None), ("Pay later", None, None, None), ("Answer in an hour", None, None, None)])])
def test_what_the_column_goal_names_is_a_choice(tmp_path, settings, objectives):
    portfolio = loaded(tmp_path, BOARD, f"[exports.monday]\n{settings}\n")
    assert rows(portfolio, "objectives", "objective_id parent_objective_id outcome_id product_id") == objectives


def test_ids_names_that_repeat_and_a_product_of_its_own(tmp_path):
    header = "Name,Subitems,Person,Status,Product,Item ID (auto generated)\n"
    portfolio = loaded(tmp_path, "Board,,,,,\nDoing,,,,,\n" + header + "Pay,,,Working on it,Checkout,77\nCards,,,,Checkout,\n"
                       "Next,,,,,\n" + header + "Cards,,,,,\nName,,,,,\n")
    assert rows(portfolio, "objectives", "objective_id title product_id") == [
        ("77", "Pay", "Checkout"), ("Cards · Doing", "Cards", "Checkout"), ("Cards · Next", "Cards", "Next"), ("Name", "Name", "Next")]
    assert counted(portfolio) == {"used": 4, "merged": 0, "left_out": 2, "set_aside": 0}


def test_a_board_without_rows_above_and_without_groups(tmp_path):
    portfolio = loaded(tmp_path, "Name,Subitems,Status\nPay,,Done\n,,1 done\n")
    assert rows(portfolio, "objectives", "title product_id status") == [("Pay", None, "Done")]
    assert counted(portfolio) == {"used": 1, "merged": 0, "left_out": 1, "set_aside": 0}


def test_a_board_without_sub_items(tmp_path):
    header = "Name,Owner,Status,Timeline - Start,Timeline - End,Goal\n"
    portfolio = loaded(tmp_path, f"Q4 OKRs,,,,,\n,,,,,\nTill,,,,,\n{header}Pay,Ada Park,Stuck,2026-10-01,2026-12-31,Grow\n\n"
                                 f"Stock,,,,,\n{header}Count,Bo Lind,Done,2026-10-01,2026-11-30,Waste less\n")
    assert portfolio.recognised_as == "monday"
    assert rows(portfolio, "objectives", "title product_id outcome_id") == [("Pay", "Till", "Grow"), ("Count", "Stock", "Waste less")]
