"""The portfolio as a whole: its name, and on the Products page the answer, the mix and the pace."""

import numpy as np
import pandas as pd

from orgdata import formats
from orgdata.demo import DEMO
from orgdata.measures import Alignment
from orgdata.measures.mix import mix_against_targets
from orgdata.tabular.lookup import is_in, look_up
from orgdata.views import answers, managers, vocabulary
from orgdata.views.key_results import JUDGED
from orgdata.views.matrix import NO_AREA
from orgdata.views.vocabulary import NOT_STATED

MOST_BARS = 15  # more buckets than this are a table, not a picture
MOST_DRAWN = 200  # products that are drawn as dots
MOST_AREAS = 12  # lines of dots; the areas with the fewest products share the last


def source_name(source: str) -> str:
    """The name of a source for readers: the last part of the path of a folder or of a database's
    file, or the URL of a server."""
    if source == str(DEMO):
        return "Brightquay (demo company)"
    is_server = "://" in source and not source.startswith(("sqlite", "duckdb"))
    return source if is_server else source.rstrip("/").rsplit("/", 1)[-1]


def sentence(alignment: Alignment) -> str:
    """The answer of the Products page: how many are aligned, which lack a link or a manager."""
    products = alignment.products
    sentences = [answers.aligned(alignment)]
    not_linked = ~products["exempt"] & products["linked"].eq(False).fillna(False).astype(bool)
    if names := sorted(products.loc[not_linked, "name"]):
        few = answers.few(names, "products")
        confirmed = alignment.portfolio.tracked("contributions", "confirmed_on")
        link = "confirmed link" if confirmed else "link"
        sentences.append(f"Without a {link} to an outcome: {few}.")
    if names := sorted(products.loc[managers.has_nobody(products), "name"]):
        sentences.append(f"No PM is assigned to {answers.few(names, 'products')}.")
    return " ".join(sentences)


def money_label(alignment: Alignment) -> str:
    """The column header for money in this portfolio: spend, FTE or a count."""
    return {"annual_spend": f"Spend {alignment.portfolio.settings.currency or ''}".strip(),
            "fte": "FTE", "count": "Counted as"}[alignment.money.unit]


def mix_sentence(rows: pd.DataFrame, alignment: Alignment) -> str:
    """The largest bucket, and the one farthest from its target, in words."""
    if not rows["spend"].sum():
        return "Nothing is spent here." if rows["spend"].notna().any() else (
            "How much is spent here is unknown.")
    top = rows.iloc[0]
    largest = formats.percent(top["share_pct"])
    text = (f"Largest: {top['bucket']}, {largest} of the products."
            if alignment.money.unit == "count" else f"Most goes to {top['bucket']}: {largest}.")
    unknown = rows.loc[rows["spend"].isna(), "bucket"].tolist()
    if unknown:
        text += f" Unknown for {formats.listed(unknown)}."
    apart = (rows["share"] - rows["target"]).abs()
    if apart.notna().any():
        far = rows.loc[apart.idxmax()]
        side = "above" if far["share"] > far["target"] else "below"
        text += (f" Farthest from its target: {far['bucket']}, {formats.percent(far['share_pct'])} "
                 f"against {formats.share(far['target'])} ({side}).")
    return text


def mix_table(rows: pd.DataFrame) -> pd.DataFrame:
    """The mix with its shares and targets in percent."""
    return rows.assign(share=rows["share_pct"], target=formats.parts(rows["target"]))


def pace_table(rows: pd.DataFrame) -> pd.DataFrame:
    """The dots as a table: what is backed by OKRs in percent, pace in words."""
    ahead = [f"{formats.points(points)} {'ahead' if points >= 0 else 'behind'}"
             for points in rows["ahead"]]
    return rows.assign(proven=formats.percentages(rows["proven"]), ahead=ahead).sort_values("name")


