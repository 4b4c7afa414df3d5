"""`[accept]` of the settings: gaps that a portfolio in git is known to have, until a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from orgdata.model.toml import shown

_LONGEST_REASON = 500


@dataclass(frozen=True)
class Accepted:
    """A gap that is accepted until a day, that day among them, and why."""

    until: date
    reason: str

    def holds_on(self, day: date) -> bool:
        """Whether it is still accepted on a day."""
        return day <= self.until


def read_accept(section: Mapping[str, Any]) -> dict[str, Accepted]:
    """The section: key of a gap → until when it is accepted, and why. Raises ValueError that says
    which key and what was expected."""
    return {key.strip(): _accepted(key, one) for key, one in section.items()}


def _accepted(key: str, section: object) -> Accepted:
    if not isinstance(section, Mapping) or set(section) != {"until", "reason"}:
        raise ValueError(f'accept.{shown(key)} should have until and reason, like until = '
                         f'2027-01-31 and reason = "agreed in the review"; found {shown(section)}')
    reason = section["reason"]
    if not isinstance(reason, str) or not 0 < len(reason.strip()) <= _LONGEST_REASON:
        raise ValueError(f"accept.{shown(key)}.reason should say why, in up to {_LONGEST_REASON} "
                         f"characters; found {shown(reason)}")
    return Accepted(_day(key, section["until"]), " ".join(reason.split()))


def _day(key: str, value: object) -> date:
    try:
        return (value.date() if isinstance(value, datetime) else value
                if isinstance(value, date) else date.fromisoformat(str(value)))
    except ValueError:
        raise ValueError(f"accept.{shown(key)}.until should be YYYY-MM-DD, found "
                         f"{shown(value)}") from None
