"""Pages to print for somebody's own growth: to prepare the talk about a next role, and a form to
fill at home. They are made for who asks, of what they have on the screen, and no list of documents
has them: no command, program or assistant gets one."""

from collections.abc import Iterator, Sequence
from datetime import date

from orgdata import formats
from orgdata.exports.document.blocks import (
    Block,
    Heading,
    Item,
    Items,
    Page,
    Paragraph,
    Room,
    line,
    quiet,
    strong,
)
from orgdata.exports.document.html import html
from orgdata.private import AREAS, HEADINGS, NEED, NOW, Area
from orgdata.private.areas import MOST_AREAS
from orgdata.views.growth import QUESTIONS, words


def talk(next_role: str, areas: Sequence[Area], day: date) -> bytes:
    """The page for a talk about a next role, as HTML to print: what somebody works on, and six
    questions with room."""
    role = next_role.strip()
    return html(Page(f"A talk about the role {role}" if role else "A talk about a next role",
                     f"Prepared on {formats.day(day)}, by and for who has the talk", day, (),
                     (*_areas(areas), *_questions(QUESTIONS, 5),
                      Heading("What we agreed"), Room(4))))


def form(day: date) -> bytes:
    """An empty form to fill at home, as HTML: three areas, and the questions of the talk."""
    kinds = Items(tuple(Item(line(strong(name)), tuple(
        line(f"{kind.name}: {kind.question}") for kind in AREAS.values()
        if kind.heading == heading)) for heading, name in HEADINGS.items()))
    return html(Page("Where I want to grow", "Fill it in here and print it, or on paper: this file "
                     "is yours, and the dashboard keeps nothing of it", day, (), (
                         Paragraph(line("Choose three areas at most.")), kinds,
                         *(block for number in range(1, MOST_AREAS + 1)
                           for block in _empty(number)),
                         *_questions(QUESTIONS, 3))))


def _areas(areas: Sequence[Area]) -> Iterator[Block]:
    for area in areas:
        yield Heading(area.kind.name)
        yield Paragraph(line(words(area), quiet(area.kind.question)))
        if area.by:
            yield Paragraph(line(f"{area.action} (by {formats.day(area.by)})"))
        if area.practise:
            yield Paragraph(line("Where I can practise it:", area.practise))


def _questions(questions: Sequence[str], lines: int) -> Iterator[Block]:
    for question in questions:
        yield Heading(question)
        yield Room(lines)


def _empty(number: int) -> Iterator[Block]:
    yield Heading(f"Area {number}")
    yield Room(1)
    yield Paragraph(line(f"My product needs it: {' · '.join(NEED)}. I am: {' · '.join(NOW)}."))
    yield Paragraph(line("One action, and by when; what in my product would let me practise it:"))
    yield Room(3)
