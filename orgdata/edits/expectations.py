"""What is done to an expectation between a product and another function: it is offered, answered,
or changed, which makes it an offer again (METHOD section 10)."""

from orgdata.edits.edit import Edit, EditError
from orgdata.edits.now import Now
from orgdata.model.words import DIRECTION, STATE

_TABLE, _ID = "expectations", "expectation_id"
ANSWERS = tuple(word for word in STATE.words if word != "offered")


def answer(now: Now, expectation_id: str, state: str, by: str = "", note: str = "") -> list[Edit]:
    """Accept, counter or decline what is expected, on the day; to counter takes what is offered
    instead, as a note. Who answered before does not stay where nobody is given. Raises
    EditError."""
    if state not in ANSWERS:
        raise EditError(f"an expectation is {', '.join(ANSWERS[:-1])} or {ANSWERS[-1]}")
    if state == "countered" and not note:
        raise EditError("say in the note what is offered instead")
    row = now.row(_TABLE, **{_ID: expectation_id})
    given = {name: text for name, text in (("answered_by", by), ("note", note))
             if text or (name == "answered_by" and now.text(_TABLE, row, name))}
    return [now.set(_TABLE, row, state=state, answered_on=now.day.isoformat(), **given)]


def change(now: Now, expectation_id: str, what: str = "", by_when: str = "") -> list[Edit]:
    """Change what is expected, or by when: whatever was answered is void, so that it is an offer
    again. Raises EditError where it changes nothing."""
    row = now.row(_TABLE, **{_ID: expectation_id})
    given = {name: text for name, text in (("what", what), ("by_when", by_when)) if text}
    changed = {name: text for name, text in given.items() if text != now.text(_TABLE, row, name)}
    if not changed:
        raise EditError("that is what it says already")
    void = {name: text for name, text in (("state", "offered"), ("answered_by", ""),
                                          ("answered_on", ""))
            if now.text(_TABLE, row, name) != text}
    return [now.set(_TABLE, row, **changed, **void)]


def offer(now: Now, product_id: str, partner: str, what: str, by_when: str = "",
          direction: str = "from_partner") -> list[Edit]:
    """Add what a product expects of another function, or it of the product. Raises EditError."""
    if not partner or not what:
        raise EditError("say which function it is about, and what is expected")
    if direction not in DIRECTION.words:
        raise EditError("an expectation is one of the function, or of the product")
    now.row("products", product_id=product_id)
    return [now.add(_TABLE, expectation_id=now.free_id(_TABLE), product_id=product_id,
                    partner=partner, what=what, by_when=by_when, direction=direction,
                    state="offered")]
