"""The flow of money as tables: from areas to outcomes, and of what is picked there from product
managers through products.

Two product managers of one product stand for half of its money each; a product without one flows
from "No PM assigned", and money that reaches no outcome ends at "Not linked to an outcome". Of a
product with very many managers or outcomes those beyond the first are one node: no money is left
out, and its paths are not as many as its managers times its outcomes.
"""

import pandas as pd

from orgdata import formats
from orgdata.measures import Alignment
from orgdata.tabular.lookup import is_in, is_word
from orgdata.tabular.select import iter_rows
from orgdata.views import answers
from orgdata.views import managers as managers_of
from orgdata.views.matrix import NO_AREA
from orgdata.views.money import why_unknown
from orgdata.views.vocabulary import NOBODY, UNLINKED

NOT_LOADED = "Product managers not loaded"
MOST_PRODUCTS = 30  # more than that cannot be traced by eye: the ones with the most money are shown
MOST_AREAS, MOST_ENDS, MOST_WITHOUT = 12, 14, 4  # nodes of areas, outcomes, outcomes without money
MOST_PEOPLE, MOST_OUTCOMES = 20, 50  # nodes of one product on either side


def flows(alignment: Alignment, products: pd.DataFrame) -> pd.DataFrame:
    """The money of each product for each outcome, by business area; of all these products.

    No rows where nothing loaded could link products to outcomes.
    Columns: product_id, area_id, outcome_id (missing: no area stated, no outcome), area, outcome
    (names), money.
    """
    shown = products[(products["to_outcomes"] > 0) & alignment.basis.links]
    rows = shown[["product_id", "business_area"]].merge(_ends(alignment, shown), on="product_id")
    return pd.DataFrame({
        "product_id": rows["product_id"], "area_id": rows["business_area"],
        "outcome_id": rows["outcome_id"], "area": rows["business_area"].fillna(NO_AREA),
        "outcome": rows["outcome_name"], "money": rows["flow"]})


def drawn(rows: pd.DataFrame, picked: pd.Series) -> pd.DataFrame:
    """`flows` as a picture shows them: the areas and outcomes with the least money are one node
    each where there are many. Adds: picked, the part of each row's money that is (0–1)."""
    rows = rows.assign(picked=picked)
    for kind, most, noun in (("area", MOST_AREAS, "areas"), ("outcome", MOST_ENDS, "outcomes")):
        known = rows[rows[f"{kind}_id"].notna()]
        sizes = known.groupby(f"{kind}_id")["money"].sum().sort_values(ascending=False,
                                                                       kind="stable")
        if len(sizes) > most:
            others = rows[f"{kind}_id"].isin(sizes.index[most - 1:])
            rows.loc[others, [f"{kind}_id", kind]] = [
                " ", f"{len(sizes) - most + 1:,} more {noun}"]  # no id of a table is a space
    return rows


def without(alignment: Alignment) -> list[str]:
    """The outcomes that no money reaches, the heaviest first; many are one."""
    names = _all_without(alignment)
    return names if len(names) <= MOST_WITHOUT else [
        *names[:MOST_WITHOUT - 1], f"{len(names) - MOST_WITHOUT + 1:,} more outcomes"]


def _all_without(alignment: Alignment) -> list[str]:
    """The same, each by itself. Not those of which a row that was skipped may say otherwise."""
    if not alignment.basis.links:
        return []
    reached = is_in(alignment.outcomes["outcome_id"],
                    alignment.links.loc[alignment.links["flow"] > 0, "outcome_id"])
    unknown = is_word(alignment.outcomes["coverage"], "unknown")
    rows = alignment.outcomes[~reached & ~unknown].sort_values(
        ["weight", "name"], ascending=[False, True])
    return [str(name) for name in rows["name"]]


def part_of(alignment: Alignment, rows: pd.DataFrame, node: str | None) -> pd.Series:
    """Which part (0–1) of each row of `flows` belongs to a node; of a person, the part of a product
    that one of its managers stands for."""
    kind, _, node_id = (node or "").partition(":")
    if kind != "person":
        return through(rows, node).astype(float)
    managers = alignment.managers
    parts = managers.groupby("product_id").size()
    products = managers.loc[managers["person_id"] == node_id, "product_id"]
    if node_id == "":  # those without a manager
        return (~rows["product_id"].isin(parts.index)).astype(float)
    return (1 / rows["product_id"].map(parts)).where(rows["product_id"].isin(products), 0.0)


