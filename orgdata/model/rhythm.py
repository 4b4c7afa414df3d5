"""`[rhythm]` of the settings: on which days people hear of what is asked of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from orgdata.model.toml import shown
from orgdata.model.words import normalise_word

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True)
class Rhythm:
    """The weekdays (0: Monday) on which everybody hears what is asked of them, and of the weekly
    review (None: no letters about it); days whose weeks are quiet; and the address of each function
    that hears what products expect of it, by its name."""

    asked: int = 0
    review: int | None = None
    quiet: frozenset[date] = frozenset()
    partners: tuple[tuple[str, str], ...] = ()

    def is_quiet(self, day: date) -> bool:
        """Whether nobody is to hear anything in the week of a day."""
        week = day.isocalendar()[:2]
        return any(one.isocalendar()[:2] == week for one in self.quiet)


WEEKLY = Rhythm()


def read_rhythm(section: Mapping[str, Any]) -> Rhythm:
    """The section: asked and review, each a weekday, quiet, a list of days, and partners, addresses
    by function. Raises ValueError that says which key and what was expected."""
    if unknown := set(section) - {"asked", "review", "quiet", "partners"}:
        raise ValueError("rhythm should have asked, review, quiet and partners, found "
                         f"{shown(min(unknown))}")
    review = section.get("review")
    return Rhythm(_weekday("asked", section.get("asked", WEEKDAYS[0])),
                  None if review is None else _weekday("review", review),
                  frozenset(_days(section.get("quiet", []))),
                  tuple(_addresses(section.get("partners", {}))))


def _weekday(key: str, value: object) -> int:
    word = str(value).strip().lower()
    if word not in WEEKDAYS:
        raise ValueError(f"rhythm.{key} should be a weekday such as monday, found {shown(value)}")
    return WEEKDAYS.index(word)


def _days(value: object) -> list[date]:
    if not isinstance(value, list):
        raise ValueError(f"rhythm.quiet should be a list of days, found {shown(value)}")
    try:
        return [one.date() if isinstance(one, datetime) else one if isinstance(one, date) else
                date.fromisoformat(str(one)) for one in value]
    except ValueError:
        raise ValueError("rhythm.quiet should be a list of days like 2026-12-24, found "
                         f"{shown(value)}") from None


def _addresses(value: object) -> Iterator[tuple[str, str]]:
    """Functions in one spelling, each with its address."""
    if not isinstance(value, Mapping):
        raise ValueError('rhythm.partners should be like {sales = "sales@our.example"}, found '
                         f"{shown(value)}")
    for function, address in value.items():
        name, _, host = str(address).strip().partition("@")
        if not (name and host):
            raise ValueError(f"rhythm.partners.{function} should be an address, found "
                             f"{shown(address)}")
        yield normalise_word(function), f"{name}@{host}"
