"""Every number explained: the formula in words with this row's own numbers filled in.

One function per measure, used by pages, exports and `report --explain KEY`.
"""



import pandas as pd

from orgdata import formats
from orgdata.gaps import RULES, Gaps
from orgdata.measures import Alignment
from orgdata.measures.checks import CHECKS
from orgdata.measures.key_results import COUNTED, GRACE_DAYS, MAINTAIN

STATUS_WORDS = {
    "achieved": "achieved", "missed": "missed", "on_track": "on track",
    "needs_attention": "needs attention", "off_track": "off track", "too_early": "too early to say",
    "not_started": "not started", "unknown": "unknown",
}
REASON_WORDS = {
    "no_data": "there is no value yet", "stale": "the last check-in is too old",
    "out_of_bounds": "the value is outside its bounds", "no_target": "there is no target",
    "no_baseline": "there is no baseline", "zero_range": "target and baseline are equal",
    "no_window": "the start or the due date is not known, or they contradict each other",
    "not_paced": "it is not measured against a pace",
}


def explain(key: str, alignment: Alignment, gaps: Gaps) -> list[str]:
    """Sentences behind a gap (by its key), a key result, a product or an outcome (by its id).

    Raises KeyError when there is nothing of that key or id.
    """
    if len(found := gaps.rows[gaps.rows["key"] == key]):
        return gap(found.iloc[0], alignment)
    for rows, column, explained in (
            (alignment.key_results, "kr_id", key_result),
            (alignment.products, "product_id", product),
            (alignment.outcomes, "outcome_id", outcome)):
        if len(found := rows[rows[column] == key]):
            return explained(found.iloc[0], alignment)
    raise KeyError(key)


def gap(row: pd.Series, alignment: Alignment) -> list[str]:
    """What a gap asks, when its rule fires, the values that made it fire, and what to do."""
    one = RULES[row["code"]]
    values = ", ".join(f"{name} {formats.said_one(value)}"
                       for name, value in row["evidence"].items())
    place = f"{row['table']} row {row['row']}" if pd.notna(row["row"]) else row["table"]
    lines = [f"{one.question} {row['message']}",
             f"The rule fires when: {' '.join(one.fires_when.split())}",
             f"Severity {row['severity']}: {one.severity}.", f"Here: {values} ({place})."]
    if "kr_id" in one.ids:
        rows = alignment.key_results
        lines += key_result(rows[rows["kr_id"] == row["kr_id"]].iloc[0], alignment)
    return [*lines, f"Next step, {row['who']}: {row['next_step']}"]


def key_result(row: pd.Series, alignment: Alignment) -> list[str]:
    """Progress, pace and status of a key result, with its own numbers. METHOD section 4."""
    return [line for line in (_progress(row), _pace(row, alignment), _freshness(row),
                              _status(row)) if line]


def _progress(row: pd.Series) -> str:
    value, base, goal = (formats.exact(row[name]) for name in ("value", "base", "goal"))
    if row["kind"] in MAINTAIN:
        bound = {"at_least": f"at least {goal}", "at_most": f"at most {goal}"}.get(
            row["kind"], f"between {formats.exact(row['lower'])} and {formats.exact(row['upper'])}")
        if pd.isna(row["met"]):
            return f"Progress unknown: {REASON_WORDS[row['progress_reason']]} (to be {bound})."
        return f"To be {bound}; it is {value}: {'inside' if row['met'] else 'outside'} its bounds."
    if pd.isna(row["progress"]):
        return (f"Progress unknown: {REASON_WORDS[row['progress_reason']]} (value {value}, "
                f"baseline {base}, target {goal}).")
    return (f"Progress {formats.share(row['progress'])} = ({value} − {base}) / ({goal} − {base})"
            + (", baseline 0 and target 1 unless given otherwise." if row["kind"] in COUNTED
               else "."))


def _pace(row: pd.Series, alignment: Alignment) -> str:
    if pd.isna(row["expected"]) or pd.isna(row["progress"]):
        return ""
    day, days = (alignment.as_of - row["start"]).days, (row["due"] - row["start"]).days
    bar = f" × {row['bar']:g} (aspirational)" if row["bar"] != 1 else ""
    behind = 100 * row["lag"]
    told = (f"{formats.points(behind)} behind" if behind > 0
            else f"{formats.points(-behind)} ahead" if behind < 0 else "exactly on pace")
    pace = "linear" if pd.isna(row["pace"]) else row["pace"].replace("_", "-")
    return (f"Expected {formats.share(row['expected'])}{bar} on day {day} of {days} at a {pace} "
            f"pace; {told}.")


