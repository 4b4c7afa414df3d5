"""METHOD section 1: rows that stand for a sum of others."""

import re

from tests.reference import reading
from tests.reference.layout import KEYS, LAYOUT

TOTAL = ["total", "grand total", "subtotal", "gesamt", "summe", "totale"]
OTHER = ["sum", "all", "legend"]


def totals(table: str, rows: list[dict[str, str]], names: dict[str, str]) -> dict[int, str]:
    """The numbers of the total rows, each with the column that says so; `names` are ours → theirs.

    Rows that a word alone tells do not count as rows above others, nor do those found before.
    """
    if len(KEYS[table]) > 1:
        return {}
    labels = [name for name in ("name", "title", KEYS[table][0]) if name in names]
    numeric = [c.name for c in LAYOUT[table] if c.kind in ("number", "strength") and c.name in names]
    decimal = reading.decimal_of([
        row[names[name]].strip() for name in numeric for row in rows
        if not any(_ends(row[names[label]]) for label in labels)])
    decimal = "comma" if decimal == "comma" else "each"
    found: dict[int, str] = {}
    above: list[dict] = []  # of all rows that are no totals
    since = 0  # where those begin that stand below the last total
    for row in rows:
        numbers = {name: read for name in numeric if name != "strength"
                   if (read := _number(row[names[name]], decimal, name)) is not None}
        column = next((name for name in labels if _is_total(
            table, name, row, names, numbers, above, since)), None)
        if column:
            found[row["row"]] = column
            since = len(above)
        else:
            above.append(numbers)
    return found


def _is_total(table: str, column: str, row: dict, names: dict, numbers: dict[str, float],
              above: list[dict], since: int) -> bool:
    label = _words(row[names[column]])
    id_, *called = (row[names[c]].strip().lower() if c in names else ""
                    for c in (KEYS[table][0], "name", "title"))
    name = next(filter(None, called), "")
    own_id = bool(id_ and name) and id_ != name
    if label in TOTAL or (label in OTHER and not own_id):
        return True
    ends = _ends(label)
    if not ends:
        return False
    for column_, number in numbers.items():
        for rows in (above, above[since:]):
            terms = [one[column_] for one in rows if column_ in one]
            if number != 0 and len(terms) > 1 and _same(sum(terms), number):
                return True
    only = above[since:]
    return (any(word in TOTAL for word in ends) and len(only) == 1 and bool(numbers) and all(
        column_ in only[0] and _same(only[0][column_], number)
        for column_, number in numbers.items()))


def _same(total: float, number: float) -> bool:
    return abs(total - number) <= 0.005 * abs(total) + 1e-9


def _words(label: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", label.lower()))


def _ends(label: str) -> list[str]:
    """The words of a total with which a label begins or ends."""
    label = f" {_words(label)} "
    return [word for word in TOTAL + OTHER
            if label.startswith(f" {word} ") or label.endswith(f" {word} ")]


def _number(text: str, decimal: str, column: str) -> float | None:
    try:
        return reading.number(text, decimal, column).value
    except reading.Unreadable:
        return None
