"""Text as it is compared: small letters without accents, wide letters as narrow ones."""

import re
import unicodedata
from functools import lru_cache

_WORDS = re.compile(r"[^\W_]+")
_BARE = str.maketrans("ıłøđðħ", "iloddh")  # signs that are no accents: Yıldız, Łukasz, Søren


def plain(text: str) -> str:
    """A text in small letters without accents, letter for letter: what stands at a place in it
    stands there in the text."""
    if text.isascii():
        return text.lower()
    return "".join(map(_letter, text))


@lru_cache(maxsize=4_096)
def _letter(letter: str) -> str:
    first, *marks = list(unicodedata.normalize("NFKD", letter))
    if marks and not all("\u0300" <= mark <= "\u036f" for mark in marks):
        return letter.lower()[0]  # a sign of several letters, or of another script
    return first.lower()[0].translate(_BARE)


@lru_cache(maxsize=256)  # a name is asked for its words in several ways, one after the other
def words(text: str) -> tuple[str, ...]:
    """The words of a text, as `plain` writes them; ß is as good as ss."""
    return tuple(_WORDS.findall(plain(text).replace("ß", "ss")))


def stem(word: str) -> str:
    """A plain word without the ending of an English plural."""
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-1] if len(word) > 3 and word[-1] == "s" and word[-2] != "s" else word
