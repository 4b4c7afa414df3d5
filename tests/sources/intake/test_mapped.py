"""One flat sheet that the settings read as several tables."""

from tests.csv_folders import findings
from tests.sources.vendors.exports import counted, loaded, rows

FLAT = """Key result,Goal,Team,PM,From,To,Comment
Signups to 500,Grow,Checkout,Ada Park,100,500,a
Churn to 2%,Keep,Checkout,Ada Park,5,2,
Signups to 500,Grow,Checkout,Ada Park,100,500,a
,Learn,Search,Bo Lim,,,
,,,,,,lost
"""
SETTINGS = """
[tables]
products = "export"
people = "export"
assignments = "export"
objectives = "export"
key_results = "export"
[columns.products]
product_id = "Team"
name = "Team"
[columns.people]
person_id = "PM"
name = "PM"
[columns.assignments]
product_id = "Team"
person_id = "PM"
[fixed.assignments]
role = "accountable"
[columns.objectives]
objective_id = "Goal"
title = "Goal"
product_id = "Team"
owner_id = "PM"
[columns.key_results]
kr_id = "Key result"
title = "Key result"
objective_id = "Goal"
baseline = "From"
target = "To"
"""


def test_each_table_gets_one_row_for_each_key(tmp_path):
    portfolio = loaded(tmp_path, FLAT, SETTINGS)
    assert portfolio.recognised_as == "spreadsheet"
    assert rows(portfolio, "products", "product_id name row") == [
        ("Checkout", "Checkout", 2), ("Search", "Search", 5)]
    assert rows(portfolio, "assignments", "product_id person_id role") == [
        ("Checkout", "Ada Park", "accountable"), ("Search", "Bo Lim", "accountable")]
    assert rows(portfolio, "objectives", "objective_id product_id owner_id") == [
        ("Grow · Checkout", "Checkout", "Ada Park"), ("Keep · Checkout", "Checkout", "Ada Park"),
        ("Learn · Search", "Search", "Bo Lim")]
    assert rows(portfolio, "key_results", "kr_id objective_id baseline target") == [
        ("Signups to 500 · Grow · Checkout", "Grow · Checkout", 100, 500),
        ("Churn to 2% · Keep · Checkout", "Keep · Checkout", 5, 2)]


def test_every_record_is_accounted_for(tmp_path):
    portfolio = loaded(tmp_path, FLAT, SETTINGS)
    assert counted(portfolio) == {"used": 3, "merged": 1, "set_aside": 1}
    aside = portfolio.exports[0].set_aside()
    assert aside.index.tolist() == [6]
    assert aside["Comment"].tolist() == ["lost"]
    assert {column.name: column.meaning for column in portfolio.intake.columns} == {
        "Key result": "key_result", "Goal": "objective", "Team": "product", "PM": "product_manager",
        "From": "baseline", "To": "target", "Comment": "note"}


def test_records_that_differ_about_one_row_are_said(tmp_path):
    again = FLAT.replace("Signups to 500,Grow,Checkout,Ada Park,100,500,a\n,",
                         "Signups to 500,Grow,Checkout,Ada Park,100,600,a\n,")
    portfolio = loaded(tmp_path, again, SETTINGS)
    assert ("warning", "key_results", None, "target", "merged") in findings(portfolio.problems)
    assert rows(portfolio, "key_results", "target")[0] == (None,)


def test_a_column_mapped_for_one_table_says_nothing_of_another(tmp_path):
    """The status of a key result is not that of its product."""
    portfolio = loaded(tmp_path, FLAT.replace("Comment", "Status").replace(",a\n", ",Done\n"),
                       SETTINGS + 'status = "Status"\n')
    assert rows(portfolio, "products", "product_id status")[0] == ("Checkout", None)
    assert rows(portfolio, "key_results", "kr_id status")[0] == (
        "Signups to 500 · Grow · Checkout", "Done")


def test_goals_of_one_title_in_several_teams_are_told_apart(tmp_path):
    flat = FLAT + "Signups to 500,Grow,Search,Bo Lim,7,9,\nSignups to 500,Learn,Search,Bo Lim,,,\n"
    portfolio = loaded(tmp_path, flat, SETTINGS)
    assert rows(portfolio, "objectives", "objective_id title product_id") == [
        ("Grow · Checkout", "Grow", "Checkout"), ("Keep · Checkout", "Keep", "Checkout"),
        ("Learn · Search", "Learn", "Search"), ("Grow · Search", "Grow", "Search")]
    assert rows(portfolio, "key_results", "kr_id objective_id target") == [
        ("Signups to 500 · Grow · Checkout", "Grow · Checkout", 500),
        ("Churn to 2% · Keep · Checkout", "Keep · Checkout", 2),
        ("Signups to 500 · Grow · Search", "Grow · Search", 9),
        ("Signups to 500 · Learn · Search", "Learn · Search", None)]
