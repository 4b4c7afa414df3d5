"""What can be changed of a thing where it is shown, gap or no gap, as forms."""

from collections.abc import Mapping
from typing import Literal

from orgdata.edits.edit import Edit
from orgdata.edits.fixes import FIXES
from orgdata.edits.forms import Answers, Ask, Fix, Objects
from orgdata.edits.now import Now
from orgdata.edits.outcomes import confirm, decline, link, retire_outcome, withdraw
from orgdata.edits.people import hand_to
from orgdata.edits.products import retire_product

Thing = Literal["product", "outcome", "link"]



def _retire(now: Now, of: Objects, given: Answers) -> list[Edit]:
    return retire_product(now, of["product_id"], given["links_to"])


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
    "link": {
        "link": Fix("Link them, or change how much it contributes", FIXES["PRD03"].asks,
            lambda now, of, given: link(now, of["product_id"], of["outcome_id"],
                                        given["strength"])),
        "confirm": Fix("Confirm the link", (Ask("confirmed_by", "Confirmed by", "person",
                                                needed=True),),
                       lambda now, of, given: confirm(now, of["product_id"], of["outcome_id"],
                                                      given["confirmed_by"])),
        "decline": Fix("Decline the link", (Ask("declined_by", "Declined by", "person",
                                                needed=True),),
                       lambda now, of, given: decline(now, of["product_id"], of["outcome_id"],
                                                      given["declined_by"])),
        "withdraw": Fix("Withdraw the link", (),
                        lambda now, of, given: withdraw(now, of["product_id"],
                                                        of["outcome_id"]))}}
