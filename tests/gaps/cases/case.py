"""What a case of a gap rule is: a tiny portfolio and the exact gaps it must give."""

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from orgdata.gaps import RULES, Gaps, find_gaps
from orgdata.measures import Alignment
from orgdata.measures.doubt import Because
from orgdata.model.history import History
from orgdata.model.settings import parse_settings
from tests.builders import aligned

Found = tuple[str, str, float | None]  # key, severity, money at stake


@dataclass(frozen=True)
class Case:
    """One portfolio for one rule. `kind` says what it shows: fires, silent, unknown (a null in
    what the rule compares), not_judged (no gap, but those of `because` with the rows to mend),
    not_evaluated (`found` is then the reason) or threshold."""

    code: str
    kind: str
    about: str
    found: list[Found] | str
    tables: dict[str, str]
    evidence: dict[str, dict[str, Any]] = field(default_factory=dict)  # by key
    settings: dict[str, Any] | None = None
    because: dict[str, Because] = field(default_factory=dict)  # by key, of what is not judged
    history: History | None = None  # what a store remembers; None where none is named

    @cached_property
    def gaps(self) -> Gaps:
        """What is found."""
        return self.judged(self.settings)

    def judged(self, settings: dict[str, Any] | None) -> Gaps:
        """What is found with other settings of the rules. Rules the case is not about are switched
        off: each is evaluated for itself, but for those about the gaps that all others find."""
        off = {code: {"enabled": False} for code in RULES if not self.code.startswith("GOV")}
        rules = parse_settings({"rules": off | {self.code: {}} | (settings or {}).get("rules", {})})
        portfolio = self.measured.portfolio
        return find_gaps(replace(self.measured, portfolio=replace(portfolio, settings=replace(
            portfolio.settings, rules=rules.rules))), self.history)

    @cached_property
    def measured(self) -> Alignment:
        """The portfolio measured, once: no measure depends on the rules."""
        return aligned({name: section for name, section in (self.settings or {}).items()
                        if name != "rules"}, **self.tables)

    def __str__(self) -> str:
        return f"{self.code}-{self.kind}-{self.about}".replace(" ", "_")


class Cases(list[Case]):
    """The cases of one rule, collected by what they show."""

    def __init__(self, code: str, **shared: str) -> None:
        super().__init__()
        self.code, self.shared = code, shared
        self.history: History | None = None

    def remembering(self, **what: Any) -> "Cases":
        """From here on the cases are judged with a store that remembers this."""
        self.history = History.of(**what)
        return self

    def fires(self, about: str, *found: Found, evidence: dict[str, dict[str, Any]] | None = None,
              **tables: str) -> None:
        """These gaps, in this order, and no other of this rule."""
        assert found, "a firing case names its gaps"
        self._add("fires", about, list(found), tables, evidence)

    def silent(self, about: str, **tables: str) -> None:
        """No gap of this rule, with every value known."""
        self._add("silent", about, [], tables)

    def unknown(self, about: str, *found: Found, **tables: str) -> None:
        """What a null in what the rule compares gives."""
        self._add("unknown", about, list(found), tables)

    def not_judged(self, about: str, because: dict[str, Because], *found: Found,
                   **tables: str) -> None:
        """Left open by lost rows: these keys, each with the rows to mend."""
        self._add("not_judged", about, list(found), tables)
        self[-1] = replace(self[-1], because=because)

    def not_evaluated(self, reason: str, **tables: str) -> None:
        """Listed as not evaluated for exactly this reason."""
        self._add("not_evaluated", reason, reason, tables)

    def threshold(self, value: float, about: str, *found: Found, **tables: str) -> None:
        """The gaps with another threshold in the settings."""
        self._add("threshold", f"{value:g}, {about}", list(found), tables, None,
                  {"rules": {self.code: {"threshold": value}}})

    def _add(self, kind: str, about: str, found: list[Found] | str, tables: dict[str, str],
             evidence: dict[str, dict[str, Any]] | None = None,
             settings: dict[str, Any] | None = None) -> None:
        together = {name: text for name, text in (self.shared | tables).items() if text}
        self.append(Case(self.code, kind, about, found, together, evidence or {}, settings,
                         history=self.history))
