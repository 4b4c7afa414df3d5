"""The tables we accept: one declaration feeds validation, templates, SQL and documentation.

METHOD section 1. A reference on a required column sets the row aside when it points nowhere;
on an optional column only the cell becomes unknown.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import TypeVar

from orgdata.model.fields import PROSE, TINY, Field, Table
from orgdata.model.words import (
    AMBITION,
    ASSIGNMENT_ROLE,
    DIMENSION,
    DIRECTION,
    KR_TYPE,
    LIFE,
    MODE,
    PACE,
    RESULT_KIND,
    STATE,
    STRATEGIC_ROLE,
    STRENGTH,
    WORK_KIND,
    Vocabulary,
)

_Declared = TypeVar("_Declared", Field, Table)


def _id(name: str, about: str, example: str = "", **more: object) -> Field:
    return Field(name, "id", about, example, **more)  # type: ignore[arg-type]


def _text(name: str, about: str, example: str = "", **more: object) -> Field:
    return Field(name, "text", about, example, **more)  # type: ignore[arg-type]


def _number(name: str, about: str, example: str = "", **more: object) -> Field:
    return Field(name, "number", about, example, **more)  # type: ignore[arg-type]


def _date(name: str, about: str, example: str = "", required: bool = False) -> Field:
    return Field(name, "date", about, example, required)


def _bool(name: str, about: str, example: str = "") -> Field:
    return Field(name, "bool", about, example)


def _word(name: str, vocabulary: Vocabulary, about: str, example: str = "",
          required: bool = False) -> Field:
    return Field(name, "word", about, example, required, None, vocabulary)


def _table(name: str, about: str, key: str, *fields: Field) -> Table:
    return Table(name, about, tuple(key.split()), fields)


def _unused(declared: _Declared) -> _Declared:
    """A table or column that is accepted before anything is measured by it, and says so."""
    return replace(declared, about=f"{declared.about} (read, but not used yet)", used=False)


def _by_name(tables: Iterable[Table]) -> Mapping[str, Table]:
    return MappingProxyType({t.name: t for t in tables})


# Parents stand before the tables that refer to them: this is also the order of loading.
TABLES: Mapping[str, Table] = _by_name((
    _table(
        "people", "Who works here, as far as products and objectives need it", "person_id",
        _id("person_id", "stable identifier", "H1", required=True),
        _text("name", "as colleagues write it", "Ada Park", required=True),
        _text("email", "work address", "ada.park@example.com"),
        _text("title", "job title", "Senior Product Manager"),
        _id("manager_id", "the person reported to", references="people"),
        _date("active_from", "first day, blank = always", "2024-02-01"),
        _date("active_to", "last day, blank = open"),
    ),
    _table(
        "outcomes", "The few company outcomes everything should support",
        "outcome_id",
        _id("outcome_id", "stable identifier", "O1", required=True),
        _text("name", "the outcome in a few words", "Net revenue retention to 115 %",
              required=True),
        _text("description", "why it matters", "Customers stay and grow with us", longest=PROSE),
        _text("metric", "what is measured", "Net revenue retention"),
        _text("unit", "unit of the metric", "%"),
        _number("baseline", "where it started", "104"),
        _number("target", "where it should be", "115"),
        _number("current", "where it is", "108"),
        _date("start_date", "first day", "2026-01-01"),
        _date("due_date", "day by which the target should be met", "2026-12-31"),
        _number("weight", "stated importance, in percent or as fractions", "30", least=0),
        _number("tier", "1 = most critical", "1"),
        _id("owner_id", "who answers for the outcome", "H1", references="people"),
        _word("status", LIFE, "active, planned, done, retired or deferred; blank = active",
              "active"),
    ),
    _table(
        "products", "What is built and run",
        "product_id",
        _id("product_id", "stable identifier", "P1", required=True),
        _text("name", "product name", "Checkout", required=True),
        _text("business_area", "group shown together", "Payments"),
        _text("level", "product, team, suite …; see managed_level in the settings", "product"),
        _id("parent_product_id", "the product it is part of", references="products"),
        _word("status", LIFE, "as for outcomes; blank = active", "active"),
        _word("strategic_role", STRATEGIC_ROLE,
              "invest, maintain, harvest, sunset, explore or enable", "invest"),
        _text("lifecycle_stage", "introduction, growth, maturity, decline …", "growth"),
        _number("annual_spend", "money per year", "1200000"),
        _number("annual_revenue", "revenue per year", "5400000"),
        _number("fte", "full-time equivalents", "9"),
        _number("bau_pct", "part of the spend that keeps things running, 0–100", "20",
                least=0, most=100, outside="clamped"),
        _text("role_statement", "one sentence: what it is for in the business",
              "Checkout exists to turn carts into paid orders", longest=PROSE),
        _text("role_confirmed_by", "who confirmed that sentence", "H1"),
        _date("role_confirmed_on", "and when", "2026-10-05"),
        _text("segments", "customer segments served, ';' between", "retail;wholesale",
              longest=PROSE),
        _text("jobs", "jobs done for the customer, ';' between", "pay;refund", longest=PROSE),
        _text("description", "anything else", "", longest=PROSE),
    ),
    _table(
        "assignments", "Who does what on which product", "product_id person_id role start_date",
        _id("product_id", "the product", "P1", required=True, references="products"),
        _id("person_id", "the person", "H1", required=True, references="people"),
        _word("role", ASSIGNMENT_ROLE,
              "accountable (product manager, owner, lead …), deputy, or anything else",
              "accountable", required=True),
        _number("allocation_pct", "share of working time", "80"),
        _bool("is_interim", "yes while standing in for somebody", "no"),
        _date("start_date", "first day, blank = always", "2026-01-01"),
        _date("end_date", "last day, blank = open"),
    ),
    _table(
        "contributions", "Which outcome a product says it supports (stated links)",
        "product_id outcome_id",
        _id("product_id", "the product", "P1", required=True, references="products"),
        _id("outcome_id", "the outcome", "O1", required=True, references="outcomes"),
        _word("strength", STRENGTH,
              "primary, supporting, weak, or a number read against the largest", "primary"),
        _number("share_pct", "share of the product's spend for it, 0–100", "60", least=0),
        _text("rationale", "why it contributes", "Fewer abandoned carts", longest=PROSE),
        _text("confirmed_by", "who agreed to the link", "H1"),
        _date("confirmed_on", "and when", "2026-10-05"),
    ),
    _table(
        "cycles", "The periods that objectives are set for", "cycle_id",
        _id("cycle_id", "stable identifier", "C1", required=True),
        _text("name", "as people call it", "Q4 2026", required=True),
        _date("start_date", "first day", "2026-10-01", required=True),
        _date("end_date", "last day", "2026-12-31", required=True),
        _number("cadence_days", "days between check-ins, blank = the setting", "7", least=TINY),
    ),
    _table(
        "objectives", "Objectives of a cycle, of a product or above it", "objective_id",
        _id("objective_id", "stable identifier", "J1", required=True),
        _text("title", "the goal in words", "Pay in one step", required=True),
        _id("product_id", "the product that pursues it", "P1", references="products"),
        _id("outcome_id", "the outcome it is for", "O1", references="outcomes"),
        _id("parent_objective_id", "the goal it is part of", references="objectives"),
        _id("cycle_id", "the cycle it is set for", "C1", references="cycles"),
        _id("owner_id", "who answers for it", "H1", references="people"),
        _word("ambition", AMBITION, "committed or aspirational", "committed"),
        _date("start_date", "first day, blank = open", "2026-10-01"),
        _date("end_date", "last day, blank = open", "2026-12-31"),
        _number("effort_pct", "share of the product's effort", "60", least=0),
        _text("status", "any word; done, closed, cancelled … end it", "active"),
        _text("grade", "result given at the end"),
        _text("exempt_reason", "why it needs no outcome", longest=PROSE),
        _date("exempt_until", "until when that holds"),
    ),
    _table(
        "objective_products", "Further products that pursue an objective",
        "objective_id product_id",
        _id("objective_id", "the objective", "J1", required=True, references="objectives"),
        _id("product_id", "a product that pursues it", "P1", required=True,
            references="products"),
        _number("effort_pct", "share of the product's effort", "60", least=0),
    ),
    _table(
        "objective_outcomes", "Outcomes that an objective is for",
        "objective_id outcome_id",
        _id("objective_id", "the objective", "J1", required=True, references="objectives"),
        _id("outcome_id", "an outcome it is for", "O1", required=True, references="outcomes"),
        _word("mode", MODE, "contributes or supports; blank = contributes", "contributes"),
        _number("share_pct", "share of the objective's effort for it, 0–100", "100", least=0),
    ),
    _table(
        "key_results", "How an objective is measured", "kr_id",
        _id("kr_id", "stable identifier", "K1", required=True),
        _id("objective_id", "the objective it measures", "J1", required=True,
            references="objectives"),
        _text("title", "the result in words", "Checkout time from 9 s to 6 s", required=True),
        _id("product_id", "the product it is about, blank = every one of the objective", "P1",
            references="products"),
        _word("kr_type", KR_TYPE,
              "increase, decrease, at_least, at_most, between, binary or milestone", "decrease"),
        _text("metric", "what is measured", "median checkout time"),
        _text("unit", "unit of the metric", "s"),
        _number("baseline", "where it started", "9"),
        _number("target", "where it should be", "6"),
        _number("lower", "lower bound of 'between'"),
        _number("upper", "upper bound of 'between'"),
        _number("current", "value when there is no check-in", "8"),
        _date("start_date", "first day, blank = the objective's"),
        _date("due_date", "due day, blank = the objective's end"),
        _number("weight", "weight within the objective, blank = 1", "1", least=0,
                outside="kept"),
        _word("pace", PACE, "linear, back_loaded or none; blank = linear", "linear"),
        _number("cadence_days", "days between check-ins, blank = the setting", "7",
                least=TINY),
        _bool("is_guardrail", "yes for what must not get worse", "no"),
        _word("result_kind", RESULT_KIND, "outcome or output", "outcome"),
        _text("status", "reported status, or a word that ends it", "on track"),
        _number("confidence", "0–10", "7", least=0, most=10),
        _id("owner_id", "who answers for it", "H1", references="people"),
    ),
    _table(
        "check_ins", "What was measured when", "kr_id date",
        _id("kr_id", "the key result", "K1", required=True, references="key_results"),
        _date("date", "day of the check-in", "2026-11-13", required=True),
        _number("value", "the measured value", "7.8"),
        _number("confidence", "0–10", "7", least=0, most=10),
        _text("status", "reported status", "on track"),
        _text("note", "a sentence on it", "Wallets shipped", longest=PROSE),
        _text("author_id", "who wrote it", "H1"),
    ),
    _table(
        "dependencies", "What a product needs from another", "dependency_id",
        _id("dependency_id", "stable identifier", "D1", required=True),
        _id("product_id", "who needs", "P1", required=True, references="products"),
        _id("needs_product_id", "from whom", "P1", required=True, references="products"),
        _text("what", "what is needed", "Tokenised cards", longest=PROSE),
        _date("needed_by", "when", "2026-12-01"),
        _bool("agreed", "yes when the other side accepted", "yes"),
        _date("done_on", "when it was delivered"),
    ),
    _table(
        "roadblocks", "What stands in the way", "roadblock_id",
        _id("roadblock_id", "stable identifier", "R1", required=True),
        _text("what", "what it is", "No test data for wallets", required=True, longest=PROSE),
        _date("opened_on", "since when", "2026-11-02", required=True),
        _id("kr_id", "the key result it holds up", "K1", references="key_results"),
        _id("product_id", "the product it holds up", "P1", references="products"),
        _id("unblocker_id", "who can clear it", "H1", references="people"),
        _date("closed_on", "when it was cleared"),
    ),
    _table(
        "work", "What was done for a product, as far as a tool tells", "work_id",
        _id("work_id", "stable identifier", "W1", required=True),
        _id("product_id", "the product it was done for", "P1", required=True,
            references="products"),
        _date("done_on", "day it was done", "2026-11-13", required=True),
        _word("kind", WORK_KIND, "goal, run, defect, risk or request", "goal"),
        _number("size", "points or days, blank = 1", "3", least=0),
        _text("asked_by", "the function that asked for it", "sales"),
        _id("objective_id", "the objective it is for", "J1", references="objectives"),
        _id("kr_id", "the key result it is for", "K1", references="key_results"),
        _id("outcome_id", "the outcome it is for", "O1", references="outcomes"),
        _id("parent_id", "the work it is part of", references="work"),
    ),
    _table(
        "expectations", "What product and other functions expect of each other",
        "expectation_id",
        _id("expectation_id", "stable identifier", "X1", required=True),
        _id("product_id", "the product it is about", "P1", required=True,
            references="products"),
        _text("partner", "the function: sales, support, finance …", "sales", required=True),
        _text("what", "what is expected", "Wallets in every shop", required=True, longest=PROSE),
        _date("by_when", "by when", "2026-12-01"),
        _word("direction", DIRECTION,
              "from_partner or to_partner; blank = from_partner", "from_partner"),
        _word("state", STATE, "offered, accepted, countered or declined; blank = offered",
              "accepted"),
        _text("answered_by", "who answered", "H1"),
        _date("answered_on", "and when", "2026-11-06"),
        _text("note", "anything else", "", longest=PROSE),
    ),
    _table(
        "mix_targets", "How the spend should be spread", "dimension bucket",
        _word("dimension", DIMENSION, "strategic_role, lifecycle_stage or business_area",
              "strategic_role", required=True),
        _text("bucket", "value of that dimension", "invest", required=True),
        _number("target_pct", "share of spend it should have, 0–100", "50", required=True),
    ),
))

# A list in these columns names rows of another table beyond its first: table → column → which
FURTHER: Mapping[str, Mapping[str, str]] = {"objectives": {
    "product_id": "objective_products", "outcome_id": "objective_outcomes"}}
FURTHER_TABLES = {further: table for table, columns in FURTHER.items()
                  for further in columns.values()}

COLUMN_NAMES = frozenset(field.name for table in TABLES.values() for field in table.fields)
