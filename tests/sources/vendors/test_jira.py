from datetime import date

import pytest

from orgdata.measures import align
from tests.sources.vendors.exports import counted, loaded, rows, warned, worked

HEADER = ("Summary,Issue key,Issue id,Issue Type,Status,Project key,Project name,Project type,"
          "Project lead,Assignee,Due date,Parent,Custom field (Epic Link),Labels,Labels,Sprint,"
          "Sprint,Watchers,Watchers\n")


def issue(key: str, kind: str = "Story", parent: str = "", *, epic: str = "", due: str = "",
          status: str = "To Do", project: str = "PAY,Payments", who: str = "", lead: str = "Ada Park",
          summary: str | None = None) -> str:
    """One record; its numeric id is 10000 and the number of its key."""
    number = 10000 + int(key.split("-")[1]) if key else 0
    return (f"{summary or f'About {key}'},{key},{number},{kind},{status},{project},software,{lead},{who},{due},"
            f"{parent},{epic},red,blue,,,,\n")


GOAL = issue("PAY-1", "Epic", due="27/Sep/26 9:00 AM", status="In Progress", who="Bo Lind",
             summary='"Pay in one step, no password"').replace("red", '"red\nand hot"')


def test_epics_and_the_work_under_them(tmp_path):
    portfolio = loaded(tmp_path, HEADER
                       + issue("PAY-4", "Sub-task", "PAY-3", status="Done")  # before its parents
                       + GOAL
                       + issue("PAY-2", parent="10001", status="Done")  # by the numeric id
                       + issue("PAY-3", "bug", epic="PAY-1")  # by the epic link
                       + issue("PAY-5"))
    assert portfolio.recognised_as == "jira"
    assert rows(portfolio, "objectives", "objective_id title status start_date end_date owner_id product_id parent_objective_id outcome_id") == [
        ("PAY-1", "Pay in one step, no password", "In Progress", None, "2026-09-27", "Bo Lind", "PAY", None, None)]
    assert worked(portfolio, "objectives") == [(3, 2)]
    assert rows(portfolio, "products", "product_id name row") == [("PAY", "Payments", 3)]
    assert worked(portfolio, "products") == [(1, 0)]
    assert rows(portfolio, "people", "person_id name") == [("Bo Lind", "Bo Lind"), ("Ada Park", "Ada Park")]
    assert rows(portfolio, "assignments", "product_id person_id role") == [("PAY", "Ada Park", "accountable")]
    assert counted(portfolio) == {"used": 1, "merged": 4, "set_aside": 0}
    assert not portfolio["key_results"].size
    assert warned(portfolio) == []


def test_goals_above_epics_are_objectives_whatever_they_are_called(tmp_path):
    portfolio = loaded(tmp_path, HEADER + issue("PAY-1", "EPIC", "PAY-2") + issue("PAY-2", "Theme", "PAY-3")
                       + issue("PAY-3", "Initiative") + issue("PAY-4", "Goal", "PAY-1")  # below an epic: work
                       + issue("PAY-5", "Objective") + issue("PAY-6", "Story"))
    assert rows(portfolio, "objectives", "objective_id parent_objective_id") == [
        ("PAY-1", "PAY-2"), ("PAY-2", "PAY-3"), ("PAY-3", None), ("PAY-5", None)]
    assert worked(portfolio, "objectives") == [(1, 0), (0, 0), (0, 0), (0, 0)]


def test_the_goals_at_the_top_are_outcomes_on_demand(tmp_path):
    portfolio = loaded(tmp_path, HEADER + issue("PAY-1", "Initiative", due="31/Dec/26 12:00 AM", status="In Progress", who="Bo Lind")
                       + issue("PAY-2", "Epic", "PAY-1") + issue("PAY-3", "Epic", "PAY-2") + issue("PAY-4", "Epic")
                       + issue("PAY-5", parent="PAY-1"), "[exports.jira]\noutcomes = 'top'\n")
    assert rows(portfolio, "outcomes", "outcome_id name due_date owner_id status") == [
        ("PAY-1", "About PAY-1", "2026-12-31", "Bo Lind", "active")]
    assert rows(portfolio, "objectives", "objective_id outcome_id parent_objective_id") == [
        ("PAY-2", "PAY-1", None), ("PAY-3", None, "PAY-2"), ("PAY-4", None, None)]
    assert worked(portfolio, "outcomes") == [(1, 0)]
    assert counted(portfolio) == {"used": 4, "merged": 1, "set_aside": 0}
    assert warned(portfolio) == []


