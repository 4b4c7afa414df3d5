"""What of an evaluated portfolio is shown to somebody: the same numbers, less texts and gaps.

Texts are taken out here, before any page, document or download gets them; rows stay, so that what
is counted and added up is the same for everybody.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd

from orgdata.access.rights import SENSITIVE, Rights, is_sensitive
from orgdata.evaluation import Evaluation, Known
from orgdata.gaps import SEVERITIES, Gaps, reminders
from orgdata.measures import Alignment
from orgdata.model.intake import Intake
from orgdata.model.labels import HIDDEN
from orgdata.model.portfolio import Portfolio
from orgdata.tabular.lookup import is_in

_Texts = Mapping[str, str | None]  # column → what stands there instead
_GOAL: _Texts = {"title": HIDDEN, "exempt_reason": None}
_RESULT: _Texts = {"title": HIDDEN, "metric": None}
_PRODUCT: _Texts = dict.fromkeys(
    ("role_statement", "role_confirmed_by", "role_confirmed_on", "segments", "jobs", "description"))
_IDEA: _Texts = {"name": HIDDEN, "description": None, "asked_by": None}
_EXPECTATION: _Texts = {"what": HIDDEN, "note": None, "answered_by": None}
TEXTS: Mapping[str, _Texts] = {  # of each table, of what is not theirs
    "objectives": _GOAL, "key_results": _RESULT, "products": _PRODUCT,
    "contributions": {"rationale": None, "confirmed_by": None}, "expectations": _EXPECTATION,
    "ideas": _IDEA, "work": {"asked_by": None},
    "dependencies": {"what": HIDDEN}, "roadblocks": {"what": HIDDEN}}
_FRAMES: Mapping[str, str] = {  # frames of an alignment whose rows are of a table
    "products": "products", "objectives": "objectives", "all_objectives": "objectives",
    "key_results": "key_results", "expectations": "expectations", "ideas": "ideas"}


@dataclass(frozen=True)
class Own:
    """What is somebody's: by kind the ids of their products and of all that belongs to these."""

    rights: Rights
    goals: pd.Series  # ids of objectives their products pursue
    above: pd.Series  # these, and the objectives they lead to
    results: pd.Series  # ids of key results
    others: Mapping[str, pd.Series]  # dependency_id, roadblock_id, expectation_id

    @classmethod
    def of(cls, rights: Rights, alignment: Alignment, before: Alignment | None = None) -> "Own":
        """What is somebody's in a measured portfolio; of what is only tried, what was so before,
        too."""
        own = cls._of(rights, alignment)
        if before is None:
            return own
        was = cls._of(rights, before)
        others = {column: _both(ids, was.others[column]) for column, ids in own.others.items()}
        return cls(rights, _both(own.goals, was.goals), _both(own.above, was.above),
                   _both(own.results, was.results), others)

    @classmethod
    def _of(cls, rights: Rights, alignment: Alignment) -> "Own":
        tables, products = alignment.portfolio, rights.theirs.products
        pursued, every = alignment.pursued, tables["objectives"]
        goals = pd.concat([
            pursued["objective_id"][pursued["product_id"].isin(products)],
            every["objective_id"][every["product_id"].isin(products)]]).drop_duplicates()
        rows = tables["key_results"]
        of_them = rows["product_id"].isin(products) | (
            rows["product_id"].isna() & is_in(rows["objective_id"], goals))
        results = rows["kr_id"][of_them]
        needs, blocks, asks = (tables[name] for name in (
            "dependencies", "roadblocks", "expectations"))
        return cls(rights, goals, _with_parents(goals, every), results, {
            "dependency_id": needs["dependency_id"][
                needs["product_id"].isin(products) | needs["needs_product_id"].isin(products)],
            "roadblock_id": blocks["roadblock_id"][
                blocks["product_id"].isin(products) | is_in(blocks["kr_id"], results)
                | blocks["unblocker_id"].isin(rights.theirs.persons)],
            "expectation_id": asks["expectation_id"][
                asks["product_id"].isin(products)
                | rights.speaks_for(asks["partner"])]})

    def rows_of(self, table: str, rows: pd.DataFrame) -> pd.Series:
        """Which rows of a table, or of what was measured of it, are theirs."""
        theirs = self.rights.theirs
        if table in ("contributions", "ideas"):
            found = (rows["product_id"].isin(theirs.products)
                     | rows["outcome_id"].isin(theirs.outcomes))
            return found | rows["owner_id"].isin(theirs.persons) if table == "ideas" else found
        if table in ("products", "work"):
            return rows["product_id"].isin(theirs.products)
        if table == "objectives":
            return is_in(rows["objective_id"], self.above)
        if table in ("key_results", "check_ins"):
            return is_in(rows["kr_id"], self.results)
        column = {"dependencies": "dependency_id", "roadblocks": "roadblock_id",
                  "expectations": "expectation_id"}[table]
        return is_in(rows[column], self.others[column])

    def gaps(self, rows: pd.DataFrame) -> pd.Series:
        """Which gaps are about something of theirs."""
        theirs = self.rights.theirs
        found = (rows["product_id"].isin(theirs.products)
                 | rows["other_product_id"].isin(theirs.products)
                 | rows["outcome_id"].isin(theirs.outcomes)
                 | rows["person_id"].isin(theirs.persons)
                 | is_in(rows["objective_id"], self.goals) | is_in(rows["kr_id"], self.results))
        for column, ids in self.others.items():
            found |= is_in(rows[column], ids)
        return found


