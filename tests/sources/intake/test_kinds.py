"""What people of other trades and languages call the same things, and layouts of theirs."""

import pandas as pd
import pytest

from orgdata.model.settings import Settings
from orgdata.sources import read_files
from orgdata.sources.intake.headers import read_header
from orgdata.sources.intake.levels import level_of
from orgdata.sources.intake.name_cells import names_in
from orgdata.sources.intake.names import Names
from orgdata.sources.intake.people_cells import people_in
from orgdata.sources.intake.periods import day_in, fiscal_start, period_of
from orgdata.sources.intake.spoken import lights
from orgdata.validate import validate
from tests.sources.intake.test_layouts import read
from tests.sources.vendors.exports import rows
from tests.sources.workbooks import sheets


@pytest.mark.parametrize(("header", "meaning"), [
    ("Agency outcome", "outcome"), ("Objectif de l'association", "outcome"), ("Verbundziel", "goal"),
    ("Bestuursdoel", "goal"), ("Levensfase", "stage"), ("Service manager", "product_manager"),
    ("Chef de programme", "product_manager"), ("Brand manager", "product_manager"),
    ("Anwendungsverantwortlicher", "product_manager"), ("Kosten p. a. (T€)", "spend"), ("KR current", "current")])
def test_words_of_an_organisation_of_its_own(header, meaning):
    assert read_header(header).meanings[:1] == (meaning,)


def test_who_manages_projects_is_no_product_manager_beside_products():
    found = read(list="Product,Product manager,Project manager,Stage\nCart,Ada Fisk,Ben Orr,GA\n")
    assert rows(found, "assignments", "person_id") == [("Ada Fisk",)]
    found = read(list="Project,Project manager,Stage,Budget\nCart,Ben Orr,GA,10\n")
    assert rows(found, "assignments", "product_id person_id") == [("Cart", "Ben Orr")]


def test_a_sponsor_beside_the_manager_is_no_manager():
    found = read(list="Service,Senior responsible owner,Service manager,Stage\nCart,Ada Fisk,Ben Orr,GA\n")
    assert rows(found, "assignments", "person_id") == [("Ben Orr",)]


def test_roles_and_priorities_tell_themselves():
    found = read(products="プロダクト名,区分A,予算\nカート,維持,10\n倉庫,投資,20\n店舗,維持,5\n箱,終了,1\n棚,維持,2\n",
                 goals="Company goal,Sponsor,P\nGrow basket,Ada Fisk,P0\nWaste less,Ben Orr,P1\n")
    assert found["products"]["strategic_role"].tolist() == ["maintain", "invest", "maintain", "sunset", "maintain"]
    assert found["outcomes"]["tier"].tolist() == [1, 2]


def test_a_team_of_numbers_is_how_many_people_there_are():
    found = read(products="Product,Team,Budget\nCart,8,10\nParcel,14,20\n")
    assert found["products"]["fte"].tolist() == [8, 14]
    found = read(products="Product,Headcount,Budget\nCart,8,10\nParcel,14 + 2 contractors,20\n")
    assert found["products"]["fte"].tolist() == [8, 14]


@pytest.mark.parametrize(("word", "level"), [("Kennzahl", "key_result"), ("Ziel", "objective"), (
    "Initiative", "item"), ("Module", "product"), ("Business area", "area"), ("Red", "")])
def test_a_kind_is_what_it_is_as_a_header(word, level):
    assert level_of(word) == level


def test_work_among_goals_is_left_out():
    found = read(okr="Type,Title,Parent,Owner,Target,Current\nObjective,Fast,,Ada Fisk,,\nKey result,Load,Fast,Ada Fisk,2,3\n"
                     "Initiative,New cache,Load,Ben Orr,,\n")
    assert found["objectives"]["title"].tolist() == ["Fast"]
    assert [one.reason for one in found.intake.left_out] == ["work for a goal, no goal"]


def test_products_and_their_parts_in_one_list():
    found = read(list="Level,Name,Part of,Owner,FTE\nBusiness area,Shop,,Eva Kurz,\nProduct,Till,Shop,Ada Fisk,9\n"
                      "Module,Receipts,Till,Ben Orr,2\n")
    assert rows(found, "products", "name level parent_product_id business_area") == [
        ("Till", "Product", None, "Shop"), ("Receipts", "Module", "Till", "Shop")]
    found = read(list="Family,Product,Module,Owner\nShop,Till,,Ada Fisk\nShop,Till,Receipts,Ben Orr\n")
    assert rows(found, "products", "name parent_product_id") == [("Till", None), ("Receipts", "Till")]
    assert rows(found, "assignments", "product_id person_id") == [("Till", "Ada Fisk"), ("Receipts", "Ben Orr")]


