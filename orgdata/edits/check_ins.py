"""A check-in: what a key result stands at on a day."""

import math

from orgdata.edits.edit import Edit, EditError
from orgdata.edits.now import Now
from orgdata.edits.typed import decimal_sign, with_sign
from orgdata.tabular.numbers import number


def check_in(now: Now, kr_id: str, value: str = "", confidence: str = "",
             note: str = "", status: str = "") -> list[Edit]:
    """Say what a key result stands at on the day; what is blank leaves what is there."""
    title = now.name("key_results", kr_id)
    given = {"value": value, "confidence": confidence, "note": note,
             "status": status}
    given = {column: text.strip() for column, text in given.items() if text.strip()}
    if not given:
        raise EditError(f"nothing is given for {title}")
    if "value" in given and math.isnan(number(given["value"])):
        raise EditError(f"{title}: expected a number, found {given['value']!r}")
    if "confidence" in given and not 0 <= number(given["confidence"]) <= 10:  # not a number either
        raise EditError(f"{title}: expected a confidence from 0 to 10, found "
                        f"{given['confidence']!r}")
    for column in given.keys() & {"value", "confidence"}:
        given[column] = with_sign(given[column], decimal_sign(now, "check_ins"))
    rows = now.where("check_ins", kr_id=kr_id)
    rows = rows[rows["date"] == str(now.day)]
    if len(rows):
        return [now.set("check_ins", rows.iloc[-1], **given)]
    return [now.add("check_ins", kr_id=kr_id, date=now.day.isoformat(), **given)]
