"""Where the work goes: goals, agreed running, outside, unknown."""

from orgdata.measures.column import Columns, empty_frame, number, text, whole

_SHARE = "the share of its size that"
COLUMNS: Columns = {
    "work": {
        "product_id": text("a managed product; missing for all of them together"),
        "window": whole("days back from the day: 28 or 84"),
        "goal": number(f"{_SHARE} serves a goal"),
        "run": number(f"{_SHARE} is agreed running"),
        "outside": number(f"{_SHARE} is outside of both"),
        "unknown": number(f"{_SHARE} cannot be told"),
        "items": whole("how many items were done"),
        "size": number("their size together"),
    },
    "work_sources": {
        "asked_by": text("a function that asked for work"),
        "outside": number("its part outside, as a share of all work of managed products"),
        "items": whole("how many items those are, in 84 days"),
    },
}
NO_WORK = empty_frame(COLUMNS["work"])
NO_SOURCES = empty_frame(COLUMNS["work_sources"])
