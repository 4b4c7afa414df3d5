"""Layouts that people use, each as a small file, and what a careful person reads in it."""

from datetime import date

import pandas as pd
import pytest

from orgdata.measures import align
from orgdata.model.settings import Settings
from orgdata.sources import read_files
from orgdata.sources.intake.spoken import lights
from orgdata.validate import validate
from tests.sources.vendors.exports import rows


def read(settings=None, **files):
    """Files by name (underscores are spaces), as CSV."""
    content = {f"{name.replace('_', ' ')}.csv": text.encode() for name, text in files.items()}
    return validate(read_files("mine", content, settings or Settings()))


def test_a_matrix_of_marks_is_links_with_their_strength():
    found = read(matrix="Product,PM,Grow revenue,Keep customers\nCheckout,Ada Fisk,X,(x)\n"
                        "Search,Ben Orr,,H\n")
    assert rows(found, "contributions", "product_id outcome_id strength") == [
        ("Checkout", "Grow revenue", None), ("Checkout", "Keep customers", "supporting"),
        ("Search", "Keep customers", "primary")]


def test_a_matrix_may_have_products_as_columns():
    found = read(matrix="Company goal,Checkout,Search\nGrow revenue,H,M\nKeep customers,,L\n")
    assert rows(found, "contributions", "product_id outcome_id strength") == [
        ("Checkout", "Grow revenue", "primary"), ("Search", "Grow revenue", "supporting"),
        ("Search", "Keep customers", "weak")]


def test_letters_below_people_are_their_roles():
    found = read(roles="Product,Ada Fisk,Ben Orr\nCheckout,A,R\nSearch,,A\n")
    assert rows(found, "assignments", "product_id person_id role role_as_written") == [
        ("Checkout", "Ada Fisk", "accountable", "accountable"),
        ("Checkout", "Ben Orr", "contributor", "responsible"),
        ("Search", "Ben Orr", "accountable", "accountable")]
    assert not len(found["outcomes"])


def test_months_as_columns_are_check_ins_and_the_last_one_the_value():
    found = read(goals_2026="Objective,KR,Product,Baseline,Target,Jan,Feb,Mar\n"
                            "Grow,Signups,Checkout,1,10,2,3,\n,Churn,Checkout,5,2,5,4,3\n")
    assert [f"{day} {value:g}" for day, value in rows(found, "check_ins", "date value")] == [
        "2026-01-31 2", "2026-01-31 5", "2026-02-28 3", "2026-02-28 4", "2026-03-31 3",
        "2026-03-01 3"]  # March may not be over
    [churn] = align(found, date(2026, 3, 9)).key_results.query("title == 'Churn'")["value"]
    assert churn == 3
    assert rows(found, "key_results", "title current") == [("Signups", 3), ("Churn", 3)]
    assert [f"{day:%Y-%m-%d}" for day in found["objectives"]["end_date"]] == ["2026-12-31"]


def test_rows_with_one_cell_head_the_groups_below_them():
    found = read(plan="Goal,Owner,Target,Current\nCheckout,,,\nPay in one step,Ada Fisk,10,5\n"
                      "Load fast,Ada Fisk,2,3\nSupport,,,\nAnswer fast,Ben Orr,1,4\n")
    assert rows(found, "objectives", "title product_id") == [
        ("Pay in one step", "Checkout"), ("Load fast", "Checkout"), ("Answer fast", "Support")]
    assert [one.reason for one in found.intake.left_out] == ["the name of a group, kept with its rows"]


def test_a_type_column_tells_objectives_from_key_results():
    found = read(okrs="Type,Title,Parent,Owner,Target,Current\nObjective,Grow fast,,Ada Fisk,,\n"
                      "Key Result,Signups,Grow fast,Ben Orr,100,50\nObjective,Be calm,,Ada Fisk,,\n"
                      "Key Result,Pages,Be calm,Ada Fisk,2,5\n")
    assert rows(found, "objectives", "title owner_id") == [
        ("Grow fast", "Ada Fisk"), ("Be calm", "Ada Fisk")]
    assert rows(found, "key_results", "title objective_id owner_id target") == [
        ("Signups", "Grow fast", "Ben Orr", 100), ("Pages", "Be calm", "Ada Fisk", 2)]


