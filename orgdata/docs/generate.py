"""Write the generated parts of the documents from the code; with `--check` only compare them.

    python -m orgdata.docs.generate [--check]

A part stands between two marks, `<!-- rules: generated -->` and `<!-- rules: end -->`, in any
document; SECTIONS has the function that writes `rules`. The rest is written by hand.
"""

import re
import sys
from collections.abc import Iterable
from pathlib import Path

from orgdata.docs.sections import ROOT, SECTIONS

_PART = re.compile(r"<!-- ([a-z -]+): generated -->\n(?:.*?\n)??<!-- ([a-z -]+): end -->",
                   re.DOTALL)


def documents() -> list[Path]:
    """The paths of the repository's documents for readers, generated in part or not at all."""
    return [ROOT / "README.md", ROOT / ".github" / "CONTRIBUTING.md",
            ROOT / "tests" / "reference" / "README.md",
            *sorted((ROOT / "orgdata" / "docs").rglob("*.md"))]


def regenerated(text: str) -> str:
    """The text of a document with its generated parts as they should be now.

    Raises ValueError for a mark without its counterpart, or with a name that SECTIONS lacks.
    """
    def part(match: re.Match[str]) -> str:
        name, end = match.groups()
        if name != end or name not in SECTIONS:
            raise ValueError(f"the marks {name} and {end} enclose nothing that is generated; "
                             f"expected one of {', '.join(SECTIONS)}")
        return f"<!-- {name}: generated -->\n{SECTIONS[name]()}\n<!-- {name}: end -->"

    new_text, parts = _PART.subn(part, text)
    if len(re.findall(r"<!-- [a-z -]+: (?:generated|end) -->", text)) != 2 * parts:
        raise ValueError("a mark stands without its other one")
    return new_text


def update(paths: Iterable[Path], check: bool) -> list[Path]:
    """Find the documents that are out of date and, unless only to `check`, write them."""
    stale = []
    for path in paths:
        text = path.read_text(encoding="utf-8")
        try:
            new_text = regenerated(text)
        except ValueError as error:
            raise ValueError(f"{path.name}: {error}") from None
        if new_text != text:
            stale.append(path)
            if not check:
                path.write_text(new_text, encoding="utf-8")
    return stale


def main() -> int:
    """Write the documents, or with --check say which are out of date."""
    check = "--check" in sys.argv
    stale = update(documents(), check)
    for path in stale if check else ():
        print(f"{path.relative_to(ROOT)} is out of date: run make docs", file=sys.stderr)
    return int(check and bool(stale))


if __name__ == "__main__":
    sys.exit(main())
