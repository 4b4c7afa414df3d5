"""What product and other functions expect of each other."""

from orgdata.measures.column import Columns, dated, empty_frame, flag, text
from orgdata.tabular.empty import empty_table

COLUMNS: Columns = {"expectations": {
    "state": text("offered, accepted, countered or declined; blank as offered"),
    "direction": text("from_partner or to_partner; blank as from_partner"),
    "answered": dated("the day it was answered"),
    "product_active": flag("whether its product is active"),
    "product_name": text("the product's name"),
}}
NONE_EXPECTED = empty_table("expectations").assign(**{
    name: values for name, values in empty_frame(COLUMNS["expectations"]).items()
    if name not in ("state", "direction")})
