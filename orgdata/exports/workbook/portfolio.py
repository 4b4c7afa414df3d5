"""The sheets of what was measured: headlines, outcomes, products, links, key results."""

from collections.abc import Iterator

import pandas as pd

from orgdata import formats
from orgdata.exports.edition import Edition
from orgdata.exports.workbook.columns import Col, Sheet, given, meanings, unit, yes_no
from orgdata.measures import Alignment
from orgdata.measures.checks import results
from orgdata.model import labels
from orgdata.views import review
from orgdata.views.headline import FIELDS, Headline
from orgdata.views.headlines import headlines as all_headlines
from orgdata.views.key_results import shown_status
from orgdata.views.vocabulary import (
    ALIGNED,
    CHECK,
    CHECKED,
    COVERAGE,
    FRESHNESS,
    LINK,
    REASON,
    STATUS,
    UNKNOWN,
)


def headlines(edition: Edition) -> Sheet:
    """The numbers on top, with their change and their formulas."""
    alignment = edition.alignment
    before = edition.changes.before.headlines if edition.changes else None
    changes = review.moves(alignment.headlines, before)
    rows = pd.DataFrame([row for headline in all_headlines(alignment, edition.gaps)
                         for row in _rows_of(headline, alignment, changes.get(headline.key, ""))])
    return Sheet("Headlines", "The numbers on top: always of the whole portfolio.", (
        Col("label", "Headline", "What is measured."),
        Col("value", "Value", "As the pages show it; 100 % is all, and 0 % nothing at all."),
        Col("number", "Number", "The same as a number, unrounded; blank where unknown.", "number"),
        Col("of", "Of what", "What the number counts; percentages are 0 to 100."),
        Col("change", "Change", "Since the snapshot compared with; coverage by weight. Blank where "
            "there is none, or nothing to compare."),
        Col("note", "Note", "What to read beside it."),
        Col("formula", "How it is calculated", "The formula in words.", "long")), rows)


def _rows_of(headline: Headline, alignment: Alignment, change: str) -> Iterator[dict[str, object]]:
    """The rows of a headline: coverage has one for its count and one for its percentage."""
    number = getattr(alignment.headlines, FIELDS[headline.key]) if headline.key in FIELDS else (
        headline.total)
    row = {"label": headline.label, "value": headline.value, "number": number,
           "of": {"aligned": "products", "gaps": "gaps", "evidence": "rules"}.get(
               headline.key, "percent"),
           "change": change, "note": headline.note, "formula": headline.formula}
    if headline.key == "coverage":
        coverage = alignment.outcomes["coverage"]
        known = len(coverage) and coverage.notna().all()
        yield row | {"number": int((coverage == "covered").sum()) if known else None,
                     "of": "outcomes", "change": ""}
        row |= {"label": formats.sentence_case(labels.FIGURE["outcome_coverage_pct"]),
                "value": formats.percent(number)}
    yield row


def outcomes(edition: Edition) -> Sheet:
    """The active outcomes, in order of weight."""
    alignment, money_unit = edition.alignment, unit(edition)
    rows = alignment.outcomes.sort_values(["weight", "name"], ascending=[False, True])
    counts = pd.crosstab(alignment.links["outcome_id"], alignment.links["state"]).reindex(
        index=rows["outcome_id"], columns=list(LINK),
        fill_value=0).reset_index(drop=True)
    rows = rows.reset_index(drop=True).assign(
        assumed=yes_no(rows["weight_assumed"].reset_index(drop=True)),
        **{state: counts[state] for state in LINK})
    return Sheet("Outcomes", "Every active outcome with its coverage, links, spend and metric.", (
        given("outcomes", "name", "Outcome", "long"),
        given("outcomes", "tier", "Tier", "whole"),
        Col("weight", "Weight", "Its part of the strategy; all weights add up to 100 %.",
            "percent"),
        Col("assumed", "Weight assumed", "Yes where the weight is not stated in the source."),
        Col("coverage", "Coverage", meanings(COVERAGE), words=COVERAGE, missing=UNKNOWN),
        Col("lacks", "Missing", "What keeps the closest product from covering it."),
        *(Col(state, formats.sentence_case(word.label),
              f"Products whose link is {word}: {word.meaning}.", "whole")
          for state, word in LINK.items()),
        Col("spend", f"Spend ({money_unit})", "The spend on confirmed links to it.",
            "money"),
        Col("spend_share", "Share of the spend", "That, of all spend for outcomes.", "percent"),
        Col("owner_name", "Owner", "Who answers for the outcome, where named."),
        given("outcomes", "metric", "Metric"), given("outcomes", "unit", "Unit"),
        given("outcomes", "baseline", "Baseline", "number"),
        given("outcomes", "current", "Current", "number"),
        given("outcomes", "target", "Target", "number"),
        given("outcomes", "start_date", "Start", "date"),
        given("outcomes", "due_date", "Due", "date"),
        given("outcomes", "outcome_id", "Outcome id")), rows)


