"""What rules look at: the populations of METHOD section 6, each with what holds for all findings
about it. Those below `goalposts` need a store (KR04, GOV01, GOV02)."""

from dataclasses import replace

import numpy as np
import pandas as pd

from orgdata.gaps.rule import IDS, WithHistory, as_frame, population
from orgdata.measures import Alignment
from orgdata.measures.mix import mix_against_targets
from orgdata.tabular.lookup import indexed, is_in, look_up, look_up_any, matches

HEAD = "Head of product"


@population("active outcomes", ids="outcome_id", table="outcomes", needs="outcome")
def outcomes(alignment: Alignment) -> pd.DataFrame:
    """Active outcomes."""
    return alignment.outcomes


@population("products", ids="product_id", table="products", needs="product")
def products(alignment: Alignment) -> pd.DataFrame:
    """Managed products."""
    return alignment.products


products_to_staff = replace(products, who=HEAD)  # nobody is accountable yet who could be asked
pairs_of_products = replace(products, ids=("product_id", "other_product_id"))


@population("products that should support an outcome", ids="product_id", table="products",
            needs="product outcome")
def products_to_serve(alignment: Alignment) -> pd.DataFrame:
    """Managed products less exempt ones."""
    return alignment.products[~alignment.products["exempt"]]


products_to_have_a_goal = replace(products_to_serve, noun="products that should have an objective")


@population("confirmed primary links", ids="product_id outcome_id", table="contributions",
            needs="product outcome contributions")
def primary_links(alignment: Alignment) -> pd.DataFrame:
    """Confirmed primary links, with `tier1` of the outcome, `goals` of the product and stakes."""
    links = alignment.links[alignment.links["confirmed"]
                            & (alignment.links["strength"] == "primary")]
    tier1 = alignment.outcomes.loc[alignment.outcomes["tier1"], "outcome_id"]
    product, products = links["product_id"], alignment.products
    return links.assign(
        tier1=is_in(links["outcome_id"], tier1),
        goals=look_up(product, indexed(products, "product_id", "goals"), 0),
        **{name: look_up_any(product, indexed(products, "product_id", name))
           for name in ("actor", "actor_names")},
        at_stake=look_up(product, indexed(products, "product_id", "at_stake"), np.nan))


@population("objectives in this cycle", ids="objective_id", table="objectives")
def objectives(alignment: Alignment) -> pd.DataFrame:
    """In-cycle objectives."""
    return alignment.objectives


@population("objectives in this cycle", ids="objective_id", table="objectives", who=HEAD,
            needs="product objectives.product_id|objective_products|key_results.product_id")
def objectives_of_products(alignment: Alignment) -> pd.DataFrame:
    """In-cycle objectives, with `assigned`: whether anybody is, to a managed product that pursues
    it, and `owner_assigned`: whether its owner is."""
    rows, persons = alignment.objectives, alignment.assignments
    pursued = alignment.pursued.loc[alignment.pursued["managed"], ["objective_id", "product_id"]]
    at, of = matches(pursued["product_id"], persons["product_id"])
    objective = pd.Series(pursued["objective_id"].array.take(at))
    person = pd.Series(persons["person_id"].array.take(of))
    return rows.assign(
        assigned=is_in(rows["objective_id"], objective),
        owner_assigned=is_in(rows["objective_id"] + "\0" + rows["owner_id"],
                             objective + "\0" + person))


@population("open objectives", ids="objective_id", table="objectives")
def open_objectives(alignment: Alignment) -> pd.DataFrame:
    """Objectives with an open status whose product, if any, is active; of any date."""
    return alignment.all_objectives[alignment.all_objectives["live"]]


@population("key results", ids="kr_id", table="key_results",
            needs="objectives key_results")
def key_results(alignment: Alignment) -> pd.DataFrame:
    """Key results in scope, with `only_one`: the objective has no other."""
    alone = alignment.objectives.loc[alignment.objectives["kr_count"] == 1, "objective_id"]
    rows = alignment.key_results
    return rows.assign(only_one=is_in(rows["objective_id"], alone))


@population("products and objectives", ids="product_id objective_id", table="objectives",
            needs="objectives")
def goals_and_their_results(alignment: Alignment) -> pd.DataFrame:
    """Managed products with their number of goals, and in-cycle objectives with that of their
    key results: `kind_of_object`, `count_of`, `label` (name or title), and the `table` of each."""
    about = ["actor", "actor_names", "at_stake", "row"]
    products = alignment.products[["product_id", "name", "goals", *about]].rename(
        columns={"name": "label", "goals": "count_of"})
    objectives = alignment.objectives[["objective_id", "title", "kr_count", *about]].rename(
        columns={"title": "label", "kr_count": "count_of"})
    rows = pd.concat([products, objectives], ignore_index=True)
    kind = np.where(rows.index < len(products), "product", "objective")
    return rows.assign(kind_of_object=pd.Series(kind, dtype="str"),
                       table=pd.Series(kind + "s", dtype="str"))


