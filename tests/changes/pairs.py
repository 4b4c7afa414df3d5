"""A small portfolio and edited copies of it, to be compared.

DAY is day 50 of 100 of the cycle. P1 proves O1, P2 proves O2, both aligned; P3 claims O2 without
a confirmation; nobody serves O3.
"""

from datetime import date
from functools import cache

from orgdata.changes import Change, Changes, compare
from orgdata.gaps import Gaps, find_gaps
from orgdata.measures import Alignment
from tests.builders import DAY, HALFWAY, aligned

AGREED = "confirmed_on=2026-10-01"
TABLES = {
    "outcomes": "O1 weight=50 tier=1 | O2 weight=30 tier=2 | O3 weight=20 tier=2",
    "products": "P1 annual_spend=100 strategic_role=invest | P2 annual_spend=60"
                " strategic_role=maintain | P3 annual_spend=40 strategic_role=maintain",
    "people": "H1 | H2 | H3", "assignments": "P1 H1 pm | P2 H2 pm | P3 H3 pm",
    "contributions": f"P1 O1 primary {AGREED} | P2 O2 primary {AGREED} | P3 O2 supporting",
    "objectives": f"J1 product_id=P1 outcome_id=O1 {HALFWAY}"
                  f" | J2 product_id=P2 outcome_id=O2 {HALFWAY}",
    "key_results": "K1 J1 kr_type=increase baseline=0 target=100"
                   " | K2 J2 kr_type=decrease baseline=10 target=0",
    "check_ins": "K1 2026-11-18 50 | K2 2026-11-18 5",
}
MIRRORED = {one: other for pair in (
    ("added", "removed"), ("joined", "left"), ("declared", "withdrawn"), ("proven", "lost_proof"),
    ("confirmed", "unconfirmed"), ("goal", "goal_ended"), ("closed", "reopened"),
    ("started", "ended"), ("new", "resolved"), ("worse", "better"), ("now_judged", "not_judged"),
    ("more", "fewer"), ("cleared", "returned"), ("delivered", "open_again"),
    ("agreed", "not_agreed")) for one, other in (pair, pair[::-1])}


def edited(*edits: tuple[str, str, str], of: dict[str, str] = TABLES) -> dict[str, str]:
    """TABLES with texts replaced: (table, old, new); an empty old one appends a row."""
    tables = dict(of)
    for table, old, new in edits:
        assert old in tables[table], old
        tables[table] = tables[table].replace(old, new) if old else f"{tables[table]} | {new}"
    return tables


def between(before: dict[str, str], after: dict[str, str],
            days: tuple[date, date] = (DAY, DAY)) -> Changes:
    """What changed between two portfolios in the short form."""
    return _compared(frozenset(before.items()), frozenset(after.items()), days)


@cache  # most pairs are asked for more than once, and what is compared is never changed
def _compared(before: frozenset[tuple[str, str]], after: frozenset[tuple[str, str]],
              days: tuple[date, date]) -> Changes:
    return compare(*_judged(before, days[0]), *_judged(after, days[1]))


@cache  # and share a side
def _judged(tables: frozenset[tuple[str, str]], day: date) -> tuple[Alignment, Gaps]:
    alignment = aligned(None, day, **dict(tables))
    return alignment, find_gaps(alignment)


def plain(row: Change) -> tuple[object, ...]:
    return (row.object_type, row.kind, *row.ids, row.before, row.after, row.note)


def mirror(row: Change) -> tuple[object, ...]:
    """What the change looks like from the other side, without its note."""
    return (row.object_type, MIRRORED.get(row.kind, row.kind), *row.ids, row.after, row.before)


def ordinary(changes: Changes) -> list[Change]:
    """Every change but what is milder, which it is from one side only."""
    return [row for row in changes.rows if row.object_type != "milder"]


def things(changes: Changes) -> list[tuple[object, ...]]:
    """Every change but those of gaps, and what is milder beside the change itself."""
    return [plain(row) for row in changes.rows
            if row.object_type not in ("gap", "pattern", "milder")]


def milder(changes: Changes) -> list[tuple[object, ...]]:
    """What is milder: field, table, id, before, after and what it did."""
    return [plain(row)[1:] for row in changes.of("milder")]
