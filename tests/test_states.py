"""Code knows states, people read words: nothing is keyed by a symbol or a word of the vocabulary,
and no sentence is taken apart again."""

import ast
from collections.abc import Iterator
from types import MappingProxyType

import pytest

from orgdata.views import vocabulary
from tests.test_architecture import FILES, place, room

FAMILIES = [value for value in vars(vocabulary).values() if isinstance(value, MappingProxyType)]
WORDS = [word for word in (*vars(vocabulary).values(), *(
    word for words in FAMILIES for word in words.values())) if isinstance(word, vocabulary.Word)]
STATES = {state for words in FAMILIES for state in words}
PROSE = {"", "–", "?"}  # symbols that are signs of ordinary text too
SYMBOLS = {word.symbol for word in WORDS} - PROSE
PHRASES = {text for word in WORDS for text in (
    str(word), word.label, word.in_short, word.in_legend)} | {
        vocabulary.NOT_STATED, vocabulary.NOBODY, vocabulary.UNLINKED}
# One text may be both: “covered” is a state, “not covered” only its word; the others are columns
# and a strength of contributions
PHRASES -= STATES | {"aligned", "none", "measurable", "outdated", "weak"}
AS_READ = {"label", "symbol", "in_short", "in_legend"}  # of a Word
APART = {"split", "rsplit", "partition", "rpartition", "startswith", "endswith", "removeprefix",
         "removesuffix", "find", "index"}
LOOKED_FOR = APART | {"isin", "eq", "ne", "contains", "get", "count"}
# Where sentences are written or read. Elsewhere people's own texts are read: files and their names.
ROOMS = {"gaps", "changes", "views", "charts", "exports", "cli", "ui", "pages"}
UPLOADS = "ui/upload/"
DOCSTRINGS = "\n\nSeverity: "  # a paragraph of a rule's docstring, which is its documentation


def docstrings(tree: ast.AST) -> set[int]:
    return {id(node.body[0].value) for node in ast.walk(tree)
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and node.body
            and isinstance(node.body[0], ast.Expr)}


def texts(node: ast.AST) -> Iterator[str]:
    """The constant texts in an expression."""
    for one in ast.walk(node):
        if isinstance(one, ast.Constant) and isinstance(one.value, str):
            yield one.value


def keys(node: ast.AST) -> list[ast.expr]:
    """What a node looks something up by, or compares it with."""
    if isinstance(node, ast.Dict):
        return [key for key in node.keys if key is not None]
    if isinstance(node, ast.DictComp):
        return [node.key]
    if isinstance(node, ast.Subscript):
        return [node.slice]
    if isinstance(node, ast.Compare):
        return [node.left, *node.comparators]
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and (
            node.func.attr in LOOKED_FOR):
        return [node.func.value, *node.args]
    return []


def keyed_by_words(tree: ast.AST) -> list[str]:
    """What is keyed by, or compared with, how a state is written."""
    found = []
    for node in ast.walk(tree):
        for key in keys(node):
            found += [text for text in texts(key) if text in PHRASES]
            if isinstance(key, ast.Attribute) and key.attr in AS_READ:
                found.append(ast.unparse(key))
    return found


def symbols_written(tree: ast.AST) -> list[str]:
    """Texts in the code with the symbol of a state, which only the vocabulary has."""
    spared = docstrings(tree)
    return [node.value for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
            and id(node) not in spared and SYMBOLS & set(node.value)]


def searches(node: ast.AST) -> list[ast.expr]:
    """What is looked for within a text."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and (
            node.func.attr in APART):
        return node.args
    if isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.In | ast.NotIn) and (
            isinstance(node.left, ast.Constant)):
        return [node.left]
    return []


def sentences_taken_apart(tree: ast.AST) -> list[str]:
    """Texts by which words, more than white space, are looked for in a text."""
    return [text for node in ast.walk(tree) for looked_for in searches(node)
            for text in texts(looked_for)
            if " " in text and text.strip() and text != DOCSTRINGS]


def trees(rooms: set[str]):
    return [pytest.param(path, id=place(path)) for path in FILES if room(path) in rooms
            and place(path) != "views/vocabulary"]


@pytest.mark.parametrize("path", trees(ROOMS | {"measures", "evaluation", "store", "docs"}))
def test_nothing_is_keyed_by_how_a_state_is_written(path):
    tree = ast.parse(path.read_text("utf-8"))
    assert keyed_by_words(tree) == []
    assert symbols_written(tree) == []


@pytest.mark.parametrize("path", [one for one in trees(ROOMS) if not one.id.startswith(UPLOADS)])
def test_no_sentence_is_taken_apart(path):
    assert sentences_taken_apart(ast.parse(path.read_text("utf-8"))) == []


@pytest.mark.parametrize("code", [
    'COLOURS = {"▼ off track": 1}', 'rows["coverage"] == "not covered"', "one.label == name",
    'rows["status"].isin(["too early to say"])', "{word.symbol: 1 for word in words}",
    "colours[word.symbol]", 'said.startswith("not confirmed")', 'name == "not stated"',
    'word.label.split(":")'])
def test_a_key_that_is_a_word_is_noticed(code):
    assert keyed_by_words(ast.parse(code))


@pytest.mark.parametrize("code", [
    'rows["coverage"] == "covered"', 'STATUS["off_track"].label', 'f"{word.symbol} {name}"',
    'said = "nothing is not stated here"', 'rows["status"].isin(["achieved"])'])
def test_states_are_keys(code):
    assert not keyed_by_words(ast.parse(code))


def test_other_ways_of_reading_words_are_noticed():
    assert symbols_written(ast.parse('line("✓ done")')) == ["✓ done"]
    assert symbols_written(ast.parse('"""Says ✓."""\nline("–")')) == []
    assert sentences_taken_apart(ast.parse('check.split(": ", 1)[1]')) == [": "]
    assert sentences_taken_apart(ast.parse('" fails: " in check')) == [" fails: "]
    assert sentences_taken_apart(ast.parse('text.split(" ")\nkey.partition(":")')) == []
