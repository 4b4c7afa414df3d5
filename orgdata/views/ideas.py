"""What the New bets page says: outcomes that lack support, each with the ideas for it."""

from dataclasses import dataclass
from math import comb

import pandas as pd

from orgdata import formats
from orgdata.measures import Alignment
from orgdata.measures.ideas import odds
from orgdata.measures.odds import too_close
from orgdata.tabular.lookup import count_by
from orgdata.tabular.select import iter_rows
from orgdata.views import answers, outcomes, vocabulary
from orgdata.views.vocabulary import COVERAGE, IDEA_REASON

MOST_PAIRS = 6  # of an outcome that are told in sentences; of more an idea tells its own
SHORT = 60  # characters of a name in a sentence
NEW_PRODUCT = "a new product"


def open_ideas(alignment: Alignment, outcome_id: str | None = None) -> pd.DataFrame:
    """Ideas that are open, or may be, for active outcomes or one of them, by name."""
    rows = alignment.ideas
    rows = rows[rows["open"].fillna(True).astype(bool) & rows["outcome_active"]]
    return rows if outcome_id is None else rows[rows["outcome_id"] == outcome_id]


def outcome_rows(alignment: Alignment) -> pd.DataFrame:
    """Active outcomes that lack support or have ideas: the worst covered and heaviest first, then
    by name. The columns of `views.outcomes.outcome_rows`, and how many ideas are open."""
    rows = outcomes.outcome_rows(alignment)
    count = count_by(rows["outcome_id"], open_ideas(alignment)["outcome_id"])
    lacks = ~rows["coverage"].isin(("covered", "stated")) & rows["coverage"].notna()
    rows = rows.assign(ideas=count)[lacks | (count > 0)]
    order = vocabulary.rank(rows["coverage"], COVERAGE).fillna(len(COVERAGE))
    weights = alignment.outcomes.set_index("outcome_id")["weight"].round(9)
    return rows.assign(by=order, heavy=rows["outcome_id"].map(weights)).sort_values(
        ["by", "heavy", "name"], ascending=[True, False, True]).drop(
            columns=["by", "heavy"]).reset_index(drop=True)


def sentence(alignment: Alignment) -> str:
    """The answer of the page: which outcomes nobody works on, and what could be built for them."""
    rows, ideas = outcome_rows(alignment), open_ideas(alignment)
    if alignment.outcomes["coverage"].isna().any():
        known = f"{formats.count(len(ideas), 'idea is', 'ideas are')} open. " if len(ideas) else ""
        return f"{known}Which outcomes lack a product cannot be told yet: nothing links the two."
    served = rows[rows["coverage"] == "uncovered"]
    if not len(served):
        return (f"Every outcome has a product; {_open(len(ideas))}." if len(ideas) else
                f"Every outcome has a product, and {_nothing_known(alignment)}.")
    names = answers.few([f"“{formats.clipped(name, SHORT)}”" for name in served["name"]],
                        "outcomes", most=2)
    count = int(served["ideas"].sum())
    if not count:
        of = " for it" if len(served) == 1 else " for them"
        of = "" if answers.skipped_rows(alignment, "ideas") else of
        return f"No product works on {names}, and {_nothing_known(alignment)}{of}."
    with_some = int(served["ideas"].gt(0).sum())
    it = "it" if len(served) == 1 else (
        "them" if with_some == len(served) else f"{with_some:,} of them")
    return f"No product works on {names}: {formats.count(count, 'idea is', 'ideas are')} for {it}."


def without(rows: pd.DataFrame) -> str:
    """How many outcomes (`outcome_rows`) have no idea, and how they are covered now."""
    counts = rows["coverage"].value_counts()
    states = [f"{counts[state]:,} {word.label}" for state, word in COVERAGE.items()
              if state in counts]
    return f"{formats.count(len(rows), 'outcome')} without an idea" + (
        f": {', '.join(states)}" if states else "")


def _open(count: int) -> str:
    return formats.count(count, "idea is open", "ideas are open")


def _nothing_known(alignment: Alignment) -> str:
    skipped = answers.skipped_rows(alignment, "ideas")
    return ("there is no idea" if not skipped else
            f"no idea is known, {formats.count(skipped, 'row')} of ideas having been skipped")


def idea_rows(alignment: Alignment, outcome_id: str) -> pd.DataFrame:
    """The open ideas for an outcome as a table shows them, by name.

    Columns: idea_id, name, what (it would be), stage (state), asked (by whom and when), way (low,
    likely and high as shares, and in words), chance (percent).
    """
    rows = open_ideas(alignment, outcome_id)
    unit = alignment.outcomes.set_index("outcome_id")["unit"].get(outcome_id)
    return pd.DataFrame({
        "idea_id": rows["idea_id"], "name": rows["name"],
        "what": [what(row) for _, row in rows.iterrows()],
        "stage": _stages(rows), "asked": [
            _asked(*one) for one in iter_rows(rows["asked_by"], rows["proposed_on"])],
        "way": [way(row, unit) for _, row in rows.iterrows()],
        "chance": rows["confidence_pct"]}).reset_index(drop=True)


def _asked(who: str | None, on: pd.Timestamp | None) -> str | None:
    """Which function asked for an idea, and when it was proposed, as far as that is known."""
    said = [*([] if formats.is_unknown(who) else [str(who)]),
            *([] if formats.is_unknown(on) else [formats.day(on)])]
    return ", ".join(said) or None


