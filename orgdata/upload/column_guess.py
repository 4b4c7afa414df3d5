"""Guess which of our tables, columns and words an unknown table contains (FORMATS.md).

Every guess is confirmed by a person, whose answer is saved in the settings.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd
from rapidfuzz import fuzz, process

from orgdata.model.fields import Field, Table
from orgdata.model.schema import TABLES
from orgdata.model.settings import Settings
from orgdata.model.words import normalise_word
from orgdata.tabular import cells
from orgdata.tabular.columns import match_columns
from orgdata.tabular.numbers import numbers

LONGEST = 80  # characters of a name that is compared: no name of ours is half as long
MOST_WORDS = 12  # of a column that are asked about …
WORDS_COMPARED = 10_000  # … among so many of its most frequent ones
NEAR = 86  # of 100: how similar two names must be to be offered as the same
_NOUNS = {  # what people call a row of each table, most certain first
    "people": "person|employee|user|member|product manager|pm",
    "outcomes": "outcome|company outcome|strategic objective|company objective|pillar|theme",
    "products": "product|team|project|workspace|application|service",
    "objectives": "objective|goal|okr",
    "key_results": "key result|kr|metric",
}
_TITLES = "title|name|goal title|objective title|summary|feature name|initiative name"
_IDS = "id|goal id|goal identifier|objective id|issue key|task id|feature reference #|row id|key"
_OWNER = ("owner|owner emails|owner email|assignee|assignee email|feature assigned to|"
          "project lead|dri")
_BY_COLUMN = {  # our column → its aliases, in any table
    "owner_id": _OWNER, "person_id": f"{_OWNER}|product manager|pm|manager|lead",
    "parent_objective_id": "parent|parent okr|aligned to|parent row ids|parent issue|parent task|"
                           "initiatives|initiative name|custom field (epic link)|parent goal",
    "baseline": "start|starting value|initial|from|start value",
    "email": "e-mail|e-mail address|email address|mail|owner email|owner emails|assignee email|"
             "pm e-mail|pm email|manager email",
    "target": "target|target value|to|goal value", "current": "current|current value|actual|"
    "actual progress|progress", "status": "status|progress status|feature status|state",
    "start_date": "start date|start|begin|from date", "end_date": "end date|due date|due at|due",
    "due_date": "due date|end date|due at|due|deadline",
    "date": "date|last check-in|updated|last modified|check-in date|as of",
    "value": "value|current value|actual|measured", "annual_spend": "spend|budget|cost|annual cost",
    "annual_revenue": "revenue|sales", "fte": "headcount|people|size", "business_area": "area|"
    "business unit|domain|group|division|portfolio", "strategic_role": "strategy|role|posture",
    "strength": "contribution|weight|impact", "role": "role|position", "note": "note|comment",
    "manager_id": "manager|reports to|supervisor", "unblocker_id": "owner|unblocker",
}
FIXED = {"assignments": {"role": "accountable"}}  # of people in a column of managers


@dataclass(frozen=True)
class Word:
    """A word of the source that is not in our vocabulary, how often it occurs, and our most similar
    word (None: none is similar)."""

    written: str
    count: int
    nearest: str | None


def likely_tables(columns: Sequence[str]) -> list[str]:
    """The tables that a sheet seems to contain, in the order of the schema; at least one."""
    columns = [name for name in columns if len(name) <= LONGEST]
    names = {normalise_word(name) for name in columns}

    def is_named(table: str) -> bool:
        return any({normalise_word(noun), normalise_word(f"{noun} name"),
                    normalise_word(f"{noun} title")} & names for noun in _split(_NOUNS[table]))

    tables = [table for table in TABLES if table in _NOUNS and is_named(table)]
    pairs = {"assignments": {"people", "products"}, "contributions": {"products", "outcomes"},
             "check_ins": {"key_results"}}
    tables += [table for table, linked in pairs.items() if linked <= set(tables)]
    complete = [table for table in TABLES if table in tables and _has_required(table, columns)]
    if complete:
        return complete
    order = ("objectives", "products", "outcomes", "key_results", "people")  # where equal
    first = normalise_word(columns[0]) if columns else ""
    fitting = {table: (first in _ids(table), len(guess_columns(table, columns))) for table in order}
    return [max(fitting, key=lambda table: fitting[table])]


def proposed_mappings(columns: Sequence[str]) -> dict[str, dict[str, str]]:
    """A mapping (ours → theirs) for each table that a sheet seems to contain. A detail such as a
    date or a number is mapped once: for the last table of the schema, which describes it best."""
    mappings: dict[str, dict[str, str]] = {}
    used: set[str] = set()
    for table in reversed(likely_tables(columns)):
        names = {field.name for field in TABLES[table].fields
                 if field.kind == "id" or field.name in (_title(TABLES[table]), "email")}
        mappings[table] = {ours: theirs for ours, theirs in guess_columns(table, columns).items()
                           if ours in names or theirs not in used}
        used |= {theirs for ours, theirs in mappings[table].items() if ours not in names}
    return {table: mappings[table] for table in TABLES if table in mappings}


def _has_required(table: str, columns: Sequence[str]) -> bool:
    filled = guess_columns(table, columns).keys() | FIXED.get(table, {}).keys()
    return {*TABLES[table].required, *(("value",) if table == "check_ins" else ())} <= filled


def guess_columns(table: str, columns: Sequence[str]) -> dict[str, str]:
    """Guess for each of our columns the column of the source: by our name, an alias or a similar
    name. If there is no column of ids, the title is the id."""
    schema = TABLES[table]
    columns = [name for name in columns if len(name) <= LONGEST]
    matches, _ = match_columns(schema, columns, {})
    free = {normalise_word(name): name for name in columns if name not in matches.values()}
    for field in sorted(schema.fields, key=lambda field: field.name != _title(schema)):
        alias = next((alias for alias in _aliases(schema, field) if alias in free), None)
        if field.name not in matches and alias:
            matches[field.name] = free.pop(alias)
    for field in schema.fields:
        if field.name not in matches and (near := nearest(field.name, free.values())):
            matches[field.name] = free.pop(normalise_word(near[0]))
    title, key = _title(schema), schema.key[0]
    if title in matches and len(schema.key) == 1:
        matches.setdefault(key, matches[title])
    for field in schema.fields:  # a row of another table, named in a column of its own
        if field.references and field.name not in matches and field.references in _NOUNS:
            name = next((column for noun in _split(_NOUNS[field.references]) for column in columns
                         if normalise_word(column) in (normalise_word(noun),
                                                       normalise_word(f"{noun} name"))), None)
            if name and field.references != table:
                matches[field.name] = name
    return {field.name: matches[field.name] for field in schema.fields if field.name in matches}


def nearest(name: str, columns: Iterable[str], at_least: float = NEAR) -> list[str]:
    """The columns whose names are most similar to a name, best first, as for "did you mean"."""
    matches = process.extract(name, list(columns), scorer=fuzz.token_sort_ratio,
                              processor=_comparable,
                              score_cutoff=at_least, limit=5)
    return [column for column, _, _ in matches]


def _comparable(name: str) -> str:
    return normalise_word(name).replace("_", " ")[:LONGEST]


def foreign_words(field: Field, values: pd.Series,
                  known: Mapping[str, str] | None = None) -> list[Word]:
    """The most frequent words of a column that are not in its vocabulary, without those that
    `known` (normalised → ours) translates already."""
    if field.vocabulary is None:
        return []
    counts = cells.as_text(cells.text(values)).value_counts().head(WORDS_COMPARED)
    text = cells.text(counts.index.to_series())
    _, bad = cells.words(text, field.vocabulary)
    if field.vocabulary.numeric:
        bad = bad & numbers(text).unreadable
    foreign = [(str(written), int(count)) for written, count in counts[bad].items()
               if normalise_word(str(written)) not in (known or {})]
    words = field.vocabulary.words
    return [Word(written, count, next(iter(nearest(written, words, 70)), None))
            for written, count in foreign[:MOST_WORDS]]


def with_mapping(settings: Settings, sheet: str, tables: Mapping[str, Mapping[str, str]],
                 words: Mapping[tuple[str, str], Mapping[str, str]] | None = None,
                 fixed: Mapping[str, Mapping[str, str]] | None = None) -> Settings:
    """The settings with a mapping that reads a sheet as these tables (table → ours → theirs), with
    words translated ((table, column) → theirs → ours) and fixed values (table → ours → value)."""
    values = {table: dict(columns) for table, columns in settings.values.items()}
    for (table, column), pairs in (words or {}).items():
        values.setdefault(table, {})[column] = {
            **values.get(table, {}).get(column, {}),
            **{normalise_word(theirs): ours for theirs, ours in pairs.items()}}
    other_tables = {table: name for table, name in settings.tables.items() if name != sheet}
    return replace(
        settings, values=values, tables={**other_tables, **dict.fromkeys(tables, sheet)},
        columns={**settings.columns, **{table: dict(pairs) for table, pairs in tables.items()}},
        fixed={**settings.fixed, **(fixed or {})})


def _split(words: str) -> list[str]:
    return [word for word in words.split("|") if word]


def _ids(table: str) -> list[str]:
    """What people call the id column of a table, normalised by `normalise_word`."""
    return [normalise_word(f"{noun} {kind}") for noun in _split(_NOUNS.get(table, ""))
            for kind in ("id", "key", "code")]


def _title(table: Table) -> str | None:
    names = [field.name for field in table.fields]
    return next((name for name in ("name", "title") if name in names), None)


def _aliases(table: Table, field: Field) -> list[str]:
    """Other names for one of our columns, most certain first, normalised by `normalise_word`."""
    nouns = _split(_NOUNS[table.name]) if table.name in _NOUNS else []
    aliases: list[str] = []
    if field.name == table.key[0] and len(table.key) == 1:
        aliases = [*_ids(table.name), *_IDS.split("|")]
    elif field.name == _title(table):
        aliases = [*nouns, *(f"{noun} name" for noun in nouns), *_TITLES.split("|")]
    elif field.references and field.references in _NOUNS and field.references != table.name:
        theirs = _split(_NOUNS[field.references])
        aliases = [*(f"{noun} id" for noun in theirs), *theirs]
    if field.name not in table.key or field.references:  # an assignee is not people.person_id
        aliases += _BY_COLUMN.get(field.name, "").split("|")
    return [normalise_word(alias) for alias in aliases if alias]
