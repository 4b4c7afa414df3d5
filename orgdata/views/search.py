"""Find outcomes, products, people and goals by name or id, with the page that shows them."""

from typing import Literal

import pandas as pd

from orgdata.measures import Alignment
from orgdata.tabular.lookup import indexed, is_in, look_up_any

MOST = 8


def find(alignment: Alignment, query: str, most: int = MOST, hidden: str = "") -> pd.DataFrame:
    """The first objects whose name or id contains every word of the query; none whose name is
    `hidden`.

    Columns: kind, name, page, param, id (what the page takes; missing where no page shows it).
    Names that begin with the words come first, then outcomes, products, people, objectives and
    key results in this order.
    """
    words = query.casefold().split()
    rows = _everything(alignment)[lambda every: every["name"] != hidden]
    if not words:
        return rows.head(0)
    name = rows["name"].str.casefold()
    text = name + " " + rows["object_id"].str.casefold()
    matches = pd.Series(True, rows.index)
    for word in words:
        matches &= text.str.contains(word, regex=False)
    begins = name[matches].str.startswith(" ".join(words))
    order = begins.sort_values(ascending=False, kind="stable").index
    return rows.loc[order].head(most).reset_index(drop=True)


def _everything(alignment: Alignment) -> pd.DataFrame:
    outcomes, products = alignment.outcomes, alignment.products
    people = alignment.managers.drop_duplicates("person_id").sort_values("person_name")
    return pd.concat([
        _rows("outcome", outcomes["outcome_id"], outcomes["name"], "outcomes", "outcome"),
        _rows("product", products["product_id"], products["name"], "products", "product"),
        _rows("product manager", people["person_id"], people["person_name"], "my_product",
              "person"),
        _shown_with("objective", alignment.objectives, "objective_id", alignment),
        _shown_with("key result", alignment.key_results, "kr_id", alignment)], ignore_index=True)


def _rows(kind: str, ids: pd.Series, names: pd.Series, page: str, param: str) -> pd.DataFrame:
    return pd.DataFrame({"kind": kind, "object_id": ids, "name": names, "page": page,
                         "param": param, "id": ids})


def _shown_with(kind: str, rows: pd.DataFrame, object_id: Literal["objective_id", "kr_id"],
                alignment: Alignment) -> pd.DataFrame:
    """Goals are shown with their first product, else with the first outcome they lead to."""
    products = alignment.products_of(rows, object_id)
    products = products[is_in(products["product_id"], alignment.products["product_id"])]
    product = look_up_any(rows[object_id], indexed(products, "id", "product_id"))
    outcome = look_up_any(rows["objective_id"],
                          indexed(alignment.sights, "objective_id", "outcome_id"))
    of_product = product.notna()
    return pd.DataFrame({
        "kind": kind, "object_id": rows[object_id], "name": rows["title"],
        "page": of_product.map({True: "products", False: "outcomes"}),
        "param": of_product.map({True: "product", False: "outcome"}),
        "id": product.fillna(outcome)})
