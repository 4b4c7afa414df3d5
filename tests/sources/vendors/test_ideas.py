"""Lists of ideas, Jira Product Discovery and Productboard: ideas for the outcomes they name."""

import pytest

from orgdata.sources.vendors import recognise
from tests.sources.vendors.exports import counted, loaded, rows

COLUMNS = "idea_id name outcome_id stage asked_by proposed_on"


def test_a_list_of_three_columns(tmp_path):
    portfolio = loaded(tmp_path, "Idea,Goal,Stage\nPay by link,Grow,In progress\nVoice,Grow,Someday\nPay by link,Grow,In progress\n")
    assert portfolio.recognised_as == "ideas"
    assert counted(portfolio) == {"used": 2, "merged": 1, "set_aside": 0}
    assert rows(portfolio, "ideas", "idea_id name outcome_id stage") == [
        ("Pay by link", "Pay by link", "Grow", "building"), ("Voice", "Voice", "Grow", None)]
    fault, = portfolio.problems.query("level == 'warning'").to_dict("records")
    assert (fault["column"], fault["value"]) == ("stage", "Someday")


def test_ranges_weeks_and_chances_of_a_list(tmp_path):
    portfolio = loaded(tmp_path, "Idea,Outcome,Effect low,Effect likely,Effect high,Effort (weeks),Confidence %,Owner,Asked by\n"
                       "Link,Grow,1,2,4,6,60,Ada Park <ada@example.com>,sales\n")
    assert rows(portfolio, "ideas", "effect_low effect_likely effect_high effort_likely confidence_pct owner_id asked_by") == [
        (1, 2, 4, 6, 60, "ada@example.com", "sales")]


def test_ideas_of_jira_product_discovery(tmp_path):
    portfolio = loaded(tmp_path, "Key,Summary,Status,Goals,Insights,Impact,Assignee,Reporter,Created\n"
                       "PD-1,Pay by link,Discovery,Grow,3,5,Ada Park,Bo Lund,2026-10-12\n")
    assert portfolio.recognised_as == "jira_discovery"
    assert rows(portfolio, "ideas", f"{COLUMNS} owner_id") == [
        ("PD-1", "Pay by link", "Grow", "discovery", None, "2026-10-12", "Ada Park")]
    assert "Bo Lund" not in set(portfolio["people"]["name"])
    assert "Impact" in portfolio.problems["message"].str.cat()  # a rating: it stays with the record


def test_ideas_of_an_issue_navigator_are_no_issues(tmp_path):
    portfolio = loaded(tmp_path, "Summary,Issue key,Issue id,Issue Type,Status,Custom field (Goals),Custom field (Insights)\n"
                       "Pay by link,PD-1,10001,Idea,Parking lot,Grow,3\n")
    assert portfolio.recognised_as == "jira_discovery"
    assert rows(portfolio, "ideas", COLUMNS) == [("PD-1", "Pay by link", "Grow", "idea", None, None)]


def test_features_of_productboard(tmp_path):
    portfolio = loaded(tmp_path, "Feature name,Status,Owner,Objectives,Component,User impact score,Source\n"
                       "Pay by link,Released,ada@example.com,Grow,Billing,42,support\nVoice,New idea,,,Billing,3,\n")
    assert portfolio.recognised_as == "productboard"
    assert counted(portfolio) == {"used": 1, "merged": 0, "set_aside": 1}  # for no objective
    assert rows(portfolio, "ideas", COLUMNS) == [("Pay by link", "Pay by link", "Grow", "shipped", "support", None)]


@pytest.mark.parametrize("header", ["Idea,Owner", "Summary,Key,Status", "Feature name,Owner", "Product,Goal,Ideas"])
def test_what_names_no_goal_is_no_list_of_ideas(header):
    assert recognise(header.split(",")) is None


# -- in other languages ----------------------------------------------------------------------------

