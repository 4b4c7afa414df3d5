"""Columns of lists of goals that tell of one of several things: those that stand twice, and those
of the initiatives for a goal."""

from collections.abc import Mapping
from dataclasses import replace

from orgdata.sources.intake.headers import Header

_VALUES = frozenset(["baseline", "target", "current", "metric"])
_OF_BOTH = ("owner", "status", "confidence", "weight", "progress", "start", "due")


def of_each_level(main: str, headers: Mapping[str, Header]) -> dict[str, Header]:
    """The headers, with the first "Owner" as the objective's where it stands behind the objective,
    and a second one behind the key result; likewise of products, wherever the first one stands."""
    names = list(headers)
    firsts = [header.meanings[0] if header.meanings else "" for header in headers.values()]
    if main != "key_result" or "key_result" not in firsts or not {"objective", "goal"} & {*firsts}:
        return dict(headers)
    result, deeper = dict(headers), firsts.index("key_result")
    above = min(at for at, first in enumerate(firsts) if first in ("objective", "goal"))
    for meaning in (*_OF_BOTH, "product"):
        at = [place for place, first in enumerate(firsts) if first == meaning]
        least = -1 if meaning == "product" else above
        if len(at) == 2 and least < at[0] < deeper < at[1] and not headers[names[at[0]]].of:
            result[names[at[0]]] = replace(headers[names[at[0]]], of="objective")
    return result


def of_items(main: str, headers: Mapping[str, Header]) -> dict[str, Header]:
    """The headers, without those of initiatives and tasks in a list that names a goal beside each:
    their owner, state and days are not the goal's."""
    firsts = {header.meanings[0] for header in headers.values() if header.meanings}
    if main != "objective" or "item" not in firsts or not {"goal", "objective"} & firsts or (
            firsts & _VALUES):
        return dict(headers)
    return {name: replace(header, meanings=()) if not header.of and header.meanings[:1] and (
        header.meanings[0] in (*_OF_BOTH, "updated", "id", "tier", "note", "period")) else header
        for name, header in headers.items()}
