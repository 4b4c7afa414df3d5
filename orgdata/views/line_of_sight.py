"""The chain from a person to a company outcome, and what is lost without a product."""

from textwrap import wrap
from typing import Any, NamedTuple

import pandas as pd

from orgdata import formats
from orgdata.formats import plain
from orgdata.measures import Alignment
from orgdata.measures.outcomes import with_coverage
from orgdata.tabular.lookup import is_in
from orgdata.views import answers, palette
from orgdata.views.vocabulary import COVERAGE

NOBODY = "nobody else"
MOST_PATHS = 50  # of a product that are drawn and written out; a table has all
MOST_MANAGERS = 20  # of a product that are drawn


def coverage_without(alignment: Alignment, product_id: str) -> pd.DataFrame:
    """Coverage of the outcomes that a product links to, with the product and without it.

    Without it, coverage is measured again from the links of all other products. Columns:
    outcome_id, name, weight, tier1, coverage, without (states), falls (it would be worse), others
    (names of the other products behind it), others_count.
    """
    links, products = alignment.links, alignment.products
    outcome_ids = links.loc[links["product_id"] == product_id, "outcome_id"]
    outcomes = alignment.outcomes[is_in(alignment.outcomes["outcome_id"], outcome_ids)]
    other_links = links[links["product_id"] != product_id]
    without = with_coverage(outcomes, other_links, products[products["product_id"] != product_id],
                         alignment.doubts)
    names = other_links.sort_values("product_name").groupby("outcome_id")["product_name"].agg(list)
    others = [names.get(outcome_id, []) for outcome_id in outcomes["outcome_id"]]
    return pd.DataFrame({
        "outcome_id": outcomes["outcome_id"], "name": outcomes["name"],
        "weight": outcomes["weight"], "tier1": outcomes["tier1"],
        "coverage": outcomes["coverage"], "without": without["coverage"],
        "falls": outcomes["coverage"] != without["coverage"],
        "others": [formats.listed(other_names, most=4) or NOBODY for other_names in others],
        "others_count": [len(other_names) for other_names in others]}).sort_values(
            ["weight", "name"], ascending=[False, True]).reset_index(drop=True)


def why_lines(rows: pd.DataFrame, weights_stated: bool) -> list[str]:
    """One sentence per outcome of `coverage_without`: its weight, who else serves it, and what
    would become of it without this product."""
    def line(row: Any) -> str:
        weight = f"weighs {formats.share(row.weight)} in the strategy" if weights_stated else (
            "is one of the company outcomes")
        tier = " (tier 1)" if row.tier1 else ""
        lost = (f"without this product it would be {COVERAGE[row.without].label}" if row.falls
                else "its coverage would stay as it is without this product")
        return f"“{row.name}”{tier} {weight}. {_others(row)}; {lost}."
    return [line(row) for row in rows.itertuples(index=False)]


def _others(row: Any) -> str:
    if not row.others_count:
        return "No other product supports it"
    return f"{row.others} {'supports' if row.others_count == 1 else 'support'} it too"


class MissingSteps(NamedTuple):
    """What stands in a chain in place of an objective, and of an outcome, that is not there."""

    objective: str
    outcome: str


def missing_steps(alignment: Alignment) -> MissingSteps:
    """That a step of the chain is not there yet, or why it is unknown."""
    portfolio = alignment.portfolio
    unlinked = [table for table in ("outcomes", "contributions") if not portfolio.tracked(table)]
    return MissingSteps(
        "No objective yet" if alignment.basis.objectives else
        answers.unknown_because(portfolio, "objectives").rstrip("."),
        answers.unknown_because(portfolio, *unlinked).rstrip(".")
        if not alignment.basis.links and unlinked else "No outcome yet")


def chain(alignment: Alignment, product_id: str) -> pd.DataFrame:
    """Every path from a product to an outcome, one row each; an empty row where there is none.

    Columns: objective (missing where a link has no objective behind it), objective_id, outcome
    (missing where the objective has no line of sight), outcome_id, state (of the link).
    """
    links = alignment.links[alignment.links["product_id"] == product_id]
    goals = alignment.of_product(product_id, "objectives")[["objective_id", "title"]]
    paths = goals.merge(
        alignment.sights[["objective_id", "outcome_id", "outcome_name"]], on="objective_id",
        how="left").merge(links[["outcome_id", "state"]], on="outcome_id", how="left")
    paths = paths.assign(outcome=paths["outcome_name"])
    without_objective = links[~links["goal"]].assign(objective_id=None, title=None)
    without_objective = without_objective.assign(outcome=without_objective["outcome_name"])
    columns = ["objective_id", "title", "outcome_id", "outcome", "state"]
    parts = [part[columns].astype("str") for part in (paths, without_objective) if len(part)]
    if not parts:
        return pd.DataFrame([[None] * 5], dtype="str", columns=[
            "objective_id", "objective", "outcome_id", "outcome", "state"])
    return pd.concat(parts, ignore_index=True).rename(columns={"title": "objective"}).sort_values(
        ["outcome", "objective"], na_position="last").reset_index(drop=True)


