"""What can be asked of a portfolio, in the verbs of those who read it; each answer is an object.

A question that names nothing there is raises Unanswerable, in words for who asked.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd

from orgdata import formats
from orgdata.access import shown
from orgdata.access.rights import SENSITIVE
from orgdata.api import answers as read_model
from orgdata.api.quoted import NAME, document, identifier, quoted, unquoted
from orgdata.api.reading import Answer, Reading
from orgdata.changes import Changes
from orgdata.changes.sentences import sentences
from orgdata.docs import catalogue
from orgdata.edits import Asked, EditError, read_asked
from orgdata.exports.edition import Edition
from orgdata.exports.weekly_pack import pack_markdown
from orgdata.gaps import SEVERITIES
from orgdata.model.history import StoreError
from orgdata.model.labels import HIDDEN
from orgdata.sources import SourceError
from orgdata.views import answers, managers, outcomes, products, purpose, search
from orgdata.views.edited import Names, said
from orgdata.views.explain import explain as explained
from orgdata.views.portfolio import source_name

MOST = 50  # things in a list; how many there are is said
_LARGEST = 20_000  # characters of edits


class Unanswerable(Exception):
    """A question that cannot be answered; its text says why and what could be asked."""


def portfolio_summary(reading: Reading) -> Answer:
    """Is the portfolio in line? Headlines, outcomes with their coverage, gaps by severity."""
    alignment, gaps = reading.alignment, reading.gaps
    rows = outcomes.outcome_rows(alignment)
    return reading.answer({
        "in_words": quoted(answers.overview(alignment)),
        "headlines": read_model.headlines(alignment, gaps), "money": read_model.money(alignment),
        "outcomes": [{**_named("outcome", row), "coverage": _state(row["coverage"]),
                      "served_by": quoted(row["served_by"]), "lacks": quoted(row["lacks"])}
                     for row in rows.head(MOST).to_dict("records")],
        "outcomes_in_all": len(rows),
        "patterns": [dict(one) for one in read_model.patterns(gaps)]}, "overview")


def find_gaps(reading: Reading, severity: str = "", code: str = "", product: str = "",
              outcome: str = "", most: int = 20) -> Answer:
    """Where is it out of line? Gaps, gravest first, of a severity, rule, product or outcome."""
    rows = reading.gaps.rows
    if severity:
        if severity not in SEVERITIES:
            raise Unanswerable(f"severity is one of {', '.join(SEVERITIES)}")
        rows = rows[rows["severity"] == severity]
    if code:
        rows = rows[rows["code"] == _code(reading, code)]
    query = {}
    if product:
        found = _one(reading.alignment.products, "product", product)
        query["product"] = found["product_id"]
        rows = products.gaps_of(reading.alignment, rows, pd.Series([found["product_id"]]))
    if outcome:
        found = _one(reading.alignment.outcomes, "outcome", outcome)
        rows = rows[rows["outcome_id"] == found["outcome_id"]]
    shown = rows.head(max(1, min(most, MOST)))
    return reading.answer({"gaps": [_gap(reading, row) for row in shown.to_dict("records")],
                           "in_all": len(rows)}, "gaps", **query)


def explain(reading: Reading, of: str) -> Answer:
    """Why is that so? The formula behind one gap, key result, product or outcome, with its own
    numbers."""
    key = unquoted(of)
    try:
        page, query = _page_of(reading, key)
        found = explained(key, reading.alignment, reading.gaps)
    except (KeyError, UnicodeEncodeError):
        raise Unanswerable(
            "nothing to explain under that; give the key of a gap (from find_gaps), or the id of a "
            "key result, product or outcome (from search)") from None
    return reading.answer({"of": identifier(key), "steps": [
        quoted(line) for line in found.lines][:MOST]}, page, **query)


def who_serves(reading: Reading, outcome: str) -> Answer:
    """Who serves an outcome? The products behind it, how, with how much money, and what lacks."""
    alignment = reading.alignment
    found = _one(alignment.outcomes, "outcome", outcome)
    rows = outcomes.products_serving(alignment, found["outcome_id"])
    row = outcomes.outcome_rows(alignment).set_index("outcome_id").loc[found["outcome_id"]]
    return reading.answer({
        **_named("outcome", found), "coverage": _state(row["coverage"]),
        "lacks": quoted(row["lacks"]), "products_in_all": len(rows), "products": [{
            **_named("product", one), "pm": quoted(one["pm"], NAME), "link": one["state"],
            "strength": one["strength"], "spend": _number(one["spend"]),
            "aligned": _state(one["aligned"]),
            "rationale": quoted(one["rationale"])} for one in rows.head(MOST).to_dict("records")],
    }, "outcomes", outcome=found["outcome_id"])


def what_is_it_for(reading: Reading, product: str) -> Answer:
    """What is a product for? Its purpose, the outcomes it serves, its checks and open questions."""
    alignment = reading.alignment
    found = _one(alignment.products, "product", product)
    product_id = found["product_id"]
    gaps = products.gaps_of(alignment, reading.gaps.rows, pd.Series([product_id]))
    served = products.outcomes_served(alignment, product_id)
    checks = products.check_rows(alignment, product_id)
    return reading.answer({
        **_named("product", found), "purpose": quoted(purpose.purpose(alignment, product_id)),
        "whose_words": quoted(purpose.basis(alignment, product_id)),
        "pm": quoted(managers.shown(alignment, pd.Series([product_id])).iloc[0], NAME),
        "outcomes": [{**_named("outcome", one), "link": one["state"],
                      "strength": one["strength"], "spend": _number(one["spend"])}
                     for one in served.to_dict("records")],
        "checks": [{"check": one["check"], "result": one["result"], "why": quoted(one["why"])}
                   for one in checks.to_dict("records")],
        "open_questions": [_gap(reading, row) for row in gaps.head(MOST).to_dict("records")],
        "open_questions_in_all": len(gaps)}, "products", product=product_id)


def what_changed(reading: Reading, since: str = "") -> Answer:
    """What changed since a snapshot: its number or a day; without, since the last closed review."""
    if not reading.has_store:
        raise Unanswerable("no store is named, so no earlier week is known: start with --store URL")
    try:
        earlier = reading.earlier(_since(since))
    except StoreError as error:
        raise Unanswerable(str(error)) from None
    if earlier is None:
        raise Unanswerable("the store has no earlier snapshot of this source")
    changes = reading.compared_with(earlier)
    return reading.answer(_changes(changes) | {
        "since": f"{changes.before.as_of:%Y-%m-%d}"}, "weekly_review")


def find(reading: Reading, query: str) -> Answer:
    """Find outcomes, products, objectives and key results by words of their name or id."""
    rows = search.find(reading.alignment, unquoted(query)[:200], most=MOST, hidden=HIDDEN)
    rows = rows[rows["kind"] != "product manager"]
    return reading.answer({"found": [
        {"kind": row["kind"], "id": identifier(row["object_id"]), "name": quoted(row["name"], NAME),
         "page": reading.page(row["page"], **({row["param"]: row["id"]} if not formats.is_unknown(
             row["id"]) else {}))} for row in rows.head(20).to_dict("records")]}, "overview")


def try_change(reading: Reading, verb: str, arguments: Mapping[str, Any]) -> Answer:
    """What would a change do? Before against after; nothing is saved."""
    written = json.dumps([{"verb": verb, **arguments}])
    if len(written) > _LARGEST:
        raise Unanswerable(f"at most {_LARGEST:,} characters of arguments are read")
    try:
        asked = read_asked(written)
        both = reading.what_if(asked)
    except EditError as error:
        raise Unanswerable(quoted(str(error))) from None
    except SourceError:
        raise Unanswerable("with that change the portfolio cannot be measured") from None
    after = replace(reading, evaluation=shown(both.after, reading.rights, both.before))
    changes = after.compared_with(both.before)
    names, edits = Names(both.before.alignment.portfolio), both.edits
    if any(isinstance(one, Asked) and one.verb == "set" for one in asked):
        # of any cell, also one whose text is for nobody to read
        edits = tuple(replace(edit, before=None) for edit in edits)
    return reading.answer(_changes(changes) | {
        "edits": [quoted(said(edit, names)) for edit in edits[:MOST]],
        "saved": False}, "what_if")


def weekly_brief(reading: Reading) -> Answer:
    """The weekly review as Markdown: answer, changes, exceptions, decisions, what is unknown."""
    earlier = reading.earlier(None) if reading.has_store else None
    edition = Edition(reading.evaluation, source_name(reading.alignment.portfolio.source),
                      reading.compared_with(earlier) if earlier else None)
    return reading.answer({"markdown": document(pack_markdown(edition).decode())}, "weekly_review")


def rules(reading: Reading, code: str = "") -> Answer:
    """What do the rules ask? One with its formula and threshold, or all by code and name."""
    known = {one["code"]: one for one in catalogue.rules() if one["code"] in reading.codes()}
    if code:
        wanted = _code(reading, code)
        settings = reading.alignment.portfolio.settings.rule(wanted)
        return reading.answer({"rule": known[wanted] | {
            "enabled": settings.enabled, "threshold_here": settings.threshold,
            "not_evaluated_because": reading.gaps.not_evaluated.get(wanted)}}, "method")
    return reading.answer({"rules": [
        {"code": one["code"], "name": one["name"], "question": one["question"]}
        for one in known.values()]}, "method")


# -- parts -----------------------------------------------------------------------------------------

def _changes(changes: Changes) -> dict[str, Any]:
    return {
        "in_words": [quoted(line) for line in sentences(changes)],
        "headlines": {one.key: {"before": one.before, "after": one.after}
                      for one in changes.split.headlines},
        "gaps": [{"key": identifier(row.ids[0]), "what": row.kind, "message": quoted(row.name),
                  "note": row.note} for row in changes.of("gap")[:MOST]],
        "changes_in_all": len(changes.rows)}


def _gap(reading: Reading, row: Mapping[str, Any]) -> dict[str, Any]:
    return {"key": identifier(row["key"]), "code": row["code"], "severity": row["severity"],
            "message": quoted(row["message"]), "next_step": quoted(row["next_step"]),
            "who": quoted(row["who"], NAME), "at_stake": _number(row["at_stake"]),
            "page": reading.page("gaps", gap=row["key"])}


def _page_of(reading: Reading, key: str) -> tuple[str, dict[str, str]]:
    """The page that shows what has this key or id. Raises KeyError where it is not shown to who
    asks: a page that is not theirs, a key result whose title they may not read."""
    alignment, page, query = reading.alignment, "outcomes", {}
    if (reading.gaps.rows["key"] == key).any():
        page, query = "gaps", {"gap": key}
    elif (alignment.products["product_id"] == key).any():
        page, query = "products", {"product": key}
    elif (alignment.outcomes["outcome_id"] == key).any():
        query = {"outcome": key}
    results = alignment.key_results
    if not reading.rights.may_open(page) or (
            (results["kr_id"] == key) & (results["title"] == HIDDEN)).any():
        raise KeyError(key)
    return page, query


def _named(kind: str, row: Mapping[str, Any] | pd.Series) -> dict[str, str]:
    return {f"{kind}_id": identifier(row[f"{kind}_id"]), "name": quoted(row["name"], NAME)}


def _one(rows: pd.DataFrame, kind: str, wanted: str) -> pd.Series:
    """The product or outcome with an id, or else a name."""
    text = unquoted(wanted)
    found = rows[rows[f"{kind}_id"] == text]
    if not len(found):
        found = rows[rows["name"].str.casefold() == text.casefold()]
    if len(found) == 1:
        return found.iloc[0]
    known: Sequence[str] = found[f"{kind}_id"].tolist()
    why = f"several have that name: {', '.join(map(identifier, known[:8]))}" if known else (
        "search finds it by words of its name")
    raise Unanswerable(f"no one {kind} has the id or name {quoted(text, NAME)}; {why}")


def _code(reading: Reading, written: str) -> str:
    code, known = unquoted(written).upper(), reading.codes()
    if code in SENSITIVE and code not in known:
        raise Unanswerable(f"{code} is about single people and is not shown outside the dashboard")
    if code not in known:
        raise Unanswerable(f"no rule has that code; the codes are {', '.join(known)}")
    return code


def _since(written: str) -> int | date | None:
    text = unquoted(written).removeprefix("snapshot:")
    if text.isascii() and text.isdecimal() and len(text) < 8:
        return int(text)
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Unanswerable("since is the number of a snapshot or YYYY-MM-DD") from None


def _state(value: object) -> str | None:
    return None if formats.is_unknown(value) else str(value)


def _number(value: object) -> float | None:
    return None if formats.is_unknown(value) else float(str(value))
