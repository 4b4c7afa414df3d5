"""Culture Amp goals: a row per goal, its key results side by side, no ids and no parents.

A goal is an objective. Each key result has a title and a completion from 0.0 to 1.0: a key result
of kind milestone, measured against 100. What is not read stays with the record: the people who may
only see a goal (`individual_emails`), and the completion of a goal without key results, which
somebody sets by hand and nothing measures.
"""

import re
from collections.abc import Mapping

import numpy as np
import pandas as pd

from orgdata.model.schema import normalise_name
from orgdata.sources.vendors.goals import translated
from orgdata.sources.vendors.records import People, Records, key
from orgdata.sources.vendors.vendor import Converted, Vendor, dispositions
from orgdata.sources.vendors.work import repeats
from orgdata.tabular import cells

_TITLE = re.compile(r"key_result_(\d+)_title")
_STATUS = {"accomplished": "achieved"}  # its only word that ends a goal


def convert(records: Records, chosen: Mapping[str, str]) -> Converted:
    """Goals as objectives, their key results as milestones."""
    people = People()
    owner = people.ids(pd.Series("", index=records.index, dtype="str"), records["email"])
    goals = pd.DataFrame({
        "objective_id": key(records["name"], owner, records["created_at"]),
        "title": records["name"], "owner_id": owner, "end_date": records.days(
            "due_at", "created_at"), "status": translated(records["status"], _STATUS)})
    if (records["status"].str.casefold() == "accomplished").any():
        records.note("status", "bad_value", "“accomplished” ends a goal: it is read as achieved")
    again = repeats(records, goals["objective_id"])
    goals = goals[~again]
    return Converted({"people": people.table(), "objectives": goals,
                      "key_results": _key_results(records, goals)},
                     dispositions(records, "objectives", merged=again))


def _key_results(records: Records, goals: pd.DataFrame) -> pd.DataFrame:
    """The key results of each goal, one below the other, at the row of their record."""
    numbers = [int(told[1]) for name in records.sheet.frame.columns
               if (told := _TITLE.fullmatch(normalise_name(name)))]
    titles = {number: records[f"key_result_{number}_title"] for number in sorted(numbers)}
    done = _completions(records, [f"key_result_{number}_completion" for number in titles])
    found = [pd.DataFrame({"title": title, "current": done[f"key_result_{number}_completion"],
                           "objective_id": goals["objective_id"],
                           "owner_id": goals["owner_id"]}).loc[goals.index]
             for number, title in titles.items()]
    rows = pd.concat(found).sort_index(kind="stable")
    # a key result is one of a goal: of equal titles only the first can be told again next week
    return rows[(rows["title"] != "") | (rows["current"] != "")].assign(
        kr_id=lambda one: key(one["objective_id"], one["title"]), kr_type="milestone",
        result_kind="output", baseline="0", target="100")


def _completions(records: Records, columns: list[str]) -> dict[str, pd.Series]:
    """Completions on a scale of 0–100. Culture Amp writes 0.0–1.0; a value above 1 anywhere in
    these columns says that somebody's file holds percentages."""
    written = {column: records[column] for column in columns}
    read = {column: cells.numbers(cells.text(values))[0] for column, values in written.items()}
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