def test_goals_of_a_product_list_are_outcomes_where_no_list_tells_of_them():
    found = read(products='Product,Lead,Strategic priority,Spend\nCheckout,Ada Fisk,Grow revenue,1.2M\n'
                          'Search,Ben Orr,"Grow revenue, Keep customers",800k\n')
    assert rows(found, "outcomes", "name") == [("Grow revenue",), ("Keep customers",)]
    assert len(found["contributions"]) == 3
    assert rows(found, "products", "annual_spend") == [(1_200_000,), (800_000,)]


def test_roles_and_priorities_in_other_words():
    found = read(produkte="Produkt;Bereich;Verantwortlich;Budget (Tsd. €);FTE;Strategie\n"
                          "Kasse;Zahlung;Ada Fisk;1.200,5;4,5;Ausbauen\nSuche;Suche;TBD;800;3;Parken\n",
                 ziele="Strategische Ziele;Sponsor;Priorität\nUmsatz steigern;Eva Kurz;Hoch\n"
                       "Kunden halten;Jan Lang;Mittel\n")
    assert rows(found, "products", "name annual_spend fte strategic_role") == [
        ("Kasse", 1_200_500, 4.5, "invest"), ("Suche", 800_000, 3, None)]
    assert rows(found, "outcomes", "name tier owner_id") == [
        ("Umsatz steigern", 1, "Eva Kurz"), ("Kunden halten", 2, "Jan Lang")]
    assert found.settings.currency == "EUR"
    assert "“Parken”: which role does a product play?" in [
        question.text for question in found.intake.open_questions]
    assert rows(found, "assignments", "product_id person_id") == [("Kasse", "Ada Fisk")]


def test_an_old_tab_is_left_out_where_another_tells_of_the_same():
    products = "Product,PM,Budget\nCheckout,Ada Fisk,10\n"
    found = read(Portfolio=products, Archive_2025="Product,PM,Budget\nTimesheets,Lars Holm,3\n")
    assert rows(found, "products", "name") == [("Checkout",)]
    alone = read(Archive_2025=products)
    assert rows(alone, "products", "name") == [("Checkout",)]
    told = read(Settings(answers={"sheet: Archive 2025": "read"}), Portfolio=products,
                Archive_2025="Product,PM,Budget\nTimesheets,Lars Holm,3\n")
    assert {name for name, in rows(told, "products", "name")} == {"Checkout", "Timesheets"}


def test_of_two_lists_the_richer_counts_and_the_poorer_fills_blanks():
    found = read(Portfolio="Product,PM,Budget,Stage\nCheckout,Ada Fisk,10,\nSearch,Ben Orr,20,GA\n",
                 Staff="Product,PM,Headcount,Stage\nCheckout,Bo Lim,3,Beta\n")
    assert rows(found, "products", "name annual_spend fte lifecycle_stage") == [
        ("Checkout", 10, 3, "Beta"), ("Search", 20, None, "GA")]


def test_answers_of_the_settings_are_taken():
    files = {"products": "Product,PM,Goals served\nCheckout,Ada Fisk,NRR\n",
             "goals": "Company goal,Sponsor,Priority\nGrow NRR to 112%,Eva Kurz,P0\n"
                      "Cut cost,Jan Lang,P1\n"}
    question = next(one for one in read(**files).intake.questions if "NRR" in one.key)
    assert (question.guess, question.line) == (
        "Grow NRR to 112%", '"company goal: NRR" = "Grow NRR to 112%"')
    other = read(Settings(answers={"company goal: NRR": "Cut cost"}), **files)
    assert rows(other, "contributions", "outcome_id") == [("Cut cost",)]
    assert [one.answered for one in other.intake.questions if "NRR" in one.key] == [True]
    none = read(Settings(answers={"company goal: nrr": "none"}), **files)
    assert not len(none["contributions"])
    wrong = read(Settings(answers={"company goal: NRR": "Cut taxes"}), **files)
    assert rows(wrong, "contributions", "outcome_id") == [("Grow NRR to 112%",)]
    assert "answers, company goal: NRR" in " ".join(wrong.problems["message"])


