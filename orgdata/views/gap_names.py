"""What a gap is, told from its key alone: for gaps that are not found any more."""

from orgdata import formats
from orgdata.gaps import RULES, Rule
from orgdata.model.portfolio import Portfolio

_NAMED_IN = {  # the column of an id → the table and the column that name such objects
    "outcome_id": ("outcomes", "name"), "product_id": ("products", "name"),
    "objective_id": ("objectives", "title"), "kr_id": ("key_results", "title"),
    "person_id": ("people", "name"), "dependency_id": ("dependencies", "what"),
    "roadblock_id": ("roadblocks", "what"), "expectation_id": ("expectations", "what")}


def in_words(key: str, *portfolios: Portfolio) -> str:
    """The rule and what it is about, with the names of the first portfolio that knows them: “money
    off strategy for “Expand to Japan””."""
    code, _, ids = key.partition(":")
    rule = RULES.get(code)
    if rule is None:
        return key
    if rule.family == "GOV" and ids.partition(":")[0] in RULES:  # about another gap
        return in_words(ids, *portfolios)
    found = (_names(rule, ids, portfolio) for portfolio in portfolios)
    names = next(filter(None, found), [])
    return f"{rule.name} for {formats.listed([f'“{name}”' for name in names])}" if names else (
        rule.name)


def subject(key: str, portfolio: Portfolio) -> str:
    """The names of what a gap is about; "" where it is the portfolio, or not known."""
    code, _, ids = key.partition(":")
    return formats.listed(_names(RULES[code], ids, portfolio)) if code in RULES else ""


def _names(rule: Rule, ids: str, portfolio: Portfolio) -> list[str]:
    """The names of what the ids of a key stand for; none where one of them is not known."""
    columns = rule.looks_at.ids
    first, _, rest = ids.partition(":")
    if "kind_of_object" in rule.columns:  # of a product or of an objective
        return _named((f"{first}_id",), (rest,), portfolio)
    if "bucket" in columns:
        return [rest]
    if len(columns) < 2:
        return _named(columns, (ids,), portfolio) if columns else []
    splits = ((ids[:at], ids[at + 1:]) for at, sign in enumerate(ids) if sign == ":")
    return next(filter(None, (_named(columns, split, portfolio) for split in splits)), [])


def _named(columns: tuple[str, ...], ids: tuple[str, ...], portfolio: Portfolio) -> list[str]:
    names = []
    for column, object_id in zip(columns, ids, strict=True):
        id_column = column.removeprefix("other_")
        table, name = _NAMED_IN.get(id_column, (None, None))
        if table is None:
            return []
        rows = portfolio[table]
        names += [str(text) for text in rows.loc[rows[id_column] == object_id, name].head(1)]
    return names if len(names) == len(ids) else []
