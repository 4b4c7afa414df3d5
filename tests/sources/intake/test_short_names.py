"""Goals and persons under short or similar names: taken and said where exactly one fits, else asked."""

import pytest

from orgdata.model.settings import Settings
from orgdata.sources.intake.asked import Asked
from tests.sources.intake.test_layouts import read
from tests.sources.vendors.exports import rows

PEOPLE = "Name,Email,Job title\nBenjamin Hart,bh@x.io,CPO\nAda Fisk,af@x.io,PM\n"


def test_a_short_name_that_fits_one_goal_is_taken_and_said_and_asked_where_two_fit():
    products = "Product,PM,Goals served\nCheckout,Ada Fisk,\"NRR, Cost to serve\"\nSearch,Ben Orr,Cost to swerve\n"
    goals = "Company goal,Sponsor,Priority\nGrow Net Revenue Retention,Eva Kurz,P0\nCut cost to serve,Jan Lang,P1\n"
    found = read(products=products, goals=goals)
    assert rows(found, "contributions", "product_id outcome_id") == [
        ("Checkout", "Grow Net Revenue Retention"), ("Checkout", "Cut cost to serve"), ("Search", "Cut cost to serve")]
    assert [(one.key, one.guess) for one in found.intake.questions] == [
        ("company goal: Cost to swerve", "Cut cost to serve")]
    assert ("Short names that fit one company goal only: “NRR” is Grow Net Revenue Retention and “Cost to serve” is "
            "Cut cost to serve.") in found.intake.remarks
    other = read(Settings(answers={"company goal: NRR": "none"}), products=products, goals=goals)
    assert ("Checkout", "Grow Net Revenue Retention") not in rows(other, "contributions", "product_id outcome_id")
    two = read(products=products, goals=goals + "New Retail Revenue,Jan Lang,P1\n")
    assert {one.key: one.guess for one in two.intake.questions} == {
        "company goal: NRR": "New Retail Revenue", "company goal: Cost to swerve": "Cut cost to serve"}


def test_a_similar_name_of_a_person_is_asked_with_our_guess():
    files = {"people": PEOPLE, "products": "Product,Tribe,PM\nCheckout,Pay,Benj\nSearch,Find,Ada\n"}
    found = read(**files)
    (question,) = found.intake.questions
    assert (question.key, question.guess) == ("person: Benj", "Benjamin Hart")
    assert list(question.options.values()) == ["Benjamin Hart", "somebody else"]
    assert rows(found, "assignments", "product_id person_id") == [("Checkout", "Benjamin Hart"), ("Search", "Ada Fisk")]
    assert found.intake.remarks[-1] == "Short names that fit one person only: “Ada” is Ada Fisk."
    other = read(Settings(answers={"person: Benj": "another"}), **files)
    assert rows(other, "assignments", "product_id person_id") == [("Checkout", "Benj"), ("Search", "Ada Fisk")]
    assert [one.answered for one in other.intake.questions] == [True]


def test_a_short_name_of_a_person_is_asked_where_two_fit():
    found = read(people=PEOPLE + "Ada Lind,al@x.io,PM\n", products="Product,Tribe,PM\nSearch,Find,Ada\n")
    assert [(one.key, one.guess) for one in found.intake.questions] == [("person: Ada", "none")]
    assert not found.intake.remarks


def test_of_many_short_names_some_are_told():
    asked = Asked({})
    for at in range(12):
        asked.take("person", f"P{at}", "x" * 90)
    assert asked.intake().remarks[0].endswith("… and 3 more.")


SLIP = {"products": "Product,PM\nCheckout,Nadia Ostermann\nSearch,Nadia Osterman\nPay,Nadia Ostermann\n"}


def test_a_full_name_that_is_nearly_anothers_is_asked():
    found = read(**SLIP)
    (question,) = found.intake.open_questions
    assert (question.key, question.text, question.guess) == (
        "person: Nadia Osterman", "“Nadia Osterman” and “Nadia Ostermann”: one person?", "Nadia Ostermann")
    assert list(question.options.values()) == ["one person", "two people"]
    assert rows(found, "people", "name") == [("Nadia Ostermann",)]
    two = read(Settings(answers={"person: Nadia Osterman": "another"}), **SLIP)
    assert rows(two, "assignments", "product_id person_id") == [
        ("Checkout", "Nadia Ostermann"), ("Search", "Nadia Osterman"), ("Pay", "Nadia Ostermann")]


@pytest.mark.parametrize(("listed", "written", "guess"), [
    ("Benjamin Hart", "Benjamin Heart", "Benjamin Hart"), ("Benjamin Hart", "Ben Hart", "Benjamin Hart"),
    ("Ada Lind", "Ada Maria Lind", "Ada Lind"), ("Sara Holm", "Sarah Holm", "Sara Holm"),
    ("Daniel Roy", "Daniela Roy", "another")])
