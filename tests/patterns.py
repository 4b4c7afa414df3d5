"""Every regular expression of the package with the ways it is used, and the worst texts for one."""

import ast
import importlib
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from re import _constants as codes  # the parser itself: nothing public tells what a pattern repeats
from re import _parser as parser
from typing import NamedTuple

import pandas as pd

ROOT = Path(__file__).parent.parent
OURS_ALONE = {"docs"}  # rooms that read nothing but our own documents
USES = {"search", "match", "fullmatch", "finditer", "findall", "sub", "split"}
OF_COLUMNS = {"replace", "contains", "match", "fullmatch", "extract", "count", "findall"}
LETTERS = " \t\n,.;:-_0aA'\"[(/|%\\"
MANY = 80  # repeats of more than this are tried


class Use(NamedTuple):
    """A pattern of a module and what is called with it; `str.replace` of a column of text."""

    module: str
    pattern: re.Pattern[str] | re.Pattern[bytes]
    method: str

    def __str__(self) -> str:
        return f"{self.module}-{self.pattern.pattern!r:.30}-{self.method}"


@cache
def uses() -> list[Use]:
    paths = [*ROOT.glob("orgdata/**/*.py"), *ROOT.glob("pages/*.py"), ROOT / "dashboard.py"]
    return [use for path in sorted(paths) for use in _uses(path)
            if not OURS_ALONE & {*path.relative_to(ROOT).parts[1:]}]


def _uses(path: Path) -> Iterator[Use]:
    tree = ast.parse(path.read_text("utf-8"))
    name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    nodes = list(ast.walk(tree))
    named = {target.id for node in nodes if isinstance(node, ast.Assign)
             and isinstance(node.value, ast.Call)
             and ast.unparse(node.value.func) == "re.compile" for target in node.targets}
    for node in nodes:
        if (isinstance(node, ast.Attribute) and node.attr in USES
                and (whose := ast.unparse(node.value)) in named):
            yield Use(name, getattr(importlib.import_module(name), whose), node.attr)
    for call in nodes:
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute) or (
                (method := call.func.attr) not in USES | OF_COLUMNS):
            continue
        whose = ast.unparse(call.func.value)
        if whose == "re" and method in USES:
            assert isinstance(call.args[0], ast.Constant), f"{name}: compile it once, by a name"
            yield Use(name, re.compile(call.args[0].value, _flags(call)), method)
        elif whose.endswith(".str") and method in OF_COLUMNS and _is_regex(call, method):
            assert isinstance(call.args[0], ast.Constant | ast.Name), ast.unparse(call)
            yield Use(name, re.compile(_value(name, call.args[0])), f"str.{method}")


def _flags(call: ast.Call) -> int:
    return re.IGNORECASE if "re.IGNORECASE" in ast.unparse(call) else 0


def _is_regex(call: ast.Call, method: str) -> bool:
    """As pandas decides it: replace takes text as it stands unless it is told, the others do not."""
    told = {word.arg: ast.unparse(word.value) for word in call.keywords}.get("regex")
    return told == "True" if method == "replace" else told != "False"


def _value(module: str, node: ast.Constant | ast.Name) -> str:
    return node.value if isinstance(node, ast.Constant) else getattr(
        importlib.import_module(module), node.id)


def try_on(use: Use, text: str) -> Callable[[], object]:
    """Work that uses a pattern on a text in its way."""
    pattern = use.pattern.pattern
    given = text if isinstance(pattern, str) else text.encode()
    if use.method.startswith("str."):
        column = pd.Series([given], dtype="str")
        method = getattr(column.str, use.method.removeprefix("str."))
        return lambda: method(pattern, "", regex=True) if use.method == "str.replace" else (
            method(pattern))
    method = getattr(use.pattern, use.method)
    if use.method == "sub":
        return lambda: method("", given)
    return lambda: list(method(given)) if use.method == "finditer" else method(given)


class Worst(NamedTuple):
    """A text that reaches an unlimited repeat, goes on with one thing and does not match in the end."""

    before: str
    again: str

    def of_size(self, size: int) -> str:
        return self.before + self.again * (size // len(self.again)) + "1,;|\n\0"


def worst_texts(pattern: re.Pattern[str] | re.Pattern[bytes]) -> Iterator[Worst]:
    """The texts that go on with what is repeated or with one letter, or begin over and over again."""
    written = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode()
    nodes = parser.parse(written, pattern.flags & ~re.UNICODE)
    for before, repeated in dict.fromkeys([("", ""), *_repeats(nodes, "")]):
        for again in filter(None, (repeated, *LETTERS)):
            yield Worst(before, again)
            if before:
                yield Worst("", before + again)


def _repeats(nodes: Iterator[tuple[object, object]], before: str) -> Iterator[tuple[str, str]]:
    """What may stand before each unlimited repeat, and what is repeated, as short as can be."""
    for code, argument in nodes:
        if code in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
            least, most, body = argument
            yield from _repeats(body, before)
            if most > MANY:
                yield before, _shortest(body)
            before += _shortest(body) * least
        elif code in (codes.SUBPATTERN, codes.ATOMIC_GROUP, codes.BRANCH):
            for one in _bodies(code, argument):
                yield from _repeats(one, before)
            before += _shortest([(code, argument)])
        elif code is codes.ASSERT:
            yield from _repeats(argument[1], before)
            before += _shortest(argument[1]) if argument[0] < 0 else ""
        else:
            before += _shortest([(code, argument)])


def _bodies(code: object, argument: object) -> list[object]:
    return argument[1] if code is codes.BRANCH else [
        argument[-1] if code is codes.SUBPATTERN else argument]


def _shortest(nodes: object) -> str:
    text = ""
    for code, argument in nodes:
        if code is codes.LITERAL:
            text += chr(argument)
        elif code is codes.IN:
            text += _member(argument)
        elif code in (codes.ANY, codes.NOT_LITERAL):
            text += "x"
        elif code in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
            text += _shortest(argument[2]) * argument[0]
        elif code in (codes.SUBPATTERN, codes.ATOMIC_GROUP, codes.BRANCH):
            text += _shortest(_bodies(code, argument)[0])
    return text


def _member(members: list[tuple[object, object]]) -> str:
    """A letter of a class."""
    code, argument = members[0]
    if code is codes.LITERAL:
        return chr(argument)
    if code is codes.RANGE:
        return chr(argument[0])
    return {codes.CATEGORY_DIGIT: "1", codes.CATEGORY_SPACE: " "}.get(argument, "x")
