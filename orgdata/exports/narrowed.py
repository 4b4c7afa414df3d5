"""What lists show: the gaps and roadblocks of the products an edition is narrowed to."""

from dataclasses import replace

import pandas as pd

from orgdata import formats
from orgdata.exports.edition import Edition
from orgdata.gaps import Gaps
from orgdata.views import review
from orgdata.views.products import gaps_of


def gaps(edition: Edition) -> Gaps:
    """The gaps that lists show; patterns stay those of the whole portfolio."""
    rows = edition.gaps.rows
    if edition.products is not None:
        rows = gaps_of(edition.alignment, rows, edition.product_rows()["product_id"])
    if edition.gap_keys is not None:
        rows = rows[rows["key"].isin(edition.gap_keys)]
    return edition.gaps if rows is edition.gaps.rows else replace(
        edition.gaps, rows=rows.reset_index(drop=True))


def roadblocks(edition: Edition) -> pd.DataFrame:
    """The open roadblocks that lists show, the oldest first."""
    rows = review.roadblocks(edition.alignment)
    return rows if edition.products is None else rows[
        rows["product_id"].isin(edition.products)].reset_index(drop=True)


def words(edition: Edition) -> str:
    """That lists are narrowed, and what is not; "" where they show everything."""
    if edition.products is None:
        if edition.gap_keys is None:
            return ""
        here, found = len(gaps(edition).rows), len(edition.gaps.rows)
        return (f"Lists of gaps show only {here:,} of {found:,} ({edition.filters or 'filtered'}). "
                "Everything else is of the whole portfolio.")
    shown, every = len(edition.product_rows()), len(edition.alignment.products)
    return (f"Lists show only {shown:,} of {formats.count(every, 'product')} and their gaps "
            f"({edition.filters or 'filtered'}). The answer, the numbers on top, what changed, "
            "decisions and what is unknown are those of the whole portfolio.")
