"""The headlines of a portfolio, each with its formula in words and rows that add up to it."""

from dataclasses import replace

import numpy as np
import pandas as pd

from orgdata import formats
from orgdata.gaps import RULES, SEVERITIES, Gaps, reminders
from orgdata.measures import Alignment
from orgdata.measures.checks import CHECKS
from orgdata.measures.outcomes import CREDIT
from orgdata.model import labels
from orgdata.views import answers, managers
from orgdata.views.explain import corrected
from orgdata.views.headline import FIELDS, Headline
from orgdata.views.money import why_unknown
from orgdata.views.vocabulary import CHECK, COVERAGE, LINK, UNLINKED, marked

_NOTHING = 1e-9  # of all money: what is left of it by rounding


def headlines(alignment: Alignment, gaps: Gaps) -> list[Headline]:
    """All headlines, in the order of the page."""
    return with_corrections(alignment, [*of_measures(alignment), *of_gaps(gaps)])


def of_measures(alignment: Alignment) -> list[Headline]:
    """The headlines of what was measured."""
    return [_aligned(alignment), _coverage(alignment), _spend(alignment, proven=True),
            _spend(alignment, proven=False), _fit(alignment)]


def of_gaps(gaps: Gaps) -> list[Headline]:
    """The headlines of what was found in it."""
    return [_gaps(gaps), _evidence(gaps)]


def with_corrections(alignment: Alignment, found: list[Headline]) -> list[Headline]:
    """Headlines whose formulas say how much of them is corrected; not of what is unknown."""
    made = corrected.of_all(alignment.portfolio)
    return [replace(one, formula=f"{one.formula} {made}") if one.total is not None else one
            for one in found] if made else found


def _aligned(alignment: Alignment) -> Headline:
    counts, products = alignment.headlines, alignment.products
    if counts.checkable_products and not alignment.basis.proof:
        return _passing(alignment)
    assessed = products[products["aligned"].notna()]
    rows = pd.DataFrame({"product": assessed["name"],
                         "product managers": managers.shown(alignment, assessed["product_id"]),
                         "not yet": _not_yet(assessed),
                         "aligned": assessed["aligned"].astype(int)})
    not_assessed = counts.managed_products - counts.assessed_products
    rest = answers.not_aligned(counts)
    notes = (f"{rest:,} not aligned" if rest else "",
             f"{not_assessed:,} not assessed{answers.why_not_assessed(alignment)}"
             if not_assessed else "", answers.freshness(alignment))
    note = " · ".join(filter(None, notes))
    return Headline(
        "aligned", _label("aligned"),
        answers.aligned_count(counts), note,
        f"{_why_not_assessed(alignment)}A product is aligned when it has a "
        f"PM{_unheld(alignment)}, supports an outcome, has an OKR for it, and is measurable. "
        "Whether it is up to date is shown beside. Platform and sunset products, and those of "
        f"which nothing is known, are not assessed; {counts.assessed_products:,} of "
        f"{counts.managed_products:,} products are assessed.",
        rows.sort_values(["aligned", "product"]), "aligned",
        None if counts.aligned_products is None or not counts.assessed_products
        else float(counts.aligned_products))


def _not_yet(products: pd.DataFrame) -> pd.Series:
    """The checks that each product does not pass, with those of which that is unknown."""
    columns = []
    for check in CHECKS:
        unknown, label = products[f"{check}_unknown"].astype(bool), CHECK[check].label
        fails = products[check].eq(False).fillna(False).astype(bool)
        columns.append(np.select([unknown, fails], [f"{label} (unknown)", label], ""))
    return pd.Series([", ".join(filter(None, labels)) for labels in zip(*columns, strict=True)],
                     products.index, dtype="str")


def _unheld(alignment: Alignment) -> str:
    return "" if alignment.portfolio.read_of("assignments") else (
        " (not loaded, so held against none)")


def _passing(alignment: Alignment) -> Headline:
    """The headline on alignment where nothing can be proven: what passes the other checks."""
    counts = alignment.headlines
    return Headline(
        "aligned", "Products passing",
        f"{counts.passing_products:,} of {counts.checkable_products:,}",
        f"{formats.listed([CHECK[check].label for check in counts.checks_made])} · aligned needs "
        f"{answers.lacks_for_proof(alignment)}" + ("" if counts.passing_products else " as well"),
        f"{answers.passing(counts)}" + (
            f". Whether they are aligned is {_unproven(alignment)}" if counts.passing_products else
            ", so none is aligned: that would need these checks and "
            f"{answers.lacks_for_proof(alignment)}."),
        pd.DataFrame({"aligned": []}), "aligned", None)


def _why_not_assessed(alignment: Alignment) -> str:
    """Why no product is assessed; "" where one is."""
    if alignment.headlines.assessed_products:
        return ""
    return f"{_why_no_links(alignment)} " if not alignment.basis.links else (
        "Unknown, because every product is a platform or to be sunset. ")


