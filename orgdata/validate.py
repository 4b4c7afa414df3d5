"""Turn raw tables of text into typed tables and problems; no row is lost (METHOD section 1).

Order of the checks: required cells, then references, then duplicates among the remaining rows.
Tables of parents come first, so that references are checked against accepted rows.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from orgdata.model.portfolio import Count, Export, Portfolio
from orgdata.model.problems import MOST_LISTED, Level, join_problems, problems
from orgdata.model.schema import TABLES, Field, Table
from orgdata.model.settings import Settings
from orgdata.sources.raw import RawSource, RawTable
from orgdata.sources.text.delimited import header_names
from orgdata.tabular import cells
from orgdata.tabular.cells import Mask
from orgdata.tabular.columns import match_columns, read_column, strengths
from orgdata.tabular.empty import empty_column, empty_table, frozen, with_plain_names
from orgdata.tabular.lookup import Positions, codes, is_duplicate, on_cycle, positions
from orgdata.tabular.select import TOLERANCE

MANY, FEW = 30_000, 100  # problems of a table, and of one code and column once there are so many
_HIERARCHIES = {"objectives": "parent_objective_id", "products": "parent_product_id"}


def validate(raw: RawSource, progress: Callable[[float, str], object] | None = None) -> Portfolio:
    """Type and check every table of a source. `progress` gets the share that is done (0–1) and the
    next table. The result does not depend on the day: see `future_check_ins`."""
    size, done = sum(len(table.frame) for table in raw.tables.values()), 0
    accepted: dict[str, pd.DataFrame] = {}
    checks = {}
    for name in TABLES:  # parents first
        if name in raw.tables:
            if progress:
                progress(done / (size or 1), name)
            done += len(raw.tables[name].frame)
            checks[name] = check = _Check(TABLES[name], raw.tables[name], raw.settings, accepted)
            accepted[name] = check.run()
    settings_problems = [
        problems("information", "unknown_column", "settings",
                 "a template is taken from a settings file on the server only; it was ignored"
                 if key == "documents.template" else "no such setting; it was ignored",
                 column=key) for key in raw.settings.unknown_keys]
    return Portfolio(
        raw.name, raw.recognised_as, raw.settings, frozen(accepted),
        {name: _count(check.raw, accepted[name]) for name, check in checks.items()},
        {name: check.rows_set_aside() for name, check in checks.items() if check.reasons},
        {name: check.unknown for name, check in checks.items() if len(check.unknown.columns)},
        join_problems([raw.problems, *settings_problems,
                  *(problem for check in checks.values() for problem in check.noticed)]),
        raw.tables["check_ins"].not_fetched if "check_ins" in raw.tables else None,
        tuple(_with_set_aside_rows(export, checks) for export in raw.exports),
        {(name, column): ids for name, check in checks.items()
         for column, ids in check.absent.items()},
    )


def _with_set_aside_rows(export: Export, checks: Mapping[str, "_Check"]) -> Export:
    """An export in which records are set aside if their row was set aside by validation, and merged
    if it was merged into a row of another file."""
    dispositions = export.dispositions.copy()
    for name, check in checks.items():
        origins = check.raw.origins
        reasons = {
            int(check.rows[position]): reason for position, reason in check.reasons.items()
            if (check.raw.origin if origins is None else origins[position]) == export.origin}
        used = (dispositions["table"] == name) & (dispositions["disposition"] == "used")
        if origins is not None:
            of_export = check.rows[np.array(origins, dtype=object) == export.origin]
            dispositions.loc[used & ~dispositions.index.isin(of_export), "disposition"] = "merged"
        rejected = used & dispositions.index.isin(list(reasons))
        dispositions.loc[rejected, "reason"] = [
            reasons[row] for row in dispositions.index[rejected]]
        dispositions.loc[rejected, "disposition"] = "set_aside"
    return replace(export, dispositions=dispositions)


def accepted_key_results(raw: RawSource) -> pd.Series:
    """The ids of accepted key results, to which check-ins may refer."""
    tables = {name: rows for name, rows in raw.tables.items()
              if name in ("objectives", "key_results")}
    return validate(replace(raw, tables=tables))["key_results"]["kr_id"]


def _count(raw: RawTable, accepted: pd.DataFrame) -> Count:
    not_fetched = raw.not_fetched.rows if raw.not_fetched else 0  # they have no fault
    return Count(len(raw.frame) + not_fetched, len(accepted) + not_fetched)


def future_check_ins(portfolio: Portfolio, as_of: pd.Timestamp) -> pd.DataFrame:
    """The problems of check-ins dated after `as_of`, which are kept but ignored in measures."""
    late = portfolio["check_ins"].query("date > @as_of")
    return problems("information", "future_date", "check_ins", f"dated after {as_of:%Y-%m-%d}; "
                    "kept, but not counted", rows=late["row"].tolist(), column="date",
                    values=(f"{day:%Y-%m-%d}" for day in late["date"]))


@dataclass
class _Check:
    """The checks of one table in their order; `keep` marks the rows that remain."""

    table: Table
    raw: RawTable
    settings: Settings
    accepted: dict[str, pd.DataFrame]
    noticed: list[pd.DataFrame] = field(default_factory=list)
    reasons: dict[int, str] = field(default_factory=dict)  # position → why it was set aside
    references: dict[str, Positions] = field(default_factory=dict)  # column → parents' positions
    absent: dict[str, tuple[str, ...]] = field(default_factory=dict)  # column → ids without a row

    def run(self) -> pd.DataFrame:
        """The accepted rows, typed; problems are then in `noticed`, `reasons` and `unknown`."""
        self.noticed.append(self.raw.problems)
        self.rows = self.raw.frame.index.to_numpy()
        self.keep: Mask = np.ones(len(self.rows), dtype=bool)
        self.text = self._columns()
        absent = [name for name in self.table.required if name not in self.text]
        if absent:
            self._note_absent(absent)
            return empty_table(self.table.name)
        self.typed = {f.name: self._read(f) for f in self.table.fields if f.name in self.text}
        self._check_references()
        self._set_aside_duplicates()
        return self._finish()

    def rows_set_aside(self) -> pd.DataFrame:
        """The rows that were set aside, as written, with row number and reason."""
        order = sorted(self.reasons)
        rows = self.raw.frame.iloc[order]
        added = {"row": rows.index, "reason": [self.reasons[position] for position in order]}
        names, _ = header_names([*added, *rows.columns])  # the source may have such columns
        return pd.concat([pd.DataFrame(added, index=rows.index), rows], axis="columns").set_axis(
            names, axis="columns").reset_index(drop=True)

    def _columns(self) -> dict[str, pa.Array]:
        """The text of each of our columns, with words replaced as the settings say. `written` is
        the original text, `unknown` the remaining columns."""
        mapping = self.settings.columns.get(self.table.name, {})
        chosen, wrong = match_columns(self.table, list(self.raw.frame.columns), mapping)
        for name, message in wrong.items():
            self._note("warning", "unknown_column", message, column=name)
        self.unknown = self.raw.frame.drop(columns=list(chosen.values()))
        if len(self.unknown.columns):
            self._note("information", "unknown_column", "not one of our columns; it was kept, but "
                       "nothing reads it", column=list(self.unknown.columns))
        words = self.settings.values.get(self.table.name, {})
        self.written = {ours: cells.text(self.raw.frame[theirs])
                        for ours, theirs in chosen.items()}
        return {name: cells.mapped(values, words[name]) if name in words else values
                for name, values in self.written.items()}

    def _note_absent(self, absent: list[str]) -> None:
        names = ", ".join(absent)
        message = ("required, but not in the header (found: "
                   f"{', '.join(self.raw.frame.columns[:8])}); all rows were set aside")
        self._note("error", "missing_required", message, column=names)
        self.reasons |= dict.fromkeys(range(len(self.rows)), f"{names}: {message}")

    def _read(self, field: Field) -> pd.Series:
        """Type one column. Blank or unreadable cells of a required column set the row aside; those
        of an optional one are unknown."""
        text = self.text[field.name]
        blank = cells.missing(text)
        if field.required:
            self._set_aside(blank, "missing_required", field.name, "a value is required")
        elif len(blank) and blank.all():
            self._note("information", "bad_value", "the column is blank throughout",
                       column=field.name)
        read = read_column(field, text)
        if field.required:
            self._set_aside(read.unreadable.where, read.unreadable.code, field.name,
                            f"expected {read.unreadable.expected}")
        for fault in read.other_faults if field.required else (read.unreadable, *read.other_faults):
            self._note_cells(fault.where, fault.code, field.name,
                             f"expected {fault.expected}; {fault.done}")
        return read.values

    def _check_references(self) -> None:
        present = self.keep.copy()
        for column in self.table.fields:
            if not column.references or column.name not in self.typed:
                continue
            key = TABLES[column.references].key[0]
            itself = column.references == self.table.name
            ids = (self.typed[key][present] if itself else
                   self.accepted.get(column.references, {key: ()})[key])
            if not len(ids):
                continue  # references to a table that is not loaded are not checked
            values = self.typed[column.name]
            self.references[column.name] = at = positions(values, ids)
            absent = present & values.notna().to_numpy() & (at < 0)
            if absent.any():
                self.absent[column.name] = tuple(pc.unique(
                    self.written[column.name].filter(pa.array(absent))).to_pylist())
            message = f"no such row in {column.references}"
            if column.required:
                self._set_aside(absent, "unknown_reference", column.name, message)
            else:
                self._note_cells(absent, "unknown_reference", column.name,
                                 f"{message}; the cell counts as unknown")
                self.typed[column.name] = values.mask(absent)

    def _set_aside_duplicates(self) -> None:
        key = [self.references[name] if name in self.references else codes(self.typed[name])
               for name in self.table.key if name in self.typed]
        if self.table.name == "assignments":
            key.append(codes(cells.as_text(self.written["role"])))
        last_wins = self.table.name == "check_ins"  # the later check-in of a day replaces it
        duplicate = np.zeros(len(self.rows), dtype=bool)
        key_of_present = key if self.keep.all() else [part[self.keep] for part in key]
        duplicate[self.keep] = is_duplicate(key_of_present, "last" if last_wins else "first")
        columns = ", ".join(self.table.key)
        self._set_aside(duplicate, "duplicate_key", self.table.key[0],
                        f"a later row has the same {columns} and replaces this one" if last_wins
                        else f"an earlier row has the same {columns}")

    def _finish(self) -> pd.DataFrame:
        """The accepted rows as a typed table with every column."""
        absent = {f.kind: empty_column(f, len(self.rows)) for f in self.table.fields
                  if f.name not in self.typed}  # one per kind, shared since nobody changes it
        columns = {f.name: (self.typed[f.name] if f.name in self.typed else absent[f.kind]).array
                   for f in self.table.fields}
        rows = with_plain_names(pd.DataFrame(columns | {"row": self.rows}, copy=False))
        if self.table.name == "assignments":
            rows["role_as_written"] = cells.as_text(self.written["role"])
        if "strength" in self.text:
            rows["strength"] = _strength_words(rows["strength"], strengths(self.text["strength"]),
                                               self.keep)
        rows = self._present(rows)
        parent = _HIERARCHIES.get(self.table.name)
        if parent:
            rows = self._without_cycles(rows, parent)
        if self.table.name == "contributions":
            self._check_shares(rows)
        return rows

    def _present(self, rows: pd.DataFrame) -> pd.DataFrame:
        """The remaining rows; not copied if these are all, as in almost every table."""
        return rows if self.keep.all() else rows[self.keep].reset_index(drop=True)

    def _without_cycles(self, rows: pd.DataFrame, parent: str) -> pd.DataFrame:
        cycle = on_cycle(positions(rows[parent], rows[self.table.key[0]]))
        if cycle.any():
            self._note("warning", "circular_reference", "the row is its own ancestor; the parent "
                       "counts as unknown", at=np.flatnonzero(self.keep)[cycle], column=parent,
                       values=rows[parent][cycle].tolist())
        return rows.assign(**{parent: rows[parent].mask(cycle)})

    def _check_shares(self, rows: pd.DataFrame) -> None:
        stated = rows.loc[rows["share_pct"].notna(), ["product_id", "share_pct"]].assign(
            at=np.flatnonzero(self.keep)[rows["share_pct"].notna()])
        total = stated.groupby("product_id")["share_pct"].sum()
        over = total[total > 100 + TOLERANCE]
        last = stated.drop_duplicates("product_id", keep="last").set_index("product_id")
        last = last.loc[over.index]
        self._note("warning", "shares_over_100", (
            f"the shares of {product} add up to {added:g}; they are scaled to 100"
            for product, added in over.items()), at=last["at"].to_numpy(), column="share_pct",
            values=(f"{share:g}" for share in last["share_pct"]))

    def _note(self, level: Level, code: str, message: str | Iterable[str], *,
              column: str | list[str], at: npt.NDArray[np.int64] | None = None,
              values: Iterable[str] | None = None) -> None:
        """Add a problem of the whole table, or one for each of these positions."""
        origin = self.raw.origin if at is None or self.raw.origins is None else (
            self.raw.origins[position] for position in at)
        self.noticed.append(problems(
            level, code, self.table.name, message, origin=origin, column=column, values=values,
            rows=None if at is None else self.rows[at],
            most=MOST_LISTED if sum(map(len, self.noticed)) < MANY else FEW))

    def _note_cells(self, where: Mask, code: str, column: str, message: str,
                    level: Level = "warning") -> None:
        if where.any():
            values = (cell.as_py() for cell in self.written[column].filter(pa.array(where)))
            self._note(level, code, message, column=column, at=np.flatnonzero(where), values=values)

    def _set_aside(self, where: Mask, code: str, column: str, message: str) -> None:
        """Set rows aside with an error; a row keeps its first reason."""
        self._note_cells(where, code, column, f"{message}; the row was set aside", "error")
        for position in np.flatnonzero(where).tolist():
            self.reasons.setdefault(position, f"{column}: {message}")
        self.keep &= ~where


def _strength_words(words: pd.Series, numbers: npt.NDArray[np.float64], keep: Mask) -> pd.Series:
    """Strengths as words: numbers relative to the largest accepted one; 0 is “none” (no link)."""
    largest = np.nanmax(np.append(numbers[keep], 0.0))
    ratio = numbers / (largest or 1.0)
    return (words.mask(numbers > 0, "weak")
            .mask(ratio >= 1 / 3 - TOLERANCE, "supporting")
            .mask(ratio >= 2 / 3 - TOLERANCE, "primary")
            .mask(numbers == 0, "none"))
