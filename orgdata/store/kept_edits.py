"""The part of a store that keeps edits: corrections, which count, and proposals and scenarios,
which may."""

from collections.abc import Sequence
from datetime import date, datetime

from orgdata.edits import Edit
from orgdata.edits.places import RowOf, as_written
from orgdata.edits.scenario import Scenario
from orgdata.store import corrections, proposals, reviews, scenarios
from orgdata.store.connected import Connected
from orgdata.store.corrections import Correction
from orgdata.store.entries import Decision
from orgdata.store.given_ids import given_here
from orgdata.store.opening import reading, writing
from orgdata.store.proposals import Proposal
from orgdata.store.scenarios import KeptScenario


class KeptEdits(Connected):
    """Corrections, proposals and scenarios of sources."""

    def correct(self, made: Sequence[Correction], seen: int | None = None, undone: int = 0,
                row_of: RowOf = as_written) -> list[Correction]:
        """Keep corrections that were made at once: all, or none. With `seen` and `undone`, the last
        one and the last undo that a form was filled with, raises CorrectedMeanwhile where somebody
        corrected the same since, or undid what is answered. `row_of` tells rows apart."""
        with writing(self._engine) as connection:
            return corrections.add(connection, made, seen, undone, row_of)

    def undo(self, correction_id: int, by: str, at: datetime, reason: str | None = None,
             row_of: RowOf = as_written) -> None:
        """Undo a correction with all that were made as one thing with it; they stay in the list.
        Raises EntryError where a later one builds on one of them, or answers what they say."""
        with writing(self._engine) as connection:
            corrections.undo(connection, correction_id, by, at, reason, row_of)

    def corrections(self, source: str) -> list[Correction]:
        """The corrections of a source that count, oldest first."""
        return corrections.standing(self.standing_log(source))

    def edits(self, source: str, day: date | None = None) -> tuple[Edit, ...]:
        """What the corrections of a source that count, or that count on a day, change, in their
        order."""
        return tuple(one.edit for one in corrections.standing(self.standing_log(source), day))

    def correction_log(self, source: str) -> list[Correction]:
        """All corrections of a source, oldest first, also those that were undone."""
        with reading(self._engine) as connection:
            return corrections.log(connection, source)

    def standing_log(self, source: str) -> list[Correction]:
        """The same of those that count, and of the last one that was made and the last undone."""
        with reading(self._engine) as connection:
            return corrections.log_of_standing(connection, source)

    def given_ids(self, source: str) -> frozenset[str]:
        """The ids that what was added to a source here ever had: none is given twice."""
        with reading(self._engine) as connection:
            return given_here(connection, source)

    def adopt(self, made: Sequence[Correction], seen: int, decision: Decision, undone: int = 0,
              row_of: RowOf = as_written) -> Decision:
        """Keep the corrections that a scenario comes to together with the decision to adopt it, or
        neither. Raises CorrectedMeanwhile as `correct` does."""
        with writing(self._engine) as connection:
            corrections.add(connection, made, seen, undone, row_of)
            return reviews.decide(connection, decision, again=True)

    def propose(self, proposal: Proposal) -> Proposal:
        """Keep a proposal, which counts in no figure. Raises EntryError for what it lacks, or where
        it waits already."""
        with writing(self._engine) as connection:
            return proposals.add(connection, proposal)

    def accept(self, proposal_id: int, by: str, at: datetime, on: date,
               row_of: RowOf = as_written) -> list[Correction]:
        """Make a proposal a correction of who accepts it; answers in it count from a day. Raises
        EntryError where it was answered, and CorrectedMeanwhile as `correct` does."""
        with writing(self._engine) as connection:
            return proposals.accept(connection, proposal_id, by, at, on, row_of)

    def decline(self, proposal_id: int, by: str, at: datetime, reason: str) -> None:
        """Decline a proposal for a reason. Raises EntryError without one, or where it was answered
        before."""
        with writing(self._engine) as connection:
            proposals.decline(connection, proposal_id, by, at, reason)

    def withdraw_proposal(self, proposal_id: int, address: str, by: str, at: datetime) -> None:
        """Take a proposal back, by the address of who made it. Raises EntryError where it is
        somebody else's, or was answered before."""
        with writing(self._engine) as connection:
            proposals.withdraw(connection, proposal_id, address, by, at)

    def proposals(self, source: str) -> list[Proposal]:
        """The proposals of a source with what became of them, oldest first."""
        with reading(self._engine) as connection:
            return proposals.of(connection, source)

    def proposals_shown_to(self, source: str, address: str) -> list[Proposal]:
        """The proposals of a source that wait, and the last of an address with what became of them,
        oldest first."""
        with reading(self._engine) as connection:
            return proposals.shown_to(connection, source, address)

    def add_scenario(self, source: str, scenario: Scenario, by: str, at: datetime) -> KeptScenario:
        """Keep a new scenario of a source under a token that nobody can guess."""
        with writing(self._engine) as connection:
            return scenarios.add(connection, source, scenario, by, at)

    def change_scenario(self, seen: KeptScenario, scenario: Scenario | None, by: str,
                        at: datetime) -> KeptScenario | None:
        """Replace a scenario as it was seen, or delete it. Raises EntryError where somebody else
        changed it since."""
        with writing(self._engine) as connection:
            return scenarios.change(connection, seen, scenario, by, at)

    def scenario(self, source: str, token: str) -> KeptScenario | None:
        """The scenario of a token as it is now; None where there is none (any more)."""
        with reading(self._engine) as connection:
            return next(iter(scenarios.of(connection, source, token)), None)

    def scenarios(self, source: str) -> list[KeptScenario]:
        """The scenarios of a source as they are now, oldest change first."""
        with reading(self._engine) as connection:
            return scenarios.of(connection, source)
