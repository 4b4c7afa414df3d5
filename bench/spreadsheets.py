"""Large spreadsheets of the kinds people keep, made up: a company's workbook, and a long list."""

import io
import random

import xlsxwriter

SHEETS, ROWS = 20, 4_700  # of each list of goals: 5 MB in all
LONG = 250_000
_WORDS = ("invoice wallet retention checkout shipping refund search onboarding ledger pricing "
          "quote portal mobile offline identity audit export billing renewal support").split()
_GOALS = ["Tribe", "Objective", "Key Result", "Owner", "Team / Product", "Baseline", "Target",
          "Current", "Confidence", "Last update"]
_FIRST, _LAST = ("Ada Ben Cleo Dana Ines Jonas Kwame Mei Nadia Theo".split(),
                 "Park Orr Ray Petrov Weber Chen Boateng Liu Martin Costa".split())
_PEOPLE = [f"{first} {last}" for first in _FIRST for last in _LAST]


def workbook(sheets: int = SHEETS, rows: int = ROWS) -> bytes:
    """A workbook with a list of products, one of company goals, and the goals of a team per tab."""
    chance, packed = random.Random(1), io.BytesIO()
    products = [f"{_name(chance, 2)} {number}" for number in range(rows // 10)]
    with xlsxwriter.Workbook(packed, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Portfolio")
        sheet.write_row(0, 0, ["Product", "Tribe", "PM", "Stage", "Bet", "FY26 budget ($k)", "HC"])
        for row, product in enumerate(products, 1):
            sheet.write_row(row, 0, [product, f"Tribe {row % 7}", chance.choice(_PEOPLE), "GA",
                                     chance.choice(("Invest", "Maintain", "Sunset")),
                                     chance.randrange(100, 2_000), chance.randrange(1, 20)])
        sheet = book.add_worksheet("Company goals")
        sheet.write_row(0, 0, ["Goal", "Exec sponsor", "Priority"])
        for row in range(1, 8):
            sheet.write_row(row, 0, [_name(chance, 3), chance.choice(_PEOPLE), f"P{row % 3}"])
        for team in range(sheets - 2):
            sheet = book.add_worksheet(f"Team {team}")
            sheet.write_row(0, 0, [f"OKRs of team {team}, Q4 2026"])
            sheet.write_row(2, 0, _GOALS)
            for row in range(rows):
                sheet.write_row(row + 3, 0, _goal(chance, row, products))
    return packed.getvalue()


def long_list(rows: int = LONG) -> bytes:
    """One list of goals as CSV, with so many rows."""
    chance = random.Random(2)
    products = [f"{_name(chance, 2)} {number}" for number in range(500)]
    lines = [",".join(_GOALS)]
    lines += [",".join(map(str, _goal(chance, row, products))) for row in range(rows)]
    return "\n".join(lines).encode()


def _goal(chance: random.Random, row: int, products: list[str]) -> list[object]:
    """A key result; five of them have one objective."""
    start, target, goal = chance.randrange(50), chance.randrange(50, 100), row // 5
    return [f"Tribe {row // 500 % 7}",
            f"O{goal}: {_WORDS[goal % 20]} for {_WORDS[goal // 20 % 20]}",
            f"{_name(chance, 3)} {row}", chance.choice(_PEOPLE), chance.choice(products),
            f"{start}%", f"{target}%", f"{(start + target) // 2}%", chance.choice("🟢🟡🔴"),
            f"2026-11-{row % 28 + 1:02}"]


def _name(chance: random.Random, words: int) -> str:
    return " ".join(chance.choices(_WORDS, k=words)).capitalize()
