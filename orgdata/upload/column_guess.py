"""A table that is not ours → what it may hold: which of our tables, columns and words (FORMATS.md).

Everything in here is a guess that a person confirms; the answer is kept in the settings.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd
from rapidfuzz import fuzz, process

from orgdata.model.schema import TABLES, Field, Table, normalise_word
from orgdata.model.settings import Settings
from orgdata.tabular import cells
from orgdata.tabular.columns import match_columns

NEAR = 86  # of 100: how alike two names must be to be offered as the same
_NOUNS = {  # what people call a row of each table; the first ones are surest
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
FIXED = {"assignments": {"role": "accountable"}}  # what a column of managers means, unless it says


@dataclass(frozen=True)
class Word:
    """A word of the source outside a vocabulary of ours, how often it stands there, and ours
    that is nearest (None: none is near)."""

    written: str
    count: int
    nearest: str | None


def likely_tables(columns: Sequence[str]) -> list[str]:
    """The tables a row of a sheet seems to speak of, in the order of the schema; at least one."""
    names = {normalise_word(name) for name in columns}

    def speaks_of(table: str) -> bool:
        return any({normalise_word(noun), normalise_word(f"{noun} name"),
                    normalise_word(f"{noun} title")} & names for noun in _split(_NOUNS[table]))

    found = [table for table in TABLES if table in _NOUNS and speaks_of(table)]
    pairs = {"assignments": {"people", "products"}, "contributions": {"products", "outcomes"},
             "check_ins": {"key_results"}}
    found += [table for table, both in pairs.items() if both <= set(found)]
    held = [table for table in TABLES if table in found and _is_whole(table, columns)]
    if held:
        return held
    order = ("objectives", "products", "outcomes", "key_results", "people")  # where equal
    first = normalise_word(columns[0]) if columns else ""
    fitting = {table: (first in _ids(table), len(guess(table, columns))) for table in order}
    return [max(fitting, key=lambda table: fitting[table])]


def proposed(columns: Sequence[str]) -> dict[str, dict[str, str]]:
    """For each table a sheet seems to hold, our columns and theirs. A detail, such as a date or
    a number, is read once: for the table furthest down, which says most of a row."""
    found: dict[str, dict[str, str]] = {}
    taken: set[str] = set()
    for table in reversed(likely_tables(columns)):
        names = {field.name for field in TABLES[table].fields
                 if field.kind == "id" or field.name in (_title(TABLES[table]), "email")}
        found[table] = {ours: theirs for ours, theirs in guess(table, columns).items()
                        if ours in names or theirs not in taken}
        taken |= {theirs for ours, theirs in found[table].items() if ours not in names}
    return {table: found[table] for table in TABLES if table in found}


def _is_whole(table: str, columns: Sequence[str]) -> bool:
    held = guess(table, columns).keys() | FIXED.get(table, {}).keys()
    return {*TABLES[table].required, *(("value",) if table == "check_ins" else ())} <= held


def guess(table: str, columns: Sequence[str]) -> dict[str, str]:
    """Our column → the column of the source that seems to hold it: by our name, by an alias, by a
    near name. An id nobody gave is the title: what names a thing identifies it."""
    known = TABLES[table]
    found, _ = match_columns(known, columns, {})
    free = {normalise_word(name): name for name in columns if name not in found.values()}
    for field in sorted(known.fields, key=lambda one: one.name != _title(known)):
        alias = next((one for one in _aliases(known, field) if one in free), None)
        if field.name not in found and alias:
            found[field.name] = free.pop(alias)
    for field in known.fields:
        if field.name not in found and (near := nearest(field.name, free.values())):
            found[field.name] = free.pop(normalise_word(near[0]))
    title, key = _title(known), known.key[0]
    if title in found and len(known.key) == 1:
        found.setdefault(key, found[title])
    for field in known.fields:  # another thing that is named in a column of its own
        if field.references and field.name not in found and field.references in _NOUNS:
            name = next((one for noun in _split(_NOUNS[field.references]) for one in columns
                         if normalise_word(one) in (normalise_word(noun),
                                                    normalise_word(f"{noun} name"))), None)
            if name and field.references != table:
                found[field.name] = name
    return {field.name: found[field.name] for field in known.fields if field.name in found}


def nearest(name: str, columns: Iterable[str], at_least: float = NEAR) -> list[str]:
    """The columns whose names are nearest to one of ours, best first: "did you mean"."""
    found = process.extract(name, list(columns), scorer=fuzz.token_sort_ratio,
                            processor=lambda one: normalise_word(one).replace("_", " "),
                            score_cutoff=at_least, limit=5)
    return [column for column, _, _ in found]


def foreign_words(field: Field, values: pd.Series,
                  known: Mapping[str, str] | None = None) -> list[Word]:
    """The words of a column that its vocabulary does not hold, the most frequent first; those
    `known` (normalised → ours) already translates are left out."""
    if field.vocabulary is None:
        return []
    text = cells.text(values)
    _, bad = cells.words(text, field.vocabulary)
    if field.vocabulary.numeric:
        bad = bad & cells.numbers(text)[1]
    counts = cells.as_text(text)[bad].value_counts()
    words = field.vocabulary.words
    return [Word(written, int(count), next(iter(nearest(written, words, 70)), None))
            for written, count in counts.items() if normalise_word(written) not in (known or {})]


def mapped(settings: Settings, sheet: str, tables: Mapping[str, Mapping[str, str]],
           words: Mapping[tuple[str, str], Mapping[str, str]] | None = None,
           fixed: Mapping[str, Mapping[str, str]] | None = None) -> Settings:
    """Settings that read a sheet as these tables (table → ours → theirs), with words translated
    ((table, column) → theirs → ours) and columns filled with one value (table → ours → value)."""
    values = {table: dict(columns) for table, columns in settings.values.items()}
    for (table, column), pairs in (words or {}).items():
        values.setdefault(table, {})[column] = {
            **values.get(table, {}).get(column, {}),
            **{normalise_word(theirs): ours for theirs, ours in pairs.items()}}
    others = {table: name for table, name in settings.tables.items() if name != sheet}
    return replace(
        settings, values=values, tables={**others, **dict.fromkeys(tables, sheet)},
        columns={**settings.columns, **{table: dict(pairs) for table, pairs in tables.items()}},
        fixed={**settings.fixed, **(fixed or {})})


def _split(words: str) -> list[str]:
    return [one for one in words.split("|") if one]


def _ids(table: str) -> list[str]:
    """What people call the id of a row of a table, as `normalise_word` says."""
    return [normalise_word(f"{noun} {kind}") for noun in _split(_NOUNS.get(table, ""))
            for kind in ("id", "key", "code")]


def _title(table: Table) -> str | None:
    names = [field.name for field in table.fields]
    return next((one for one in ("name", "title") if one in names), None)


def _aliases(table: Table, field: Field) -> list[str]:
    """The names a column of ours goes by, surest first, as `normalise_word` says."""
    nouns = _split(_NOUNS[table.name]) if table.name in _NOUNS else []
    found: list[str] = []
    if field.name == table.key[0] and len(table.key) == 1:
        found = [*_ids(table.name), *_IDS.split("|")]
    elif field.name == _title(table):
        found = [*nouns, *(f"{noun} name" for noun in nouns), *_TITLES.split("|")]
    elif field.references and field.references in _NOUNS and field.references != table.name:
        theirs = _split(_NOUNS[field.references])
        found = [*(f"{noun} id" for noun in theirs), *theirs]
    if field.name not in table.key or field.references:  # people.person_id is no assignee
        found += _BY_COLUMN.get(field.name, "").split("|")
    return [normalise_word(one) for one in found if one]