def test_what_a_column_means_can_be_said():
    text = "Product,PM,Team mood\nCheckout,Ada Fisk,Payments\n"
    assert rows(read(products=text), "products", "business_area") == [(None,)]
    told = read(Settings(answers={"column: Team mood": "area", "column: PM": "none"}), products=text)
    assert rows(told, "products", "business_area") == [("Payments",)]
    assert not len(told["people"])


def test_objectives_serve_what_their_products_do_where_that_is_said():
    files = {"products": "Product,Goals served\nCheckout,Grow\nSearch,Keep\n",
             "okrs": "Objective,Key Result,Product,Target\nPay,Signups,Checkout,5\n,Find,Search,3\n"
                     "Sell,Orders,Checkout,9\n"}
    assert not len(read(**files)["objective_outcomes"])
    told = read(Settings(answers={"objectives: company goals": "products"}), **files)
    assert rows(told, "objective_outcomes", "objective_id outcome_id") == [
        ("Sell", "Grow")]  # of Pay it is not known: each of its goals only one of its products serves


def test_a_tab_per_team_is_its_product():
    team = "Objective,Key Result,Target,Current\nGrow,{},5,2\n"
    found = read(Checkout=team.format("Signups"), Search=team.format("Finds"))
    assert rows(found, "objectives", "title product_id") == [("Grow", "Checkout"), ("Grow", "Search")]


def test_yes_and_no_words_and_units():
    found = read(okrs="Objective,Key Result,Baseline,Target,Current\nGrow,Live in Japan,No,Yes,No\n"
                      "Grow,Decision,,Done,50%\nGrow,First answer,2.5 h,45 min,1.6 h\n"
                      "Grow,Churn from 5% to 3%,,,4%\nGrow,Open roles,14 (+2 open),20,15 (?)\n")
    assert rows(found, "key_results", "title kr_type baseline target current") == [
        ("Live in Japan", "binary", 0, 1, 0), ("Decision", None, None, None, None),
        ("First answer", None, None, None, None), ("Churn from 5% to 3%", None, 5, 3, 4),
        ("Open roles", None, 14, 20, 15)]
    assert [one.what for one in found.intake.left_out] == [
        "the values of “Decision” in row 3", "the values of “First answer” in row 4"]


STAFF = "Full name,Work email,Job title,Reports to\n\"Ek, Nora\",nora.e@x.io,PM,\"Hall, Tom\"\nTom Hall,tom@x.io,CPO,\n"


@pytest.mark.parametrize("written", [
    "Nora Ek", "Nora Ek <nora.e@x.io>", "nora.e@x.io", "N. Ek", "Dr. Nora Ek", "\"Ek, Nora\"", "NORA EK (PM)"])
def test_a_listed_person_is_meant_in_whatever_way_she_is_written(written):
    found = read(people=STAFF, products=f"Product,PM\nMail,{written}\nChat,Nora Ek\nCalls,Tom Hall\n")
    assert not found.intake.questions
    assert rows(found, "people", "name email manager_id") == [
        ("Nora Ek", "nora.e@x.io", "Tom Hall"), ("Tom Hall", "tom@x.io", None)]
    assert set(rows(found, "assignments", "product_id person_id")) == {
        ("Mail", "Nora Ek"), ("Chat", "Nora Ek"), ("Calls", "Tom Hall")}


def test_several_listed_people_in_a_cell_are_not_asked_about():
    found = read(people=STAFF, products="Product,PM\nMail,\"Ek, Nora / Hall, Tom\"\n")
    assert not found.intake.questions
    assert len(found["people"]) == len(found["assignments"]) == 2


def test_one_address_is_not_a_new_name():
    found = read(products="Product,PM\nMail,Nora Ek <nora.e@x.io>\nChat,N. Ek\n")
    assert rows(found, "people", "name") == [("Nora Ek",)]


def test_words_for_nothing_yet_are_blank_money():
    found = read(products="Product,Budget,FTE\nMail,offen,n.n.\nChat,à définir,TBC\nCalls,200,3\n")
    assert rows(found, "products", "name annual_spend fte") == [
        ("Mail", None, None), ("Chat", None, None), ("Calls", 200, 3)]
    assert not (found.problems["code"] == "bad_number").any()


