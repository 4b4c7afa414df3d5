"""What the columns of a sheet mean, and what its rows tell of (FORMATS sections 2 and 5).

The header says what a column may mean, the other columns and the values which of these it is. A
column means one thing only: what the sheet tells of has it, unless the header says whose it is.
"""

import re
from collections.abc import Mapping, Sequence

import pandas as pd

from orgdata.model.words import CLOSED_WORDS, OPEN_WORDS, normalise_word
from orgdata.sources.intake.headers import Header
from orgdata.sources.intake.levels import are_kinds, tells_levels
from orgdata.sources.intake.shape import levels_of
from orgdata.sources.intake.spoken import are_priorities
from orgdata.sources.intake.values import Values

_REPEATED = frozenset(["outcome", "product_manager", "deputy", "product", "note", "description"])
_MEASURED = frozenset(["baseline", "target", "current", "progress"])
_OF_PRODUCTS = frozenset(["spend", "stage", "strategic_role", "fte", "product_manager", "revenue",
                          "bau_pct", "purpose", "segments", "jobs", "area"])
_OF_NAMED = frozenset(["title", "job_title", "email", "manager", "id", "area", "team", "baseline"])
_OF_PEOPLE = frozenset(["email", "job_title", "manager"])
_GOALS = re.compile(r"okr|objective|goal|key.?result|ziele|objectif|objetivo|obiettiv|doelstelling",
                    re.IGNORECASE)
_COMPANY = re.compile(
    r"(?:company|corporate|strategic)[ _-]?(?:goal|objective|priorit|outcome|okr)|unternehmensziel|"
    r"strategische ziele|objectifs? (?:d.entreprise|stratégique)|objetivos? (?:de (?:la )?empresa|"
    r"da empresa|estratégic)|obiettivi (?:aziendali|strategici)|bedrijfsdoel|全社目標|会社目標",
    re.IGNORECASE)
_PART_OF = re.compile(r"parent|part|belong|sub|component|teil|gehör|onderdeel|padre|pai|genitor|"
                      r"übergeordnet|bovenliggend|親", re.IGNORECASE)  # of a product, no goal
_TITLES = frozenset(["goal", "objective", "key_result", "title", "product", "outcome"])
_PROJECT = ("product", "item")  # a column of projects, where these are the products
_OF_PEOPLE_COUNTED = (("team",), ("area",), ("person",))
_FEW = 40  # rows of company goals
_NUMBERS = 0.8  # share of cells that are numbers, from which on a goal is a target
_NUMERIC = frozenset(["spend", "revenue", "fte", "bau_pct", "weight", "share_pct", "allocation_pct",
                      "progress", "score", "size"])
_STATUS_WORDS = CLOSED_WORDS | OPEN_WORDS


def main_of(sheet: str, headers: Mapping[str, Header], frame: pd.DataFrame,
            by_time: int = 0) -> str:
    """What a row of a sheet tells of, by its headers: one of TABLE_OF, "" for nothing that we read.
    `by_time`: how many of values and targets it has by month or week."""
    rows = len(frame)
    first = [header.meanings[0] for header in headers.values() if header.meanings]
    if not _TITLES & set(first):  # nothing else names the goals than "Meta"
        first += [one for header in headers.values() for one in header.meanings if one == "goal"]
    levels = tells_levels(headers, frame)
    has, of = set(first), {header.of for header in headers.values()}
    if "key_result" in has or "key_result" in of or levels == "key_result":
        return "key_result"
    measured = len(has & _MEASURED) + by_time >= 2 or bool(
        has & _MEASURED and has & {"status", "confidence"})
    if "goal" in has and "metric" in has and measured and _repeats(headers, frame, "goal"):
        return "key_result"
    if levels == "product" and not has & {"goal", "objective"}:
        return "product"
    if "title" in has and measured and _is_numbered(headers, frame):
        return "key_result"
    if "goal" in has and not measured and not has & {"objective"} and (
            ({"product"} <= has and has & {"share_pct", "strength"})
            or ("title" in has and (len(has & _OF_PRODUCTS) > 1 or "product_manager" in has))):
        return "product"  # with the company goals that each one serves
    if "title" in has and len(has & _OF_PRODUCTS) < 2 and _are_only_projects(headers):
        return "objective" if measured else ""  # the tasks of projects
    if "goal" in has and _COMPANY.search(sheet) and rows <= _FEW and not has & {
            "product", "team", "period", "parent", "objective"}:
        return "outcome"
    goals = bool(_GOALS.search(sheet))
    if "metric" in has and measured and any(
            header.meanings == ("objective",) for header in headers.values()):
        return "key_result"  # each measure of an objective
    if "objective" in has or "objective" in of:
        return "objective"
    if "goal" in has:
        if "product" in has and not measured and has & _OF_PRODUCTS:
            return "product"
        if measured or has & {"product", "team", "period", "parent"}:
            return "objective"
        return "outcome" if rows <= _FEW else "objective"
    if "strategic_role" in has and has & {"owner", "tier"} and not has & {"product", "title"} and (
            rows <= _FEW):
        return "outcome"  # the bets of a company
    if "title" in has and len(has & _OF_PRODUCTS) > 2 and not measured:
        return "product"  # whose company goals stand beside it
    if "metric" in has and len(has & {"baseline", "target", "current"}) + by_time > 1:
        return "objective"  # measures without goals above them
    if "outcome" in has and "product" in has and _names_several(headers, frame):
        return "outcome"
    if "product" in has or ("team" in has and len(has & _OF_PRODUCTS) > 1):
        return "product"
    of_people = len(has & _OF_PEOPLE) + max(0, first.count("title") - 1)  # a name and a job title
    if ("person" in has and of_people) or ("title" in has and of_people > 1) or (
            "title" in has and of_people and has <= _OF_NAMED and _are_full_names(headers, frame)):
        return "person"
    if "outcome" in has:
        return "outcome"
    if "item" in has and len(has & {"target", "current"}) > 1:
        return "objective"  # items that are measured
    if "title" in has:
        return "objective" if goals and measured else "product" if (
            len(has & _OF_PRODUCTS) > 1) else "outcome" if (
            has & {"tier", "weight"} and goals and rows <= _FEW) else ""
    return ""


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


