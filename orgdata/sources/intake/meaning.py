"""What the columns of a sheet mean (FORMATS sections 2 and 5).

The header says what a column may mean, the other columns and the values which of these it is. A
column means one thing only: what the sheet tells of has it, unless the header says whose it is.
"""

import re
from collections.abc import Mapping, Sequence

import pandas as pd

from orgdata.model.words import CLOSED_WORDS, OPEN_WORDS, normalise_word
from orgdata.sources.intake.headers import Header
from orgdata.sources.intake.levels import are_kinds
from orgdata.sources.intake.spoken import are_priorities
from orgdata.sources.intake.values import Values

_REPEATED = frozenset(["outcome", "product_manager", "deputy", "product", "note", "description"])
MEASURED = frozenset(["baseline", "target", "current", "progress"])
OF_PRODUCTS = frozenset(["spend", "stage", "strategic_role", "fte", "product_manager", "revenue",
                         "bau_pct", "purpose", "segments", "jobs", "area"])
_PART_OF = re.compile(r"parent|part|belong|sub|component|teil|gehör|onderdeel|padre|pai|genitor|"
                      r"übergeordnet|bovenliggend|親", re.IGNORECASE)  # of a product, no goal
TITLES = frozenset(["goal", "objective", "key_result", "title", "product", "outcome"])
PROJECT = ("product", "item")  # a column of projects, where these are the products
_OF_PEOPLE_COUNTED = (("team",), ("area",), ("person",))
FEW = 40  # rows of company goals
_NUMBERS = 0.8  # share of cells that are numbers, from which on a goal is a target
_NUMERIC = frozenset(["spend", "revenue", "fte", "bau_pct", "weight", "share_pct", "allocation_pct",
                      "progress", "score", "size"])
_STATUS_WORDS = CLOSED_WORDS | OPEN_WORDS


def meanings_of(main: str, headers: Mapping[str, Header], values: Mapping[str, Values],
                given: Mapping[str, str], frame: pd.DataFrame) -> dict[str, str]:
    """What each column of a sheet means that tells of `main`; "" where it is not read. `given`:
    columns whose meaning a person has said."""
    meanings = dict(given)
    repeated = (_REPEATED | {"id"} if main == "person" else _REPEATED) - {main}  # one title
    used = {meaning for meaning in meanings.values() if meaning not in repeated}
    order = sorted(headers, key=lambda name: (not headers[name].of, len(headers[name].meanings)))
    if main == "key_result" and len(numbered_results(headers)) > 1:
        repeated |= {"key_result"}
    for name in (*order, *order):  # those that are certain first
        if meanings.get(name):
            continue
        meanings[name] = next((
            meaning for meaning in _candidates(main, headers, headers[name], values[name])
            if meaning not in used and (meaning != "type" or are_kinds(frame[name]))
            and not (meaning == "outcome" and "tier" in headers[name].meanings
                     and are_priorities(frame[name]))), "")
        used |= {meanings[name]} - repeated
    return _by_values(main, meanings, headers, values, frame)


def numbered_results(headers: Mapping[str, Header]) -> list[str]:
    """The columns of key results that are told by numbers: KR1, KR2, KR3."""
    return [name for name, header in headers.items() if header.meanings[:1] == ("key_result",)
            and any(map(str.isdecimal, header.written))]


def _by_values(main: str, meanings: dict[str, str], headers: Mapping[str, Header],
               values: Mapping[str, Values], frame: pd.DataFrame) -> dict[str, str]:
    """Meanings mended where the values say otherwise: an "OKR id" that differs in every row is the
    row's own, and what goals or products belong to is a company goal where no row is called so."""
    column = {meaning: name for name, meaning in meanings.items()}
    own, title = column.get("objective.id"), column.get("objective")
    goal = column.get("outcome")
    if goal and title and main == "objective" and _are_below(frame, title, goal) and (
            headers[goal].meanings[:1] == ("goal",)):
        meanings[goal] = ""  # what the objective is measured by, as in an OGSM
    if main == "key_result" and "id" not in column and own and values[own].distinct == 1 and (
            not title or values[title].distinct < 1):
        meanings[own] = "id"
    parent = column.get("parent")
    if parent and main in ("objective", "key_result", "product") and "outcome" not in column:
        known = {cell for name in (title, column.get(main), own, column.get("id")) if name
                 for cell in frame[name].str.strip().unique()}
        parents = set(frame[parent].str.strip().unique()) - {""}
        if parents and not parents & known and not (
                main == "product" and _PART_OF.search(parent)):
            meanings[parent] = "outcome"
    return meanings


def _are_below(frame: pd.DataFrame, upper: str, lower: str) -> bool:
    """Whether several cells of a column further right stand below each of another."""
    names = list(frame.columns)
    filled = [frame[name].str.strip() for name in (upper, lower)]
    return names.index(upper) < names.index(lower) and (
        filled[0][filled[0] != ""].nunique() < filled[1][filled[1] != ""].nunique())


