"""The words of a column of kinds, and which level of goals or products each names (FORMATS
section 3)."""

from collections.abc import Mapping
from functools import lru_cache

import pandas as pd

from orgdata.model.words import normalise_word
from orgdata.sources.intake.headers import Header, read_header
from orgdata.sources.vendors.records import map_distinct

_LONGEST = 60  # characters of a word for a kind
_MOST = 200  # different words of a column of kinds; one with more is none
_LEVELS = {word: level for level, words in {
    "objective": "objective o goal okr epic ziel objectif objetivo obiettivo doel doelstelling "
                 "team_objective teamziel objectif_d'équipe objetivo_de_equipo 目標 目的",
    "key_result": "key_result kr keyresult key_results schlüsselergebnis schlüsselresultat "
                  "kernergebnis kpi metric résultat_clé résultat_clef resultado_clave "
                  "resultado_chave resultado-chave risultato_chiave kernresultaat "
                  "sleutelresultaat キーリザルト 主要な結果 主要成果",
    "outcome": "company_goal company company_objective outcome company_outcome pillar theme "
               "north_star strategic_goal unternehmensziel objetivo_estratégico",
}.items() for word in words.split()}
_OTHER_KINDS = frozenset(
    "team department committed aspirational stretch moonshot increase decrease at_least at_most "
    "between binary milestone".split())
_OF_HEADERS = {"objective": "objective", "goal": "objective", "key_result": "key_result",
               "metric": "key_result", "outcome": "outcome", "item": "item", "product": "product",
               "area": "area", "team": "team"}


@lru_cache(maxsize=4096)
def level_of(word: str) -> str:
    """The level that a word names: outcome, objective, key_result; item, product, area, team; ""
    for any other. What is no kind by itself is one as it is a header: Kennzahl, Projekt."""
    word = normalise_word(word[:_LONGEST])
    if known := _LEVELS.get(word):
        return known
    header = read_header(word.replace("_", " "))
    first = header.meanings[:1]
    if first == ("product",) and "item" in header.meanings:
        return "item"
    return _OF_HEADERS.get(first[0], "") if first and not header.of else ""


def levels_in(cells: pd.Series) -> pd.Series:
    """The level that each cell of a column of kinds names."""
    if cells.nunique() > _MOST:
        return pd.Series("", index=cells.index, dtype="str")
    return map_distinct(cells, level_of)


def tells_levels(headers: Mapping[str, Header], frame: pd.DataFrame) -> str:
    """What a column of kinds tells apart: "key_result" of objectives and key results, "product" of
    products and their parts; "" where there is none."""
    for name, header in headers.items():
        if "type" in header.meanings:
            words = _words(frame[name])
            levels = {level_of(word) for word in words} if len(words) <= _MOST else set()
            if "key_result" in levels:
                return "key_result"
            if "product" in levels and levels <= {"product", "area"}:
                return "product"
    return ""


def are_kinds(cells: pd.Series) -> bool:
    """Whether a column holds words for kinds of goals or products, for the most part."""
    words = _words(cells)
    if len(words) > _MOST:
        return False
    return 2 * sum(bool(level_of(word)) or normalise_word(word) in _OTHER_KINDS
                   for word in words) >= len(words)


def _words(cells: pd.Series) -> list[str]:
    return [word for word in cells.str.strip().unique() if word]
