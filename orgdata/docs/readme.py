"""The README's generated tables, written from the declarations; `--check` compares.

    python -m orgdata.docs.readme [--check]
"""

import sys
from pathlib import Path

from orgdata.docs import catalogue
from orgdata.exports import registry

README = Path(__file__).parents[2] / "README.md"
SECTIONS = {"exports": catalogue.exports_markdown, "documents": registry.markdown,
            "tables": catalogue.tables_markdown, "turns on": catalogue.turns_on_markdown,
            "rules": catalogue.rules_markdown}


def written(text: str) -> str:
    """The README with each generated section, between its two marks, written anew.

    Raises ValueError when a section's marks are missing.
    """
    for name, section in SECTIONS.items():
        start, end = f"<!-- {name}: generated -->\n", f"\n<!-- {name}: end -->"
        before, found, rest = text.partition(start)
        _, closed, after = rest.partition(end)
        if not found or not closed:
            raise ValueError(f"README.md lacks the marks of the section {name}")
        text = before + start + section() + end + after
    return text


def main() -> int:
    """Write the README, or with --check say whether it is up to date."""
    text = README.read_text(encoding="utf-8")
    if "--check" not in sys.argv:
        README.write_text(written(text), encoding="utf-8")
    elif written(text) != text:
        print("README.md is out of date: run make docs", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
