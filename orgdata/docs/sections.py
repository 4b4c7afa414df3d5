"""The generated parts of the documents, by name; generate.py puts them in their places."""

import ast
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from orgdata.access.rights import DOCUMENTS as DOCUMENTS_OF
from orgdata.access.rights import PAGES, SENSITIVE
from orgdata.docs import alignment, catalogue, databases
from orgdata.docs.catalogue import markdown_table
from orgdata.exports.registry import DOCUMENTS
from orgdata.measures.pace import DEFAULT, PRESETS
from orgdata.model.access import ROLES, Role
from orgdata.model.problems import CODES
from orgdata.model.schema import TABLES
from orgdata.model.words import CLOSED_WORDS, REPORTED

ROOT = Path(__file__).parents[2]
_SEES: Mapping[Role, str] = {  # beside the map, the outcomes and the headlines, which all see whole
    "head": "everything",
    "leadership": "everything but findings that speak of a person, notes of check-ins, and what "
                  "could not be read",
    "pm": "own products in full (goals, check-ins with their notes, gaps, expectations); of others "
          "name, area, product manager, bet, spend, outcomes, coverage, checks, pace, and what "
          "their work is for; which functions ask for work, of all products together; gaps of "
          "outcomes and of the portfolio",
    "partner": "what a viewer sees, and what their function is asked",
    "viewer": "gaps of outcomes and of the portfolio, none that a product lacks somebody; no "
              "e-mail addresses"}
_CHANGES: Mapping[Role, str] = {
    "head": "everything; closes reviews, adopts scenarios, uploads, saves and deletes files",
    "leadership": "decisions, states of gaps, scenarios; own products as a product manager; "
                  "proposes changes of products, outcomes and links, check-ins, and what settles "
                  "a gap",
    "pm": "own products: purpose and what describes them, stage, deputies and contributors, links "
          "(how strong one is until it is confirmed), goals, check-ins; states of their gaps; "
          "proposes of these the status, bet, money and product manager, changes of other "
          "products, outcomes and links, and what settles other gaps they see",
    "partner": "answers on what is expected between their function and a product; proposes to "
               "reword it, and what settles other gaps they see",
    "viewer": "nothing; proposes what settles gaps they see"}


def rooms() -> str:
    """Every room in the order of the import contract, with its docstring, as a Markdown table."""
    contract = ast.parse((ROOT / "tests" / "test_architecture.py").read_text(encoding="utf-8"))
    names, = (str(ast.literal_eval(node.value.func.value)).split() for node in contract.body
              if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "ROOMS"
              and isinstance(node.value, ast.Call) and isinstance(node.value.func, ast.Attribute))
    return markdown_table(("Room", "What is in it"), [(f"`{name}`", _docstring(name))
                                                      for name in names])


def _docstring(room: str) -> str:
    """The first paragraph of a room's docstring; for the pages that of the router."""
    package = ROOT / "orgdata" / room / "__init__.py"
    path = ROOT / "dashboard.py" if room == "pages" else (
        package if package.is_file() else ROOT / "orgdata" / f"{room}.py")
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return " ".join(docstring.partition("\n\n")[0].split())


def roles() -> str:
    """What each role opens, exports, sees and changes, as a Markdown table."""
    return markdown_table(("Role", "Pages", "Documents", "Sees", "Changes"), [
        (f"`{role}`", _names(PAGES[role]), _names(DOCUMENTS_OF[role]), _SEES[role], _CHANGES[role])
        for role in ROLES])


def sensitive() -> str:
    """The rules whose findings speak of a person, in a line."""
    return ", ".join(sorted(SENSITIVE)) + "."


def _names(names: Iterable[str]) -> str:
    return ", ".join(sorted(name.replace("_", " ") for name in names)) or "none"


def columns() -> str:
    """Every table with its columns, required ones with a star, as a Markdown table."""
    return markdown_table(("Table", "Columns", "One row per"), [
        (f"`{table.name}`", ", ".join(field.name + "*" * field.required for field in table.fields),
         ", ".join(table.key)) for table in TABLES.values()])


def vocabularies() -> str:
    """The words of each column with a vocabulary, their other spellings, and what any other word
    becomes, as a Markdown table."""
    rows = []
    for table in TABLES.values():
        for field in table.fields:
            if (words := field.vocabulary) is None:
                continue
            spellings = ", ".join(f"{theirs} → {ours}" for theirs, ours in words.aliases.items())
            other = ("a number (below)" if words.numeric else "unknown, with a warning") if (
                words.otherwise is None) else words.otherwise
            rows.append((f"`{table.name}.{field.name}`", ", ".join(words.words),
                         spellings or "–", other))
    return markdown_table(("Column", "Words", "Other spellings", "Any other word"), rows)


def closed_words() -> str:
    """The words by which an objective or a key result is closed, in a line."""
    return ", ".join(sorted(CLOSED_WORDS)) + "."


def reported_words() -> str:
    """The words of a reported status, by what they mean, as a Markdown table."""
    words_of: dict[str, list[str]] = {}
    for word, meaning in REPORTED.items():
        words_of.setdefault(meaning, []).append(word)
    return markdown_table(("Means", "Words"), [(meaning.replace("_", " "), ", ".join(words))
                                               for meaning, words in words_of.items()])


def pace_presets() -> str:
    """The presets of the setting `pace`, each with its two limits, as a Markdown table."""
    return markdown_table(("Preset", "Compares", "On track", "Needs attention"), [
        (f"`{name}`", *(
            ("b·e − raw", f"≤ {on_track:.2f}", f"≤ {attention:.2f}") if name == DEFAULT else
            ("raw / e", f"≥ {on_track:.2f}", f"≥ {attention:.2f}")))
        for name, (on_track, attention) in PRESETS.items()])


def rules() -> str:
    """Every rule: its question, when it fires, its severity, what it needs and its threshold, as a
    Markdown table."""
    return markdown_table(("Rule", "Question", "Fires when", "Severity", "Needs", "Threshold"), [
        (f"**{rule['code']}** {rule['name']}", rule["question"], rule["fires_when"],
         rule["severity"], ", ".join(need.replace("|", " or ") for need in rule["needs"]),
         f"{rule['thresholds']['threshold']:g}" if rule["thresholds"] else "–")
        for rule in catalogue.rules()])


def problem_codes() -> str:
    """Every code of a problem with its meaning, as a Markdown table."""
    return markdown_table(("Code", "Says"), [(f"`{code}`", meaning)
                                             for code, meaning in CODES.items()])


def documents() -> str:
    """The documents that `export` writes, each with its formats, as a Markdown table."""
    return markdown_table(("`--kind`", "What it is", "`--out` ends with"), [
        (f"`{document.name}`", f"{document.title}: {document.about}",
         ", ".join(f"`{suffix}`" for suffix in document.makers))
        for document in DOCUMENTS.values()])


SECTIONS: Mapping[str, Callable[[], str]] = {
    "rooms": rooms, "roles": roles, "sensitive": sensitive, "columns": columns,
    "vocabularies": vocabularies, "closed words": closed_words,
    "reported words": reported_words, "pace presets": pace_presets, "rules": rules,
    "problem codes": problem_codes, "documents": documents,
    "exports": catalogue.exports_markdown, "tables": catalogue.tables_markdown,
    "turns on": catalogue.rules_by_table_markdown, "alignment": alignment.frames_markdown,
    "databases": databases.databases}
