"""The answer in plain words, built from the data: what a page, a report or a deck opens with."""

from collections.abc import Sequence
from itertools import accumulate

import pandas as pd

from orgdata import formats
from orgdata.gaps import SEVERITIES, Gaps
from orgdata.measures import Alignment, Headlines
from orgdata.measures.checks import ALIGNMENT_CHECKS
from orgdata.model import labels
from orgdata.model.portfolio import Portfolio
from orgdata.tabular.lookup import is_in
from orgdata.views.vocabulary import CHECK, COVERAGE

NOT_SHOWN = "Shown to those whom it concerns"  # in place of a finding
_NAMED = 4  # things of which a sentence names some
_MOST_IN_TITLE = 200  # characters: three lines of a laptop's screen


def overview(alignment: Alignment) -> str:
    """Some sentences on the portfolio: what is aligned, unserved and unlinked."""
    return " ".join(_sentences(alignment))


def titled(alignment: Alignment) -> tuple[str, str]:
    """The same as a title, and the sentences that would make it too long."""
    sentences = _sentences(alignment)
    fit = sum(length <= _MOST_IN_TITLE for length in accumulate(map(len, sentences))) or 1
    return " ".join(sentences[:fit]), " ".join(sentences[fit:])


def _sentences(alignment: Alignment) -> list[str]:
    return [one for one in (aligned(alignment), *unserved(alignment), unlinked(alignment)) if one]


def aligned(alignment: Alignment) -> str:
    """How many products are aligned, of how many assessed."""
    headlines = alignment.headlines
    if not headlines.managed_products:
        return "No product is loaded yet."
    if headlines.checkable_products and not alignment.basis.proof:
        products = alignment.products
        if products.loc[products["checkable"], "failing"].all():  # and of none it is unknown
            return f"{passing(headlines)}, so none is aligned."
        return (f"{passing(headlines)}; whether they are aligned needs "
                f"{lacks_for_proof(alignment)}.")
    if not headlines.assessed_products:
        are, them = (("product is", "it") if headlines.managed_products == 1 else
                     (f"{headlines.managed_products:,} products are", "them"))
        return (f"We cannot tell yet whether the {are} aligned: nothing loaded links {them} to "
                "outcomes.")
    not_assessed = headlines.managed_products - headlines.assessed_products
    why = why_not_assessed(alignment)
    verb = "is" if 1 in (headlines.aligned_products, headlines.assessed_products) else "are"
    assessed = formats.count(headlines.assessed_products, "product")
    others = not_aligned(headlines)
    rest = f", {others:,} {'is' if others == 1 else 'are'} not" if others else ""
    return (f"{headlines.aligned_products:,} of {assessed} {verb} aligned{rest}"
            + (f" ({not_assessed:,} more not assessed{why})." if not_assessed else "."))


def not_aligned(headlines: Headlines) -> int:
    """How many of the assessed products are not aligned, where some are: nobody should have to
    subtract. 0 where none is, which the count of those that are says already."""
    aligned = headlines.aligned_products or 0
    return headlines.assessed_products - aligned if aligned else 0


def why_not_assessed(alignment: Alignment) -> str:
    """That products are not assessed because all rows of a table were skipped, to follow their
    number: “, because all 40 rows of assignments were skipped”; else ""."""
    products, lost = alignment.products, [
        alignment.portfolio.why_missing(table)
        for table in ("assignments", "contributions", "objectives")
        if table in alignment.basis.lost]
    unknown = products[[f"{check}_unknown" for check in ALIGNMENT_CHECKS]].any(axis="columns")
    not_assessed = products["aligned"].isna()
    lacking = not_assessed & unknown & products["checkable"]
    if not lost or not lacking.any():
        return ""
    of_them = "" if lacking.sum() == not_assessed.sum() else f"{lacking.sum():,} of them "
    return f", {of_them}because {' and '.join(lost)}"


def passing(headlines: Headlines) -> str:
    """How many products pass the checks that can be made: “12 of 15 products pass the 2 checks that
    can be made (owned, linked)”."""
    made = headlines.checks_made
    checks = f"the {len(made)} checks" if len(made) > 1 else "the one check"
    return (f"{headlines.passing_products:,} of "
            f"{formats.count(headlines.checkable_products, 'product')} "
            f"{'pass' if headlines.passing_products != 1 else 'passes'} {checks} that can be made "
            f"({', '.join(CHECK[check].label for check in made)})")


