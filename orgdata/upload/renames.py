"""Products that newer files call by another name: the same product manager, spend and goals."""

from collections import defaultdict
from dataclasses import dataclass, replace

from orgdata.model.portfolio import Portfolio
from orgdata.model.settings import Settings
from orgdata.tabular.select import iter_rows, plain_cells
from orgdata.upload.compare import names_of

_Marks = tuple[frozenset[str], object, frozenset[str]]


@dataclass(frozen=True)
class Renamed:
    """A product that was there under another name, as it seems."""

    id: str  # under which it is known
    name: str
    new_id: str  # that the newer files give it
    new_name: str


def renames(before: Portfolio, after: Portfolio) -> list[Renamed]:
    """Products that are no longer there, each with the one new product that has the same product
    managers, spend and company goals, where no other fits. Managers must be known, and spend or
    goals as well: two products of which nothing is known are not alike."""
    old_names, new_names = names_of(before, "products"), names_of(after, "products")
    gone = _by_marks(before, old_names.keys() - new_names.keys())
    come = _by_marks(after, new_names.keys() - old_names.keys())
    return [Renamed(old[0], old_names[old[0]], come[marks][0], new_names[come[marks][0]])
            for marks, old in gone.items() if len(old) == 1 and len(come.get(marks, ())) == 1]


def with_renames(settings: Settings, confirmed: list[Renamed]) -> Settings:
    """Settings that read each of these under the id it had before, beside those joined already."""
    pairs = {one.new_id: one.id for one in confirmed}
    if not pairs:
        return settings
    return replace(settings, same={**settings.same, "products": {
        **settings.same.get("products", {}), **pairs}})


def _by_marks(portfolio: Portfolio, ids: set[str]) -> dict[_Marks, list[str]]:
    """The products among `ids` by what they are told by, in the order of the portfolio."""
    managers, goals = _linked(portfolio, "assignments", "person_id"), _linked(
        portfolio, "contributions", "outcome_id")
    products = portfolio["products"]
    result: dict[_Marks, list[str]] = defaultdict(list)
    for id_, spend in zip(products["product_id"].tolist(), plain_cells(products["annual_spend"]),
                          strict=True):
        if id_ in ids and managers[id_] and (spend is not None or goals[id_]):
            result[frozenset(managers[id_]), spend, frozenset(goals[id_])].append(id_)
    return result


def _linked(portfolio: Portfolio, table: str, column: str) -> dict[str, set[str]]:
    linked: dict[str, set[str]] = defaultdict(set)
    rows = portfolio[table]
    for product, other in iter_rows(rows["product_id"], rows[column]):
        linked[product].add(other)
    return linked
