"""What commands print: no text from data moves the cursor, rings a bell or turns a line around."""

import json
import sys

from orgdata import formats
from orgdata.views.rewording import said


def print_lines(*lines: object) -> None:
    """Print each on a line of its own, without control characters and commands to a runner."""
    for line in lines:
        print(formats.printed(said(formats.plain(line))))


def print_exactly(text: str) -> None:
    """Print a text that another program reads as it is, in UTF-8; a terminal gets its characters
    that act on it as escapes."""
    if sys.stdout.isatty():
        print(formats.escaped(text).replace("\r", "\\r"), end="")
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode())


def print_json(content: object) -> None:
    """Print a value as JSON; characters that a terminal would act on are written as escapes."""
    ascii_only = (sys.stdout.encoding or "").lower() not in ("utf-8", "utf8")
    print(formats.escaped(json.dumps(content, ensure_ascii=ascii_only, indent=1, default=float)))
