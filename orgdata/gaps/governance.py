"""GOV: is each grave gap assigned, and each acceptance looked at again?"""

import pandas as pd

from orgdata.formats import count, day
from orgdata.gaps import populations
from orgdata.gaps.offending import those
from orgdata.gaps.rule import rule
from orgdata.measures import Alignment

_GRAVE = ("critical", "high")


@rule("GOV01", "unassigned gap or overdue decision", looks_at=populations.gaps_and_decisions,
      question="Who takes this on, and by when?", message="{finding}",
      next_step="Assign this in the weekly review, with a date. {step}", systemic_step=None,
      evidence="about since days owner due")
def gap_without_an_owner_or_a_date(rows: pd.DataFrame, alignment: Alignment,
                                   threshold: float = 7) -> pd.DataFrame:
    """A critical or high gap has stood in every snapshot for more days than the threshold, is
    not accepted, and nobody is named as its owner; or a decision is past its due date and not
    done.

    Severity: the gap's own; medium for a decision that concerns no gap."""
    decided = rows["decision"].notna()
    accepted = (rows["state"] == "accepted") & (rows["until"] >= alignment.as_of)
    unowned = (~decided & ~accepted & rows["severity"].isin(_GRAVE) & rows["owner"].isna()
               & (rows["days"] > threshold))  # unknown since when: not yet
    late = decided & (rows["due"] < alignment.as_of)  # without a due date it is not late
    rows = those(rows, unowned | late)
    return rows.assign(**{name: [words[name] for words in map(_words, rows.to_dict("records"))]
                          for name in ("finding", "step", "actor")})


def _words(row: dict[str, object]) -> dict[str, str]:
    """The finding, the next step and who acts, of a gap or a decision."""
    if pd.isna(row["decision"]):
        days = count(int(str(row["days"]).partition(".")[0]), "day")
        return {"finding": f"Unassigned for {days}: {row['message']}",
                "step": str(row["next_step"]), "actor": str(row["actor"])}
    who = "Head of product" if pd.isna(row["owner"]) else f"Owner of the decision: {row['owner']}"
    text = str(row["decision"]).rstrip(" .")
    return {"finding": f"“{text}” was due on {day(row['due'])} and is not done.",
            "step": f"Finish “{text}”, or give it another date.", "actor": who}


@rule("GOV02", "acceptance expired", looks_at=populations.accepted_gaps,
      question="Does the reason for accepting this still hold?",
      message="Acceptance expired on {until}: {message}",
      next_step="Accept it again with a reason and a date, or close it. {next_step}",
      systemic_step=None, evidence="about until reason")
def exception_expired(rows: pd.DataFrame, alignment: Alignment) -> pd.DataFrame:
    """A gap was accepted until a day that is past, and it is still found.

    Severity: medium."""
    return those(rows, rows["until"] < alignment.as_of).assign(severity="medium")
