"""What the exports of tools tell of the things in somebody's own lists, joined by name (FORMATS
section 2)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd

from orgdata.model.schema import TABLES
from orgdata.sources.intake.build import Build
from orgdata.sources.intake.known import Known
from orgdata.sources.intake.names import key
from orgdata.sources.merge import id_columns, replace_ids
from orgdata.sources.raw import RawTable

Tables = Sequence[tuple[str, RawTable]]
Same = dict[str, dict[str, str]]  # table → their id → ours; blank: there is none


def joined_people(build: Build, tools: Tables) -> Same:
    """The people of exports who stand on a list, by address or name; the others become known."""
    same: dict[str, str] = {}
    for raw in _of("people", tools):
        mails = raw.frame["email"] if "email" in raw.frame else raw.frame["person_id"]
        for row, id_, name, mail in zip(raw.frame.index, raw.frame["person_id"], raw.frame["name"],
                                        mails, strict=True):
            address = mail if "@" in mail else ""  # else it may be the name of somebody else
            if listed := build.people.listed(address) or build.people.listed(name):
                ours = build.people.ids[listed]
                build.people.named.setdefault(ours, (listed, int(row)))
                same |= {id_: ours} if id_ != ours else {}
            else:
                build.people.add({id_: name}, {address: name} if address else {})
    return {"people": same}


def joined_names(build: Build, tools: Tables, table: str, known: Known) -> Same:
    """The products, or company goals, of exports that somebody's list has, or that it has not.
    Where there is no list, those that a matrix has by the same name are these, and the others
    become known."""
    names = {id_: name for raw in _of(table, tools) for id_, name in zip(
        raw.frame[TABLES[table].key[0]], raw.frame["name"], strict=True) if id_ and name}
    others = _of_key_results(tools) - names.keys() if table == "products" else set()
    if not known.listed:
        same = {id_: own for id_, name in names.items() if (own := known.id_of(name))}
        known.add({id_: name for id_, name in names.items() if id_ not in same})
        known.listed = bool(names)
        return {table: {**dict.fromkeys(others, ""), **same}}
    names |= {name: name for name in sorted(others)}
    cells = pd.Series(list(names.values()), dtype="str")
    meant = known.ids_in(cells, whole=True)
    return {table: {id_: next(iter(meant.get(name, ())), "") for id_, name in names.items()}}


def _of_key_results(tools: Tables) -> set[str]:
    """The products of key results: teams, of which a list says whether they are products."""
    return {id_ for raw in _of("key_results", tools) if "product_id" in raw.frame
            for id_ in raw.frame["product_id"]} - {""}


def joined_goals(pieces: Tables, tools: Tables) -> Same:
    """The objectives and key results of exports that somebody's own lists tell too, by titles that
    stand once in each."""
    if not any(name in ("objectives", "key_results") for name, _ in tools):
        return {}
    objectives = _pairs(_titles("objectives", pieces), _titles("objectives", tools))
    theirs = replace_ids(tools, {"objectives": objectives})
    results = _pairs(_titles("key_results", pieces), _titles("key_results", theirs))
    return {"objectives": objectives, "key_results": results}


def joined(tools: Tables, same: Same) -> list[tuple[str, RawTable]]:
    """The tables of exports with the ids of somebody's own lists, without what is not on these. A
    goal at the top that is a company goal there is no objective, unless key results measure it."""
    top = {id_ for id_, ours in same.get("outcomes", {}).items() if ours} - {
        id_ for raw in _of("key_results", tools) for id_ in raw.frame["objective_id"]}
    result = []
    for name, raw in tools:
        frame = raw.frame
        if name == "objectives" and top:
            frame = frame[~frame["objective_id"].isin(top)]
            if "parent_objective_id" in frame:
                serves = frame["parent_objective_id"].isin(top)
                own = frame.get("outcome_id", "")
                frame = frame.assign(
                    outcome_id=frame["parent_objective_id"].where(serves, own),
                    parent_objective_id=frame["parent_objective_id"].mask(serves, ""))
        for column, table in id_columns(TABLES[name]).items():
            gone = {id_ for id_, ours in same.get(table, {}).items() if not ours}
            if column in frame and gone:
                frame = frame.assign(**{column: frame[column].mask(frame[column].isin(gone), "")})
        own = same.get(name, {})
        if own and "name" in frame:  # as the list writes it
            frame = frame.assign(name=frame["name"].mask(
                frame[TABLES[name].key[0]].isin([id_ for id_, ours in own.items() if ours]), ""))
        needed = [column for column in TABLES[name].required
                  if column in frame and column != "name"]
        result.append((name, replace(raw, frame=frame[(frame[needed] != "").all(axis=1)]
                                     if top or any(same.values()) else frame)))
    return replace_ids(result, {table: {id_: ours for id_, ours in ids.items() if ours}
                                for table, ids in same.items()})


def _of(table: str, tables: Tables) -> list[RawTable]:
    return [raw for name, raw in tables if name == table]


def _titles(table: str, tables: Tables) -> dict[str, set[str]]:
    """The ids of goals by their titles, those of key results with their objective."""
    found: dict[str, set[str]] = {}
    for raw in _of(table, tables):
        above = raw.frame["objective_id"] if table == "key_results" else [""] * len(raw.frame)
        for id_, title, objective in zip(raw.frame[TABLES[table].key[0]], raw.frame["title"],
                                         above, strict=True):
            found.setdefault(f"{key(title)}\n{objective}", set()).add(id_)
    return found


def _pairs(ours: Mapping[str, set[str]], theirs: Mapping[str, set[str]]) -> dict[str, str]:
    return {next(iter(ids)): next(iter(ours[title])) for title, ids in theirs.items()
            if title in ours and len(ids) == len(ours[title]) == 1 and ids != ours[title]}
