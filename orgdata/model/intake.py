"""What was found in people's own spreadsheets: questions with our guess, columns, and what was left
out (FORMATS section 1)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from orgdata import formats

SPREADSHEET = "spreadsheet"  # what its export is called, for programs and for people
MOST_QUESTIONS = 10  # that are put at once: what else is open is decided by our guess, and said


@dataclass(frozen=True)
class Question:
    """What only a person can decide, in the words of their file, with our guess.

    The answer stands in the settings under `[answers]`, as `"key" = "one of the options"`.
    """

    key: str  # "goal: NRR"; made of their words, so that next week's file asks nothing
    text: str  # "NRR: which company goal?"
    options: Mapping[str, str]  # the answer in the settings → in words
    guess: str  # one of the options
    examples: tuple[str, ...] = ()  # values of the file
    touches: int = 1  # cells that the answer changes: what to ask first
    answered: bool = False  # by the settings
    given: str = ""  # the answer of the settings, if it is one of the options

    @property
    def taken(self) -> str:
        """The option that counts: the answer, else our guess."""
        return self.given or self.guess

    @property
    def line(self) -> str:
        """The line under [answers] in the settings that gives our guess as the answer."""
        return f"{_quoted(self.key)} = {_quoted(self.guess)}"


@dataclass(frozen=True)
class Column:
    """A column of somebody's sheet, and what it is taken for."""

    sheet: str  # where it stands, as people know it
    name: str
    examples: tuple[str, ...]
    meaning: str  # one of MEANINGS; "" is not read
    key: str  # of the answer that says otherwise
    withheld: str = ""  # why it is not read unless it is asked for: hidden, confidential


@dataclass(frozen=True)
class LeftOut:
    """Something that is not read, and why, in words."""

    place: str
    what: str
    reason: str
    records: int = 0


@dataclass(frozen=True)
class Found:
    """What a sheet holds, for people: "25 products"."""

    place: str
    what: str
    rows: int


@dataclass(frozen=True)
class Intake:
    """How somebody's own spreadsheets were read."""

    found: tuple[Found, ...] = ()
    questions: tuple[Question, ...] = ()  # most consequential first
    columns: tuple[Column, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    remarks: tuple[str, ...] = field(default=())  # what was decided without asking, in words
    decided: tuple[Question, ...] = ()  # what of it an answer changes

    @property
    def open_questions(self) -> tuple[Question, ...]:
        """Those that the settings do not answer."""
        return tuple(question for question in self.questions if not question.answered)


def _quoted(text: str) -> str:
    """A text as a string of TOML, which one of JSON is too; to a terminal it does nothing."""
    written = formats.escaped(json.dumps(text, ensure_ascii=False))
    return written.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


# What a column of somebody's sheet may be taken for, and how people call it. Which of our columns
# that is depends on what the sheet tells of: the owner of a goal, of a key result, of a product.
MEANINGS: Mapping[str, str] = {
    "product": "Product",
    "area": "Business area",
    "team": "Team",
    "product_manager": "Product manager",
    "deputy": "Deputy of the product manager",
    "stage": "Life cycle stage",
    "strategic_role": "Strategic bet (invest, maintain …)",
    "spend": "Money per year",
    "revenue": "Revenue per year",
    "fte": "People (FTE)",
    "bau_pct": "Part that keeps things running",
    "segments": "Customer segments",
    "jobs": "Jobs done for customers",
    "purpose": "What the product is for",
    "outcome": "Company goal",
    "objective": "Objective",
    "key_result": "Key result",
    "goal": "Goal",
    "title": "Name or title",
    "id": "Number or key of the row",
    "parent": "What it belongs to",
    "type": "Kind of row",
    "owner": "Owner",
    "tier": "Priority",
    "weight": "Weight",
    "metric": "What is measured",
    "unit": "Unit",
    "baseline": "Starting value",
    "target": "Target",
    "current": "Current value",
    "progress": "Progress in percent",
    "confidence": "Confidence",
    "status": "Status",
    "ambition": "Committed or aspirational",
    "kr_type": "Direction of the key result",
    "score": "Score",
    "start": "First day",
    "due": "Due date or last day",
    "period": "Period",
    "updated": "Day of the last update",
    "note": "Note",
    "description": "Description",
    "strength": "Strength of the link",
    "share_pct": "Share of the spend",
    "role": "Role of the person",
    "allocation_pct": "Share of working time",
    "person": "Person",
    "job_title": "Job title",
    "manager": "Manager of the person",
    "email": "E-mail address",
    "item": "Piece of work",
    "size": "Size of the work",
    "category": "Kind of work",
    "done_on": "Day it was done",
    "opened": "Day it was opened",
}
