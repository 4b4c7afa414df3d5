"""Which goal or product a cell means: names as people shorten them, lists of them."""

import pandas as pd
import pytest

from orgdata.sources.intake.name_cells import names_in, one_spelling
from orgdata.sources.intake.names import Match, Names
from tests.growth import cpu, outgrown

GOALS = ["Grow NRR to 112%", "Enterprise-ready", "Launch Japan", "Cut cost to serve", "AI-assisted dispatch"]
PRODUCTS = [
    "Dispatch Board", "Smart Scheduler", "Mobile App (iOS/Android)", "Offline Sync", "Quotes & Estimates", "Payments",
    "Checklists & Forms", "Invoicing", "Report Builder (legacy)", "Insights", "Public API & Webhooks", "Identity & SSO",
    "Audit & Compliance", "Integrations (SAP, NetSuite)", "Notifications", "AI Copilot"]


@pytest.mark.parametrize(("written", "name", "how"), [
    ("NRR", "Grow NRR to 112%", "part"), ("nrr", "Grow NRR to 112%", "part"),
    ("AI dispatch", "AI-assisted dispatch", "short"), ("Japan", "Launch Japan", "part"),
    ("Enterprise ready", "Enterprise-ready", "same"), ("ENTERPRISE_READY", "Enterprise-ready", "same"),
    ("Cost to serve", "Cut cost to serve", "short"), ("ER", "Enterprise-ready", "initials"),
    ("Grow NRR to 112%", "Grow NRR to 112%", "same"), ("Launch Japan by March", "Launch Japan", "similar"),
    ("AI-asisted dispatch", "AI-assisted dispatch", "similar"), ("Grow NRR to 115%", "Grow NRR to 112%", "similar"),
    ("Innovation", None, "none"), ("to", None, "none"), ("the", None, "none"), ("All", None, "none"),
    ("Launch", None, "none"), ("Grow", None, "none"), ("to the", None, "none"), ("er", None, "none"), ("", None, "none"),
])
def test_a_company_goal(written, name, how):
    assert Names(GOALS).match(written) == Match(name, how)


@pytest.mark.parametrize(("written", "name", "how"), [
    ("NRR", "Increase Net Revenue Retention to 115%", "initials"), ("N.R.R.", "Increase Net Revenue Retention to 115%", "initials"),
    ("LATAM expansion", "Expand to LATAM", "similar"), ("NR", None, "none"), ("nrr", None, "none"), ("CRM", None, "none"),
    ("RCT", "Reduce cost per transaction", "initials"),
])
def test_initials_of_words_within_a_name(written, name, how):
    goals = ["Increase Net Revenue Retention to 115%", "Expand to LATAM", "Reduce cost per transaction"]
    assert Names(goals).match(written) == Match(name, how)


@pytest.mark.parametrize(("written", "how"), [
    ("Marge omnicanale", "short"), ("Marge", "part"), ("points omnicanale", "short"), ("Seconde vie", "part"),
    ("Délai (48 h)", "part"), ("Délai", "part")])
def test_most_words_of_a_name_are_its_short_name_and_a_single_word_may_be_chance(written, how):
    goals = ["Marge omnicanale +3 points", "Seconde vie des produits rentable partout", "Délai de livraison sous 48 h"]
    assert Names(goals).match(written).how == how


def test_whole_initials_come_before_those_within_a_name_and_two_that_fit_are_neither():
    assert Names(["New Retail Region", "Grow Net Revenue Retention"]).match("NRR") == Match("New Retail Region", "part")
    assert Names(["Grow Net Revenue Retention", "Hold Net Revenue Rate now"]).match("NRR").how == "several"


def test_a_product_called_na_is_meant_by_na():
    assert [word for word, _ in names_in("NA", Names(["NA", "Mail"]))] == ["NA"]
    assert names_in("n/a", Names(["Mail"])) == []


def test_names_that_differ_in_spaces_only_are_spelt_as_the_first():
    names = pd.Series(["CI/CD", "CI / CD", "ci-cd", "Mail", "??"])
    assert one_spelling(names).tolist() == ["CI/CD", "CI/CD", "CI/CD", "Mail", "??"]


@pytest.mark.parametrize(("written", "name", "how"), [
    ("Mobile App", "Mobile App (iOS/Android)", "short"), ("mobile-app", "Mobile App (iOS/Android)", "short"),
    ("Mobile App (beta)", "Mobile App (iOS/Android)", "short"), ("Integrations", "Integrations (SAP, NetSuite)", "short"),
    ("Integration", "Integrations (SAP, NetSuite)", "part"), ("Report builder", "Report Builder (legacy)", "short"),
    ("Quotes and Estimates", "Quotes & Estimates", "short"), ("SSO", "Identity & SSO", "part"),
    ("Online Sync", "Offline Sync", "similar"), ("Insights dashboards", "Insights", "similar"),
    ("All", None, "none"), ("Platform", None, "none"), ("AI dispatch", None, "none"), ("App", None, "none"),
])
def test_a_product(written, name, how):
    assert Names(PRODUCTS).match(written) == Match(name, how)


@pytest.mark.parametrize(("names", "written"), [
    (["Mobile App", "Mobile SDK"], "Mobile"), (["Enterprise Ready", "Easy Returns"], "ER"),
    (["Launch Japan", "Win Japan"], "Japan"), (["Data-Lake", "Data Lake"], "data lake"),
    (["Payments API", "Payments Web"], "Payment")])
