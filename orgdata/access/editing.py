"""What somebody may change: a product manager their own products, the owner of an outcome its
links, a partner what their function is asked, a head everything."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import pandas as pd

from orgdata.access.rights import Rights
from orgdata.edits import Edit
from orgdata.edits.answers import ANSWERS, NEVER
from orgdata.edits.places import ids_meant
from orgdata.model.portfolio import Portfolio
from orgdata.model.schema import TABLES
from orgdata.model.words import normalise_word

_BELONG = {"objectives": "objective_id", "key_results": "kr_id", "expectations": "expectation_id",
           "dependencies": "dependency_id", "roadblocks": "roadblock_id",
           "ideas": "idea_id"}  # tables → their id
_OF_PRODUCTS = {"products", "assignments", "contributions", "check_ins", "objective_products",
                "objective_outcomes", *_BELONG}
_STATED = frozenset({  # of a product: what its manager says of it. All else of it is decided above
    "role_statement", "role_confirmed_by", "role_confirmed_on", "segments", "jobs", "description",
    "lifecycle_stage"})
_BESIDE_THEM = ("deputy", "contributor")  # roles of assignments that a product manager gives
_Ids = Mapping[str, str]  # column → id


def may_save(rights: Rights, edits: Sequence[Edit], portfolio: Portfolio) -> bool:
    """Whether all of these edits are theirs to make. What cannot be told to be theirs is not."""
    if rights.all:
        return True
    meant = ids_meant(portfolio)
    edits = [replace(edit, key=_with_ids(edit.table, edit.key, meant),
                     values=_with_ids(edit.table, edit.values, meant)) for edit in edits]
    if _end_all_answers(edits, portfolio):
        return False
    added = {edit.key.get("objective_id", ""): edit.values.get("product_id", "") for edit in edits
             if (edit.table, edit.operation) == ("objectives", "add")}
    return bool(edits) and all(_is_theirs(rights, edit, portfolio, added) for edit in edits)


def _with_ids(table: str, cells: _Ids, meant: Callable[[str | None, str], str]) -> dict[str, str]:
    """The cells of an edit by ids, however the source writes what they name: who may change what is
    told by ids."""
    fields = TABLES[table].by_name if table in TABLES else {}
    return {column: meant(fields[column].references, text.strip())
            if column in fields and fields[column].references else text
            for column, text in cells.items()}


def may_change(rights: Rights, objects: _Ids, portfolio: Portfolio) -> bool:
    """Whether something is theirs to change: a product, a link, or what belongs to a product."""
    return rights.all or _all_theirs(rights, objects, portfolio, {}) or _is_asked(
        rights, objects, portfolio)


def may_reword(rights: Rights, objects: _Ids, portfolio: Portfolio) -> bool:
    """Whether something is theirs beyond an answer: who is only asked something does not change
    what it is, or by when."""
    return rights.all or _all_theirs(rights, objects, portfolio, {})


def may_say(rights: Rights, objects: _Ids, portfolio: Portfolio) -> bool:
    """Whether it is theirs to say what becomes of a gap that is about these: decisions are theirs,
    or its product is. Who is only asked something answers that, and nothing else."""
    return rights.may_decide or _all_theirs(rights, objects, portfolio, {})


def may_confirm(rights: Rights, outcome_id: str) -> bool:
    """Whether the links to an outcome are theirs to confirm or decline."""
    return rights.all or outcome_id in rights.theirs.outcomes


def belongings(portfolio: Portfolio) -> Iterator[pd.DataFrame]:
    """What a portfolio says of what belongs to which product, and of whom is asked what."""
    for table in (*_BELONG, "objective_products"):
        rows = portfolio[table]
        yield rows[[column for column in ("product_id", "partner", *_BELONG.values())
                    if column in rows]]


def _is_theirs(rights: Rights, edit: Edit, portfolio: Portfolio, added: _Ids) -> bool:
    if edit.table not in _OF_PRODUCTS:
        return False
    if _is_decided_above(edit, portfolio) or _is_of_their_own_role(rights, edit) or (
            _is_of_a_role_that_ended(rights, edit)):
        return False
    if edit.table == "contributions" and (
            edit.answer or any(edit.values.get(column) for column in ANSWERS["contributions"])):
        return may_confirm(rights, edit.row.get("outcome_id", ""))
    if (edit.table, edit.operation) == ("contributions", "set") and "outcome_id" in edit.values:
        return False  # what its owner confirmed would go along to another outcome
    if edit.table == "contributions" and "strength" in edit.values and not may_confirm(
            rights, edit.row.get("outcome_id", "")) and _is_confirmed(edit, portfolio):
        return False  # its owner confirmed a link as strong as it was
    if edit.table == "expectations" and edit.operation == "set" and _is_asked(
            rights, edit.key, portfolio) and edit.values.keys() <= ANSWERS["expectations"]:
        return True
    if (above := edit.values.get("parent_objective_id")) and not _all_theirs(
            rights, {"objective_id": above}, portfolio, added):
        return False  # what their goals lead to is shown to them
    named = [edit.key, edit.values] if edit.operation == "set" else [edit.row]
    if edit.operation == "add":  # which has an id that nothing else has
        named = [{column: text for column, text in edit.row.items()
                  if column != _BELONG.get(edit.table)}]
    named = [ids for ids in named if _names_some(ids)]
    return bool(named) and all(_all_theirs(rights, ids, portfolio, added) for ids in named)


def _is_decided_above(edit: Edit, portfolio: Portfolio) -> bool:
    """Whether an edit of a product is not for its manager to make: that it is there, what it is a
    bet on, what it costs and earns, and who its product manager is."""
    if edit.table == "products":
        return edit.operation != "set" or not edit.values.keys() <= _STATED
    if edit.table != "assignments":
        return False
    given = edit.row.get("role") if edit.operation == "add" else edit.values.get("role")
    if given is not None and normalise_word(given) not in _BESIDE_THEM:
        return True
    if edit.operation == "add":
        return False
    rows = portfolio["assignments"]
    roles = rows["role"][(rows["product_id"] == edit.key.get("product_id"))
                         & (rows["person_id"] == edit.key.get("person_id"))]
    return not len(roles) or bool((roles == "accountable").any())


def _is_confirmed(edit: Edit, portfolio: Portfolio) -> bool:
    """Whether somebody confirmed the link that is set, on whatever day, and nobody declined it."""
    links = portfolio["contributions"]
    day = links["confirmed_on"][(links["product_id"] == edit.key.get("product_id"))
                                & (links["outcome_id"] == edit.key.get("outcome_id"))]
    return edit.operation == "set" and bool((day.notna() & (day < NEVER)).any())


def _end_all_answers(edits: Sequence[Edit], portfolio: Portfolio) -> bool:
    """Whether no link that is left has a day on which it was answered, as one of those had that are
    ended: all that are left would count as confirmed."""
    ended = {(edit.key.get("product_id"), edit.key.get("outcome_id")) for edit in edits
             if (edit.table, edit.operation) == ("contributions", "end")}
    if not ended:
        return False
    links = portfolio["contributions"]
    left = pd.Series([pair not in ended for pair in zip(
        links["product_id"], links["outcome_id"], strict=True)], links.index, dtype=bool)
    answered = links["confirmed_on"].notna()
    return bool(left.any() and answered.any() and not (left & answered).any())


def _is_of_their_own_role(rights: Rights, edit: Edit) -> bool:
    """Whether an edit gives its author a role, or another one: what is theirs for some days after
    their assignment ended would stay theirs. They may give one up."""
    return (edit.table == "assignments" and edit.operation != "end"
            and not rights.theirs.persons.isdisjoint(
                (edit.key.get("person_id", ""), edit.values.get("person_id", ""))))


def _is_of_a_role_that_ended(rights: Rights, edit: Edit) -> bool:
    """Whether an edit says who works on a product on which its author's own role is over: whom they
    name meanwhile could name them in turn."""
    return edit.table == "assignments" and not rights.theirs.ended.isdisjoint(
        (edit.key.get("product_id", ""), edit.values.get("product_id", "")))


def _names_some(ids: _Ids) -> bool:
    return any(ids.get(column) for column in ("product_id", *_BELONG.values()))


def _all_theirs(rights: Rights, ids: _Ids, portfolio: Portfolio, added: _Ids) -> bool:
    """Whether the product that is named is theirs, and so is one of those of each objective, key
    result or other thing that is named."""
    own, named = rights.theirs.products, ids.get("product_id")
    of_each = [{named}] if named else []
    for table, column in _BELONG.items():
        if given := ids.get(column):
            of_each.append({added[given]} if column == "objective_id" and given in added else
                           set(_products(table, column, given, portfolio)))
    return bool(of_each) and all(products & own for products in of_each)


def _products(table: str, column: str, given: str, portfolio: Portfolio) -> Iterable[str]:
    """The products that an objective, key result or other thing belongs to."""
    rows = portfolio[table]
    rows = rows[rows[column] == given]
    yield from rows["product_id"].dropna()
    if table == "objectives":
        further = portfolio["objective_products"]
        yield from further["product_id"][further["objective_id"] == given]
    if table == "key_results" and rows["product_id"].isna().all():
        for objective_id in rows["objective_id"]:
            yield from _products("objectives", "objective_id", objective_id, portfolio)
    if table == "roadblocks":
        for kr_id in rows["kr_id"].dropna():
            yield from _products("key_results", "kr_id", kr_id, portfolio)


def _is_asked(rights: Rights, ids: _Ids, portfolio: Portfolio) -> bool:
    """Whether it is an expectation of a function that they speak for."""
    rows = portfolio["expectations"]
    asked = rows["partner"][rows["expectation_id"] == ids.get("expectation_id")]
    return bool(rights.speaks_for(asked).any())
