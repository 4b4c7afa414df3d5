"""FOC: does the work go where it was meant to go?"""

import pandas as pd

from orgdata.formats import count, share
from orgdata.gaps import populations_work as populations
from orgdata.gaps.offending import graded, those
from orgdata.gaps.rule import rule
from orgdata.measures import Alignment
from orgdata.measures.work import WINDOWS
from orgdata.tabular.select import TOLERANCE

FEW_ITEMS = 20
FEW_OF_ALL = 50
MOSTLY_UNKNOWN = 0.5


@rule("FOC01", "much work outside objectives", looks_at=populations.products_with_work,
      question="Is this the work we meant to do?",
      message="{outside_text} of the work on {name} in the last 84 days was for no objective and "
              "was not agreed as running.",
      next_step="Review what was asked of {name} and by whom, then decline it or make it an "
                "objective.",
      systemic_step="Most products work outside their objectives: check whether the work names "
                    "its objectives in the tool, then what comes in from outside.",
      kept_in="work.objective_id work.kr_id work.outcome_id work.kind work.asked_by",
      evidence="outside unknown run items")
def much_work_outside_goals(rows: pd.DataFrame, alignment: Alignment,
                            threshold: float = 0.40) -> pd.DataFrame:
    """Of 20 or more items of the last 84 days, at most half of their size unknown, the part outside
    objectives and agreed running is at the threshold or above.

    Severity: medium for a product to invest in, else low."""
    rows = those(rows, (rows["items"] >= FEW_ITEMS)
                 & (rows["unknown"] <= MOSTLY_UNKNOWN + TOLERANCE)
                 & (rows["outside"] >= threshold - TOLERANCE))
    return rows.assign(
        outside_text=rows["outside"].map(share),
        severity=graded(rows.index, (rows["strategic_role"] == "invest", "medium"),
                        otherwise="low"))


@rule("FOC02", "one source of outside work", looks_at=populations.all_work,
      question="Who asks for work that is for no objective?",
      message="{outside_text} of all work in the last 84 days was asked for by {asked_by} and was "
              "for no objective ({asked_items}).",
      next_step="Agree with {asked_by} on what comes first: what becomes an objective, and what "
                "waits.",
      systemic_step=None, kept_in="work.asked_by work.objective_id",
      evidence="asked_by outside items")
def one_source_of_distraction(rows: pd.DataFrame, alignment: Alignment,
                              threshold: float = 0.25) -> pd.DataFrame:
    """Of 50 or more items of the last 84 days on products, the part outside objectives and agreed
    running that one function asked for is at the threshold or above.

    Severity: low."""
    sources = alignment.work_sources
    sources = sources[(sources["window"] == max(WINDOWS)) & sources["product_id"].isna()
                      & sources["asked_by"].notna()
                      & (sources["outside"] >= threshold - TOLERANCE)]
    first = sources.sort_values(["outside", "asked_by"], ascending=[False, True]).head(1)[
        ["asked_by", "outside", "items"]]
    rows = those(rows, rows["items"] >= FEW_OF_ALL).drop(columns="items").merge(first, how="cross")
    return rows.assign(outside_text=rows["outside"].map(share),
                       asked_items=[count(number, "item") for number in rows["items"]],
                       severity="low")
