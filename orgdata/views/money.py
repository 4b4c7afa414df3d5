"""Why money, or where it flows, is unknown: one clause for every page and document."""

from orgdata import formats
from orgdata.measures import Alignment


def why_unknown(alignment: Alignment) -> str | None:
    """The end of a sentence that begins "Unknown, because"; None where money is known."""
    money = alignment.money
    if money.reason == "not_loaded":
        return "neither spend nor people (FTE) of any product is loaded"
    if money.reason == "few_known":
        what = "number of people (FTE)" if money.stated_unit == "fte" else "spend"
        return (f"the {what} of only {money.known:,} of "
                f"{formats.count(money.managed, 'product')} is known")
    if money.reason == "nothing_to_spend":
        return "nothing is spent on outcomes"
    if money.reason == "contributions_lost":
        return alignment.portfolio.why_missing("contributions")
    return None
