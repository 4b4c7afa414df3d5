"""What products and other functions expect of each other, as rows and sentences (METHOD section
10). No Streamlit; no ratings, and nothing of how long anybody takes to answer."""

from collections.abc import Mapping

import pandas as pd

from orgdata import formats
from orgdata.gaps.populations_work import expectations as expected
from orgdata.gaps.rule import WithHistory
from orgdata.measures import Alignment
from orgdata.model.history import History
from orgdata.model.words import normalise_word
from orgdata.tabular.lookup import indexed, look_up_any
from orgdata.views import answers
from orgdata.views.vocabulary import EXPECTATION

SIDES = {"to_partner": "What products need from {}", "from_partner": "What {} needs from products"}
SOON = 30  # days in which what is not agreed is looked at
OPEN = ("changed", "offered", "countered")  # states in which nobody can count on it


def rows(alignment: Alignment, history: History | None,
         hidden: str | None = None) -> pd.DataFrame:
    """Expectations of active products, by function, what is open first, then by when. One with the
    text `hidden` is left out: it is not shown to who looks.

    Columns: expectation_id, product_id, product, partner (as people read it), function (as it is
    compared), direction, what, by_when (day), by (in words), state (of EXPECTATION: one that was
    changed since it was accepted is `changed`), answered (in words), was (what was accepted, in
    words, where it was changed), note.
    """
    known = alignment if history is None else WithHistory(alignment, history, [])
    found = expected.rows(known)
    if hidden is not None:
        found = found[found["what"] != hidden]
    names = indexed(alignment.portfolio["products"], "product_id", "name")
    changed = (found["state"] == "accepted") & found["changed"]
    state = found["state"].mask(changed, "changed")
    result = pd.DataFrame({
        "expectation_id": found["expectation_id"], "product_id": found["product_id"],
        "product": look_up_any(found["product_id"], names).fillna(found["product_id"]),
        "partner": found["partner"].map(formats.sentence_case),
        "function": found["partner"].map(normalise_word), "direction": found["direction"],
        "what": found["what"], "by_when": found["by_when"],
        "by": ["" if pd.isna(day) else formats.day(day) for day in found["by_when"]],
        "state": state, "answered": _answered(found, state, alignment), "was": _was(found, changed),
        "note": found["note"]})
    result["partner"] = result.groupby("function")["partner"].transform("first")
    result["open"] = state.isin(OPEN)
    return result.sort_values(["function", "open", "by_when", "expectation_id"],
                              ascending=[True, False, True, True], na_position="last",
                              ignore_index=True)


def _answered(found: pd.DataFrame, state: pd.Series, alignment: Alignment) -> list[str]:
    """Who answered and on which day, as far as it is said; people by their names."""
    names = indexed(alignment.portfolio["people"], "person_id", "name")
    who = look_up_any(found["answered_by"], names).fillna(found["answered_by"])
    return ["" if one == "offered" else ", ".join(filter(None, (
        "" if formats.is_unknown(by) else str(by), "" if pd.isna(on) else formats.day(on))))
        for one, by, on in zip(state, who, found["answered"], strict=True)]


def _was(found: pd.DataFrame, changed: pd.Series) -> list[str]:
    return [f"“{what}”{'' if pd.isna(by) else f' by {formats.day(by)}'}" if one else ""
            for one, what, by in zip(changed, found["was_what"], found["was_by_when"],
                                     strict=True)]


def functions(found: pd.DataFrame) -> Mapping[str, str]:
    """The functions that anything is expected of or by, as they are compared → as people read
    them."""
    return dict(zip(found["function"], found["partner"], strict=True))


def of_function(found: pd.DataFrame, function: str) -> pd.DataFrame:
    """What one function is expected to do, or expects, in any spelling of its name."""
    return found[found["function"] == normalise_word(function)].reset_index(drop=True)


def why_none(alignment: Alignment, hidden: str | None = None) -> str:
    """Why nothing is shown of what is expected, where nothing is: no text is `hidden` from who
    looks, and none left out, without being said."""
    rows, what = alignment.expectations, "products and other functions expect of each other"
    if alignment.portfolio.lost("expectations"):
        return f"What {what} could not be read: the Data page says why."
    if len(rows) and hidden is not None and (rows["what"] == hidden).all():
        return f"Nothing of what {what} is for you to see."
    if len(rows):
        return f"Nothing is written down for this choice that {what}."
    return f"Nothing is written down that {what}."


def skipped(alignment: Alignment) -> str:
    """How many rows of expectations are not shown, since they could not be read; "" for none."""
    return answers.skipped(alignment, "expectations", "not among these")


def sentence(found: pd.DataFrame, with_whom: str = "", none: str = "") -> str:
    """How much waits for an answer or an agreement, and what comes first of it; `none` where
    nothing is there. What is declined is settled."""
    if found.empty:
        return none
    whom = with_whom or formats.count(found["function"].nunique(), "function")
    open_ = found[found["open"]]
    if open_.empty:
        return f"All {formats.count(len(found), 'expectation')} with {whom} are answered."
    told = (f"{len(open_):,} of {formats.count(len(found), 'expectation')} with {whom} "
            f"{'is' if len(open_) == 1 else 'are'} not settled")
    dated = open_[open_["by_when"].notna()].sort_values("by_when")
    if dated.empty:
        return f"{told}."
    first = dated.iloc[0]
    about = first["product"] if with_whom else f"{first['partner']}, {first['product']}"
    return f"{told}; the first by {first['by']} ({about})."


def by_state(found: pd.DataFrame) -> str:
    """How many stand where: “2 agreed, 1 waits for an answer”."""
    counts = found["state"].value_counts()
    return ", ".join(f"{int(counts[state]):,} {word.label}" for state, word in EXPECTATION.items()
                     if state in counts)


def due(found: pd.DataFrame, alignment: Alignment) -> pd.DataFrame:
    """What is not agreed and due soon or late, or was changed since it was: for the review."""
    soon = found["by_when"] <= alignment.as_of + pd.Timedelta(days=SOON)
    return found[found["open"] & (soon | (found["state"] == "changed"))].reset_index(drop=True)


def briefly(row: Mapping[str, object]) -> str:
    """How one stands, who owes it, and by when, in few words."""
    owed = "needed from them" if row["direction"] == "to_partner" else "owed to them"
    by = f"by {row['by']}" if row["by"] else ""
    return " · ".join(filter(None, (owed, str(EXPECTATION[str(row["state"])]), by)))


def told(row: Mapping[str, object]) -> str:
    """One expectation in a sentence: who expects what of whom, by when."""
    asking, asked = row["partner"], row["product"]
    if row["direction"] == "to_partner":
        asking, asked = asked, asking
    by = f", by {row['by']}" if row["by"] else ""
    return f"{asking} expects of {asked}: {row['what']}{by}"
