"""What the rules look at that need a store: the goalposts of the cycle, and gaps as people left
them (METHOD section 6, KR04, GOV01, GOV02)."""

import pandas as pd

from orgdata.gaps import populations
from orgdata.gaps.rule import WithHistory, as_frame


def goalposts(past: WithHistory) -> pd.DataFrame:
    """Key results in scope, with what the first snapshot of their cycle saw: `was_kind`,
    `was_target`, `was_baseline`, `was_due` and `seen_on`; missing where there is none."""
    rows = populations.key_results(past.alignment)
    first = past.history.first_in_cycle(rows["kr_id"], rows["start"])
    return rows.assign(seen_on=first["seen_on"], **{
        f"was_{name}": first[name] for name in ("kind", "target", "baseline", "due")})


def gaps(past: WithHistory) -> pd.DataFrame:
    """The gaps that other rules found, with what was last said of each: `state`, `owner`, `due`,
    `until`, `reason`; `about` is their key, `since` the day they have been seen since, and `days`
    how long that is."""
    rows = as_frame([one for one in past.found if not str(one[1]).startswith("GOV")])
    rows = rows.drop(columns="at_stake").rename(columns={"key": "about"})
    since = pd.Series([past.history.open_since.get(key) for key in rows["about"]], rows.index,
                      dtype="datetime64[s]")
    rows = rows.assign(since=since, days=(past.alignment.as_of - since).dt.days)
    return rows.merge(past.history.states.rename(columns={"key": "about"}), on="about", how="left")


def gaps_and_decisions(past: WithHistory) -> pd.DataFrame:
    """The same, and below them the decisions still to be done: `decision` is their text."""
    rows = gaps(past).assign(decision=pd.Series(dtype="str"))
    made = past.history.decisions
    about = "decision:" + made["decision_id"].astype("str")
    of_gap = rows.drop_duplicates("about").set_index("about")["severity"]
    severity = made["gap_key"].map(of_gap).astype("str").fillna("medium")
    return pd.concat([rows, pd.DataFrame({
        "about": about.astype("str"), "decision": made["text"], "owner": made["owner"],
        "due": made["due"], "since": made["made_on"], "severity": severity, "table": "decisions",
        "days": (past.alignment.as_of - made["made_on"]).dt.days})], ignore_index=True)


def accepted_gaps(past: WithHistory) -> pd.DataFrame:
    """The gaps that are accepted, whether or not that still holds."""
    return gaps(past)[lambda rows: rows["state"] == "accepted"]