def _stages(rows: pd.DataFrame) -> pd.Series:
    """The stage of each idea; missing where it was unreadable, a blank one is an idea."""
    return rows["stage"].fillna("idea").where(rows["open"].notna())


def what(idea: pd.Series) -> str:
    """What an idea would be: a new product, or a change of one."""
    if pd.isna(idea["new"]):
        return "a product that cannot be told"
    return NEW_PRODUCT if idea["new"] else f"changes {idea['product_name']}"


def way(idea: pd.Series, unit: object) -> tuple[float | None, float | None, float | None, str]:
    """How far an idea would take its outcome, as shares (0–1) of the way that is left, and in
    words; None and the reason where that is not known."""
    if pd.notna(idea["share_why"]):
        return None, None, None, formats.sentence_case(IDEA_REASON[idea["share_why"]])
    low, likely, high = (float(idea[f"share_{end}"]) for end in ("low", "likely", "high"))
    given = idea[["effect_low", "effect_likely", "effect_high"]].dropna()
    effect = formats.steps([given.iloc[0]], unit) if len(given) == 1 else (
        f"{formats.number(given.iloc[0])} to {formats.steps([given.iloc[-1]], unit)}")
    share = formats.share(low) if low == high else f"{formats.share(low)} to {formats.share(high)}"
    return low, likely, high, f"{effect}: {share} of the way"


def axis(outcome: pd.Series) -> str:
    """What the ranges of an outcome's ideas are drawn on: its metric from now to its target."""
    if formats.is_unknown(outcome["current"]) or formats.is_unknown(outcome["target"]):
        return "Share of the way"
    return f"From {formats.number(outcome['current'])} now to " + formats.steps(
        [outcome["target"]], outcome["unit"])


def pairs(alignment: Alignment, outcome_id: str, idea_id: str | None = None) -> list[str]:
    """The odds of the ideas for an outcome in sentences, by name; of one idea those with every
    other. Which cannot be compared, and why, comes last."""
    rows = open_ideas(alignment, outcome_id)
    rows = rows[rows["open"].notna()]
    if len(rows) < 2:
        return []
    known, unclear = rows[rows["odds_why"].isna()], rows[rows["odds_why"].notna()]
    if idea_id is None and comb(len(known), 2) > MOST_PAIRS:
        return ["Open an idea to see its odds against each of the others."]
    names = dict(iter_rows(rows["idea_id"], rows["name"]))
    found = odds(known, idea_id)
    return [*(_pair(names[one], names[other], percent) for one, other, percent in iter_rows(
        found["idea_id"], found["other_id"], found["percent"])), *(
            f"“{name}” is not compared: {IDEA_REASON[why]}."
            for name, why in iter_rows(unclear["name"], unclear["odds_why"]))]


def _pair(one: str, other: str, percent: int) -> str:
    if too_close(percent):
        return f"“{one}” and “{other}” are too close to call ({percent} : {100 - percent})."
    if percent < 50:
        one, other, percent = other, one, 100 - percent
    return f"“{one}” brings more per person-week than “{other}” in {percent} of 100 cases."


@dataclass(frozen=True)
class AsIf:
    """What would be if an idea existed: the coverage of its outcome before and after, what that
    would still lack to be covered, and the gaps that close and open, as their messages."""

    before: str
    after: str
    lacks: tuple[str, ...]
    closed: tuple[str, ...]
    opened: tuple[str, ...]

    @property
    def in_short(self) -> str:
        """The coverage before and after, with what is still missing."""
        same = f"stays {_label(self.before)}" if self.before == self.after else (
            f"{_label(self.before)} → {_label(self.after)}")
        return formats.sentence_case(same) + (
            f"; still lacks {formats.listed(list(self.lacks))}" if self.lacks else "")


def would(idea: str, outcome: str, found: AsIf) -> str:
    """What an idea would do for its outcome, as the answer of its page."""
    what = (f"leave “{outcome}” {_label(found.after)}" if found.before == found.after else
            f"move “{outcome}” from {_label(found.before)} to {_label(found.after)}")
    return f"“{idea}” would {what}."


def _label(state: str) -> str:
    return COVERAGE[state].label if state in COVERAGE else formats.UNKNOWN


def coverage_of(alignment: Alignment, outcome_id: str) -> str:
    """How well an outcome is covered; "" where that cannot be told."""
    rows = alignment.outcomes
    found = rows.loc[rows["outcome_id"] == outcome_id, "coverage"]
    return "" if found.isna().all() else str(found.iloc[0])


def still_lacks(alignment: Alignment, product_id: str, outcome_id: str) -> tuple[str, ...]:
    """What the link of a product still lacks for its outcome to be covered, in the order in which
    that is asked for; nothing where it is covered."""
    if coverage_of(alignment, outcome_id) in ("covered", "stated"):
        return ()
    links, products, basis = alignment.links, alignment.products, alignment.basis
    link = links[(links["product_id"] == product_id) & (links["outcome_id"] == outcome_id)]
    managers = products.loc[products["product_id"] == product_id, "pm_count"]
    return tuple(word for word, there in (
        ("an active product", len(managers) > 0),
        ("an objective", link["goal"].any() or not basis.proof),
        ("a measurable key result", link["measured_goal"].any() or not basis.proof),
        ("a PM", managers.gt(0).any() or not basis.assignments)) if not there)