def _both(ids: pd.Series, others: pd.Series) -> pd.Series:
    """The ids that are also among others."""
    return ids[is_in(ids, others)]


def _with_parents(goals: pd.Series, every: pd.DataFrame) -> pd.Series:
    """Objectives with all that stand above them; no circle is left in what was loaded."""
    parents = every.set_index("objective_id")["parent_objective_id"].dropna()
    found = level = goals
    while len(level := level[is_in(level, parents.index.to_series())]):
        level = parents.reindex(level).drop_duplicates()
        found = pd.concat([found, level])
    return found.drop_duplicates()


def shown(evaluation: Evaluation, rights: Rights, before: Evaluation | None = None) -> Evaluation:
    """What of an evaluated portfolio is shown by these rights; all of it to a head. What is tried
    gives nobody more than they see `before` it."""
    if rights.all:
        return evaluation
    own = Own.of(rights, evaluation.alignment, None if before is None else before.alignment)
    gaps = gaps_shown(evaluation.gaps, hidden_reminders(evaluation, rights), own,
                      frozenset() if before is None else unseen(before, rights))
    return replace(evaluation, alignment=alignment_shown(evaluation.alignment, own), gaps=gaps,
                   known=known_shown(evaluation.known, gaps, rights))


def alignment_shown(alignment: Alignment, own: Own) -> Alignment:
    """What of a measured portfolio is shown."""
    portfolio = portfolio_shown(alignment.portfolio, own)
    if own.rights.whole:
        return replace(alignment, portfolio=portfolio)
    frames = {name: _without_texts(getattr(alignment, name), table, own)
              for name, table in _FRAMES.items()}
    results, asked = frames["key_results"], alignment.work_sources
    theirs = asked["product_id"].isin(own.rights.theirs.products)
    return replace(alignment, portfolio=portfolio, **(frames | {
        "key_results": results.assign(objective_title=results["objective_title"].where(
            is_in(results["objective_id"], own.above), HIDDEN)),
        "work_sources": asked.assign(asked_by=asked["asked_by"].where(
            theirs | asked["product_id"].isna(), None))}))


def portfolio_shown(portfolio: Portfolio, own: Own) -> Portfolio:
    """A portfolio without what is not theirs; and without what was written in rows and cells that
    could not be read, of which nobody knows whose it is."""
    tables = dict(portfolio.tables)
    notes, people = tables["check_ins"], tables["people"]
    tables["check_ins"] = notes.assign(note=notes["note"].where(own.rows_of("check_ins", notes)))
    if not own.rights.whole:
        tables |= {name: _without_texts(tables[name], name, own) for name in TEXTS}
        tables["people"] = people.assign(email=people["email"].where(
            people["person_id"].isin(own.rights.theirs.persons)))
    return replace(
        portfolio, tables=tables, set_aside={}, unknown_columns={}, exports=(), intake=Intake(),
        unknown_ids={}, lost_cells=portfolio.lost_cells.assign(value=""),
        problems=portfolio.problems.assign(value=None, message=""))


