"""What people call the roles that products play, and priorities, as our words for them (FORMATS
section 4). A word that is not known is asked."""

import re
from collections.abc import Mapping

import pandas as pd

from orgdata import formats
from orgdata.model.words import (
    CLOSED_WORDS,
    OPEN_WORDS,
    REPORTED,
    STRATEGIC_ROLE,
    normalise_word,
)
from orgdata.sources.intake.asked import Asked
from orgdata.sources.intake.part import looked_up
from orgdata.sources.vendors.records import map_distinct

_NOT_KNOWN = "none"
_ARROWS = " ↑↓→↗↘▲▼⬆⬇➡⬈⬊\ufe0f"  # of a trend, behind a light
_BETWEEN = re.compile(r"\s[-–—]\s|[:(),;/|]")  # "In progress – on track"
_LONGEST = 200  # characters of a cell that are looked at
_MOST_ASKED = 20  # words of a column
_ROLES: Mapping[str, str] = {word: role for role, words in {
    "invest": "grow growth build accelerate double_down scale expand star ausbauen investieren "
              "wachsen investir croissance croître invertir crecer crescer investire crescere "
              "investeren groeien 投資 成長 h2 horizon_2",
    "maintain": "tolerate sustain keep run ktlo keep_the_lights_on hold steady core halten "
                "erhalten pflegen "
                "betreiben maintenir entretenir mantener manter mantenere behouden onderhouden "
                "維持 h1 horizon_1",
    "harvest": "cash_cow milk optimize optimise ernten abschöpfen récolter cosechar colher "
               "raccogliere oogsten 収穫",
    "sunset": "eliminate retire exit divest eol end_of_life phase_out phase-out kill decommission "
              "wind_down "
              "auslaufen auslaufen_lassen auslauf einstellen abschalten ablösen "
              "décommissionner "
              "arrêter retirar cerrar descontinuar dismettere "
              "uitfaseren afbouwen stoppen beëindigen 終了 撤退 縮小",
    "explore": "experiment incubate bet seed discover emerging question_mark erkunden erproben "
               "testen explorer explorar esplorare verkennen 探索 h3 horizon_3",
    "enable": "enabler platform foundation foundational infrastructure befähigen plattform "
              "habilitar permettre abilitare mogelijk_maken 基盤",
}.items() for word in words.split()}
_REPORTED = {  # what people say of a status, and signs beside lights → among our words for it
    "green": "grün vert verde groen 緑 青 🟩 💚 ☀ 🌞 🙂 😀 😊 "
             "auf_kurs im_plan planmäßig planmässig in_ordnung en_bonne_voie en_ligne "
             "dans_les_temps conforme según_lo_previsto según_plan según_lo_planeado en_plazo "
             "al_día bien no_prazo conforme_planejado em_dia dentro_do_prazo no_caminho_certo "
             "in_linea in_orario regolare op_schema op_koers volgens_plan 順調 計画通り 予定通り "
             "on_plan on_schedule as_planned",
    "amber": "gelb orange jaune amarillo amarelo giallo geel oranje naranja laranja arancione 黄 "
             "黄色 🟨 🟧 💛 🧡 ⚠ ⛅ 🌤 🌥 😐 "
             "gefährdet in_gefahr à_risque a_risque en_riesgo em_risco "
             "a_rischio risico loopt_risico 注意 要注意 リスクあり slipping some_risk",
    "red": "rot rouge rojo vermelho rosso rood 赤 🟥 ❤ 💔 🌧 ⛈ 🌩 ☹ 🙁 😟 "
           "kritisch blockiert bloqué bloquée bloqueado bloqueada bloccato geblokkeerd "
           "stuck festgefahren atascado atascada travado fermo vastgelopen "
           "nicht_auf_kurs fora_do_prazo 危険 off_schedule",
}
LIGHTS = {word: light for light, words in _REPORTED.items() for word in words.split()}
_FIRST_LETTERS = {"g": "green", "v": "green", "o": "amber", "a": "amber", "y": "amber",
                  "j": "amber", "r": "red"}  # groen, vert; oranje, orange, jaune; rood
_UNDER_WAY = frozenset(  # in other languages: neither well nor ill
    "in_arbeit in_bearbeitung läuft laufend begonnen offen nicht_begonnen nicht_gestartet geplant "
    "en_cours pas_commencé non_commencé à_faire planifié en_curso en_progreso no_iniciado "
    "sin_iniciar pendiente planificado em_andamento em_curso não_iniciado a_fazer planejado "
    "in_corso non_iniziato da_fare pianificato bezig lopend niet_gestart gepland "
    "進行中 未着手 予定 実施中".split())
_LATE = frozenset(  # at risk for some, off track for others
    "hinter_plan verzögert im_rückstand verspätet en_retard retardé retrasado retrasada "
    "con_retraso atrasado atrasada em_atraso in_ritardo achter achterstand vertraagd delayed late "
    "遅延 遅れ".split())
_STATUSES = {"on track": "on track", "at risk": "at risk", "off track": "off track",
             "none": "none of these"}
_MOST_WORDS = 4  # of a column that are asked for; one with more holds remarks
_LETTERS = {"a": "1", "b": "2", "c": "3", "d": "4"}  # of priorities that are all letters
_TIERS = {word: tier for tier, words in {
    "1": "critical must must_have highest top high hoch sehr_hoch haute élevée alta alto hoog 高",
    "2": "should should_have medium mid normal mittel moyenne media média medio middel 中",
    "3": "could nice_to_have low niedrig gering basse faible baja baixa bassa laag 低",
}.items() for word in words.split()}