@population("people assigned", ids="person_id", table="people", who=HEAD)
def people_assigned(alignment: Alignment) -> pd.DataFrame:
    """Persons with a current assignment."""
    return alignment.people[alignment.people["assigned"]]


@population("open dependencies", ids="dependency_id", table="dependencies", needs="dependencies")
def open_dependencies(alignment: Alignment) -> pd.DataFrame:
    """Dependencies not yet delivered."""
    rows = alignment.portfolio["dependencies"]
    return rows[~(rows["done_on"] <= alignment.as_of)]


@population("open roadblocks", ids="roadblock_id", table="roadblocks", needs="roadblocks")
def open_roadblocks(alignment: Alignment) -> pd.DataFrame:
    """Roadblocks not yet cleared."""
    rows = alignment.portfolio["roadblocks"]
    return rows[~(rows["closed_on"] <= alignment.as_of)]


@population("mix targets", ids="dimension bucket", table="mix_targets", who=HEAD,
            needs="product money mix_targets")
def mix_targets(alignment: Alignment) -> pd.DataFrame:
    """Targets of the mix in tracked dimensions, with the actual share of spend beside each.

    A column is tracked when any product has a value, managed or not (METHOD §2).
    """
    targets = alignment.portfolio["mix_targets"]
    tracked = [column for column in targets["dimension"].unique()
               if alignment.portfolio.tracked("products", column)]
    return mix_against_targets(targets[targets["dimension"].isin(tracked)], alignment.products)


@population("portfolios", table="products", who=HEAD, needs="product")
def all_products(alignment: Alignment) -> pd.DataFrame:
    """One row that stands for all managed products together."""
    return pd.DataFrame({"row": [None]})


all_outcomes = replace(all_products, table="outcomes", needs=("outcome",))


@population("key results", ids="kr_id", table="key_results",
            needs="store objectives key_results")
def goalposts(past: WithHistory) -> pd.DataFrame:
    """Key results in scope, with what the first snapshot of their cycle saw: `was_kind`,
    `was_target`, `was_baseline`, `was_due` and `seen_on`; missing where there is none."""
    rows = key_results.rows(past.alignment)
    first = past.history.first_in_cycle(rows["kr_id"], rows["start"])
    return rows.assign(seen_on=first["seen_on"], **{
        f"was_{name}": first[name] for name in ("kind", "target", "baseline", "due")})


_OF_GAPS = " ".join(name for name in IDS if name != "person_id")  # no finding about people in here


def _gaps(past: WithHistory) -> pd.DataFrame:
    """The gaps of other rules, with the latest state of each: `state`, `owner`, `due`,
    `until`, `reason`; `about` is their key, `since` the day they have been seen since, and `days`
    how long that is."""
    rows = as_frame([found for found in past.gaps
                     if not any(code.startswith("GOV") for code in found["code"][:1])])
    rows = rows.drop(columns="at_stake").rename(columns={"key": "about", "who": "actor"})
    since = pd.Series([past.history.open_since.get(key) for key in rows["about"]], rows.index,
                      dtype="datetime64[s]")
    rows = rows.assign(since=since, days=(past.alignment.as_of - since).dt.days)
    return rows.merge(past.history.states.rename(columns={"key": "about"}), on="about", how="left")


@population("accepted gaps", ids=_OF_GAPS, table="store", needs="store")
def accepted_gaps(past: WithHistory) -> pd.DataFrame:
    """The gaps that are accepted, whether or not that still holds."""
    return _gaps(past)[lambda rows: rows["state"] == "accepted"]


@population("gaps and decisions", ids=_OF_GAPS, table="store", needs="store")
def gaps_and_decisions(past: WithHistory) -> pd.DataFrame:
    """All gaps, and below them the decisions still to be done: `decision` is their text."""
    rows = _gaps(past).assign(decision=pd.Series(dtype="str"))
    decisions = past.history.decisions
    about = "decision:" + decisions["decision_id"].astype("str")
    of_gap = rows.drop_duplicates("about").set_index("about")["severity"]
    severity = decisions["gap_key"].map(of_gap).astype("str").fillna("medium")
    return pd.concat([rows, pd.DataFrame({
        "about": about.astype("str"), "decision": decisions["text"], "owner": decisions["owner"],
        "due": decisions["due"], "since": decisions["made_on"], "severity": severity,
        "table": "decisions",
        "days": (past.alignment.as_of - decisions["made_on"]).dt.days})], ignore_index=True)
