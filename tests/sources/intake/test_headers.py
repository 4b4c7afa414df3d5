"""What people's headers mean: the examples of FORMATS sections 2, 5 and 6, and those found on trial."""

import pytest

from orgdata.model.intake import MEANINGS
from orgdata.sources.intake import header_words
from orgdata.sources.intake.headers import read_header
from tests.growth import cpu

MEANS = {
    "product": "System|Brand|Product|Solution|service|App|Platform|Module|Offering|Products|Product name|product_name|"
    "Produkt|produit|Producto|Prodotto|プロダクト|Custom field (Product)",
    "product item": "Project|Projekt",
    "area": "Area|Tribe|Squad group|Domain|Business unit|business_area|Product line|Product lines|Portfolio|Group|"
    "Tribe name|Geschäftsbereich|Unidad de negocio|事業部",
    "team area": "Team|Squad|Équipe|チーム|Campo personalizado (Equipo)",
    "product team": "Team / Product|Product / Team|Product and team",
    "product_manager owner": "PM|PMs|Product manager|product-manager|Product owner|PO|Product lead|Lead PM|"
    "Product Manager (PM)|PM / PO|Produktmanager|Produktverantwortliche(r)|Responsable del producto|"
    "プロダクトマネージャー",
    "owner product_manager": "Owner|Owners|Lead|DRI|Accountable|Responsible|Owner / DRI|Owner name|Verantwortlich|"
    "Verantwortliche*r|Responsable|Eigenaar|担当者",
    "owner": "Exec sponsor|Sponsor|Assignee|Project lead|Feature assigned to|Sponsor (VP+)",
    "manager product_manager": "Manager", "manager": "Reports to|Line manager|Vorgesetzter|Manager name",
    "stage": "Lifecycle phase|Lebensphase|Fase de vida|Stage|Lifecycle|Life cycle|Phase|Maturity|lifecycle_stage|Lebenszyklus|Ciclo de vida|ステージ",
    "strategic_role": "Bet|Strategic bet|Investment posture|Investment category|Strategy|Horizon|Strategische Rolle",
    "spend": "Orçamento 2026 (R$ mil)|Kosten pro Jahr (Tsd. €)|Coût par année|Coste por año|FY26 budget ($k)|Budget 2026|Annual budget|FY26 spend|Spend ($k)|Budget|Spend|Cost|Run cost|"
    "Investment|Budget k€|Kosten|Presupuesto 2026 (miles de €)|Orçamento|予算（百万円）|Annual cost",
    "revenue": "Revenue|ARR|Revenue ($m)|Umsatz (in Tsd. €)|Chiffre d'affaires|売上",
    "fte team area": "Equipo (FTE)|Team (FTE)", "fte": "MA (FTE)|Personal (FTE)|HC|Headcount|FTE|FTE(s)|FTEs|Team size|Engineers|# of engineers|Effectif|人数|Current FTE",
    "person fte": "People|Mitarbeiter", "target segments": "Cible|Cibles", "target goal": "Meta", "bau_pct": "BAU share|KTLO share|BAU %|KTLO %|BAU/KTLO share",
    "segments": "Segments|Customer segments|Zielgruppe", "jobs": "Jobs to be done", "jobs job_title": "Jobs", "purpose": "Purpose|Mission",
    "outcome": "Piliers soutenus|Unterstützte Säule|Pilar apoyado|Pilastri sostenuti|Ondersteunde pijlers|Company goal|Company goal(s)|Company goals|Company goals supported|Goals served|Goal supported|"
    "Strategic goal|Strategic priority|Strategic priorities|Pillar|Theme|Strategic theme|North star|Bet served|"
    "Strategic Priority #1|Which company goal does it support?|Supports goal|Unternehmensziel|"
    "Objetivo estratégico|Objectif stratégique|Obiettivo aziendale|Strategisch doel|全社目標",
    "goal": "Goal|Goals|Goal Title|Goal name", "goal objective": "Ziel|Objectif|Objetivo|Obiettivo|Doel|目標",
    "objective": "Objective|Objectives|O|Objective Title|🎯 Objective",
    "objective goal": "OKR", "tier outcome": "Priority|Priorität", "tier": "Tier",
    "key_result": "Key result|Key results|Key result(s)|KR|KRs|Key Result Title|Key result 2|KR1|Schlüsselergebnis|"
    "Résultat clé|Resultado clave|Resultado-chave|Risultato chiave|Kernresultaat|主要な結果",
    "key_result current": "Result", "metric key_result": "Metric|Measure|KPI|Metric name|Kennzahl|指標",
    "unit": "Unit|Einheit", "title job_title": "Title", "title person": "Name", "title": "Summary|Headline",
    "id": "ID|Id|Key|#|No.|Nr.|Goal ID|Issue key|Task ID|Feature reference #|Row ID|Objective ID|番号",
    "parent": "ID padre|Parent ID|Parent|Aligned to|Parent OKR|Parent Row IDs|Parent issue|Parent task|Custom field (Epic Link)|"
    "Aligned To (weight, Objective ID)|Übergeordnetes Ziel|Parent Objective",
    "type": "Type|Object Type|Issue Type|Typ", "weight": "Weight|Weight (%)|Gewichtung",
    "baseline": "Baseline|Starting Value|Initial|Start value|Startwert|Valeur initiale|Valor inicial|初期値",
    "baseline start": "Start|From|Von|De", "target due": "To",
    "target": "Target|Target Value|Q4 2026 · Target|FY26 Q4 Target|Target (Dec 2026)|Zielwert|Streefwaarde|目標値",
    "current": "Current|Latest|Actual|Now|Value|Current Value|Jan actual|Aktueller Wert|現在値",
    "current progress": "Actual Progress",
    "progress": "Progress|% done|%|% complete|Progress %|Fortschritt|Avancement|進捗率",
    "confidence status": "Confidence|Confidence (1-10)|Confidence 0–10|Zuversicht",
    "status confidence": "RAG|Health|Health (RAG)|Status colour|Ampel",
    "status": "Status|State|Progress status|Feature status|Statut|Estado|状況",
    "ambition type": "Goal Type", "kr_type": "Direction", "score": "Score",
    "start": "Start date|Startdatum|Date de début", "due": "Due|Deadline|End|Finish|End Date|Due Date|due_at|"
    "Planned end|Due/Deadline|Fällig am|Échéance|期限", "updated due": "Date",
    "period": "Quarter|Cycle|Period|Time period|Goal Cycle|Quartal|四半期",
    "updated": "Updated|Last update|Last check-in|Last Modified|Letzte Aktualisierung|Última actualización|更新日",
    "note": "Note|Notes|Comment(s)|Comments|Notes / comments|Last Check-in Note|Bemerkungen|備考",
    "description": "Description|What success looks like|Beschreibung|説明",
    "role job_title": "Role", "job_title": "Job title|役職", "strength": "Strength|Contribution",
    "allocation_pct": "Allocation|Allocation (%)", "share_pct": "% of spend",
    "person": "Person|Employee|Full name|氏名", "email": "E-mail|Email|Email address|メール",
    "item": "Task|Story|Feature name", "item objective": "Epic|Initiative", "size": "Estimate|Story points|Effort",
    "category": "Category", "done_on": "Completed At", "opened": "Created at",
    "": "EM|Engineering manager|Tech lead|Designer|Engineering lead|Roadmap link|Plan|Baseline / Target|Lists|"
    "Oct|Total cost of ownership|GM % (confidential)|Productivity",
}
OF = {  # meaning of which thing
    "Objective Owner": ("owner", "objective"), "Owner of objective": ("owner", "objective"),
    "PM e-mail": ("email", "product_manager"), "Owner Emails": ("email", "owner"), "owner_email": ("email", "owner"),
    "ownerEmail": ("email", "owner"), "Assignee Email": ("email", "owner"), "Manager email": ("email", "manager"),
    "KR weight": ("weight", "key_result"), "KR owner": ("owner", "key_result"),
    "Key Result Start": ("baseline", "key_result"), "Key Result Target": ("target", "key_result"),
    "Key Result Weight": ("weight", "key_result"), "Key Result Type": ("kr_type", "key_result"),
    "Key result · Owner": ("owner", "key_result"), "Objective start": ("start", "objective"),
    "Objective type": ("ambition", "objective"), "Product ID": ("id", "product"), "Goal owner": ("owner", "goal"),
    "Produktstatus": ("status", "product"), "目標の責任者": ("owner", "goal"), "Outcome weight": ("weight", "outcome"),
}
MONEY = {  # scale and currency
    "Orçamento (R$ mil)": "k BRL", "Budget ($ mil)": "m USD", "Coste (mil €)": "k EUR",
    "FY26 budget ($k)": "k USD", "Spend ($k)": "k USD", "Budget (in thousands)": "k ", "Budget in Tsd. €": "k EUR",
    "Umsatz (in Tsd. €)": "k EUR", "Budget k€": "k EUR", "Spend ($M)": "m USD", "Spend $M": "m USD",
    "Budget (USD '000)": "k USD", "Budget [TEUR]": "k EUR", "Budget MEUR": "m EUR", "Budget (US$ m)": "m USD",
    "Budget (in thousands of dollars)": "k USD", "Budget FY2026 (USD, thousands)": "k USD", "Cost (£)": " GBP",
    "Budget (k)": "k ", "Budget in Mio. EUR": "m EUR", "Budget (Mrd. €)": "bn EUR", "Budget EUR": " EUR",
    "予算（百万円）": "m JPY", "予算（千円）": "k JPY", "Orçamento (R$)": " BRL", "Budget": " ", "Users (m)": "m ",
    "Presupuesto (miles de €)": "k EUR", "ARR $bn": "bn USD", "KR weight": " ", "Team size": " ",
}


