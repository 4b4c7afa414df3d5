"""orgdata against METHOD.md written a second time, on portfolios made to find the difference.

As a script it runs as many as asked and shrinks what differs:
`python -m tests.test_reference FIRST COUNT`.
"""

import copy
import sys
import tempfile
from collections import Counter
from pathlib import Path

import pytest

from orgdata.gaps import RULES
from tests.reference.compare import differences
from tests.reference.odd import ODD, odd
from tests.reference.portfolios import CASE, portfolio
from tests.reference.rules import RULES as REFERENCE

BLOCKS, SIZE = 5, 5


@pytest.mark.parametrize("code", sorted(code for code, one in RULES.items() if not one.needs_store))
def test_each_rule_is_written_a_second_time(code):
    assert code in REFERENCE, (f"write {code} a second time, from METHOD section 6 alone: a function "
                               f"{code.lower()} with @rule in tests/reference/rules_*.py")


def test_no_rule_is_written_a_second_time_only():
    assert set(REFERENCE) <= set(RULES)


@pytest.mark.parametrize("block", range(BLOCKS))
def test_agrees_with_the_method(block):
    for seed in range(block * SIZE, (block + 1) * SIZE):
        assert differing(portfolio(seed)) == [], f"seed {seed}"


@pytest.mark.parametrize("name", ODD)
def test_agrees_on_odd_portfolios(name):
    assert differing(odd(name)) == []


def differing(case: CASE) -> list[str]:
    """What differs on a case, in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        return differences(case, Path(folder))


def kind_of(line: str) -> str:
    """A difference without its ids, to tell new ones from known ones."""
    head, _, rest = line.partition(": ")
    words = head.split(".")
    return f"{words[0].split()[0]} {words[-1] if len(words) > 1 else ''} {rest[:14]}" if (
        not head.startswith(("problems", "gaps", "not_evaluated"))) else (
        f"{head.split(':')[0]} {head.split('.')[-1] if '.' in head else ''} {rest[:15]}")


def shrunk(case: CASE, kind: str) -> CASE:
    """The case with every table, row, column and setting taken out that the difference can spare."""

    def still(tables: dict, settings: dict) -> bool:
        try:
            return bool(tables) and any(kind_of(d) == kind
                                        for d in differing((tables, settings, case[2])))
        except Exception as error:
            return kind == f"raises {type(error).__name__}"

    tables, settings, _ = copy.deepcopy(case)
    for name in list(settings):
        less = {key: value for key, value in settings.items() if key != name}
        settings = less if still(tables, less) else settings
    for name in list(tables):
        less = {key: value for key, value in tables.items() if key != name}
        tables = less if still(less, settings) else tables
    for name in list(tables):
        for n in reversed(range(len(tables[name]))):
            less = {**tables, name: tables[name][:n] + tables[name][n + 1:]}
            tables = less if less[name] and still(less, settings) else tables
        for column in list(tables[name][0]):
            less = {**tables, name: [{k: v for k, v in row.items() if k != column}
                                     for row in tables[name]]}
            tables = less if less[name][0] and still(less, settings) else tables
    return tables, settings, case[2]


def main(first: int, count: int) -> None:
    """Run cases, and shrink the first of each kind of difference."""
    kinds: Counter[str] = Counter()
    for seed in range(first, first + count):
        case = portfolio(seed)
        try:
            lines = differing(case)
        except Exception as error:
            lines = [f"raises {type(error).__name__}"]
        for line in lines:
            kind = line if line.startswith("raises") else kind_of(line)
            kinds[kind] += 1
            if kinds[kind] == 1:
                print(f"\nseed {seed}: {line}", flush=True)
                tables, settings, _ = shrunk(case, kind)
                print(settings)
                for name, rows in tables.items():
                    print(" ", name, *rows, sep="\n    ")
    print("\n", count, "cases;", dict(kinds))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
