import pytest

from orgdata.sources.vendors import recognise
from tests.sources.vendors.exports import counted, loaded, rows, warned, worked

# columns are chosen per report: goals of the initiative and of the feature, both "Goal name"
HEADER = ("Feature reference #,Feature name,Feature status,Feature assigned to,Epic name,"
          "Initiative name,Initiative reference #,Initiative status,Initiative start date,"
          "Initiative end date,Feature start date,Feature end date,Release name,Workspace name,"
          "Goal name,Goal name,Goal status,Goal end date\n")


def feature(number, *, initiative="", ref="", goal="", other="", workspace="Checkout",
            status="In development", who="", end="", begun="", goal_status=""):
    name = f"CHK-{number},About {number}" if number else ","
    return (f'{name},{status},{who},Wallets,"{initiative}",{ref},Started,{begun},{end},2026-10-01,'
            f"2026-12-31,R1,{workspace},{goal},{other},{goal_status},2026-12-31\n")


PAY = {"initiative": "Pay in one step, everywhere", "ref": "CHK-S-1"}
REPORT = (feature(1, initiative="Pay in one step, everywhere", who="Bo Lind")  # by name only
          + feature(2, **PAY, other="Fewer abandoned carts", status="Shipped", begun="01/10/2026",
                    end="31/12/2026")
          + feature(3, **PAY, goal="Save money", workspace="Wallet", status="Will not implement")
          + feature(4, goal="Save money", goal_status="Done", who="Cy Orr")
          + feature(5, status="Shipped")
          + feature(5, status="Shipped")
          + feature(6, workspace="", who="Dee Fox")
          + feature(7, **PAY, goal="Save money", workspace="Wallet")
          + feature("", workspace="Search"))


@pytest.fixture
def portfolio(tmp_path):
    return loaded(tmp_path, HEADER + REPORT)


def test_initiatives_serve_goals_and_belong_to_workspaces(portfolio):
    assert portfolio.recognised_as == "aha"
    assert recognise(["Master feature reference #"]).name == "aha"
    assert rows(portfolio, "objectives", "objective_id title outcome_id product_id status "
                "start_date end_date owner_id row") == [
        ("CHK-S-1", "Pay in one step, everywhere", "Fewer abandoned carts", "Checkout", "Started",
         "2026-10-01", "2026-12-31", None, 2)]
    assert rows(portfolio, "outcomes", "outcome_id name status due_date row") == [
        ("Fewer abandoned carts", "Fewer abandoned carts", None, "2026-12-31", 3),
        ("Save money", "Save money", "done", "2026-12-31", 4)]
    assert rows(portfolio, "products", "product_id name row") == [
        ("Checkout", "Checkout", 2), ("Wallet", "Wallet", 4), ("Search", "Search", 10)]
    assert rows(portfolio, "people", "person_id name") == [
        ("Bo Lind", "Bo Lind"), ("Cy Orr", "Cy Orr")]
    assert not len(portfolio["key_results"])
    assert not len(portfolio["assignments"])


def test_features_and_epics_are_work(portfolio):
    assert worked(portfolio, "objectives") == [(4, 1)]
    assert worked(portfolio, "products") == [(2, 1), (0, 0), (1, 0)]  # the last is an epic


def test_every_record_is_accounted_for(portfolio):
    assert counted(portfolio) == {"used": 4, "merged": 4, "set_aside": 1}
    aside = portfolio.exports[0].set_aside()
    assert aside[["Feature name", "skipped because"]].to_numpy().tolist() == [
        ["About 6", "Feature reference #: the record names no goal, no initiative and no workspace"]]
    assert warned(portfolio) == [("aha", 4, "Goal name", "bad_value"),
                                 ("aha", 4, "Workspace name", "bad_value")]


def test_choices(tmp_path):
    portfolio = loaded(tmp_path, HEADER + REPORT,
                       '[exports.aha]\noutcomes = "none"\nproducts = "none"')
    assert rows(portfolio, "objectives", "objective_id outcome_id product_id") == [
        ("CHK-S-1", None, None)]
    assert counted(portfolio) == {"used": 1, "merged": 3, "set_aside": 5}


def test_an_epic_is_work_where_no_feature_is_named(tmp_path):
    portfolio = loaded(tmp_path, "Epic reference #,Epic name,Epic status,Epic assigned to,Product "
                       "name\nE-1,Wallets,Done,Ada Park,Checkout\n")
    assert worked(portfolio, "products") == [(1, 1)]
    assert rows(portfolio, "people", "person_id") == [("Ada Park",)]
