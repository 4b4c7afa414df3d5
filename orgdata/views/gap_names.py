"""What a gap is, told from its key alone: for gaps that are not found any more."""

from collections.abc import Callable, Iterable, Mapping
from functools import cache

from orgdata import formats
from orgdata.gaps import RULES, Rule
from orgdata.model.portfolio import Portfolio

_NAMED_IN = {  # the column of an id → the table and the column that name such objects
    "outcome_id": ("outcomes", "name"), "product_id": ("products", "name"),
    "objective_id": ("objectives", "title"), "kr_id": ("key_results", "title"),
    "person_id": ("people", "name"), "dependency_id": ("dependencies", "what"),
    "roadblock_id": ("roadblocks", "what"), "expectation_id": ("expectations", "what")}


_NamesById = Callable[[str], Mapping[str, str]]  # of the objects that a column of ids names


def in_words(key: str, *portfolios: Portfolio) -> str:
    """The rule and what it is about, with the names of the first portfolio that knows them: “money
    off strategy for “Expand to Japan””."""
    code, _, ids = key.partition(":")
    rule = RULES.get(code)
    if rule is None:
        return key
    if rule.family == "GOV" and ids.partition(":")[0] in RULES:  # about another gap
        return in_words(ids, *portfolios)
    found = (_names(rule, ids, _names_by_id(portfolio)) for portfolio in portfolios)
    names = next(filter(None, found), [])
    return f"{rule.name} for {formats.listed([f'“{name}”' for name in names])}" if names else (
        rule.name)


def subjects(keys: Iterable[str], portfolio: Portfolio) -> list[str]:
    """The names of what each of some gaps is about; "" where it is the portfolio, or not known."""
    names_by_id = _names_by_id(portfolio)
    found = []
    for key in keys:
        code, _, ids = key.partition(":")
        found.append(formats.listed(_names(RULES[code], ids, names_by_id)) if code in RULES else "")
    return found


def _names_by_id(portfolio: Portfolio) -> _NamesById:
    """A function from a column of ids to the names of what these are, or the ids where they have
    none; each column is looked up once, however many keys there are."""
    @cache
    def names(id_column: str) -> Mapping[str, str]:
        table, name = _NAMED_IN.get(id_column, (None, None))
        if table is None:
            return {}
        ids = portfolio[table][id_column]
        return dict(zip(ids, portfolio[table][name].fillna(ids), strict=True))
    return names


def _names(rule: Rule, ids: str, names_by_id: _NamesById) -> list[str]:
    """The names of what the ids of a key stand for; none where one of them is not known."""
    columns = rule.looks_at.ids
    first, _, rest = ids.partition(":")
    if "kind_of_object" in rule.columns:  # of a product or of an objective
        return _named((f"{first}_id",), (rest,), names_by_id)
    if "bucket" in columns:
        return [rest]
    if len(columns) < 2:
        return _named(columns, (ids,), names_by_id) if columns else []
    splits = ((ids[:at], ids[at + 1:]) for at, sign in enumerate(ids) if sign == ":")
    return next(filter(None, (_named(columns, split, names_by_id) for split in splits)), [])


def _named(columns: tuple[str, ...], ids: tuple[str, ...], names_by_id: _NamesById) -> list[str]:
    names = [names_by_id(column.removeprefix("other_")).get(object_id)
             for column, object_id in zip(columns, ids, strict=True)]
    return [] if None in names else [str(name) for name in names]