def _candidates(main: str, headers: Mapping[str, Header], header: Header,
                values: Values) -> list[str]:
    """What a column may mean, most certain first: as its header says, where its values agree."""
    named = {meaning for one in headers.values() for meaning in one.meanings[:1]}
    candidates: list[str] = []
    if main in ("key_result", "objective") and values.number > _NUMBERS and (
            header.meanings[:1] == ("goal",)):
        return ["target"]  # "Goal" beside a key result
    if header.of == "project" and not any(one.meanings == PROJECT for one in headers.values()):
        return []  # a project manager is no product manager
    if main == "product" and values.number > _NUMBERS and header.meanings[:1] in _OF_PEOPLE_COUNTED:
        return ["fte"]  # "Team" above numbers
    for meaning in _fitting(main, header, named, values):
        candidates += _in_context(main, meaning, named)
    if "email" in header.meanings and header.of in ("product_manager", "owner") and (
            not any(_names_owner(main, one) for one in headers.values())):
        return ["product_manager" if main == "product" else "owner"]  # a person, by the address
    if not header.meanings and values.email > 0.8:
        candidates = ["email"]
    of = {"goal": "objective" if main == "key_result" else main,
          "team": "product"}.get(header.of, header.of)
    of = of if of not in (main, "project") else ""
    if candidates == ["id"] and of in ("product", "outcome"):
        return [of]  # a row of another list, by its id
    return [f"{of}.{one}" if of and one != of else one for one in candidates
            if _agrees(one, values)]


def _names_owner(main: str, header: Header) -> bool:
    """Whether a column names who answers for what the rows tell of."""
    who = ("product_manager", "person") if main == "product" else ("owner",)
    return any(one in header.meanings for one in who)


def _fitting(main: str, header: Header, named: set[str], values: Values) -> list[str]:
    """The meanings of a header that its values, and what else the headers name, allow."""
    unfit = set()
    if header.meanings[:1] == ("title",) and main != "person":
        unfit.add("person")  # a name is that of the row
    if "product_manager" in named and main == "product" and header.meanings[:1] == ("owner",):
        unfit |= {"owner", "product_manager"}  # a sponsor, beside the manager
    if "fte" in header.meanings and values.number >= 0.5:
        unfit.add("person")
    if ("goal" in header.meanings and not named & TITLES) or main == "product":
        unfit.add("target")
    if {*header.meanings} == {"owner", "product_manager"} & unfit:
        return []
    return [one for one in header.meanings if one not in unfit or len(header.meanings) == 1]


def _in_context(main: str, meaning: str, named: set[str]) -> Sequence[str]:
    """What a meaning is where the sheet tells of `main` and its headers name these meanings."""
    if meaning == "goal":
        if main == "key_result":
            return ("objective",) if "objective" not in named else ("target", "outcome")
        return ("outcome",) if main in ("outcome", "product") else ("objective", "outcome")
    if meaning == "baseline" and main == "person":
        return ("id",)  # their initials
    if meaning == "strategic_role" and main == "outcome":
        return ("outcome",)
    if meaning == "metric" and main == "objective" and not named & TITLES - {"product", "outcome"}:
        return ("objective",)
    if meaning == "metric" and main == "key_result" and "key_result" not in named:
        return ("key_result", "metric") if named & {"goal", "objective"} else ("metric",)
    if meaning in ("category", "kr_type") and main == "product":  # French: direction
        return ("area",) if not named & {"area", "team"} else ()
    if meaning == "title" or (meaning == "item" and main == "objective" and not named & TITLES):
        return ("person", "job_title") if main == "person" else (main,)
    if meaning in ("owner", "person") and main == "product":
        return () if "product_manager" in named else ("product_manager",)
    if meaning == "person" and main in ("outcome", "objective", "key_result"):
        return ("owner",)
    if meaning == "team" and main in ("product", "objective", "key_result"):
        return ("product", "area") if "product" not in named else ("area", "team")
    if meaning == "tier" and main in ("product", "key_result", "objective"):
        return ("outcome",) if main == "product" and "outcome" not in named else ()
    return (meaning,)


def _agrees(meaning: str, values: Values) -> bool:
    """Whether values may have a meaning; of a blank column any."""
    if not values.filled:
        return True
    if meaning in _NUMERIC:
        return values.number >= 0.3
    if meaning == "confidence":
        return values.light < 0.5 and values.number >= 0.5
    if meaning == "baseline" and values.date >= 0.8:
        return False  # the day on which it starts
    if meaning in ("baseline", "current"):
        return values.number + values.said + values.light > 0
    if meaning == "metric":
        return values.number < 0.8
    if meaning in ("status", "strategic_role", "stage"):
        return values.number < 0.5 and values.date < 0.8
    if meaning in ("updated", "done_on", "opened"):
        return values.date >= 0.3
    if meaning in ("product", "outcome", "objective", "key_result", "person", "area"):
        return values.number < 0.8 and values.date < 0.8
    return True


def is_status(cells: pd.Series) -> bool:
    """Whether a column holds words of a status, or lights, for the most part."""
    filled = cells[cells != ""]
    known = [normalise_word(word) in _STATUS_WORDS for word in filled.unique()]
    return bool(known) and sum(known) * 2 > len(known)
