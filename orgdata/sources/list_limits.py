"""How many lists of people's own, and exports of other tools, are read together.

What each column of such a list holds is found out from its header and its cells: so many small
lists cost more than one long one.
"""

from collections.abc import Sequence

import pandas as pd

from orgdata.sources.limits import SMALL, TooLarge, format_bytes, most_rows

LISTS, BYTES_PER_LIST = 60, 10_000  # lists of people's own and exports; each costs up to 0.1 s …
LIST_ROWS = 25_000  # … and so many rows, of which each may name a product, a goal and a person,
ROWS_PER_LIST, ROWS_PER_COLUMN = 250, 15  # where a list and a column cost what so many rows do
HEADLESS = 1.5  # lists that one without a header counts as: what it holds has to be guessed


def check_lists(lists: Sequence[pd.DataFrame], times: Sequence[int], size: int) -> None:
    """Raises TooLarge for more lists of people's own and exports of other tools than files of so
    many bytes may hold, or more columns and rows in them. `times`: as how many
    tables the settings have each read."""
    headless = sum(map(_is_headless, lists))
    count = len(lists) + (HEADLESS - 1) * headless
    most = LISTS + max(size - SMALL, 0) // BYTES_PER_LIST
    if count > most:
        without = f" ({headless:,} without a header, which count {HEADLESS:g} times)"
        raise TooLarge(f"it has {len(lists):,} lists and exports of other tools"
                       f"{without if headless else ''}; of {format_bytes(size)} at most {most:,} "
                       "are read together: put those with the same columns into one")
    rows = sum(len(one) * often for one, often in zip(lists, times, strict=True))
    columns = sum(one.shape[1] for one in lists)
    all_rows = rows + ROWS_PER_COLUMN * columns + ROWS_PER_LIST * count
    if all_rows > (most := most_rows(size, LIST_ROWS)):
        raise TooLarge(f"its lists and exports of other tools ({len(lists):,}) have {columns:,} "
                       f"columns and {rows:,} rows; of {format_bytes(size)} at most {most:,} rows "
                       f"are read, where each list counts as {ROWS_PER_LIST:,} more and each "
                       f"column as {ROWS_PER_COLUMN}: put those with the same columns into one")


def _is_headless(sheet: pd.DataFrame) -> bool:
    """Whether the columns of a sheet are only counted."""
    return all(str(name) == f"column_{at}" for at, name in enumerate(sheet, 1))
