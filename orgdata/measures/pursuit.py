"""Which products pursue which objectives, with what share of effort (METHOD section 2)."""

from orgdata.measures.column import Columns, empty_frame, flag, number, text, whole

COLUMNS: Columns = {"pursued": {
    "objective_id": text("an objective, of any date"),
    "product_id": text("a product that pursues it"),
    "in_cycle": flag("whether the objective is in cycle"),
    "managed": flag("whether the product is managed"),
    "effort": number("share of 1 among the product's in-cycle objectives; missing outside"),
    "effort_given": number("its share of the product's effort as stated"),
    "measurable_count": whole("measurable key results of the product in the objective"),
    "kr_count": whole("key results of the product in the objective"),
}}
NONE_PURSUED = empty_frame(COLUMNS["pursued"])
