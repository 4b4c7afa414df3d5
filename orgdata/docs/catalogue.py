"""Documents the tables and the rules, from their declarations."""

import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from orgdata.gaps import RULES, in_order
from orgdata.gaps.needs import tables_of
from orgdata.model.fields import Field
from orgdata.model.schema import TABLES
from orgdata.sources.vendors import Vendor, vendors

_METHOD = Path(__file__).with_name("METHOD.md")


def method() -> str:
    """METHOD.md as a page shows it: without title, marks and links, with smaller headings."""
    text = _METHOD.read_text(encoding="utf-8").partition("\n")[2]
    text = re.sub(r"<!-- .*? -->\n", "", text)
    return re.sub(r"\[([^\]]+)\]\([^)]+\)", r"\1", text).replace("\n## ", "\n##### ").strip()


def rules() -> list[dict[str, Any]]:
    """The rule catalogue as plain objects."""
    return [{"code": code, "name": rule.name, "question": rule.question,
             "fires_when": rule.fires_when, "severity": rule.severity,
             "needs": list(rule.needs), "next_step": _blanks(rule.next_step),
             "kept_in": list(rule.kept_in),
             "looks_at": rule.looks_at.noun,
             "thresholds": {} if rule.threshold is None else {"threshold": rule.threshold}}
            for code, rule in sorted(RULES.items())]


def families() -> dict[str, list[str]]:
    """The codes of the rules of each family, by the question in the docstring of its module."""
    codes: dict[str, list[str]] = {}
    for rule in in_order():
        question = (sys.modules[rule.finds.__module__].__doc__ or "").partition(": ")[2].strip()
        heading = question[:1].upper() + question[1:].removesuffix(".")
        codes.setdefault(heading, []).append(rule.code)
    return codes


def _blanks(template: str) -> str:
    """A template for readers, with “…” for what each finding puts there."""
    text = re.sub(r"\{\w+\}", "…", template)
    return text if re.search(r"\w", text) else "What the finding asks for."


def rules_text() -> str:
    """The rule catalogue for a terminal."""
    return "\n\n".join(
        f"{rule['code']} {rule['name']}: {rule['question']}\n  fires when: {rule['fires_when']}\n"
        f"  severity: {rule['severity']}\n  needs: {', '.join(rule['needs'])}\n"
        + (f"  threshold: {rule['thresholds']['threshold']:g}\n" if rule["thresholds"] else "")
        + f"  next step: {rule['next_step']}" for rule in rules())


def rules_markdown() -> str:
    """The rule catalogue as a Markdown table."""
    rows = [(f"**{rule['code']}** {rule['name']}", rule["question"], rule["fires_when"],
             rule["severity"]) for rule in rules()]
    return markdown_table(("Rule", "Question", "Fires when", "Severity"), rows)


def rules_by_table() -> dict[str, list[str]]:
    """The codes of the rules that need a table, by table; by each of several that would do."""
    needed = {code: tables_of(rule.needs) for code, rule in sorted(RULES.items())}
    return {table: [code for code, tables in needed.items() if table in tables]
            for table in TABLES}


def rules_by_table_markdown() -> str:
    """The rules that need each table, as a Markdown table."""
    return markdown_table(("Table", "Rules that need it", "Which"), [
        (f"`{table}`", str(len(codes)), " ".join(codes) or "–")
        for table, codes in rules_by_table().items()])


def exports_markdown() -> str:
    """The tools whose exports are read, what their records become, and the settings for them, as a
    Markdown table."""
    rows = [(vendor.title, _first_paragraph(vendor), "<br>".join(
        f"`{choice.name}`: {', '.join(f'`{option}`' for option in choice.options)}"
        for choice in vendor.choices) or "–", f"`[exports.{vendor.name}]`" if vendor.choices else
        "–") for vendor in vendors()]
    return markdown_table(("Tool", "What is what", "Choices, the first is taken unasked",
                           "In settings.toml"), rows)


def _first_paragraph(vendor: Vendor) -> str:
    """The first paragraph of the docstring of the module that reads a tool's exports."""
    docstring = sys.modules[vendor.convert.__module__].__doc__ or ""
    return " ".join(docstring.partition("\n\n")[0].split()).replace("<", "&lt;")


def tables_markdown() -> str:
    """Every table with its columns as Markdown; required columns are marked with a star."""
    return "\n\n".join(
        f"**`{table.name}`** {table.about}\n\n" + markdown_table(
            ("Column", "Type", "Meaning"),
            [(f"`{field.name}`{'*' if field.required else ''}", kind(field), field.about)
             for field in table.fields])
        for table in TABLES.values())


def kind(field: Field) -> str:
    """The type of a column, in words."""
    if field.references:
        return f"id in {field.references}"
    return {"bool": "yes/no", "word": "one of a few words"}.get(field.kind, field.kind)


def markdown_table(header: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    """A Markdown table; pipe characters in cells are escaped."""
    lines = [header, tuple("---" for _ in header), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |"
                     for line in lines)
