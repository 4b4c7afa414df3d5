"""The words of work tools: which kinds of items are goals, which work is running, defects, risks or
requests (METHOD section 9), and which status ends an item.
"""

import pandas as pd

from orgdata.model.words import CLOSED_WORDS, normalise_word
from orgdata.sources.vendors.records import map_distinct, several

LONGEST = 500  # characters of a cell in which a kind is looked for
EPICS = frozenset("epic épica épico epopée エピック".split())
GOALS = frozenset("initiative iniciativa objective objetivo objectif ziel goal okr theme "
                  "company_goal company_objective".split())
_WORK = {
    **dict.fromkeys("bug bugs defect incident problem error fehler störung vorfall anomalie "
                    "incidente erro falha defecto bogue bug_fix bugfix".split(), "defect"),
    **dict.fromkeys("risk risiko riesgo risque risco security vulnerability security_issue"
                    .split(), "risk"),
    **dict.fromkeys("chore maintenance operations run tech_debt technical_debt wartung "
                    "mantenimiento manutenção change dependencies".split(), "run"),
    **dict.fromkeys("request support service_request support_request customer_request "
                    "feature_request change_request question anfrage serviceanfrage solicitud "
                    "solicitação demande".split(), "request")}
_DONE = CLOSED_WORDS | frozenset(
    "released shipped live delivered fixed verified solved resuelto resuelta cerrado cerrada "
    "finalizado finalizada hecho hecha listo lista fertig geschlossen gelöst terminée fermé fermée "
    "résolu résolue fini finie concluída concluido concluida fechado fechada resolvido resolvida "
    "pronto feito feita 完了 gereed klaar chiuso completato fatto".split())
_DROPPED = frozenset(
    "cancelled canceled dropped abandoned rejected removed won't_do wont_do won't_fix wont_fix "
    "will_not_do will_not_implement duplicate declined not_planned cannot_reproduce invalid "
    "obsolete verworfen abgelehnt cancelado cancelada rechazado rechazada rejeitado rejeitada "
    "annulé annulée rejeté rejetée archived draft missed".split())


def work_kind(cells: pd.Series) -> pd.Series:
    """The kind of work that each cell of types or labels tells of: the first that is known."""
    return map_distinct(cells, lambda cell: next(
        (_WORK[word] for word in _words_in(cell) if word in _WORK), ""))


def goal_kind(cells: pd.Series) -> pd.Series:
    """The kind of goal that each cell of types or labels tells of: the first that is known."""
    return map_distinct(cells, lambda cell: next(
        (word for word in _words_in(cell) if word in EPICS | GOALS), ""))


def _words_in(cell: str) -> list[str]:
    return [normalise_word(word) for word in several(cell[:LONGEST])]


def is_done(status: pd.Series, *further: str) -> pd.Series:
    """Whether a status ends an item with a result; an item that was dropped never is."""
    return words(status).isin((_DONE | {*further}) - _DROPPED)


def is_known_end(status: pd.Series) -> pd.Series:
    """Whether a status is one of the words that end one of our goals (METHOD section 1)."""
    return words(status).isin(CLOSED_WORDS)


def is_dropped(word: pd.Series) -> pd.Series:
    """Whether a status or resolution ends an item without a result."""
    return words(word).isin(_DROPPED)


def words(cells: pd.Series) -> pd.Series:
    """The word in each cell as it is compared."""
    return map_distinct(cells, lambda cell: normalise_word(cell[:LONGEST]))
