"""GOV rules remind of a gap that is found already, or of a decision. Beside other gaps they are
remarks, and never counted with them; where only they are listed they stand as any other. No
Streamlit."""

import pandas as pd

from orgdata.formats import count

_WAITING, _EXPIRED, _DECISION = "GOV01:", "GOV02:", "decision:"


def about(key: str) -> str:
    """The key of the gap that a reminder is about; of any other gap its own key."""
    return key.removeprefix(_WAITING).removeprefix(_EXPIRED)


def decision_of(key: str) -> int | None:
    """The id of the decision that a reminder is about; None where it is about a gap, or is none."""
    number = about(key).removeprefix(_DECISION)
    return int(number) if key == f"{_WAITING}{_DECISION}{number}" and number.isdecimal() else None


def are_reminders(keys: pd.Series) -> pd.Series:
    """Which of some gaps remind of another gap or of a decision."""
    return keys.str.startswith((_WAITING, _EXPIRED))


def without(rows: pd.DataFrame) -> pd.DataFrame:
    """Gaps without reminders; where nothing else is among them, all of them."""
    found = rows[~are_reminders(rows["key"])]
    return found if len(found) else rows


def remarks(rows: pd.DataFrame) -> dict[str, str]:
    """For each gap without an owner: since how many days it is open, in words."""
    reminders = rows[_are_waiting(rows["key"])]
    return {about(key): f"not assigned for {count(int(evidence['days']), 'day')}"
            for key, evidence in zip(reminders["key"], reminders["evidence"], strict=True)}


def waiting(rows: pd.DataFrame) -> int:
    """How many gaps have waited for an owner for longer than the rules allow."""
    return int(_are_waiting(rows["key"]).sum())


def _are_waiting(keys: pd.Series) -> pd.Series:
    return keys.str.startswith(_WAITING) & ~keys.str.startswith(_WAITING + _DECISION)