def test_a_project_without_a_goal_stands_at_its_first_issue(tmp_path):
    portfolio = loaded(tmp_path, HEADER + GOAL + issue("OPS-1", project="OPS,Operations", lead="") + issue("OPS-2", project="OPS,Operations"))
    assert rows(portfolio, "products", "product_id name row") == [("PAY", "Payments", 2), ("OPS", "Operations", 3)]
    assert rows(portfolio, "assignments", "product_id person_id row") == [("PAY", "Ada Park", 2), ("OPS", "Ada Park", 4)]
    assert portfolio.exports[0].dispositions.to_numpy().tolist() == [
        ["used", "objectives", ""], ["used", "products", ""], ["merged", "products", ""]]


def test_without_products_what_has_no_epic_is_set_aside(tmp_path):
    portfolio = loaded(tmp_path, HEADER + GOAL + issue("PAY-2") + issue("PAY-3", parent="PAY-1"),
                       "[exports.jira]\nproducts = 'none'\n")
    assert rows(portfolio, "objectives", "objective_id product_id") == [("PAY-1", None)]
    assert not len(portfolio["products"])
    assert counted(portfolio) == {"used": 1, "merged": 1, "set_aside": 1}
    assert portfolio.exports[0].set_aside()["skipped because"].tolist() == [
        "Parent: it belongs to no epic, and to no project that is read"]


def test_parents_that_are_not_in_the_file(tmp_path):
    portfolio = loaded(tmp_path, HEADER + issue("PAY-1", "Epic", "ACME-7") + issue("PAY-2", parent="99999") + issue("PAY-3", "Sub-task", "PAY-2"))
    assert warned(portfolio) == [("jira", 3, "Parent", "unknown_reference"), ("objectives", 2, "parent_objective_id", "unknown_reference")]
    assert rows(portfolio, "objectives", "objective_id parent_objective_id") == [("PAY-1", None)]
    assert worked(portfolio, "products") == [(2, 0)]


def test_circles_end(tmp_path):
    portfolio = loaded(tmp_path, HEADER + issue("PAY-1", "Epic", "PAY-2") + issue("PAY-2", "Epic", "PAY-1")
                       + issue("PAY-3", parent="PAY-4") + issue("PAY-4", parent="PAY-3") + issue("PAY-5", "Sub-task", "PAY-4"))
    assert warned(portfolio) == [("objectives", 2, "parent_objective_id", "circular_reference"), ("objectives", 3, "parent_objective_id", "circular_reference")]
    assert rows(portfolio, "objectives", "objective_id parent_objective_id") == [("PAY-1", None), ("PAY-2", None)]
    assert counted(portfolio) == {"used": 2, "merged": 3, "set_aside": 0}


def test_the_same_issue_twice_counts_once(tmp_path):
    portfolio = loaded(tmp_path, HEADER + GOAL + GOAL + 2 * issue("PAY-2", parent="PAY-1") + issue("PAY-1", "Epic", summary="Another") + issue(""))
    assert worked(portfolio, "objectives") == [(1, 0), (0, 0)]
    assert counted(portfolio) == {"used": 1, "merged": 3, "set_aside": 2}
    assert portfolio.exports[0].set_aside()["skipped because"].tolist() == [
        "objective_id: an earlier row has the same objective_id", "Issue key: a value is required"]


def test_repeated_headers_and_rows_wider_than_the_header(tmp_path):
    portfolio = loaded(tmp_path, HEADER + GOAL + issue("PAY-2", parent="PAY-1").replace("\n", "ada,bo\n"))
    assert worked(portfolio, "objectives") == [(1, 0)]
    assert warned(portfolio) == [("jira", 3, None, "extra_cells")]
    assert portfolio.problems.query("code == 'unknown_column' and table == 'jira'")["message"].tolist() == [
        "export.csv: 4 columns of the file have no place here: Project type, Sprint, Sprint_2, column_20; they are kept "
        "with the records"]


