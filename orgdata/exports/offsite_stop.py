"""The last question of an off-site: what would we stop?"""

import pandas as pd

from orgdata import formats
from orgdata.exports.document.blocks import Block, Column, Paragraph, Table, line, quiet
from orgdata.exports.edition import Edition
from orgdata.exports.gap_items import cut
from orgdata.measures import Alignment
from orgdata.views import stop_candidates

MOST_ROWS = 12
SHORT = 120


def stop(edition: Edition) -> tuple[str, tuple[Block, ...]]:
    """The answer in a sentence, and the products it rests on with what speaks for them."""
    alignment = edition.alignment
    if not alignment.basis.links:
        return ("Unknown, because nothing loaded links products to outcomes.", ())
    products = edition.product_rows()
    rows = stop_candidates.candidates(alignment, products)
    asked = products[~products["exempt"]]
    apart = len(products) - len(asked)
    said = (f"{len(rows):,} of {formats.count(len(asked), 'product')} "
            f"{'serves' if len(rows) == 1 else 'serve'} no outcome or only weakly"
            f"{_worth(rows, alignment)}." if len(rows) else
            f"None of {formats.count(len(asked), 'product')} serves no outcome or only weakly.")
    return said, (
        *((_table(rows, alignment),) if len(rows) else ()),
        *_notes(alignment, products, max(len(rows) - MOST_ROWS, 0), apart))


def _worth(rows: pd.DataFrame, alignment: Alignment) -> str:
    money = alignment.money
    if money.unit == "count":
        return ""
    total = formats.money(float(rows["spend"].sum()), money.unit,
                          alignment.portfolio.settings.currency)
    unknown = int(rows["spend_unknown"].sum())
    if unknown == len(rows):
        return "; how much they take is unknown"
    return f"; they take {total}" + (f", {unknown:,} with unknown spend" if unknown else "")


def _table(rows: pd.DataFrame, alignment: Alignment) -> Table:
    money, currency = alignment.money, alignment.portfolio.settings.currency
    return Table("Products that serve no outcome or only weakly", (
        Column("Product"), Column("Spend", "number"), Column("Role"), Column("It serves"),
        Column("Without it"), Column("Who waits for it")), tuple(
            (cut(one["name"], SHORT),
             "unknown" if one["spend_unknown"] or money.unit == "count" else
             formats.money(one["spend"], money.unit, currency),
             "not stated" if formats.is_unknown(one["strategic_role"]) else one["strategic_role"],
             cut(one["serves"]),
             cut(stop_candidates.would_be_lost(alignment, one["product_id"]), 160),
             cut(stop_candidates.needed_by(alignment, one["product_id"]), SHORT))
            for one in rows.head(MOST_ROWS).to_dict("records")))


def _notes(alignment: Alignment, products: pd.DataFrame, left: int, apart: int) -> list[Block]:
    claimed = stop_candidates.only_claimed(alignment, products)
    said = [f"{left:,} more." if left else "",
            f"{formats.count(len(claimed), 'more product', 'more products')} "
            f"{'claims' if len(claimed) == 1 else 'claim'} an outcome that no measured goal of "
            f"this cycle backs{_worth(claimed, alignment)}: "
            f"{formats.listed([cut(name, SHORT) for name in sorted(claimed['name'])])}."
            if len(claimed) else "",
            f"{formats.count(apart, 'product')} to enable or to sunset not asked." if apart else ""]
    return [Paragraph(line(quiet(one))) for one in said if one]
