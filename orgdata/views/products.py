"""What the Products page shows, as rows and sentences. No Streamlit."""

import numpy as np
import pandas as pd

from orgdata import formats
from orgdata.gaps import SEVERITIES, reminders
from orgdata.measures import Alignment
from orgdata.measures.checks import ALIGNMENT_CHECKS, CHECKS, results
from orgdata.tabular.lookup import is_in, look_up_any, matches, positions
from orgdata.tabular.select import case_when, iter_rows
from orgdata.views import answers, explain, managers, vocabulary
from orgdata.views.explain.products import is_unlinked
from orgdata.views.vocabulary import DEPENDENCY, LINK, NOT_STATED, Word

_LACKS = {  # what a check that fails lacks, by its reason
    ("owned", "nobody"): "a PM", ("owned", "several"): "one PM who decides",
    ("owned", "not_active"): "a lasting PM", ("linked", "no_link"): "a link to an outcome",
    ("linked", "unconfirmed"): "a confirmed link to an outcome",
    ("planned", "no_objective"): "an OKR for it",
    ("planned", "leads_nowhere"): "an OKR that leads to its outcome",
    ("measured", "unmeasured"): "a measurable key result for each objective",
    ("fresh", "outdated"): "recent check-ins"}
_ASKED = {"owned": "has a PM", "linked": "supports an outcome", "planned": "has an OKR for it",
          "measured": "is measurable", "fresh": "is up to date"}


def product_rows(alignment: Alignment, products: pd.DataFrame,
                 gaps: pd.DataFrame) -> pd.DataFrame:
    """Some managed products as a table shows them: those that fail a check first, of these the ones
    with the most severe gap, then by name, as on the map.

    Columns: product_id, name, pm, aligned and one column per check (states), checks (“4 of 5”),
    missing (what the checks lack, in words), bet (strategic bet and stage), role, stage, area,
    spend (missing where unknown), severity (of its most severe gap; missing where it has none),
    gaps (how many, in words), outcomes (that it supports or states).
    """
    return with_gaps(product_facts(alignment, products), alignment, products, gaps)


def product_facts(alignment: Alignment, products: pd.DataFrame) -> pd.DataFrame:
    """The columns of `product_rows` that say nothing of gaps, a row for each of the products."""
    rows = products
    states = {name: results(rows, name) for name in ("aligned", *CHECKS)}
    return pd.DataFrame({
        "product_id": rows["product_id"], "name": rows["name"],
        "pm": managers.briefly(alignment, rows["product_id"]),
        **states, "checks": _passed(rows), "missing": _missing(rows), "bet": _bet(rows),
        "role": vocabulary.roles(rows["strategic_role"]),
        "stage": rows["lifecycle_stage"].fillna(NOT_STATED),
        "area": rows["business_area"].fillna(NOT_STATED),
        "spend": rows["spend"].mask(rows["spend_unknown"]),
        "outcomes": look_up_any(rows["product_id"], _outcomes_of(alignment.links)).fillna(
            case_when(rows.index, (rows["linked_unknown"], formats.UNKNOWN), otherwise="none"))})


def with_gaps(facts: pd.DataFrame, alignment: Alignment, products: pd.DataFrame,
              gaps: pd.DataFrame) -> pd.DataFrame:
    """What `product_facts` says of these products with the gaps of each, in order."""
    fails = sum((results(products, name) == "fails").astype(int) for name in ALIGNMENT_CHECKS)
    severe, counts = gaps_by_product(alignment, gaps, products)
    severity = severe.map(dict(enumerate(reversed(SEVERITIES), 1)))
    said = [formats.count(count, "gap") if count else "" for count in counts]
    return facts.assign(
        severity=severity, gaps=said, passes=fails == 0, severe=-severe, fails=-fails).sort_values(
            ["passes", "severe", "fails", "name", "product_id"]).drop(
                columns=["passes", "severe", "fails"]).reset_index(drop=True)


