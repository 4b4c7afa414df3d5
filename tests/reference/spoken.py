"""METHOD section 2, doubt: what rows skipped and lost cells may be about."""

from tests.reference.layout import CLOSED, LAYOUT
from tests.reference.loading import Loaded, Row
from tests.reference.reading import normalised

HOLD_FACTS = ("assignments", "contributions", "objectives", "objective_products",
              "objective_outcomes", "key_results", "check_ins")
KINDS = {"products": "product_id", "outcomes": "outcome_id", "objectives": "objective_id",
         "key_results": "kr_id"}


def spoken(loaded: Loaded) -> list[dict]:
    """One for each accepted object that a cell of a row skipped, or a lost one, may name."""
    found = []
    for table in HOLD_FACTS:
        columns = [c for c in LAYOUT.get(table, []) if c.refers_to in KINDS]
        accepted = loaded.rows.get(table, [])
        texts = [row["written"] for row in accepted if "written" in row]
        for row in loaded.aside.get(table, []):
            if row["written"] not in texts:
                found += [_said(loaded, table, row, c, "set_aside", id_)
                          for c in columns for id_ in row.get("may", {}).get(c.name, [])]
        several = {row["row"]: row for row in accepted if "written" in row}
        for row in several.values():
            for c in columns:
                ids = row.get("may", {}).get(c.name, [])
                if c.name in row["lost"]:
                    found += [_said(loaded, table, row, c, "lost_cell", id_) for id_ in ids]
                elif _takes_first(table, c.name):
                    found += [_said(loaded, table, row, c, "took_first", id_) for id_ in ids[1:]]
    return found


def _takes_first(table: str, column: str) -> bool:
    return table == "key_results" or (table, column) == ("objectives", "parent_objective_id")


def _said(loaded: Loaded, table: str, row: Row, column, cause: str, id_: str) -> dict:
    others = [ids for name, ids in row.get("may", {}).items() if name != column.name]
    days = {}
    for name in ("start", "end"):
        if table in ("assignments", "objectives"):
            days[name] = _day(loaded, table, row, f"{name}_date")
            days[f"{name}_lost"] = f"{name}_date" in row["lost"]
    return {"table": table, "row": row["row"], "column": column.name,
            "kind": KINDS[column.refers_to], "id": id_, "cause": cause,
            "role": row.get("role"), "date": row.get("date"), **days,
            "closed": table == "objectives" and normalised(row["status"] or "") in CLOSED,
            "names_other": table == "contributions" and any(others)}


def _day(loaded: Loaded, table: str, row: Row, column: str):
    """An objective's blank day is that of its cycle; an unreadable one stays unknown."""
    if row[column] or column in row["lost"] or not row.get("cycle_id"):
        return row[column]
    return next((cycle[column] for cycle in loaded.rows.get("cycles", [])
                 if cycle["cycle_id"] == row["cycle_id"]), None)