def _coverage(alignment: Alignment) -> Headline:
    outcomes, value = alignment.outcomes, alignment.headlines.outcome_coverage_pct
    credit = outcomes["coverage"].map(CREDIT).astype(float)
    rows = pd.DataFrame({
        "outcome": outcomes["name"], "coverage": marked(outcomes["coverage"], COVERAGE),
        "missing": outcomes["lacks"], "weight %": 100 * outcomes["weight"], "credit": credit,
        "adds %": 100 * outcomes["weight"] * credit})
    if value is None:
        return _without_proof(alignment, rows.head(0))
    weighted = f" · {coverage_pct(alignment)} by weight" if alignment.basis.stated_weights else ""
    all_alike = "" if weighted else "; no weight is stated, so all weigh the same"
    return Headline(
        "coverage", "Outcomes covered", _of(outcomes["coverage"], "covered"),
        f"{_not_covered(outcomes['coverage'])}{weighted}",
        f"{_of(outcomes['coverage'], 'covered')} are covered: by a product with a "
        f"PM{_unheld(alignment)} and a primary link that is backed by OKRs. By weight that is "
        f"{coverage_pct(alignment)}: each active outcome adds its weight × 1 when covered, × ½ "
        f"when weak, × 0 when not covered or unknown{all_alike}.",
        rows, "adds %", value)


def _without_proof(alignment: Alignment, no_rows: pd.DataFrame) -> Headline:
    """Coverage where nothing can be proven: what is stated, or that it is unknown."""
    coverage = alignment.outcomes["coverage"]
    if not alignment.basis.links or not len(coverage) or coverage.isna().any():
        return Headline("coverage", "Outcomes covered", formats.UNKNOWN, "",
                        _why_no_links(alignment), no_rows, "adds %", None)
    return Headline(
        "coverage", "Outcomes stated", _of(coverage, "stated"),
        f"{_not_covered(coverage)} · proof needs {answers.lacks_for_proof(alignment)}",
        f"Whether they are covered is {_unproven(alignment)} An outcome is stated where a product "
        "has a confirmed primary link to it and a product manager.", no_rows, "adds %", None)


def _unproven(alignment: Alignment) -> str:
    """That something is unknown for want of proof, to go on in a sentence."""
    because = answers.unknown_because(alignment.portfolio, "objectives", "key_results")
    return f"{because[:1].lower()}{because[1:]}"


def coverage_pct(alignment: Alignment) -> str:
    """Outcome coverage as a percentage, “at least” where an outcome's coverage is unknown."""
    headlines = alignment.headlines
    at_least = "at least " if headlines.coverage_at_least else ""
    return f"{at_least}{formats.percent(headlines.outcome_coverage_pct)}"


def _of(coverage: pd.Series, state: str) -> str:
    return f"{(coverage == state).sum():,} of {len(coverage):,}"


def _not_covered(coverage: pd.Series) -> str:
    counts = coverage.value_counts()
    return ", ".join(f"{counts.get(state, 0):,} {COVERAGE[state].label}"
                     for state in ("thin", "uncovered", "unknown")
                     if state in counts or state != "unknown")


def _why_no_links(alignment: Alignment) -> str:
    if not len(alignment.products):
        return "Unknown, because no product is loaded."
    if not len(alignment.outcomes):
        return "Unknown, because no active outcome is loaded."
    lost = [table for table in ("contributions", "objectives") if alignment.portfolio.lost(table)]
    if lost:
        return answers.unknown_because(alignment.portfolio, *lost)
    return "Unknown, because neither links nor objectives are loaded."


def _label(key: str) -> str:
    return formats.sentence_case(labels.FIGURE[FIELDS[key]])


def _spend(alignment: Alignment, proven: bool) -> Headline:
    money, currency = alignment.money, alignment.portfolio.settings.currency
    percentages = alignment.headlines
    value = percentages.aligned_spend_pct if proven else percentages.linked_spend_pct
    links = alignment.links
    links = links[(links["state"] == "proven") if proven else links["confirmed"]]
    total = money.total or np.nan
    rows = pd.DataFrame({"product": links["product_name"], "outcome": links["outcome_name"],
                         "link": marked(links["state"], LINK), "spend": links["flow"],
                         "adds %": 100 * links["flow"] / total})
    key = "aligned_spend" if proven else "linked_spend"
    name = _label(key)
    if value is None:
        why = why_unknown(alignment)
        reason = (_why_no_links(alignment) if not alignment.basis.links else
                  f"Unknown, because {why}." if why else
                  answers.unknown_because(alignment.portfolio, "objectives", "key_results"))
        return Headline(key, name, formats.UNKNOWN, "", reason, rows.head(0), "adds %", None)
    unknown = (f" {formats.count(money.unknown_spend, 'product')} with unknown spend count 0."
               if money.unknown_spend else "")
    links_used = "links backed by OKRs" if proven else "confirmed links"
    return Headline(
        key, name, formats.percent(value),
        _parts_of_spend(alignment, proven),
        f"Spend on {links_used}, of all spend for outcomes: "
        f"{formats.money(money.spend, money.unit, currency)} less "
        f"{formats.money(money.bau, money.unit, currency)} to keep things running. Without "
        f"stated shares a product's spend is split equally among its primary links.{unknown}",
        rows.sort_values("spend", ascending=False), "adds %", value)


