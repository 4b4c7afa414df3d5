"""The question of the off-site pack which products a company would stop."""

import pandas as pd

from orgdata import formats
from orgdata.exports.document.blocks import Block, Column, Paragraph, Table, line, quiet
from orgdata.exports.edition import Edition
from orgdata.exports.gap_items import cut
from orgdata.measures import Alignment
from orgdata.views import stop_candidates, vocabulary

MOST_ROWS = 12  # of the table
MOST_CHARACTERS = 120  # of a name


def stop(edition: Edition) -> tuple[str, tuple[Block, ...]]:
    """The answer in a sentence, and a table of candidates: what each serves, who needs it."""
    alignment = edition.alignment
    if not alignment.basis.links:
        return ("Unknown, because nothing loaded links products to outcomes.", ())
    products = edition.product_rows()
    rows = stop_candidates.candidates(alignment, products)
    judged = int(stop_candidates.judged(products).sum())
    answer = (f"{len(rows):,} of {formats.count(judged, 'product')} "
              f"{'supports' if len(rows) == 1 else 'support'} no outcome, or only weakly"
              f"{_spend(rows, alignment)}." if len(rows) else
              f"All {formats.count(judged, 'product')} support an outcome."
              if judged or not len(products) else
              "Unknown, because no product has a strategic bet that asks it to support an "
              "outcome.")
    return answer, (
        *((_table(rows, alignment),) if len(rows) else ()),
        *_notes(alignment, products, max(len(rows) - MOST_ROWS, 0)))


def _spend(rows: pd.DataFrame, alignment: Alignment) -> str:
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
    return Table("Products that support no outcome, or only weakly", (
        Column("Product"), Column("Spend", "number"), Column("Role"), Column("It supports"),
        Column("Without it"), Column("Who waits for it")), tuple(
            (cut(product["name"], MOST_CHARACTERS),
             "unknown" if product["spend_unknown"] or money.unit == "count" else
             formats.money(product["spend"], money.unit, currency),
             vocabulary.role(product["strategic_role"]),
             cut(stop_candidates.serves(alignment, product["product_id"])),
             cut(stop_candidates.would_be_lost(alignment, product["product_id"]), 160),
             cut(stop_candidates.needed_by(alignment, product["product_id"]), MOST_CHARACTERS))
            for product in rows.head(MOST_ROWS).to_dict("records")))


def _names(products: pd.DataFrame) -> str:
    return formats.listed([cut(name, MOST_CHARACTERS) for name in sorted(products["name"])])


def _notes(alignment: Alignment, products: pd.DataFrame, left: int) -> list[Block]:
    exempt = int(products["exempt"].sum())
    unstated = products[products["strategic_role"].isna()]
    claimed = stop_candidates.only_claimed(alignment, products)
    notes = [f"{left:,} more." if left else "",
             f"{formats.count(len(claimed), 'more product', 'more products')} "
             f"{'claims' if len(claimed) == 1 else 'claim'} an outcome that no OKR of this cycle "
             f"backs{_spend(claimed, alignment)}: {_names(claimed)}."
             if len(claimed) else "",
             f"Which strategic bet {'has' if len(unstated) == 1 else 'have'} {_names(unstated)}? "
             "Not asked here, because none is stated."
             if len(unstated) else "",
             f"{formats.count(exempt, 'platform or sunset product')} not asked."
             if exempt else ""]
    return [Paragraph(line(quiet(note))) for note in notes if note]
