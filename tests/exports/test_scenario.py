"""Every document of a scenario says so in colour above all else, with what the scenario changes."""

import io
import zipfile
from dataclasses import replace

import pytest

from orgdata.exports.edition import MOST_STEPS, Tried
from orgdata.exports.registry import DOCUMENTS
from orgdata.views.palette import BAND
from tests.exports.editions import hostile, tiny
from tests.exports.reading import HOSTILE, closed, read_html, read_markdown, read_pdf
from tests.exports.test_deck import cells, notes, opened
from tests.exports.test_workbook import sheets

SAYS = "Scenario “Returns” (2 changes): not what is, but what would be."
STEPS = ("Nadia becomes product manager of Returns.", "Japan weighs 5 %.")
COLOUR = BAND["ground"].removeprefix("#")


def edition(steps=STEPS):
    now = tiny(outcomes="O1", products="P1")
    return replace(now, source="tiny · scenario: Returns", tried=Tried("Returns", SAYS, steps, (
        ("Now", now.evaluation), ("Returns", now.evaluation))))


@pytest.mark.parametrize(("name", "suffix"), [(name, suffix) for name, document in DOCUMENTS.items()
                                              for suffix in document.makers])
def test_every_document_has_the_band_and_the_changes(name, suffix):
    made = DOCUMENTS[name].make(suffix, edition(), "P1")
    words = {".html": lambda: read_html(made), ".md": lambda: read_markdown(made),
             ".pdf": lambda: read_pdf(made)[1],
             ".pptx": lambda: " ".join(f"{cells(slide)} {notes(slide)}"
                                       for slide in opened(made).slides),
             ".xlsx": lambda: str(sheets(made))}[suffix]()
    for sentence in (SAYS, *STEPS):
        assert closed(sentence) in closed(words)


def test_the_band_is_on_every_slide_in_its_colour():
    slides = opened(DOCUMENTS["deck"].make(".pptx", edition())).slides
    for slide in slides:
        band, = (shape for shape in slide.shapes if shape.name == "Scenario")
        assert str(band.fill.fore_color.rgb) == COLOUR
        assert band.text_frame.text.startswith("Scenario “Returns”")
        assert all(shape.top >= band.top + band.height for shape in slide.shapes if shape is not band
                   and shape.name != "Scenario")
    assert not [shape for slide in opened(DOCUMENTS["deck"].make(".pptx", tiny())).slides
                for shape in slide.shapes if shape.name == "Scenario"]


def test_every_sheet_has_its_colour():
    with zipfile.ZipFile(io.BytesIO(DOCUMENTS["workbook"].make(".xlsx", edition()))) as parts:
        written = [parts.read(name).decode() for name in parts.namelist()
                   if name.startswith("xl/worksheets/sheet")]
        assert COLOUR in parts.read("xl/styles.xml").decode()
    assert len(written) > 5
    assert all(f'<tabColor rgb="FF{BAND["edge"][1:]}"/>' in sheet for sheet in written)


def test_of_many_changes_the_first_are_listed():
    steps = tuple(f"Change {number}." for number in range(MOST_STEPS + 3))
    assert edition(steps).band[-2:] == (f"Change {MOST_STEPS - 1}.", "And 3 changes more.")
    assert not tiny().band


def test_no_text_of_a_scenario_is_markup():
    evil = replace(hostile(), tried=Tried(HOSTILE[0], HOSTILE[0], HOSTILE[:MOST_STEPS], (
        ("Now", hostile().evaluation),)))
    for read, suffix in ((read_html, ".html"), (read_markdown, ".md")):
        said = read(DOCUMENTS["weekly"].make(suffix, evil))  # which refuses what is not ours
        assert closed(HOSTILE[4]) in closed(said)