def behind(alignment: Alignment, products: pd.DataFrame, node: str) -> pd.DataFrame:
    """`paths` of the products behind a node, of many those with the most money; of an outcome or a
    person only the paths that lead through it."""
    rows = flows(alignment, products)
    ids = rows.loc[part_of(alignment, rows, node) > 0, "product_id"]
    found = paths(alignment, products[products["product_id"].isin(ids)])
    whole = node.startswith(("area:", "product:"))
    return found if whole else found[through(found, node)].reset_index(drop=True)


def nodes(alignment: Alignment, rows: pd.DataFrame) -> dict[str, str]:
    """The names of what may be picked, by `kind:id`: areas and outcomes by money, then product
    managers and products by name."""
    managers = alignment.managers[alignment.managers["product_id"].isin(rows["product_id"])]
    products = alignment.products[alignment.products["product_id"].isin(rows["product_id"])]
    named: dict[str, str] = {}
    for kind in ("area", "outcome"):
        sizes = rows.assign(id=rows[f"{kind}_id"].fillna("")).groupby(["id", kind], sort=False)[
            "money"].sum().sort_values(ascending=False, kind="stable")
        named |= {f"{kind}:{node_id}": name for node_id, name in sizes.index}
    people = managers.drop_duplicates("person_id").sort_values("person_name")
    named |= {f"person:{key}": name for key, name in iter_rows(people["person_id"],
                                                               people["person_name"])}
    unmanaged = rows.loc[~rows["product_id"].isin(managers["product_id"]), "product_id"]
    if alignment.basis.assignments and len(unmanaged):
        named["person:"] = _without_pm(alignment, unmanaged)
    return named | {f"product:{key}": name for key, name in iter_rows(
        products.sort_values("name")["product_id"], products.sort_values("name")["name"])}


def paths(alignment: Alignment, products: pd.DataFrame) -> pd.DataFrame:
    """One row for each path of money, for the products with the most money for outcomes.

    No rows where nothing loaded could link products to outcomes.
    Columns: person_id, product_id, outcome_id (missing: nobody, no outcome), person, product,
    outcome (names), state (of the link), money.
    """
    shown = products[(products["to_outcomes"] > 0) & alignment.basis.links].nlargest(
        MOST_PRODUCTS, "to_outcomes")
    linked = _ends(alignment, shown)
    reaches = linked["outcome_id"].notna()
    gathered = _gathered(linked[reaches].sort_values("flow", ascending=False, kind="stable"), shown,
                         "outcome", "flow", MOST_OUTCOMES, "outcomes").sort_index()
    ends = pd.concat([part for part in (gathered, linked[~reaches]) if len(part)] or [linked])
    nobody = _without_pm(alignment, shown.loc[
        ~shown["product_id"].isin(alignment.managers["product_id"]), "product_id"])
    managers = alignment.managers[["product_id", "person_id", "person_name"]]
    parts = managers.groupby("product_id")["person_id"].transform("size")
    named = managers.assign(parts=parts, people=1).sort_values("person_name", kind="stable")
    managers = _gathered(named, shown, "person", "people", MOST_PEOPLE, "people").sort_index()
    rows = shown[["product_id", "name"]].merge(ends, on="product_id").merge(
        managers, on="product_id", how="left")
    return pd.DataFrame({
        "person_id": rows["person_id"], "product_id": rows["product_id"],
        "outcome_id": rows["outcome_id"], "person": rows["person_name"].fillna(nobody),
        "product": rows["name"], "outcome": rows["outcome_name"], "state": rows["state"],
        "money": rows["flow"] * rows["people"].fillna(1.0) / rows["parts"].fillna(1.0),
    }).sort_values(["person", "product", "outcome"]).reset_index(drop=True)


def _without_pm(alignment: Alignment, product_ids: pd.Series) -> str:
    """What the node of products without a known PM is called."""
    if not alignment.basis.assignments and not alignment.portfolio.lost("assignments"):
        return NOT_LOADED
    said = managers_of.shown(alignment, product_ids).unique().tolist()
    return " or ".join(sorted(said)) or NOBODY