def _freshness(row: pd.Series) -> str:
    cadence = formats.exact(row["cadence"])
    if row["freshness"] == "never":
        return f"Never checked in; one every {cadence} days is expected."
    if pd.isna(row["age"]) or pd.isna(row["freshness"]):
        return ""
    limit = formats.exact(2 * row["cadence"])
    return (f"Last check-in {formats.exact(row['age'])} days ago: {row['freshness']} (fresh up to "
            f"{formats.exact(row['cadence'] + GRACE_DAYS)} days, stale after {limit}).")


def _status(row: pd.Series) -> str:
    said = f"Status: {STATUS_WORDS[row['status']]}"
    if pd.notna(row["status_reason"]):
        said += f", because {REASON_WORDS[row['status_reason']]}"
    if row["status"] != row["last_known"] and row["last_known"] != "unknown":
        said += f" (last known: {STATUS_WORDS[row['last_known']]})"
    return said + "."


def product(row: pd.Series, alignment: Alignment) -> list[str]:
    """The five checks of a product, each with its own numbers, and whether it is aligned."""
    passed = sum(row[check] is True or row[check] == True for check in CHECKS  # noqa: E712
                 if pd.notna(row[check]))
    applicable = sum(pd.notna(row[check]) for check in CHECKS)
    verdict = "not assessed" if pd.isna(row["aligned"]) else (
        "aligned" if row["aligned"] else "not aligned")
    return [f"{row['name']} is {verdict}: {passed} of {applicable} checks pass.",
            *(check(name, row, alignment) for name in CHECKS)]


def check(name: str, row: pd.Series, alignment: Alignment) -> str:
    """One alignment check of one product in words (METHOD section 3)."""
    explained = {"owned": _owned, "linked": _linked, "planned": _planned, "measured": _measured,
                 "fresh": _fresh}[name]
    value = row[name]
    mark = "does not apply" if pd.isna(value) else "passes" if value else "fails"
    return f"{name} {mark}: {explained(row, alignment)}."


def _owned(row: pd.Series, alignment: Alignment) -> str:
    if not alignment.basis.assignments:
        return "assignments are not loaded"
    if not row["pm_count"]:
        return "nobody is accountable today"
    if row["pm_count"] != 1:
        return (f"{formats.count(row['pm_count'], 'person is', 'people are')} accountable today, "
                "one is needed")
    if not row["owned_alone"]:
        return f"{row['pm_names']} is accountable, but not active any more or only interim"
    return f"{row['pm_names']} is accountable, active, and not only interim"


def _linked(row: pd.Series, alignment: Alignment) -> str:
    if row["exempt"]:
        return f"its role is to {row['strategic_role']}, so it need not serve an outcome"
    if not alignment.basis.links:
        return "nothing loaded links products to outcomes"
    links = _links_of(row, alignment)
    confirmed = links[links["confirmed"]]["outcome_name"].tolist()
    if confirmed:
        return f"confirmed links to {formats.listed(confirmed)}"
    waiting = links[links["declared"]]["outcome_name"].tolist()
    return (f"the link to {formats.listed(waiting)} is not confirmed yet" if waiting
            else "no confirmed link to an active outcome")


def _planned(row: pd.Series, alignment: Alignment) -> str:
    if row["exempt"]:
        return f"its role is to {row['strategic_role']}, so it need not have a goal"
    if not (alignment.basis.objectives and alignment.basis.links):
        return "objectives or links are not loaded"
    links = _links_of(row, alignment)
    backed = links[links["confirmed"] & links["goal"]]["outcome_name"].tolist()
    goals = formats.count(row["goals"], "objective")
    return (f"{goals} in this cycle, leading to {formats.listed(backed)}" if backed
            else f"{goals} in this cycle, none leads to an outcome with a confirmed link")


def _measured(row: pd.Series, alignment: Alignment) -> str:
    objectives = alignment.objectives[alignment.objectives["product_id"] == row["product_id"]]
    if not len(objectives):
        return "no objective in this cycle"
    if not alignment.basis.proof:
        return "key_results are not loaded"
    without = objectives.loc[objectives["measurable_count"] == 0, "title"].tolist()
    if not without:
        return f"every one of {formats.count(len(objectives), 'objective')} has a measurable key " \
               "result"
    return f"no measurable key result for {formats.listed([f'“{title}”' for title in without])}"


