"""What the rows of a sheet tell of, by the headers and values of its columns (FORMATS section
2)."""

import re
from collections.abc import Mapping

import pandas as pd

from orgdata.sources.intake.headers import Header
from orgdata.sources.intake.levels import tells_levels
from orgdata.sources.intake.meaning import FEW, MEASURED, OF_PRODUCTS, PROJECT, TITLES
from orgdata.sources.intake.shape import GROUP, levels_of

_ONLY_PRODUCTS = frozenset(["spend", "stage", "strategic_role", "fte", "revenue"])
_OF_NAMED = frozenset(["title", "job_title", "email", "manager", "id", "area", "team", "baseline"])
_OF_PEOPLE = frozenset(["email", "job_title", "manager"])
_GOALS = re.compile(r"okr|objective|goal|key.?result|ziele|objectif|objetivo|obiettiv|doelstelling",
                    re.IGNORECASE)
_COMPANY = re.compile(
    r"(?:company|corporate|strategic)[ _-]?(?:goal|objective|priorit|outcome|okr)|unternehmensziel|"
    r"strategische ziele|objectifs? (?:d.entreprise|stratégique)|objetivos? (?:de (?:la )?empresa|"
    r"da empresa|estratégic)|obiettivi (?:aziendali|strategici)|bedrijfsdoel|全社目標|会社目標",
    re.IGNORECASE)


def main_of(sheet: str, headers: Mapping[str, Header], frame: pd.DataFrame,
            by_time: int = 0) -> str:
    """What a row of a sheet tells of, by its headers: one of TABLE_OF, "" for nothing that we read.
    `by_time`: how many of values and targets it has by month or week."""
    rows = len(frame)
    first = [header.meanings[0] for header in headers.values() if header.meanings]
    if not TITLES & set(first):  # nothing else names the goals than "Meta"
        first += [one for header in headers.values() for one in header.meanings if one == "goal"]
    levels = tells_levels(headers, frame)
    if GROUP in headers and headers[GROUP].meanings == ("objective",) and "title" in first and (
            len({one for header in headers.values() for one in header.meanings} & MEASURED) > 1):
        return "key_result"
    has, of = set(first), {header.of for header in headers.values()}
    if "key_result" in has or "key_result" in of or levels == "key_result":
        return "key_result"
    measured = len(has & MEASURED) + by_time >= 2 or bool(
        has & MEASURED and has & {"status", "confidence"})
    if "goal" in has and "metric" in has and measured and _repeats(headers, frame, "goal"):
        return "key_result"
    if levels == "product" and not has & {"goal", "objective"}:
        return "product"
    if "title" in has and measured and _is_numbered(headers, frame):
        return "key_result"
    if "goal" in has and not measured and not has & {"objective"} and (
            ({"product"} <= has and has & {"share_pct", "strength"})
            or ("title" in has and (len(has & OF_PRODUCTS) > 1 or "product_manager" in has))):
        return "product"  # with the company goals that each one serves
    if "title" in has and len(has & OF_PRODUCTS) < 2 and _are_only_projects(headers):
        issues = {"id", "type", "status"} <= has and not has & {"baseline", "target"}
        return "objective" if measured and not issues else ""  # the tasks of projects
    if "goal" in has and _COMPANY.search(sheet) and rows <= FEW and not has & {
            "team", "period", "parent", "objective"} and (
            "product" not in has or (not measured and _names_several(headers, frame, "goal"))):
        return "outcome"
    goals = bool(_GOALS.search(sheet))
    if has & {"title", "product"} and len(has & _ONLY_PRODUCTS) > 1 and not measured and (
            "objective" in has):
        return "product"  # whose objectives stand beside it
    if "metric" in has and measured and any(
            header.meanings == ("objective",) for header in headers.values()):
        return "key_result"  # each measure of an objective
    if "objective" in has or "objective" in of:
        return "objective"
    if "goal" in has:
        if "product" in has and not measured and has & OF_PRODUCTS:
            return "product"
        if measured or has & {"product", "team", "period", "parent"}:
            return "objective"
        return "outcome" if rows <= FEW else "objective"
    if "strategic_role" in has and has & {"owner", "tier"} and not has & {"product", "title"} and (
            rows <= FEW):
        return "outcome"  # the bets of a company
    if "title" in has and len(has & OF_PRODUCTS) > 2 and not measured:
        return "product"  # whose company goals stand beside it
    if "metric" in has and len(has & {"baseline", "target", "current"}) + by_time > 1:
        return "objective"  # measures without goals above them
    if "outcome" in has and "product" in has and _names_several(headers, frame):
        return "outcome"
    if {"title", "product"} <= has and len(has & {"baseline", "target", "current"}) > 1 and (
            len(has & _ONLY_PRODUCTS) < 2):
        return "objective"  # what is measured of products
    if "product" in has or ("team" in has and len(has & OF_PRODUCTS) > 1):
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
            len(has & OF_PRODUCTS) > 1) else "outcome" if (
            has & {"tier", "weight"} and goals and rows <= FEW) else ""
    return ""


def _is_numbered(headers: Mapping[str, Header], frame: pd.DataFrame) -> bool:
    """Whether the titles of a list, or its ids, tell objectives from key results: "Objective 1",
    "KR 1"."""
    column = {header.meanings[0]: frame[name] for name, header in headers.items()
              if header.meanings}
    return levels_of(column["title"]) is not None or (
        "id" in column and levels_of(column["id"].where(column["id"] == "", column["id"] + " x"))
        is not None)


def _are_only_projects(headers: Mapping[str, Header]) -> bool:
    """Whether products are named, but only as the projects to which the rows belong."""
    named = [header for header in headers.values() if header.meanings[:1] == ("product",)]
    return bool(named) and all(header.meanings == PROJECT for header in named)


def _are_full_names(headers: Mapping[str, Header], frame: pd.DataFrame) -> bool:
    """Whether the cells of the column of titles look like the names of persons, two to four words
    with capitals, for the most part."""
    name = next(name for name, header in headers.items() if header.meanings[:1] == ("title",))
    cells = frame[name].str.strip()
    return bool(cells[cells != ""].head(100).str.fullmatch(
        r"[^\W\d_a-z][^\s\d]{0,30}(?:,? [^\s\d]{1,30}){1,3}").mean() > 0.8)


def _names_several(headers: Mapping[str, Header], frame: pd.DataFrame,
                   goal: str = "outcome") -> bool:
    """Whether each row is a company goal of its own, with a list of products beside it."""
    column = {header.meanings[0]: frame[name].str.strip() for name, header in
              reversed([*headers.items()]) if header.meanings}
    goals, products = column[goal], column["product"]
    filled = products[products != ""]
    return bool((goals != "").all() and not goals.duplicated().any() and len(filled)
                and filled.str.contains(r"[,;\n/&]").mean() >= (0.5 if goal == "outcome" else 0.1)
                and len(column.keys() & OF_PRODUCTS) == 0)


def _repeats(headers: Mapping[str, Header], frame: pd.DataFrame, meaning: str) -> bool:
    """Whether the cells of the column with a meaning repeat, or are blank below a value."""
    name = next(name for name, header in headers.items() if header.meanings[:1] == (meaning,))
    cells = frame[name].str.strip()
    return bool(cells.duplicated().any() or (cells[1:] == "").any())