def _ends(alignment: Alignment, products: pd.DataFrame) -> pd.DataFrame:
    """Where the money of products ends: at outcomes, and what is linked to none."""
    columns = ["product_id", "outcome_id", "outcome_name", "state", "flow"]
    links = alignment.links
    linked = links.loc[(links["flow"] > 0) & is_in(links["product_id"], products["product_id"]),
                       columns]
    unlinked = products.loc[products["unlinked"] > 0, ["product_id", "unlinked"]].rename(
        columns={"unlinked": "flow"}).assign(outcome_name=formats.sentence_case(UNLINKED))
    return pd.concat([part for part in (linked, unlinked.reindex(columns=columns)) if len(part)]
                     or [linked], ignore_index=True)


def _gathered(rows: pd.DataFrame, products: pd.DataFrame, kind: str, amount: str, most: int,
              noun: str) -> pd.DataFrame:
    """The rows of products shown, of each the first `most`; where one has more, the last of these
    stands for all that are left, with the sum of their amounts."""
    rows = rows[rows["product_id"].isin(products["product_id"])]
    by_product = rows.groupby("product_id")
    beyond = ((by_product["product_id"].transform("size") > most)
              & (by_product.cumcount() >= most - 1))
    left = rows[beyond].groupby("product_id")
    first = rows[beyond].drop_duplicates("product_id")
    names = first["product_id"].map(products.set_index("product_id")["name"])
    counts = first["product_id"].map(left.size())
    others = first.assign(**{
        f"{kind}_id": " " + first["product_id"],  # no id of a table begins with a space
        f"{kind}_name": [f"{count:,} more {noun} of {name}" for count, name in
                         zip(counts, names, strict=True)],
        amount: first["product_id"].map(left[amount].sum())})
    if "state" in others:
        others["state"] = None
    return pd.concat([rows[~beyond], others]) if len(others) else rows


def through(rows: pd.DataFrame, node: str | None) -> pd.Series:
    """Which paths lead through a node: `person:ID`, `product:ID` or `outcome:ID` ("" for none)."""
    kind, _, node_id = (node or "").partition(":")
    if f"{kind}_id" not in rows.columns:
        return pd.Series(False, rows.index)
    return rows[f"{kind}_id"].fillna("").astype("str") == node_id


def sentence(alignment: Alignment, products: pd.DataFrame) -> str:
    """How much of the money of these products reaches outcomes, and which outcomes none of all
    money reaches."""
    portfolio = alignment.portfolio
    unlinked = [table for table in ("outcomes", "contributions") if not portfolio.tracked(table)]
    if not alignment.basis.links and unlinked:
        return answers.unknown_because(portfolio, *unlinked)
    if (why := why_unknown(alignment)) and alignment.money.unit != "count":
        return f"Unknown, because {why}."
    rows = flows(alignment, products)
    unit, currency = alignment.money.unit, alignment.portfolio.settings.currency
    word = {"count": "share of a product", "fte": "people (FTE)"}.get(unit, "spend")
    known = "known " if alignment.money.unknown_spend else ""
    names = [f"“{name}”" for name in _all_without(alignment)]
    goes = "go" if unit == "fte" else "goes"
    none = f" No {known}{word} {goes} to {formats.listed(names, most=MOST_WITHOUT)}."
    nothing = none if names else ""
    if not len(rows):
        return f"No {word} is linked to outcomes yet.{nothing}"
    shown = formats.count(rows["product_id"].nunique(), "product")
    reaching = rows.loc[rows["outcome_id"].notna(), "product_id"].nunique()
    of_all = shown if reaching == rows["product_id"].nunique() else f"{reaching:,} of {shown}"
    if unit == "count":
        return f"{shown}, each counted as one: how much is spent on them is unknown.{nothing}"
    linked = alignment.links.loc[is_in(alignment.links["product_id"], products["product_id"]),
                                 "flow"].sum()
    negative = int((products["to_outcomes"] < 0).sum())
    apart = f" {formats.count(negative, 'product')} with negative spend cannot be drawn." * bool(
        negative)
    total = formats.money(products["to_outcomes"].sum(), unit, currency)
    return (f"{formats.money(linked, unit, currency)} of {total} for outcomes reach one, from "
            f"{of_all}.{apart}{nothing}")


def behind_sentence(rows: pd.DataFrame, total: int) -> str:
    """How many products the picture of a node shows, of how many (`total`)."""
    shown = rows["product_id"].nunique()
    return "" if shown >= total else (
        f"The {shown:,} of {total:,} products with the most spend for outcomes.")
