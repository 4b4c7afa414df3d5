"""What people do with outcomes and with links to them (METHOD section 7)."""

import pandas as pd

from orgdata.edits import answers
from orgdata.edits.edit import Edit, EditError
from orgdata.edits.now import Now, first_day
from orgdata.edits.typed import check_typed, plain
from orgdata.measures.outcomes import active_outcomes
from orgdata.tabular.numbers import number


def reweight(now: Now, outcome_id: str, weight: str) -> list[Edit]:
    """Give an outcome a weight. The other active ones keep their proportions, and the sum stays;
    weights that were assumed are then stated."""
    outcomes = active_outcomes(now.portfolio("outcomes"))
    given = outcomes["outcome_id"] == outcome_id
    name = now.name("outcomes", outcome_id)
    if not given.any():
        raise EditError(f"{name} is not active, so it has no weight")
    if len(outcomes) < 2:
        raise EditError(f"{name} is the only active outcome: its weight is the whole")
    stated, fractions = _percents(outcomes)
    total = max(stated.sum(), 100.0) if stated.isna().any() or not stated.sum() else stated.sum()
    wanted = number(weight)
    if fractions and wanted <= 1 and "%" not in weight:
        wanted *= 100
    if not 0 <= wanted < total:  # not a number either
        raise EditError(f"expected a weight from 0 to below {total:g}, found {weight!r}")
    others = outcomes[~given]
    if not others["weight"].sum() > 0:
        raise EditError(f"no outcome but {name} weighs anything, so the others have no proportions "
                        "to keep; give one of them a weight first")
    shares = others["weight"] / others["weight"].sum()
    weights = dict(zip(others["outcome_id"], shares * (total - wanted), strict=True))
    return [now.set("outcomes", now.row("outcomes", outcome_id=key),
                    weight=plain(now, "outcomes",
                                 f"{value / 100 if fractions else value:.12g}"))
            for key, value in {outcome_id: wanted, **weights}.items()]


def _percents(outcomes: pd.DataFrame) -> tuple[pd.Series, bool]:
    """The stated weights in percent, and whether they were written as fractions of 1."""
    given, plain = outcomes["weight_given"], ~outcomes["weight_percent"]
    below = bool(given[plain].max() <= 1)
    return given.mask(plain, given * 100) if below else given, below and bool(
        (plain | given.isna()).all())


def add_outcome(now: Now, outcome_id: str, name: str, **cells: str) -> list[Edit]:
    """Add an outcome, with any of the columns of outcomes."""
    if not name:
        raise EditError("an outcome needs a name")
    check_typed(now, "outcomes", cells)
    if len(now.where("outcomes", outcome_id=outcome_id)):
        raise EditError(f"there is an outcome {outcome_id!r} already")
    return [now.add("outcomes", outcome_id=outcome_id, name=name, **cells)]


def retire_outcome(now: Now, outcome_id: str) -> list[Edit]:
    """Retire an outcome: it is no longer among those that products should support."""
    now.in_use("outcomes", outcome_id, "already")
    return [now.set("outcomes", now.row("outcomes", outcome_id=outcome_id), status="retired")]


def link(now: Now, product_id: str, outcome_id: str, strength: str = "supporting",
         share_pct: str = "", rationale: str = "") -> list[Edit]:
    """Link a product to an outcome, or change how strong its link is. Where nobody states that of
    any other link, it is not stated of this one either: a first strength would make those of all
    others unknown."""
    has = now.where("contributions", product_id=product_id, outcome_id=outcome_id)
    product, outcome = now.in_use("products", product_id), now.in_use("outcomes", outcome_id)
    check_typed(now, "contributions", {"strength": strength, "share_pct": share_pct})
    portfolio = now.portfolio("contributions")
    stated = (portfolio.tracked("contributions", "strength")
              or len(portfolio["contributions"]) == len(has))
    if has.empty:
        return [now.add("contributions", product_id=product_id, outcome_id=outcome_id,
                        strength=strength if stated else "", share_pct=share_pct,
                        rationale=rationale)]
    if strength and not stated and not (share_pct or rationale):
        raise EditError("how much a link contributes is not said of any other; said of one, it "
                        "would be unknown of all others")
    given = {"strength": strength if stated else "", "share_pct": share_pct,
             "rationale": rationale}
    changed = {column: text for column, text in given.items()
               if text and text != now.text("contributions", has.iloc[0], column)}
    if not changed:
        raise EditError(f"{product} is linked to {outcome} already")
    return [now.set("contributions", has.iloc[0], **changed)]


def confirm(now: Now, product_id: str, outcome_id: str, confirmed_by: str,
            confirmed_on: str = "") -> list[Edit]:
    """Confirm that a product supports an outcome."""
    return _answered(now, product_id, outcome_id, "confirmed", confirmed_by, confirmed_on)


def decline(now: Now, product_id: str, outcome_id: str, declined_by: str) -> list[Edit]:
    """Decline that a product supports an outcome: the link stays stated and is not confirmed."""
    return _answered(now, product_id, outcome_id, "declined", declined_by)


def _answered(now: Now, product_id: str, outcome_id: str, answer: answers.Answer, by: str,
              on: str = "") -> list[Edit]:
    if not by:
        raise EditError(f"who has {answer} the link is not said")
    _linked(now, product_id, outcome_id)
    return [answers.made_of(now, answers.on_link(product_id, outcome_id, answer, by,
                                                 first_day(now, on)))]


def withdraw(now: Now, product_id: str, outcome_id: str) -> list[Edit]:
    """Withdraw the link of a product to an outcome."""
    return [now.end("contributions", _linked(now, product_id, outcome_id))]


def _linked(now: Now, product_id: str, outcome_id: str) -> pd.Series:
    has = now.where("contributions", product_id=product_id, outcome_id=outcome_id)
    if has.empty:
        raise EditError(f"{now.name('products', product_id)} has no stated link to "
                        f"{now.name('outcomes', outcome_id)}")
    return has.iloc[0]