def test_nobody_becomes_a_second_person_unasked(listed, written, guess):
    people = f"Name,Email,Job title\n{listed},x@x.io,PM\n"
    found = read(people=people, products=f"Product,Tribe,PM\nCheckout,Pay,{written}\n",
                 goals=f"Company goal,Sponsor,Priority\nGrow,{written},P0\n")
    assert [(one.key, one.guess) for one in found.intake.open_questions] == [(f"person: {written}", guess)]
    assert rows(found, "people", "name") == [(listed if guess == listed else written,)]


def test_listed_people_and_numbered_ones_are_themselves():
    found = read(people="Name,Email,Job title\nAnna Schmidt,a@x.io,PM\nAnne Schmidt,e@x.io,PM\n",
                 products="Product,Tribe,PM\nA,X,Anna Schmidt\nB,X,Anne Schmidt\nC,X,Person One 11\nD,X,Person One 12\n")
    assert not found.intake.open_questions
    assert len(found["people"]) == 4


@pytest.mark.parametrize(("one", "other"), [("Ada Park", "Nadia Park"), ("Anna Schmidt", "Anja Schmidt"),
                                              ("Mila Costa", "Mika Costa"), ("Ben Orr", "Ben Ort")])
def test_names_with_another_word_are_two_people_unasked(one, other):
    found = read(products=f"Product,PM\nA,{one}\nB,{other}\n")
    assert not found.intake.questions
    assert len(found["people"]) == 2


def test_of_a_first_name_and_a_shorter_one_the_longer_is_the_persons_and_asked():
    found = read(products="Product,PM\nA,Ben Hart\nB,Ben Hart\nC,Benjamin Hart\n")
    assert [(one.key, one.guess) for one in found.intake.open_questions] == [("person: Ben Hart", "Benjamin Hart")]


def test_what_was_decided_can_be_said_otherwise():
    files = {"people": PEOPLE, "products": "Product,Tribe,PM,Bet\nCheckout,Pay,Ada,Grow\nSearch,Find,Ben Orr,Grow\n"}
    found = read(**files)
    assert not found.intake.open_questions
    decided = {one.key: one for one in found.intake.decided}
    assert {key: one.taken for key, one in decided.items()} == {"person: Ada": "Ada Fisk", "role: Grow": "invest"}
    assert list(decided["person: Ada"].options) == ["Ada Fisk", "Ben Orr", "Benjamin Hart", "another", "none"]
    for answer, person in (("Ben Orr", "Ben Orr"), ("another", "Ada"), ("none", None)):
        other = read(Settings(answers={"person: Ada": answer, "role: Grow": "explore"}), **files)
        assert [one for one in rows(other, "assignments", "product_id person_id") if one[0] == "Checkout"] == [
            ("Checkout", person)] * (person is not None)
        assert rows(other, "products", "strategic_role") == [("explore",), ("explore",)]
        assert [(one.key, one.taken) for one in other.intake.decided] == [
            ("role: Grow", "explore"), ("person: Ada", answer)]
        assert not [remark for remark in other.intake.remarks if "Ada" in remark or "Grow" in remark]


def test_an_old_tab_can_be_read_or_left_next_year_too():
    tab = "Product,PM,Budget\n{},Lars Holm,3\n"
    files = {"Portfolio": "Product,PM,Budget\nCheckout,Ada Fisk,10\n", "Archive_2025": tab.format("Timesheets")}
    (decided,) = read(**files).intake.decided
    assert (decided.key, decided.taken, list(decided.options.values())) == (
        "sheet: Archive 2025", "left out", ["leave it out", "read it"])
    later = {"Portfolio": files["Portfolio"], "Archive_2026": tab.format("Forms")}
    answered = Settings(answers={"sheet: Archive 2025": "read"})
    assert {name for name, in rows(read(answered, **later), "products", "name")} == {"Checkout", "Forms"}
    both = read(answered, **{**files, **later})  # of two the other is not meant
    assert {name for name, in rows(both, "products", "name")} == {"Checkout", "Timesheets"}
    assert [(one.key, one.taken) for one in both.intake.decided] == [
        ("sheet: Archive 2025", "read"), ("sheet: Archive 2026", "left out")]


def test_a_manager_whose_name_is_nearly_that_of_somebody_listed_is_asked():
    found = read(portfolio="Product,PM\nCart,Jon Smith\nFax,Mia Gonzales\nApp,Nadia Reyes\n",
                 org_chart="Name,Title,Manager\nJon Smith,PM,\nMia Gonzales,PM,Jon Smih\nNadia Reyes,PM,Nobody Else\n"
                           "Al Pole,Engineer,Mia Gonzalez\n")
    assert [(one.key, one.guess) for one in found.intake.open_questions] == [("person: Jon Smih", "Jon Smith")]
    assert rows(found, "people", "person_id manager_id") == [
        ("Jon Smith", None), ("Mia Gonzales", "Jon Smith"), ("Nadia Reyes", None)]