@pytest.mark.parametrize(("meanings", "header"), [
    (meanings, header) for meanings, headers in MEANS.items() for header in headers.split("|")])
def test_a_header_means(meanings, header):
    for written in (header, header.upper().replace("FTE(S)", "FTE(s)"), f"  {header} "):
        if written == "OWNEREMAIL":
            continue
        found = read_header(written).meanings
        assert " ".join(found) == meanings, (written, found)


@pytest.mark.parametrize("header", OF)
def test_a_header_says_whose_column_it_is(header):
    read = read_header(header)
    assert (read.meanings[0], read.of) == OF[header]


@pytest.mark.parametrize("header", MONEY)
def test_scale_and_currency(header):
    read = read_header(header)
    assert f"{read.scale} {read.currency}" == MONEY[header]
    assert not read.unit


@pytest.mark.parametrize(("header", "period"), {
    "FY26 budget ($k)": "FY26", "Q4 2026 · Target": "Q4 2026", "Target Q4": "Q4", "Oct": "Oct", "Jan actual": "Jan",
    "Budget 2026": "2026", "W41": "W41", "Target (Dec 2026)": "Dec 2026", "2026-11-12": "2026-11-12",
    "Owner": "", "Key result 2": "", "May": "May", "FY26 Q4 Target": "FY26 Q4", "Zielwert (Q4)": "Q4"}.items())