def _fresh(row: pd.Series, alignment: Alignment) -> str:
    if not alignment.basis.check_ins:
        return "check_ins are not loaded"
    results = alignment.key_results
    own = results[(results["product_id"] == row["product_id"]) & results["measurable"]]
    due = own[own["freshness"].isin(("fresh", "late", "stale", "never"))]
    if not len(due):
        return "no check-in is due"
    old = due["freshness"].isin(("stale", "never")).sum()
    return (f"{old} of {formats.count(len(due), 'key result')} stale or never checked in" if old
            else f"{formats.count(len(due), 'key result')} with a recent check-in")


def _links_of(row: pd.Series, alignment: Alignment) -> pd.DataFrame:
    return alignment.links[alignment.links["product_id"] == row["product_id"]]


def outcome(row: pd.Series, alignment: Alignment) -> list[str]:
    """Coverage of an outcome, its weight and its money, with its own numbers. METHOD §3, §5."""
    links = alignment.links[alignment.links["outcome_id"] == row["outcome_id"]]
    states = links["state"].value_counts()
    served = ", ".join(f"{count} {state}" for state, count in states.items()) or "none"
    coverage = "unknown" if pd.isna(row["coverage"]) else row["coverage"]
    lacks = f"; the closest product lacks {row['lacks']}" if pd.notna(row["lacks"]) else ""
    assumed = " (assumed)" if row["weight_assumed"] else ""
    money, currency = alignment.money, alignment.portfolio.settings.currency
    lines = [f"{row['name']} is {coverage}: links {served}{lacks}.",
             f"Weight {formats.share(row['weight'])}{assumed}."]
    if pd.notna(row["spend_share"]):
        lines.append(
            f"{formats.share(row['spend_share'])} of the money goes there = "
            f"{formats.money(row['spend'], money.unit, currency)} of "
            f"{formats.money(money.total, money.unit, currency)}.")
    return lines


def cell(product_id: str, outcome_id: str, alignment: Alignment) -> list[str]:
    """One cell of the matrix: the claim, the goals that would prove it, money and people."""
    products, outcomes = alignment.products, alignment.outcomes
    one = products[products["product_id"] == product_id].iloc[0]
    name = outcomes.loc[outcomes["outcome_id"] == outcome_id, "name"].iloc[0]
    links = alignment.links
    found = links[(links["product_id"] == product_id) & (links["outcome_id"] == outcome_id)]
    who = f"Accountable: {one['pm_names']}." if pd.notna(one["pm_names"]) else (
        "Nobody is accountable for the product.")
    if not len(found):
        return [f"{one['name']} → {name}: nothing is declared, and no goal leads there.", who]
    link = found.iloc[0]
    goals = alignment.objectives[(alignment.objectives["product_id"] == product_id)
                                 & (alignment.objectives["sight"] == outcome_id)]
    return [f"{one['name']} → {name}: {link['state']}.", _claim(link, alignment),
            *_goals(goals), _money(link, alignment), who]


def _claim(link: pd.Series, alignment: Alignment) -> str:
    if not alignment.basis.contributions:
        return "Contributions are not loaded, so a goal stands for a confirmed primary link."
    if not link["declared"]:
        return "Nothing is declared in contributions; only a goal leads there."
    strength = "of unknown strength" if pd.isna(link["strength"]) else link["strength"]
    confirmed = "confirmed" if link["confirmed"] else "not confirmed yet"
    return f"Declared as {strength} (contributions row {link['row']:.0f}), {confirmed}."


def _goals(goals: pd.DataFrame) -> list[str]:
    if not len(goals):
        return ["No goal of this cycle leads there, so the link is not proven."]
    return [f"Goal “{row.title}”: {formats.count(row.measurable_count, 'measurable key result')} "
            f"of {row.kr_count}, progress {formats.share(row.progress)}."
            for row in goals.itertuples()]


def _money(link: pd.Series, alignment: Alignment) -> str:
    money, currency = alignment.money, alignment.portfolio.settings.currency
    assumed = " (the split is assumed: no shares are stated)" if link["share_assumed"] else ""
    return (f"Money over this link: {formats.money(link['flow'], money.unit, currency)} = "
            f"{formats.share(link['share'])} of the product's money for outcomes{assumed}.")
