"""What the dashboard calls somebody who signed in.

People choose themselves what the provider has for a name, and entries are known by it: it is taken
only where it is read as it is written, and as nobody's in the data.
"""

from collections.abc import Iterable
from functools import lru_cache
from itertools import combinations
from unicodedata import category, combining, normalize
from unicodedata import name as sign_name

import pandas as pd

from orgdata.access.identity import Identity, with_address

_TELLING = 6  # letters of a name that others do not have within theirs
_OURS = ("onbehalfof", "saidtobe", "bythelinksentto",
         "nameremoved")  # what entries say of a name, in letters
_BETWEEN = frozenset(" '’ʼʻ-‐.,·()")  # what stands in names beside letters and their marks
_SCRIPTS = frozenset({  # whose letters look like those of another one only as `_ALIKE` says
    "LATIN", "GREEK", "CYRILLIC", "HEBREW", "ARABIC", "DEVANAGARI", "BENGALI", "GURMUKHI",
    "GUJARATI", "TAMIL", "TELUGU", "KANNADA", "MALAYALAM", "SINHALA", "THAI", "LAO", "KHMER",
    "MYANMAR", "GEORGIAN", "ETHIOPIC", "HANGUL", "HIRAGANA", "KATAKANA", "CJK"})
_TOGETHER = frozenset({"HANGUL", "HIRAGANA", "KATAKANA", "CJK"})  # in one word
_UNSEEN = ("FILLER", "JOINER", "INHERENT")  # of what Unicode calls a letter or a mark
_LATIN = (range(0x250), range(0x1E00, 0x1F00))  # of names; the others are of phoneticians
_ALIKE: dict[int, int] = str.maketrans(
    "АВЕЅІЈКМНОРСТУХҮԚԜаеѕіјорсухһԁԛԝӏαγωΑΒΕΖΗΙΚΜΝΟΡΤΥΧονρυικıøłđŁØĐ",
    "ABESIJKMHOPCTYXYQWaesijopcyxhdqwlaywABEZHIKMNOPTYXovpuikioldLOD")
# Ways to read letters.
_READINGS: tuple[dict[int, int], ...] = ({}, _ALIKE, _ALIKE | str.maketrans("IІΙ", "lll"))
_MOST_WORDS = 20  # of a name


def person_named(identity: Identity, people: pd.DataFrame) -> str:
    """What the dashboard calls somebody: the name of the one person in the data with this address,
    else as the provider has it, else the address. What is not plainly a name is not taken from the
    provider, nor what is read as a name of somebody in the data, alone or with more beside it."""
    same = with_address(identity.address, people)["name"].dropna()
    if len(same) == 1:
        return str(same.iloc[0])
    name = normalize("NFC", identity.name)
    return name if _is_plain(name) and not _is_taken(name, people["name"].dropna()) else (
        identity.address)


def _is_plain(name: str) -> bool:
    """Whether a name is made of letters of people's names, each word in one script, so that there
    is nothing in it that is not seen, or is read as something else."""
    signs = [sign for sign in name if sign not in _BETWEEN]
    return bool(signs) and all(map(_is_of_names, signs)) and all(
        len(scripts) < 2 or scripts <= _TOGETHER for word in _words(name)
        for scripts in [{_script(sign) for sign in word} - {"COMBINING"}]) and all(
            not combining(word[0]) for word in _words(name))


def _is_of_names(sign: str) -> bool:
    if category(sign)[0] not in "LM" or any(one in sign_name(sign, "") for one in _UNSEEN):
        return False
    script = _script(sign)
    if script == "LATIN":
        return any(ord(sign) in letters for letters in _LATIN)
    return script in _SCRIPTS or script == "COMBINING"


def _script(sign: str) -> str:
    return sign_name(sign, "").replace("-", " ").partition(" ")[0]


def _is_taken(name: str, others: Iterable[str]) -> bool:
    """Whether a name is read as another one, or as what entries say of names: its words as they
    run on, in any order, or, where they are long enough to tell, anywhere within."""
    others = [*_OURS, *others]
    for reading in range(len(_READINGS)):
        words = _read(name, reading)
        if len(words) > _MOST_WORDS:
            return True
        text, every = "".join(words), frozenset(words)
        runs = {"".join(words[start:end]) for start, end in combinations(range(len(words) + 1), 2)}
        for other in (_read(one, reading) for one in others):
            letters = "".join(other)
            if letters in runs or (other and every.issuperset(other)) or (
                    len(letters) >= _TELLING and letters in text):
                return True
    return False


@lru_cache(maxsize=1 << 16)  # the names of a portfolio are read for everybody who signs in
def _read(name: str, reading: int) -> tuple[str, ...]:
    """The words of a name as they are read, whatever their case and their marks; those of letters
    that look alike as one and the same, in all readings but the first."""
    bare = "".join(sign for sign in normalize("NFKD", name) if _script(sign) != "COMBINING")
    return tuple(normalize("NFKC", word).casefold()
                 for word in _words(bare.translate(_READINGS[reading])))


def _words(name: str) -> list[str]:
    """What stands between blanks and signs; what is not seen parts nothing."""
    seen = "".join(sign for sign in name if category(sign) != "Cf")
    return "".join(sign if category(sign)[0] in "LMN" else " " for sign in seen).split()