def test_two_that_fit_equally_are_no_match(names, written):
    match = Names(names).match(written)
    assert (match.name, match.how, set(match.others)) == (None, "several", set(names))


def test_one_of_two_that_differ_in_signs_alone_is_the_one_as_written():
    assert Names(["C", "C++"]).match("C++") == Match("C++", "same")
    assert Names(["Data-Lake", "Data Lake"]).match("Data Lake") == Match("Data Lake", "same")


def test_numbers_tell_names_apart():
    assert Names(["Product 12"]).match("Product 13").name is None
    assert Names(["Release 2026"]).match("2026").name is None


def test_a_word_in_most_names_still_finds_the_only_one_with_all_words():
    names = Names([f"Widget {at}" for at in range(1_000)] + ["Widget for Japan"])
    assert names.match("Widget Japan").name == "Widget for Japan"
    assert names.match("Widget").how == "several"


@pytest.mark.parametrize(("cell", "means"), [
    ("Integrations (SAP, NetSuite), Insights", ["Integrations (SAP, NetSuite)", "Insights"]),
    ("Integrations (SAP, NetSuite)", ["Integrations (SAP, NetSuite)"]),
    ("Dispatch Board / Smart Scheduler", ["Dispatch Board", "Smart Scheduler"]),
    ("Quotes & Estimates, Payments", ["Quotes & Estimates", "Payments"]),
    ("Checklists & Forms & Payments", ["Checklists & Forms", "Payments"]),
    ("Payments and Invoicing", ["Payments", "Invoicing"]), ("Invoicing; Payments", ["Invoicing", "Payments"]),
    ("Payments und Invoicing", ["Payments", "Invoicing"]), ("- Insights\n- Payments", ["Insights", "Payments"]),
    ("1. Insights\n2. Payments, Invoicing", ["Insights", "Payments", "Invoicing"]),
    ("Mobile App, Insights", ["Mobile App (iOS/Android)", "Insights"]), ("Insights", ["Insights"]),
    ("Insights + Payments", ["Insights", "Payments"]), ("SAP and NetSuite", ["Integrations (SAP, NetSuite)"]),
    ("Insights、Payments", ["Insights", "Payments"]), ("", []), ("n/a", []), ("–", []), ("TBD", []),
])
def test_a_list_of_products(cell, means):
    assert [match.name for _, match in names_in(cell, Names(PRODUCTS))] == means


def test_a_list_of_goals_of_which_one_is_unknown():
    assert names_in("AI dispatch, Innovation", Names(GOALS)) == [
        ("AI dispatch", Match("AI-assisted dispatch", "short")), ("Innovation", Match(None, "none"))]
    assert [match.name for _, match in names_in("NRR, AI dispatch", Names(GOALS))] == [GOALS[0], GOALS[4]]
    assert [match.name for _, match in names_in("Enterprise ready, Japan", Names(GOALS))] == [GOALS[1], GOALS[2]]


def test_a_name_with_a_comma_stays_whole_in_a_list():
    known = Names(["Smart, simple pricing", "Japan"])
    assert [match.name for _, match in names_in("Japan, Smart, simple pricing", known)] == [
        "Japan", "Smart, simple pricing"]


def test_of_unknown_names_only_the_sure_signs_part_a_list():
    assert [part for part, _ in names_in("NRR, AI dispatch", Names(()))] == ["NRR", "AI dispatch"]
    assert [part for part, _ in names_in("Research & development", Names(()))] == ["Research & development"]


LETTERS = ["a", "a ", "(", ")", "(a", ",", "a,", " and ", "/", "é", "\n", "to ", "- ", "A", "0", "Japan ", "目"]


@pytest.mark.parametrize("letters", LETTERS)
@pytest.mark.parametrize("count", [10_000, 100_000])
def test_a_cell_of_any_length_takes_no_time(letters, count):
    known = Names([*GOALS, letters * 100, letters * 101])
    assert cpu(lambda: (known.match(letters * count), names_in(letters * count, known))) < 0.1


@pytest.mark.parametrize("named", [
    lambda at: f"Widget {at}", lambda at: f"{at}", lambda at: "a b c " + "x" * at % 97 if isinstance(at, str) else f"a b c {at}",
    lambda at: f"w{at % 7} v{at % 11} u{at}"])
def test_the_work_grows_with_the_names_not_with_their_square(named):
    def matched(size):
        names = [named(at) for at in range(size)]
        cells = [f"{name} x, Widget" for name in names]

        def work():
            known = Names(names)
            for cell in cells:
                names_in(cell, known)
        return work
    assert outgrown(matched, 500, 2_000, 8_000) == ""


def test_letters_for_words_and_words_within_words():
    goals = Names(["Customer experience in the top three", "Rohmarge auf 61 % heben", "Online-Umsatz verdoppeln"])
    assert goals.match("CX") == Match("Customer experience in the top three", "initials")
    assert goals.match("Marge") == Match("Rohmarge auf 61 % heben", "similar")
    assert goals.match("rge") == goals.match("Roh") == Match(None, "none")
    assert Names(["Rohmarge", "Nettomarge"]).match("Marge").how == "several"
