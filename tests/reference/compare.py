"""A case through orgdata, as a user would run it, and how that differs from the reference."""

import csv
import json
import math
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from orgdata.api.answers import report
from orgdata.api.check_answer import check
from orgdata.gaps import RULES, find_gaps
from orgdata.load import load
from orgdata.measures import align
from orgdata.model.portfolio import Portfolio
from tests.reference.answer import answer
from tests.reference.layout import LAYOUT
from tests.reference.loading import Loaded
from tests.reference.loading import load as load_second
from tests.reference.portfolios import CASE
from tests.reference.spoken import spoken


def write(case: CASE, folder: Path) -> None:
    """One CSV per table and a settings.toml."""
    tables, settings, _ = case
    for name, rows in tables.items():
        columns = list(rows[0]) if rows else [c.name for c in LAYOUT[name]]
        with (folder / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, columns)
            writer.writeheader()
            writer.writerows(rows)
    (folder / "settings.toml").write_text("\n".join(_toml(settings)), encoding="utf-8")


def _toml(section: dict, name: str = "") -> list[str]:
    lines = [f"[{name}]"] if name else []
    lines += [f"{json.dumps(key)} = {json.dumps(value)}" for key, value in section.items()
              if not isinstance(value, dict)]
    for key, value in section.items():
        if isinstance(value, dict):
            lines += _toml(value, f"{name}.{json.dumps(key)}" if name else json.dumps(key))
    return lines


def differences(case: CASE, folder: Path) -> list[str]:
    """What orgdata and the reference do not agree on, one line each."""
    write(case, folder)
    portfolio = load(str(folder))
    alignment = align(portfolio, case[2])
    ours = report(alignment, find_gaps(alignment))
    ours = json.loads(json.dumps(ours, default=float))
    ours["tables"] = check(portfolio, portfolio.problems)["tables"]
    return [*compared(ours, answer(*case)), *_doubtful(portfolio, load_second(*case[:2]))]


def _doubtful(portfolio: Portfolio, expected: Loaded) -> Iterator[str]:
    """Differences of what was lost, and of what that may be about."""
    lost = Counter(portfolio.lost_cells[["table", "row", "column"]].itertuples(index=False, name=None))
    yield from _counted("lost cells", lost, Counter({
        (table, row["row"], column): 1 for table, rows in expected.rows.items() for row in rows
        for column in row["lost"]}))
    cells = portfolio.spoken.astype(dict.fromkeys(("date", "start", "end"), "str"))
    names = list(cells)
    yield from _counted("spoken", Counter(
        tuple(None if cell != cell or cell == "NaT" else cell for cell in row)
        for row in cells.astype(object).itertuples(index=False, name=None)), Counter(
        tuple(str(row[name]) if row.get(name) and name in ("date", "start", "end")
              else row.get(name, False if name.endswith("lost") else None) for name in names)
        for row in spoken(expected)))


def _counted(part: str, ours: Counter, expected: Counter) -> Iterator[str]:
    yield from (f"{part}: only in orgdata {one}" for one in ours - expected)
    yield from (f"{part}: lacks {one}" for one in expected - ours)


def compared(ours: dict[str, Any], expected: dict[str, Any]) -> list[str]:
    """Differences between orgdata's report and the reference's answer."""
    found: list[str] = []
    for part in ("headlines", "money", "tables"):
        found += _values(part, ours[part], expected[part])
    for part, key in (("outcomes", ("outcome_id",)), ("products", ("product_id",)),
                      ("links", ("product_id", "outcome_id")), ("key_results", ("kr_id",)),
                      ("gaps", ("key",)), ("patterns", ("code",))):
        found += _rows(part, ours[part], expected[part], key)
    if ("work" in ours) != ("work" in expected):
        found.append("work: only one of both has it")
    elif "work" in ours:
        found += _values("work", ours["work"]["portfolio"], expected["work"]["portfolio"])
        found += _rows("work", ours["work"]["products"], expected["work"]["products"],
                       ("product_id",))
    order = [gap["key"] for gap in ours["gaps"]], [gap["key"] for gap in expected["gaps"]]
    if not found and order[0] != order[1]:
        found.append(f"order of gaps: {order[0]} is not {order[1]}")
    found += _counted("not_judged", Counter(map(_unjudged, ours["not_judged"])),
                      Counter(map(_unjudged, expected["not_judged"])))
    codes = {row["code"] for row in ours["not_evaluated"] if not RULES[row["code"]].needs_store}
    found += [f"not_evaluated: {code} {'only in orgdata' if code in codes else 'lacks'}"
              for code in sorted(codes ^ set(expected["not_evaluated"]))]
    problems = Counter(tuple(p[name] for name in ("level", "table", "row", "column", "code"))
                       for p in ours["problems"])
    wanted = Counter(expected["problems"])
    return [*found, *_counted("problems", problems, wanted)]


def _unjudged(row: dict) -> tuple:
    because = {(one["table"], one["row"]) if isinstance(one, dict) else one
               for one in row["because"]}
    return row["code"], *sorted(row["objects"].items()), *sorted(because, key=str)


def _rows(part: str, ours: list[dict], expected: list[dict], key: tuple[str, ...]) -> list[str]:
    def by_key(rows: list[dict]) -> dict[tuple, dict]:
        return {tuple(row[name] for name in key): row for row in rows}

    one, two = by_key(ours), by_key(expected)
    if len(one) != len(ours):
        return [f"{part}: a key stands twice"]
    found = []
    for row in one.keys() | two.keys():
        name = f"{part} {':'.join(row)}"
        if row not in one or row not in two:
            found.append(f"{name}: {'only in orgdata ' if row in one else 'lacks '}"
                         f"{one.get(row) or two.get(row)}")
        else:
            found += _values(name, one[row], two[row])
    return found


def _values(name: str, ours: Any, expected: Any) -> list[str]:
    if isinstance(expected, dict):
        return [line for key, value in expected.items()
                for line in _values(f"{name}.{key}", ours.get(key, "absent"), value)]
    if isinstance(expected, float) and isinstance(ours, int | float):
        same = math.isclose(ours, expected, rel_tol=1e-9, abs_tol=1e-9)
    else:
        same = ours == expected and isinstance(ours, bool) == isinstance(expected, bool)
    return [] if same else [f"{name}: {ours!r} is not {expected!r}"]
