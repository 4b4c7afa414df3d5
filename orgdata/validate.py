"""Raw tables of text → typed tables and problems. No row is ever lost (METHOD section 1).

Order of the checks: required cells, then references, then duplicates among the rows still there.
Parents' tables come first, so a reference is checked against rows already accepted.
"""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from orgdata import cells
from orgdata.keys import on_circles, positions
from orgdata.portfolio import Count, Portfolio, empty_column, empty_table, frozen
from orgdata.problems import problems, together
from orgdata.schema import TABLES, Field, Table, normalise_name
from orgdata.settings import Settings
from orgdata.sources.raw import RawSource, RawTable

Mask = npt.NDArray[np.bool_]
_HIERARCHIES = (("objectives", "parent_objective_id"), ("products", "parent_product_id"))
TOLERANCE = 1e-9


def validate(raw: RawSource) -> Portfolio:
    """Type and check every table of a source. The clock is not asked: see `future_check_ins`."""
    accepted: dict[str, pd.DataFrame] = {}
    checks = {}
    for name in TABLES:  # parents first
        if name in raw.tables:
            checks[name] = check = _Check(TABLES[name], raw.tables[name], raw.settings, accepted)
            accepted[name] = check.run()
    settings_problems = [
        problems("information", "unknown_column", "settings", "no such setting; it was ignored",
                 column=key) for key in raw.settings.unknown_keys]
    return Portfolio(
        raw.name, raw.recognised_as, raw.settings, frozen(accepted),
        {name: Count(len(check.raw.frame), len(accepted[name])) for name, check in checks.items()},
        {name: check.set_aside() for name, check in checks.items() if check.reasons},
        {name: check.unknown for name, check in checks.items() if len(check.unknown.columns)},
        together([raw.problems, *settings_problems,
                  *(found for check in checks.values() for found in check.found)]),
    )


def future_check_ins(portfolio: Portfolio, as_of: pd.Timestamp) -> pd.DataFrame:
    """Problems for check-ins dated after `as_of`: kept, but ignored in measures."""
    late = portfolio["check_ins"].query("date > @as_of")
    return problems("information", "future_date", "check_ins", f"dated after {as_of:%Y-%m-%d}; "
                    "kept, but not counted", rows=late["row"].tolist(), column="date",
                    values=late["date"].dt.strftime("%Y-%m-%d"))


