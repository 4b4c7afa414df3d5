"""What settles the gaps of each rule: a form with exactly the fields for it, or why no cell does.

Each rule of the catalogue stands in `FIXES` or in `ELSEWHERE`; a test holds that.
"""

from collections.abc import Callable, Mapping

from orgdata.edits.answers import on_link
from orgdata.edits.check_ins import check_in
from orgdata.edits.edit import Edit, EditError
from orgdata.edits.expectations import ANSWERS, answer
from orgdata.edits.forms import Answers, Ask, Fix, Form, Objects, of_row
from orgdata.edits.goals import (
    add_key_result,
    add_objective,
    drop_key_result,
    drop_objective,
    serve_no_longer,
)
from orgdata.edits.now import Now
from orgdata.edits.outcomes import confirm, link, retire_outcome, reweight, withdraw
from orgdata.edits.people import allocate, assign, keep_only, move_pm
from orgdata.edits.products import change_role, merge_products, state_purpose
from orgdata.edits.typed import check_typed
from orgdata.model.words import STRATEGIC_ROLE, STRENGTH

_PRODUCT = Ask("product_id", "Product", "product", needed=True)
_OUTCOME = Ask("outcome_id", "Outcome", "outcome", needed=True)
_PERSON = Ask("person_id", "Product manager", "person", needed=True)
_FIRST_DAY = Ask("start_date", "From", "day", blank="the day shown")
_STRENGTH = Ask("strength", "How much it contributes", "choice", STRENGTH.words)
_WEIGHT = Ask("weight", "New weight in percent; the others keep their proportions", "number",
              needed=True)
CONFIRMED_BY = Ask("confirmed_by", "Confirmed by", "signer", needed=True)
DECLINED_BY = Ask("declined_by", "Your name", "author", needed=True)
_CONFIRMED_BY = Ask("confirmed_by", "Confirmed by", "signer")
_PURPOSE = (Ask("role_statement", "What it is for", "text", needed=True),
            Ask("role_confirmed_by", "Confirmed by", "signer", needed=True))
_VALUE = Ask("value", "Value today", "number", needed=True)
_CONFIDENCE = Ask("confidence", "Confidence (0–10)", "number")
_NOTE = Ask("note", "Note", "text")
_KEY_RESULT = (Ask("title", "Key result", "text", needed=True),
               Ask("baseline", "Baseline", "number"),
               Ask("target", "Target", "number", needed=True),
               Ask("due_date", "Due date", "day"))


ANSWER = (Ask("state", "Answer", "choice", ANSWERS, needed=True),
          Ask("note", "Note (what is offered instead)", "text"),
          Ask("answered_by", "Answered by", "answerer"))


def _assign(role: str) -> Callable[[Now, Objects, Answers], list[Edit]]:
    return lambda now, gap, given: assign(now, gap["product_id"], given["person_id"], role,
                                          given["start_date"])


def _link_confirmed(now: Now, gap: Objects, given: Answers) -> list[Edit]:
    """A primary link, confirmed where somebody is named who does."""
    linked = link(now, given["product_id"], gap["outcome_id"], "primary")
    if not (by := given["confirmed_by"]):
        return linked
    if linked[0].operation == "set":
        return [*linked, *confirm(now, given["product_id"], gap["outcome_id"], by)]
    return [*linked, on_link(given["product_id"], gap["outcome_id"], "confirmed", by, now.day)]


def _purpose(now: Now, gap: Objects, given: Answers) -> list[Edit]:
    return state_purpose(now, gap["product_id"], given["role_statement"],
                         given["role_confirmed_by"])


def _fewer(now: Now, gap: Objects, given: Answers) -> list[Edit]:
    """One objective of a product less, or one key result of an objective."""
    return (drop_key_result(now, given["kr_id"]) if given["kr_id"] else
            drop_objective(now, given["objective_id"]))


def _target_of_bucket(now: Now, gap: Objects, given: Answers) -> list[Edit]:
    row = now.where("mix_targets", dimension=gap["dimension"], bucket=gap["bucket"]).iloc[0]
    check_typed(now, "mix_targets", given)
    return [now.set("mix_targets", row, target_pct=given["target_pct"])]


def _answered(now: Now, gap: Objects, given: Answers) -> list[Edit]:
    return answer(now, gap["expectation_id"], given["state"], given["answered_by"],
                  given["note"])


def _check_in(label: str, *asks: Ask) -> Fix:
    return Fix(label, asks, lambda now, gap, given: check_in(now, gap["kr_id"], **given))


