"""GOV01 reminds of a gap that nobody has taken up. Beside the gap itself it is a remark, not a
second line; where only rules of this kind are listed it stands as any other. No Streamlit."""

import pandas as pd

from orgdata.formats import count

_CODE, _DECISION = "GOV01:", "GOV01:decision:"


def _is_reminder(keys: pd.Series) -> pd.Series:
    return keys.str.startswith(_CODE) & ~keys.str.startswith(_DECISION)


def without(rows: pd.DataFrame) -> pd.DataFrame:
    """Gaps without the reminders of gaps that are among them."""
    about = rows["key"].str.removeprefix(_CODE)
    return rows[~(_is_reminder(rows["key"]) & about.isin(rows["key"]))]


def remarks(rows: pd.DataFrame) -> dict[str, str]:
    """For each gap without an owner: since how many days it is open, in words."""
    reminders = rows[_is_reminder(rows["key"])]
    return {key.removeprefix(_CODE): f"open for {count(int(evidence['days']), 'day')}, nobody "
            "owns it yet" for key, evidence in zip(
                reminders["key"], reminders["evidence"], strict=True)}
