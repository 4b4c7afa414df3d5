"""What somebody may see and change: their roles, and what in the data is theirs.

Everything is measured on the whole portfolio for everybody; rights say what of it is shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from hashlib import sha256

import pandas as pd

from orgdata.access.identity import (
    Identity,
    Refused,
    in_one_spelling,
    is_address,
    with_address,
)
from orgdata.gaps import reminders
from orgdata.model.access import Access, Role, RoleRule
from orgdata.model.portfolio import Portfolio
from orgdata.model.words import normalise_word

_EVERYBODYS = frozenset({"overview", "outcomes", "method"})
_PMS = _EVERYBODYS | {"products", "my_product", "focus", "partners", "gaps"}
_WHOLE = _PMS | {"weekly_review", "history", "new_bets", "what_if"}
PAGES: Mapping[Role, frozenset[str]] = {
    "viewer": _EVERYBODYS,
    "partner": _EVERYBODYS | {"partners", "gaps"},
    "pm": _PMS, "leadership": _WHOLE, "head": _WHOLE | {"data"}}
_OF_THEIRS = frozenset({"partners"})  # documents that hold only what is shown to who has them
_ALL_DOCUMENTS = frozenset({"deck", "weekly", "workbook", "brief", "offsite"}) | _OF_THEIRS
DOCUMENTS: Mapping[Role, frozenset[str]] = {  # a product manager's brief is of their own products
    "viewer": frozenset(), "partner": _OF_THEIRS, "pm": _OF_THEIRS | {"brief"},
    "leadership": _ALL_DOCUMENTS, "head": _ALL_DOCUMENTS}
SENSITIVE = frozenset({"OWN04", "OWN05", "OWN07", "PRG05"})  # findings that speak of a person
OWN_ROLES = ("accountable", "deputy")  # of assignments


def is_sensitive(key: str) -> bool:
    """Whether the key of a gap, or of a reminder of one, is of a finding about a person."""
    return reminders.about(key).partition(":")[0] in SENSITIVE


@dataclass(frozen=True)
class Theirs:
    """What in the data is somebody's: ids of themselves, their products and their outcomes."""

    persons: frozenset[str] = frozenset()
    products: frozenset[str] = frozenset()
    outcomes: frozenset[str] = frozenset()
    ended: frozenset[str] = frozenset()  # products that are theirs for some days more only


NOTHING = Theirs()


@dataclass(frozen=True)
class Rights:
    """The roles of somebody and what is theirs; `functions` are those a partner speaks for."""

    roles: frozenset[Role]
    theirs: Theirs = NOTHING
    functions: frozenset[str] = frozenset()

    @property
    def all(self) -> bool:
        """Whether everything is shown and may be changed."""
        return "head" in self.roles

    @property
    def whole(self) -> bool:
        """Whether every product is shown in full, but for what speaks of a person."""
        return self.all or "leadership" in self.roles

    @cached_property
    def key(self) -> str:
        """A text that is the same only for those to whom the same is shown, to cache by."""
        if self.all:
            return ""
        theirs = [sorted(ids) for ids in (
            self.theirs.persons, self.theirs.products, self.theirs.outcomes, self.theirs.ended,
            self.functions)]
        return sha256(repr((self.whole, self.sees_who_lacks, theirs)).encode(
            "utf-8", "replace")).hexdigest()

    @property
    def common(self) -> "Rights":
        """The rights of those with these roles to whom nothing is theirs."""
        return Rights(self.roles)

    def speaks_for(self, partners: pd.Series) -> pd.Series:
        """Which of these functions, in any spelling, somebody speaks for."""
        theirs = {normalise_word(one) for one in self.functions}
        return partners.map(normalise_word, na_action="ignore").isin(theirs)

    def may_open(self, page: str) -> bool:
        """Whether a page, named like its file, is theirs to open."""
        return any(page in PAGES[role] for role in self.roles)

    def may_export(self, document: str, product_id: str | None = None) -> bool:
        """Whether a document is theirs to have; one of a product only where it is shown in full."""
        return any(document in DOCUMENTS[role] for role in self.roles) and (
            self.whole or document in _OF_THEIRS
            or (product_id is not None and self.sees_product(product_id)))

    def sees_product(self, product_id: str) -> bool:
        """Whether a product is shown in full: goals, check-ins, gaps."""
        return self.whole or product_id in self.theirs.products

    @property
    def sees_who_lacks(self) -> bool:
        """Whether it is told which products lack a product manager."""
        return bool(self.roles - {"viewer", "partner"})

    @property
    def may_propose(self) -> bool:
        """Whether they may propose changes of whatever is not theirs; others propose what settles
        the gaps that they see."""
        return self.whole or "pm" in self.roles

    @property
    def may_upload(self) -> bool:
        """Whether they may bring files, save them for everybody, and delete what was saved."""
        return self.all

    @property
    def may_decide(self) -> bool:
        """Whether decisions are theirs to record, and states of every gap they see to set."""
        return self.whole


