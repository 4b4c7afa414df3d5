"""What can be changed of a thing where it is shown, gap or no gap, as forms."""

from collections.abc import Mapping
from typing import Literal

from orgdata.edits.edit import Edit
from orgdata.edits.fixes import CONFIRMED_BY, DECLINED_BY, FIXES
from orgdata.edits.forms import Answers, Ask, Fix, Objects, column, of_row
from orgdata.edits.ideas import add_idea, change_idea, drop_idea
from orgdata.edits.now import Now
from orgdata.edits.outcomes import confirm, decline, link, retire_outcome, withdraw
from orgdata.edits.people import hand_to
from orgdata.edits.products import retire_product

Thing = Literal["product", "outcome", "link", "key_result", "idea", "new_idea",
                "idea_for_any"]



def _retire(now: Now, of: Objects, given: Answers) -> list[Edit]:
    return retire_product(now, of["product_id"], given["links_to"])


_EXPECTED = tuple(column("ideas", name, needed=False) for name in (
    "effect_low", "effect_likely", "effect_high", "effort_low", "effort_likely", "effort_high",
    "confidence_pct", "annual_spend"))
_ABOUT = (*(column("ideas", name, needed=False) for name in ("stage", "asked_by")),
          Ask("product_id", "Product it would change", "product", blank="a new one"))
_NAME = Ask("name", "Name", "text", needed=True)


def _new_idea(now: Now, given: Answers, outcome_id: str) -> list[Edit]:
    return add_idea(now, **{name: text for name, text in given.items() if text} | {
        "outcome_id": outcome_id})


ACTIONS: Mapping[Thing, Mapping[str, Fix]] = {
    "product": {
        "manager": Fix("Assign or change the product manager", FIXES["OWN01"].asks,
                       lambda now, of, given: hand_to(now, of["product_id"], **given),
                       decided_above=True),
        "deputy": FIXES["OWN06"], "link": FIXES["PRD01"], "bet": FIXES["PRD07"],
        "retire": Fix("Retire it", (Ask("links_to", "What takes over its links", "product",
                                        blank="they end"),),
                      _retire, decided_above=True)},
    "outcome": {
        "measure": Fix("Set metric, target, due date or owner", FIXES["OUT04"].asks,
                       FIXES["OUT04"].edits),
        "weight": FIXES["OUT05"], "link": FIXES["OUT01"],
        "drop": Fix("Retire it", (), lambda now, of, given: retire_outcome(now, of["outcome_id"]))},
    "key_result": {
        "check_in": FIXES["PRG01"],
        "agreed": of_row("key_results", "kr_id", "Set target, baseline, due date or weight",
                         "target", "baseline", "lower", "upper", "start_date", "due_date",
                         "weight")},
    "link": {
        "link": Fix("Link them, or change how much it contributes", FIXES["PRD03"].asks,
            lambda now, of, given: link(now, of["product_id"], of["outcome_id"],
                                        given["strength"])),
        "confirm": Fix("Confirm the link", (CONFIRMED_BY,),
                       lambda now, of, given: confirm(now, of["product_id"], of["outcome_id"],
                                                      given["confirmed_by"])),
        "decline": Fix("Decline the link", (DECLINED_BY,),
                       lambda now, of, given: decline(now, of["product_id"], of["outcome_id"],
                                                      given["declined_by"])),
        "withdraw": Fix("Withdraw the link", (),
                        lambda now, of, given: withdraw(now, of["product_id"],
                                                        of["outcome_id"]))},
    "idea": {
        "expected": Fix("Set what it would bring and take", _EXPECTED,
                        lambda now, of, given: change_idea(now, of["idea_id"], **given)),
        "about": Fix("Set its stage, who asked for it or its product", _ABOUT,
                     lambda now, of, given: change_idea(now, of["idea_id"], **given)),
        "drop": Fix("Drop it", (), lambda now, of, given: drop_idea(now, of["idea_id"]))},
    "new_idea": {"add": Fix("Add an idea", (_NAME, *_ABOUT, *_EXPECTED),
                            lambda now, of, given: _new_idea(now, given, of["outcome_id"]))},
    "idea_for_any": {"add": Fix("Add an idea", (
        Ask("outcome_id", "Outcome it would work on", "outcome", needed=True), _NAME, *_ABOUT,
        *_EXPECTED), lambda now, of, given: _new_idea(now, given, given["outcome_id"]))}}