def gaps_by_product(alignment: Alignment, gaps: pd.DataFrame,
                    products: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """How severe the most severe gap of each product is (4 critical … 1 low, 0 none), and how many
    gaps it has; reminders of gaps are none."""
    found = reminders.without(gaps)
    ranks = found["severity"].map({severity: len(SEVERITIES) - rank
                                   for rank, severity in enumerate(SEVERITIES)})
    pairs = products_of_gaps(alignment, found)
    at = positions(pairs["product_id"], products["product_id"])
    severe, counts = np.zeros((2, len(products)), dtype=np.int64)
    np.maximum.at(severe, at[at >= 0], ranks.reindex(pairs["gap"]).to_numpy()[at >= 0])
    np.add.at(counts, at[at >= 0], 1)
    return pd.Series(severe, products.index), pd.Series(counts, products.index)


def _missing(rows: pd.DataFrame) -> pd.Series:
    """What the checks of each product lack and leave open, in words; missing where nothing."""
    texts = [[*lacks, *(f"unknown whether it {open_}" for open_ in unknown)]
             for lacks, unknown in zip(_of_checks(rows, "fails"), _of_checks(rows, "unknown"),
                                       strict=True)]
    return pd.Series([formats.sentence_case(", ".join(parts)) or None for parts in texts],
                     rows.index, dtype="str")


def _of_checks(rows: pd.DataFrame, which: str) -> list[list[str]]:
    """For each product what the checks that fail lack, or ask where they are unknown."""
    texts: list[list[str]] = [[] for _ in rows.index]
    for check in CHECKS:
        for parts, result, reason in zip(texts, results(rows, check), rows[f"{check}_reason"],
                                         strict=True):
            if result == which:
                parts.append(_LACKS[check, reason] if which == "fails" else _ASKED[check])
    return texts


def _bet(rows: pd.DataFrame) -> pd.Series:
    """Strategic bet and lifecycle stage in one text; missing where neither is stated."""
    texts = [" · ".join(vocabulary.role(value) for value in pair if not formats.is_unknown(value))
             for pair in iter_rows(rows["strategic_role"], rows["lifecycle_stage"])]
    return pd.Series([formats.sentence_case(text) or None for text in texts], rows.index,
                     dtype="str")


def _passed(rows: pd.DataFrame) -> pd.Series:
    """How many of the checks that apply pass: “4 of 5 checks”."""
    counts = rows["checks_passed"].astype("str") + " of " + rows["checks_applicable"].astype("str")
    unknown = rows[[f"{check}_unknown" for check in CHECKS]].sum(axis=1)
    counts = counts.where(unknown == 0, counts + ", " + unknown.astype("str") + " unknown")
    return counts.where(rows["checks_applicable"] > 0, "none applies")


def _outcomes_of(links: pd.DataFrame) -> pd.Series:
    order = links.assign(by=vocabulary.rank(links["state"], LINK)).sort_values(
        ["by", "outcome_name"])
    return order.groupby("product_id", sort=False)["outcome_name"].agg(
        lambda names: formats.listed(list(names))).astype("str")


def outcomes_served(alignment: Alignment, product_id: str) -> pd.DataFrame:
    """The outcomes behind one product. Columns: outcome_id, name, state, strength (in words),
    weight (percent, missing where not stated), share (percent) and spend of the product's money,
    rationale."""
    links = alignment.links[alignment.links["product_id"] == product_id]
    rationales = alignment.portfolio["contributions"]
    rationales = rationales.loc[rationales["product_id"] == product_id,
                                ["outcome_id", "rationale"]]
    rows = links.merge(alignment.outcomes[["outcome_id", "weight"]], on="outcome_id").merge(
        rationales, on="outcome_id", how="left")
    rows = rows.assign(by=vocabulary.rank(rows["state"], LINK)).sort_values(
        ["by", "outcome_name"]).reset_index(drop=True)
    stated = alignment.basis.stated_weights
    known = np.nan if alignment.money.unit == "count" else 1.0  # products that are counted
    return pd.DataFrame({
        "outcome_id": rows["outcome_id"], "name": rows["outcome_name"],
        "state": rows["state"], "strength": rows["strength"].fillna(NOT_STATED),
        "weight": formats.percentages(rows["weight"] if stated else rows["weight"] * np.nan),
        "share": formats.parts(rows["share"] * known), "spend": rows["flow"] * known,
        "rationale": rows["rationale"]})


def check_rows(alignment: Alignment, product_id: str) -> pd.DataFrame:
    """The five checks of one product. Columns: check (its label), result (state), why (with the
    numbers)."""
    row = alignment.products[alignment.products["product_id"] == product_id].iloc[0]
    checks = explain.product(row, alignment).checks
    return pd.DataFrame({
        "check": [formats.sentence_case(vocabulary.CHECK[check.name].label) for check in checks],
        "result": [str(check.result) for check in checks],
        "why": [f"{formats.sentence_case(check.words)}." for check in checks]})


def verdict(alignment: Alignment, product_id: str) -> tuple[Word, str]:
    """Whether one product is aligned, and how many of its checks pass and what they lack."""
    row = alignment.products[alignment.products["product_id"] == product_id]
    explained = explain.product(row.iloc[0], alignment)
    (lacks,), (unknown,) = (_of_checks(row, which) for which in ("fails", "unknown"))
    says = [explained.verdict, f"Missing: {', '.join(lacks)}." if lacks else "",
            f"Unknown whether it {formats.listed(unknown, most=len(unknown))}." if unknown else ""]
    return vocabulary.ALIGNED[explained.state], " ".join(filter(None, says))


def without_outcome(alignment: Alignment, product_id: str) -> str:
    """That one product is linked to no outcome, or why that is unknown."""
    row = alignment.products[alignment.products["product_id"] == product_id].iloc[0]
    if row["linked_unknown"] or not alignment.basis.links:
        linked, = (check for check in explain.product(row, alignment).checks
                   if check.name == "linked")
        return f"{formats.sentence_case(linked.words)}."
    none = "None yet" if is_unlinked(product_id, alignment) else "None known"
    return f"{none}: {answers.nothing_links(alignment)}."


def checks_legend(alignment: Alignment) -> str:
    """What the symbols of checks mean, and which of the checks decide on alignment."""
    basis = alignment.basis
    loaded = basis.assignments and basis.links and basis.proof and basis.check_ins
    not_loaded = "" if loaded else " A check of what is not loaded does not apply."
    symbols = " · ".join(map(str, vocabulary.CHECKED.values()))
    return (f"{symbols}.{not_loaded} Up to date is for information; the other four decide "
            "alignment.")


def dependency_rows(alignment: Alignment, product_id: str, column: str) -> pd.DataFrame:
    """Dependencies of one product: what it needs (`product_id`) or what others need of it
    (`needs_product_id`), what needs a look first. Columns: product_id and product (the other
    side), what, needed_by, state."""
    rows = alignment.portfolio["dependencies"]
    rows = rows[rows[column] == product_id]
    other = rows["product_id" if column == "needs_product_id" else "needs_product_id"]
    names = alignment.portfolio["products"].set_index("product_id")["name"]
    done = rows["done_on"] <= alignment.as_of
    agreed = rows["agreed"].fillna(False).astype(bool)
    overdue = rows["needed_by"] < alignment.as_of
    state = case_when(
        rows.index, (done, "delivered"), (agreed & overdue, "agreed_late"), (agreed, "agreed"),
        (overdue, "not_agreed_late"), otherwise="not_agreed")
    return pd.DataFrame({
        "product_id": other, "product": look_up_any(other, names).fillna(other),
        "what": rows["what"].fillna("not said"), "needed_by": rows["needed_by"].dt.date,
        "state": state, "by": vocabulary.rank(state, DEPENDENCY)}).sort_values(
            ["by", "product"]).drop(columns="by").reset_index(drop=True)


def gaps_of(alignment: Alignment, gaps: pd.DataFrame, product_ids: pd.Series) -> pd.DataFrame:
    """Gaps of some products, their objectives, key results, dependencies, roadblocks and
    expectations."""
    pairs = products_of_gaps(alignment, gaps)
    return gaps[gaps.index.isin(pairs.loc[is_in(pairs["product_id"], product_ids), "gap"])]


def products_of_gaps(alignment: Alignment, gaps: pd.DataFrame) -> pd.DataFrame:
    """Which gaps belong to which products: columns gap (the index of the gap) and product_id."""
    tables = alignment.portfolio
    named: dict[str, pd.DataFrame] = {
        "objective_id": alignment.all_objectives, "kr_id": alignment.key_results,
        "dependency_id": tables["dependencies"], "roadblock_id": tables["roadblocks"],
        "expectation_id": tables["expectations"]}
    pairs = []
    for column in ("product_id", "other_product_id", *named):
        ids = gaps[column].dropna().astype("str")
        gap, of = ids.index.to_numpy(), ids
        if len(ids) and column in named:
            rows = named[column][is_in(named[column][column], ids)]
            if column in ("objective_id", "kr_id"):
                rows = alignment.products_of(rows, column).rename(columns={"id": column})
            at, place = matches(ids, rows[column])
            gap, of = gap[at], rows["product_id"].take(place)
        pairs.append(pd.DataFrame({"gap": gap, "product_id": of.array}))
    return pd.concat(pairs).dropna().drop_duplicates(ignore_index=True)


def facts(row: pd.Series, alignment: Alignment) -> str:
    """Who is accountable, role, stage, area and spend, in one line."""
    money = alignment.money
    who = managers.of(row)
    who = (f"PM {who}" if pd.notna(row["pm_names"]) else
           "Assignments are not loaded" if who == managers.NOT_LOADED else who)
    parts = [who, *(f"{name} {vocabulary.role(row[column])}" for name, column in (
        ("bet:", "strategic_role"), ("stage:", "lifecycle_stage"), ("area:", "business_area"))
        if pd.notna(row[column]))]
    if money.unit != "count":
        parts.append("spend unknown" if row["spend_unknown"] else "spend " + formats.money(
            row["spend"], money.unit, alignment.portfolio.settings.currency))
    return " · ".join(parts)
