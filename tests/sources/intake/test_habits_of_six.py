"""Habits of six heads of product: what is told of a group, in a target, beside or above a list."""

import pytest

from tests.sources.intake.test_layouts import read
from tests.sources.vendors.exports import rows

_PRODUCTS = "Product,PM\nWatch,Ada Fisk\nHub,Ben Orr\n"


def test_a_subtotal_beside_a_label_of_several_rows_is_no_product():
    found = read(list="Pôle,Produit,Budget 2026 (k€)\nSanté,Appli,900\nSanté,Remboursement,1450\n"
                      "Santé,Sous-total Santé,2350\nSocle,Batch,240\n")
    assert rows(found, "products", "name") == [("Appli",), ("Remboursement",), ("Batch",)]


def test_records_that_name_their_product_are_no_list_of_products():
    found = read(list=_PRODUCTS, redmine=(
        "#,Projet,Tracker,Statut,Priorité,Sujet,Assigné à,Mis-à-jour,% réalisé\n"
        "4512,Watch,Tâche,En cours,Haut,Lire les factures,Ada Fisk,2026-11-12 10:02,40\n"
        "4519,Hub,Anomalie,Nouveau,Normal,Inventaire,Ben Orr,2026-11-03 08:00,0\n"
        "4520,Hub,Anomalie,Fermé,Bas,Cron orphelin,Ben Orr,2026-11-04 08:00,100\n"))
    assert rows(found, "products", "name") == [("Watch",), ("Hub",)]
    assert [len(found[table]) for table in ("objectives", "outcomes")] == [0, 0]


def test_the_product_beside_a_blank_objective_is_that_of_its_key_result():
    found = read(list=_PRODUCTS, OKRs_Q4_2026=(
        "Objective,Product,Key result,Target\nSee faults,Watch,Found,60\n,,Visits,30\n,Hub,Rejects,2\n"
        "Bill right,Hub,Errors,1\n"))
    assert rows(found, "objectives", "title product_id") == [("See faults", "Watch"), ("Bill right", "Hub")]
    assert rows(found, "key_results", "title product_id") == [
        ("Found", "Watch"), ("Visits", "Watch"), ("Rejects", "Hub"), ("Errors", "Hub")]


_LISTS = {"Products_Grid_view": "Name,Group,PM,Posture,Stage,FY26 spend,Company goals,OKRs\n"
                                "Watch,Grid,Ada Fisk,Invest,Growth,$3.2M,\"Grow NRR,Cut cost\",See faults\n"
                                "Hub,Grid,Ben Orr,Maintain,Mature,$900K,Cut cost,Bill right\n",
          "Company_goals_Grid_view": "Goal,Exec,Priority,Products\nGrow NRR,Cleo Ray,P1,Watch\n"
                                     "Cut cost,Cleo Ray,P2,\"Watch,Hub\"\n"}


def test_lists_that_refer_to_each_other_are_what_they_are_called():
    found = read(**_LISTS)
    assert rows(found, "products", "name business_area annual_spend") == [
        ("Watch", "Grid", 3.2e6), ("Hub", "Grid", 9e5)]
    assert rows(found, "outcomes", "name tier owner_id") == [("Grow NRR", 1, "Cleo Ray"), ("Cut cost", 2, "Cleo Ray")]
    assert not len(found["objectives"])


@pytest.mark.parametrize(("priorities", "tiers"), [("P0 P1 P1", [1, 2, 2]), ("P1 P1 P2", [1, 1, 2])])
def test_the_first_priority_in_use_is_the_first_tier(priorities, tiers):
    goals = [f"{name},{one}" for name, one in zip(("Grow it", "Keep it", "Cut it"), priorities.split(), strict=True)]
    found = read(company_goals="\n".join(["Company goal,Priority", *goals]))
    assert [tier for _, tier in rows(found, "outcomes", "name tier")] == tiers


_KEY_RESULT = "Objective,Key result,Baseline,Target,Now\nPay,Signups,{baseline},{target},{now}\nPay,Errors,9,3,7\n"


@pytest.mark.parametrize(("baseline", "target", "now", "values"), [
    ("12%", "from 12% to 15%", "14%", (12, 15, 14)), ("", "de 12 % à 15 %", "14 %", (12, 15, 14)),
    ("", "9 → 5", "7", (9, 5, 7)), ("0", "30+", "11", (0, 30, 11)), ("1400", "2x", "1900", (1400, 2800, 1900)),
    ("1.2x", "2x", "1.5x", (1.2, 2, 1.5)), ("12%", "15% (now 14%)", "", (12, 15, 14)),
    ("3.4s", "<2s", "2.4s", (3.4, 2, 2.4)), ("99.5", "≥ 99.9", "99.93", (99.5, 99.9, 99.93))])
def test_a_target_may_say_more_than_a_value(baseline, target, now, values):
    found = read(okrs=_KEY_RESULT.format(baseline=baseline, target=target, now=now))
    assert rows(found, "key_results", "baseline target current")[0] == values


def test_a_target_of_twice_as_much_is_said():
    found = read(okrs=_KEY_RESULT.format(baseline="1400", target="2x", now="1900"))
    assert "“2x” of 1400 is taken for a target of 2800." in found.intake.remarks


def test_points_more_are_of_what_nobody_says():
    found = read(okrs=_KEY_RESULT.format(baseline="22", target="+8 pts", now="18"))
    assert rows(found, "key_results", "baseline target current") == [(None, None, None), (9, 3, 7)]
    assert any(left.reason == "its target is a change: 22, +8 pts, 18" for left in found.intake.left_out)


