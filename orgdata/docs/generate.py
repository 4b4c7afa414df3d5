"""The generated parts of the documents, written from the declarations; `--check` compares.

    python -m orgdata.docs.generate [--check]

A part stands between two marks, `<!-- rules: generated -->` and `<!-- rules: end -->`, in any
document; what `rules` is, SECTIONS says. The rest of a document is written by hand.
"""

import re
import sys
from collections.abc import Iterable
from pathlib import Path

from orgdata.docs.sections import ROOT, SECTIONS

_PART = re.compile(r"<!-- ([a-z -]+): generated -->\n(?:.*?\n)??<!-- ([a-z -]+): end -->",
                   re.DOTALL)


def documents() -> list[Path]:
    """Every document of the repository that is written for readers, by hand or in part."""
    return [ROOT / "README.md", ROOT / ".github" / "CONTRIBUTING.md",
            ROOT / "tests" / "reference" / "README.md",
            *sorted((ROOT / "orgdata" / "docs").rglob("*.md"))]


def written(text: str) -> str:
    """A document with each of its generated parts written anew.

    Raises ValueError for a mark without its other one, or of a part that nobody generates.
    """
    def part(found: re.Match[str]) -> str:
        name, end = found.groups()
        if name != end or name not in SECTIONS:
            raise ValueError(f"the marks {name} and {end} enclose nothing that is generated; "
                             f"expected one of {', '.join(SECTIONS)}")
        return f"<!-- {name}: generated -->\n{SECTIONS[name]()}\n<!-- {name}: end -->"

    anew, parts = _PART.subn(part, text)
    if len(re.findall(r"<!-- [a-z -]+: (?:generated|end) -->", text)) != 2 * parts:
        raise ValueError("a mark stands without its other one")
    return anew


def update(paths: Iterable[Path], check: bool) -> list[Path]:
    """Write the documents that are out of date, unless only to `check`; which ones these are."""
    stale = []
    for path in paths:
        text = path.read_text(encoding="utf-8")
        try:
            anew = written(text)
        except ValueError as error:
            raise ValueError(f"{path.name}: {error}") from None
        if anew != text:
            stale.append(path)
            if not check:
                path.write_text(anew, encoding="utf-8")
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
