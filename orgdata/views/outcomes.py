"""What the Outcomes page shows, as rows and sentences. No Streamlit."""

import numpy as np
import pandas as pd

from orgdata import formats
from orgdata.measures import Alignment
from orgdata.measures.checks import check_result
from orgdata.tabular.lookup import is_word, look_up_any
from orgdata.tabular.select import case_when, iter_rows
from orgdata.views import answers, managers, vocabulary
from orgdata.views.key_results import on_pace, pace_words
from orgdata.views.money import why_unknown
from orgdata.views.vocabulary import COVERAGE, LINK, NOT_STATED

UNLINKED = formats.sentence_case(vocabulary.UNLINKED)
SHORT = 60  # characters of a name in a sentence
_MARKS = r"[\s_.,;:!?'\"’‘“”„´`()\[\]/–—-]+(?!\d)"  # -5 and 1.5 are no 5 and no 15
MOST_BARS = 15  # more outcomes than this share one bar
_MONEY = {"annual_spend": "spend", "fte": "FTE", "count": "products"}
_STRENGTH_ORDER = {"primary": 0, "supporting": 1, "weak": 2}


def outcome_rows(alignment: Alignment) -> pd.DataFrame:
    """Active outcomes as a table shows them, in their order.

    Columns: outcome_id, name, tier, weight, coverage (state), served_by, lacks, spend_share,
    on_pace (in words), owner, whose (tier and owner in words).
    """
    rows = heaviest_first(alignment.outcomes)
    ids = rows["outcome_id"]
    return pd.DataFrame({
        "outcome_id": ids, "name": rows["name"],
        "tier": rows["tier"].fillna(pd.Series(np.where(rows["tier1"], 1.0, np.nan),
                                              rows.index)),  # whole, unless somebody wrote 1.5
        "weight": formats.parts(_stated(rows["weight"], alignment)),
        "coverage": rows["coverage"],
        "served_by": look_up_any(ids, served_by(alignment)).fillna(case_when(
            rows.index, (is_word(rows["coverage"], "uncovered"), "no product"),
            otherwise=formats.UNKNOWN)),
        "lacks": rows["lacks"].fillna(""),
        "spend_share": shares(rows, alignment)[:-1],
        "on_pace": look_up_any(ids, pace_words(on_pace(alignment.key_results.merge(
            alignment.sights[["objective_id", "outcome_id"]], on="objective_id"),
            "outcome_id"))).fillna("no key result"),
        "owner": rows["owner_name"].fillna("not named"),
        "whose": [" · ".join(filter(None, (
            "tier 1" if tier1 else "", "" if formats.is_unknown(owner) else f"owner {owner}")))
            for tier1, owner in iter_rows(rows["tier1"], rows["owner_name"])]})


def served_by(alignment: Alignment) -> pd.Series:
    """The products behind each outcome in one text, the strongest first; indexed by outcome."""
    links = _in_order(alignment.links)
    return links.groupby("outcome_id", sort=False)["product_name"].agg(
        lambda names: formats.listed(list(names))).astype("str")


def products_serving(alignment: Alignment, outcome_id: str) -> pd.DataFrame:
    """The products behind one outcome: who, how (state, strength), with how much money.

    Columns: product_id, name, pm, state (of the link), strength (in words), spend, share (percent
    of the product's money), aligned (state), assumed (the share is no stated one), rationale.
    """
    links = alignment.links
    links = _in_order(links[links["outcome_id"] == outcome_id]).merge(
        alignment.products[["product_id", "aligned"]], on="product_id").merge(
            alignment.portfolio["contributions"][["product_id", "outcome_id", "rationale"]],
            on=["product_id", "outcome_id"], how="left")
    known = np.nan if alignment.money.unit == "count" else 1.0  # products that are counted
    return pd.DataFrame({
        "product_id": links["product_id"], "name": links["product_name"],
        "pm": managers.shown(alignment, links["product_id"]),
        "state": links["state"], "strength": links["strength"].fillna(NOT_STATED),
        "spend": links["flow"] * known, "share": formats.percentages(links["share"] * known),
        "aligned": links["aligned"].map(check_result, na_action=None).astype("str"),
        "assumed": links["share_assumed"], "rationale": links["rationale"]})


