from tests.sources.vendors.exports import counted, loaded, rows, warned, worked

TREE = "ID,Work Item Type,Title 1,Title 2,Title 3,Assigned To,State,Area Path,Story Points,Closed Date,Target Date,Tags\n"
ADA, BO = "Ada Park <ada@example.com>", "Bo Lind <NORTHWIND\\bo>"
BACKLOG = (f"1,Epic,Grow revenue,,,{ADA},Active,Shop,,,12/31/2026 12:00:00 AM,\n"
           f"2,Feature,,Pay in one step,,{ADA},Active,Shop\\Checkout,,,,26-Q4; okr\n"
           f"3,User Story,,,Wallets,{BO},Closed,Shop\\Checkout,5,11/13/2026 4:00:00 PM,,\n"
           f"4,Bug,,,Double charge,,Removed,Shop\\Checkout,,,,\n"
           f"5,Epic,Keep customers,,,,New,Shop\\Care,,,,\n"
           f"6,Bug,,,Slow answers,{BO},Closed,Shop\\Care,,11/14/2026 4:00:00 PM,,\n")


def test_levels_give_parents_and_an_area_is_a_product(tmp_path):
    portfolio = loaded(tmp_path, TREE + BACKLOG)
    assert portfolio.recognised_as == "azure"
    assert rows(portfolio, "objectives", "objective_id title parent_objective_id product_id owner_id start_date end_date status") == [
        ("1", "Grow revenue", None, "Shop", "ada@example.com", None, "2026-12-31", "Active"),
        ("2", "Pay in one step", "1", "Shop\\Checkout", "ada@example.com", "2026-10-01", "2026-12-31", "Active"),
        ("5", "Keep customers", None, "Shop\\Care", None, None, None, "New")]
    assert rows(portfolio, "products", "product_id name") == [("Shop", "Shop"), ("Shop\\Checkout", "Checkout"), ("Shop\\Care", "Care")]
    assert rows(portfolio, "people", "person_id name email") == [
        ("ada@example.com", "Ada Park", "ada@example.com")]
    assert rows(portfolio, "work", "work_id product_id done_on kind size objective_id") == [
        ("3", "Shop\\Checkout", "2026-11-13", None, 5, "2"), ("6", "Shop\\Care", "2026-11-14", "defect", None, "5")]
    assert worked(portfolio, "objectives") == [(0, 0), (2, 1), (1, 1)]
    assert counted(portfolio) == {"used": 5, "merged": 1, "set_aside": 0}
    assert warned(portfolio) == []


def test_a_column_of_parents_and_the_goals_at_the_top_as_outcomes(tmp_path):
    portfolio = loaded(tmp_path, "Title,State,Work Item Type,Parent,ID,Team Project\nPay later,New,Feature,7,8,Shop\nGrow,Active,Epic,,7,Shop\n"
                       "Cards,Done,Task,8,9,Shop\nOld,Removed,Epic,6,5,Shop\n", "[exports.azure]\noutcomes = 'top'\n")
    assert rows(portfolio, "outcomes", "outcome_id name status") == [("7", "Grow", "active")]
    assert rows(portfolio, "objectives", "objective_id outcome_id parent_objective_id status product_id") == [
        ("8", "7", None, "New", "Shop"), ("5", None, None, "dropped", "Shop")]
    assert warned(portfolio) == [("objectives", 5, "parent_objective_id", "unknown_reference")]


def test_choices(tmp_path):
    portfolio = loaded(tmp_path, TREE + BACKLOG, "[exports.azure]\nobjectives = 'epic'\nproducts = 'none'\n")
    assert rows(portfolio, "objectives", "objective_id product_id") == [("1", None), ("5", None)]
    assert worked(portfolio, "objectives") == [(3, 1), (1, 1)]
    assert not len(portfolio["work"])


def test_what_is_in_no_area_and_under_no_goal_is_set_aside(tmp_path):
    portfolio = loaded(tmp_path, "ID,Work Item Type,Title,State\n1,Task,Alone,New\n2,Epic,Grow,New\n")
    assert portfolio.exports[0].set_aside()["skipped because"].tolist() == [
        "Parent: it belongs to no epic or feature, and to no area that is read"]
    assert counted(portfolio) == {"used": 1, "merged": 0, "set_aside": 1}