_LIFE = {word: state for state, words in {
    "active": "aktiv produktiv in_betrieb actif active en_production en_service activo activa "
              "en_producción ativo ativa em_produção attivo attiva in_produzione actief "
              "稼働中 提供中",
    "planned": "geplant in_planung prévu prévue planifié planeado planificado planejado previsto "
               "pianificato gepland 計画中 企画中 開発中",
    "retired": "abgelöst eingestellt stillgelegt abgeschaltet ausser_betrieb außer_betrieb retiré "
               "arrêté abandonné retirado retirada descontinuado descontinuada dismesso dismessa "
               "uitgefaseerd beëindigd stopgezet 終了 廃止",
    "deferred": "pausiert zurückgestellt ruhend en_pause suspendu pausado suspendido suspenso "
                "in_pausa sospeso gepauzeerd uitgesteld 休止 保留",
}.items() for word in words.split()}


def lives(cells: pd.Series) -> pd.Series:
    """Whether products live, are planned or retired, in our words where theirs are known."""
    return map_distinct(cells, lambda cell: _LIFE.get(normalise_word(cell), cell))


def is_role(word: str) -> bool:
    """Whether a normalised word is one for a role that products play."""
    return word in STRATEGIC_ROLE.words or word in _ROLES


def strategic_roles(asked: Asked, cells: pd.Series) -> pd.Series:
    """The roles of products in our words."""
    rows = cells[cells != ""].value_counts(sort=False)
    meant: dict[str, str] = {}
    for word, count in rows.items():
        known = normalise_word(str(word))
        if STRATEGIC_ROLE.canonical(known):
            meant[str(word)] = known
        elif len(meant) < _MOST_ASKED:
            options = {role: role for role in STRATEGIC_ROLE.words} | {_NOT_KNOWN: "none of these"}
            guess = _ROLES.get(known, _NOT_KNOWN)
            key, text = f"role: {word}", f"“{word}”: which role does a product play?"
            if guess == _NOT_KNOWN:
                answer = asked.ask(key, text, options, guess, (), int(count))
            elif (answer := asked.decide(key, text, options, guess, int(count))) == guess:
                asked.say(f"“{word}” is taken for the role {guess}.")
            meant[str(word)] = str(word) if answer == _NOT_KNOWN else answer
    return looked_up(cells, meant)


def tiers(asked: Asked, cells: pd.Series) -> pd.Series:
    """Priorities as tiers: P0, P1 … are 1, 2 …, and P1, P2 … where there is no P0; high, medium,
    low, or A, B, C, are 1, 2, 3."""
    letters = set(cells.str.casefold().unique()) - {""}
    first = 0 if "p0" in letters else 1
    found = looked_up(cells.str.casefold(), _LETTERS) if letters and letters <= {*_LETTERS} else (
        map_distinct(cells, lambda cell: _tier(cell, first)))
    words = [str(cell) for cell in cells[(found != cells) & (cells != "")].unique()]
    if words:
        asked.say(f"Priorities such as {formats.listed(words[:3])} are tiers, the first the most "
                  "critical.")
    return found


def statuses(asked: Asked, cells: pd.Series) -> pd.Series:
    """Words of the status of key results as `lights` reads them; words that nobody knows, and
    those that say that something is late, are asked for."""
    read = lights(cells)
    words = {str(word): normalise_word(str(word)) for word in read.unique() if word}
    unknown = [word for word, known in words.items() if known not in _UNDER_WAY
               and known not in OPEN_WORDS and known not in CLOSED_WORDS]
    if not 0 < len(unknown) <= min(_MOST_WORDS, len(words) - 1 or 1):
        return read
    meant = {}
    for word in unknown:
        worse = "off track" if "amber" in words.values() else "at risk"
        guess = worse if words[word] in _LATE else "none"
        answer = asked.ask(f"status: {word}", f"“{word}” as a status: which one?", _STATUSES,
                           guess, (word,), int((read == word).sum()))
        meant[word] = "" if answer == "none" and words[word] in _LATE else (
            word if answer == "none" else answer)
    return looked_up(read, meant)


def are_priorities(cells: pd.Series) -> bool:
    """Whether cells are priorities such as P1, high and 2, rather than names of goals."""
    filled = [word for word in cells.str.strip().unique() if word]
    return all(word.isdecimal() or _tier(word) != word for word in filled)


def lights(cells: pd.Series) -> pd.Series:
    """Words of a status; of "🔴 blocked on vendor" the light, of grün, gelb, rot, and of a column
    of their first letters, our words for them."""
    letters = {word.casefold() for word in cells.unique() if word}
    if letters <= _FIRST_LETTERS.keys() and letters - REPORTED.keys():
        return map_distinct(cells, lambda cell: _FIRST_LETTERS.get(cell.casefold(), cell))
    return map_distinct(cells, _light)


def _light(cell: str) -> str:
    if (bare := cell.rstrip(_ARROWS)) and bare != cell:
        return _light(bare)
    word = normalise_word(cell[:_LONGEST])
    if word in CLOSED_WORDS or word in OPEN_WORDS:
        return cell
    sign = cell.lstrip()[:1]
    if not sign.isalnum() and (told := sign if sign in REPORTED else LIGHTS.get(sign)):
        return told
    if word in LIGHTS:
        return LIGHTS[word]
    words = map(normalise_word, _BETWEEN.split(cell[:_LONGEST]))
    parts = {LIGHTS.get(part, part) for part in words}
    said = parts & REPORTED.keys()
    return said.pop() if len(said) == 1 < len(parts) else cell


def _tier(cell: str, first: int = 0) -> str:
    """The tier that a priority is, P`first` being 1; another cell as it is."""
    word = normalise_word(cell)
    if len(word) == 2 and word[0] == "p" and word[1].isdecimal():
        return str(int(word[1]) + 1 - first)
    return _TIERS.get(word, cell)
