"""Generate a company of any size, the same for the same seed, for benchmarks and trials."""

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd

AS_OF = date(2026, 11, 20)
KEY_RESULTS_PER_PRODUCT = 5
PRODUCTS_PER_PERSON = 2
_AREAS = ("Commerce", "Payments", "Data", "Platform", "Mobile", "Trust", "Partners", "Support")
_ROLES = ("invest", "maintain", "maintain", "harvest", "explore", "enable", "sunset")
_OUTCOMES = ("Retention", "Growth abroad", "Cost to serve", "Trust", "Speed", "New business")


def generate(folder: Path, products: int, seed: int = 1, weeks: int = 12) -> None:
    """Write a company with `products` products, five key results each, and weekly check-ins.

    Raises FileExistsError, before anything is written, when a table exists already.
    """
    tables = generated_tables(products, seed, weeks)
    paths = {folder / f"{name}.csv": rows for name, rows in tables.items()}
    settings = folder / "settings.toml"
    for path in (*paths, settings):
        if path.exists():
            raise FileExistsError(f"{path} exists already; nothing was written")
    folder.mkdir(parents=True, exist_ok=True)
    for path, rows in paths.items():
        rows.to_csv(path, index=False)
    settings.write_text(f'as_of = "{AS_OF}"\ncurrency = "USD"\n', encoding="utf-8")


def generated_tables(products: int, seed: int, weeks: int) -> dict[str, pd.DataFrame]:
    """The tables of a generated company, about nine tenths of which are in order."""
    rng = np.random.default_rng(seed)
    people = _people(max(1, products // PRODUCTS_PER_PERSON))
    outcomes = _outcomes(people)
    rows = _products(products, rng)
    objectives = _objectives(rows, outcomes, rng)
    results = _key_results(objectives, rng)
    return {
        "outcomes": outcomes, "people": people, "products": rows,
        "assignments": _assignments(rows, people, rng),
        "contributions": _contributions(rows, outcomes, rng), "objectives": objectives,
        "key_results": results, "check_ins": _check_ins(results, weeks, rng)}


def _ids(letter: str, count: int) -> list[str]:
    return [f"{letter}{number:0{len(str(count))}d}" for number in range(1, count + 1)]


def _chance(rng: np.random.Generator, count: int, share: float = 0.9) -> np.ndarray:
    """Which of `count` rows are in a random share of them."""
    return rng.random(count) < share


def _outcomes(people: pd.DataFrame) -> pd.DataFrame:
    count = len(_OUTCOMES)
    return pd.DataFrame({
        "outcome_id": _ids("O", count), "name": _OUTCOMES, "metric": _OUTCOMES,
        "target": range(100, 100 + count), "due_date": "2026-12-31",
        "weight": [30, 20, 20, 10, 10, 10], "owner_id": people["person_id"].iloc[0]})


def _people(count: int) -> pd.DataFrame:
    return pd.DataFrame({"person_id": _ids("H", count),
                         "name": [f"Person {number}" for number in range(1, count + 1)]})


def _products(count: int, rng: np.random.Generator) -> pd.DataFrame:
    return pd.DataFrame({
        "product_id": _ids("P", count),
        "name": [f"Product {number}" for number in range(1, count + 1)],
        "business_area": rng.choice(_AREAS, count), "strategic_role": rng.choice(_ROLES, count),
        "annual_spend": rng.integers(2, 40, count) * 50_000,
        "bau_pct": rng.integers(0, 8, count) * 5})


def _assignments(products: pd.DataFrame, people: pd.DataFrame,
                 rng: np.random.Generator) -> pd.DataFrame:
    owned = products[_chance(rng, len(products), 0.97)]
    return pd.DataFrame({
        "product_id": owned["product_id"], "person_id": rng.choice(people["person_id"], len(owned)),
        "role": "accountable", "allocation_pct": 45, "start_date": "2026-01-01"})


def _contributions(products: pd.DataFrame, outcomes: pd.DataFrame,
                   rng: np.random.Generator) -> pd.DataFrame:
    """Product i has a primary link to outcome i mod 6, and some a supporting one to the next."""
    serving = products[_chance(rng, len(products), 0.95)]
    home = serving.index.to_numpy() % len(outcomes)
    ids = outcomes["outcome_id"].to_numpy()
    primary = pd.DataFrame({"product_id": serving["product_id"], "outcome_id": ids[home],
                            "strength": "primary", "confirmed_on": "2026-10-05"})
    second = serving[_chance(rng, len(serving), 0.4)]
    supporting = pd.DataFrame({
        "product_id": second["product_id"], "strength": "supporting",
        "outcome_id": ids[(second.index.to_numpy() + 1) % len(outcomes)],
        "confirmed_on": "2026-10-05"})
    return pd.concat([primary, supporting], ignore_index=True)


def _objectives(products: pd.DataFrame, outcomes: pd.DataFrame,
                rng: np.random.Generator) -> pd.DataFrame:
    ids = outcomes["outcome_id"].to_numpy()
    served = pd.Series(ids[products.index.to_numpy() % len(ids)])
    return pd.DataFrame({
        "objective_id": "J" + products["product_id"].str[1:],
        "title": "Move " + products["name"], "product_id": products["product_id"],
        "outcome_id": served.where(_chance(rng, len(products), 0.93)),
        "ambition": rng.choice(("committed", "aspirational"), len(products)),
        "start_date": "2026-07-01", "end_date": "2026-12-31"})


def _key_results(objectives: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    rows = objectives.loc[objectives.index.repeat(KEY_RESULTS_PER_PRODUCT)].reset_index(drop=True)
    count = len(rows)
    baseline = rng.integers(10, 100, count)
    change = rng.integers(5, 60, count) * rng.choice((-1, 1), count)
    return pd.DataFrame({
        "kr_id": _ids("K", count), "objective_id": rows["objective_id"],
        "title": [f"Result {number}" for number in range(1, count + 1)],
        "kr_type": np.where(change > 0, "increase", "decrease"), "baseline": baseline,
        "target": pd.Series(baseline + change).where(_chance(rng, count, 0.97))})


def _check_ins(results: pd.DataFrame, weeks: int, rng: np.random.Generator) -> pd.DataFrame:
    """One check-in a week; each key result moves towards its target at its own speed, with a
    confidence that depends on it and seldom falls."""
    rows = results.loc[results.index.repeat(weeks)].reset_index(drop=True)
    week = np.tile(np.arange(weeks), len(results))
    days = np.array([str(AS_OF - timedelta(days=2 + 7 * weeks_ago))
                     for weeks_ago in reversed(range(weeks))])
    pace = rng.normal(0.8, 0.18, len(results))
    speed = np.repeat(pace, weeks) * (week + 1) / weeks
    confidence = np.repeat((8 * pace).round().clip(1, 10), weeks)
    fell = np.repeat(_chance(rng, len(results), 0.03), weeks) & (week == weeks - 1)
    target = rows["target"].fillna(rows["baseline"])
    value = rows["baseline"] + (target - rows["baseline"]) * speed
    confidence = np.where(fell, (confidence - 2).clip(1), confidence).astype(int)
    return pd.DataFrame({"kr_id": rows["kr_id"], "date": days[week], "value": value.round(2),
                         "confidence": confidence})
