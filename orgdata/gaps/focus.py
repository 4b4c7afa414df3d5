"""FOC: does the work go where it was meant to go?"""

import pandas as pd

from orgdata.formats import count, share
from orgdata.gaps import populations_work as populations
from orgdata.gaps.offending import graded, those
from orgdata.gaps.rule import rule
from orgdata.measures import Alignment
from orgdata.tabular.select import TOLERANCE

FEW_ITEMS = 20
FEW_OF_ALL = 50
MOSTLY_UNKNOWN = 0.5


@rule("FOC01", "much work outside goals", looks_at=populations.products_with_work,
      question="Is this the work we meant to do?",
      message="{outside_text} of the work on {name} in the last 84 days served no goal and was "
              "not agreed as running.",
      next_step="Look at what was asked of {name} and by whom; then agree what to decline, or make "
                "it a goal.",
      systemic_step="Most products work outside their goals: check whether the work names its "
                    "goals in the tool, then what comes in from outside.",
      evidence="outside unknown run items")
def much_work_outside_goals(rows: pd.DataFrame, alignment: Alignment,
                            threshold: float = 0.40) -> pd.DataFrame:
    """Of 20 or more items of the last 84 days, at most half of their size unknown, the part outside
    goals and agreed running is at the threshold or above.

    Severity: medium for a product to invest in, else low."""
    rows = those(rows, (rows["items"] >= FEW_ITEMS)
                 & (rows["unknown"] <= MOSTLY_UNKNOWN + TOLERANCE)
                 & (rows["outside"] >= threshold - TOLERANCE))
    return rows.assign(
        outside_text=rows["outside"].map(share),
        severity=graded(rows.index, (rows["strategic_role"] == "invest", "medium"),
                        otherwise="low"))


@rule("FOC02", "one source of distraction", looks_at=populations.all_work,
      question="Who asks for work that serves no goal?",
      message="{outside_text} of all work in the last 84 days was asked for by {asked_by} and "
              "served no goal ({asked_items}).",
      next_step="Agree with {asked_by} what comes first: which of it becomes a goal, and what "
                "waits.",
      systemic_step=None, evidence="asked_by outside items")
def one_source_of_distraction(rows: pd.DataFrame, alignment: Alignment,
                              threshold: float = 0.25) -> pd.DataFrame:
    """Of 50 or more items of the last 84 days on managed products, the part outside goals and
    agreed running that one function asked for is at the threshold or above.

    Severity: low."""
    sources = alignment.work_sources
    sources = sources[sources["outside"] >= threshold - TOLERANCE]
    first = sources.sort_values(["outside", "asked_by"], ascending=[False, True]).head(1)
    rows = those(rows, rows["items"] >= FEW_OF_ALL).drop(columns="items").merge(first, how="cross")
    return rows.assign(outside_text=rows["outside"].map(share),
                       asked_items=[count(number, "item") for number in rows["items"]],
                       severity="low")
