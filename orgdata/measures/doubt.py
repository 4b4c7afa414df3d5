"""Facts that cannot be found absent, since a lost row or cell may hold them (METHOD section 2)."""

from collections.abc import Mapping
from typing import Literal

from orgdata.measures.column import Columns, empty_frame, row_number, text

Fact = Literal["pm", "deputy", "link", "objective", "key_result", "check_in", "child"]
HELD_BY: Mapping[Fact, tuple[str, ...]] = {  # fact → the tables of which none may be lost
    "pm": ("assignments",), "deputy": ("assignments",), "link": ("contributions",),
    "objective": ("objectives", "objective_products", "objective_outcomes"),
    "key_result": ("key_results",), "check_in": ("check_ins",), "child": ("objectives",)}
COLUMNS: Columns = {"doubt": {
    "fact": text("pm, deputy, link, objective, key_result, check_in or child"),
    "kind": text("the column that names such objects: product_id, outcome_id, …"),
    "id": text("the object that the row may speak of"),
    "other": text("of a link: the known object at its other end; missing where there is none"),
    "table": text("where the row stands"),
    "row": row_number("its number as a person counts; missing for the whole table"),
}}
NO_DOUBT = empty_frame(COLUMNS["doubt"])
