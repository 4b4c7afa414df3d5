"""What a sheet is, and what it is not: nothing becomes a product, a goal or a person by chance."""

import pytest

from orgdata.model.settings import Settings
from orgdata.sources import SourceError
from tests.sources.intake.test_layouts import read
from tests.sources.vendors.exports import rows

FEATURES = "Product,PM,Stage,Budget,GDPR,Sold online\nTill,Ada Fisk,Growth,1200000,x,x\nStock,Ben Orr,Mature,300000,,x\n"


def test_cards_below_one_another():
    found = read(cards="Product,Till\nProduct manager,Ada Fisk\nAnnual budget,$1.2M\nStage,Growth\n\n"
                       "Product,Stock\nProduct manager,Ben Orr\nAnnual budget,$300k\nStage,Mature\n")
    assert rows(found, "products", "name annual_spend lifecycle_stage") == [("Till", 1.2e6, "Growth"), ("Stock", 3e5, "Mature")]
    assert rows(found, "assignments", "product_id person_id") == [("Till", "Ada Fisk"), ("Stock", "Ben Orr")]


def test_products_as_columns_below_no_name_of_theirs():
    found = read(turned="Attribute,Till,Stock\nProduct manager,Ada Fisk,Ben Orr\nStage,Growth,Mature\nFTE,12,4\n")
    assert rows(found, "products", "name fte") == [("Till", 12), ("Stock", 4)]


def test_names_of_fields_are_no_products():
    with pytest.raises(SourceError):
        read(fields="Service,Remark\nBudget,see finance\nProduct manager,one each\nStage,four of them\nTeam size,in FTE\n")


def test_marks_of_anything_are_no_goals_unless_somebody_says_so():
    found = read(list=FEATURES)
    assert (len(found["outcomes"]), len(found["contributions"])) == (0, 0)
    [question] = found.intake.open_questions
    assert question.text == "GDPR and Sold online: are these company goals?"
    told = read(Settings(answers={question.key: "goals"}), list=FEATURES)
    assert rows(told, "outcomes", "name") == [("GDPR",), ("Sold online",)]


def test_yes_and_no_of_a_matrix():
    found = read(matrix="Product,PM,Grow revenue,Keep customers\nTill,Ada Fisk,Yes,No\nStock,Ben Orr,No,Yes\n")
    assert rows(found, "contributions", "product_id outcome_id") == [("Till", "Grow revenue"), ("Stock", "Keep customers")]


def test_the_role_of_each_person_of_a_product():
    found = read(staff="Person,Product,Allocation %,Role\nAda Fisk,Till,80,Product manager\nBen Orr,Till,100,Engineer\n")
    assert rows(found, "assignments", "person_id role allocation_pct") == [
        ("Ada Fisk", "accountable", 80), ("Ben Orr", "contributor", 100)]
    found = read(staff="Person,Product,Allocation %\nAda Fisk,Till,80\n")
    assert rows(found, "assignments", "role") == [("contributor",)]


def test_the_tasks_of_projects_are_no_products():
    with pytest.raises(SourceError):
        read(tasks="Name,Project,Owner,Status,Due\nButton,Till,Ada Fisk,Doing,2026-11-30\nLabel,Stock,Ben Orr,Done,2026-11-10\n")


def test_work_is_no_goal_and_its_owner_not_that_of_the_goal():
    work = "Initiative,Product,Status,Owner,Goal\nOne tap,Till,In progress,Cleo Ray,Grow\n"
    assert rows(read(roadmap=work), "objectives", "title owner_id status") == [("Grow", None, None)]
    beside = read(roadmap=work, goals="Company goal,Sponsor\nGrow,Ada Fisk\n", list="Product,PM\nTill,Ben Orr\n")
    assert not len(beside["objectives"])
    assert "work for goals that goals.csv tells" in {one.reason for one in beside.intake.left_out}


def test_check_ins_of_key_results_that_another_sheet_tells():
    found = read(okrs="Objective,Key result,Product,Baseline,Target\nFaster,Taps,Till,30,45\nFaster,Errors,Till,25,12\n",
                 log="Date,Key result,Value,RAG\n2026-10-01,Taps,31,G\n2026-11-01,taps,36,A\n2026-10-01,Errors,22,G\n"
                     "2026-10-01,Nobody knows,1,G\n")
    assert rows(found, "objectives", "title") == [("Faster",)]
    assert rows(found, "key_results", "title baseline target current status") == [
        ("Taps", 30, 45, 36, "A"), ("Errors", 25, 12, 22, "G")]
    assert len(found["check_ins"]) == 3
    [log] = [export for export in found.exports if "log" in export.origin]
    assert (log.dispositions["disposition"] == "set_aside").sum() == 1


