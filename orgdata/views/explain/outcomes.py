"""An outcome explained, and each cell of the matrix. METHOD sections 3 and 5."""

from collections.abc import Iterator

import pandas as pd

from orgdata import formats
from orgdata.measures import Alignment
from orgdata.views import not_judged
from orgdata.views.explain.explanation import Explanation, Fact, fact
from orgdata.views.vocabulary import COVERAGE, LINK, NO_LINK, UNKNOWN, in_order, part


def outcome(row: pd.Series, alignment: Alignment) -> Explanation:
    """Coverage of an outcome, its weight and its money, with its own numbers. METHOD §3, §5."""
    weight = fact("weight", float(row["weight"]),
                  "Weight {weight} (assumed)." if row["weight_assumed"] else "Weight {weight}.",
                  weight=part(row["weight"])) if alignment.basis.stated_weights else fact(
                      "weight", None, "Weight not stated.")
    return Explanation((_coverage(row, alignment), weight, *_spend(row, alignment)))


def _coverage(row: pd.Series, alignment: Alignment) -> Fact:
    links = alignment.links[alignment.links["outcome_id"] == row["outcome_id"]]
    states = links["state"].value_counts()
    served = ", ".join(f"{states[state]:,} {state}" for state in in_order(LINK) if state in states)
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
    return fact("coverage", coverage, "“{name}” is {coverage}; {served}; the closest product lacks "
                "{lacks}.", lacks=row["lacks"], **inputs)


def _spend(row: pd.Series, alignment: Alignment) -> Iterator[Fact]:
    money, currency = alignment.money, alignment.portfolio.settings.currency
    if pd.notna(row["spend_share"]):
        yield fact("spend_share", float(row["spend_share"]),
                   "{share} of the money goes there = {spend} of {total}.",
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
    managers = product["pm_names"]
    who = fact("accountable", str(managers), "Accountable: {who}.", who=managers) if (
        pd.notna(managers)) else fact(
            "accountable", None, "Nobody is accountable for the product.")
    if not len(link_rows):
        return Explanation((fact("link", NO_LINK.label, "{product} → {outcome}: nothing is "
                                 "declared, and no goal leads there.", **names), who))
    link = link_rows.iloc[0]
    goals = alignment.of_outcome(outcome_id, "objectives")[["objective_id", "title", "progress"]]
    goals = goals.merge(alignment.pursued[alignment.pursued["product_id"] == product_id],
                        on="objective_id")
    state = fact("link", str(link["state"]), "{product} → {outcome}: {state}.",
                 state=link["state"], **names)
    money = () if alignment.money.unit == "count" else (_money(link, alignment),)
    return Explanation((state, _claim(link, alignment), *_goals(goals), *money, who))


def _claim(link: pd.Series, alignment: Alignment) -> Fact:
    if not alignment.basis.contributions:
        return fact("claim", "primary", "Contributions are not loaded, so a goal stands for a "
                    "confirmed primary link.")
    if not link["declared"]:
        return fact("claim", None, "Nothing is declared in contributions; only a goal leads there.")
    known = pd.notna(link["strength"])
    return fact("claim", str(link["strength"]) if known else None,
                "Declared as {strength} (contributions row {row}), {confirmed}.",
                strength=link["strength"] if known else "of unknown strength",
                row=f"{link['row']:.0f}",
                confirmed="confirmed" if link["confirmed"] else "not confirmed yet")


def _goals(goals: pd.DataFrame) -> Iterator[Fact]:
    if not len(goals):
        yield fact("goal", None, "No goal of this cycle leads there, so the link is not proven.")
    for row in goals.itertuples():
        yield fact("goal", None if pd.isna(row.progress) else float(row.progress),
                   "Goal “{title}”: {measurable} of {all}, progress {progress}.", title=row.title,
                   measurable=formats.count(row.measurable_count, "measurable key result"),
                   all=row.kr_count, progress=formats.share(row.progress))


def _money(link: pd.Series, alignment: Alignment) -> Fact:
    money, currency = alignment.money, alignment.portfolio.settings.currency
    assumed = " (the split is assumed: no shares are stated)" if link["share_assumed"] else ""
    return fact("money", None if pd.isna(link["flow"]) else float(link["flow"]),
                "Money over this link: {flow} = {share} of the product's money for outcomes"
                f"{assumed}.", flow=formats.money(link["flow"], money.unit, currency),
                share=formats.share(link["share"]))