@pytest.mark.parametrize(("header", "cells", "fte", "managers"), [
    ("Mitarbeiter", ("4", "6"), [4, 6], []), ("Mitarbeiter", ("\"Ek, Nora\"", "Tom Hall"), [None, None], ["Nora Ek", "Tom Hall"])])
def test_the_values_say_whether_people_are_counted_or_named(header, cells, fte, managers):
    found = read(products=f"Produkt,{header}\nMail,{cells[0]}\nChat,{cells[1]}\n")
    assert [row[0] for row in rows(found, "products", "fte")] == fte
    assert [row[0] for row in rows(found, "assignments", "person_id")] == managers


def test_a_german_list_of_people_gives_addresses_and_managers():
    found = read(team="Mitarbeiter;Funktion;Vorgesetzter;E-Mail\nEk, Nora;PM;Hall, Tom;nora.e@x.io\nHall, Tom;CPO;;t@x.io\n",
                 produkte="Produkt;Produktverantwortlicher\nMail;N. Ek\nChat;T. Hall\n")
    assert rows(found, "people", "name email title manager_id") == [
        ("Nora Ek", "nora.e@x.io", "PM", "Tom Hall"), ("Tom Hall", "t@x.io", "CPO", None)]


def test_an_address_of_the_owner_is_the_owner_where_no_column_names_one():
    found = read(people=STAFF, products="Product,Product owner e-mail\nMail,nora.e@x.io\nChat,tom@x.io\n")
    assert rows(found, "assignments", "product_id person_id") == [("Mail", "Nora Ek"), ("Chat", "Tom Hall")]
    both = read(people=STAFF, products="Product,PM,PM email\nMail,Nora Ek,x@y.io\n")
    assert rows(both, "assignments", "product_id person_id") == [("Mail", "Nora Ek")]


@pytest.mark.parametrize(("header", "target"), [
    ("Objectif,Résultat clé,Valeur initiale,Cible,Actuel", 9), ("Objetivo,Resultado-chave,Linha de base,Meta,Atual", 9),
    ("Ziel,Schlüsselergebnis,Startwert,Soll,Ist", 9)])
def test_targets_of_other_languages(header, target):
    found = read(okrs=f"{header}\nGrow,Signups,1,{target},4\n")
    assert rows(found, "key_results", "title baseline target current") == [("Signups", 1, target, 4)]


def test_what_is_called_cible_in_a_list_of_products_is_its_segment_and_meta_alone_a_goal():
    found = read(produits="Produit,Cible\nMail,Banques\nChat,Magasins\n")
    assert rows(found, "products", "name segments") == [("Mail", "Banques"), ("Chat", "Magasins")]
    goals = read(metas="Meta,Patrocinador,Prioridad\nCrecer,Ada Fisk,P0\nCuidar,Ben Orr,P1\n")
    assert rows(goals, "outcomes", "name tier") == [("Crecer", 1), ("Cuidar", 2)]


@pytest.mark.parametrize(("written", "told"), [
    ("🔴 blocked on vendor", "🔴"), ("🟢 On track", "🟢 On track"), ("grün", "green"), ("Gelb", "amber"), ("rot", "red"),
    ("waiting", "waiting"), ("Rouge", "red"), ("done", "done"), ("", "")])
def test_lights_of_a_status(written, told):
    assert lights(pd.Series([written])).tolist() == [told]


@pytest.mark.parametrize("values", ["6 Tage,1 Tag,\"3,5 Tagen\"", "6 jours,1 jour,\"3,5 jours\"", "6 días,1 dia,\"3,5 días\"",
                                    "6 Std,1 h,\"3,5 Stunden\"", "6 Filialen,1 Filialen,\"3,5 Filialen\"", "6 widgets,1 widget,3.5 widgets"])
def test_words_for_one_unit_are_one_unit(values):
    found = read(okrs=f"Objective,Key result,Baseline,Target,Current\nFast,Wait,{values}\n")
    assert rows(found, "key_results", "baseline target current") == [(6, 1, 3.5)]


