"""An outcome explained, and each cell of the matrix. METHOD sections 3 and 5."""

from collections.abc import Iterator, Mapping

import pandas as pd

from orgdata import formats
from orgdata.measures import Alignment
from orgdata.views import answers, not_judged
from orgdata.views.explain import corrected
from orgdata.views.explain.explanation import Explanation, Fact, fact
from orgdata.views.explain.products import product as explained
from orgdata.views.explain.products import rows_in_doubt
from orgdata.views.vocabulary import COVERAGE, LINK, NO_LINK, UNKNOWN, in_order, part


def outcome(row: pd.Series, alignment: Alignment) -> Explanation:
    """Coverage of an outcome, its weight and its money, with its own numbers. METHOD §3, §5."""
    weight = fact("weight", float(row["weight"]),
                  "Weight {weight} (assumed)." if row["weight_assumed"] else "Weight {weight}.",
                  weight=part(row["weight"])) if alignment.basis.stated_weights else fact(
                      "weight", None, "Weight not stated.")
    return Explanation((_coverage(row, alignment), weight, *_spend(row, alignment),
                        *corrected.of_outcome(alignment, str(row["outcome_id"]))))


def _coverage(row: pd.Series, alignment: Alignment) -> Fact:
    links = alignment.links[alignment.links["outcome_id"] == row["outcome_id"]]
    states = links["state"].value_counts()
    served = ", ".join(f"{states[state]:,} {LINK[state].label}" for state in in_order(LINK)
                       if state in states)
    coverage = None if pd.isna(row["coverage"]) else str(row["coverage"])
    inputs = {"name": row["name"], "coverage": COVERAGE.get(coverage or "", UNKNOWN).label,
              "served": f"links: {served}" if served else "no product is linked to it"}
    if coverage == "unknown":
        doubts, id = alignment.doubts, str(row["outcome_id"])
        rows = not_judged.rows_in_words(dict.fromkeys(
            row for facts in ("link", "objective") for row in doubts.because(
                facts, "outcome_id", id)), alignment.portfolio)
        return fact("coverage", coverage, "Unknown whether “{name}” is covered: {rows}.",
                    name=row["name"], rows=rows)
    if pd.isna(row["lacks"]):
        return fact("coverage", coverage, "“{name}” is {coverage}; {served}.", **inputs)
    return fact("coverage", coverage, "“{name}” is {coverage}; {served}; missing: {lacks}.",
                lacks=row["lacks"], **inputs)


def _spend(row: pd.Series, alignment: Alignment) -> Iterator[Fact]:
    money, currency = alignment.money, alignment.portfolio.settings.currency
    if pd.notna(row["spend_share"]):
        yield fact("spend_share", float(row["spend_share"]),
                   "It gets {share} of the spend: {spend} of {total}.",
                   share=part(row["spend_share"]),
                   spend=formats.money(row["spend"], money.unit, currency),
                   total=formats.money(money.total, money.unit, currency))


def cell(product_id: str, outcome_id: str, alignment: Alignment) -> Explanation:
    """One cell of the matrix: the claim, the goals that would prove it, money and people."""
    products, outcomes, links = alignment.products, alignment.outcomes, alignment.links
    product = products[products["product_id"] == product_id].iloc[0]
    names = {"product": product["name"],
             "outcome": outcomes.loc[outcomes["outcome_id"] == outcome_id, "name"].iloc[0]}
    link_rows = links[(links["product_id"] == product_id) & (links["outcome_id"] == outcome_id)]
    who, made = _who(product, alignment), corrected.of_product(alignment, product_id)
    if not len(link_rows):
        return Explanation((_no_link(product_id, names, alignment), who, *made))
    link = link_rows.iloc[0]
    goals = alignment.of_outcome(outcome_id, "objectives")[["objective_id", "title", "progress"]]
    goals = goals.merge(alignment.pursued[alignment.pursued["product_id"] == product_id],
                        on="objective_id")
    state = fact("link", str(link["state"]), "{product} → {outcome}: {state}.",
                 state=LINK[link["state"]].label, **names)
    money = () if alignment.money.unit == "count" else (_money(link, alignment),)
    behind = _goals(goals, alignment) if len(goals) else (_no_goal(product_id, alignment),)
    return Explanation((state, _claim(link, alignment), *behind, *money, who, *made))


