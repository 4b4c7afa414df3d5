"""The active outcomes that objectives have in line of sight (METHOD section 2)."""

from orgdata.measures.column import Columns, empty_frame, flag, number, text

COLUMNS: Columns = {"sights": {
    "objective_id": text("an objective, of any date"),
    "outcome_id": text("an active outcome it has in line of sight"),
    "outcome_name": text("the outcome's name"),
    "tier1": flag("whether that is a tier-1 outcome"),
    "share": number("its part of the objective's effort"),
}}
NONE_IN_SIGHT = empty_frame(COLUMNS["sights"])
