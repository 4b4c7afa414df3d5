"""Views of a SQLite file that stand in one another: what SQLite makes of them grows with every way
from one to the other, before anything is read, and nothing interrupts that."""

import re
from collections import Counter
from collections.abc import Collection

from sqlalchemy.engine import Connection

from orgdata.sources.limits import TooLarge

_MOST = 2_000  # ways from a view to the views in it; ten of which each names the next one twice
_VIEWS = "select name, sql from sqlite_master where type = 'view'"
_NAME = re.compile(  # or a comment; the last group where it is that of a table before a column
    r"""/\*.*?(?:\*/|\Z)|--[^\n]*+|(?:"([^"]*+)"?|\[([^\]]*+)\]?|`([^`]*+)`?|'([^']*+)'?|(\w++))(\s*+\.)?""",
    re.DOTALL)


def check_views(connection: Connection, select: str) -> None:
    """Raises TooLarge where a view of this name, or this query, has views in it too often."""
    written = {str(name).lower(): str(sql) for name, sql in connection.exec_driver_sql(_VIEWS)}
    within = {view: _named(sql, written) for view, sql in written.items()}
    ways, here = 0, _named(select, written) if select.lower() not in written else Counter(
        [select.lower()])
    while here:
        ways += here.total()
        if ways > _MOST:
            raise TooLarge(f"the views it is made of stand in one another more than {_MOST:,} "
                           "times; expected a table")
        below: Counter[str] = Counter()
        for view, times in here.items():
            for inner, often in within[view].items():
                below[inner] += times * often if inner != view else 0
        here = +below


def _named(select: str, views: Collection[str]) -> Counter[str]:
    """How often each of some views is named."""
    return Counter(name for *found, dot in _NAME.findall(select)
                   if not dot and (name := "".join(found).lower()) in views)
