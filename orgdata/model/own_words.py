"""The words that an organisation has of its own for ours: `[words]` in the settings."""

import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from orgdata import formats
from orgdata.model.toml import shown

Forms = tuple[str, str]  # of one and of several: Goal, Goals
OURS: Mapping[str, Forms] = {
    "product_manager": ("product manager", "product managers"),
    "key_result": ("key result", "key results"), "outcome": ("outcome", "outcomes"),
    "objective": ("objective", "objectives"), "product": ("product", "products")}
LONGEST = 30  # characters of a word


def read_words(section: Mapping[str, Any]) -> dict[str, Forms]:
    """The forms of each of our words that the section renames; others are left out. Raises
    ValueError with what a word should be."""
    words = {ours: _forms(ours, section[ours]) for ours in OURS if ours in section}
    used: dict[str, str] = {}
    for ours, form in _used(words):
        if used.setdefault(form, ours) != ours:
            raise ValueError(f"words.{ours if ours in words else used[form]} should not be "
                             f"{form!r}: {formats.listed([used[form], ours])} would have one name")
    return words


def _used(words: Mapping[str, Forms]) -> Iterator[tuple[str, str]]:
    """Each of our words with each form in which people would read it, in small letters."""
    return ((ours, form.casefold()) for ours in OURS for form in words.get(ours, OURS[ours]))


def _forms(ours: str, value: object) -> Forms:
    forms = value if isinstance(value, list) else [value]
    texts = [" ".join(one.split()) for one in forms if isinstance(one, str)]
    if len(texts) != len(forms) or len(texts) not in (1, 2) or not all(map(_is_word, texts)):
        raise ValueError(f"words.{ours} should be a word of up to {LONGEST} letters, or a list of "
                         "two, for one and for several, found "
                         f"{shown(value)}")
    return texts[0], texts[1] if len(texts) == 2 else f"{texts[0]}s"


def _is_word(text: str) -> bool:
    """Letters, with signs between that no format reads as markup: words come with uploads too."""
    return 0 < len(text) <= LONGEST and text[0].isalpha() and text[-1] not in " -'’" and all(
        one.isalnum() or one in " -'’" or unicodedata.category(one).startswith("M") for one in text)
