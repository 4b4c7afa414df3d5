"""What people do with objectives and key results."""

from orgdata.edits.edit import Edit, EditError
from orgdata.edits.now import Now
from orgdata.edits.typed import check_typed
from orgdata.tabular.select import is_closed


def add_objective(now: Now, title: str, product_id: str = "", outcome_id: str = "",
                  end_date: str = "") -> list[Edit]:
    """Add an objective of a product for an outcome, from the day on."""
    if not title:
        raise EditError("an objective needs a title")
    check_typed(now, "objectives", {"outcome_id": outcome_id, "end_date": end_date})
    return [now.add("objectives", objective_id=now.free_id("objectives"), title=title,
                    product_id=product_id, outcome_id=outcome_id,
                    start_date=now.day.isoformat(), end_date=end_date)]


def add_key_result(now: Now, objective_id: str, title: str, **cells: str) -> list[Edit]:
    """Add a key result to an objective, with any of the columns of key results."""
    now.row("objectives", objective_id=objective_id)
    if not title:
        raise EditError("a key result needs a title")
    check_typed(now, "key_results", cells)
    return [now.add("key_results", kr_id=now.free_id("key_results"), objective_id=objective_id,
                    title=title, **cells)]


def drop_objective(now: Now, objective_id: str) -> list[Edit]:
    """Drop an objective: nobody works on it any more."""
    row = now.row("objectives", objective_id=objective_id)
    if is_closed(now.where("objectives", objective_id=objective_id)["status"]).all():
        raise EditError(f"{now.name('objectives', objective_id)} is {row['status']} already")
    return [now.set("objectives", row, status="dropped")]


def drop_key_result(now: Now, kr_id: str) -> list[Edit]:
    """Take a key result away from its objective."""
    return [now.end("key_results", now.row("key_results", kr_id=kr_id))]


def serve_no_longer(now: Now, objective_id: str, outcome_id: str) -> list[Edit]:
    """Take an outcome away from those that an objective is for."""
    further = now.where("objective_outcomes", objective_id=objective_id, outcome_id=outcome_id)
    own = now.where("objectives", objective_id=objective_id, outcome_id=outcome_id)
    edits = [*(now.end("objective_outcomes", row) for _, row in further.iterrows()),
             *(now.set("objectives", row, outcome_id="") for _, row in own.iterrows())]
    if not edits:
        raise EditError(f"{now.name('objectives', objective_id)} is not for "
                        f"{now.name('outcomes', outcome_id)}")
    return edits
