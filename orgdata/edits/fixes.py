"""What settles a gap, as a form with exactly the fields for it; each becomes edits by a verb.

A rule that is not in here is settled by a talk, a change of plans or in another tool: not by a
cell.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from orgdata import formats
from orgdata.edits.check_ins import check_in
from orgdata.edits.edit import Edit
from orgdata.edits.now import Now
from orgdata.edits.outcomes import link, reweight
from orgdata.edits.people import assign, move_pm
from orgdata.edits.products import change_role
from orgdata.model import labels
from orgdata.model.schema import TABLES
from orgdata.model.words import STRATEGIC_ROLE, STRENGTH

Kind = Literal["person", "product", "outcome", "day", "number", "text", "choice"]
Objects = Mapping[str, str]  # the objects of a gap by their column: product_id → P1
Answers = Mapping[str, str]  # what was given for each field, as text; "" for nothing


@dataclass(frozen=True)
class Ask:
    """One field of a form."""

    name: str
    label: str
    kind: Kind
    choices: tuple[str, ...] = ()
    needed: bool = False


@dataclass(frozen=True)
class Fix:
    """What settles the gaps of a rule: what its button says, its fields, and the edits."""

    label: str
    asks: tuple[Ask, ...]
    edits: Callable[[Now, Objects, Answers], list[Edit]]


@dataclass(frozen=True)
class Form:
    """A verb as a form: what people call it, and the fields for what it takes."""

    label: str
    asks: tuple[Ask, ...]


def _assign(role: str) -> Callable[[Now, Objects, Answers], list[Edit]]:
    return lambda now, gap, given: assign(now, gap["product_id"], given["person_id"], role,
                                          given["start_date"])


def _cells(table: str, key: str) -> Callable[[Now, Objects, Answers], list[Edit]]:
    """Set the cells that were given of the row that a gap is about."""
    return lambda now, gap, given: [now.set(table, now.row(table, **{key: gap[key]}), **{
        column: text for column, text in given.items() if text})]


def _of(table: str, key: str, label: str, *columns: str, needed: bool = False) -> Fix:
    return Fix(label, tuple(_column(table, name, needed) for name in columns), _cells(table, key))


def _column(table: str, name: str, needed: bool) -> Ask:
    """The field for a column, by its type."""
    field = TABLES[table][name]
    label = formats.sentence_case(labels.column(name))
    kind: Kind = _REFERENCES.get(field.references or "") or _KINDS.get(field.kind, "text")
    words = field.vocabulary.words if field.vocabulary else ("yes", "no")
    return Ask(name, label, kind, words if kind == "choice" else (), needed)


_REFERENCES: Mapping[str, Kind] = {
    "people": "person", "products": "product", "outcomes": "outcome"}
_KINDS: Mapping[str, Kind] = {
    "number": "number", "date": "day", "bool": "choice", "word": "choice"}
_PERSON = Ask("person_id", "Product manager", "person", needed=True)
_FIRST_DAY = Ask("start_date", "From", "day")
_STRENGTH = Ask("strength", "How much it contributes", "choice", STRENGTH.words)
_WEIGHT = Ask("weight", "Weight in percent", "number", needed=True)


FIXES: Mapping[str, Fix] = {
    "OWN01": Fix("Assign a product manager", (_PERSON, _FIRST_DAY), _assign("accountable")),
    "OWN03": Fix("Hand over to the next product manager", (_PERSON, _FIRST_DAY),
                 lambda now, gap, given: move_pm(now, gap["product_id"], **given)),
    "OWN06": Fix("Name a deputy", (Ask("person_id", "Deputy", "person", needed=True), _FIRST_DAY),
                 _assign("deputy")),
    "OWN07": _of("objectives", "objective_id", "Name an owner", "owner_id", needed=True),
    "OUT01": Fix("Link a product", (Ask("product_id", "Product", "product", needed=True),
                                    _STRENGTH),
                 lambda now, gap, given: link(now, given["product_id"], gap["outcome_id"],
                                              given["strength"] or "primary")),
    "OUT04": _of("outcomes", "outcome_id", "Fill in what is missing", "metric", "target",
                 "due_date", "owner_id"),
    "OUT05": Fix("Change the weight", (_WEIGHT,), lambda now, gap, given: reweight(
        now, gap["outcome_id"], given["weight"])),
    "PRD01": Fix("Link it to an outcome", (Ask("outcome_id", "Outcome", "outcome", needed=True),
                                           _STRENGTH),
                 lambda now, gap, given: link(now, gap["product_id"], given["outcome_id"],
                                              given["strength"] or "supporting")),
    "PRD07": Fix("Change the strategic bet", (Ask(
        "strategic_role", "Strategic bet", "choice", STRATEGIC_ROLE.words, needed=True),),
        lambda now, gap, given: change_role(now, gap["product_id"], given["strategic_role"])),
    "OBJ01": _of("objectives", "objective_id", "Choose its outcome", "outcome_id", needed=True),
    "OBJ02": _of("objectives", "objective_id", "Choose another outcome", "outcome_id",
                 needed=True),
    "KR01": _of("key_results", "kr_id", "Fill in what is missing", "target", "lower", "upper",
                "due_date"),
    "KR02": _of("key_results", "kr_id", "Set the baseline", "baseline", needed=True),
    "PRG02": Fix("Check in", (Ask("value", "Value today", "number", needed=True),
                              Ask("confidence", "Confidence (0–10)", "number"),
                              Ask("note", "Note", "text")),
                 lambda now, gap, given: check_in(now, gap["kr_id"], **given)),
    "PRG07": _of("objectives", "objective_id", "Grade and close, or extend", "grade", "status",
                 "end_date"),
    "PRT04": _of("dependencies", "dependency_id", "Record the answer", "agreed", "needed_by"),
    "RBK01": _of("roadblocks", "roadblock_id", "Say who clears it, or that it is cleared",
                 "unblocker_id", "closed_on"),
    "XFN01": _of("expectations", "expectation_id", "Record the answer", "state", needed=True),
}

_PRODUCT = Ask("product_id", "Product", "product", needed=True)
_OUTCOME = Ask("outcome_id", "Outcome", "outcome", needed=True)
# What somebody may try, by its verb: at most a few fields each, and no id is ever asked for.
WHAT_IFS: Mapping[str, Form] = {
    "move PM": Form("Hand a product to another product manager", (_PRODUCT, _PERSON, _FIRST_DAY)),
    "assign": Form("Give a product a product manager", (_PRODUCT, _PERSON, _FIRST_DAY)),
    "retire product": Form("Retire a product", (
        _PRODUCT, Ask("links_to", "What takes over its links", "product"))),
    "merge": Form("Merge a product into another", (
        _PRODUCT, Ask("into_product_id", "Into", "product", needed=True))),
    "change role": Form("Change the strategic bet on a product", (_PRODUCT, Ask(
        "strategic_role", "Strategic bet", "choice", STRATEGIC_ROLE.words, needed=True))),
    "link": Form("Link a product to an outcome, or change its link", (
        _PRODUCT, _OUTCOME, _STRENGTH)),
    "withdraw": Form("Withdraw a product's link to an outcome", (_PRODUCT, _OUTCOME)),
    "re-weight": Form("Change the weight of an outcome", (_OUTCOME, _WEIGHT)),
    "add outcome": Form("Add an outcome", (
        Ask("name", "Name", "text", needed=True), Ask("weight", "Weight in percent", "number"),
        Ask("tier", "Importance (1 is the most critical)", "choice", ("1", "2", "3")))),
    "retire outcome": Form("Drop an outcome", (_OUTCOME,))}
