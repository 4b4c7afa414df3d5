"""What was read of a source as one JSON-ready object (INTERFACES, `check --format json`)."""

from dataclasses import asdict
from typing import Any

import pandas as pd

from orgdata.api.answers import problem_records
from orgdata.model.intake import Intake
from orgdata.model.portfolio import DISPOSITIONS, Portfolio


def check(portfolio: Portfolio, problems: pd.DataFrame) -> dict[str, Any]:
    """What was loaded and every problem (INTERFACES, `check --format json`)."""
    return {
        "source": portfolio.source, "recognised_as": portfolio.recognised_as,
        "settings": portfolio.settings.file,
        "tables": {name: {"read": count.read, "loaded": count.loaded,
                          "set_aside": count.set_aside}
                   for name, count in portfolio.counts.items()},
        **({"records": record_counts(portfolio)} if portfolio.exports else {}),
        **_intake(portfolio.intake),
        "problems": problem_records(problems)}


def _intake(intake: Intake) -> dict[str, Any]:
    """What people's own spreadsheets were taken for, and what is asked of them."""
    return {
        "questions": [{"key": one.key, "text": one.text, "options": dict(one.options),
                       "guess": one.guess, "examples": list(one.examples),
                       "answered": one.answered, "line": one.line} for one in intake.questions],
        "found": [asdict(one) for one in intake.found],
        "left_out": [asdict(one) for one in intake.left_out],
        "remarks": list(intake.remarks)}


def record_counts(portfolio: Portfolio) -> dict[str, int]:
    """How many records of exports of other tools were read = used + merged + left out + set
    aside."""
    return {"read": sum(len(export.dispositions) for export in portfolio.exports),
            **{disposition: sum(export.count(disposition) for export in portfolio.exports)
               for disposition in DISPOSITIONS}}
