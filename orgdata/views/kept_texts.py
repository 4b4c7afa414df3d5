"""Texts from data that hold one of our words, found again wherever they stand in another text."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable

_LAST, _FIRST = re.compile(r"(\w+)\W*\Z"), re.compile(r"\W*(\w+)")
_WORD = re.compile(r"\w+")
_NEAR = 80  # characters looked at for the words before and after a hit
_CUT = "…"
_Neighbours = dict[str, list[tuple[str, str]]]  # the word after a hit → what is before, and after


class KeptTexts:
    """Tells of a hit in a text whether it stands within one of the given texts, whole or cut at its
    end. `bare` are those that are nothing but hits: in a sentence they cannot be told from our own
    words, so they are never found. `written_as`: how else they may be written."""

    def __init__(self, hit: re.Pattern[str], texts: Iterable[str],
                 written_as: Callable[[str], Iterable[str]] = lambda _: ()) -> None:
        self.bare: set[str] = set()
        self._by_word_before: dict[tuple[str, str], _Neighbours] = defaultdict(
            lambda: defaultdict(list))
        for text in texts:
            if hit.search(text):
                for written in {text, *written_as(text)}:
                    self._add(hit, written)

    def _add(self, hit: re.Pattern[str], text: str) -> None:
        flat = " ".join(text.split())
        if not re.search(r"\w", hit.sub("", flat)):
            self.bare.add(flat)
            return
        for match in hit.finditer(flat):
            word, before, after = match["hit"].lower(), *_around(match)
            self._by_word_before[word, before][after].append(
                (flat[:match.start("hit")], flat[match.end("hit"):]))

    def hold(self, match: re.Match[str]) -> bool:
        """Whether the group `hit` of a match stands within one of the texts."""
        text, start, end = match.string, *match.span("hit")
        before, after = _around(match)
        cut = text.find(_CUT, end)
        in_next_word = cut >= 0 and len(_WORD.findall(text[end:min(cut, end + _NEAR)])) < 2
        for word in {before, ""}:
            neighbours = self._by_word_before.get((match["hit"].lower(), word), {})
            nearest = neighbours.values() if in_next_word else (
                neighbours.get(next_word, []) for next_word in {after, ""})
            if any(_ends_with(text, start, left) and _begins_with(text, end, right, cut)
                   for pairs in nearest for left, right in pairs):
                return True
        return False


def _around(match: re.Match[str]) -> tuple[str, str]:
    """The words before and after a hit in small letters, "" where there is none."""
    text, (start, end) = match.string, match.span("hit")
    before = _LAST.search(text[max(0, start - _NEAR):start])
    after = _FIRST.match(text[end:end + _NEAR])
    return before[1].lower() if before else "", after[1].lower() if after else ""


def _ends_with(text: str, end: int, left: str) -> bool:
    """Whether the text up to a place ends with another; its first letter may have become large."""
    start = end - len(left)
    return start >= 0 and text.startswith(left[1:], start + len(left[:1])) and (
        text[start:start + 1].lower() == left[:1].lower() or not left) and not (
        start and text[start - 1].isalnum() and left[:1].isalnum())


def _begins_with(text: str, start: int, right: str, cut: int) -> bool:
    """Whether the text from a place on begins with another, whole or cut."""
    end = start + len(right)
    if text.startswith(right, start):
        return not (right[-1:].isalnum() and text[end:end + 1].isalnum())
    return 0 <= cut - start < len(right) and right.startswith(text[start:cut].rstrip())