def lacks_for_proof(alignment: Alignment) -> str:
    """What is missing before anything can be proven: “objectives and key results”."""
    return formats.listed([labels.table(table) for table in ("objectives", "key_results")
                           if not alignment.portfolio.tracked(table)])


def unserved(alignment: Alignment) -> list[str]:
    """Sentences on which outcomes nobody serves, and which are stated by products but backed by no
    goal."""
    outcomes = alignment.outcomes.sort_values("weight", ascending=False)
    if not len(outcomes) or outcomes["coverage"].isna().any():
        return []
    nobody = outcomes.loc[outcomes["coverage"] == "uncovered", "name"]
    unknown = outcomes.loc[outcomes["coverage"] == "unknown", "name"]
    links = alignment.links
    backed = is_in(outcomes["outcome_id"], links.loc[links["goal"], "outcome_id"])
    stated = outcomes[~outcomes["coverage"].isin(("uncovered", "unknown")) & ~backed]
    parts = [f"No product works on {_quoted(nobody)}." if len(nobody) else "",
             f"Whether any product works on {_quoted(unknown)} is unknown: rows that may say so "
             "were skipped." if len(unknown) else "",
             _only_stated(stated, alignment) if len(stated) else ""]
    return list(filter(None, parts)) or [_all_served(outcomes)]


def _only_stated(outcomes: pd.DataFrame, alignment: Alignment) -> str:
    """Outcomes that products are linked to while no goal leads there."""
    links = alignment.links
    products = links.loc[is_in(links["outcome_id"], outcomes["outcome_id"]), "product_id"].nunique()
    by = "one product" if products == 1 else formats.count(products, "product")
    own = "its own" if products == 1 else "theirs"
    them = "it" if len(outcomes) == 1 else "them"
    backed = f"backed by no OKR of {own}" if alignment.basis.proof else (
        f"with no key results loaded to tell whether OKRs back {them}"
        if alignment.basis.objectives else f"with no OKRs loaded to back {them}")
    every = len(outcomes) == len(alignment.outcomes) > 1
    names = f"All {len(outcomes):,} outcomes" if every else _quoted(outcomes["name"])
    return f"{names} {'is' if len(outcomes) == 1 else 'are'} stated by {by}, {backed}."


def _all_served(outcomes: pd.DataFrame) -> str:
    thin = int((outcomes["coverage"] == "thin").sum())
    how = ", all of them only weakly" if thin == len(outcomes) else (
        f", {thin:,} of them only weakly" if thin else "")
    return f"Every active outcome has at least one product{how}."


def _quoted(names: pd.Series) -> str:
    return few([f"“{name}”" for name in names], "outcomes", most=2)


def few(names: Sequence[str], what: str, most: int = 3) -> str:
    """A few things by name; many are counted, since a title that lists them says nothing."""
    return f"{len(names):,} {what}" if len(names) > _NAMED else formats.listed(names, most)


def unlinked(alignment: Alignment) -> str:
    """How much money is tied to no outcome."""
    money = alignment.money
    if not money.unlinked:
        return ""
    currency = alignment.portfolio.settings.currency
    verb = "is" if money.unit == "annual_spend" or money.unlinked == 1 else "are"
    return (f"{formats.money(money.unlinked, money.unit, currency)} {verb} not linked to any "
            "outcome.")


def coverage(alignment: Alignment) -> str:
    """Coverage as counts: 4 covered, 1 thin, 1 unserved; without proof 4 stated, not proven."""
    counts = alignment.outcomes["coverage"].value_counts()
    if not len(counts):
        return "unknown"
    best = "covered" if alignment.basis.proof or "covered" in counts else "stated"
    always = (best, "thin", "uncovered")
    return ", ".join(f"{counts.get(state, 0):,} {word.label}" for state, word in COVERAGE.items()
                     if state in always or state in counts)