def test_links_by_the_ids_of_both():
    found = read(products="Product ID,Product name,PM\nP-1,Till,Ada Fisk\nP-2,Stock,Ben Orr\n",
                 goals="Goal ID,Company goal,Sponsor\nG1,Grow,Cleo Ray\n",
                 links="Product ID,Goal ID,Contribution\nP-1,G1,primary\nP-2,G1,supporting\n")
    assert rows(found, "contributions", "product_id outcome_id strength") == [("P-1", "G1", "primary"), ("P-2", "G1", "supporting")]
    assert rows(found, "products", "name") == [("Till",), ("Stock",)]


def test_products_with_the_goals_they_serve_are_no_objectives():
    found = read(links="Product,Goal,Contribution %\nTill,Grow,70\nTill,Keep,30\n")
    assert (len(found["objectives"]), len(found["contributions"])) == (0, 2)


@pytest.mark.parametrize("kind", ["O: Pay fast\n,KR: Taps\n,KR: Errors", "Ziel: Pay fast\n,KR: Taps\n,KR: Errors"])
def test_levels_by_a_word_and_a_colon(kind):
    found = read(okrs=f"Team,OKR\nTill,{kind}\n")
    assert rows(found, "objectives", "title") == [("Pay fast",)]
    assert rows(found, "key_results", "title") == [("Taps",), ("Errors",)]


def test_a_key_result_may_look_like_money():
    found = read(okrs="Team,Objective,Key result,Target\nTill,Care,NPS +10,10\nStock,Care,NPS +10,10\n")
    assert rows(found, "key_results", "title product_id") == [("NPS +10", "Till"), ("NPS +10", "Stock")]


def test_what_is_no_value_is_not_read_as_one():
    found = read(themes="Theme,Now,Next,Later\nGrow,One tap,Prices,API\nKeep,Login,Audit log,Export\n")
    assert not len(found.problems[found.problems["level"] != "information"])


def test_the_day_on_which_it_starts_is_no_baseline():
    found = read(okrs="Objective,Key result,Start,End,Target\nFaster,Taps,2026-10-01,2026-12-31,45\n")
    assert rows(found, "key_results", "baseline start_date") == [(None, "2026-10-01")]


def test_the_line_of_time_of_each_goal():
    found = read(board="Goal,Owner,Timeline,Target,Current\nTaps,Ada Fisk,2026-10-01 - 2026-12-31,45,38\n")
    assert rows(found, "objectives", "start_date end_date") == [("2026-10-01", "2026-12-31")]


@pytest.mark.parametrize("nobody", ["see above", "Contractor", "idem", "siehe oben"])
def test_words_that_name_nobody(nobody):
    found = read(list=f"Product,Owner\nTill,Ada Fisk\nStock,{nobody}\n")
    assert rows(found, "assignments", "product_id person_id") == [("Till", "Ada Fisk")]


def test_bets_of_a_company_and_letters_of_priority():
    found = read(bets="Strategic bet,Thesis,Sponsor,Horizon\nAI everywhere,They ask,Ada Fisk,H3\nEurope,Big,Ben Orr,H2\n")
    assert rows(found, "outcomes", "name owner_id") == [("AI everywhere", "Ada Fisk"), ("Europe", "Ben Orr")]
    found = read(goals="Company goal,Priority\nGrow,A\nKeep,B\n")
    assert rows(found, "outcomes", "name tier") == [("Grow", 1), ("Keep", 2)]


def test_amounts_of_japan_and_brazil():
    found = read(okrs="目的,主要な結果,基準値,目標値\n売上,月間売上,1億2000万円,2億円\n")
    assert rows(found, "key_results", "baseline target") == [(1.2e8, 2e8)]
    found = read(okrs='Objetivo,KR,Linha de base,Meta\nVender,Receita,"R$ 1,2 mi","R$ 2 mi"\n')
    assert rows(found, "key_results", "baseline target") == [(1.2e6, 2e6)]


def test_a_part_of_another_product_is_no_goal():
    found = read(list="Product line,Product,Sub-product,Owner\nPay,Till,,Ada Fisk\nPay,Till,One tap,Ada Fisk\n")
    assert not len(found["outcomes"])
    assert rows(found, "products", "name parent_product_id") == [("Till", None), ("One tap", "Till")]


def test_every_level_of_a_list_is_accounted_for():
    found = read(okrs="Type,ID,Title,Parent ID,Target value\nCompany Objective,C1,Grow,,\nTeam Objective,T1,Pay fast,C1,\n"
                      "Key Result,K1,Taps,T1,60\n")
    assert [len(found[table]) for table in ("outcomes", "objectives", "key_results")] == [1, 1, 1]
    [export] = found.exports
    assert export.dispositions["disposition"].tolist() == ["used"] * 3
