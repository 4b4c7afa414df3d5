"""The declaration of the tables is consistent in itself and with METHOD section 1."""

import pytest

from orgdata.model.fields import normalise_name
from orgdata.model.schema import TABLES
from orgdata.model.words import CLOSED_WORDS, OPEN_WORDS, normalise_word

# METHOD section 1, word for word: the columns in their order, required ones with a star
METHOD = {
    "outcomes": "outcome_id*, name*, description, metric, unit, baseline, target, current, start_date, due_date, weight, tier, owner_id, status",
    "products": "product_id*, name*, business_area, level, parent_product_id, status, strategic_role, lifecycle_stage, annual_spend, annual_revenue, fte, bau_pct, role_statement, role_confirmed_by, role_confirmed_on, segments, jobs, description",
    "people": "person_id*, name*, email, title, manager_id, active_from, active_to",
    "assignments": "product_id*, person_id*, role*, allocation_pct, is_interim, start_date, end_date",
    "contributions": "product_id*, outcome_id*, strength, share_pct, rationale, confirmed_by, confirmed_on",
    "cycles": "cycle_id*, name*, start_date*, end_date*, cadence_days",
    "objectives": "objective_id*, title*, product_id, outcome_id, parent_objective_id, cycle_id, owner_id, ambition, start_date, end_date, effort_pct, status, grade, exempt_reason, exempt_until",
    "objective_products": "objective_id*, product_id*, effort_pct",
    "objective_outcomes": "objective_id*, outcome_id*, mode, share_pct",
    "key_results": "kr_id*, objective_id*, title*, product_id, kr_type, metric, unit, baseline, target, lower, upper, current, start_date, due_date, weight, pace, cadence_days, is_guardrail, result_kind, status, confidence, owner_id",
    "check_ins": "kr_id*, date*, value, confidence, status, note, author_id",
    "dependencies": "dependency_id*, product_id*, needs_product_id*, what, needed_by, agreed, done_on",
    "roadblocks": "roadblock_id*, what*, opened_on*, kr_id, product_id, unblocker_id, closed_on",
    "work": "work_id*, product_id*, done_on*, kind, size, asked_by, objective_id, kr_id, outcome_id, parent_id",
    "expectations": "expectation_id*, product_id*, partner*, what*, by_when, direction, state, answered_by, answered_on, note",
    "ideas": "idea_id*, name*, outcome_id*, description, product_id, kind, stage, effect_low, effect_likely, effect_high, confidence_pct, effort_low, effort_likely, effort_high, annual_spend, owner_id, proposed_on, asked_by",
    "mix_targets": "dimension*, bucket*, target_pct*",
}


def test_tables_are_those_of_the_method():
    assert sorted(TABLES) == sorted(METHOD)


@pytest.mark.parametrize("table", METHOD)
def test_columns_are_those_of_the_method(table):
    assert [f.name + "*" * f.required for f in TABLES[table].fields] == METHOD[table].split(", ")


def test_parents_stand_before_the_tables_that_refer_to_them():
    order = list(TABLES)
    assert [(table.name, f.name) for table in TABLES.values() for f in table.fields
            if f.references and order.index(f.references) > order.index(table.name)] == []


def test_references_are_those_that_are_checked():
    """Who signed or wrote is not checked; every other id points into its table."""
    checked = {(table.name, f.name) for table in TABLES.values() for f in table.fields
               if f.references}
    assert {("objectives", "outcome_id"), ("objectives", "product_id"),
            ("objectives", "parent_objective_id"), ("objectives", "owner_id"),
            ("people", "manager_id"), ("products", "parent_product_id"),
            ("roadblocks", "kr_id"), ("roadblocks", "product_id"),
            ("roadblocks", "unblocker_id"), ("objectives", "cycle_id"),
            ("key_results", "product_id"), ("work", "parent_id"), ("key_results", "owner_id"),
            ("outcomes", "owner_id")} <= checked
    assert not checked & {("check_ins", "author_id"), ("contributions", "confirmed_by"),
                          ("products", "role_confirmed_by"), ("expectations", "answered_by")}


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
def test_each_table_says_what_it_is(table):
    assert table.about
    assert all(f.about for f in table.fields)
    assert set(table.key) <= {f.name for f in table.fields}
    assert {f.name for f in table.fields if f.kind == "word"} == {
        f.name for f in table.fields if f.vocabulary}


@pytest.mark.parametrize(("written", "name"), [
    (" Product ID ", "product_id"), ("product-id", "product_id"), ("PRODUCTS", "products")])
def test_names_are_compared_normalised(written, name):
    assert normalise_name(written) == name


@pytest.mark.parametrize(("written", "word"), [
    ("At Least", "at_least"), ("back - loaded", "back_loaded"), (" In  Progress ", "in_progress")])
def test_words_are_compared_normalised(written, word):
    assert normalise_word(written) == word


def test_a_period_means_a_day_only_where_something_begins_or_ends():
    assert (TABLES["cycles"]["start_date"].period, TABLES["cycles"]["end_date"].period) == (
        "first", "last")
    assert {f.name for table in TABLES.values() for f in table.fields if f.period} == set(
        "start_date active_from end_date due_date active_to needed_by by_when exempt_until".split())


def test_the_words_that_close():
    assert {normalise_word(word) for word in (
        "done", "closed", "completed", "achieved", "missed", "cancelled", "dropped", "draft",
        "archived", "100% complete", "Terminé", "afgerond")} <= CLOSED_WORDS
    assert not CLOSED_WORDS & OPEN_WORDS
    assert not CLOSED_WORDS & set("active ongoing in_progress on_track".split())
