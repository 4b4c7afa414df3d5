"""The alignment map as a component: what goes into it, and what it sends back.

The value goes in once: what somebody chooses or picks on the map is in the address, where the
component reads it itself, so that a click does not send the portfolio again.
"""

from hashlib import sha256
from pathlib import Path
from typing import cast

from orgdata.ui.shell import selection
from orgdata.ui.shell.assets import component, sent
from orgdata.ui.shell.cache import cached
from orgdata.ui.shell.view import Evaluated, Filters, Judged, Measured, shown_products
from orgdata.views.alignment_map import Plain, alignment_map, with_trouble
from orgdata.views.what_if import changed_cells

KEY = "alignment_map"
_DRAW = component(KEY, Path(__file__).with_name("map"))
_WORDS: Plain = {
    "title": "Products and the company outcomes they work on", "tools": "What the map shows",
    "group_by": "Group by", "sort_by": "Sort by", "only_gaps": "Only rows with a gap",
    "find": "Find a product, person or outcome", "nothing": "No row fits.",
    "sizes": "Large: primary · small: supporting",
    "changed": "Framed: changed in this scenario",
    "empty": "supports no outcome", "no_link": "no link is known",
    "marks": [["p", "yes"], ["f", "no"], ["u", "unknown"], ["n", "not asked"]],
    "strengths": ["weak", "supporting", "primary"]}
_BY = {"area": "Business area", "manager": "Product manager"}
_SORT = {"trouble": "What needs attention", "name": "Name", "spend": "Spend"}
_COLUMNS = {"name": "Product", "manager": "Product manager", "bet": "Strategic bet",
            "money": "Spend", "checks": "Aligned"}


def show(evaluated: Evaluated, filters: Filters, present: Evaluated | None = None) -> None:
    """Show the map of the products that pass the filters; of a scenario with what differs from
    the present marked."""
    compared = None if present is None else present.judged.common
    _DRAW(key=KEY, data=_data(evaluated.judged.common, filters, compared),
          on_cell_change=_store_cell, on_view_change=_store_view)


@cached
def _data(judged: Judged, filters: Filters, present: Judged | None) -> Plain:
    alignment, products = judged.alignment, shown_products(judged.measured, filters)
    shown = with_trouble(_map(judged.measured, filters), alignment, judged.gaps.rows,
                         products)
    money, by, sort, columns = alignment.money.unit, dict(_BY), dict(_SORT), dict(_COLUMNS)
    if not alignment.basis.assignments:
        del columns["manager"], by["manager"]
    if products["strategic_role"].isna().all():
        del columns["bet"]
    if money == "count":
        del columns["money"], sort["spend"]
    elif money == "fte":
        columns["money"] = sort["spend"] = "FTE"
    changed = [] if present is None else sorted(
        f"{product}:{outcome}" for product, outcome in changed_cells(
            present.alignment, judged.alignment))
    version = f"{judged.version} {filters}"  # which names the source: no browser is told that
    return {"key": KEY, "version": sha256(version.encode("utf-8", "replace")).hexdigest(),
            "map": shown,
            "changed": changed,
            "words": {**_WORDS, "columns": columns, "by": by, "sort": sort,
                      "dots": f"Aligned: {', '.join(cast(list[str], shown['checks']))}",
                      "all_outcomes": f"All {len(alignment.outcomes):,} outcomes"}}


@cached
def _map(measured: Measured, filters: Filters) -> Plain:
    return alignment_map(measured.alignment, shown_products(measured, filters))


def _store_cell() -> None:
    """Put what was picked into the address: a product and an outcome, or one of them."""
    selection.set_choice("cell", sent(KEY, "cell") or None)


def _store_view() -> None:
    """Put how the map is grouped and sorted into the address; what is usual stays out of it."""
    chosen = sent(KEY, "view") or {}
    for param, usual in (("by", "area"), ("sort", "trouble")):
        value = chosen.get(param)
        selection.set_choice(param, None if value == usual else value)
    selection.set_choice("only", "gaps" if chosen.get("gaps") else None)