@dataclass
class _Check:
    """The checks of one table, in their order; `keep` says which rows are still there."""

    table: Table
    raw: RawTable
    settings: Settings
    accepted: dict[str, pd.DataFrame]
    found: list[pd.DataFrame] = field(default_factory=list)
    reasons: dict[int, str] = field(default_factory=dict)  # row number → why it was set aside

    def run(self) -> pd.DataFrame:
        self.found.append(self.raw.problems)
        self.rows = self.raw.frame.index.to_numpy()
        self.keep: Mask = np.ones(len(self.rows), dtype=bool)
        self.text = self._columns()
        self.bad: dict[str, Mask] = {}
        absent = [name for name in self.table.required if name not in self.text]
        if absent:
            self._note_absent(absent)
            return empty_table(self.table)
        self.typed = {f.name: self._read(f) for f in self.table.fields if f.name in self.text}
        self._required()
        self._references()
        self._duplicates()
        return self._finish()

    def set_aside(self) -> pd.DataFrame:
        """The rows set aside as they were written, with row number and reason."""
        rows = self.raw.frame.loc[list(self.reasons)].sort_index()
        rows.insert(0, "reason", [self.reasons[row] for row in rows.index])
        rows.insert(0, "row", rows.index)
        return rows.reset_index(drop=True)

    # -- columns -----------------------------------------------------------------------------------

    def _columns(self) -> dict[str, pa.Array]:
        """Text per column of ours; what is left over is kept as unknown columns."""
        source = {normalise_name(name): name for name in self.raw.frame.columns}
        mapping = {ours: source.get(normalise_name(theirs))
                   for ours, theirs in self.settings.columns.get(self.table.name, {}).items()}
        chosen: dict[str, str] = {}
        for ours, theirs in mapping.items():
            if ours not in {f.name for f in self.table.fields} or theirs is None:
                self._note("warning", "unknown_column", None, ours, None,
                           "the settings map this column, but " + (
                               "we have no such column" if theirs is not None
                               else "the source has not the column it names"))
            else:
                chosen[ours] = theirs
        taken = set(chosen.values())
        chosen |= {f.name: source[f.name] for f in self.table.fields
                   if f.name not in chosen and f.name in source and source[f.name] not in taken}
        self.unknown = self.raw.frame.drop(columns=list(chosen.values()))
        for name in self.unknown.columns:
            self._note("information", "unknown_column", None, name, None,
                       "not one of our columns; it was kept, but nothing reads it")
        return {ours: self._mapped(ours, cells.text(self.raw.frame[theirs]))
                for ours, theirs in chosen.items()}

    def _mapped(self, column: str, values: pa.Array) -> pa.Array:
        mapping = self.settings.values.get(self.table.name, {}).get(column)
        return cells.mapped(values, mapping) if mapping else values

    def _note_absent(self, absent: list[str]) -> None:
        names = ", ".join(absent)
        plural = "columns are" if len(absent) > 1 else "column is"
        said = f"the required {plural} missing: {names}; all rows were set aside"
        self.found.append(problems("error", "missing_required", self.table.name, said,
                                   origin=self.raw.origin, column=names))
        self.reasons |= dict.fromkeys(self.rows.tolist(), said)

    # -- cells -------------------------------------------------------------------------------------

    def _read(self, field: Field) -> pd.Series:
        """One typed column; unreadable cells are unknown and noted (errors where required)."""
        text = self.text[field.name]
        if len(text) and text.null_count == len(text) and not field.required:
            self._note("information", "bad_value", None, field.name, None,
                       "the column is blank throughout")
        bad: Mask = np.zeros(len(text), dtype=bool)
        if field.kind == "number":
            values, bad = cells.numbers(text)
            values = self._within(field, values)
            column, code, wanted = pd.Series(values), "bad_number", "a number"
        elif field.kind == "date":
            days, bad = cells.dates(text)
            column, code, wanted = (pd.Series(days.astype("datetime64[s]")), "bad_date",
                                    "a date such as 2026-11-20")
        elif field.kind == "bool":
            column, bad = cells.booleans(text)
            column, code, wanted = pd.Series(column), "bad_value", "yes or no"
        elif field.kind == "word" and field.vocabulary:
            column, bad, wanted = self._word(field, text)
            code = "bad_value"
        else:
            return cells.as_text(text)
        self.bad[field.name] = bad if field.required else np.zeros_like(bad)
        if field.required:
            self._aside(bad, code, field.name, f"expected {wanted}")
        else:
            self._note_cells(bad, code, field.name, f"expected {wanted}; the cell counts as "
                             "unknown")
        return column

    def _word(self, field: Field, text: pa.Array) -> tuple[pd.Series, Mask, str]:
        assert field.vocabulary is not None
        read, bad = cells.words(text, field.vocabulary)
        column = cells.as_text(read)
        wanted = " or ".join((", ".join(field.vocabulary.words[:-1]), field.vocabulary.words[-1]))
        if field.vocabulary.numeric:  # numbers become words later, read against the largest
            self.strength, unreadable = cells.numbers(
                pa.array(np.where(bad, text.to_numpy(zero_copy_only=False), None), pa.string()))
            bad = unreadable | (self.strength < 0)
            self.strength = np.where(self.strength < 0, np.nan, self.strength)
            wanted += ", or a number from 0 up"
        return column, bad, wanted

    def _within(self, field: Field, values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Values outside the field's bounds noted, and made unknown, clamped or kept."""
        low = -np.inf if field.least is None else field.least
        high = np.inf if field.most is None else field.most
        outside = (values < low) | (values > high)
        if not outside.any():
            return values
        wanted = ("above 0" if 0 < low < 1e-300 else f"from {low:g} up" if high == np.inf
                  else f"{low:g} to {high:g}")
        done = {"unknown": "the cell counts as unknown", "clamped": "it was read as the nearest "
                "of these", "kept": "the value was kept"}[field.outside]
        self._note_cells(outside, "bad_value", field.name, f"expected a number {wanted}; {done}")
        if field.outside == "kept":
            return values
        return np.clip(values, low, high) if field.outside == "clamped" else np.where(
            outside, np.nan, values)

    # -- rows --------------------------------------------------------------------------------------

    def _required(self) -> None:
        for name in self.table.required:
            blank = cells.missing(self.text[name])
            self._aside(blank, "missing_required", name, "a value is required")
        for name in self.table.required:
            self.keep &= ~(cells.missing(self.text[name]) | self.bad.get(name, self.keep & False))

    def _references(self) -> None:
        here = self.keep.copy()
        for f in self.table.fields:
            if not f.references or f.name not in self.typed:
                continue
            itself = f.references == self.table.name
            parents = self.typed if itself else self.accepted.get(f.references)
            if parents is None or not len(parents[TABLES[f.references].key[0]]):
                continue  # a table that is not tracked is not checked
            ids = parents[TABLES[f.references].key[0]]
            values = self.typed[f.name]
            absent = positions(values, ids[self.keep] if itself else ids) < 0
            absent &= here & values.notna().to_numpy()
            said = f"no such row in {f.references}"
            if f.required:
                self._aside(absent, "unknown_reference", f.name, said)
                self.keep &= ~absent
            else:
                self._note_cells(absent, "unknown_reference", f.name,
                                 f"{said}; the cell counts as unknown")
                self.typed[f.name] = values.mask(absent)

    def _duplicates(self) -> None:
        key = pd.DataFrame({name: self.typed.get(name, cells.as_text(pa.nulls(
            len(self.rows), pa.string()))) for name in self.table.key})
        if self.table.name == "assignments":
            key["role"] = cells.as_text(self.text["role"])  # the role as written
        here = key[self.keep]
        last_wins = self.table.name == "check_ins"  # the later check-in of a day replaces it
        again = np.zeros(len(self.rows), dtype=bool)
        again[here.index[here.duplicated(keep="last" if last_wins else "first")]] = True
        columns = ", ".join(self.table.key)
        if again.any():
            said = (f"a later row has the same {columns} and replaces this one" if last_wins
                    else f"an earlier row has the same {columns}")
            self._aside(again, "duplicate_key", self.table.key[0], said)
            self.keep &= ~again

    def _finish(self) -> pd.DataFrame:
        """The accepted rows as a typed table with every column."""
        rows = pd.DataFrame({f.name: self.typed.get(f.name, empty_column(f, len(self.rows)))
                             for f in self.table.fields} | {"row": self.rows})
        if self.table.name == "assignments":
            rows["role_as_written"] = cells.as_text(self.text["role"])
        if "strength" in self.typed:
            rows["strength"] = self._strength_words(rows["strength"])
        rows = rows[self.keep].reset_index(drop=True)
        for table, parent in _HIERARCHIES:
            if table == self.table.name:
                rows = self._without_circles(rows, parent)
        if self.table.name == "contributions":
            self._shares(rows)
        return rows

    def _strength_words(self, words: pd.Series) -> pd.Series:
        """Numbers read against the largest of the accepted rows; 0 is the word none: no link."""
        largest = np.nanmax(np.append(self.strength[self.keep], 0.0), initial=0.0)
        if largest == 0:
            return words.mask(self.strength == 0, "none")
        ratio = self.strength / largest
        return (words.mask(self.strength >= 0, "weak")
                .mask(ratio >= 1 / 3 - TOLERANCE, "supporting")
                .mask(ratio >= 2 / 3 - TOLERANCE, "primary")
                .mask(self.strength == 0, "none"))

    def _without_circles(self, rows: pd.DataFrame, parent: str) -> pd.DataFrame:
        circle = on_circles(positions(rows[parent], rows[self.table.key[0]]))
        if circle.any():
            self.found.append(problems(
                "warning", "circular_reference", self.table.name, "the row is its own ancestor; "
                "the parent counts as unknown", origin=self.raw.origin,
                rows=rows["row"][circle].tolist(), column=parent, values=rows[parent][circle]))
        return rows.assign(**{parent: rows[parent].mask(circle)})

    def _shares(self, rows: pd.DataFrame) -> None:
        total = rows.groupby("product_id")["share_pct"].sum()
        over = total[total > 100 + TOLERANCE]
        last = rows.dropna(subset="share_pct").groupby("product_id").tail(1)
        last = last[last["product_id"].isin(over.index)]
        self.found += [problems(
            "warning", "shares_over_100", self.table.name, f"the shares of {row.product_id} add "
            f"up to {over[row.product_id]:g}; they are scaled to 100", origin=self.raw.origin,
            rows=[row.row], column="share_pct", values=[f"{row.share_pct:g}"])
            for row in last.itertuples()]

    # -- notes -------------------------------------------------------------------------------------

    def _note(self, level: str, code: str, rows: list[int] | None, column: str,
              values: list[object] | None, said: str) -> None:
        self.found.append(problems(level, code, self.table.name, said,  # type: ignore[arg-type]
                                   origin=self.raw.origin, rows=rows, column=column,
                                   values=values))

    def _note_cells(self, where: Mask, code: str, column: str, said: str,
                    level: str = "warning") -> None:
        if where.any():
            values = self.text[column].filter(pa.array(where)).to_pylist()
            self._note(level, code, self.rows[where].tolist(), column, values, said)

    def _aside(self, where: Mask, code: str, column: str, said: str) -> None:
        """Note errors; a row that is set aside keeps its first reason."""
        self._note_cells(where, code, column, f"{said}; the row was set aside", "error")
        for row in self.rows[where].tolist():
            self.reasons.setdefault(row, f"{column}: {said}")
