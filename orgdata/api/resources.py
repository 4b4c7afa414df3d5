"""What other programs ask for over HTTP, by name: from here come the routes, the OpenAPI document
and the table in INTERFACES."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from orgdata.api import answers as read_model
from orgdata.api import kept, lists
from orgdata.api.reading import Reading
from orgdata.views.portfolio import source_name

FILTERS = {  # parameter → what it is
    "severity": "critical, high, medium or low", "code": "of a rule, as OUT01",
    "product": "the id of a product: its gaps and those of all that belongs to it",
    "outcome": "the id of an outcome",
    "since": "the number of a snapshot, or a day: the last one up to it; without it the last "
             "closed review"}


@dataclass(frozen=True)
class Resource:
    """A list, or one object: its path, the page that shows the same (who may open that may ask for
    it), the class of a row or of the object, and the function that answers."""

    path: str  # below /api/v1
    page: str
    kind: Any
    answer: Callable[..., Any]
    filters: tuple[str, ...] = ()
    is_list: bool = True

    @property
    def name(self) -> str:
        """A word for it: of one gap `gap`."""
        return "gap" if "{key}" in self.path else self.path.strip("/").replace("-", "_")

    @property
    def about(self) -> str:
        """What it is, in a sentence."""
        text = " ".join((self.answer.__doc__ or "").split())
        return text.partition(" Raises ")[0]


def _report(reading: Reading) -> read_model.Report:
    """The whole of `report --format json`."""
    told = read_model.report(reading.alignment, reading.gaps)
    return {**told, "source": source_name(told["source"])}


RESOURCES: tuple[Resource, ...] = (
    Resource("/headlines", "overview", lists.Figures, lists.figures, is_list=False),
    Resource("/outcomes", "outcomes", lists.NamedOutcome, lists.outcome_list),
    Resource("/products", "products", lists.NamedProduct, lists.product_list),
    Resource("/map", "overview", lists.NamedLink, lists.link_list),
    Resource("/key-results", "outcomes", lists.NamedKeyResult, lists.key_result_list),
    Resource("/gaps", "gaps", lists.ListedGap, lists.gap_list,
             ("severity", "code", "product", "outcome")),
    Resource("/gaps/{key}", "gaps", kept.ExplainedGap, kept.explained_gap, is_list=False),
    Resource("/patterns", "gaps", lists.PatternRow, lists.pattern_list),
    Resource("/changes", "weekly_review", kept.Change, kept.change_list, ("since",)),
    Resource("/decisions", "gaps", kept.DecisionRow, kept.decision_list),
    Resource("/snapshots", "weekly_review", kept.SnapshotRow, kept.snapshot_list),
    Resource("/scenarios", "what_if", kept.ScenarioRow, kept.scenario_list),
    Resource("/rules", "method", kept.RuleRow, kept.rule_list),
    Resource("/report", "data", read_model.Report, _report, is_list=False))