@pytest.mark.parametrize(("header", "stages"), [
    ("Idee;Unternehmensziel;Phase;Gewünscht von;Effekt niedrig;Effekt wahrscheinlich;Effekt hoch;"
     "Aufwand (Wochen);Wahrscheinlichkeit;Verantwortlich;Vorgeschlagen am", "In Umsetzung|Verworfen"),
    ("Idée;Objectif d'entreprise;Étape;Demandé par;Effet bas;Effet probable;Effet haut;"
     "Effort (semaines);Probabilité;Responsable;Proposé le", "En cours|Abandonnée"),
    ("Idea de producto;Objetivo estratégico;Etapa;Solicitado por;Efecto bajo;Efecto probable;Efecto alto;"
     "Esfuerzo (semanas);Probabilidad;Responsable;Propuesto el", "En desarrollo|Descartada")])
def test_a_list_in_another_language_is_read_whole(tmp_path, header, stages):
    building, dropped = stages.split("|")
    portfolio = loaded(tmp_path, f"{header}\n"
                       f"Pay by link;Grow;{building};sales;1,5;2;4;6;60 %;Ada Park;2026-10-12\n"
                       f"Voice;Grow;{dropped};;;;;;;;\n")
    assert portfolio.recognised_as == "ideas"
    assert rows(portfolio, "ideas", f"{COLUMNS} effect_low effect_likely effect_high effort_likely "
                                    "confidence_pct owner_id") == [
        ("Pay by link", "Pay by link", "Grow", "building", "sales", "2026-10-12", 1.5, 2, 4, 6, 60, "Ada Park"),
        ("Voice", "Voice", "Grow", "dropped", *[None] * 8)]
    assert not len(portfolio.problems[portfolio.problems["code"] == "unknown_column"])


@pytest.mark.parametrize("header", [
    "Schlüssel,Zusammenfassung,Status,Ziele,Erkenntnisse,Bearbeiter,Erstellt",
    "Clé,Résumé,État,Objectifs,Enseignements,Personne assignée,Créée",
    "Clave,Resumen,Estado,Objetivos,Perspectivas,Persona asignada,Creada",
    "Vorgangsschlüssel,Zusammenfassung,Status,Benutzerdefiniertes Feld (Ziele),"
    "Benutzerdefiniertes Feld (Erkenntnisse),Bearbeiter,Erstellt"])
def test_ideas_of_jira_product_discovery_in_another_language(tmp_path, header):
    portfolio = loaded(tmp_path, f"{header}\nPD-1,Pay by link,Discovery,Grow,3,Ada Park,12/Okt/26 9:00 AM\n"
                       if "Status" in header else
                       f"{header}\nPD-1,Pay by link,Discovery,Grow,3,Ada Park,2026-10-12\n")
    assert portfolio.recognised_as == "jira_discovery"
    assert rows(portfolio, "ideas", f"{COLUMNS} owner_id") == [
        ("PD-1", "Pay by link", "Grow", "discovery", None, "2026-10-12", "Ada Park")]


@pytest.mark.parametrize("header", [
    "Name des Features,Status,Verantwortlich,Zielsetzungen,Komponente,Zeitrahmen",
    "Nom de la fonctionnalité,Statut,Responsable,Objectifs,Composant,Période",
    "Nombre de la funcionalidad,Estado,Responsable,Objetivos perseguidos,Componente,Plazo"])
def test_features_of_productboard_in_another_language(tmp_path, header):
    portfolio = loaded(tmp_path, f"{header}\nPay by link,Released,ada@example.com,Grow,Billing,Q4\n")
    assert portfolio.recognised_as == "productboard"
    assert rows(portfolio, "ideas", "name outcome_id stage owner_id") == [
        ("Pay by link", "Grow", "shipped", "ada@example.com")]


@pytest.mark.parametrize("header", ["Ziel,Produkt,Verantwortlich", "Objectif,Statut,Produit",
                                    "Zusammenfassung,Schlüssel,Status,Vorgangstyp"])
def test_goals_and_issues_in_another_language_are_no_ideas(header):
    found = recognise(header.split(","))
    assert found is None or found.name not in ("ideas", "jira_discovery", "productboard")
