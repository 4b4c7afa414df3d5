"""Turn raw tables of text into typed tables and problems; no row is lost (METHOD section 1).

Order of the checks: required cells, then references, then duplicates among the remaining rows.
Tables of parents come first, so that references are checked against accepted rows.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from orgdata.model.portfolio import NO_LOST_CELLS, NO_SPOKEN, Count, Export, Portfolio
from orgdata.model.problems import join_problems, problems
from orgdata.model.schema import TABLES
from orgdata.model.settings import OF_THE_SERVER
from orgdata.sources.raw import RawSource
from orgdata.sources.text.delimited import header_names
from orgdata.tabular import cells
from orgdata.tabular.columns import strengths
from orgdata.tabular.empty import empty_column, empty_table, frozen, plain_frame
from orgdata.tabular.select import TOLERANCE
from orgdata.validate.bearers import Bearers
from orgdata.validate.lists import with_further
from orgdata.validate.one_scale import MEASURED, with_one_scale
from orgdata.validate.reading import strength_words
from orgdata.validate.spoken import Speaking, joined

__all__ = ["accepted_key_results", "future_check_ins", "validate"]

_HIERARCHIES = {"objectives": "parent_objective_id", "products": "parent_product_id"}


def validate(raw: RawSource, progress: Callable[[float, str], object] | None = None) -> Portfolio:
    """Type and check every table of a source. `progress` gets the share that is done (0–1) and the
    next table. The result does not depend on the day: see `future_check_ins`."""
    size, done = sum(len(table.frame) for table in raw.tables.values()), 0
    accepted: dict[str, pd.DataFrame] = {}
    bearers: dict[str, Bearers] = {}
    checks = {}
    noticed: list[pd.DataFrame] = []
    further: dict[str, pd.DataFrame] = {}
    for name in TABLES:  # parents first
        rows = empty_table(name)
        if name in raw.tables:
            if progress:
                progress(done / (size or 1), name)
            done += len(raw.tables[name].frame)
            checks[name] = check = _Check(TABLES[name], raw.tables[name], raw.settings, accepted,
                                          bearers, noticed)
            rows = check.run()
            further |= check.further()
        if name in raw.tables or name in further:
            accepted[name] = with_further(name, rows, further.get(name))
    _bring_to_one_scale(accepted, checks)
    unused = raw.settings.unknown_keys
    unused_settings = problems("information", "unknown_column", "settings", (
        "it is taken from a settings file on the server only; it was ignored"
        if key in OF_THE_SERVER else "no such setting; it was ignored"
        for key in unused), column=unused)
    return Portfolio(
        raw.name, raw.recognised_as, raw.settings, frozen(accepted),
        {name: _count(check) for name, check in checks.items()},
        {name: check.rows_set_aside() for name, check in checks.items() if check.reasons},
        {name: check.unknown for name, check in checks.items() if len(check.unknown.columns)},
        join_problems([raw.problems, unused_settings, *noticed]),
        raw.tables["check_ins"].not_fetched if "check_ins" in raw.tables else None,
        _with_set_aside_rows(raw.exports, checks),
        {(name, column): ids for name, check in checks.items()
         for column, ids in check.absent.items()},
        joined(NO_SPOKEN, [check.spoken() for check in checks.values()]),
        joined(NO_LOST_CELLS, [check.lost_cells() for check in checks.values()]),
        frozenset(f"{name}.confidence" for name, check in checks.items() if check.unclear),
        raw.intake,
    )


def _bring_to_one_scale(accepted: dict[str, pd.DataFrame], checks: Mapping[str, "_Check"]) -> None:
    """Read percent and thousands of each key result as all its values together show."""
    messages = {
        "percent_mixed": "values with % stand beside fractions of 1; those with % were divided by "
                         "100",
        "mixed_decimals": "beside its other values those with three digits behind a dot or comma "
                          "are thousands; they were read times 1000"}
    tables = {name: accepted.get(name, empty_table(name)) for name in MEASURED}
    one_scale, changed = with_one_scale(tables)
    accepted.update({name: one_scale[name] for name in MEASURED if name in accepted})
    for code, at in changed.items():
        if len(at):
            check = checks["key_results"]
            check._note("information", code, messages[code], column=None,
                        at=np.flatnonzero(check.keep)[at])


def _with_set_aside_rows(exports: Sequence[Export],
                         checks: Mapping[str, "_Check"]) -> tuple[Export, ...]:
    """Exports in which records are skipped if their row was skipped by validation, and merged if it
    was merged into a row of another file."""
    if not exports:
        return ()
    reasons: dict[tuple[str, str], dict[int, str]] = {}  # origin and table → row → reason
    kept: dict[tuple[str, str], list[int]] = {}  # the same → rows, where there are several origins
    for name, check in checks.items():
        origins, rows = check.raw.origins, check.raw.frame.index
        for position, reason in check.reasons.items():
            origin = check.raw.origin if origins is None else origins[position]
            reasons.setdefault((origin, name), {})[int(rows[position])] = reason
        for origin, row in zip(origins, rows, strict=True) if origins is not None else ():
            kept.setdefault((origin, name), []).append(row)
    several = {name for name, check in checks.items() if check.raw.origins is not None}
    return tuple(replace(export, dispositions=_disposed(export, {
        name: (reasons.get((export.origin, name), {}),
               kept.get((export.origin, name), []) if name in several else None)
        for name in checks})) for export in exports)


def _disposed(export: Export, tables: Mapping[str, tuple[Mapping[int, str], Sequence[int] | None]]
              ) -> pd.DataFrame:
    """What became of each record. `tables`: for each the reasons why rows were skipped, and which
    rows still are the export's; None for all."""
    index = export.dispositions.index
    disposition, table, reason = (export.dispositions[name].to_numpy(dtype=object, copy=True)
                                  for name in ("disposition", "table", "reason"))
    was_used = disposition == "used"
    for name in dict.fromkeys(table[was_used]):
        reasons, kept = tables.get(name, ({}, None))
        used = was_used & (table == name)
        if kept is not None:
            disposition[used & ~index.isin(kept)] = "merged"
        rejected = used & index.isin(list(reasons))
        reason[rejected] = [reasons[row] for row in index[rejected]]
        disposition[rejected] = "set_aside"
    return pd.DataFrame({"disposition": disposition, "table": table, "reason": reason}, index,
                        dtype="str")


