"""What several sheets tell of in their own ways, and what is no record: each thing is read once."""

import pytest

from tests.sources.intake.test_layouts import read
from tests.sources.vendors.exports import rows

VIVA = ("Id,Title,OKR type,Type name,Owner,Period,Start Date,End Date,\"Aligned To (weight, Objective ID)\",Target,"
        "Object Type,Start,Progress %,Status\n"
        "1,Double revenue,Company,Northwind,Helen Marsh,Annual 2026,2026-01-01,2026-12-31,,100,OKR,0,55,On Track\n"
        "2,Nobody waits,Team,Checkout,Nina Okafor,Q4 2026,2026-10-01,2026-12-31,"
        "\"Double revenue(weight: 50%, Id: 1)\",100,OKR,0,50,On Track\n"
        "3,Drop-off,Team,Checkout,Nina Okafor,Q4 2026,2026-10-01,2026-12-31,"
        "\"Nobody waits(weight: 50%, Id: 2)\",18,Key Result,26,50,On Track\n")
OUTLINE = ("Objective / key result,Product,Owner,Start,Target\nO1: Close in a day,Sign,Ada Fisk,,\n"
           "   KR1.1 Days to signature,Sign,Ada Fisk,4.2,1\n   KR1.2 Export works,Sign,Ada Fisk,No,Yes\n")


def test_a_company_goal_of_an_export_is_the_column_of_a_matrix():
    found = read(matrix="Product,PM,Double revenue,Be trusted\nCheckout,Nina Okafor,●,\nLedger,,,○\n", viva=VIVA)
    assert rows(found, "outcomes", "name owner_id") == [("Double revenue", "Helen Marsh"), ("Be trusted", None)]
    assert rows(found, "objectives", "title outcome_id") == [("Nobody waits", "Double revenue")]


def test_a_log_of_values_tells_of_the_key_results_of_an_outline():
    found = read(OKRs_Q4_2026=OUTLINE, log="Date,Key result,Value,By\n2026-11-13,Days to signature,2.8,Ada Fisk\n"
                                           "2026-11-12,Export works,No,Ada Fisk\n")
    assert rows(found, "objectives", "title") == [("Close in a day",)]
    assert rows(found, "key_results", "title kr_type target current") == [
        ("Days to signature", None, 1, 2.8), ("Export works", "binary", 1, 0)]
    assert len(found["check_ins"]) == 2


def test_yes_and_no_of_a_log_are_no_values_of_a_key_result_in_numbers():
    found = read(OKRs_Q4_2026=OUTLINE, log="Date,Key result,Value\n2026-11-13,Days to signature,No\n2026-11-12,Export works,No\n")
    assert rows(found, "key_results", "title current") == [("Days to signature", None), ("Export works", 0)]


@pytest.mark.parametrize("legend", ["● main contribution   ○ helps", "P: primary; S: supporting", "X = works on it"])
def test_a_legend_below_a_matrix_is_no_product(legend):
    found = read(matrix=f"Product,PM,Grow,Trust\nCheckout,Ada Fisk,●,\nLedger,Ben Orr,,○\n,,,\n{legend},,,\n")
    assert rows(found, "products", "name") == [("Checkout",), ("Ledger",)]


def test_products_as_columns_may_say_which_goal_they_serve():
    found = read(goals="Company goal,Sponsor\nCut outages,Ruth Bell\nBill right,Omar Bell\n", page=(
        ",Grid Watch,Meter Hub,Outage Map\nProduct owner,Dana Whitehorse,Luis Ortega,TBC\nBudget FY26 ($),$3.1M,$2.4M,n/a\n"
        "Headcount,18,12,5\nCompany goal,Cut outages,Bill right,Cut outages\n"))
    assert rows(found, "products", "name annual_spend fte") == [
        ("Grid Watch", 3.1e6, 18), ("Meter Hub", 2.4e6, 12), ("Outage Map", None, 5)]
    assert len(found["contributions"]) == 3


TWO_COLUMNS = ("Objective,Products,Key result,Product,Target\nSee faults first,\"Watch, Hub, Map\",Found by sensors,Watch + Hub,60\n"
               ",,Visits,Map,30000\n,,Minutes to crew,Watch,25\n")