def test_where_from_and_where_to_may_stand_in_one_column():
    found = read(OKR_T4_2026="Objectif,Résultat clé,Départ → Cible,Valeur actuelle\nVite,Délai,de 9 j à 5 j,7 j\n"
                             ",Sûr,de 99 à ≥ 99.9,99.5\n,Plan validé,Non → Oui,Non\n")
    assert rows(found, "key_results", "baseline target current") == [(9, 5, 7), (99, 99.9, 99.5), (0, 1, 0)]


def test_a_row_that_says_what_the_columns_are_for_is_no_record():
    found = read(okrs="Objective,Key result,Weight,Target\nwhat we want,how we know,sums to 100%,where to\n"
                      "Pay,Signups,60%,40\n,Errors,40%,3\nSell,Orders,100%,9\n")
    assert rows(found, "key_results", "title") == [("Signups",), ("Errors",), ("Orders",)]
    assert any("what the columns are for" in left.reason for left in found.intake.left_out)


def test_what_was_dropped_is_left_out_and_said():
    found = read(okrs="Objective,Key result,Target\nPay,Signups,40\n,Errors (dropped),3\nRooms (cancelled in May),Beds,9\n"
                      "Sell,Cancelled orders,2\n")
    assert rows(found, "key_results", "title") == [("Signups",), ("Cancelled orders",)]
    assert rows(found, "objectives", "title") == [("Pay",), ("Sell",)]
    assert any("was dropped" in left.reason for left in found.intake.left_out)


def test_letters_of_lights_in_another_language():
    found = read(list="Product,PM,E-mail productmanager\nApp,Sanne de Vries,sanne@polder.example\n", okrs=(
        "Doelstelling,Kernresultaat,Van,Naar,Nu,G/O/R,Trekker\nSnel,Tik,22%,40%,31%,G,sanne@polder.example\n"
        ",Afgebroken,4,2,3,O,s.devries@polder.example\n,MTTR,75,30,48,R,Sanne de Vries\n"))
    assert rows(found, "key_results", "current status owner_id") == [
        (31, "green", "Sanne de Vries"), (3, "amber", "Sanne de Vries"), (48, "red", "Sanne de Vries")]


def test_a_product_above_a_list_of_goals_is_theirs():
    found = read(list=_PRODUCTS, Grid="OKRs Q4 2026,,\nProduct:,Watch,\n,,\nObjective,Key result,Target\nPay,Signups,40\n,Errors,3\n")
    assert rows(found, "objectives", "title product_id") == [("Pay", "Watch")]


def test_a_page_of_instructions_is_no_list_of_goals():
    found = read(list=_PRODUCTS, guide="OKRs Q4 2026\nFill in your value each Friday. G = green; R = red\n")
    assert not len(found["objectives"])


_BOARD = """OKR board
Quarter 4 2026

Pay in one step
Name,Subitems,Person,Status,Product,Start value,Target,Actual,Timeline - Start,Timeline - End
Signups,,Ada Fisk,Stuck,Watch,10,40,12,2026-10-01,2026-12-31
Errors,,Ada Fisk,On track,Watch,9,3,7,2026-10-01,2026-12-31

Bill right
Name,Subitems,Person,Status,Product,Start value,Target,Actual,Timeline - Start,Timeline - End
Wrong bills,,Ben Orr,On track,Hub,5,1,2,2026-10-01,2026-12-31
"""


def test_a_board_of_measured_items_is_a_list_of_key_results():
    found = read(list=_PRODUCTS, board=_BOARD)
    assert rows(found, "key_results", "title objective_id baseline target current status") == [
        ("Signups", "Pay in one step · Watch · Quarter 4 2026", 10, 40, 12, "red"),
        ("Errors", "Pay in one step · Watch · Quarter 4 2026", 9, 3, 7, "On track"),
        ("Wrong bills", "Bill right · Hub · Quarter 4 2026", 5, 1, 2, "On track")]


def test_titles_may_be_called_descriptions_beside_kinds():
    found = read(OKR="Codice,Livello,Descrizione,Prodotto,Valore iniziale,Traguardo,Valore attuale,Scadenza\n"
                     "O1,Obiettivo,Tutto dal telefono,Web,,,,fine dicembre 2026\n"
                     "O1.1,Risultato chiave,Clienti attivi,,41%,60%,52%,\nO1.2,Risultato chiave,Pagamenti,,18%,35%,21%,\n")
    assert rows(found, "objectives", "title") == [("Tutto dal telefono",)]
    assert f"{found['objectives']['end_date'].item():%Y-%m-%d}" == "2026-12-31"
    assert rows(found, "key_results", "title baseline target current") == [
        ("Clienti attivi", 41, 60, 52), ("Pagamenti", 18, 35, 21)]


def test_what_an_export_counts_is_no_column_of_its_own():
    jira = ("Summary,Issue key,Issue id,Issue Type,Status,Project key,Project name,Parent\n"
            "Invites,D-1,1,Epic,To Do,D,Watch,\nBy link,D-2,2,Story,Done,D,Watch,1\n")
    found = read(list=_PRODUCTS, jira=jira)
    assert rows(found, "objectives", "title") == [("Invites",)]
    assert not found.problems["column"].isin(["work_items", "work_done"]).any()


def test_a_quarter_has_the_year_of_the_day_above_it():
    list_ = "Objective,Key result,Target,Verantw.\nPay,Signups,40,Ada Fisk\n"
    found = read(OKR_Q4=f"Stand: 20.11.2026,,,\n,,,\n{list_}")
    assert [f"{day.item():%Y-%m-%d}" for day in (found["objectives"]["start_date"], found["objectives"]["end_date"])] == [
        "2026-10-01", "2026-12-31"]
    assert [one.key for one in found.intake.open_questions] == ["period: Q4"]
    assert not read(okrs=f"\"OKRs, Q4 2026 (Oct–Dec)\",,,\n,,,\n{list_}").intake.open_questions