def _parts_of_spend(alignment: Alignment, proven: bool) -> str:
    """The spend that is linked, or `proven`, of that for outcomes, and what the rest of it is: the
    parts add up to all."""
    money, currency = alignment.money, alignment.portfolio.settings.currency
    part, rest = money.proven if proven else money.linked, [(money.unlinked, "not linked")]
    if proven and money.linked is not None and money.proven is not None:
        rest.insert(0, (money.linked - money.proven, "without OKRs"))
    unknown = [f"{formats.count(money.unknown_spend, 'product')} of unknown spend"
               ] if money.unknown_spend else []
    return " · ".join([
        f"{formats.money(part, money.unit, currency)} of "
        f"{formats.money(money.total, money.unit, currency)}",
        *(f"{formats.money(amount, money.unit, currency)} {what}" for amount, what in rest
          if amount is not None and amount > _NOTHING * (money.total or 0.0)), *unknown])


def _fit(alignment: Alignment) -> Headline:
    value, money = alignment.headlines.strategy_spend_fit_pct, alignment.money
    if value is None or money.unlinked is None or money.total is None:
        reason = ("no active outcome has a stated weight" if not alignment.basis.stated_weights
                  else why_unknown(alignment) or "the links of the spend are unknown")
        return Headline("fit", _label("fit"), formats.UNKNOWN, "",
                        f"Unknown, because {reason}.", pd.DataFrame({"to move %": []}), "to move %",
                        None)
    outcomes = alignment.outcomes
    rows = pd.DataFrame({"outcome": [*outcomes["name"], UNLINKED],
                         "weight %": [*(100 * outcomes["weight"]), 0.0],
                         "spend %": [*(100 * outcomes["spend_share"]),
                                     100 * money.unlinked / money.total]})
    rows = rows.assign(**{"to move %": (rows["weight %"] - rows["spend %"]).abs() / 2})
    fits, moves = formats.parts(pd.Series([value / 100, 1 - value / 100]))
    return Headline(
        "fit", _label("fit"), formats.percent(fits),
        f"{formats.percent(moves)} would have to move",
        "100 % less half of all differences between an outcome's stated weight and its share of "
        f"the spend; spend {UNLINKED} has weight 0. The column “to move %” adds up to what is "
        "missing to 100 %.", rows, "to move %", 100 - value)


def _gaps(gaps: Gaps) -> Headline:
    found = gaps.rows[~reminders.are_reminders(gaps.rows["key"])]
    counts = {severity: int((found["severity"] == severity).sum()) for severity in SEVERITIES}
    rows = pd.DataFrame({
        "rule": [f"{code} {RULES[code].name}" for code in found["code"]],
        "severity": found["severity"], "finding": found["message"], "gaps": 1})
    if gaps.not_shown:
        rows = pd.concat([rows, pd.DataFrame({
            "rule": "", "severity": list(gaps.not_shown), "finding": answers.NOT_SHOWN,
            "gaps": list(gaps.not_shown.values())})], ignore_index=True)
        counts = {severity: count + gaps.not_shown.get(severity, 0)
                  for severity, count in counts.items()}
    total = sum(counts.values())
    grave = counts["critical"] + counts["high"]
    unjudged = len(gaps.not_judged)
    more = f"; {unjudged:,} not judged" if unjudged else ""
    besides = (f" {formats.count(unjudged, 'more finding')} could not be judged, since rows that "
               "may hold what seems to be missing were skipped.") if unjudged else ""
    return Headline(
        "gaps", "Gaps", f"{total:,}", (
            f"{counts['critical']:,} critical, {counts['high']:,} high" if grave else
            "none critical or high") + more,
        "Every finding of every rule that could be evaluated: " + ", ".join(
            f"{count:,} {severity}" for severity, count in counts.items()) + f".{besides}",
        rows, "gaps", float(total))


def _evidence(gaps: Gaps) -> Headline:
    codes = sorted(code for code, rule in RULES.items() if not rule.needs_store)
    rows = pd.DataFrame({"rule": [f"{code} {RULES[code].name}" for code in codes],
                         "evaluated": [int(code not in gaps.not_evaluated) for code in codes],
                         "not evaluated, because": [gaps.not_evaluated.get(code, "")
                                                    for code in codes]})
    evaluated, comparing = gaps.with_history
    more = answers.to_turn_on(gaps) or "nothing is missing"
    history = (f"; {evaluated} of {comparing} that look at what was recorded here"
               if comparing else "")
    return Headline(
        "evidence", "Rules evaluated", f"{gaps.evaluated} of {gaps.evaluable}",
        f"{more}{history}",
        "A rule is evaluated only when all it needs is loaded; what cannot be judged is listed, "
        "never guessed.", rows.sort_values(["evaluated", "rule"]), "evaluated",
        float(gaps.evaluated))
