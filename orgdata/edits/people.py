"""What people do about who manages a product (METHOD section 7)."""

from datetime import date, timedelta

import pandas as pd

from orgdata.edits.edit import Edit, EditError
from orgdata.edits.now import Now, first_day
from orgdata.edits.typed import check_typed
from orgdata.measures.people import is_current
from orgdata.tabular.numbers import number


def move_pm(now: Now, product_id: str, person_id: str, start_date: str = "") -> list[Edit]:
    """Hand a product to another product manager from a day on: whoever is accountable for it until
    then ends the day before."""
    first = first_day(now, start_date)
    product, person = now.in_use("products", product_id), _here(now, person_id, first)
    managers = _in_force(now, product_id, "accountable", first)
    if (managers["person_id"] == person_id).any():
        raise EditError(f"{person} is product manager of {product} already")
    if managers.empty:
        raise EditError(f"{product} has no product manager on {first}; assign one")
    return [*(_ended_before(now, row, first) for _, row in managers.iterrows()),
            now.add("assignments", product_id=product_id, person_id=person_id, role="accountable",
                    start_date=first.isoformat())]


def assign(now: Now, product_id: str, person_id: str, role: str = "accountable",
           start_date: str = "", allocation_pct: str = "") -> list[Edit]:
    """Give somebody a role on a product from a day on, product manager unless another is said."""
    first = first_day(now, start_date)
    product, person = now.in_use("products", product_id), _here(now, person_id, first)
    check_typed(now, "assignments", {"role": role, "allocation_pct": allocation_pct})
    if (_in_force(now, product_id, role, first)["person_id"] == person_id).any():
        raise EditError(f"{person} has that role on {product} already")
    return [now.add("assignments", product_id=product_id, person_id=person_id, role=role,
                    start_date=first.isoformat(), allocation_pct=allocation_pct)]


def keep_only(now: Now, product_id: str, person_id: str) -> list[Edit]:
    """Leave a product to one of its product managers: the others end the day before."""
    managers = _in_force(now, product_id, "accountable", now.day)
    if not (managers["person_id"] == person_id).any():
        raise EditError(f"{now.person(person_id)} is not product manager of "
                        f"{now.name('products', product_id)}")
    return [_ended_before(now, row, now.day) for _, row in managers.iterrows()
            if row["person_id"] != person_id]


def allocate(now: Now, person_id: str, product_id: str, allocation_pct: str) -> list[Edit]:
    """Say how much of a person's time a product has."""
    if not number(allocation_pct) >= 0:  # not a number either
        raise EditError(f"expected a share in percent, found {allocation_pct!r}")
    rows = now.where("assignments", product_id=product_id, person_id=person_id)
    rows = rows[is_current(rows["start_date"], rows["end_date"], pd.Timestamp(now.day))]
    if rows.empty:
        raise EditError(f"{now.person(person_id)} does not work on "
                        f"{now.name('products', product_id)}")
    first, *others = [row for _, row in rows.iterrows()]
    return [now.set("assignments", first, allocation_pct=allocation_pct),
            *(now.set("assignments", row, allocation_pct="0") for row in others)]


def hand_to(now: Now, product_id: str, person_id: str, start_date: str = "") -> list[Edit]:
    """Make somebody product manager of a product from a day on, in the place of whoever is."""
    in_force = _in_force(now, product_id, "accountable", first_day(now, start_date))
    do = assign if in_force.empty else move_pm
    return do(now, product_id, person_id, start_date=start_date)


def _here(now: Now, person_id: str, day: date) -> str:
    """The name of a person who is here on a day. Raises EditError."""
    name = now.person(person_id)
    for _, person in now.where("people", person_id=person_id).iterrows():
        if person["active_from"] > pd.Timestamp(day):
            raise EditError(f"{name} is not here on {day} yet; the first day is "
                            f"{person['active_from'].date()}")
        if person["active_to"] < pd.Timestamp(day):
            raise EditError(f"{name} is not here on {day} any more; the last day was "
                            f"{person['active_to'].date()}")
    return name


def _in_force(now: Now, product_id: str, role: str, day: date) -> pd.DataFrame:
    rows = now.where("assignments", product_id=product_id, role=role)
    return rows[is_current(rows["start_date"], rows["end_date"], pd.Timestamp(day))]


def _ended_before(now: Now, assignment: pd.Series, day: date) -> Edit:
    """The edit after which an assignment holds until the day before; one that would start later is
    taken away."""
    if assignment["start_date"] >= pd.Timestamp(day):  # a blank is open: it began before
        return now.end("assignments", assignment)
    return now.set("assignments", assignment, end_date=(day - timedelta(days=1)).isoformat())
