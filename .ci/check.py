"""Lint, types, documents, architecture, and the tests of what has changed: within a minute.

    python .ci/check.py     (make check)

Changed is what differs from where this branch left main, committed or not. Tests named after a
changed file come first, then the others of its folder. Those that do not begin in time are named
and left to `make test`, as are those that need a browser.
"""

import os
import subprocess
import sys
import time
from itertools import chain
from pathlib import Path

ROOT = Path(__file__).parents[1]
TESTS = ROOT / "tests"
SECONDS = 33  # the last tests begin by then
MAKE = ("make", "--no-print-directory")


def git(*arguments: str) -> list[str]:
    """The lines git answers; none where it has no answer."""
    return subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True,
                          text=True).stdout.splitlines()


def changed() -> list[Path]:
    """The files that differ from where this branch left main, and those git does not know yet."""
    left = [*git("merge-base", "HEAD", "origin/main"), *git("merge-base", "HEAD", "main"), "HEAD"]
    return [Path(name) for name in (*git("diff", "--name-only", "--no-renames", left[0]),
                                    *git("ls-files", "--others", "--exclude-standard"))]


def tests_of(file: Path) -> list[Path]:
    """The tests beside a file, those first that are named after it or after its folder."""
    place = file.relative_to(file.parts[0]) if file.parts[0] in ("orgdata", "tests") else file
    if file.parts[0] == "tests" and file.name.startswith("test_"):
        return [ROOT / file]
    if len(place.parts) == 1:
        return sorted(TESTS.glob(f"test_{place.stem}*.py"))
    near = [tests for one in place.parents[:-1]
            if (tests := sorted((TESTS / one).rglob("test_*.py")))][:1]
    if place.parts[0] == "ui":  # screens are tested page by page
        near.append(sorted((TESTS / "pages").glob("test_*.py")))
    names = {f"test_{place.stem}", f"test_{place.parent.name}"}
    return sorted(chain(*near), key=lambda test: test.stem not in names)


def main() -> int:
    """Run them all and say what was run; 0 where everything holds."""
    begun = time.monotonic()
    types = subprocess.Popen([*MAKE, "types"], cwd=ROOT)  # beside the tests: it takes the longest
    tests = dict.fromkeys([TESTS / "test_architecture.py", *(
        test for file in changed() for test in tests_of(file) if test.exists())])
    failed = subprocess.run([*MAKE, "--keep-going", "lint", "documents"], cwd=ROOT).returncode
    names = [str(test.relative_to(ROOT)) for test in tests]
    print("tests of what has changed:", *names, sep="\n  ", flush=True)
    failed |= subprocess.run([
        sys.executable, "-m", "pytest", "-rs", "-n", str(os.cpu_count()), "--dist", "loadfile",
        "--no-loadscope-reorder", "-m", "not browser",
        f"--within={SECONDS - time.monotonic() + begun:.0f}", *names], cwd=ROOT).returncode
    failed |= types.wait()
    print(f"{'something is wrong' if failed else 'all of this holds'}, "
          f"after {time.monotonic() - begun:.0f} s; make test runs every test")
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
