"""METHOD.md a second time, naive on purpose: lists, dicts and loops, no pandas, no orgdata.

`answer(tables, settings, as_of)` gives what `report --format json` must give, apart from texts.
It is written from METHOD.md alone, so that where it and orgdata differ, one of them is wrong.
"""

from tests.reference.answer import answer

__all__ = ["answer"]