def test_days_and_hours_are_not_one_unit():
    found = read(okrs="Objective,Key result,Baseline,Target,Current\nFast,Wait,6 Tage,1 Stunde,3 Tage\n")
    assert rows(found, "key_results", "baseline target current") == [(None, None, None)]


def test_a_product_spelt_with_spaces_is_one_product_and_na_is_what_a_list_calls_so():
    found = read(okrs="Objective,Key result,Product\nShip,Rate,CI/CD\n,Time,CI / CD\n")
    assert rows(found, "products", "name") == [("CI/CD",)]
    listed = read(products="Product,Spend\nNA,5\nMail,6\n", okrs="Product,Objective,Key result,Target\nNA,Calm,Calls,5\n")
    assert rows(listed, "objectives", "product_id") == [("NA",)]


def test_a_fiscal_year_that_a_title_tells_of_dates_the_goals():
    found = read(okrs="FY27 runs Feb 2026 – Jan 2027,,,\nObjective,Key result,Quarter,Target\nSee,Calls,FY27 Q3,5\nHear,Mails,Q4 FY27,6\n")
    assert rows(found, "objectives", "start_date end_date") == [
        ("2026-08-01", "2026-10-31"), ("2026-11-01", "2027-01-31")]
    assert any("begins in February" in remark for remark in found.intake.remarks)


def test_a_quarter_in_french_and_portuguese_dates_the_goals():
    found = read(okrs="Trimestre,Objetivo,Resultado-chave,Meta\nT4 2026,Abrir,Contas,5\n")
    assert rows(found, "objectives", "start_date end_date") == [("2026-10-01", "2026-12-31")]


def test_subtotals_are_no_products():
    found = read(products="Produkt,Budget,FTE\nKasse,100,2\nSuche,50,\nSumme Handel,150,\nHilfe,30,1\n"
                          "Zwischensumme Service,30,1\nTotal Rewards,20,1\n")
    assert rows(found, "products", "name") == [
        ("Kasse",), ("Suche",), ("Hilfe",), ("Total Rewards",)]
    assert [(one.what, one.reason) for one in found.intake.left_out] == [
        ("2 rows", "a total of other rows")]


def test_the_currency_of_amounts_and_days_as_in_japan():
    found = read(products="Product,Budget\nCheckout,1.2M €\nSearch,800k €\n",
                 okrs="Objective,Key Result,Target,Current,Updated\nGrow,Signups,5,2,2026年11月3日\n")
    assert found.settings.currency == "EUR"
    assert rows(found, "check_ins", "date value") == [("2026-11-03", 2)]
    mixed = read(products="Product,Budget\nCheckout,1.2M €\nSearch,$800k\n")
    assert mixed.settings.currency is None


def test_a_name_alone_in_its_row_is_a_record():
    goals = ["Grow net revenue retention to 112 percent by the end of 2026", "Keep customers",
             "Key Vault for everybody who works with our partners abroad"]
    found = read(company_goals="Company goal\n" + "\n".join(goals) + "\n")
    assert rows(found, "outcomes", "name") == [(goal,) for goal in goals]
    wide = read(products="Product,PM\nCheckout,Ada Fisk\nKey Vault,\nNotes for drivers,\n"
                         "The single sign-on that all of our suites share,\n")
    assert [name for name, in rows(wide, "products", "name")] == [
        "Checkout", "Key Vault", "Notes for drivers",
        "The single sign-on that all of our suites share"]
    below = read(products="Product,PM\nCheckout,Ada Fisk\nSearch,Ben Orr\n,\n"
                          "Everything here is as agreed with finance in October,\n"
                          "Legend: PM is who answers\n")
    assert rows(below, "products", "name") == [("Checkout",), ("Search",)]


def test_columns_that_are_called_as_ours_stay_theirs():
    """Names of groups and tabs are columns of their own, whatever the file calls its columns."""
    groups = read(plan="group,Goal,Target,Current\nCheckout,,,\nA,Pay in one step,10,5\n"
                       "Support,,,\nB,Answer fast,1,4\n")
    assert next((one.name, one.examples) for one in groups.intake.columns) == (
        "group", ("Checkout", "A", "Support"))
    assert rows(groups, "objectives", "title product_id") == [
        ("Pay in one step", "Checkout"), ("Answer fast", "Support")]
    tab = "tab,Objective,Key Result,Target\n{0},Grow,{1},5\n"
    told = read(Settings(answers={"column: tab": "owner"}), Checkout=tab.format("Ada Fisk", "Signups"),
                Search=tab.format("Ben Orr", "Finds"))
    assert rows(told, "key_results", "title owner_id") == [
        ("Signups", "Ada Fisk"), ("Finds", "Ben Orr")]
    assert {name for name, in rows(told, "products", "name")} == {"Checkout", "Search"}


