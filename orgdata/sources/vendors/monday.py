"""monday.com boards. An item is an objective, its sub-items are work, a group is a product, and the
company outcome an item serves is what the column Goal says.

On demand a group is an objective instead, its items are work, and the board is the product. An item
without an id is known by its name, and by its group too where several have that name. Rows that
repeat the header, name a group or add it up are no records.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from orgdata.sources.vendors.goals import translate_status
from orgdata.sources.vendors.issues import Terms, as_tables, closing_word, issue_frame
from orgdata.sources.vendors.kinds import is_done
from orgdata.sources.vendors.monday_rows import Board, meaning, read_board
from orgdata.sources.vendors.people import People, first_of_several
from orgdata.sources.vendors.records import Records, joined_key
from orgdata.sources.vendors.trackers import DONE_ON
from orgdata.sources.vendors.vendor import Choice, Converted, Vendor
from orgdata.sources.vendors.work import values_at
from orgdata.tabular.lookup import Positions

_MEASURED = tuple(frozenset(names.split()) for names in (  # baselines, targets, current values
    "baseline start_value starting_value initial_value startwert ausgangswert départ "
    "valeur_initiale inicio valor_inicial início valore_iniziale startwaarde 開始値",
    "target target_value zielwert cible meta objetivo alvo traguardo obiettivo streefwaarde 目標値",
    "current current_value actual actual_value istwert aktuell actuel valeur_actuelle "
    "valor_actual atual attuale valore_attuale huidig nu 現在値"))
_STATUS = {"working_on_it": "in progress", "stuck": "blocked"}


def convert(records: Records, chosen: Mapping[str, str]) -> Converted:
    """Convert items to objectives, sub-items to work, groups to products."""
    board, people = read_board(records), People()
    rows = board.is_item | board.is_sub
    part = records.only(rows)
    issues, day = _issues(part, board, people, chosen)
    parents = np.append(np.cumsum(rows.to_numpy()) - 1, -1)[board.parents][rows.to_numpy()]
    issues["id"] = _ids(issues["id"], issues["name"], board.groups[rows], parents)
    issues["parent"] = values_at(issues["id"], parents)
    issues = issues.assign(**_grouped(board, rows, chosen, parents))
    made = as_tables(part, people, issues, parents, Terms(
        "Name", "Name", day, product="group"))
    kept = made.dispositions.reindex(records.index).astype("object")
    kept.loc[~rows] = ["left_out", "", ""]
    return Converted(made.tables, kept.astype("str"))


def _issues(part: Records, board: Board, people: People,
            chosen: Mapping[str, str]) -> tuple[pd.DataFrame, str]:
    """What is read of every item and sub-item, and the column of the day on which it was done."""
    at = part.index
    columns = {meaning: board.column(meaning) for meaning in (
        "id", "owner", "status", "start", "end", "done_on", "size")}
    header = {meaning: name for meaning, (name, _) in columns.items()}
    cells = {meaning: values[at] for meaning, (_, values) in columns.items()}
    goal = board.is_item[at] & (chosen["groups"] != "objective")
    done = is_done(cells["status"])
    days = {name: part.days_in(header[name], cells[name]) for name in ("start", "end", "done_on")}
    if chosen["done_on"] == "due":
        days["done_on"] = days["done_on"].mask(done & (days["done_on"] == ""), days["end"])
    owner = first_of_several(part, header["owner"], cells["owner"], goal)
    return issue_frame(
        part, id=cells["id"], name=board.names[at], goal=goal, done=done,
        status=translate_status(
            closing_word(part, header["status"], cells["status"], done), _STATUS),
        start_date=days["start"], end_date=days["end"], done_on=days["done_on"],
        owner_id=people.ids_of_names_or_emails(owner), size=cells["size"]), header[
            "done_on"] or header["end"] or header["status"]


def _ids(written: pd.Series, names: pd.Series, groups: pd.Series,
         parents: Positions) -> pd.Series:
    """The id of each item: its own, else its name, with its group where several have the name. A
    sub-item is known within its item."""
    item = pd.Series(parents < 0, index=names.index)
    twice = names.where(item & (written == "")).duplicated(keep=False) & item
    ids = names.mask(twice, joined_key(names, groups)).mask(written != "", written)
    return ids.mask(~item & (written == ""), joined_key(values_at(ids, parents), names))


def _grouped(board: Board, rows: pd.Series, chosen: Mapping[str, str],
             parents: Positions) -> dict[str, pd.Series]:
    """The product of each item, the goal it stands in, and the outcome it serves."""
    product, goal = (board.column(meaning)[1][rows] for meaning in ("product", "goal"))
    product = product.mask((product == "") & (parents >= 0), values_at(product, parents))
    group, blank = board.groups[rows], goal.mask(goal != "", "")
    if chosen["groups"] == "none":
        product = blank
    else:
        product = product.mask(product == "", group if chosen["groups"] == "product" else
                               board.title)
    above = {"objective": group}.get(chosen["groups"], goal if chosen["goals"] == "objectives"
                                     else blank)
    return {"product_id": product, "product": product, "group": above, "group_name": above,
            "outcome": goal if chosen["goals"] == "outcomes" else blank}


def _is_monday(names: frozenset[str]) -> bool:
    """Boards without sub-items are told by monday.com's column for two days, the timeline. A board
    with the values of key results is read as somebody's own list: as work these would be lost."""
    measured = sum(not names.isdisjoint(some) for some in _MEASURED) > 1
    return "name" in names and not measured and ("item_id_(auto_generated)" in names or (
        ("subitems" in names or any(name.startswith("timeline_") for name in names))
        and any(map(meaning, names))))


VENDOR = Vendor(
    "monday", "monday.com",
    _is_monday, convert,
    (Choice("groups", "What is a group of the board?", {
        "product": "A product", "objective": "An objective: its items are work, the board is the "
        "product", "none": "Nothing: products come from elsewhere"}),
     Choice("goals", "What does the column Goal name?", {
         "outcomes": "The company outcome that an item serves",
         "objectives": "The goal that an item is part of", "none": "It is not read"}),
     DONE_ON),
    usual=frozenset({"above_header", "duplicate_header"}))