def test_numbered_titles_and_ids_tell_levels_below_any_header():
    lines = "Objective 1: Fast,Ada Fisk,,\nKR 1: Load,Ada Fisk,2,3\nKR 2: Errors,Ben Orr,1,4\n"
    found = read(okr="Title,Owner,Target,Current\n" + lines)
    assert found["objectives"]["title"].tolist() == ["Fast"]
    assert found["key_results"]["title"].tolist() == ["Load", "Errors"]
    found = read(okr="#,Title,Owner,Target,Current\nO1,Fast,Ada Fisk,,\nKR1,Load,Ada Fisk,2,3\nKR2,Errors,Ben Orr,1,4\n")
    assert found["objectives"]["title"].tolist() == ["Fast"]


def test_each_sheet_counts_its_goals_anew():
    def tab(goal, result):
        return [["#", "Objective", "Owner", "Target", "Current"], ["1", goal, "Ada Fisk", "", ""], ["1.1", result, "Ada Fisk", 2, 3],
                ["1.2", f"{result} twice", "Ada Fisk", 4, 6]]

    found = validate(read_files("mine", {"okr.xlsx": sheets(Till=tab("Fast", "Load"), Stock=tab("Full", "Gaps"))}, Settings()))
    assert sorted(found["objectives"]["title"]) == ["Fast", "Full"]
    titles = dict(zip(found["objectives"]["objective_id"], found["objectives"]["title"], strict=True))
    assert {title: titles[id_] for title, id_ in rows(found, "key_results", "title objective_id")} == {
        "Load": "Fast", "Load twice": "Fast", "Gaps": "Full", "Gaps twice": "Full"}


def test_numbers_of_rows_are_no_ids_of_products():
    found = read(list="No,Product,PM,Stage,Budget\n1,Till,Ada Fisk,GA,5\n2,Stock,Ben Orr,GA,6\n", more="No,Product,PM,Stage\n1,Radio,Ada Fisk,GA\n")
    assert set(found["products"]["name"]) == {"Till", "Stock", "Radio"}


def test_the_same_words_turned_round_are_asked_to_be_one_person():
    files = {"products": "Product,PM,Stage\nTill,Chen Li,GA\n", "okr": "Objective,Key result,Owner,Target\nFast,Load,Li Chen,2\n"}
    found = read(**files)
    assert [(one.text, one.guess) for one in found.intake.open_questions] == [("“Li Chen” and “Chen Li”: one person?", "Chen Li")]
    assert rows(found, "key_results", "owner_id") == [("Chen Li",)]
    two = read(Settings(answers={"person: Li Chen": "another"}), **files)
    assert rows(two, "key_results", "owner_id") == [("Li Chen",)]


@pytest.mark.parametrize("cell", ["n/a – shared", "TBD – Q1", "vacant: see HR", "por designar", "néant"])
def test_nobody_with_a_remark_is_nobody(cell):
    assert people_in(cell) == ()


def test_letters_and_digits_as_one_word():
    [(_, match)] = names_in("SOC2", Names(["SOC 2 Type II", "Grow basket"]))
    assert (match.name, match.how) == ("SOC 2 Type II", "similar")


@pytest.mark.parametrize(("text", "start"), [("OKR 2026年10-12月", "2026-10-01"), ("cuarto trimestre 2026", "2026-10-01"),
                                             ("OKR 4T26", "2026-10-01"), ("Third quarter 2026", "2026-07-01")])
def test_quarters_as_people_write_them(text, start):
    period = period_of(text)
    assert (period.start, period.assumed) == (start, False)


def test_days_as_columns_are_days():
    assert (day_in("2026-11-13"), day_in("2026-11-13 to 2026-11-20"), day_in("week 3")) == ("2026-11-13", "", "")
    found = read(okr="Objective,KR,Target,2026-10-30,2026-11-06,2026-11-13\nFull,Gaps,8,28,24,21\n")
    assert [f"{day} {value:g}" for day, value in rows(found, "check_ins", "date value")] == [
        "2026-10-30 28", "2026-11-06 24", "2026-11-13 21"]


def test_a_cover_tells_when_the_fiscal_year_begins():
    assert fiscal_start("Financial year 1 July 2026 – 30 June 2027") == 7
    found = validate(read_files("mine", {"okr.xlsx": sheets(
        Cover=[["Our agency"], ["Financial year 1 July 2026 – 30 June 2027"]],
        Goals=[["OKRs Q2 FY27"], [], ["Objective", "Key result", "Target", "Current"], ["Fast", "Load", 2, 3]])}, Settings()))
    assert f"{found['objectives']['start_date'].item():%Y-%m-%d}" == "2026-10-01"
    assert not found.intake.open_questions


def test_progress_between_baseline_and_target_is_the_value():
    found = read(okr="Objective,KR,Baseline,Target,Progress\nFull,Gaps,30,8,21\nFull,Orders,900,2000,1450\n")
    assert found["key_results"]["current"].tolist() == [21, 1450]
    found = read(okr="Objective,KR,Baseline,Target,Progress\nFull,Gaps,30,8,40%\nFull,Orders,900,2000,50%\n")
    assert found["key_results"]["current"].isna().all()