OPEN = Rights(frozenset({"head"}))  # of everybody where nobody has to say who they are
NOBODY = Rights(frozenset())


def rights_of(identity: Identity, access: Access, theirs: Theirs) -> Rights:
    """The rights of somebody who signed in: the union of the roles that rules give, else the
    default one. Raises Refused where there is none."""
    given = [rule for rule in access.roles if _matched(rule, identity, access) or (
        not rule.claim and theirs.products)]
    roles = {rule.role for rule in given} or ({access.default} if access.default else set())
    if not roles:
        raise Refused("You have no role here. Ask who runs the dashboard.")
    if not roles & {"pm", "leadership", "head"}:  # then an assignment gives them nothing
        theirs = Theirs(theirs.persons, frozenset(), theirs.outcomes)
    return Rights(frozenset(roles), theirs, frozenset(
        value.casefold() for rule in given if rule.role == "partner"
        for value in _matched(rule, identity, access)))


def _matched(rule: RoleRule, identity: Identity, access: Access) -> frozenset[str]:
    """The values of a rule that are said of somebody; addresses in any spelling."""
    said = {value for name, value in identity.said if name == rule.claim}
    if is_address(rule.claim, access.header):
        return frozenset(one for one in rule.any if in_one_spelling(one) in said)
    return rule.any & said


def theirs_of(address: str, portfolio: Portfolio, day: date, grace_days: int) -> Theirs:
    """What is of the one person with an address: the products of which they are product manager or
    deputy on a day, or were until so many days before, and the outcomes they own. Nothing where
    several people have the address: then nobody knows whose it is."""
    same = with_address(address, portfolio["people"])
    if len(same) != 1:
        return NOTHING
    return theirs_of_person(str(same["person_id"].iloc[0]), portfolio, day, grace_days)


def rights_of_token(role: Role, theirs: Theirs, function: str | None) -> Rights:
    """The rights of a token's bearer: those of its role, with what is of the person it is for, or
    of one function. Raises Refused where that person is product manager of nothing (any more)."""
    if role == "pm" and not theirs.products:
        raise Refused("The person of this token is product manager of nothing here.")
    return Rights(frozenset({role}), theirs,
                  frozenset({function.strip().casefold()} if function else ()))


def theirs_of_person(person: str, portfolio: Portfolio, day: date, grace_days: int) -> Theirs:
    """The same of a person by their id."""
    rows = portfolio["assignments"]
    rows = rows[(rows["person_id"] == person) & rows["role"].isin(OWN_ROLES)]
    for column in ("start_date", "end_date"):  # an unreadable date is not an open one
        rows = rows[~portfolio.is_lost_cell("assignments", column, rows["row"])]
    today, until = pd.Timestamp(day), pd.Timestamp(day - timedelta(days=grace_days))
    rows = rows[(rows["start_date"].isna() | (rows["start_date"] <= today))
                & (rows["end_date"].isna() | (rows["end_date"] >= until))]
    products = frozenset(rows["product_id"].astype(str))
    current = rows["end_date"].isna() | (rows["end_date"] >= today)
    outcomes = portfolio["outcomes"]
    return Theirs(frozenset({person}), products,
                  frozenset(outcomes.loc[outcomes["owner_id"] == person, "outcome_id"]),
                  products - frozenset(rows.loc[current, "product_id"].astype(str)))
