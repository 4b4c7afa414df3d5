"""The sheets of findings and of what people recorded: gaps, patterns, rules not evaluated, problems
in the data, changes, decisions, roadblocks."""

from collections.abc import Sequence

import pandas as pd

from orgdata import formats
from orgdata.exports.edition import Edition
from orgdata.exports.workbook.columns import MOST_CELLS, Col, Sheet, meanings, unit, yes_no
from orgdata.gaps import RULES
from orgdata.gaps.rule import IDS
from orgdata.model import labels
from orgdata.model.problems import join_problems
from orgdata.model.words import DIMENSION
from orgdata.store import Decision
from orgdata.validate import future_check_ins
from orgdata.views import decisions as words
from orgdata.views import not_judged as unjudged
from orgdata.views import review
from orgdata.views.explain.gaps import evidence
from orgdata.views.vocabulary import DECISION, PROBLEM, SEVERITY


def gaps(edition: Edition) -> Sheet:
    """The gaps shown, in order of severity and money at stake; only as many as can fit."""
    listed = edition.listed_gaps()
    columns = _columns_of_gaps(edition)
    rows = listed.rows.head(MOST_CELLS // len(columns)).reset_index(drop=True)
    states = (edition.history.states if edition.history else pd.DataFrame(
        columns=["key", "state", "owner", "due", "until", "reason"])).set_index("key")
    states = states.reindex(rows["key"]).reset_index(drop=True)
    since = edition.history.open_since if edition.history else {}
    pattern_codes = [pattern.code for pattern in listed.patterns]
    rows = rows.assign(
        rule=[f"{code} {RULES[code].name}" for code in rows["code"]],
        question=[RULES[code].question for code in rows["code"]],
        evidence=[evidence({"code": code, "evidence": values, "table": table, "row": row},
                           edition.alignment)
                  for code, values, table, row in zip(
                      *(rows[name] for name in ("code", "evidence", "table", "row")), strict=True)],
        pattern=yes_no(rows["code"].isin(pattern_codes)), state=states["state"].fillna("open"),
        owner=states["owner"], due=states["due"], until=states["until"], reason=states["reason"],
        since=[since.get(key) for key in rows["key"]],
        ids=[", ".join(labels.column(str(id_)) if str(id_) in DIMENSION.words else str(id_)
                       for id_ in ids if pd.notna(id_))
             for ids in rows[list(IDS)].itertuples(index=False)])
    return Sheet("Gaps", "Every finding of every rule that could be evaluated.", columns, rows,
                 len(listed.rows) - len(rows))


def _columns_of_gaps(edition: Edition) -> tuple[Col, ...]:
    return (
        Col("severity", "Severity", "Critical, high, medium or low, as the rule says.",
            words=SEVERITY),
        Col("rule", "Rule", "The rule that found it; codes never change."),
        Col("question", "Question", "What it asks.", "long"),
        Col("message", "Finding", "What was found.", "long"),
        Col("evidence", "Evidence", "The values that made the rule fire.",
            "long"),
        Col("next_step", "Next step", "What would settle it.", "long"),
        Col("who", "Who acts", "Who can settle it."),
        Col("at_stake", f"Budget concerned ({unit(edition)})", "The money it concerns; blank where "
            "unknown.", "money"),
        Col("state", "State", "What was last said of it: open, acknowledged, planned, accepted "
            "until a date, or resolved."),
        Col("owner", "Owner", "Who took it up."), Col("due", "Due", "By when.", "date"),
        Col("until", "Accepted until", "Until when it is accepted.", "date"),
        Col("reason", "Reason", "Why it is accepted.", "long"),
        Col("since", "Open since", "The first snapshot from which on it stood in every one.",
            "date"),
        Col("pattern", "In a pattern", "Yes where many of its kind have one cause: see Patterns."),
        Col("ids", "Concerns", "The ids of what it is about."),
        Col("key", "Key", "What identifies it from week to week."))


def patterns(edition: Edition) -> Sheet:
    """Rules that fire for one cause on many objects."""
    rows = pd.DataFrame([{
        "severity": pattern.severity, "rule": f"{pattern.code} {RULES[pattern.code].name}",
        "count": pattern.count, "of": pattern.looked_at, "objects": pattern.objects,
        "where": pattern.where, "step": pattern.systemic_step}
        for pattern in edition.gaps.patterns])
    return Sheet("Patterns", "What has one cause is one finding: of the whole portfolio.", (
        Col("severity", "Severity", "The highest severity of its gaps.", words=SEVERITY),
        Col("rule", "Rule", "The rule that fires."),
        Col("count", "Gaps", "On how many it fires.", "whole"),
        Col("of", "Of", "How many it looked at.", "whole"),
        Col("objects", "Objects", "What it looked at."),
        Col("where", "Where", "Where they concentrate, if they do.", "long"),
        Col("step", "Next step", "What would fix it for all.", "long")), rows)


def not_evaluated(edition: Edition) -> Sheet:
    """Rules that could not be evaluated, each with its reason."""
    rows = pd.DataFrame([{"code": code, "name": RULES[code].name, "question": RULES[code].question,
                          "reason": reason}
                         for code, reason in edition.gaps.not_evaluated.items()])
    return Sheet("Not evaluated", "Rules that could not be evaluated: unknown is not fine.", (
        Col("code", "Code", "The rule's code."), Col("name", "Rule", "The rule's name."),
        Col("question", "Question", "What cannot be answered.", "long"),
        Col("reason", "Because", "What is missing.", "long")), rows)


def not_judged(edition: Edition) -> Sheet | None:
    """Findings that were not judged, each with the rows to mend; None where there are none."""
    if not len(edition.gaps.not_judged):
        return None
    return Sheet("Not judged", "What is unknown since rows that may hold it were skipped.", (
        Col("subject", "About", "What it is about."),
        Col("what", "Not judged", "What is left open.", "long"),
        Col("because", "Because", "The rows to fix.", "long"),
        Col("code", "Code", "The rule's code.")),
        unjudged.findings(edition.gaps, edition.alignment))


def problems(edition: Edition) -> Sheet:
    """What was found in the data, errors first."""
    alignment = edition.alignment
    rows = join_problems([alignment.portfolio.problems,
                     future_check_ins(alignment.portfolio, alignment.as_of)])
    return Sheet("Problems", "What was found in the data, where, and what was done about it.", (
        Col("level", "Level", meanings(PROBLEM), words=PROBLEM),
        Col("table", "Table", "The table it is in."),
        Col("row", "Row", "As counted in the file; blank for the whole table.", "whole"),
        Col("column", "Column", "The column it is in."),
        Col("value", "Value", "The cell as it was written."),
        Col("code", "Kind", "What kind of problem it is."),
        Col("message", "What was found", "What was expected and what was done.", "long")), rows)


def changes(edition: Edition) -> Sheet | None:
    """Every change since the snapshot compared with; None without one."""
    if edition.changes is None:
        return None
    rows = [*review.change_rows(edition.changes).to_dict("records"), *(
        {"of": kind, "what": "not compared", "note": f"because {reason}"}
        for kind, reason in edition.changes.not_compared.items())]
    return Sheet("Changes", "Every change since the snapshot compared with.", (
        Col("of", "Of", "What changed."), Col("what", "What", "What happened to it."),
        Col("name", "Name", "What people call it; of a gap, its finding.", "long"),
        Col("before", "Before", "How it was."), Col("after", "After", "How it is."),
        Col("note", "Note", "What else there is to say.", "long")),
        pd.DataFrame(rows, columns=["of", "what", "name", "before", "after", "note"]))


def decisions(edition: Edition) -> Sheet | None:
    """Decisions and to-dos made up to the day: open, then done; None where there are none."""
    made = [decision for decision in edition.listed_decisions if decision.made_on <= edition.day]
    if not made:
        return None
    made.sort(key=lambda decision: not decision.open_on(edition.day))  # else in the same order
    return Sheet("Decisions", "Decisions and to-dos, the open ones first.", (
        Col("state", "State", "Open, past due or done on the day.", words=DECISION),
        Col("kind", "Kind", "A decision or a to-do."),
        Col("text", "What", "What was decided or is to be done.", "long"),
        Col("owner", "Owner", "Who does it."), Col("due", "Due", "By when.", "date"),
        Col("made_on", "Made on", "When it was recorded.", "date"),
        Col("by", "Recorded by", "Who recorded it."),
        Col("done_on", "Done on", "When it was done.", "date"),
        Col("about", "About", "The finding it is about, or that it is no longer found.", "long"),
        Col("gap", "About gap", "The key of the gap it is about."),
        Col("moved", "Moved from", "The dates it was due before."),
        Col("withdrawn", "Withdrawn because", "Why it was withdrawn, and by whom.", "long")),
        pd.DataFrame(_decision_rows(made, edition)))


def _decision_rows(decisions: Sequence[Decision], edition: Edition) -> list[dict[str, object]]:
    return [{
        "state": decision.state_on(edition.day),
        "kind": words.kind(decision), "text": decision.text,
        "owner": decision.owner, "due": decision.due, "made_on": decision.made_on,
        "by": decision.by,
        "done_on": None if decision.open_on(edition.day) else decision.done_on,
        "about": words.finding(decision, edition.gaps, edition.alignment),
        "gap": decision.gap_key,
        "moved": ", ".join(formats.day(one) if one else "no date" for one in decision.moved_from),
        "withdrawn": None if decision.withdrawn is None else words.why_withdrawn(decision),
        } for decision in decisions]


def roadblocks(edition: Edition) -> Sheet | None:
    """Open roadblocks, the oldest first; None where they are not loaded."""
    if not edition.alignment.portfolio.tracked("roadblocks"):
        return None
    return Sheet("Roadblocks", "Open roadblocks, the oldest first.", (
        Col("what", "What", "What it is.", "long"),
        Col("holds_up", "Blocks", "The key result or product it blocks.", "long"),
        Col("since", "Since", "When it was opened.", "date"),
        Col("who", "Who can clear it", "Who can clear it, where named.")),
        edition.listed_roadblocks())
