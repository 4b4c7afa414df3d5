"""Files in other languages than English: amounts, words of a status, old tabs, initials, headers."""

import pandas as pd
import pyarrow as pa
import pytest

from orgdata.sources.intake.amounts import plain_amounts
from orgdata.sources.intake.headers import read_header
from orgdata.sources.intake.periods import period_of
from orgdata.sources.intake.rows import main_of
from orgdata.sources.text.odd_headers import find_header
from tests.sources.intake.test_layouts import read
from tests.sources.vendors.exports import rows


@pytest.mark.parametrize(("written", "plain"), {
    "€ 1,2 mln": "€ 1,2m", "210 mil": "210k", "$1.2 mil": "$1.2m", "120 T€": "120k €", "450 TEUR": "450k",
    "3億円": "3e8 円", "320百万円": "320m 円", "３０％": "30%", "2 of 3": "2/3", "40 lakh": "40e5", "$5MM": "$5m",
    "₹ 2.5 Cr": "₹ 2.5e7", "1,5 Milliarden €": "1,5bn €",
    **{same: same for same in ("9 min", "5 mm", "120 miles", "12 t", "3 cr", "Team 3", "EUR 1.2m", "2 of us")}}.items())
def test_amounts_in_words_that_we_read(written, plain):
    assert plain_amounts(pa.array([written, None], pa.large_string())).to_pylist() == [plain, None]


def test_a_sheets_own_comma_decides_its_thousands_whatever_another_sheet_says():
    found = read(diensten="Dienst,Domein,Budget\nApp,Klant,\"€ 1,2 mln\"\nWeb,Klant,€ 850.000\n",
                 okr="Objective,Key result,Target\nGrow,Loads,4.4\n")
    assert rows(found, "products", "name annual_spend") == [("App", 1_200_000), ("Web", 850_000)]


@pytest.mark.parametrize(("word", "told"), {
    "Im Plan": "green", "En bonne voie": "green", "En riesgo": "amber", "À risque": "amber", "順調": "green",
    "☀️": "green", "⛅": "amber", "🌧️": "red", "🟥": "red", "Blockiert": "red", "In Arbeit": "In Arbeit"}.items())
def test_words_and_signs_of_a_status(word, told):
    found = read(okr=f"Objective,Key result,Target,Status\nGrow,Loads,4,{word}\nGrow,Churn,3,Green\n")
    assert found["key_results"]["status"].tolist() == [told, "Green"]
    assert not found.intake.open_questions


def test_what_is_late_is_asked_with_the_worse_guess_beside_at_risk():
    lines = "Objective,Key result,Target,Status\nGrow,Loads,4,Verzögert\nGrow,Churn,3,Im Plan\n"
    asked = {one.key: one.guess for text in (lines, lines + "Grow,NPS,3,Gefährdet\n")
             for one in read(okr=text).intake.open_questions}
    assert asked == {"status: Verzögert": "off track"}
    assert read(okr=lines)["key_results"]["status"].tolist() == ["at risk", "green"]


@pytest.mark.parametrize("tab", ["Ausgelaufen 2025", "Oud", "Products_old", "Histórico", "旧一覧"])
def test_tabs_that_are_called_old_in_any_language(tab):
    found = read(**{tab: "Product,PM,Stage\nFax,Ada Fisk,GA\n", "Products": "Product,PM,Stage\nApp,Ada Fisk,GA\n"})
    assert found["products"]["name"].tolist() == ["App"]


def test_an_explanation_of_marks_below_a_matrix_is_no_record():
    found = read(matrix="Producto,Crecer,Cuidar\nApp,P,S\nWeb,,P\n,,\n\"P = principal, S = secundario\",,\n")
    assert found["products"]["name"].tolist() == ["App", "Web"]


def test_initials_and_other_names_of_a_list_of_people_are_theirs():
    found = read(wie_is_wie="Initialen,Naam,Functie\nJvD,Jan van Dijk,Product owner\n,Robert Hale,Product owner\n",
                 who="Name,Goes by,Title,Reports to\nRobert Hale,Bob,PO,Jan van Dijk\n",
                 diensten="Dienst,Product owner\nApp,JvD\nWeb,Bob Hale\nFax,n.n.b.\n")
    assert rows(found, "assignments", "product_id person_id") == [("App", "Jan van Dijk"), ("Web", "Robert Hale")]


def test_names_of_things_with_a_job_title_are_no_people():
    headers = {name: read_header(name) for name in ("Name", "Rolle")}
    frame = pd.DataFrame({"Name": ["App", "Web"], "Rolle": ["core", "core"]})
    assert main_of("x", headers, frame) != "person"


def test_a_second_goal_in_numbers_is_the_target_below_two_rows_of_headers():
    grid = [["Doelstelling", "Kernresultaat", "Q4 2026", "", "Bijgewerkt"], ["", "", "Doel", "Realisatie", ""],
            ["Groei", "Bezoek", "85%", "75%", "2026-11-13"], ["Groei", "Doorlooptijd", "1 dag", "2,5 dagen", "2026-11-13"]]
    assert find_header(grid).names == ("Doelstelling", "Kernresultaat", "Doel", "Realisatie", "Bijgewerkt")
    found = read(okr="Doelstelling,Kernresultaat,Doel,Realisatie\nGroei,Bezoek,85%,75%\nGroei,Klachten,10,12\n")
    assert rows(found, "key_results", "title target current") == [("Bezoek", 85, 75), ("Klachten", 10, 12)]


def test_what_products_contribute_to_is_a_company_goal_but_a_product_above_is_none():
    found = read(doelen="Strategisch doel,Sponsor\nKosten omlaag,Ada Fisk\n",
                 diensten="Dienst,Fase,Draagt bij aan\nApp,GA,Kosten omlaag\n")
    assert rows(found, "contributions", "product_id outcome_id") == [("App", "Kosten omlaag")]
    above = read(products="Product,Stage,Parent\nApp,GA,\nWallet,GA,App\n")
    assert not len(above["contributions"])
    assert not len(above["outcomes"])


@pytest.mark.parametrize("text", ["OKR_2026Q4.csv", "FY26Q4 goals", "2026T4"])
def test_a_quarter_glued_to_its_year(text):
    assert period_of(text).start == "2026-10-01"