def products(edition: Edition) -> Sheet:
    """The products shown, with their checks, by business area and name: never a rank."""
    money_unit, rows = unit(edition), edition.product_rows()
    rows = rows.sort_values(["business_area", "name"], na_position="last")
    rows = rows.assign(
        spend=rows["spend"].mask(rows["spend_unknown"]),
        **{name: results(rows, name) for name in ("aligned", *CHECK)})
    return Sheet("Products", "Every product with its strategic bet, spend and alignment checks.", (
        given("products", "name", "Product", "long"),
        given("products", "business_area", "Business area"),
        given("products", "strategic_role", "Role"),
        given("products", "lifecycle_stage", "Stage"),
        Col("aligned", "Aligned", "Aligned when it has a PM, supports an outcome, has an OKR "
                                  "for it, and is measurable; whether it is up to date is shown "
                                  "beside.", words=ALIGNED),
        *(Col(check, formats.sentence_case(word.label), f"{CHECKED['passes']}: {word.meaning}. "
              f"{CHECKED['not_applicable']}.", words=CHECKED) for check, word in CHECK.items()),
        Col("spend", f"Spend ({money_unit})", "What the product costs; blank where unknown, which "
            "counts 0.", "money"),
        Col("bau", f"To keep running ({money_unit})", "The part that keeps things running: that "
                                                      "share of the spend, and all of a "
                                                      "platform or sunset product without a "
                                                      "link.", "money"),
        Col("to_outcomes", f"For outcomes ({money_unit})", "The rest: spend for outcomes.",
            "money"),
        Col("unlinked", f"Not linked to an outcome ({money_unit})",
            "The part of it that is linked to no outcome.", "money"),
        Col("effective_outcomes", "Outcomes supported", "Effective number: 1 divided by the sum of "
                                                     "squared shares of the spend.", "number"),
        Col("goals", "Objectives", "Objectives of this cycle.", "whole"),
        given("products", "role_statement", "Purpose", "long"),
        given("products", "role_confirmed_on", "Purpose confirmed on", "date"),
        given("products", "product_id", "Product id")), rows)


def links(edition: Edition) -> Sheet:
    """The links of the products shown."""
    money_unit, rows = unit(edition), edition.alignment.links
    rows = rows[rows["product_id"].isin(edition.product_rows()["product_id"])].sort_values(
        ["outcome_name", "product_name"])
    rows = rows.assign(**{column: yes_no(rows[column])
                          for column in ("declared", "confirmed", "share_assumed")})
    return Sheet("Links", "Every link of a product to an outcome: a cell of the matrix.", (
        Col("outcome_name", "Outcome", "The outcome it leads to.", "long"),
        Col("product_name", "Product", "The product it comes from.", "long"),
        Col("state", "State", meanings(LINK), words=LINK),
        given("contributions", "strength", "Strength"),
        Col("declared", "Declared", "Whether contributions say so."),
        Col("confirmed", "Confirmed", "Whether somebody has confirmed it; where that is not "
                                      "tracked, every stated link counts as confirmed."),
        Col("share", "Share of the spend", "The part of the product's spend for outcomes that "
                                           "goes this way.", "percent"),
        Col("share_assumed", "Share assumed", "Yes where no share is stated: split equally."),
        Col("flow", f"Spend ({money_unit})", "The spend that goes this way.", "money"),
        given("contributions", "outcome_id", "Outcome id"),
        given("contributions", "product_id", "Product id")), rows)


def key_results(edition: Edition) -> Sheet:
    """The key results in scope of the products shown, and those of no product where all are."""
    rows = edition.alignment.key_results
    if edition.products is not None:
        rows = rows[rows["product_id"].isin(edition.products)]
    rows = rows.sort_values(["product_name", "objective_title", "title"], na_position="last")
    rows = rows.assign(
        status=shown_status(rows), why=rows["status_reason"].map(REASON),
        kind=rows["kind"].str.replace("_", " "),
        rail=yes_no(rows["guardrail"]))
    return Sheet("Key results", "Every key result in scope with its progress, pace and status.", (
        given("key_results", "title", "Key result", "long"),
        Col("objective_title", "Objective", "The objective it measures.", "long"),
        Col("product_name", "Product", "The product whose objective it is."),
        Col("sight_names", "Outcome", "What the objective leads to, blank where no outcome."),
        Col("kind", "Type", "As stated, else told from target and baseline."),
        given("key_results", "unit", "Unit"),
        Col("base", "Baseline", "Where it started.", "number"),
        Col("value", "Value", "The latest check-in's value up to the day, else the current one.",
            "number"),
        Col("goal", "Target", "Where it should be.", "number"),
        given("key_results", "lower", "Lower bound", "number"),
        given("key_results", "upper", "Upper bound", "number"),
        Col("status", "Status", meanings(STATUS), words=STATUS),
        Col("why", "Because", "Why the status is unknown or what it is, where there is a reason."),
        Col("shown", "Progress", "(value − baseline) / (target − baseline), between 0 and 100 %; "
            "within its bounds or not for what is to be kept.", "percent"),
        Col("expected", "Expected", "What its pace expects by the day.", "percent"),
        Col("freshness", "Freshness", meanings(FRESHNESS), words=FRESHNESS),
        Col("checked_on", "Last check-in", "The day of the latest check-in.", "date"),
        Col("start", "Start", "Its first day, else the objective's.", "date"),
        Col("due", "Due", "Its due day, else the objective's end.", "date"),
        Col("rail", "Guardrail", "Yes for what must not get worse; it is not paced."),
        given("key_results", "kr_id", "Key result id")), rows)


def managers(edition: Edition) -> Sheet:
    """Who is accountable for each product shown; apart from the sheets with states."""
    rows = edition.alignment.managers
    rows = rows[rows["product_id"].isin(edition.product_rows()["product_id"])]
    return Sheet("Product managers", "The product manager of each product on the day.", (
        Col("product_name", "Product", "Name of the product.", "long"),
        Col("person_name", "Product manager", "The product manager on the day."),
        given("products", "product_id", "Product id")),
        rows.sort_values(["product_name", "person_name"]))