def test_a_key_result_of_several_products_counts_for_each_of_them():
    found = read(products="Product,PM\nBoard,Ada Fisk\nScheduler,Ben Orr\n",
                 OKRs_2026="Objective,Key Result,Team / Product,Target\nTrust,Touchless,Board / Scheduler,50\n"
                           "Trust,Accepted,Scheduler,80\nTrust,Accepted,Board & Scheduler,90\n")
    assert rows(found, "key_results", "title product_id target") == [
        ("Touchless", None, 50), ("Accepted", "Scheduler", 80), ("Accepted", None, 90)]
    assert sorted([found["objectives"]["product_id"].item(), *found["objective_products"]["product_id"]]) == [
        "Board", "Scheduler"]
    assert align(found, date(2026, 6, 1)).products["measured"].tolist() == [True, True]


@pytest.mark.parametrize("header", ["Objective,Key Result,Product,Target", "Product,Objective,Key Result,Target"])
def test_the_product_of_a_row_is_that_of_its_key_result(header):
    row = "Pay,Signups,Checkout,5" if header.startswith("Obj") else "Checkout,Pay,Signups,5"
    found = read(OKRs_2026=f"{header}\n{row}\n")
    assert rows(found, "key_results", "title product_id") == [("Signups", "Checkout")]
    assert rows(found, "objectives", "title product_id") == [("Pay", "Checkout")]


def test_what_an_objective_serves_is_no_claim_of_its_product():
    found = read(OKRs_2026="Objective,Key Result,Product,Company goal,Target\nPay,Signups,Checkout,Grow revenue,5\n")
    assert rows(found, "objectives", "outcome_id") == [("Grow revenue",)]
    assert not len(found["contributions"])


def test_people_who_are_named_alone_elsewhere_are_several_unasked():
    found = read(products="Product,PM\nA1,Ada Fisk\nB2,Ben Orr\nC3,Ada Fisk / Ben Orr\n")
    assert not found.intake.questions
    assert len(found["assignments"]) == 4
    one = read(products="Product,PM\nA1,Ada Fisk\nC3,Ada Fisk / Ben Orr\n")
    assert [question.key for question in one.intake.questions] == ["people: PM"]


def test_a_measure_below_a_goal_is_its_key_result_where_the_goal_is_written_once():
    found = read(Autumn_2026="Goal,Measure,Lead,Initial,Target,W36,W37,W38\nPlan in a minute,Minutes,Ada Fisk,9,1,7,6,\n,Clashes,Ada Fisk,14,3,12,12,11\n")
    assert rows(found, "key_results", "title baseline target current") == [("Minutes", 9, 1, 6), ("Clashes", 14, 3, 11)]
    assert rows(found, "objectives", "title") == [("Plan in a minute",)]


@pytest.mark.parametrize(("priorities", "names"), [
    ("Win enterprise\nAI first\nZero payroll errors", ["Win enterprise", "AI first", "Zero payroll errors"])])
def test_a_column_of_priorities_may_be_the_names_of_company_goals(priorities, names):
    lines = "\n".join(f"{one},Nina Falk,soon" for one in priorities.split("\n"))
    found = read(Strategic_priorities=f"Priority,Owner,What success looks like\n{lines}\n",
                 products="Product,PM,Strategic priority\nTracker,Ada Fisk,AI first\n")
    assert [name for name, in rows(found, "outcomes", "name")] == names
    assert rows(found, "contributions", "outcome_id") == [("AI first",)]
    ranked = read(goals="Company goal,Owner,Priority\nGrow,Nina Falk,Very high\n")
    assert rows(ranked, "outcomes", "name") == [("Grow",)]
