"""METHOD section 1, "Loading never loses a row": text tables → accepted rows and problems."""

import itertools
from dataclasses import dataclass, field

from tests.reference import ideas, names, reading
from tests.reference.layout import KEYS, LAYOUT, Column
from tests.reference.scales import Scales, bring_to_one_scale, report_unknown_words
from tests.reference.totals import totals

Text = dict[str, list[dict[str, str]]]
Row = dict[str, object]
FURTHER = {"product_id": "objective_products", "outcome_id": "objective_outcomes"}


@dataclass
class Loaded:
    """Accepted rows with every column, problems as (level, table, row, column, code), counts, and
    rows skipped. Each row keeps what was `written` in it, and which columns became unknown."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    aside: dict[str, list[Row]] = field(default_factory=dict)
    further: dict[str, list[Row]] = field(default_factory=dict)  # of lists in another table
    problems: list[tuple] = field(default_factory=list)
    counts: dict[str, tuple[int, int]] = field(default_factory=dict)  # read, loaded
    unclear: set[str] = field(default_factory=set)  # columns of confidence of unclear scale

    def report(self, level: str, table: str, row: int | None, column: str | None,
               code: str) -> None:
        """Note one problem."""
        self.problems.append((level, table, row, column, code))


def load(text: Text, settings: dict) -> Loaded:
    """Read and check every table, the tables that others refer to first."""
    loaded = Loaded()
    theirs_to_ours = {theirs: ours for ours, theirs in settings.get("tables", {}).items()}
    text = {theirs_to_ours.get(name, name): rows for name, rows in text.items()}
    for table in LAYOUT:
        loaded.rows[table] = []
        if table in text:
            _load_table(loaded, table, text[table], settings)
    for column, table in FURTHER.items():
        rows = loaded.rows.setdefault(table, [])
        own = [(row["objective_id"], row[column]) for row in rows]
        rows += [row for row in loaded.further.get(table, [])
                 if (row["objective_id"], row[column]) not in own]
    bring_to_one_scale(loaded)
    return loaded


def _load_table(loaded: Loaded, table: str, text: list[dict[str, str]], settings: dict) -> None:
    source = _source(table, list(text[0]) if text else [], settings)
    for ours in settings.get("columns", {}).get(table, {}):
        if ours not in source or source[ours] == ours:
            loaded.report("warning", table, None, ours, "unknown_column")
    kept = [dict(row, row=number) for number, row in enumerate(text, 2)
            if any(cell.strip() for cell in row.values())]  # a blank row is none, but is counted
    read = len(kept)
    columns = LAYOUT[table]
    for theirs in text[0] if text else ():
        if theirs not in source.values():
            loaded.report("information", table, None, theirs, "unknown_column")
    absent = [c.name for c in columns if c.required and c.name not in source]
    if absent and text:
        loaded.report("error", table, None, ", ".join(absent), "missing_required")
        loaded.counts[table] = (read, 0)
        return
    sums = totals(table, kept, source)
    for number, name in sums.items():
        loaded.report("error", table, number, name, "total_row")
    kept = [row for row in kept if row["row"] not in sums]
    for column in columns:  # a required one says so row by row
        theirs = source.get(column.name)
        if theirs and not column.required and kept and all(
                _is_blank(column, row[theirs]) for row in kept):
            loaded.report("information", table, None, column.name, "bad_value")
    rows = _typed(loaded, table, kept, source, settings)
    if table == "ideas":
        ideas.check(loaded, rows, source)
    for own in (False, True):  # which rows of its own remain is known last
        there: dict[str, Row] = {}
        for row in rows:  # a later row of the same id will be skipped as its duplicate
            if "aside" not in row:
                there.setdefault(row[KEYS[table][0]], row)
        known = {column.name: list(there.values()) if own
                 else loaded.rows.get(column.refers_to, []) for column in columns}
        for column in columns:
            if column.refers_to and own == (column.refers_to == table):
                _refer(loaded, table, rows, column, known[column.name])
    kept_rows = _without_duplicates(loaded, table, [
        part for row in rows if "aside" not in row for part in _parts_of(table, row)])
    for parent in ("parent_objective_id", "parent_product_id"):
        if any(c.name == parent for c in columns):
            _cut_circles(loaded, table, kept_rows, KEYS[table][0], parent)
    if table == "contributions":
        _strengths_as_words(kept_rows)
        _shares_over_100(loaded, kept_rows)
    if table == "ideas":
        ideas.report_closed(loaded, kept_rows)
    if table == "objectives":
        report_unknown_words(loaded, kept_rows)
        _further(loaded, kept_rows)
    loaded.rows[table] = kept_rows
    remaining = {row["row"] for row in kept_rows}
    loaded.aside[table] = [row for row in rows if row["row"] not in remaining]
    loaded.counts[table] = (read, len(remaining))


def _source(table: str, header: list[str], settings: dict) -> dict[str, str]:
    """Ours → theirs. A mapped column wins over one that bears our name, and serves only it."""
    mapping = settings.get("columns", {}).get(table, {})
    names = {ours: theirs for ours, theirs in mapping.items() if theirs in header}
    for column in LAYOUT[table]:
        if column.name not in names and column.name in header and (
                column.name not in names.values()):
            names[column.name] = column.name
    return names


def _typed(loaded: Loaded, table: str, kept: list[dict], names: dict[str, str],
           settings: dict) -> list[Row]:
    """Required cells first: a row without one is skipped; other bad cells become unknown."""
    firsts = {ours: reading.first_of_numeric_dates([row[theirs] for row in kept])
              for ours, theirs in names.items()}
    scales = Scales(loaded, table, kept, names, settings)
    rows = []
    for raw in kept:
        row: Row = {"row": raw["row"], "written": {}, "lost": set()}  # columns that became unknown
        for column in LAYOUT[table]:
            written = raw.get(names.get(column.name, ""), "").strip()
            mapping = settings.get("values", {}).get(table, {}).get(column.name, {})
            mapping = {reading.normalised(theirs): ours for theirs, ours in mapping.items()}
            said = mapping.get(reading.normalised(written), written)
            row["written"][column.name] = said
            row[column.name], code = _read(table, column, said, firsts.get(column.name), scales)
            if column.kind == "number":
                row["how", column.name] = scales.how(said)
            if column.name == "role":
                row["role as written"] = written
            if code:
                if column.required:
                    row["aside"] = "fault"
                elif row[column.name] is None:
                    row["lost"].add(column.name)
                loaded.report("error" if column.required else "warning", table, raw["row"],
                              column.name, code)
        rows.append(row)
    return rows


def _is_blank(column: Column, written: str) -> bool:
    """Whether a cell is blank, also by a word that says so in a number or date."""
    words = {"number": reading.BLANK, "date": reading.BLANK_DAY}.get(column.kind, set())
    return not written.strip() or written.strip().lower() in words


def _read(table: str, column: Column, written: str, first: str | None,
          scales: Scales) -> tuple[object, str | None]:
    """The value of a cell and the code of its problem, if it has one."""
    if _is_blank(column, written):
        return None, "missing_required" if column.required else None
    try:
        if column.kind == "number":
            value = scales.number(column.name, written)
        elif column.kind == "strength":
            value = reading.strength(written, scales.decimal)
        elif column.kind == "date":
            value = reading.day(written, first, column.name, scales.year_start)
        else:
            value = reading.cell(column.kind, written, first)
    except reading.Unreadable as unreadable:
        return None, str(unreadable)
    if column.kind == "number":
        if column.name == "confidence" and not 0 <= value <= 10:
            return None, "bad_value"
        if column.name == "cadence_days" and value <= 0:
            return None, "bad_value"
        if column.name.startswith(("size", "effort_")) and value < 0:
            return None, "bad_value"
        if column.name == "confidence_pct" and not 0 <= value <= 100:
            return None, "bad_value"
        if column.name == "bau_pct" and not 0 <= value <= 100:
            return max(0.0, min(100.0, value)), "bad_value"
        if column.name in ("weight", "share_pct", "effort_pct") and value < 0:
            # an outcome's negative weight reads as blank; a key result's is KR03's to find
            return value if table == "key_results" else None, "bad_value"
    return value, None


def _refer(loaded: Loaded, table: str, rows: list[Row], column: Column, known: list[Row]) -> None:
    """Ids for what is written, as far as it is certain; else the row is skipped, or the cell
    becomes unknown."""
    if not known:  # not tracked: not checked
        return
    for row in rows:
        said = row[column.name]
        if said is None:
            continue
        parts = names.parts(said, column.refers_to, known)
        ids = list(dict.fromkeys(id_ for _, borne in parts for id_ in borne))
        row.setdefault("may", {})[column.name] = ids
        certain = all(len(borne) == 1 for _, borne in parts)
        if certain:
            row[column.name] = ids[0]
            row.setdefault("ids", {})[column.name] = ids
        if row.get("aside") == "fault":
            continue
        if not certain:
            loaded.report("error" if column.required else "warning", table, row["row"],
                          column.name, "unknown_reference")
            if column.required:
                row["aside"] = "reference"
            else:
                row[column.name] = None
                row["lost"].add(column.name)
        elif parts != [(said, [said])]:
            loaded.report("information", table, row["row"], column.name, "joined_by_name" if
                          [part for part, _ in parts] == [said] else "split_cell")


def _parts_of(table: str, row: Row) -> list[Row]:
    """The rows that a row stands for: one for each of the ids in its required references."""
    lists = {column.name: row["ids"][column.name] for column in LAYOUT[table]
             if column.required and column.name in row.get("ids", {}) and len(KEYS[table]) > 1}
    return [dict(row, **dict(zip(lists, ids, strict=True)))
            for ids in itertools.product(*lists.values())]


def _without_duplicates(loaded: Loaded, table: str, rows: list[Row]) -> list[Row]:
    """The first row of a key stays; of check-ins, the last."""
    kept: dict[tuple, Row] = {}
    losers = set()
    for row in rows:
        key = tuple(row[name] for name in KEYS[table])
        loser = row
        if key in kept and table == "check_ins":
            loser = kept.pop(key)
            kept[key] = row
        elif key not in kept:
            kept[key] = row
            continue
        losers.add(loser["row"])
    for number in losers:
        loaded.report("error", table, number, KEYS[table][0], "duplicate_key")
    return sorted(kept.values(), key=lambda row: row["row"])


def _further(loaded: Loaded, objectives: list[Row]) -> None:
    """What a list names beyond its first counts as rows of the tables for further ones."""
    for column, table in FURTHER.items():
        loaded.further[table] = [
            {"objective_id": row["objective_id"], column: id_, "row": row["row"], "effort_pct": None,
             "lost": set(),
             "share_pct": None, "mode": None, "of table": "objectives"}
            for row in objectives for id_ in row.get("ids", {}).get(column, [])[1:]]


def _cut_circles(loaded: Loaded, table: str, rows: list[Row], key: str, parent: str) -> None:
    parents = {row[key]: row[parent] for row in rows}
    for row in rows:
        above, steps = row[parent], 0
        while above is not None and above != row[key] and steps <= len(rows):
            above, steps = parents.get(above), steps + 1
        if above == row[key]:
            loaded.report("warning", table, row["row"], parent, "circular_reference")
            row["lost"].add(parent)
            row[parent] = None


def _strengths_as_words(rows: list[Row]) -> None:
    """Numbers against the column's largest; 0 is no link."""
    largest = max((row["strength"] for row in rows if isinstance(row["strength"], float)),
                  default=0.0)
    for row in rows:
        if isinstance(row["strength"], float):
            share = row["strength"] / largest if largest else 0.0
            row["strength"] = ("primary" if share >= 2 / 3 - 1e-9 else
                               "supporting" if share >= 1 / 3 - 1e-9 else
                               "weak" if share > 0 else "no link")


def _shares_over_100(loaded: Loaded, rows: list[Row]) -> None:
    """One problem per product, on its last row with a share."""
    sums: dict[object, tuple[float, object]] = {}
    for row in rows:
        if row["share_pct"] is not None:
            before, _ = sums.get(row["product_id"], (0.0, None))
            sums[row["product_id"]] = (before + row["share_pct"], row["row"])
    for total, last in sums.values():
        if total > 100 + 1e-9:
            loaded.report("warning", "contributions", last, "share_pct", "shares_over_100")