def own_texts(portfolio: Portfolio, own: Own) -> list[pd.DataFrame]:
    """All the texts of a portfolio that are left in it for who sees not every product."""
    people, notes = portfolio["people"], portfolio["check_ins"]
    return [*(rows.loc[own.rows_of(table, rows), [one for one in texts if one in rows]]
              for table, texts in TEXTS.items() for rows in (portfolio[table],)),
            notes.loc[own.rows_of("check_ins", notes), ["note"]],
            people.loc[people["person_id"].isin(own.rights.theirs.persons), ["email"]]]


def _without_texts(rows: pd.DataFrame, table: str, own: Own) -> pd.DataFrame:
    theirs = own.rows_of(table, rows)
    return rows.assign(**{column: rows[column].where(theirs, other)
                          for column, other in TEXTS[table].items() if column in rows})


def hidden_reminders(evaluation: Evaluation, rights: Rights) -> frozenset[str]:
    """The keys of reminders of decisions that are not shown: these say what was decided."""
    hidden = {one.id for one in evaluation.decisions
              if not may_see_decision(rights, one.gap_key, set())}
    keys = evaluation.gaps.rows["key"]
    return frozenset(key for key in keys[reminders.are_reminders(keys)]
                     if reminders.decision_of(key) in hidden)


def unseen(before: Evaluation, rights: Rights) -> frozenset[str]:
    """The keys of the findings, judged or not, that somebody does not see before something is
    tried: that it would become theirs does not show them what is."""
    own = Own.of(rights, before.alignment)
    return frozenset(key for rows in (before.gaps.rows, before.gaps.not_judged)
                     for key in rows["key"][~_seen(rows, own)])


def gaps_shown(gaps: Gaps, hidden: frozenset[str], own: Own,
               unseen_before: frozenset[str] = frozenset()) -> Gaps:
    """What of the gaps is shown, without those whose keys are hidden, as if these were not there,
    and those that were not shown before."""
    rows, doubtful = gaps.rows[~gaps.rows["key"].isin(hidden)], gaps.not_judged
    seen, seen_doubtful = (_seen(some, own) & ~some["key"].isin(unseen_before)
                           for some in (rows, doubtful))
    others = rows["severity"][~seen & ~reminders.are_reminders(rows["key"])].value_counts()
    return replace(
        gaps, rows=rows[seen].reset_index(drop=True),
        not_judged=doubtful[seen_doubtful].reset_index(drop=True),
        not_shown={one: int(others[one]) for one in SEVERITIES if one in others},
        patterns=tuple(one for one in gaps.patterns if one.code not in SENSITIVE)
        if own.rights.whole else ())


def _seen(rows: pd.DataFrame, own: Own) -> pd.Series:
    """Which findings somebody sees: their own; of all others those that speak of no person, and of
    these only those of outcomes and of the whole portfolio where not every product is theirs."""
    if own.rights.whole:
        others = ~_speak_of_a_person(rows)
    else:
        others = rows["code"].str.startswith(("OUT", "PRT")) & rows["dependency_id"].isna()
    return others | own.gaps(rows)


def _speak_of_a_person(rows: pd.DataFrame) -> pd.Series:
    found, remind = rows["code"].isin(SENSITIVE), reminders.are_reminders(rows["key"])
    return found | remind & rows["key"].where(remind).map(is_sensitive, na_action="ignore").eq(True)


def known_shown(known: Known, gaps: Gaps, rights: Rights) -> Known:
    """What is shown of what a store knows, beside the gaps that are shown."""
    history, keys = known.history, set(gaps.rows["key"])
    decisions = tuple(one for one in known.decisions if may_see_decision(
        rights, one.gap_key, keys))
    return replace(known, decisions=decisions, history=history and replace(
        history, states=history.states[history.states["key"].isin(keys)]))


def may_see_decision(rights: Rights, gap_key: str | None, keys: set[str]) -> bool:
    """Whether a decision is shown: those about a gap that is shown; where every product is shown,
    all but those about a gap that speaks of a person."""
    about = reminders.about(gap_key or "")
    return rights.all or about in keys or (
        rights.whole and not is_sensitive(about))