def test_a_period_in_a_header(header, period):
    assert read_header(header).period == period


@pytest.mark.parametrize(("header", "unit"), {
    "Effort (weeks)": "weeks", "Weight (%)": "%", "BAU %": "%", "GM % (confidential)": "%", "Cost rate (€/h)": "€/h",
    "Confidence (1-10)": "1-10", "予算（万円）": "万円", "Owner": "", "Target (FY26, weeks)": "weeks"}.items())
def test_the_unit_or_remark_of_a_header(header, unit):
    assert read_header(header).unit == unit


@pytest.mark.parametrize("header", [
    "GM % (confidential)", "Gross margin", "Margin 2026", "Salary", "Target salary", "Cost rate (€/h)",
    "Compensation", "Vertraulich: Gehalt", "Budget (vertraulich)", "給与", "粗利率", "Marge brute", "Salario"])
def test_what_is_confidential(header):
    assert read_header(header).confidential


@pytest.mark.parametrize("header", ["FY26 budget ($k)", "Cost", "Confidence", "Owner", "GMV", "Marginal note"])
def test_what_is_not_confidential(header):
    assert not read_header(header).confidential


def test_a_confidential_budget_is_still_a_budget():
    assert read_header("Budget (confidential)").meanings == ("spend",)
    assert read_header("Budget (confidential)").unit == ""


def test_the_table_knows_only_meanings_there_are_and_each_header_once():
    meaning_of: dict[frozenset[str], str] = {}
    for meanings, names in header_words.TABLE["headers"].items():
        assert set(meanings.split()) <= MEANINGS.keys()
        for name in header_words._split(names):
            words = header_words.words_of(name)
            assert words, name
            assert meaning_of.setdefault(words, meanings) == meanings, name
    for within in header_words.TABLE["within"].values():
        assert {one for meanings in within for one in meanings.split()} <= MEANINGS.keys()
    assert header_words.TABLE["within"].keys() <= header_words.TABLE["of"].keys()


LETTERS = ["(", ")", "(a", "/", " / ", "a ", "é", "·", " - ", "Q4 ", "1 jan ", "$k", "%", "Product / ", "FY26", "\n",
           "\u0301", "目標", "ownerEmail", "key result ", "("]


@pytest.mark.parametrize("letters", LETTERS)
@pytest.mark.parametrize("count", [100, 10_000, 100_000])
def test_a_header_of_any_length_takes_no_time(letters, count):
    text = f"{count}{letters * count}"  # not one that was read before
    assert cpu(lambda: read_header(text)) < 0.05
    assert len(read_header(text).written) <= header_words.LONGEST


def test_costs_per_year_tell_their_scale_and_currency():
    header = read_header("Kosten pro Jahr (Tsd. €)")
    assert (header.scale, header.currency) == ("k", "EUR")