def test_many_columns_without_a_place_are_one_line_too(tmp_path):
    portfolio = loaded(tmp_path, "Issue key,Summary," + ",".join(f"Custom field (F{n})" for n in range(30)) + "\nPAY-1,Pay" + 30 * ",x")
    assert portfolio.problems.query("code == 'unknown_column' and table == 'jira'")["message"].tolist() == [
        f"export.csv: 30 columns of the file have no place here: {', '.join(f'Custom field (F{n})' for n in range(8))} …; "
        "they are kept with the records"]


def test_a_month_in_another_language_is_read_and_none_is_made_up(tmp_path):
    portfolio = loaded(tmp_path, HEADER + issue("PAY-1", "Epic", due="11/abr/26 9:00 AM") + issue("PAY-2", "Epic", due="11/abx/26"))
    assert rows(portfolio, "objectives", "end_date") == [("2026-04-11",), (None,)]
    assert warned(portfolio) == [("objectives", 3, "end_date", "bad_date")]
    assert "11/abx/26" in portfolio.problems["value"].dropna().str.cat()


def test_a_status_of_their_own_that_ends_an_issue(tmp_path):
    header = HEADER.replace("Project type", "Status Category")
    line = issue("PAY-1", "Epic", status="Shipped").replace("software", "Done")
    portfolio = loaded(tmp_path, header + line + issue("PAY-2", parent="PAY-1", status="Closed").replace("software", "In Progress"))
    assert rows(portfolio, "objectives", "status") == [("Done",)]
    assert worked(portfolio, "objectives") == [(1, 0)]
    assert portfolio.problems.query("column == 'Status'")["message"].tolist() == [
        "export.csv, Status: Shipped: read as Done, which is what it means here"]


DONE = HEADER.replace("Watchers,Watchers", "Resolved,Custom field (Story Points)").replace("Sprint,Sprint", "Resolution,Sprint")


def done(key, kind="Story", parent="", *, on="12/Nov/26 4:00 PM", points="", resolution="Done", **more):
    line = issue(key, kind, parent, status="Done", **more)
    return line.removesuffix(",,,,\n") + f",{resolution},,{on},{points}\n"


def test_what_is_done_becomes_work_for_what_it_serves(tmp_path):
    portfolio = loaded(tmp_path, DONE + GOAL
                       + done("PAY-2", parent="PAY-1", points="3") + done("PAY-3", "Sub-task", "PAY-2") + done("PAY-4", "Bug")
                       + done("PAY-5", "Service Request") + done("PAY-6", resolution="Won't Do")
                       + done("PAY-7", on="") + done("PAY-8", parent="OPS-1") + issue("PAY-9", parent="PAY-1"))
    assert rows(portfolio, "work", "work_id product_id done_on kind size objective_id parent_id row") == [
        ("PAY-2", "PAY", "2026-11-12", None, 3, "PAY-1", None, 3), ("PAY-3", "PAY", "2026-11-12", None, None, "PAY-1", "PAY-2", 4),
        ("PAY-4", "PAY", "2026-11-12", "defect", None, None, None, 5), ("PAY-5", "PAY", "2026-11-12", "request", None, None, None, 6),
        ("PAY-8", "PAY", "2026-11-12", None, None, None, None, 9)]
    assert warned(portfolio) == [("work", 9, "objective_id", "unknown_reference")]
    assert counted(portfolio) == {"used": 6, "merged": 3, "set_aside": 0}
    assert worked(portfolio, "objectives") == [(3, 2)]
    assert portfolio.problems.query("column == 'Resolved' and code == 'bad_value'")["message"].tolist() == [
        "export.csv, Resolved: 1 done item without a day on which it was done: counted as done, not in where the work goes"]


def test_where_the_work_goes_is_measured(tmp_path):
    portfolio = loaded(tmp_path, DONE + issue("PAY-1", "Initiative") + issue("PAY-2", "Epic", "PAY-1") + done("PAY-3", parent="PAY-2", points="6")
                       + done("PAY-4", "Service Request", points="2") + done("PAY-5", points="2") + done("PAY-6", points="9", on="12/Jan/26 4:00 PM"),
                       "[exports.jira]\noutcomes = 'top'\n")
    found = align(portfolio, date(2026, 11, 20)).work.query("product_id == 'PAY' and window == 84")
    assert found[["goal", "run", "outside", "unknown", "items"]].to_numpy().tolist() == [[0.6, 0, 0.2, 0.2, 3]]


