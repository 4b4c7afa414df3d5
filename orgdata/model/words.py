"""The words that cells may hold: vocabularies, words of a status, and how words are compared
(METHOD section 1)."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field


def normalise_word(word: str) -> str:
    """A vocabulary word as it is compared: trimmed, lower case, underscores, without pictographs
    unless it is nothing else (METHOD section 1)."""
    if not word.isascii():
        word = _without_pictographs(word)
    return re.sub(r"[\s_-]+", "_", word.strip().lower())


def _without_pictographs(word: str) -> str:
    plain = word.replace("\ufe0f", "").replace("\u200d", "")  # these join and colour pictographs
    rest = "".join(letter for letter in plain if unicodedata.category(letter) != "So")
    return rest if rest.strip() else plain


def is_pictograph(word: str) -> bool:
    """Whether a normalised word is of pictographs alone, such as a light."""
    return all(unicodedata.category(letter) == "So" for letter in word.replace("_", ""))


@dataclass(frozen=True)
class Vocabulary:
    """Canonical words, their other spellings, and what any other word becomes (None: a problem)."""

    words: tuple[str, ...]
    aliases: Mapping[str, str] = field(default_factory=dict)
    otherwise: str | None = None
    numeric: bool = False  # numbers are allowed beside the words (contributions.strength)

    def canonical(self, normalised: str) -> str | None:
        """The canonical word for a normalised spelling, or None when it is not in here."""
        if normalised in self.words:
            return normalised
        return self.aliases.get(normalised, self.otherwise)


CLOSED_WORDS = frozenset(
    "done closed completed achieved missed cancelled dropped draft canceled complete finished "
    "archived abandoned rejected resolved 100%_complete "
    "erledigt abgeschlossen terminé terminado completado concluído afgerond".split()
)  # METHOD sections 1 and 2: any other word of objectives.status and key_results.status is open
REPORTED = {  # METHOD section 6, words for reported status; and the lights
    **dict.fromkeys("on_track green okay ok good ahead healthy 🟢 g".split(), "on_track"),
    **dict.fromkeys("off_track red problem blocked in_trouble 🔴 r".split(), "off_track"),
    **dict.fromkeys("at_risk attention needs_attention behind yellow amber 🟡 🟠 a y".split(),
                    "between"),
}
OPEN_WORDS = frozenset(
    "active ongoing in_progress open new started not_started planned to_do".split()
) | frozenset(REPORTED)  # of a status; a word that is neither open nor closed is unknown

LIFE = Vocabulary(
    ("active", "planned", "done", "retired", "deferred"),
    dict.fromkeys("live ga beta launched in_production".split(), "active")
    | dict.fromkeys("idea backlog proposed in_development pilot".split(), "planned")
    | dict.fromkeys("eol end_of_life discontinued decommissioned archived shut_down".split(),
                    "retired")
    | dict.fromkeys("on_hold paused".split(), "deferred"),
)
STRATEGIC_ROLE = Vocabulary(("invest", "maintain", "harvest", "sunset", "explore", "enable"))
ASSIGNMENT_ROLE = Vocabulary(
    ("accountable", "deputy", "contributor"),
    dict.fromkeys(("product_manager", "pm", "owner", "lead", "dri"), "accountable")
    | {"backup": "deputy"},
    otherwise="contributor",
)
STRENGTH = Vocabulary(("primary", "supporting", "weak"), numeric=True)
AMBITION = Vocabulary(("committed", "aspirational"))
KR_TYPE = Vocabulary((
    "increase", "decrease", "at_least", "at_most", "between", "binary", "milestone"))
PACE = Vocabulary(("linear", "back_loaded", "none"))
RESULT_KIND = Vocabulary(("outcome", "output"))
DIMENSION = Vocabulary(("strategic_role", "lifecycle_stage", "business_area"))
MODE = Vocabulary(("contributes", "supports"))
WORK_KIND = Vocabulary(("goal", "run", "defect", "risk", "request"))
IDEA_STAGE = Vocabulary(
    ("idea", "discovery", "validated", "building", "shipped", "dropped"))
DIRECTION = Vocabulary(("from_partner", "to_partner"))
STATE = Vocabulary(("offered", "accepted", "countered", "declined"))
