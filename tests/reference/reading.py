"""METHOD section 1, "Reading cells": one cell of text as a value, or what is wrong with it."""

import re
from datetime import date, timedelta

from tests.reference.layout import ACCOUNTABLE, DEPUTY, WORDS

YES, NO = {"yes", "y", "true", "t", "1", "x"}, {"no", "n", "false", "f", "0"}
MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()


class Unreadable(Exception):
    """The cell cannot be read; the argument is the problem's code."""


def normalised(word: str) -> str:
    """Trimmed, lower-cased, spaces and hyphens as underscores."""
    return re.sub(r"[\s_-]+", "_", word.strip().lower())


def number(text: str) -> float:
    """Plain, or with thousands separators, a currency sign, k/M/bn or a percent sign."""
    body = text.strip().lower().strip("$€£%").strip()
    factor = ""
    for suffix, zeros in (("bn", "e9"), ("k", "e3"), ("m", "e6")):
        if body.endswith(suffix):
            body, factor = body.removesuffix(suffix).strip(), zeros
    if "," in body and "." in body:  # the last one is the decimal sign
        thousands = "," if body.rfind(",") < body.rfind(".") else "."
        body = body.replace(thousands, "").replace(",", ".")
    elif re.fullmatch(r"-?[1-9]\d{0,2}(,\d{3})+", body):
        body = body.replace(",", "")
    else:
        body = body.replace(",", ".")
    if not re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)", body):
        raise Unreadable("bad_number")
    if abs(read := float(body + factor)) > 1e15:
        raise Unreadable("bad_number")
    return 0.0 if abs(read) < 1e-15 else read


def first_of_numeric_dates(texts: list[str]) -> str | None:
    """Whether a column writes the day or the month first; None where undecided or both."""
    proven = set()
    for text in texts:
        if found := re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text.strip()):
            one, two = int(found[1]), int(found[2])
            proven |= {"day"} if one > 12 >= two else {"month"} if two > 12 >= one else set()
    return proven.pop() if len(proven) == 1 else None


def day(text: str, first: str | None) -> date:
    """ISO, with or without a time; day/month/year where the column proves its order; a serial."""
    text = text.strip()
    try:
        if found := re.match(r"(\d{4})-(\d\d)-(\d\d)(T.*)?$", text):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if re.fullmatch(r"\d{5}", text):
            return date(1899, 12, 30) + timedelta(days=int(text))
        if found := re.fullmatch(r"(\d{1,2})/([A-Za-z]{3})/(\d\d) .*", text):
            month = MONTHS.index(found[2].lower()) + 1
            return date(2000 + int(found[3]), month, int(found[1]))
        if (found := re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text)) and first:
            one, two = int(found[1]), int(found[2])
            return date(int(found[3]), *((two, one) if first == "day" else (one, two)))
    except ValueError:
        pass
    raise Unreadable("bad_date")


def yes_or_no(text: str) -> bool:
    """The words for yes and no."""
    if text.strip().lower() in YES:
        return True
    if text.strip().lower() in NO:
        return False
    raise Unreadable("bad_value")


def role(text: str) -> str:
    """Accountable, deputy, or a contributor whatever the word."""
    word = normalised(text)
    return "accountable" if word in ACCOUNTABLE else "deputy" if word in DEPUTY else "contributor"


def strength(text: str) -> str | float:
    """One of the three words, or a number from 0 up."""
    if normalised(text) in WORDS["strength"]:
        return normalised(text)
    try:
        read = number(text)
    except Unreadable:
        read = -1.0
    if read < 0:
        raise Unreadable("bad_value")
    return read


def cell(kind: str, text: str, first: str | None) -> object:
    """A cell that is not blank, by the kind of its column."""
    if kind == "text":
        return text.strip()
    if kind == "number":
        return number(text)
    if kind == "date":
        return day(text, first)
    if kind == "bool":
        return yes_or_no(text)
    if kind == "role":
        return role(text)
    if kind == "strength":
        return strength(text)
    if normalised(text) not in WORDS[kind]:
        raise Unreadable("bad_value")
    return normalised(text)