def _who(product: pd.Series, alignment: Alignment) -> Fact:
    """Who manages a product; that nobody does, only where that is known."""
    if pd.notna(managers := product["pm_names"]):
        return fact("accountable", str(managers), "Product manager: {who}.", who=managers)
    owned, = (check for check in explained(product, alignment).checks if check.name == "owned")
    return fact("accountable", None, "{why}.", why=formats.sentence_case(owned.words))


def _no_link(product_id: str, names: Mapping[str, str], alignment: Alignment) -> Fact:
    """That nothing links a product to an outcome, or which skipped rows may."""
    rows = rows_in_doubt("linked", product_id, alignment) or rows_in_doubt(
        "planned", product_id, alignment)
    if rows:
        return fact("link", None, "{product} → {outcome}: unknown whether they are linked; {rows}.",
                    rows=rows, **names)
    return fact("link", NO_LINK.label, "{product} → {outcome}: {why}.",
                why=answers.nothing_links(alignment, "there"), **names)


def _claim(link: pd.Series, alignment: Alignment) -> Fact:
    if not alignment.basis.contributions:
        return fact("claim", "primary", "Links are not loaded, so an objective counts as a "
                                        "confirmed primary link.")
    if not link["declared"]:
        return fact("claim", None, "No link is stated; only an objective leads there.")
    known = pd.notna(link["strength"])
    return fact("claim", str(link["strength"]) if known else None,
                "Stated as {strength}, {confirmed}.",
                strength=link["strength"] if known else "of unknown strength",
                row=f"{link['row']:.0f}",
                confirmed="confirmed" if link["confirmed"] else "not confirmed yet")


def _no_goal(product_id: str, alignment: Alignment) -> Fact:
    """That no objective leads to the outcome, or why that is unknown."""
    if not alignment.basis.objectives:
        return fact("goal", None, "Whether an OKR backs the link is unknown: {why}.",
                    why=alignment.portfolio.why_missing("objectives"))
    if rows := rows_in_doubt("planned", product_id, alignment):
        return fact("goal", None, "Whether an OKR backs the link is unknown: {rows}.", rows=rows)
    return fact("goal", None, "No objective of this cycle leads there, so no OKR backs the link.")


def _goals(goals: pd.DataFrame, alignment: Alignment) -> Iterator[Fact]:
    """The objectives behind a link, each with its key results."""
    if not alignment.portfolio.tracked("key_results"):
        for title in goals["title"]:
            yield fact("goal", None, "Objective “{title}”: {why}.", title=title,
                       why=alignment.portfolio.why_missing("key_results"))
        return
    for row in goals.itertuples():
        yield fact("goal", None if pd.isna(row.progress) else float(row.progress),
                   "Objective “{title}”: {measurable} of {all}, progress {progress}.",
                   title=row.title, all=row.kr_count, progress=formats.share(row.progress),
                   measurable=formats.count(row.measurable_count, "measurable key result"))


def _money(link: pd.Series, alignment: Alignment) -> Fact:
    money, currency = alignment.money, alignment.portfolio.settings.currency
    assumed = " (the split is assumed: no shares are stated)" if link["share_assumed"] else ""
    return fact("money", None if pd.isna(link["flow"]) else float(link["flow"]),
                "Spend on this link: {flow}, {share} of the product's spend for outcomes"
                f"{assumed}.", flow=formats.money(link["flow"], money.unit, currency),
                share=formats.share(link["share"]))
