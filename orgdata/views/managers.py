"""Who is product manager of each product, in words: that nobody is, only where that is known."""

import pandas as pd

from orgdata.measures import Alignment
from orgdata.tabular.lookup import indexed, is_word, look_up_any
from orgdata.views.vocabulary import NOBODY

NOT_LOADED = "not loaded"
UNKNOWN_PM = "PM unknown"  # a row that was skipped may name one
_WITHOUT = {"nobody": NOBODY, "not_loaded": NOT_LOADED}  # by the reason of the check for one


def shown(alignment: Alignment, product_ids: pd.Series) -> pd.Series:
    """The names of each product's managers, else that no PM is assigned, or why that is unknown."""
    products = alignment.products
    names, reasons = (look_up_any(product_ids, indexed(products, "product_id", column))
                      for column in ("pm_names", "owned_reason"))
    return names.fillna(reasons.map(_WITHOUT)).fillna(UNKNOWN_PM).astype("str")


def briefly(alignment: Alignment, product_ids: pd.Series) -> pd.Series:
    """The same for a narrow column: more than two are counted."""
    counts = look_up_any(product_ids, indexed(alignment.products, "product_id", "pm_count"))
    return shown(alignment, product_ids).mask(counts > 2, counts.astype("str") + " PMs")


def of(row: pd.Series) -> str:
    """The same of one product."""
    names, reason = row["pm_names"], row["owned_reason"]
    return _WITHOUT.get(reason, UNKNOWN_PM) if pd.isna(names) else str(names)


def has_nobody(products: pd.DataFrame) -> pd.Series:
    """Whether no PM is assigned to each of these products; False where that is unknown."""
    return is_word(products["owned_reason"], "nobody")
