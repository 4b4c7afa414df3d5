"""Decks in the looks of a template: our own, a company's, and what is none."""

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from pptx import Presentation
from pptx.util import Emu, Inches

from orgdata.exports.deck import deck
from orgdata.exports.deck.layouts import find_opening, find_page
from orgdata.exports.deck.make_template import template
from orgdata.exports.deck.template import DEFAULT_TEMPLATE, open_template
from orgdata.exports.edition import Edition
from orgdata.model.settings import SettingsError
from tests.exports.editions import demo
from tests.exports.office import converted, parts
from tests.exports.test_deck import assert_fits, cells, demo_deck, opened, titles
from tests.sources.workbooks import zipped

MASTER = "ppt/slideMasters/slideMaster1.xml"


def branded(path: Path | None, edition: Edition | None = None) -> Edition:
    """An edition whose settings name a template."""
    edition = edition or demo()
    alignment = edition.alignment
    portfolio = replace(alignment.portfolio,
                        settings=replace(alignment.portfolio.settings, template=path))
    return replace(edition, evaluation=replace(
        edition.evaluation, alignment=replace(alignment, portfolio=portfolio)))


def company(path: Path, size: tuple[float, float] = (10, 7.5), keep=lambda layout: True,
            change=lambda deck: None) -> Path:
    """A template as a company has one: the layouts of PowerPoint, and a sample slide. Its slides
    are so many inches wide and high."""
    made = Presentation()
    across, down = Inches(size[0]) / made.slide_width, Inches(size[1]) / made.slide_height
    for place in (*made.slide_layouts, made.slide_master):
        for one in place.placeholders:
            if one.element.spPr.xfrm is not None:
                one.left, one.top = Emu(int(one.left * across)), Emu(int(one.top * down))
                one.width, one.height = Emu(int(one.width * across)), Emu(int(one.height * down))
    made.slide_width, made.slide_height = Inches(size[0]), Inches(size[1])
    for layout in list(made.slide_layouts):
        if not keep(layout):
            made.slide_layouts.remove(layout)
    change(made)
    made.slides.add_slide(made.slide_layouts[0])
    made.save(path)
    return path


def test_our_own_is_what_its_maker_makes():
    """After a change of the maker: python -m orgdata.exports.deck.make_template"""
    assert DEFAULT_TEMPLATE.read_bytes() == template()
    parts(DEFAULT_TEMPLATE.read_bytes())
    assert len(opened(DEFAULT_TEMPLATE.read_bytes()).slides) == 0


def test_a_copy_of_our_own_makes_the_same_deck(tmp_path):
    (tmp_path / "our.pptx").write_bytes(DEFAULT_TEMPLATE.read_bytes())
    assert deck(branded(tmp_path / "our.pptx")) == demo_deck()


@pytest.mark.parametrize("size", [(10, 7.5), (13.333, 7.5), (10, 5.625), (11.69, 8.27)])
def test_the_layouts_that_any_template_has_are_enough(tmp_path, size):
    edition = branded(company(tmp_path / "our.pptx", size))
    content = deck(edition)
    assert_fits(content)
    made = opened(content)
    assert made.slide_width == Inches(size[0])
    said = titles(content)
    assert said == titles(demo_deck())
    assert [tuple(row) for row in cells(made.slides[-1])[1:]] == edition.origin()
    assert [slide.slide_layout.name for slide in made.slides] == [
        "Title Slide", *["Title Only"] * (len(said) - 1)]
    assert content == deck(edition)
    assert not [name for name in parts(content) if "printer" in name or "thumbnail" in name]


def test_its_colours_are_the_themes(tmp_path):
    """All but what stands on the colour of a state, which is the same in every theme."""
    slide = parts(deck(branded(company(tmp_path / "our.pptx"))))["ppt/slides/slide2.xml"].decode()
    assert 'schemeClr val="accent1"' in slide
    assert "srgbClr" not in slide


@pytest.mark.parametrize(("keep", "used"), [
    (lambda one: one.name in ("Title Slide", "Title and Content"), "Title and Content"),
    (lambda one: one.name == "Title Only", "Title Only")])