LANGUAGES = {  # the header of what is read, a type of issue, a status, two days
    "Spanish": ("Resumen,Clave de incidencia,ID de la incidencia,Tipo de Incidencia,Estado,Clave del proyecto,Nombre del proyecto,"
                "Persona asignada,Fecha de vencimiento,Principal,Resuelta,Campo personalizado (Equipo),Etiquetas", "Historia,Finalizada", "31/dic/26 9:00 AM", "12 ago 2026, 0:36"),
    "German": ("Zusammenfassung,Vorgangsschlüssel,Vorgangs-ID,Vorgangstyp,Status,Projektschlüssel,Projektname,"
               "Zugewiesene Person,Fälligkeitsdatum,Übergeordnet,Erledigt,Benutzerdefinierte Felder (Team),Stichwörter", "Aufgabe,Fertig", "31/Dez/26 9:00 AM", "12. Aug. 2026, 10:36"),
    "French": ("Résumé,Clé de ticket,ID de ticket,Type de ticket,État,Clé de projet,Nom du projet,"
               "Responsable,Date d'échéance,Parent,Résolue,Champ personnalisé (Équipe),Étiquettes", "Récit,Terminé", "31/déc./26 9:00 AM", "12/août/26"),
    "Portuguese": ("Resumo,Chave da item,ID da item,Tipo de item,Status,Chave do projeto,Nome do projeto,"
                   "Responsável,Data limite,Pai,Resolvido,Campo personalizado (Time),Categorias", "História,Concluído", "31/dez/26 9:00 AM", "12/ago/26 9:00 AM")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_headers_in_another_language(tmp_path, language):
    header, kind, due, resolved = LANGUAGES[language]
    portfolio = loaded(tmp_path, f'{header}\nPagar,PAY-1,10001,Epic,To Do,PAY,Payments,Ada Park,{due},,,Core,\n'
                       f'Más,PAY-2,10002,{kind},PAY,Payments,Bo Lind,,10001,"{resolved}",Core,\n', "[exports.jira]\nproducts = 'team'\n")
    assert portfolio.recognised_as == "jira"
    assert rows(portfolio, "objectives", "objective_id title end_date owner_id product_id") == [
        ("PAY-1", "Pagar", "2026-12-31", "Ada Park", "Core")]
    assert rows(portfolio, "work", "work_id done_on objective_id product_id") == [("PAY-2", "2026-08-12", "PAY-1", "Core")]
    assert warned(portfolio) == []


def test_a_key_without_an_id_the_field_product_and_a_quarter_as_a_label(tmp_path):
    portfolio = loaded(tmp_path, "Issue Type,Issue key,Summary,Status,Parent key,Labels,Labels,Fix versions,Custom field (Product)\n"
                       "Epic,PAY-1,Pay in one step,In Progress,,okr,26-Q4,,Checkout\n"
                       "Epic,PAY-2,Pay later,In Progress,,26-Q3,,Q4 2026,\nStory,PAY-3,Wallets,To Do,PAY-1,,,,\n")
    assert rows(portfolio, "objectives", "objective_id product_id start_date end_date") == [
        ("PAY-1", "Checkout", "2026-10-01", "2026-12-31"), ("PAY-2", None, "2026-10-01", "2026-12-31")]
    assert rows(portfolio, "products", "product_id name") == [("Checkout", "Checkout")]
    assert counted(portfolio) == {"used": 2, "merged": 1, "set_aside": 0}


def test_a_file_without_keys_knows_issues_by_their_summary(tmp_path):
    portfolio = loaded(tmp_path, "Summary,Issue Type,Status\nPay in one step,Epic,To Do\n")
    assert portfolio.recognised_as == "jira"
    assert rows(portfolio, "objectives", "objective_id title") == [("Pay in one step", "Pay in one step")]


def test_a_column_product_and_a_plain_project(tmp_path):
    lines = "Issue Type,Key,Summary,Status,Project,Parent{}\nEpic,C-1,Pay,To Do,CAR,{}\n"
    portfolio = loaded(tmp_path, lines.format(",Product", ",Till"))
    assert portfolio["objectives"]["product_id"].tolist() == ["Till"]
    assert loaded(tmp_path, lines.format("", ""))["products"]["name"].tolist() == ["CAR"]
