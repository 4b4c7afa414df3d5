"""Columns whose meaning the settings give, as `[columns.TABLE]` that somebody wrote for a sheet."""

from collections.abc import Sequence

from orgdata.model.fields import normalise_name
from orgdata.model.schema import TABLES
from orgdata.model.settings import Settings

_ENTITY = {"people": "person", "outcomes": "outcome", "products": "product",
           "objectives": "objective", "key_results": "key_result", "check_ins": "key_result"}
_TITLES = {("people", "name"): "person", ("outcomes", "name"): "outcome",
           ("products", "name"): "product", ("objectives", "title"): "objective",
           ("key_results", "title"): "key_result", ("assignments", "person_id"): "product_manager"}
_REFERENCES = {"product_id": "product", "outcome_id": "outcome", "objective_id": "objective",
               "kr_id": "key_result"}
_FIELDS = {"business_area": "area", "lifecycle_stage": "stage", "annual_spend": "spend",
           "annual_revenue": "revenue", "role_statement": "purpose", "owner_id": "owner",
           "due_date": "due", "end_date": "due", "start_date": "start", "date": "updated",
           "parent_objective_id": "parent", "value": "current", "title": "job_title",
           "manager_id": "manager", **{name: name for name in (
               "strategic_role fte bau_pct segments jobs description metric unit baseline target "
               "current weight tier status ambition confidence note strength share_pct kr_type "
               "email").split()}}


def is_by_hand(settings: Settings, tables: Sequence[str]) -> bool:
    """Whether somebody mapped a sheet that is no table of ours under other names: it is several
    of them, or its titles serve as ids."""
    def titles_are_ids(table: str) -> bool:
        columns = settings.columns.get(table, {})
        title = columns.get("title", columns.get("name"))
        return title is not None and columns.get(TABLES[table].key[0]) == title

    return len(tables) > 1 or any(titles_are_ids(table) for table in tables)


def given_main(tables: Sequence[str]) -> str:
    """What a sheet tells of that the settings read as these tables; "" where they name none."""
    named = [_ENTITY[table] for table in TABLES if table in tables and table in _ENTITY]
    return named[-1] if named else ""


def given_meanings(settings: Settings, tables: Sequence[str],
                   columns: Sequence[str]) -> dict[str, str]:
    """Meaning → column, as the settings say it for these tables of a sheet. A meaning of what the
    sheet does not mainly tell of bears its name: "objective.owner"."""
    main = given_main(tables)
    theirs = {normalise_name(name): name for name in columns}
    titles: dict[str, str] = {}
    others: dict[str, str] = {}
    for table in tables:
        for ours, written in settings.columns.get(table, {}).items():
            column = theirs.get(normalise_name(written))
            if column is None:
                continue
            if meaning := _TITLES.get((table, ours)):
                titles[meaning] = column
            elif ours in _FIELDS and table in _ENTITY:
                entity = _ENTITY[table]
                name = _FIELDS[ours] if entity == main else f"{entity}.{_FIELDS[ours]}"
                others[name] = column
            elif (table, ours) == ("objectives", "product_id"):
                others["objective.product"] = column
    if "product_manager" in titles:
        titles.pop("person", None)
    for table in tables:
        for ours, meaning in _REFERENCES.items():
            column = theirs.get(normalise_name(settings.columns.get(table, {}).get(ours, "")))
            if column is not None and meaning not in titles and column not in titles.values():
                titles.setdefault(meaning if table not in _ENTITY or ours not in TABLES[table].key
                                  else f"{_ENTITY[table]}.id", column)
    return {**others, **titles}
