"""One sheet as its records and what its columns mean."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

import pandas as pd

from orgdata.model.intake import MEANINGS, Column
from orgdata.model.settings import Settings
from orgdata.sources.intake import shape
from orgdata.sources.intake.asked import COUNTED, NOT_READ, Asked, column_key
from orgdata.sources.intake.budgets import (
    from_earlier_years,
    of_one_year,
    titles_of,
    with_budget,
    with_last_state,
)
from orgdata.sources.intake.evidence import is_convincing, names_goals, with_titles
from orgdata.sources.intake.grouped import first_group, with_groups, with_labels_filled_down
from orgdata.sources.intake.headers import Header, Period, period_of, read_header
from orgdata.sources.intake.headless import KnownNames, guesses
from orgdata.sources.intake.mapped import given_main, given_meanings
from orgdata.sources.intake.meaning import is_status, meanings_of
from orgdata.sources.intake.pairs import with_pairs
from orgdata.sources.intake.part import Part
from orgdata.sources.intake.plain_cells import in_one_line, with_days, without_addresses
from orgdata.sources.intake.rows import main_of
from orgdata.sources.intake.run_and_change import with_sum
from orgdata.sources.intake.set_apart import without_dropped, without_explanations
from orgdata.sources.intake.tabs import ABOVE, product_above
from orgdata.sources.intake.tree import (
    with_areas,
    with_modules,
    without_areas,
    without_work,
)
from orgdata.sources.intake.twice import of_each_level, of_items
from orgdata.sources.intake.untitled import (
    with_described,
    with_links,
    with_missing_title,
    with_named_bets,
    with_numbers,
    with_references,
    with_told_by_values,
)
from orgdata.sources.intake.values import Values, look_at, rows_looked_at
from orgdata.sources.intake.wide import mark_columns, period_columns, target_columns
from orgdata.sources.layouts import follow_dated_columns
from orgdata.sources.sheets import Sheet

_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_LONGEST = 200  # characters of a title that are looked at


@dataclass(frozen=True)
class Records:
    """All rows of a sheet, and why some of them are no records, by row number."""

    frame: pd.DataFrame
    left_out: dict[int, str]


def own_part(sheet: Sheet, tables: Sequence[str], source: str, asked: Asked,
             settings: Settings, known: KnownNames) -> tuple[Part, Records]:
    """A sheet with what its columns mean, and all its rows. `tables`: those of ours that the
    settings read from it; `source`: the name of the file, where it is the only one; `known`: what
    other sheets tell of, for one without a header."""
    table = sheet.table
    withheld = _withheld(sheet, asked)
    frame = without_addresses(with_pairs(
        table.frame.rename(columns=str).drop(columns=list(withheld))))
    shaped = shape.without_remarks(frame, first_group(sheet))
    records = Records(frame, dict(shaped.left_out))
    headers = with_budget({name: read_header(str(name)) for name in shaped.frame.columns},
                          titles_of(table.above), f"{sheet.name} {table.origin}")
    headers = of_one_year(headers, titles_of(table.above), f"{sheet.name} {table.origin}", asked)
    headers, spent = with_sum(headers, shaped.frame, asked)
    shaped = replace(shaped, frame=spent)
    if shape.GROUP in shaped.frame:
        shaped, headers[shape.GROUP] = with_groups(shaped, headers)
    if above := product_above(sheet.table.above, headers):
        shaped = replace(shaped, frame=shaped.frame.assign(**{ABOVE: above}))
        headers[ABOVE] = Header(ABOVE, ("product",))
    shaped = replace(shaped, frame=with_days(shaped.frame, headers))
    rows = rows_looked_at(len(headers))
    values = {name: look_at(shaped.frame[name], rows) for name in headers}
    shaped = without_explanations(shaped, values)
    records.left_out.update(shaped.left_out)
    given = _guessed(sheet, shaped.frame, values, known, asked) if has_no_header(sheet) else {}
    given |= {name: answer for name in headers if (answer := asked.told_of(
        column_key(sheet.name, name), frame.columns)) is not None and answer in {
            *MEANINGS, NOT_READ}}
    headers = {name: replace(header, meanings=(given[name],)) if name in given else header
               for name, header in headers.items() if given.get(name) != NOT_READ}
    period, written_in = _period(sheet, source, settings)
    headers = from_earlier_years(with_last_state(headers, values))
    months = period_columns(headers, values, period, settings.fiscal_year_start)
    marks = mark_columns(headers, values)
    targets = target_columns(headers)
    apart = {*marks, *targets, *(name for name, _ in months)}
    told = {name: replace(header, meanings=header.meanings[::-1]) if names_goals(
        header, values[name]) else header for name, header in headers.items() if name not in apart}
    by_hand = given_meanings(follow_dated_columns(settings, list(told)), tables, list(told))
    given = {**{column: meaning for meaning, column in by_hand.items()}, **given}
    if not tables:
        told = with_named_bets(with_links(with_told_by_values(
            told, values, shaped.frame)), values, shaped.frame)
        told = with_described(with_numbers(told, shaped.frame), values, shaped.frame)
        told = with_missing_title(sheet.name, told, values, shaped.frame, asked, bool(marks))
    main = given_main(tables) or main_of(
        f"{sheet.name} {table.origin}", with_titles(told, values), shaped.frame,
        bool(months) + bool(targets))
    told = with_references(main, told, shaped.frame, known)
    if not main:
        return Part(sheet.name, table.origin, "", shaped.frame, {}, headers), records
    told = of_items(main, of_each_level(main, told))
    meant = meanings_of(main, told, values, {name: meaning for name, meaning in given.items()
                                             if name in told}, shaped.frame)
    columns = {**_by_meaning(meant, shaped.frame), **{
        meaning: (column,) for meaning, column in by_hand.items()
        if given[column] in by_hand and meaning != "confidence"}}
    part = Part(sheet.name, table.origin, main, shaped.frame, columns, headers, period,
                tuple(targets), tuple(months), tuple(tables), tuple(marks),
                _above(sheet, marks))
    if not is_convincing(part, told):
        return Part(sheet.name, table.origin, "", shaped.frame, {}, headers), records
    for apart_from in (with_modules, with_areas, without_areas, without_work):
        part, others = apart_from(part)
        records.left_out.update(others)
    part, dropped = without_dropped(with_labels_filled_down(_with_period(
        in_one_line(part), written_in, asked), asked))
    records.left_out.update(dropped)
    return part, records


def has_no_header(sheet: Sheet) -> bool:
    """Whether the columns of a sheet are only counted."""
    return all(COUNTED.fullmatch(str(name)) for name in sheet.table.frame.columns)


def _guessed(sheet: Sheet, frame: pd.DataFrame, values: Mapping[str, Values], known: KnownNames,
             asked: Asked) -> dict[str, str]:
    """What the columns of a sheet without a header mean: asked, with what their values tell."""
    asked.say(f"{sheet.table.origin} has no header: its first row is read like the others.")
    options = {**MEANINGS, NOT_READ: "do not read it"}
    meant = {}
    guessed = guesses(frame, values, known)
    for name in filter(guessed.__contains__, frame):
        cells = frame[name].str.strip()
        examples = list(cells[cells != ""].unique()[:2])
        meant[name] = asked.ask(
            column_key(sheet.name, name), f"{name.replace('_', ' ').capitalize()} of "
            f"{sheet.table.origin}: what is it?", options, guessed[name], examples, len(frame))
    return meant


def _above(sheet: Sheet, marks: Sequence[str]) -> str:
    """What the header above the first of these columns means; "" where there is none."""
    row = sheet.table.above[-1] if marks and sheet.table.above else ()
    at = list(map(str, sheet.table.frame.columns)).index(marks[0]) if row else 0
    label = row[at].strip() if at < len(row) else ""
    return next(iter(read_header(label).meanings), "") if label else ""


def _withheld(sheet: Sheet, asked: Asked) -> dict[str, str]:
    """The columns that are not read unless they are asked for, and why; nor is shown what they
    hold."""
    reasons = {}
    for name in map(str, sheet.table.frame.columns):
        hidden = name in sheet.table.hidden
        if (hidden or read_header(name).confidential) and (
                asked.told_of(
                    column_key(sheet.name, name), sheet.table.frame.columns) not in MEANINGS):
            reasons[name] = "hidden in the file" if hidden else "it looks confidential"
            asked.leave_out(sheet.table.origin, f"the column “{name}”", reasons[name])
            column = Column(sheet.table.origin, name, (), "", column_key(sheet.name, name),
                            reasons[name])
            asked.columns += [] if column in asked.columns else [column]
    return reasons


def _by_meaning(meant: dict[str, str], frame: pd.DataFrame) -> dict[str, tuple[str, ...]]:
    """The columns of each meaning, in their order; lights and words of a status in a column of
    confidence are a status."""
    columns: dict[str, tuple[str, ...]] = {}
    for name in frame.columns:
        meaning = meant.get(name, "")
        if meaning == "confidence" and "status" not in meant.values() and is_status(
                frame[name].str.strip()):
            meaning = "status"
        if meaning:
            columns[meaning] = (*columns.get(meaning, ()), name)
    return columns


def _period(sheet: Sheet, source: str, settings: Settings) -> tuple[Period | None, str]:
    """The period of a whole sheet, and where it stands: in its title, its name or that of its
    file."""
    above = [*titles_of(sheet.table.above)[:5], *_title_as_header(sheet)]
    names = (*above, sheet.name, sheet.table.origin, PurePath(source).name)
    years = {int(year) for name in names for year in _YEAR.findall(name[:_LONGEST])}
    for hint in (None, *(years if len(years) == 1 else ())):  # "Q4" below "Stand: 20.11.2026"
        for name in names:
            if found := period_of(name, settings.fiscal_year_start, hint):
                return found, name
    return None, ""


def _title_as_header(sheet: Sheet) -> list[str]:
    """The title of a sheet that stands where its header would, above columns without a name."""
    named = [str(name) for name in sheet.table.frame.columns if not COUNTED.fullmatch(str(name))]
    return named if len(named) == 1 and len(sheet.table.frame.columns) > 1 else []


def _with_period(part: Part, text: str, asked: Asked) -> Part:
    """A list of goals with its period, which is asked where its year is only assumed."""
    period = part.period
    if period is None or not period.assumed or part.main not in ("objective", "key_result"):
        return part
    window = f"{period.start}/{period.end}"
    answer = asked.ask(
        f"period: {period.written}", f"{period.written}: which days?",
        {window: f"{period.start} to {period.end}", "none": "no period of these goals"},
        window, (text.strip()[:60],), len(part.frame))
    return part if answer != "none" else replace(part, period=None)
