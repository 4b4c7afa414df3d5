"""What people do, by the words for it; and edits as other programs hand them over."""

import inspect
import json
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any, cast

from orgdata import formats
from orgdata.edits import check_ins, ideas, outcomes, people, products
from orgdata.edits.apply import Laid
from orgdata.edits.edit import SHOWN, Edit, EditError, Operation
from orgdata.edits.now import MOST, Now
from orgdata.edits.others import checked
from orgdata.edits.typed import check_typed
from orgdata.model.words import normalise_word
from orgdata.sources.raw import RawSource


def set_cell(now: Now, table: str, key: Mapping[str, str], column: str, value: str) -> list[Edit]:
    """Set any cell of a row. One that is not there is waited for."""
    check_typed(now, table, {column: value})
    edit = Edit(table, "set", key, {column: value})
    edit.check()
    return [replace(edit, before=now.before(edit))]


VERBS: Mapping[str, Callable[..., list[Edit]]] = {
    "move PM": people.move_pm, "assign": people.assign,
    "retire product": products.retire_product, "merge": products.merge_products,
    "change role": products.change_role, "re-weight": outcomes.reweight,
    "add outcome": outcomes.add_outcome, "retire outcome": outcomes.retire_outcome,
    "link": outcomes.link, "confirm": outcomes.confirm, "decline": outcomes.decline,
    "withdraw": outcomes.withdraw, "state purpose": products.state_purpose,
    "check in": check_ins.check_in, "pursue idea": ideas.pursue_idea, "add idea": ideas.add_idea,
    "drop idea": ideas.drop_idea, "set": set_cell}
_BY_WORD = {normalise_word(name): name for name in VERBS}
MOST_VERBS = 100  # in one list: each looks at the portfolio that those before it left
MOST_KEYS = 20  # ways to name a row, each by other columns: for each the rows are gone through
_OF_EDIT = {"table", "op", "key", "set", "before", "answer"}


@dataclass(frozen=True)
class Asked:
    """A verb with what it takes."""

    verb: str
    arguments: Mapping[str, Any]

    def edits(self, now: Now) -> list[Edit]:
        """The edits that do it to the portfolio as it is now. Raises EditError."""
        function = VERBS[self.verb]
        try:
            bound = inspect.signature(function).bind(now, **self.arguments)
        except TypeError:
            raise EditError(f"“{self.verb}” takes {_takes(function)}; found "
                            f"{_listed(self.arguments) or 'nothing'}") from None
        for name, value in self.arguments.items():
            of_row = bound.signature.parameters.get(name, _TEXT).annotation != _TEXT.annotation
            if isinstance(value, str) == of_row:
                raise EditError(f"{_shown(name)} is to say which column has which text" if of_row
                                else f"{_shown(name)}: expected a text or a number")
        edits = function(now, **self.arguments)
        return edits if self.verb == "set" else checked(now, edits)  # that is as if typed in


_TEXT = inspect.Parameter("text", inspect.Parameter.KEYWORD_ONLY, annotation=str)


def _takes(function: Callable[..., object]) -> str:
    _, *named = inspect.signature(function).parameters.values()
    return ", ".join(f"{one.name} (may be left out)" if one.default is not one.empty else one.name
                     for one in named if one.kind is not one.VAR_KEYWORD)


def read_asked(text: str) -> list[Edit | Asked]:
    """Read a JSON list of edits and verbs (INTERFACES). Raises EditError, which names the place."""
    try:
        content = json.loads(text)
    except ValueError as error:
        raise EditError(f"it is no JSON: {error}") from None
    except RecursionError:
        raise EditError("it is no list of edits: lists stand too deep in one another") from None
    if not isinstance(content, list):
        raise EditError("expected a list of edits")
    if len(content) > MOST:
        raise EditError(f"{len(content):,} edits; at most {MOST:,} are read")
    asked = [_at(number, partial(_read, one)) for number, one in enumerate(content, 1)]
    verbs = sum(isinstance(one, Asked) for one in asked)
    keys = {(one.table, frozenset(one.key)) for one in asked if isinstance(one, Edit)}
    for count, most, what in ((verbs, MOST_VERBS, "verbs"),
                              (len(keys), MOST_KEYS, "different sets of columns in keys")):
        if count > most:
            raise EditError(f"{count:,} {what}; at most {most:,} are read")
    return asked


def _at(number: int, made: Callable[[], Any]) -> Any:
    try:
        return made()
    except EditError as error:
        raise EditError(f"edit {number}: {error}") from None


def _read(one: object) -> Edit | Asked:
    if not isinstance(one, dict):
        raise EditError("expected an object")
    if "verb" in one:
        written = _text("verb", one["verb"])
        verb = _BY_WORD.get(normalise_word(written))
        if verb is None:
            raise EditError(f"there is no verb “{_shown(written)}”; expected one of "
                            f"{', '.join(VERBS)}")
        return Asked(verb, {name: _texts(name, value) if isinstance(value, dict) else
                            _text(name, value) for name, value in one.items() if name != "verb"})
    if unknown := sorted(one.keys() - _OF_EDIT):
        raise EditError(f"unknown: {_listed(unknown)}; an edit has {', '.join(sorted(_OF_EDIT))}")
    table, operation = (_text(name, one.get(name, default))
                        for name, default in (("table", ""), ("op", "set")))
    key, values = (_texts(name, one.get(name) or {}) for name in ("key", "set"))
    before = _texts("before", one["before"]) if one.get("before") is not None else None
    edit = (Edit.adding(table, {**key, **values}) if operation == "add" else
            Edit(table, cast(Operation, operation), key, values, before,
                 one.get("answer") is True))
    edit.check()
    return edit


def _texts(name: str, value: object) -> dict[str, str]:
    if not isinstance(value, dict):
        raise EditError(f"{name} is to say which column has which text")
    return {column: _text(column, cell) for column, cell in value.items()}


def _shown(text: str) -> str:
    return formats.clipped(text, SHOWN)


def _listed(names: Iterable[str]) -> str:
    return formats.listed([*map(_shown, names)], most=9)


def _text(column: str, value: object) -> str:
    """A value of JSON as the text of a cell."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float) and math.isfinite(value):
        return f"{value:.0f}" if value == int(value) else repr(value)
    if value is None or isinstance(value, str):
        return value or ""
    raise EditError(f"{_shown(column)}: expected a text or a number")


def made(raw: RawSource, asked: Sequence[Edit | Asked], day: date) -> list[Edit]:
    """The edits that do these things one after another, each to what those before it left. Raises
    EditError, which names the place."""
    edits: list[Edit] = []
    laid = Laid(raw)
    for number, one in enumerate(asked, 1):
        more = _at(number, partial(one.edits, Now(laid.raw, day))) if isinstance(
            one, Asked) else [one]
        if len(edits) + len(more) > MOST:
            raise EditError(f"edit {number}: with it more than {MOST:,} rows are changed, the most "
                            "at once")
        _at(number, partial(laid.add, more))
        edits += more
    return edits
