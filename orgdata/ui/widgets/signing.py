"""Whose word an entry is: who confirmed a purpose or a link, who answered what is expected.

Whose something is, is asked of the rights of who looks, not of what they are shown: heads are shown
the same, and have different things.
"""

from collections.abc import Sequence

import pandas as pd

from orgdata import formats
from orgdata.edits.forms import Answers, Ask, Objects
from orgdata.model.words import normalise_word
from orgdata.ui.shell import letter_link, rights, sign_in
from orgdata.ui.shell.view import View


def signed(view: View, asks: Sequence[Ask], of: Objects, answers: Answers,
           by: str) -> dict[str, str]:
    """What was given in a form with whose word it is: that of who enters it, unless they name
    somebody else where they may."""
    def word(ask: Ask) -> str:
        if ask.kind == "answerer":
            return answered_by(view, of["expectation_id"], by)
        return answers[ask.name] or (by if ask.signs and ask.needed else "")

    return {ask.name: word(ask) for ask in asks}


def answered_by(view: View, expectation_id: str, by: str) -> str:
    """Who answered what is expected, as it is kept: whoever speaks for the side that is asked by
    their own sign-in, anybody else on behalf of it; without a sign-in the function by the link that
    was sent to its own address, or who it is said to be."""
    rows = view.alignment.expectations
    row = rows[rows["expectation_id"] == expectation_id].iloc[0]
    function, of_product = str(row["partner"]), row["direction"] == "from_partner"
    if not sign_in.name():
        sent = letter_link.function() == normalise_word(function)
        how = f"by the link sent to {formats.sentence_case(function)}" if sent else "said to be"
        return f"{by} ({how})" if by else ""
    reader = rights.current()
    if of_product:
        side, speaks = _product(view, row["product_id"]), (
            row["product_id"] in reader.theirs.products)
    else:
        side, speaks = formats.sentence_case(function), bool(
            reader.speaks_for(pd.Series([function], dtype="str")).any())
    return by if speaks else f"{by}, on behalf of {side}"


def _product(view: View, product_id: object) -> str:
    rows = view.portfolio["products"]
    names = rows["name"][rows["product_id"] == product_id].dropna()
    return str(names.iloc[0] if len(names) else product_id)