def test_what_is_missing_is_taken_from_what_is_there(tmp_path, keep, used):
    content = deck(branded(company(tmp_path / "our.pptx", keep=keep)))
    assert_fits(content)
    assert opened(content).slides[2].slide_layout.name == used
    assert not [one for slide in opened(content).slides for one in slide.placeholders
                if one.has_text_frame and not one.text_frame.text], "no empty place is left"


def _german(made):
    for number, layout in enumerate(made.slide_layouts):
        layout.name = f"Layout {number}"


def test_layouts_are_known_by_what_they_are_in_any_language(tmp_path):
    made = Presentation(str(company(tmp_path / "our.pptx", change=_german)))
    assert find_opening(made).layout.element.get("type") == "title"
    assert find_page(made).layout.element.get("type") == "titleOnly"


def _without_footers(made):
    for place in (made.slide_master, *made.slide_layouts):
        for one in list(place.placeholders):
            if one.element.ph.get("type") in ("ftr", "sldNum", "dt"):
                one.element.getparent().remove(one.element)


def test_without_a_footer_the_last_slide_still_says_what_it_is_made_of(tmp_path):
    content = deck(branded(company(tmp_path / "our.pptx", change=_without_footers)))
    assert_fits(content)
    assert [row[0] for row in cells(opened(content).slides[-1])[1:]][-1] == "Data fingerprint"


def _zip_of(name: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(name, "<x/>")
    return packed.getvalue()


HOSTILE = {
    "far more than it is": (lambda of: {**of, "ppt/media/a.png": bytes(30 << 20)}, "unpacks to 30 MB from"),
    "layouts of many shapes": (lambda of: {**of, MASTER: of[MASTER].replace(
        b"</p:spTree>", b"<p:sp><p:nvSpPr/></p:sp>" * 40_000 + b"</p:spTree>")}, "its layouts are made of 1"),
    "a master that is not there": (lambda of: {**of, "ppt/_rels/presentation.xml.rels": of[
        "ppt/_rels/presentation.xml.rels"].replace(b"slideMasters/", b"../../etc/")}, "is no PowerPoint presentation"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_template_that_would_cost_much_or_break_is_one_clear_line(tmp_path, kind):
    change, said = HOSTILE[kind]
    with zipfile.ZipFile(DEFAULT_TEMPLATE) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    (tmp_path / "our.pptx").write_bytes(zipped(change(files), compression=zipfile.ZIP_DEFLATED))
    with pytest.raises(SettingsError, match=said) as error:
        open_template(tmp_path / "our.pptx")
    assert len(str(error.value).splitlines()) == 1


@pytest.mark.parametrize("content", [b"", b"not a zip", _zip_of("a.txt"), _zip_of("[Content_Types].xml"),
                                     DEFAULT_TEMPLATE.read_bytes()[:5000]])
def test_what_is_no_presentation_is_one_clear_line(tmp_path, content):
    (tmp_path / "our.pptx").write_bytes(content)
    with pytest.raises(SettingsError, match=r"our\.pptx is no PowerPoint presentation") as error:
        deck(branded(tmp_path / "our.pptx"))
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("name", ["none.pptx", ".", "a\0b.pptx"])
def test_a_template_that_is_not_there_is_one_clear_line(tmp_path, name):
    with pytest.raises(SettingsError, match=r"documents\.template: .* (does not exist|is no PowerP)"):
        deck(branded(tmp_path / name))


def test_a_template_without_room_is_one_clear_line(tmp_path):
    path = company(tmp_path / "our.pptx", keep=lambda one: one.name == "Blank")
    with pytest.raises(SettingsError, match="has no layout with a title and room for content"):
        deck(branded(path))
    with pytest.raises(SettingsError, match="at least 400 × 220 points"):
        deck(branded(company(tmp_path / "portrait.pptx", (5, 10))))


def test_libreoffice_opens_a_branded_deck(tmp_path):
    content = deck(branded(company(tmp_path / "our.pptx")))
    assert converted(content, "deck.pptx", "pdf", tmp_path).startswith(b"%PDF")