def evidence(gaps: Gaps) -> str:
    """How many rules were evaluated, and the table that would turn on most of the others."""
    text = f"{gaps.evaluated} of {gaps.evaluable} rules evaluated"
    evaluated, comparing = gaps.with_history
    if comparing:
        text += f", and {evaluated} of {comparing} that look at what was recorded here"
    more = to_turn_on(gaps)
    return f"{text}; {more}." if more else f"{text}."


def to_turn_on(gaps: Gaps) -> str:
    """The table that would turn on most of the other rules: “add people to turn on 3 more”; empty
    where there is none."""
    if not gaps.turned_on_by:
        return ""
    table, more = next(iter(gaps.turned_on_by.items()))
    return f"{to_have(table, gaps)} to enable {more} more"


def to_have(table: str, gaps: Gaps) -> str:
    """What is to be done to have a table: “add people”; where its rows were read in vain “fix the
    rows of people”, and where only columns are missing “state the confidence of check-ins”."""
    name = labels.table(table)
    if columns := gaps.to_fill.get(table):
        what = formats.listed([labels.column(column) for column in columns], most=len(columns))
        return f"state the {what} of {name}"
    return f"fix the rows of {name}" if table in gaps.lost else f"add {name}"


def skipped_rows(alignment: Alignment, table: str) -> int:
    """How many rows of a table were skipped, so that nothing is said of them."""
    counts = alignment.portfolio.counts.get(table)
    return counts.set_aside if counts else 0


def skipped(alignment: Alignment, table: str, missing_in: str) -> str:
    """How many rows of a table were skipped, and what they are missing in; "" for none."""
    if not (count := skipped_rows(alignment, table)):
        return ""
    rows = formats.count(count, f"row of {table} was", f"rows of {table} were")
    are = "is" if count == 1 else "are"
    return f"{rows} skipped and {are} {missing_in}: the Data page says why."


def more_severe(count: int) -> str:
    """“3 more are critical or high”."""
    return f"{count:,} more {'is' if count == 1 else 'are'} critical or high"


def nothing_severe(gaps: Gaps) -> str:
    """That no gap is critical or high, and how much could be judged."""
    if any(severity in gaps.not_shown for severity in SEVERITIES[:2]):
        return "Of the gaps that are shown to you none is critical or high."
    if any(pattern.severity in SEVERITIES[:2] for pattern in gaps.patterns):
        return f"Outside patterns nothing critical or high is open {judged(gaps)}."
    return f"Nothing critical or high is open {judged(gaps)}."


def judged(gaps: Gaps) -> str:
    """How much could be judged, to end a sentence: “in what could be judged (6 of 43 rules)”."""
    unjudged = f"; {formats.count(len(gaps.not_judged), 'finding')} not judged" if len(
        gaps.not_judged) else ""
    return f"in what could be judged ({gaps.evaluated} of {gaps.evaluable} rules{unjudged})"


def aligned_count(headlines: Headlines) -> str:
    """How many products are aligned, of how many assessed; unknown where none is."""
    if headlines.aligned_products is None or not headlines.assessed_products:
        return formats.UNKNOWN
    return f"{headlines.aligned_products:,} of {headlines.assessed_products:,}"


def unknown_because(portfolio: Portfolio, *tables: str) -> str:
    """That something is unknown because of the first of these tables that is not there."""
    missing = next(table for table in tables if not portfolio.tracked(table))
    return f"Unknown, because {portfolio.why_missing(missing)}."


def nothing_links(alignment: Alignment, there: str = "to an outcome") -> str:
    """That nothing links a product to an outcome, as far as it is loaded what may."""
    basis, why = alignment.basis, alignment.portfolio.why_missing
    if not basis.objectives:
        return f"no link is stated; {why('objectives')}"
    if not basis.contributions:
        return f"no objective leads {there}; {why('contributions')}"
    return f"no link is stated, and no objective leads {there}"


def freshness(alignment: Alignment) -> str:
    """How many aligned products rest on stale evidence; empty where freshness is unknown."""
    products = alignment.products
    aligned_products = products[products["aligned"].fillna(False).astype(bool)]
    stale = int((aligned_products["fresh"].fillna(True) == False).sum())  # noqa: E712
    if aligned_products["fresh"].isna().all():
        return ""
    return (f"{stale:,} of {len(aligned_products):,} with outdated check-ins" if stale else
            "all with up-to-date check-ins")