def test_numbers_below_goal_are_targets():
    found = read(okr="Goal / result,Who,Start,Goal,Now\nFull,Ada Fisk,,,\n    Gaps,Ada Fisk,30,8,21\n    Errors,Ben Orr,9,1,5\n")
    assert rows(found, "key_results", "title target owner_id") == [("Gaps", 8, "Ada Fisk"), ("Errors", 1, "Ben Orr")]


def test_the_scale_of_a_tab_and_thousands_of_money():
    book = sheets(**{"Budget FY26 ($k)": [["Product", "PM", "Budget"], ["Till", "Ada Fisk", 450]]})
    assert validate(read_files("mine", {"b.xlsx": book}, Settings()))["products"]["annual_spend"].tolist() == [450_000]
    found = read(list="Product,PM,Budget\nTill,Ada Fisk,€1.25M\nStock,Ben Orr,€ 840.000\n")
    assert found["products"]["annual_spend"].tolist() == [1_250_000, 840_000]


def test_a_light_beside_other_words_of_a_status():
    cells = pd.Series(["In progress – on track", "on track / at risk", "In progress"])
    assert lights(cells).tolist() == ["on_track", "on track / at risk", "In progress"]


def test_confidence_of_ten_is_a_number():
    found = read(okr="Objective,KR,Target,Current,Confidence\nFull,Gaps,8,21,7/10\nFull,Orders,9,4,3/10\n")
    assert found["key_results"]["confidence"].tolist() == [7, 3]
    assert not found.intake.open_questions


def test_measures_without_goals_are_goals_of_their_own():
    found = read(kpis="Product,KPI,Owner,Baseline,Target,Actual\nTill,Tap share,Ada Fisk,30,60,45\n")
    assert rows(found, "key_results", "title target current") == [("Tap share", 60, 45)]
    found = read(house="Objective,Measure,From,To,Now\nSell more,Basket,2,3,2.5\nStay full,Gaps,30,8,21\n")
    assert found["key_results"]["title"].tolist() == ["Basket", "Gaps"]
    assert found["objectives"]["title"].tolist() == ["Sell more", "Stay full"]


def test_bullets_tell_key_results():
    found = read(okr="What,Owner,From,To,Now\nFast,Ada Fisk,,,\n• Load,Ada Fisk,3,1,2\n• Errors,Ben Orr,9,1,5\n")
    assert found["objectives"]["title"].tolist() == ["Fast"]
    assert found["key_results"]["title"].tolist() == ["Load", "Errors"]


def test_what_stands_twice_is_of_the_goal_and_of_its_result():
    found = read(okr="Objective,Owner,Key result,Owner,Target\nFast,Ada Fisk,Load,Ben Orr,2\nFast,Ada Fisk,Errors,Ben Orr,1\n")
    assert rows(found, "objectives", "owner_id") == [("Ada Fisk",)]
    assert rows(found, "key_results", "owner_id") == [("Ben Orr",), ("Ben Orr",)]


def test_goals_of_the_company_may_be_measured():
    found = read(Company_goals="Goal,Owner,Baseline,Target,Status\nGrow ARR,Ada Fisk,38,50,On track\nCut churn,Ben Orr,8,5,At risk\n")
    assert found["outcomes"]["name"].tolist() == ["Grow ARR", "Cut churn"]
    assert not len(found["objectives"])


def test_products_called_by_their_name_beside_the_goals_that_they_serve():
    found = read(list="Name,Owner,Tribe,Bet,Budget,Company goals\nTill,Ada Fisk,Shop,Invest,10,Grow\nStock,Ben Orr,Ops,Maintain,20,Grow\n")
    assert found["products"]["name"].tolist() == ["Till", "Stock"]
    assert rows(found, "assignments", "person_id") == [("Ada Fisk",), ("Ben Orr",)]


def test_the_number_of_a_goal_beside_its_name_is_its_key():
    found = read(goals="Goal #,University goal,Cabinet sponsor\nG1,Grow,Ada Fisk\nG2,Keep,Ben Orr\n",
                 list="Product,Stage,Goals served\nTill,GA,G1; G2\n")
    assert rows(found, "outcomes", "name owner_id") == [("Grow", "Ada Fisk"), ("Keep", "Ben Orr")]
    assert len(found["contributions"]) == 2


def test_the_total_of_months_is_the_money_of_a_year():
    months = ",".join("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split())
    found = read(Budget_2026=f"Product,{months},Total\nTill,{'10,' * 12}120\nStock,{'20,' * 12}240\n")
    assert found["products"]["annual_spend"].tolist() == [120, 240]


def test_an_owner_beside_the_product_owner_is_no_manager():
    found = read(list="Product,Owner,PO,Stage\nTill,Eva Kurz,Ada Fisk,GA\n")
    assert rows(found, "assignments", "person_id") == [("Ada Fisk",)]