FIXES: Mapping[str, Fix] = {
    "OWN01": Fix("Assign a product manager", (_PERSON, _FIRST_DAY), _assign("accountable"),
                 decided_above=True),
    "OWN02": Fix("Keep one product manager", (Ask("person_id", "Who stays", "person",
                                                  needed=True),),
                 lambda now, gap, given: keep_only(now, gap["product_id"], **given),
                 decided_above=True),
    "OWN03": Fix("Hand over to the next product manager", (_PERSON, _FIRST_DAY),
                 lambda now, gap, given: move_pm(now, gap["product_id"], **given),
                 decided_above=True),
    "OWN04": Fix("Change an allocation", (_PRODUCT, Ask(
        "allocation_pct", "Share of the time in percent", "number", needed=True)),
        lambda now, gap, given: allocate(now, gap["person_id"], **given)),
    "OWN05": Fix("Hand a product over", (_PRODUCT, Ask("person_id", "Next product manager",
                                                       "person", needed=True), _FIRST_DAY),
                 lambda now, gap, given: move_pm(now, **given), decided_above=True),
    "OWN06": Fix("Name a deputy", (Ask("person_id", "Deputy", "person", needed=True), _FIRST_DAY),
                 _assign("deputy")),
    "OWN07": of_row("objectives", "objective_id", "Name an owner", "owner_id", needed=True),
    "OUT01": Fix("Link a product", (_PRODUCT, _STRENGTH),
                 lambda now, gap, given: link(now, given["product_id"], gap["outcome_id"],
                                              given["strength"] or "primary")),
    "OUT02": Fix("Give it a primary product", (_PRODUCT, _CONFIRMED_BY), _link_confirmed),
    "OUT03": Fix("Add a second primary product", (_PRODUCT, _CONFIRMED_BY), _link_confirmed),
    "OUT04": of_row("outcomes", "outcome_id", "Fill in what is missing", "metric", "target",
                    "due_date", "owner_id"),
    "OUT05": Fix("Change the weight", (_WEIGHT,), lambda now, gap, given: reweight(
        now, gap["outcome_id"], given["weight"])),
    "OUT06": Fix("Drop an outcome", (_OUTCOME,), lambda now, gap, given: retire_outcome(
        now, given["outcome_id"])),
    "PRD01": Fix("Link it to an outcome", (_OUTCOME, _STRENGTH),
                 lambda now, gap, given: link(now, gap["product_id"], given["outcome_id"],
                                              given["strength"] or "supporting")),
    "PRD02": Fix("Add an objective", (Ask("title", "Objective", "text", needed=True), Ask(
        "outcome_id", "For which outcome", "outcome"), Ask("end_date", "Until", "day")),
        lambda now, gap, given: add_objective(now, product_id=gap["product_id"], **given)),
    "PRD03": Fix("Change how much it contributes", (Ask(
        "strength", "How much it contributes", "choice", STRENGTH.words, needed=True),),
        lambda now, gap, given: link(now, gap["product_id"], gap["outcome_id"],
                                     given["strength"])),
    "PRD04": Fix("Withdraw a link", (_OUTCOME,), lambda now, gap, given: withdraw(
        now, gap["product_id"], given["outcome_id"])),
    "PRD05": Fix("Confirm the purpose", _PURPOSE, _purpose),
    "PRD07": Fix("Change the strategic bet", (Ask(
        "strategic_role", "Strategic bet", "choice", STRATEGIC_ROLE.words, needed=True),),
        lambda now, gap, given: change_role(now, gap["product_id"], given["strategic_role"]),
        decided_above=True),
    "PRD08": Fix("Merge one into the other", (Ask("into_product_id", "Which one stays", "product",
                                                  needed=True),),
                 lambda now, gap, given: merge_products(now, *_other_first(gap, given)),
                 decided_above=True),
    "OBJ01": of_row("objectives", "objective_id", "Choose its outcome", "outcome_id", needed=True),
    "OBJ02": of_row("objectives", "objective_id", "Choose another outcome", "outcome_id",
                    needed=True),
    "OBJ03": Fix("Add a key result", _KEY_RESULT, lambda now, gap, given: add_key_result(
        now, gap["objective_id"], **given)),
    "OBJ04": Fix("Drop one", (Ask("objective_id", "Objective of the product", "objective"),
                              Ask("kr_id", "Key result of the objective", "key_result")), _fewer),
    "OBJ05": Fix("Add a key result that measures an outcome", _KEY_RESULT,
                 lambda now, gap, given: add_key_result(now, gap["objective_id"],
                                                        result_kind="outcome", **given)),
    "OBJ06": Fix("Take an outcome away", (_OUTCOME,), lambda now, gap, given: serve_no_longer(
        now, gap["objective_id"], given["outcome_id"])),
    "OBJ07": of_row("objectives", "objective_id", "Correct its dates", "start_date", "end_date"),
    "KR01": of_row("key_results", "kr_id", "Fill in what is missing", "target", "lower", "upper",
                   "due_date"),
    "KR02": of_row("key_results", "kr_id", "Set the baseline", "baseline", needed=True),
    "KR03": of_row("key_results", "kr_id", "Correct the numbers", "baseline", "target", "lower",
                   "upper", "weight", "start_date", "due_date"),
    "KR04": of_row("key_results", "kr_id", "Restore what was agreed", "baseline", "target",
                   "due_date"),
    "PRG01": _check_in("Check in", _VALUE, _CONFIDENCE, _NOTE),
    "PRG02": _check_in("Check in", _VALUE, _CONFIDENCE, _NOTE),
    "PRG03": _check_in("Check in", Ask("value", "Value today", "number"), Ask(
        "status", "Status", "choice", ("on track", "at risk", "off track"), needed=True),
        _CONFIDENCE, _NOTE),
    "PRG04": _check_in("Check in", _VALUE, _CONFIDENCE, _NOTE),
    "PRG05": _check_in("Check in", Ask("value", "Value today", "number"),
                       Ask("confidence", "Confidence (0–10)", "number", needed=True), _NOTE),
    "PRG06": _check_in("Check in", _VALUE, _CONFIDENCE, _NOTE),
    "PRG07": of_row("objectives", "objective_id", "Grade and close, or extend", "grade", "status",
                    "end_date"),
    "PRT01": Fix("Change the target", (Ask("target_pct", "Target in percent", "number",
                                           needed=True),), _target_of_bucket),
    "PRT03": Fix("Link a product", (_PRODUCT, _OUTCOME, _STRENGTH),
                 lambda now, gap, given: link(now, given["product_id"], given["outcome_id"],
                                              given["strength"] or "supporting")),
    "PRT04": of_row("dependencies", "dependency_id", "Record the answer", "agreed", "needed_by"),
    "RBK01": of_row("roadblocks", "roadblock_id", "Say who clears it, or that it is cleared",
                    "unblocker_id", "closed_on"),
    "XFN01": Fix("Record the answer", ANSWER, _answered),
    "XFN02": Fix("Record the answer of today", ANSWER, _answered)}

