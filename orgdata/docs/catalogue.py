"""The tables and rules as documentation, derived from the declarations themselves."""

import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from orgdata.gaps import RULES, in_order
from orgdata.gaps.needs import tables_of
from orgdata.model.schema import TABLES, Field
from orgdata.sources.vendors import Vendor, vendors

_METHOD = Path(__file__).with_name("METHOD.md")


def method() -> str:
    """METHOD.md as a page shows it: no title, marks or links to files, its headings one page's."""
    text = _METHOD.read_text(encoding="utf-8").partition("\n")[2]
    text = re.sub(r"<!-- .*? -->\n", "", text)
    return re.sub(r"\[([^\]]+)\]\([^)]+\)", r"\1", text).replace("\n## ", "\n##### ").strip()


def rules() -> list[dict[str, Any]]:
    """The rule catalogue as plain objects."""
    return [{"code": one.code, "name": one.name, "question": one.question,
             "fires_when": one.fires_when, "severity": one.severity,
             "needs": list(one.needs), "next_step": _blanks(one.next_step),
             "looks_at": one.looks_at.noun,
             "thresholds": {} if one.threshold is None else {"threshold": one.threshold}}
            for _, one in sorted(RULES.items())]


def families() -> dict[str, list[str]]:
    """What each family of rules asks, as its module says, and the codes of its rules."""
    found: dict[str, list[str]] = {}
    for one in in_order():
        words = (sys.modules[one.finds.__module__].__doc__ or "").partition(": ")[2].strip()
        found.setdefault(words[:1].upper() + words[1:].removesuffix("."), []).append(one.code)
    return found


def _blanks(template: str) -> str:
    """A template with its braces shown as places to fill: {name} → ‹name›."""
    return re.sub(r"\{(\w+)\}", r"‹\1›", template)


def rules_text() -> str:
    """The rule catalogue for a terminal."""
    return "\n\n".join(
        f"{one['code']} {one['name']}: {one['question']}\n  fires when: {one['fires_when']}\n"
        f"  severity: {one['severity']}\n  needs: {', '.join(one['needs'])}\n"
        + (f"  threshold: {one['thresholds']['threshold']:g}\n" if one["thresholds"] else "")
        + f"  next step: {one['next_step']}" for one in rules())


def rules_markdown() -> str:
    """The rule catalogue as a Markdown table."""
    rows = [(f"**{one['code']}** {one['name']}", one["question"], one["fires_when"],
             one["severity"]) for one in rules()]
    return markdown_table(("Rule", "Question", "Fires when", "Severity"), rows)


def turns_on() -> dict[str, list[str]]:
    """The rules that need a table, by table; where alternatives would do, by each of them."""
    needed = {code: tables_of(one.needs) for code, one in sorted(RULES.items())}
    return {table: [code for code, tables in needed.items() if table in tables]
            for table in TABLES}


def turns_on_markdown() -> str:
    """What each table is needed for, as a Markdown table."""
    return markdown_table(("Table", "Rules that need it", "Which"), [
        (f"`{table}`", str(len(codes)), " ".join(codes) or "–")
        for table, codes in turns_on().items()])


def exports_markdown() -> str:
    """Whose exports are read, what a record of theirs is, and what the settings can say of it."""
    rows = [(vendor.title, _first_paragraph(vendor), "<br>".join(
        f"`{choice.name}`: {', '.join(f'`{one}`' for one in choice.options)}"
        for choice in vendor.choices) or "–", f"`[exports.{vendor.name}]`" if vendor.choices else
        "–") for vendor in vendors()]
    return markdown_table(("Tool", "What is what", "Choices, the first is taken unasked",
                           "In settings.toml"), rows)


def _first_paragraph(vendor: Vendor) -> str:
    """What the module that reads the exports of a tool says of them."""
    words = sys.modules[vendor.convert.__module__].__doc__ or ""
    return " ".join(words.partition("\n\n")[0].split()).replace("<", "&lt;")


def tables_markdown() -> str:
    """Every table with its columns as Markdown; required columns are marked with a star."""
    return "\n\n".join(
        f"**`{table.name}`** {table.about}\n\n" + markdown_table(
            ("Column", "Type", "Meaning"),
            [(f"`{f.name}`{'*' if f.required else ''}", kind(f), f.about) for f in table.fields])
        for table in TABLES.values())


def kind(field: Field) -> str:
    """A column's type in words."""
    if field.references:
        return f"id in {field.references}"
    return {"bool": "yes/no", "word": "one of a few words"}.get(field.kind, field.kind)


def markdown_table(header: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    """A Markdown table; the pipe character is escaped."""
    lines = [header, tuple("---" for _ in header), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |"
                     for line in lines)
