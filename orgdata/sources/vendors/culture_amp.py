"""Culture Amp goals: a row per goal with its key results side by side, without ids and parents.

A goal is an objective. Each key result has a title and a completion from 0.0 to 1.0: a key result
of kind milestone, measured against 100. Some columns are not read: the people who may only see a
goal (`individual_emails`), and the completion of a goal without key results, which is set by hand.
"""

import re
from collections.abc import Mapping

import numpy as np
import pandas as pd

from orgdata.model.fields import normalise_name
from orgdata.sources.vendors.goals import translate_status
from orgdata.sources.vendors.people import People
from orgdata.sources.vendors.records import Records, joined_key
from orgdata.sources.vendors.vendor import Converted, Vendor, dispositions
from orgdata.sources.vendors.work import exact_repeats
from orgdata.tabular import cells
from orgdata.tabular.numbers import numbers

_TITLE = re.compile(r"key_result_(\d+)_title")
_STATUS = {"accomplished": "achieved"}  # its only word that ends a goal


def convert(records: Records, chosen: Mapping[str, str]) -> Converted:
    """Convert goals to objectives, and their key results to milestones."""
    people = People()
    owner = people.ids(pd.Series("", index=records.index, dtype="str"), records["email"])
    goals = pd.DataFrame({
        "objective_id": joined_key(records["name"], owner, records["created_at"]),
        "title": records["name"], "owner_id": owner, "end_date": records.days(
            "due_at", "created_at"), "status": translate_status(records["status"], _STATUS)})
    if (records["status"].str.casefold() == "accomplished").any():
        records.note("status", "bad_value", "“accomplished” ends a goal: it is read as achieved")
    again = exact_repeats(records, goals["objective_id"])
    goals = goals[~again]
    return Converted({"people": people.table(), "objectives": goals,
                      "key_results": _key_results(records, goals)},
                     dispositions(records, "objectives", merged=again))


def _key_results(records: Records, goals: pd.DataFrame) -> pd.DataFrame:
    """The key results of all goals in one table, at the row of their record."""
    numbers = [int(match[1]) for name in records.sheet.frame.columns
               if (match := _TITLE.fullmatch(normalise_name(name)))]
    titles = {number: records[f"key_result_{number}_title"] for number in sorted(numbers)}
    done = _completions(records, [f"key_result_{number}_completion" for number in titles])
    frames = [pd.DataFrame({"title": title, "current": done[f"key_result_{number}_completion"],
                            "objective_id": goals["objective_id"],
                            "owner_id": goals["owner_id"]}).loc[goals.index]
              for number, title in titles.items()]
    rows = pd.concat(frames).sort_index(kind="stable")
    # keyed by goal and title: of equal titles only the first can be recognised next week
    return rows[(rows["title"] != "") | (rows["current"] != "")].assign(
        kr_id=lambda frame: joined_key(frame["objective_id"], frame["title"]), kr_type="milestone",
        result_kind="output", baseline="0", target="100")


def _completions(records: Records, columns: list[str]) -> dict[str, pd.Series]:
    """Completions on a scale of 0–100. Culture Amp writes 0.0–1.0; a value above 1 anywhere in
    these columns shows that a file holds percentages."""
    written = {column: records[column] for column in columns}
    read = {column: numbers(cells.text(values)).values for column, values in written.items()}
    marked = {column: values.str.contains("%").to_numpy() for column, values in written.items()}
    plain = np.concatenate([np.where(marked[column], np.nan, read[column]) for column in columns])
    if np.isnan(plain).all() or np.nanmax(plain) > 1:
        return written
    for column in columns:
        if (~np.isnan(read[column]) & ~marked[column]).any():
            records.note(column, "scale", "read as fractions of 1: 0.62 is 62 %")
    return {column: values.mask(~np.isnan(read[column]) & ~marked[column], pd.Series(
        [f"{value * 100:.12g}" for value in read[column]], index=values.index, dtype="str"))
        for column, values in written.items()}


VENDOR = Vendor("culture_amp", "Culture Amp",
                lambda names: "key_result_1_title" in names, convert)