def _are_only_projects(headers: Mapping[str, Header]) -> bool:
    """Whether products are named, but only as the projects to which the rows belong."""
    named = [header for header in headers.values() if header.meanings[:1] == ("product",)]
    return bool(named) and all(header.meanings == _PROJECT for header in named)


def _is_numbered(headers: Mapping[str, Header], frame: pd.DataFrame) -> bool:
    """Whether the titles of a list, or its ids, tell objectives from key results: "Objective 1",
    "KR 1"."""
    column = {header.meanings[0]: frame[name] for name, header in headers.items()
              if header.meanings}
    return levels_of(column["title"]) is not None or (
        "id" in column and levels_of(column["id"].where(column["id"] == "", column["id"] + " x"))
        is not None)


def _are_full_names(headers: Mapping[str, Header], frame: pd.DataFrame) -> bool:
    """Whether the cells of the column of titles look like the names of persons, two to four words
    with capitals, for the most part."""
    name = next(name for name, header in headers.items() if header.meanings[:1] == ("title",))
    cells = frame[name].str.strip()
    return bool(cells[cells != ""].head(100).str.fullmatch(
        r"[^\W\d_a-z][^\s\d]{0,30}(?:,? [^\s\d]{1,30}){1,3}").mean() > 0.8)


def _names_several(headers: Mapping[str, Header], frame: pd.DataFrame) -> bool:
    """Whether each row is a company goal of its own, with a list of products beside it."""
    column = {header.meanings[0]: frame[name].str.strip() for name, header in
              reversed([*headers.items()]) if header.meanings}
    goals, products = column["outcome"], column["product"]
    filled = products[products != ""]
    return bool((goals != "").all() and not goals.duplicated().any() and len(filled)
                and filled.str.contains(r"[,;\n/&]").mean() >= 0.5
                and len(column.keys() & _OF_PRODUCTS) == 0)


def _repeats(headers: Mapping[str, Header], frame: pd.DataFrame, meaning: str) -> bool:
    """Whether the cells of the column with a meaning repeat, or are blank below a value."""
    name = next(name for name, header in headers.items() if header.meanings[:1] == (meaning,))
    cells = frame[name].str.strip()
    return bool(cells.duplicated().any() or (cells[1:] == "").any())


def _candidates(main: str, headers: Mapping[str, Header], header: Header,
                values: Values) -> list[str]:
    """What a column may mean, most certain first: as its header says, where its values agree."""
    named = {meaning for one in headers.values() for meaning in one.meanings[:1]}
    candidates: list[str] = []
    if main in ("key_result", "objective") and values.number > _NUMBERS and (
            header.meanings[:1] == ("goal",)):
        return ["target"]  # "Goal" beside a key result
    if header.of == "project" and not any(one.meanings == _PROJECT for one in headers.values()):
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
    if ("goal" in header.meanings and not named & _TITLES) or main == "product":
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
    if meaning == "metric" and main == "objective" and not named & _TITLES - {"product", "outcome"}:
        return ("objective",)
    if meaning == "metric" and main == "key_result" and "key_result" not in named:
        return ("key_result", "metric") if named & {"goal", "objective"} else ("metric",)
    if meaning in ("category", "kr_type") and main == "product":  # French: direction
        return ("area",) if not named & {"area", "team"} else ()
    if meaning == "title" or (meaning == "item" and main == "objective" and not named & _TITLES):
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
