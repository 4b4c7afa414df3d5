"""An outcome explained, and each cell of the matrix. METHOD sections 3 and 5."""

import pandas as pd

from orgdata import formats
from orgdata.measures import Alignment
from orgdata.measures.links import STATES
from orgdata.views.explain.words import part


def outcome(row: pd.Series, alignment: Alignment) -> list[str]:
    """Coverage of an outcome, its weight and its money, with its own numbers. METHOD §3, §5."""
    links = alignment.links[alignment.links["outcome_id"] == row["outcome_id"]]
    states = links["state"].value_counts()
    served = ", ".join(f"{states[state]:,} {state}" for state in STATES if state in states)
    served = f"links: {served}" if served else "nothing links to it"
    coverage = "unknown" if pd.isna(row["coverage"]) else row["coverage"]
    lacks = f"; the closest product lacks {row['lacks']}" if pd.notna(row["lacks"]) else ""
    assumed = " (assumed)" if row["weight_assumed"] else ""
    money, currency = alignment.money, alignment.portfolio.settings.currency
    lines = [f"“{row['name']}” is {coverage}; {served}{lacks}.",
             f"Weight {part(row['weight'])}{assumed}."]
    if pd.notna(row["spend_share"]):
        lines.append(
            f"{part(row['spend_share'])} of the money goes there = "
            f"{formats.money(row['spend'], money.unit, currency)} of "
            f"{formats.money(money.total, money.unit, currency)}.")
    return lines


def cell(product_id: str, outcome_id: str, alignment: Alignment) -> list[str]:
    """One cell of the matrix: the claim, the goals that would prove it, money and people."""
    products, outcomes = alignment.products, alignment.outcomes
    one = products[products["product_id"] == product_id].iloc[0]
    name = outcomes.loc[outcomes["outcome_id"] == outcome_id, "name"].iloc[0]
    links = alignment.links
    found = links[(links["product_id"] == product_id) & (links["outcome_id"] == outcome_id)]
    who = f"Accountable: {one['pm_names']}." if pd.notna(one["pm_names"]) else (
        "Nobody is accountable for the product.")
    if not len(found):
        return [f"{one['name']} → {name}: nothing is declared, and no goal leads there.", who]
    link = found.iloc[0]
    goals = alignment.objectives[(alignment.objectives["product_id"] == product_id)
                                 & (alignment.objectives["sight"] == outcome_id)]
    return [f"{one['name']} → {name}: {link['state']}.", _claim(link, alignment),
            *_goals(goals), _money(link, alignment), who]


def _claim(link: pd.Series, alignment: Alignment) -> str:
    if not alignment.basis.contributions:
        return "Contributions are not loaded, so a goal stands for a confirmed primary link."
    if not link["declared"]:
        return "Nothing is declared in contributions; only a goal leads there."
    strength = "of unknown strength" if pd.isna(link["strength"]) else link["strength"]
    confirmed = "confirmed" if link["confirmed"] else "not confirmed yet"
    return f"Declared as {strength} (contributions row {link['row']:.0f}), {confirmed}."


def _goals(goals: pd.DataFrame) -> list[str]:
    if not len(goals):
        return ["No goal of this cycle leads there, so the link is not proven."]
    return [f"Goal “{row.title}”: {formats.count(row.measurable_count, 'measurable key result')} "
            f"of {row.kr_count}, progress {formats.share(row.progress)}."
            for row in goals.itertuples()]


def _money(link: pd.Series, alignment: Alignment) -> str:
    money, currency = alignment.money, alignment.portfolio.settings.currency
    assumed = " (the split is assumed: no shares are stated)" if link["share_assumed"] else ""
    return (f"Money over this link: {formats.money(link['flow'], money.unit, currency)} = "
            f"{formats.share(link['share'])} of the product's money for outcomes{assumed}.")