def accepted_key_results(raw: RawSource) -> Bearers:
    """The accepted key results, to which check-ins may refer."""
    tables = {name: rows for name, rows in raw.tables.items()
              if name in ("objectives", "key_results")}
    return Bearers("key_results", validate(replace(raw, tables=tables))["key_results"])


def _count(check: "_Check") -> Count:
    """Rows of the source: one that a list made several counts once."""
    raw = check.raw
    not_fetched = raw.not_fetched.rows if raw.not_fetched else 0  # they have no fault
    return Count(len(raw.frame) + not_fetched, int(check.remain().sum()) + not_fetched)


def future_check_ins(portfolio: Portfolio, as_of: pd.Timestamp) -> pd.DataFrame:
    """The problems of check-ins dated after `as_of`, which are kept but ignored in measures."""
    late = portfolio["check_ins"].query("date > @as_of")
    return problems("information", "future_date", "check_ins", f"dated after {as_of:%Y-%m-%d}; "
                    "kept, but not counted", rows=late["row"].tolist(), column="date",
                    values=(f"{day:%Y-%m-%d}" for day in late["date"]))


class _Check(Speaking):
    """The checks of one table in their order; `keep` marks the rows that remain."""

    def run(self) -> pd.DataFrame:
        """The accepted rows, typed; problems are then in `noticed`, `reasons` and `unknown`."""
        self.noticed.append(self.raw.problems)
        self.rows = self.raw.frame.index.to_numpy()
        self.position = np.arange(len(self.rows))
        self.keep = np.ones(len(self.rows), dtype=bool)
        self.typed, self.numbers = {}, {}
        self.text = self._columns()
        absent = [name for name in self.table.required if name not in self.text]
        if absent:
            self._note_absent(absent)
            self.keep[:] = False
            return empty_table(self.table.name)
        self._set_aside_totals()
        self.numbers = self._read_numbers()
        self.typed = {f.name: self._read(f) for f in self.table.fields if f.name in self.text}
        self._drop_persons()
        self.numbers = {"strength": self.numbers["strength"]} if "strength" in self.text else {}
        self._check_ranges()
        self._check_functions()
        self._check_references()
        self._split_rows()
        self._set_aside_duplicates()
        return self._finish()

    def rows_set_aside(self) -> pd.DataFrame:
        """The rows that were skipped, as written, with row number and reason."""
        order = sorted(self.reasons)
        rows = self.raw.frame.iloc[order].drop(columns=self.dropped)
        added = {"row": rows.index, "reason": [self.reasons[position] for position in order]}
        names, _ = header_names([*added, *rows.columns])  # the source may have such columns
        return pd.concat([pd.DataFrame(added, index=rows.index), rows], axis="columns").set_axis(
            names, axis="columns").reset_index(drop=True)

    def _finish(self) -> pd.DataFrame:
        """The accepted rows as a typed table with every column."""
        absent = {f.kind: empty_column(f, len(self.rows)) for f in self.table.fields
                  if f.name not in self.typed}  # one per kind, shared since nobody changes it
        columns = {f.name: (self.typed[f.name] if f.name in self.typed else absent[f.kind]).array
                   for f in self.table.fields}
        rows = plain_frame(columns | {"row": self.rows})
        if self.table.name == "assignments":
            rows["role_as_written"] = cells.as_text(self.written["role"])
        if self.table.name == "outcomes":
            self.marks["weight_percent"] = rows["weight"].notna().to_numpy() & self.marks.get(
                "weight_percent", False)
        if "strength" in self.text:
            rows["strength"] = strength_words(rows["strength"], strengths(self.numbers["strength"]),
                                              self.keep)
        rows = self._present(rows.assign(**self.marks) if self.marks else rows)
        parent = _HIERARCHIES.get(self.table.name)
        if parent:
            rows = self._without_cycles(rows, parent)
        if self.table.name == "contributions":
            self._check_shares(rows)
        if self.table.name == "objectives":
            self._note_unknown_words(rows)
        if self.table.name == "ideas":
            self._note_closed_outcomes(rows)
        return rows

    def _present(self, rows: pd.DataFrame) -> pd.DataFrame:
        """The remaining rows; not copied if these are all, as in almost every table."""
        return rows if self.keep.all() else rows[self.keep].reset_index(drop=True)

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