def test_products_of_an_objective_and_the_product_of_its_key_result():
    found = read(products="Product,PM\nWatch,Ada Fisk\nHub,Ben Orr\nMap,Cleo Ray\n", OKRs_Q4_2026=TWO_COLUMNS)
    assert rows(found, "key_results", "title product_id") == [
        ("Found by sensors", None), ("Visits", "Map"), ("Minutes to crew", "Watch")]
    assert [found["objectives"]["product_id"].item(), *found["objective_products"]["product_id"]] == ["Watch", "Hub", "Map"]


def test_a_key_result_of_some_of_the_products_is_said_to_count_for_the_others():
    found = read(products="Product,PM\nWatch,Ada Fisk\nHub,Ben Orr\nMap,Cleo Ray\n", OKRs_Q4_2026=TWO_COLUMNS)
    [said] = [line for line in found.intake.remarks if "Found by sensors" in line]
    assert said == ("“Found by sensors” names Watch and Hub: a key result is of one product or of all of its objective, "
                    "so it counts for Map too.")
    alone = read(OKRs_Q4_2026="Objective,Key result,Product,Target\nTrust,Touchless,Board / Desk,50\n")
    assert not any("Touchless" in line for line in alone.intake.remarks)


@pytest.mark.parametrize("target", ["Para", "Naar"])
def test_where_a_key_result_goes_is_its_target(target):
    found = read(OKRs_2026=f"Objetivo,Resultado-chave,De,{target},Atual\nRápido,Tempo,6,2,3\n")
    assert rows(found, "key_results", "baseline target current") == [(6, 2, 3)]


def test_priorities_do_not_add_up_to_a_total():
    found = read(goals="Company goal,Sponsor,Priority\nGrow,Ada Fisk,P0\nKeep,Ben Orr,P0\nRecall total,Cleo Ray,P1\n")
    assert rows(found, "outcomes", "name tier") == [("Grow", 1), ("Keep", 1), ("Recall total", 2)]
    numbered = read(goals="Company goal,Sponsor,Priority\nGrow,Ada Fisk,1\nKeep,Ben Orr,1\nRecall total,Cleo Ray,2\n")
    assert len(numbered["outcomes"]) == 3


@pytest.mark.parametrize(("often", "once"), [
    ("Lena Groß", "Lena Gross"), ("Mehmet Yıldız", "Mehmet Yildiz"), ("Łukasz Øst", "Lukasz Ost"),
    ("Kate O'Neil", "Kate O’Neil"), ("José Peña", "Jose Pena")])
def test_a_name_without_its_accents_is_the_same_persons_unasked(often, once):
    for first, second in ((often, once), (once, often)):
        found = read(products=f"Product,PM\nA,{first}\nB,{second}\nC,{often}\n")
        assert rows(found, "people", "name") == [(often,)]
        assert not found.intake.open_questions


def test_the_role_of_a_product_that_is_left_to_end():
    found = read(products="Produkt,Stoßrichtung\nScanner,Auslaufen lassen\n")
    assert rows(found, "products", "strategic_role") == [("sunset",)]


def test_a_goal_counts_for_the_blanks_below_it_where_its_product_is_repeated():
    found = read(OKR_2026="Produkt,Ziel,Key Result,Zielwert\nKasse,Zahlen,Abbruch,15\nKasse,,Zahlarten,9\nLager,Suchen,Zeit,2\nHof,,Wege,7\n")
    assert rows(found, "key_results", "title product_id") == [("Abbruch", "Kasse"), ("Zahlarten", "Kasse"), ("Zeit", "Lager")]
    assert rows(found, "objectives", "title") == [("Zahlen",), ("Suchen",)]


@pytest.mark.parametrize(("baseline", "target", "read_as"), [
    ("1200", "-30%", (None, None)), ("1200", "+20%", (None, None)), ("12%", "+20%", (12, 20)), ("", "+20%", (None, 20)),
    ("0", "+20%", (0, 20))])
def test_a_change_in_per_cent_is_no_value_of_its_baseline(baseline, target, read_as):
    found = read(OKRs_2026=f"Objective,Key result,Baseline,Target,Current\nCalm,Tickets,{baseline},{target},\n")
    assert rows(found, "key_results", "baseline target") == [read_as]
    assert bool(found.intake.left_out) == (read_as == (None, None))
