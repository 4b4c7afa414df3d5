"""The alignment map as one value: products as rows, outcomes as columns, links as cells.

Whatever the map shows is said here, in words of the vocabulary: the component only places it. It
is plain lists, one per column of the map, so that a thousand products are some 150 kB of JSON.
"""

from typing import TypeAlias, cast

import numpy as np
import pandas as pd

from orgdata import formats
from orgdata.measures import Alignment
from orgdata.measures.checks import ALIGNMENT_CHECKS, results
from orgdata.tabular.select import iter_rows
from orgdata.views import managers, vocabulary
from orgdata.views.matrix import NO_AREA, supports_nothing
from orgdata.views.outcomes import heaviest_first, known_shares, shares
from orgdata.views.products import gaps_by_product
from orgdata.views.vocabulary import CHECK, CHECKED, COVERAGE, LINK, NOBODY

Plain: TypeAlias = dict[str, object]  # what JSON can hold

_SIZES = {"primary": 2, "supporting": 1, "weak": 0}
_RESULTS = {"passes": "p", "fails": "f", "not_applicable": "n", "unknown": "u"}


def alignment_map(alignment: Alignment, products: pd.DataFrame) -> Plain:
    """The map of some products and all active outcomes, the heaviest first.

    `outcomes` and `products` are lists by column; `links` of a product are triples of outcome,
    state and size (2 primary, 1 supporting, 0 weak), the first two by their place in `outcomes`
    and `states`. `groups` are the areas and the product managers, each with what it holds in words;
    nobody is ranked. `with_trouble` adds what is found of each product.
    """
    outcomes, products = heaviest_first(alignment.outcomes), _by_name(products)
    areas, area_of = _groups(products["business_area"], NO_AREA)
    who = managers.shown(alignment, products["product_id"])
    people, manager_of = _groups(who.mask(who == NOBODY), NOBODY, missing_first=True)
    return {
        "outcomes": _columns(alignment, outcomes),
        "products": {
            **_rows(alignment, products),
            "area": area_of, "manager": manager_of,
            "links": _links(alignment, products, outcomes)},
        "groups": {"area": _totals(alignment, products, areas, area_of),
                   "manager": _totals(alignment, products, people, manager_of)},
        "nobody": NOBODY if alignment.basis.assignments else "",
        "states": list(LINK), "legend": [word.in_legend for word in LINK.values()],
        "checks": [CHECK[check].label for check in ALIGNMENT_CHECKS],
        "results": {_RESULTS[result]: CHECKED[result].label for result in _RESULTS},
    }


def with_trouble(drawn: Plain, alignment: Alignment, gaps: pd.DataFrame,
                 products: pd.DataFrame) -> Plain:
    """The map of some products with the `trouble` of each: 4 for a critical gap down to 0 for
    none."""
    severe, _ = gaps_by_product(alignment, gaps, _by_name(products))
    return {**drawn, "products": {**cast(Plain, drawn["products"]), "trouble": severe.tolist()}}


def _by_name(products: pd.DataFrame) -> pd.DataFrame:
    return products.sort_values("name").reset_index(drop=True)


def _columns(alignment: Alignment, outcomes: pd.DataFrame) -> Plain:
    """What stands in the heads of the columns."""
    stated, money = alignment.basis.stated_weights, alignment.money
    known = money.linked is not None and money.unit != "count"
    weights, part = outcomes["weight"], known_shares(outcomes)
    percents = shares(outcomes, alignment)[:-1]  # as the Outcomes page has them
    words = [COVERAGE.get(state, vocabulary.UNKNOWN) for state in outcomes["coverage"]]
    return {
        "id": outcomes["outcome_id"].tolist(),
        "name": _distinct(outcomes["outcome_id"], outcomes["name"]),
        "coverage": [f"{word.symbol} {formats.sentence_case(word.label)}" for word in words],
        "tone": [word.tone for word in words],
        "weight": [round(value, 4) if stated and pd.notna(value) else None for value in weights],
        "money": [round(value, 4) if known and pd.notna(value) else None for value in part],
        "share": [" · ".join(filter(None, (
            f"weight {formats.share(weight)}" if stated and pd.notna(weight) else "",
            f"{'FTE' if money.unit == 'fte' else 'spend'} {formats.percent(percent)}"
            if known and pd.notna(percent) else "")))
            for weight, percent in iter_rows(weights, percents)]}


def _rows(alignment: Alignment, products: pd.DataFrame) -> Plain:
    """What stands in the first columns of the rows."""
    unit, currency = alignment.money.unit, alignment.portfolio.settings.currency
    spend = products["spend"].mask(products["spend_unknown"])
    spend = spend if unit != "count" else spend * np.nan
    return {
        "id": products["product_id"].tolist(),
        "name": _distinct(products["product_id"], products["name"]),
        "bet": [None if pd.isna(role) else formats.sentence_case(vocabulary.role(role))
                for role in products["strategic_role"]],
        "spend": [None if formats.is_unknown(value) else float(value) for value in spend],
        "money": ["" if formats.is_unknown(value) else formats.money(value, unit, currency)
                  for value in spend],
        "checks": ["".join(_RESULTS[one] for one in row) for row in iter_rows(
            *(results(products, check) for check in ALIGNMENT_CHECKS))],
        "empty": supports_nothing(alignment, products).tolist()}


def _groups(values: pd.Series, missing: str,
            missing_first: bool = False) -> tuple[list[str], list[int]]:
    """The distinct values in alphabetical order, the missing one last or, as a gap, first; and the
    place of each value."""
    names = sorted(values.dropna().unique().tolist())
    if values.isna().any():
        names.insert(0 if missing_first else len(names), missing)
    places = {name: place for place, name in enumerate(names)}
    return names, [places[name] for name in values.fillna(missing)]


def _totals(alignment: Alignment, products: pd.DataFrame, names: list[str],
            places: list[int]) -> Plain:
    """The groups with their products, spend, and how many of them are aligned."""
    money, currency = alignment.money, alignment.portfolio.settings.currency
    of_group = products.assign(
        group=places, known=products["spend"].mask(products["spend_unknown"])).groupby("group")
    spends, aligned, assessed = (
        of_group["known"].sum(min_count=1), of_group["aligned"].sum(), of_group["aligned"].count())
    return {
        "name": names, "says": [formats.count(count, "product") for count in of_group.size()],
        "money": ["" if money.unit == "count" or formats.is_unknown(spend)
                  else formats.money(spend, money.unit, currency) for spend in spends],
        "aligned": [f"{some:,} of {all_of_them:,}" if all_of_them else ""
                    for some, all_of_them in iter_rows(aligned, assessed)]}


def _links(alignment: Alignment, products: pd.DataFrame,
           outcomes: pd.DataFrame) -> list[list[list[int]]]:
    """The links of each product: place of the outcome, place of the state, size."""
    columns = {key: place for place, key in enumerate(outcomes["outcome_id"])}
    states = {state: place for place, state in enumerate(LINK)}
    rows: dict[str, list[list[int]]] = {key: [] for key in products["product_id"]}
    links = alignment.links
    for product, outcome, state, strength in iter_rows(
            links["product_id"], links["outcome_id"], links["state"], links["strength"]):
        if product in rows and outcome in columns:
            rows[product].append([columns[outcome], states[state], _SIZES.get(strength, 1)])
    return list(rows.values())


def _distinct(ids: pd.Series, names: pd.Series) -> list[str]:
    return list(formats.distinct_labels(dict(iter_rows(ids, names))).values())
