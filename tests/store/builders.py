"""What tests of the store share: a snapshot of a tiny portfolio, and processes of their own."""

import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

from orgdata.edits.answers import Answer, on_link, on_purpose
from orgdata.gaps import find_gaps
from orgdata.store import Correction, Store, Taken
from tests.builders import aligned

ROOT = Path(__file__).parent.parent.parent
SOURCE = "tiny"
AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


def day(number: int) -> date:
    """A day of November."""
    return date(2026, 11, number)


def take(store: Store, on: date, source: str = SOURCE, at: datetime = AT, **tables: str) -> Taken:
    """A snapshot of a tiny portfolio, judged with what the store remembers."""
    alignment = aligned(as_of=on, **tables)
    return store.take(source, alignment, find_gaps(alignment), at)


def answer(product: str, said: Answer, by: str, on: date, outcome: str | None = None,
           text: str = "", source: str = SOURCE) -> Correction:
    """Somebody's answer on a purpose, or on a link to an outcome."""
    edit = (on_purpose(product, text, by, on) if outcome is None else
            on_link(product, outcome, said, by, on))
    return Correction(source, edit, by, AT, answer=said, on=on)


def process(script: str, *arguments: str) -> subprocess.Popen:
    """A process of its own that runs a script."""
    return subprocess.Popen([sys.executable, "-c", script, *arguments], cwd=ROOT, text=True,
                            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def go_on(*running: subprocess.Popen) -> None:
    """Let processes go on that wait for a line, all at once."""
    for one in running:
        one.stdin.write("now\n")
        one.stdin.flush()


def done(running: subprocess.Popen) -> str:
    """What it printed, once it ended well."""
    out, error = running.communicate(timeout=300)
    assert running.returncode == 0, error
    return out
