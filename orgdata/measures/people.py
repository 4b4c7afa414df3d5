"""Who is active, who is accountable for what, and how much of their time is given out."""

import numpy as np
import pandas as pd

from orgdata.keys import among, look_up
from orgdata.portfolio import Portfolio


def is_current(start: pd.Series, end: pd.Series, as_of: pd.Timestamp) -> pd.Series:
    """start ≤ as_of ≤ end, a blank being open (METHOD §2)."""
    return ~(start > as_of) & ~(end < as_of)


def current_assignments(portfolio: Portfolio, as_of: pd.Timestamp) -> pd.DataFrame:
    """Assignments in force, with `person_active`. Without `people`, everyone counts as active."""
    rows = portfolio["assignments"]
    rows = rows[is_current(rows["start_date"], rows["end_date"], as_of)]
    active: pd.Series | bool = True
    if portfolio.tracked("people"):
        people = portfolio["people"]
        there = people[is_current(people["active_from"], people["active_to"], as_of)]
        active = among(rows["person_id"], there["person_id"])
    return rows.assign(person_active=active).reset_index(drop=True)


def product_managers(current: pd.DataFrame) -> pd.DataFrame:
    """PM(p): one row per product and person currently accountable for it (METHOD §2).

    Columns: product_id, person_id, person_active, interim (all their assignments are),
    end_date (the last of them; missing = open).
    """
    rows = current[current["role"] == "accountable"]
    rows = rows.assign(interim=rows["is_interim"].fillna(False).astype(bool),
                       end_date=rows["end_date"].fillna(pd.Timestamp.max.floor("s")))
    found = rows.groupby(["product_id", "person_id"], sort=False).agg(
        person_active=("person_active", "first"), interim=("interim", "all"),
        end_date=("end_date", "max"), row=("row", "first")).reset_index()
    return found.assign(end_date=found["end_date"].where(
        found["end_date"] < pd.Timestamp.max.floor("s")))


def people_known(portfolio: Portfolio, current: pd.DataFrame) -> pd.DataFrame:
    """Everyone in `people` or in a current assignment: person_id, name, allocation_pct, assigned.

    `allocation_pct` is the sum over current assignments of all products (missing where none is
    given); `name` falls back on the id.
    """
    listed = portfolio["people"][["person_id", "name", "title", "active_to", "row"]]
    others = current.loc[~among(current["person_id"], listed["person_id"]), ["person_id"]]
    rows = pd.concat([listed, others.drop_duplicates()], ignore_index=True)
    allocation = current.groupby("person_id")["allocation_pct"].sum(min_count=1)
    return rows.assign(
        name=rows["name"].fillna(rows["person_id"]).astype("str"),
        allocation_pct=look_up(rows["person_id"], allocation, np.nan),
        assigned=among(rows["person_id"], current["person_id"]))
