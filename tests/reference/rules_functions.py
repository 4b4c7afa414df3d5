"""METHOD section 6, the rules about work and about other functions."""

from collections.abc import Iterator
from datetime import timedelta

from tests.reference.gap import Because, Gap, because_lost, gap, if_else, rule
from tests.reference.links import Links
from tests.reference.loading import Row
from tests.reference.scope import TINY
from tests.reference.work import Work

WINDOW = 84


def _with_work(links: Links) -> int:
    work = Work(links.w, WINDOW)
    return sum(work.items(p["product_id"]) > 0 for p in links.w.managed)


@rule("product work", threshold=0.40, of=_with_work)
def foc01(links: Links, threshold: float) -> Iterator[Gap]:
    work = Work(links.w, WINDOW)
    for p in links.w.managed:
        shares = work.shares(p["product_id"])
        if (work.items(p["product_id"]) >= 20 and shares["unknown"] is not None
                and shares["unknown"] <= 0.5 + TINY and shares["outside"] >= threshold - TINY):
            yield gap("FOC01", p["product_id"], product_id=p["product_id"],
                      at_stake=links.stake[p["product_id"]],
                      severity=if_else(p["strategic_role"] == "invest", "medium", "low"))


@rule("work.asked_by", threshold=0.25)
def foc02(links: Links, threshold: float) -> Iterator[Gap]:
    work = Work(links.w, WINDOW)
    if work.items() >= 50 and any(
            part >= threshold - TINY for part in work.by_source().values()):
        yield gap("FOC02", "portfolio", severity="low")


def _of_active(links: Links) -> list[Row]:
    active = {p["product_id"] for p in links.w.products}
    return [x for x in links.w.rows["expectations"]
            if x["product_id"] in active or not links.w.tracked("products")]


def _expectation(code: str, x: Row, severity: str, because: Because = frozenset()) -> Gap:
    return gap(code, x["expectation_id"], severity=severity, product_id=x["product_id"],
               expectation_id=x["expectation_id"], because=because)


@rule("expectations", threshold=30, of=lambda links: len(_of_active(links)))
def xfn01(links: Links, threshold: float) -> Iterator[Gap]:
    soon = links.w.as_of + timedelta(threshold)
    for x in _of_active(links):
        if x["state"] not in ("accepted", "declined"):
            due = x["by_when"] is not None and x["by_when"] <= soon
            yield _expectation("XFN01", x, if_else(due, "medium", "low"),
                               because_lost("expectations", x, "state"))


@rule("expectations", threshold=180, of=lambda links: len(_of_active(links)))
def xfn02(links: Links, threshold: float) -> Iterator[Gap]:
    for x in _of_active(links):
        if x["state"] == "accepted" and x["answered_on"] is not None and (
                (links.w.as_of - x["answered_on"]).days > threshold):
            yield _expectation("XFN02", x, "low")