def pace_sentence(rows: pd.DataFrame, total: int) -> str:
    """How many products can be placed, why others are missing, and which are at risk."""
    if not len(rows):
        return ("How far products are ahead or behind cannot be shown yet: that takes key results "
                "with a starting value, a target and check-ins, and spend for outcomes.")
    behind = rows[rows["ahead"] < 0].sort_values(["spend", "name"], ascending=[False, True])
    sentences = [f"{len(rows):,} of {formats.count(total, 'product')} can be placed; the others "
                 "have no key result that can be judged, or no spend for outcomes."
                 if len(rows) < total else ""]
    if len(rows) > MOST_DRAWN:
        sentences.append(f"The {MOST_DRAWN} with the most spend are drawn; the table has all.")
    shaky = behind[behind["proven"] < 0.5]["name"].tolist()
    if shaky:
        sentences.append("Behind pace and less than half backed by OKRs: "
                         f"{formats.listed(shaky)}.")
    return " ".join(filter(None, sentences)) or "Every product can be placed."


def drawn(rows: pd.DataFrame) -> pd.DataFrame:
    """The products that are drawn, of many those with the most money; the areas with the fewest of
    them as one. The area with the product farthest behind comes first."""
    rows = rows.sort_values(["spend", "name"], ascending=[False, True]).head(MOST_DRAWN)
    sizes = rows["area"].value_counts()
    if (beyond := len(sizes) - MOST_AREAS) > 0:
        small = sizes.index[MOST_AREAS - 1:]
        rows = rows.assign(area=rows["area"].where(~rows["area"].isin(small),
                                                   f"{beyond + 1:,} other areas"))
    return rows.sort_values(["ahead", "name"]).reset_index(drop=True)


def mix_rows(alignment: Alignment, products: pd.DataFrame, dimension: str) -> pd.DataFrame:
    """Spend of these products by role, stage or area, most first; unknown where it is known of none
    in a bucket. Where money is unknown, products are counted. Columns: bucket, stated (whether the
    source says it), spend, share, count, target (share; missing where none is set), share_pct
    (percentages that add up)."""
    groups = products.assign(bucket=products[dimension].fillna(NOT_STATED),
                             stated=products[dimension].notna()).groupby(["bucket", "stated"])
    rows = groups.agg(spend=("spend", "sum"), count=("spend", "size"),
                      unknown=("spend_unknown", "sum")).reset_index()
    if alignment.money.unit != "count":
        rows["spend"] = rows["spend"].where(rows["unknown"] < rows["count"])
    total = rows["spend"].sum() or np.nan
    targets = mix_against_targets(alignment.portfolio["mix_targets"], alignment.products)
    targets = targets[targets["dimension"] == dimension].set_index("bucket")["target"]
    target = rows["bucket"].map(targets).astype(float)
    rows = rows.assign(share=rows["spend"] / total, target=target).sort_values(
        ["spend", "bucket"], ascending=[False, True]).reset_index(drop=True)
    if dimension == "strategic_role":
        rows["bucket"] = vocabulary.roles(rows["bucket"])
    return rows.assign(share_pct=formats.parts(rows["share"]))


def pace_rows(alignment: Alignment, products: pd.DataFrame) -> pd.DataFrame:
    """Products whose pace can be judged. Columns: product_id, name, area, spend, proven (share of
    its money for outcomes that is proven), ahead (points its key results are ahead of what is
    expected by now, on average), judged (how many key results that rests on)."""
    results = alignment.key_results
    judged = results[results["status"].isin(JUDGED) & results["lag"].notna()]
    ahead = judged.assign(ahead=-100 * judged["lag"]).groupby("product_id")["ahead"].agg(
        ["mean", "size"])
    links = alignment.links
    proven = links[links["state"] == "proven"].groupby("product_id")["flow"].sum()
    rows = products[is_in(products["product_id"], pd.Series(ahead.index, dtype="str"))
                    & (products["to_outcomes"] > 0)].reset_index(drop=True)
    ids = rows["product_id"]
    return pd.DataFrame({
        "product_id": ids, "name": rows["name"],
        "area": rows["business_area"].fillna(NO_AREA), "spend": rows["spend"],
        "proven": look_up(ids, proven, 0.0) / rows["to_outcomes"],
        "ahead": look_up(ids, ahead["mean"], np.nan), "judged": look_up(ids, ahead["size"], 0)})
