"""What people call the roles that products play, and priorities, as our words for them (FORMATS
section 4). A word that is not known is asked."""

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
_LONGEST = 200  # characters of a cell that are looked at
_MOST_ASKED = 20  # words of a column
_ROLES: Mapping[str, str] = {word: role for role, words in {
    "invest": "grow growth build accelerate double_down scale expand star ausbauen investieren "
              "wachsen investir croissance croître invertir crecer crescer investire crescere "
              "investeren groeien 投資 成長 h2 horizon_2",
    "maintain": "sustain keep run ktlo keep_the_lights_on hold steady core halten erhalten pflegen "
                "betreiben maintenir entretenir mantener manter mantenere behouden onderhouden "
                "維持 h1 horizon_1",
    "harvest": "cash_cow milk optimize optimise ernten abschöpfen récolter cosechar colher "
               "raccogliere oogsten 収穫",
    "sunset": "retire exit divest eol end_of_life phase_out phase-out kill decommission wind_down "
              "auslaufen einstellen abschalten arrêter retirar cerrar descontinuar dismettere "
              "uitfaseren stoppen 終了 撤退",
    "explore": "experiment incubate bet seed discover emerging question_mark erkunden erproben "
               "testen explorer explorar esplorare verkennen 探索 h3 horizon_3",
    "enable": "enabler platform foundation foundational infrastructure befähigen plattform "
              "habilitar permettre abilitare mogelijk_maken 基盤",
}.items() for word in words.split()}
LIGHTS = {word: light for light, words in {  # in other languages → among the words of a status
    "green": "grün vert verde groen 緑 青",
    "amber": "gelb orange jaune amarillo amarelo giallo geel oranje naranja laranja "
    "arancione 黄 黄色", "red": "rot rouge rojo vermelho rosso rood 赤",
}.items() for word in words.split()}
_TIERS = {word: tier for tier, words in {
    "1": "critical must must_have highest top high hoch sehr_hoch haute élevée alta alto hoog 高",
    "2": "should should_have medium mid normal mittel moyenne media média medio middel 中",
    "3": "could nice_to_have low niedrig gering basse faible baja baixa bassa laag 低",
}.items() for word in words.split()}


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
    """Priorities as tiers: P0, P1 … are 1, 2 …; high, medium, low are 1, 2, 3."""
    found = map_distinct(cells, _tier)
    words = [str(cell) for cell in cells[(found != cells) & (cells != "")].unique()]
    if words:
        asked.say(f"Priorities such as {formats.listed(words[:3])} are tiers, the first the most "
                  "critical.")
    return found


def lights(cells: pd.Series) -> pd.Series:
    """Words of a status; of "🔴 blocked on vendor" the light, of grün, gelb, rot our words for
    them."""
    return map_distinct(cells, _light)


def _light(cell: str) -> str:
    word = normalise_word(cell[:_LONGEST])
    if word in CLOSED_WORDS or word in OPEN_WORDS:
        return cell
    sign = cell.lstrip()[:1]
    return sign if not sign.isalnum() and sign in REPORTED else LIGHTS.get(word, cell)


def _tier(cell: str) -> str:
    word = normalise_word(cell)
    if len(word) == 2 and word[0] == "p" and word[1].isdecimal():
        return str(int(word[1]) + 1)
    return _TIERS.get(word, cell)