def path_lines(alignment: Alignment, product_id: str) -> list[str]:
    """The chain as text, one line for each of the first paths: “Ada Park → Checkout → … → …”."""
    row = alignment.products[alignment.products["product_id"] == product_id].iloc[0]
    who = [] if pd.isna(row["pm_names"]) else [str(row["pm_names"])]
    missing_names = missing_steps(alignment)
    return [" → ".join([*who, str(row["name"]), *(
        missing if pd.isna(name) else str(name) for name, missing in (
            (path.objective, missing_names.objective), (path.outcome, missing_names.outcome)))])
        for path in chain(alignment, product_id).head(MOST_PATHS).itertuples()]


def dot(alignment: Alignment, product_id: str, dark: bool = False) -> str:
    """The chain as a picture in the DOT language; dashed is what is missing or not confirmed."""
    paper = palette.DARK if dark else palette.LIGHT
    row = alignment.products[alignment.products["product_id"] == product_id].iloc[0]
    present = f'fillcolor="{paper.fill}"'
    absent = f'fillcolor="{paper.ground}" style="rounded,filled,dashed"'
    lines = [f'product [label={_label(row["name"])} {present} penwidth=2.5]']
    managers = _managers(alignment, product_id)
    if (left := len(managers) - MOST_MANAGERS) > 0:
        managers[MOST_MANAGERS:] = [f"{left:,} more people"]
    for i, name in enumerate(managers):
        lines += [f'pm{i} [label={_label(name)} shape=ellipse {present}]', f"pm{i} -> product"]
    if pd.isna(row["pm_names"]) and alignment.basis.assignments:
        lines += [f'pm [label={_label("No PM assigned")} shape=ellipse {absent}]',
                  "pm -> product [style=dashed]"]
    paths, missing = chain(alignment, product_id), missing_steps(alignment)
    for i, path in enumerate(paths.head(MOST_PATHS).itertuples()):
        dashed = " [style=dashed]" if path.state != "proven" else ""
        if pd.isna(path.outcome):
            end, node = f"none{i}", f"label={_label(missing.outcome)} {absent}"
        else:
            end, node = _quoted("o:" + path.outcome_id), f"label={_label(path.outcome)} {present}"
        goal, label = f"j{i}", missing.objective if pd.isna(path.objective) else path.objective
        style = absent if pd.isna(path.objective) else present
        lines += [f"{end} [{node} shape=box penwidth=1.5]",
                  f"{goal} [label={_label(label)} {style}]",
                  f"product -> {goal}{dashed if pd.isna(path.objective) else ''}",
                  f"{goal} -> {end}{dashed}"]
    if (left := len(paths) - MOST_PATHS) > 0:
        lines += [f'more [label={_label(f"{left:,} more paths")} {absent}]', "product -> more"]
    body = ";\n".join(lines)
    return (f'digraph {{ bgcolor="transparent"; rankdir=TB; nodesep=0.25; ranksep=0.35;\n'
            f'node [shape=box style="rounded,filled" fontname="Helvetica" fontsize=13 '
            f'fontcolor="{paper.ink}" color="{paper.outline}" margin="0.18,0.1"];\n'
            f'edge [color="{paper.outline}" arrowsize=0.7];\n{body} }}')


def _managers(alignment: Alignment, product_id: str) -> list[str]:
    rows = alignment.managers
    return sorted(rows.loc[rows["product_id"] == product_id, "person_name"])


def _label(text: str, width: int = 24, most: int = 3) -> str:
    lines = wrap(" ".join(plain(text).split()), width) or [""]
    if len(lines) > most:
        lines = [*lines[:most - 1], lines[most - 1] + " …"]
    return '"' + "\\n".join(_escaped(line) for line in lines) + '"'


def _quoted(text: str) -> str:
    return f'"{_escaped(text)}"'


def _escaped(text: str) -> str:
    """Text inside a quoted DOT string; & would start an entity."""
    return plain(text).replace("\\", "\\\\").replace('"', '\\"').replace("&", "&amp;")
