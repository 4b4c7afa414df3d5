"""The parts of the documents that are generated, by name: see generate.py for where they stand."""

import ast
from collections.abc import Callable, Mapping
from pathlib import Path

from orgdata.docs import alignment, catalogue
from orgdata.docs.catalogue import markdown_table
from orgdata.exports.registry import DOCUMENTS
from orgdata.measures.check_ins import REPORTED
from orgdata.measures.pace import DEFAULT, PRESETS
from orgdata.model.problems import CODES
from orgdata.model.schema import CLOSED_WORDS, TABLES

ROOT = Path(__file__).parents[2]


def rooms() -> str:
    """Every room in the order of the import contract, with what it says of itself."""
    contract = ast.parse((ROOT / "tests" / "test_architecture.py").read_text(encoding="utf-8"))
    names, = (str(ast.literal_eval(node.value.func.value)).split() for node in contract.body
              if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "ROOMS"
              and isinstance(node.value, ast.Call) and isinstance(node.value.func, ast.Attribute))
    return markdown_table(("Room", "What is in it"), [(f"`{name}`", _docstring(name))
                                                      for name in names])


def _docstring(room: str) -> str:
    """The first paragraph of what a room says of itself; the router speaks for the pages."""
    package = ROOT / "orgdata" / room / "__init__.py"
    path = ROOT / "dashboard.py" if room == "pages" else (
        package if package.is_file() else ROOT / "orgdata" / f"{room}.py")
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return " ".join(docstring.partition("\n\n")[0].split())


def columns() -> str:
    """Every table with its columns in a line, required ones with a star."""
    return markdown_table(("Table", "Columns", "One row per"), [
        (f"`{table.name}`", ", ".join(f.name + "*" * f.required for f in table.fields),
         ", ".join(table.key)) for table in TABLES.values()])


def vocabularies() -> str:
    """Every column with a vocabulary: its words, their other spellings, and any other word."""
    rows = []
    for table in TABLES.values():
        for field in table.fields:
            if (words := field.vocabulary) is None:
                continue
            also = ", ".join(f"{theirs} → {ours}" for theirs, ours in words.aliases.items())
            other = ("a number (below)" if words.numeric else "unknown, with a warning") if (
                words.otherwise is None) else words.otherwise
            rows.append((f"`{table.name}.{field.name}`", ", ".join(words.words), also or "–",
                         other))
    return markdown_table(("Column", "Words", "Other spellings", "Any other word"), rows)


def closed_words() -> str:
    """The words that end an objective or a key result."""
    return ", ".join(sorted(CLOSED_WORDS)) + "."


def reported_words() -> str:
    """The words of a reported status, by what they mean."""
    means: dict[str, list[str]] = {}
    for word, meaning in REPORTED.items():
        means.setdefault(meaning, []).append(word)
    return markdown_table(("Means", "Words"), [(meaning.replace("_", " "), ", ".join(words))
                                               for meaning, words in means.items()])


def pace_presets() -> str:
    """The presets of `pace` and where each draws its two lines."""
    return markdown_table(("Preset", "Compares", "On track", "Needs attention"), [
        (f"`{name}`", *(("b·e − raw", f"≤ {first:.2f}", f"≤ {second:.2f}") if name == DEFAULT else
                        ("raw / e", f"≥ {first:.2f}", f"≥ {second:.2f}")))
        for name, (first, second) in PRESETS.items()])


def rules() -> str:
    """What each rule asks, when it fires, how grave it is, what it needs and its threshold."""
    return markdown_table(("Rule", "Question", "Fires when", "Severity", "Needs", "Threshold"), [
        (f"**{one['code']}** {one['name']}", one["question"], one["fires_when"], one["severity"],
         ", ".join(need.replace("|", " or ") for need in one["needs"]),
         f"{one['thresholds']['threshold']:g}" if one["thresholds"] else "–")
        for one in catalogue.rules()])


def problem_codes() -> str:
    """What each code of a problem says."""
    return markdown_table(("Code", "Says"), [(f"`{code}`", said) for code, said in CODES.items()])


def documents() -> str:
    """What `export` writes, and in which formats."""
    return markdown_table(("`--kind`", "What it is", "`--out` ends with"), [
        (f"`{one.name}`", f"{one.title}: {one.about}",
         ", ".join(f"`{suffix}`" for suffix in one.makers)) for one in DOCUMENTS.values()])


SECTIONS: Mapping[str, Callable[[], str]] = {
    "rooms": rooms, "columns": columns, "vocabularies": vocabularies, "closed words": closed_words,
    "reported words": reported_words, "pace presets": pace_presets, "rules": rules,
    "problem codes": problem_codes, "documents": documents,
    "exports": catalogue.exports_markdown, "tables": catalogue.tables_markdown,
    "turns on": catalogue.turns_on_markdown, "alignment": alignment.frames_markdown}