def money_table(alignment: Alignment) -> pd.DataFrame:
    """`money_rows` as a table: every outcome in its own row, shares and weights in percent."""
    rows = money_rows(alignment, most=None)
    return rows.assign(weight=rows["weight_pct"], share=rows["share_pct"])


def money_rows(alignment: Alignment, most: int | None = MOST_BARS) -> pd.DataFrame:
    """Share of the money and stated weight (0–1; missing where not stated) of each outcome, and
    a last row for money tied to none. Columns: name, coverage (missing where a row is not one
    outcome), weight, share, money, weight_pct and share_pct (percentages that add up). Most money
    first; more than `most` outcomes share one row."""
    money = alignment.money
    if money.linked is None or money.total is None:
        return pd.DataFrame({"name": [], "coverage": [], "weight": [], "share": [], "money": [],
                             "weight_pct": [], "share_pct": []})
    rows = alignment.outcomes.sort_values(["spend_share", "name"], ascending=[False, True])
    listed = pd.DataFrame({
        "name": rows["name"], "coverage": rows["coverage"],
        "weight": _stated(rows["weight"], alignment),
        "share": rows["spend_share"], "money": rows["spend"]})
    unlinked = money.unlinked or 0.0
    last = pd.DataFrame({"name": [UNLINKED], "money": [unlinked],
                         "weight": [0.0 if alignment.basis.stated_weights else np.nan],
                         "share": [unlinked / money.total]})
    rows = pd.concat([_largest(listed, most), last], ignore_index=True)
    return rows.assign(weight_pct=formats.parts(rows["weight"]),
                       share_pct=formats.parts(rows["share"]))


def heaviest_first(outcomes: pd.DataFrame) -> pd.DataFrame:
    """Outcomes, the heaviest first, of equal ones the least covered, then that with most money."""
    return outcomes.assign(
        heavy=outcomes["weight"].round(9), most=known_shares(outcomes),
        by=vocabulary.rank(outcomes["coverage"], COVERAGE)).sort_values(
            ["heavy", "by", "most", "name"], ascending=[False, True, False, True]
        ).drop(columns=["heavy", "most", "by"]).reset_index(drop=True)


def _stated(weights: pd.Series, alignment: Alignment) -> pd.Series:
    """Weights, missing where none is stated."""
    return weights if alignment.basis.stated_weights else weights * np.nan


def shares(outcomes: pd.DataFrame, alignment: Alignment) -> pd.Series:
    """Shares of the money in percent, that of money tied to none last."""
    money = alignment.money
    unlinked = money.unlinked / money.total if money.unlinked is not None and money.total else (
        np.nan)
    return formats.parts(pd.Series([*known_shares(outcomes), unlinked], dtype=float))


def known_shares(outcomes: pd.DataFrame) -> pd.Series:
    """The share of the money that goes to each outcome; missing where none is known to, and rows
    that may say so were skipped."""
    return outcomes["spend_share"].mask(
        is_word(outcomes["coverage"], "unknown") & (outcomes["spend_share"] == 0))


def _largest(rows: pd.DataFrame, most: int | None) -> pd.DataFrame:
    """The outcomes with the most money, and one row for all the others where there are many."""
    if most is None or len(rows) <= most:
        return rows
    rest = rows.iloc[most - 1:]
    others = {"name": f"{len(rest):,} others", **rest[["weight", "share", "money"]].sum(
        min_count=1)}
    return pd.concat([rows.head(most - 1), pd.DataFrame([others])], ignore_index=True)


def lacks(rows: pd.DataFrame) -> pd.Series:
    """What keeps outcomes (`outcome_rows`) from being covered: of those on which no product works
    that is a product."""
    return rows["lacks"].where(rows["coverage"] != "uncovered", "a product")


