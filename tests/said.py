"""What the tool may not say to people: names of our tables and columns, and words that one better
word has replaced (design, "Words"). Texts of a page and of a document are gathered here."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

SNAKE = re.compile(r"\b[a-z][a-z0-9]*(?:_[a-z0-9]+)+\b")
BANNED = re.compile(r"""\b(?:
    how\ so | take\ (?:it\ )?along | take\ up | set\ aside | mend(?:s|ed|ing)? | let\ (?:it\ )?go
    | let\ go\ of | line\ of\ sight | paper\ links? | nobody\ (?:is\ )?accountable | accountable
    | at\ stake | unserved | uncovered | nobody\ serves | serv(?:es|ed|ing)\b(?!\ the\ same)
    | thin(?:ly)? | managed\ products? | managed\ level | not\ declared | undeclared
    | (?<!not\ )proven | claimed | aligned\ spend | linked\ spend | strategy[–-]spend\ fit
    | role\ statements? | strategic\ role | turn(?:s|ed)?\ on | carr(?:y|ies)\ (?:them\ )?back
    | laid\ (?:over|on) | drop(?:ped)?\ (?:it|that|in) | gravest | graver | to\ remark
    | (?:is|how|less|more)\ grave | tied\ to\ no | what\ becomes\ of | take\ it\ on | exceptions?
    | what\ needs\ a\ decision | exempt(?:ed|ion)? | stale | cadences? | goalposts?
    | nothing\ can\ be\ remembered | (?<!company\ )goals? )\b""", re.VERBOSE | re.IGNORECASE)
_SKIPPED = frozenset({  # fields of a page's elements that nobody reads
    "id", "form_id", "key", "url", "element_id", "icon", "page_script_hash", "url_pathname",
    "widget_id", "spec", "data", "figure", "config", "query_params", "query_param_key", "columns",
    "format", "theme", "type", "border", "group_id", "css", "js", "html", "import", "file_name",
    "user_key", "bind", "page"})


def faults(texts: Iterable[str], names: Iterable[str] = ()) -> list[str]:
    """Each text that says what it may not, with the word. Names of files and keys of gaps are no
    words, nor are these `names` from the data."""
    found = []
    allowed = [name for name in names if SNAKE.search(name) or BANNED.search(name)]
    for text in dict.fromkeys(texts):  # each once
        for name in allowed:
            text = text.replace(name, "")
        read = re.sub(r"\b[A-Z]{2,3}\d\d:\S+", "", text)  # keys of gaps
        read = re.sub(r"\S+\.(?:csv|toml|zip|xlsx|py|md|html|json)\b", "", read)
        read = re.sub(r":material/\w+:|[?&]?\w+=\S+|`[^`]+`", "", read)  # icons, addresses, code
        for hit in [*SNAKE.finditer(read), *BANNED.finditer(read)]:
            near = text[max(0, hit.start() - 80):hit.end() + 80]
            found.append(f"{hit[0]!r} in {near!r}")
    return found


def of_page(app: Any, keepers: str) -> list[str]:
    """Every text of a page of Streamlit's test runner, in its sidebar too, but for what stands in
    the fold of that name for those who keep the data."""
    return list(_of_block(app._tree, keepers))


def _of_block(block: Any, keepers: str) -> Iterator[str]:
    for child in block.children.values():
        if hasattr(child, "children") and len(child.children):
            if getattr(child, "label", None) == keepers:
                continue
            if (proto := getattr(child, "proto", None)) is not None:
                yield from _of_message(proto)
            yield from _of_block(child, keepers)
            continue
        if child.type in ("arrow_data_frame", "dataframe", "table"):
            yield from _of_frame(child)
        elif (proto := getattr(child, "proto", None)) is not None:
            yield from _of_message(proto)


def _of_frame(element: Any) -> Iterator[str]:
    frame = element.value
    for name in frame.columns:
        if frame[name].dtype.kind in "OUT" or str(frame[name].dtype) in ("str", "string"):
            yield from (cell for cell in frame[name] if isinstance(cell, str))
    configured = json.loads(element.proto.columns or "{}")
    for name in frame.columns:
        yield str((configured.get(name) or {}).get("label") or name)
    for settings in configured.values():
        yield from ((settings or {}).get("type_config") or {}).get("options") or ()
        yield from (str(settings[part]) for part in ("help",) if settings and settings.get(part))


def _of_component(value: Any) -> Iterator[str]:
    """The texts of a value that a component of our own is drawn from."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from _of_component(one)
    elif isinstance(value, dict):
        for name, one in value.items():
            if name not in _SKIPPED | {"states", "tone", "severity", "of", "version"}:
                yield from _of_component(one)


def _of_figure(value: Any) -> Iterator[str]:
    """The texts of a figure, which stand anywhere in what it is drawn from; of what is laid out by
    a formula, all of it."""
    if isinstance(value, str):
        yield re.sub(r"%\{[^}]*\}|<[^>]*>", " ", value)
    elif isinstance(value, list):
        for one in value:
            yield from _of_figure(one)
    elif isinstance(value, dict):
        for name, one in value.items():
            if name not in ("type", "template", "id", "source", "target", "mode", "hovermode"):
                yield from _of_figure(one)


def _of_message(message: Any) -> Iterator[str]:
    if message.DESCRIPTOR.name == "BidiComponent":
        yield from _of_component(json.loads(message.json))
        return
    if message.DESCRIPTOR.name in ("PlotlyChart", "EChartsChart"):
        yield message.alt
        yield from _of_figure(json.loads(message.spec))
        return
    for field, value in message.ListFields():
        if field.name in _SKIPPED or field.type == field.TYPE_BYTES:
            continue
        values = value if field.is_repeated else [value]
        for one in values:
            if field.type == field.TYPE_STRING:
                yield str(one)
            elif field.type == field.TYPE_MESSAGE and not field.message_type.GetOptions().map_entry:
                yield from _of_message(one)
