"""Columns that stand twice in a list of objectives and key results, once for each of them."""

from collections.abc import Mapping
from dataclasses import replace

from orgdata.sources.intake.headers import Header

_OF_BOTH = ("owner", "status", "confidence", "weight", "progress", "start", "due")


def of_each_level(main: str, headers: Mapping[str, Header]) -> dict[str, Header]:
    """The headers, with the first "Owner" as the objective's where it stands behind the objective,
    and a second one behind the key result."""
    names = list(headers)
    firsts = [header.meanings[0] if header.meanings else "" for header in headers.values()]
    if main != "key_result" or "key_result" not in firsts or not {"objective", "goal"} & {*firsts}:
        return dict(headers)
    result, deeper = dict(headers), firsts.index("key_result")
    above = min(at for at, first in enumerate(firsts) if first in ("objective", "goal"))
    for meaning in _OF_BOTH:
        at = [place for place, first in enumerate(firsts) if first == meaning]
        if len(at) == 2 and above < at[0] < deeper < at[1] and not headers[names[at[0]]].of:
            result[names[at[0]]] = replace(headers[names[at[0]]], of="objective")
    return result