def money_sentence(alignment: Alignment) -> str:
    """How much money reaches an outcome and fits the stated weights; or why that is unknown."""
    money, currency = alignment.money, alignment.portfolio.settings.currency
    if money.linked is None or money.total is None:
        why = why_unknown(alignment) or "nothing loaded links products to outcomes"
        return f"We cannot tell yet where the spend goes: {why}."
    linked = formats.money(money.linked, money.unit, currency)
    sentences = [f"{linked} of {formats.money(money.total, money.unit, currency)} "
                 f"({formats.share(money.linked / money.total)}) reach an outcome"
                 + ("; no spend is loaded, so people (FTE) count instead."
                    if money.unit == "fte" else ".")]
    fit = alignment.headlines.strategy_spend_fit_pct
    if fit is not None:
        sentences.append(f"{formats.percent(fit)} of all {_MONEY[money.unit]} for outcomes is "
                         "where the weights put it.")
    elif not alignment.basis.stated_weights:
        sentences.append(f"Weights are not stated, so only the {_MONEY[money.unit]} "
                         f"{'are' if money.unit == 'fte' else 'is'} shown. Say how much each "
                         "outcome weighs to compare that with the strategy.")
    if money.unknown_spend:
        sentences.append(f"{formats.count(money.unknown_spend, 'product')} without a known spend "
                         f"{'counts' if money.unknown_spend == 1 else 'count'} as 0.")
    return " ".join(sentences)


def metric_sentence(row: pd.Series) -> str:
    """The metric of an outcome: baseline → current → target, and how far along it is."""
    if formats.is_unknown(row["metric"]) and formats.is_unknown(row["target"]):
        return ""
    name = "Its metric" if formats.is_unknown(row["metric"]) else str(row["metric"])
    way = formats.steps([row["baseline"], row["current"], row["target"]], row["unit"])
    text = f"{name}: {way} (start, now, target)"
    if not formats.is_unknown(row["progress"]):
        text += f", {formats.share(row['progress'])} of the way"
    due = "" if formats.is_unknown(row["due_date"]) else f", due {formats.day(row['due_date'])}"
    return text + due + "."


def _in_order(links: pd.DataFrame) -> pd.DataFrame:
    """Links with the best proven and strongest first, then by name."""
    return links.assign(
        by_state=vocabulary.rank(links["state"], LINK),
        by_strength=links["strength"].map(_STRENGTH_ORDER).fillna(3)).sort_values(
            ["by_state", "by_strength", "product_name"]).reset_index(drop=True)


def alike_sentence(alignment: Alignment) -> str:
    """Which outcomes have names that differ in nothing but punctuation, spaces or capitals, as
    those of an outcome that was typed twice; "" where none have."""
    names = pd.Series(alignment.outcomes["name"].dropna().unique(), dtype="str")
    letters = names.str.normalize("NFKC").str.casefold().str.replace(_MARKS, "", regex=True)
    alike = names[letters.duplicated(keep=False) & (letters != "")]
    if not len(alike):
        return ""
    first, second = alike[letters == letters[alike.index[0]]].head(2)
    more = len(alike) - 2
    return (f"“{first}” and “{second}” differ in nothing but punctuation, spaces or capitals"
            + (f", and so {'do' if more > 1 else 'does'} {formats.count(more, 'other name')}"
               if more else "")
            + ". If they mean the same, make one outcome of them where outcomes are kept: until "
              "then each counts by itself.")


def sentence(alignment: Alignment) -> str:
    """The answer of the Outcomes page: how many are covered, which are thin, which unserved."""
    outcomes = alignment.outcomes.sort_values(["weight", "name"], ascending=[False, True])
    if outcomes["coverage"].isna().any():
        return ("We cannot tell yet which products work on the "
                f"{formats.count(len(outcomes), 'outcome')}: nothing loaded links products to "
                "outcomes.")
    names = {state: outcomes.loc[outcomes["coverage"] == state, "name"].tolist()
             for state in COVERAGE}
    stated = "" if alignment.basis.proof or names["covered"] else (
        f"stated; proof needs {answers.lacks_for_proof(alignment)}")
    counted = len(names["stated" if stated else "covered"])
    parts = [f"{counted:,} of {formats.count(len(outcomes), 'outcome')} "
             f"{'is' if counted == 1 else 'are'} {stated or 'covered'}."]
    if names["thin"]:
        parts.append(f"Weak: {_named(names['thin'])}.")
    if names["uncovered"]:
        parts.append(f"No product works on {_named(names['uncovered'])}.")
    if names["unknown"]:
        it = "it" if len(names["unknown"]) == 1 else "them"
        parts.append(f"Unknown: {_named(names['unknown'])}; rows that may support {it} were "
                     "skipped.")
    return " ".join(parts)


def _named(names: list[str]) -> str:
    """A few outcomes by name, long names shortened; many are counted."""
    return answers.few([f"“{formats.clipped(name, SHORT)}”" for name in names], "outcomes", most=2)