ELSEWHERE: Mapping[str, str] = {  # why no cell settles the gaps of a rule
    "PRT02": "Revenue that comes from one product changes with the products, not with a cell.",
    "FOC01": "What work is for is said in the tool that it comes from.",
    "FOC02": "What work is for is said in the tool that it comes from.",
    "GOV01": "Its status and owner are given below.",
    "GOV02": "Its status and owner are given below."}


def asks_of_grid(code: str) -> tuple[Ask, ...]:
    """The fields of which one settles many gaps of a rule, in a grid; none where it takes more."""
    if code not in FIXES or sum(ask.needed for ask in FIXES[code].asks) > 1:
        return ()
    return tuple(ask for ask in FIXES[code].asks
                 if ask.kind not in ("objective", "key_result") and not ask.signs)


def _other_first(gap: Objects, given: Answers) -> tuple[str, str]:
    """The product of a pair that goes, and the one that stays."""
    pair, stays = [gap["product_id"], gap["other_product_id"]], given["into_product_id"]
    if stays not in pair:
        raise EditError("choose one of the two")
    pair.remove(stays)
    return pair[0], stays


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
    "state purpose": Form("State what a product is for", (
        _PRODUCT, *_PURPOSE)),
    "link": Form("Link a product to an outcome, or change its link", (
        _PRODUCT, _OUTCOME, _STRENGTH)),
    "confirm": Form("Confirm a product's link to an outcome", (
        _PRODUCT, _OUTCOME, CONFIRMED_BY)),
    "decline": Form("Decline a product's link to an outcome", (
        _PRODUCT, _OUTCOME, DECLINED_BY)),
    "withdraw": Form("Withdraw a product's link to an outcome", (_PRODUCT, _OUTCOME)),
    "re-weight": Form("Change the weight of an outcome", (_OUTCOME, _WEIGHT)),
    "add outcome": Form("Add an outcome", (
        Ask("name", "Name", "text", needed=True), Ask("weight", "Weight in percent", "number"),
        Ask("tier", "Importance (1 is the most critical)", "choice", ("1", "2", "3")))),
    "retire outcome": Form("Drop an outcome", (_OUTCOME,)),
    "pursue idea": Form("Pursue an idea", (Ask("idea_id", "Idea", "idea", needed=True),)),
    "check in": Form("Check in on a key result", (
        Ask("kr_id", "Key result", "key_result", needed=True), _VALUE, _CONFIDENCE))}
