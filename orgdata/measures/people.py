"""Who is active, who is accountable for what, and how much of their time is allocated."""

import numpy as np
import pandas as pd

from orgdata.measures.column import Columns, dated, flag, number, text, whole
from orgdata.model.portfolio import Portfolio
from orgdata.tabular.lookup import count_by, indexed, is_in, is_word, look_up, look_up_any
from orgdata.tabular.select import these

COLUMNS: Columns = {
    "assignments": {
        "role_as_written": text("the role as the source has it"),
        "person_active": flag("whether the person is active today"),
    },
    "managers": {
        "product_id": text("the product"),
        "person_id": text("a person accountable for it today"),
        "person_active": flag("whether the person is active today"),
        "interim": flag("whether all their assignments to it are interim"),
        "end_date": dated("the last day of the last of these; missing = open"),
        "row": whole("the row of the first of these"),
        "active_to": dated("the person's last day here"),
    },
    "people": {
        "person_id": text("the person"),
        "name": text("their name, else the id"),
        "title": text("their job title"),
        "active_to": dated("their last day here"),
        "row": number("their row in people; missing where only an assignment names them"),
        "pm_of": whole("how many managed products they are accountable for"),
        "pm_of_invest": whole("how many of these are invest"),
        "allocation_pct": number("planned part of their time, over all products"),
        "assigned": flag("whether they have a current assignment"),
    },
}
_PAIR = ["product_id", "person_id"]


def is_current(start: pd.Series, end: pd.Series, as_of: pd.Timestamp) -> pd.Series:
    """Whether start ≤ as_of ≤ end; a blank is open (METHOD §2)."""
    day = as_of.to_datetime64()
    return pd.Series(~(start.to_numpy() > day) & ~(end.to_numpy() < day), start.index)


def current_assignments(portfolio: Portfolio, as_of: pd.Timestamp) -> pd.DataFrame:
    """Assignments in force, with `person_active`. Without `people`, everyone counts as active.
    Undated ones are not in force (METHOD §2)."""
    rows = portfolio["assignments"]
    rows = rows[is_current(rows["start_date"], rows["end_date"], as_of)
                & ~has_lost_date(portfolio, rows)]
    active: pd.Series | bool = True
    if portfolio.tracked("people"):
        people = portfolio["people"]
        present = people[is_current(people["active_from"], people["active_to"], as_of)]
        active = is_in(rows["person_id"], present["person_id"])
    return rows.assign(person_active=active).reset_index(drop=True)


def has_lost_date(portfolio: Portfolio, assignments: pd.DataFrame) -> pd.Series:
    """Whether the first or last day of an assignment was written, but unreadable."""
    start, end = (portfolio.is_lost_cell("assignments", name, assignments["row"])
                  for name in ("start_date", "end_date"))
    return start | end


def people_left(portfolio: Portfolio, as_of: pd.Timestamp) -> pd.Series:
    """The ids of listed people who are not active today: they left, or have not started."""
    people = portfolio["people"]
    return people.loc[~is_current(people["active_from"], people["active_to"], as_of), "person_id"]


def product_managers(portfolio: Portfolio, current: pd.DataFrame) -> pd.DataFrame:
    """PM(p): one row per product and person currently accountable for it (METHOD §2)."""
    rows = current[is_word(current["role"], "accountable")]
    rows = rows.assign(interim=rows["is_interim"].fillna(False).astype(bool),
                       end_date=rows["end_date"].fillna(pd.Timestamp.max.floor("s")))
    managers = these(rows, *_PAIR, "person_active", "interim", "end_date", "row").reset_index(
        drop=True)
    if managers.duplicated(_PAIR).any():
        managers = managers.groupby(_PAIR, sort=False).agg(
            {"person_active": "first", "interim": "all", "end_date": "max", "row": "first"}
        ).reset_index()
    last_day = indexed(portfolio["people"], "person_id", "active_to")
    return managers.assign(
        active_to=look_up_any(managers["person_id"], last_day),
        end_date=managers["end_date"].where(managers["end_date"] < pd.Timestamp.max.floor("s")))


def people_known(portfolio: Portfolio, current: pd.DataFrame, managers: pd.DataFrame,
                 products: pd.DataFrame) -> pd.DataFrame:
    """Everyone in `people` or in a current assignment, with how many products they manage."""
    listed = these(portfolio["people"], "person_id", "name", "title", "active_to", "row")
    unlisted = these(current, "person_id")[~is_in(current["person_id"], listed["person_id"])]
    rows = pd.concat([listed, unlisted.drop_duplicates()], ignore_index=True)
    ids = rows["person_id"]
    managed = products["product_id"]
    pm_of, pm_of_invest = (
        count_by(ids, managers.loc[is_in(managers["product_id"], product_ids), "person_id"])
        for product_ids in (managed, managed[is_word(products["strategic_role"], "invest")]))
    allocation = current.groupby("person_id")["allocation_pct"].sum(min_count=1)
    return rows.assign(
        name=rows["name"].fillna(ids).astype("str"), pm_of=pm_of, pm_of_invest=pm_of_invest,
        allocation_pct=look_up(ids, allocation, np.nan),
        assigned=is_in(ids, current["person_id"]))
