"""A key result explained: progress, pace, freshness and status. METHOD section 4."""

from collections.abc import Iterator

import pandas as pd

from orgdata import formats
from orgdata.measures import Alignment
from orgdata.measures.key_results import COUNTED, GRACE_DAYS, MAINTAIN
from orgdata.views.explain import corrected
from orgdata.views.explain.explanation import Explanation, Fact, fact
from orgdata.views.vocabulary import FRESHNESS, REASON, STATUS


def key_result(row: pd.Series, alignment: Alignment) -> Explanation:
    """Progress, pace and status of a key result, with its own numbers. METHOD section 4."""
    return Explanation((_progress(row), *_pace(row, alignment), *_freshness(row), _status(row),
                        *corrected.of_key_result(alignment, str(row["kr_id"]))))


def _progress(row: pd.Series) -> Fact:
    values = {name: formats.exact(row[column]) for name, column in (
        ("value", "value"), ("baseline", "base"), ("target", "goal"))}
    if row["kind"] in MAINTAIN:
        return _within_bounds(row, values["value"], values["target"])
    if pd.isna(row["progress"]):
        return fact("progress", None, "Progress unknown: {why} (value {value}, baseline "
                    "{baseline}, target {target}).", why=REASON[row["progress_reason"]], **values)
    by_default = ", baseline 0 and target 1 unless given otherwise" * (row["kind"] in COUNTED)
    return fact("progress", float(row["progress"]),
                f"Progress {{progress}} = ({{value}} − {{baseline}}) / ({{target}} − {{baseline}})"
                f"{by_default}.", progress=formats.share(row["progress"]), **values)


def _within_bounds(row: pd.Series, value: str, target: str) -> Fact:
    """Whether the value is within the bounds it should stay in."""
    bound = {"at_least": f"at least {target}", "at_most": f"at most {target}"}.get(
        row["kind"], f"between {formats.exact(row['lower'])} and {formats.exact(row['upper'])}")
    if pd.isna(row["met"]):
        to_be = " (to be {bound})" if row["measurable"] else ""
        return fact("progress", None, f"Progress unknown: {{why}}{to_be}.",
                    why=REASON[row["progress_reason"]], bound=bound)
    return fact("progress", float(row["met"]), "To be {bound}; it is {value}: {where} its bounds.",
                bound=bound, value=value, where="inside" if row["met"] else "outside")


def _pace(row: pd.Series, alignment: Alignment) -> Iterator[Fact]:
    if pd.isna(row["expected"]) or pd.isna(row["progress"]):
        return
    behind = 100 * row["lag"]
    apart = (f"{formats.points(behind)} behind" if behind > 0
             else f"{formats.points(-behind)} ahead" if behind < 0 else "exactly on pace")
    bar = " × {bar} (aspirational)" if row["bar"] != 1 else ""
    yield fact(
        "expected", float(row["expected"]),
        f"Expected {{expected}}{bar} on day {{day}} of {{days}} at a {{pace}} pace; {{apart}}.",
        expected=formats.share(row["expected"]), bar=f"{row['bar']:g}",
        day=(alignment.as_of - row["start"]).days, days=(row["due"] - row["start"]).days,
        pace="linear" if pd.isna(row["pace"]) else row["pace"].replace("_", "-"), apart=apart)


def _freshness(row: pd.Series) -> Iterator[Fact]:
    cadence = formats.exact(row["cadence"])
    if row["freshness"] == "never":
        yield fact("freshness", "never",
                   "Never checked in; one every {cadence} days is expected.", cadence=cadence)
    elif pd.notna(row["age"]) and pd.notna(row["freshness"]):
        yield fact(
            "freshness", str(row["freshness"]), "Last check-in {ago}: {freshness} (up to date "
                                                "for {fresh} days, outdated after {stale}).",
            ago=f"{formats.count(int(row['age']), 'day')} ago" if row["age"] else "today",
            freshness=FRESHNESS[row["freshness"]].label,
            fresh=formats.exact(row["cadence"] + GRACE_DAYS),
            stale=formats.exact(2 * row["cadence"]))


def _status(row: pd.Series) -> Fact:
    inputs = {"status": STATUS["holding" if row["holding"] else row["status"]].label}
    because = last_known = ""
    if pd.notna(row["status_reason"]):
        because, inputs["why"] = ", because {why}", REASON[row["status_reason"]]
    if row["status"] != row["last_known"] and row["last_known"] != "unknown":
        last_known, inputs["last"] = " (last known: {last})", STATUS[row["last_known"]].label
    return fact("status", str(row["status"]), f"Status: {{status}}{because}{last_known}.",
                **inputs)
