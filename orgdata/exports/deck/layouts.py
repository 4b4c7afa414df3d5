"""The layouts of a template from which slides are made, and where content goes on each.

All lengths are as if slides were 540 points high, whatever their real size.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pptx.presentation import Presentation
from pptx.slide import SlideLayout
from pptx.util import Pt

SLIDE_HEIGHT = 540.0  # points
LEAST_WIDTH, LEAST_HEIGHT = 400.0, 220.0  # of the area that content needs
_KICKER = 20.0  # points that the kicker takes above the content where a layout has none
_FOOT = 30.0  # points left free at the foot of a slide where a layout has no footer
_TITLE_TYPES = ("title", "ctrTitle")
_FOOTER_TYPES = ("ftr", "sldNum", "dt")


@dataclass(frozen=True)
class Box:
    """A rectangle on a slide, in points."""

    x: float
    y: float
    w: float
    h: float

    @property
    def foot(self) -> float:
        """Its lower edge."""
        return self.y + self.h

    def without_foot(self, points: float) -> "Box":
        """The box without its lowest points."""
        return replace(self, h=self.h - points)

    def at_foot(self, points: float) -> "Box":
        """The lowest points of the box."""
        return Box(self.x, self.foot - points, self.w, points)


@dataclass(frozen=True)
class Opening:
    """The layout of the first slide. `subtitle` is the number of a placeholder, if there is one."""

    layout: SlideLayout
    title: Box
    subtitle: int | None
    subtitle_box: Box


@dataclass(frozen=True)
class Page:
    """The layout of all other slides. `area` is where the content goes; `kicker` is the number of
    the placeholder for the short name above a title, if there is one."""

    layout: SlideLayout
    title: Box
    area: Box
    kicker: int | None
    kicker_box: Box


def scale_of(deck: Presentation) -> float:
    """The real height of a deck's slides as a multiple of SLIDE_HEIGHT."""
    return float((deck.slide_height or Pt(SLIDE_HEIGHT)) / Pt(SLIDE_HEIGHT))


def placeholders(parent: Any) -> list[Any]:
    """The placeholders of a layout or a master."""
    return list(parent.placeholders)


def type_of(placeholder: Any) -> str:
    """The type of a placeholder, such as title, body or ftr; obj is for anything."""
    return str(placeholder.element.ph.get("type", "obj"))


def find_opening(deck: Presentation) -> Opening | None:
    """The layout for the first slide: named Opening or Title Slide, else of that type, else any."""
    scale = scale_of(deck)
    for layout in _in_order(deck, ("Opening", "Title Slide"), ("title",)):
        if not (title := _text_box(_first(layout, _TITLE_TYPES), scale)):
            continue
        subtitle = _first(layout, ("subTitle",)) or _first(layout, ("body",))
        box = _text_box(subtitle, scale)
        return Opening(layout, title, subtitle.placeholder_format.idx if box else None,
                       box or title)
    return None


def find_page(deck: Presentation) -> Page | None:
    """The layout for all other slides: named Page, Title Only or Title and Content, else of those
    types, else any, with a title and enough room below it."""
    scale = scale_of(deck)
    slide_width = float((deck.slide_width or 0) / Pt(1)) / scale
    for layout in _in_order(deck, ("Page", "Title Only", "Title and Content"),
                            ("titleOnly", "obj")):
        title = _text_box(_first(layout, _TITLE_TYPES), scale)
        if not title:
            continue
        area = _area(layout, title, scale)
        kicker = _named(layout, "Kicker")
        kicker_box = _text_box(kicker, scale)
        if not kicker_box:
            kicker_box = Box(area.x, area.y, area.w, _KICKER - 5)
            area = Box(area.x, area.y + _KICKER, area.w, area.h - _KICKER)
            kicker = None
        if (area.w >= LEAST_WIDTH and area.h >= LEAST_HEIGHT and area.x >= 0
                and area.x + area.w <= slide_width + 0.01 and area.foot <= SLIDE_HEIGHT):
            return Page(layout, title, area, kicker and kicker.placeholder_format.idx, kicker_box)
    return None


def _area(layout: SlideLayout, title: Box, scale: float) -> Box:
    """The largest placeholder for content, else the area between the title and the footer."""
    boxes = [box for placeholder in placeholders(layout) if type_of(placeholder) == "obj"
             and (box := _box(placeholder, scale)) and box.w >= 0.8 * title.w]
    footers = [box.y for parent in (layout, layout.slide_master)
               for placeholder in placeholders(parent) if type_of(placeholder) in _FOOTER_TYPES
               and (box := _box(placeholder, scale)) and box.y > SLIDE_HEIGHT / 2]
    foot = min([*footers, SLIDE_HEIGHT if _first(layout, ("ftr",)) else SLIDE_HEIGHT - _FOOT]) - 6
    top = title.foot + 10
    area = max(boxes, key=lambda box: box.w * box.h) if boxes else Box(
        title.x, top, title.w, foot - top)
    return Box(area.x, area.y, area.w, min(area.h, foot - area.y))


def _in_order(deck: Presentation, names: Sequence[str],
              types: Sequence[str]) -> Iterable[SlideLayout]:
    """Layouts by name, then by type, then all."""
    layouts = [layout for master in deck.slide_masters for layout in master.slide_layouts]
    for name in names:
        yield from (layout for layout in layouts if _has_name(layout, name))
    for type_ in types:
        yield from (layout for layout in layouts if layout.element.get("type") == type_)
    yield from layouts


def _first(layout: SlideLayout, types: Sequence[str]) -> Any:
    return next((placeholder for placeholder in placeholders(layout)
                 if type_of(placeholder) in types), None)


def _named(layout: SlideLayout, name: str) -> Any:
    return next((placeholder for placeholder in placeholders(layout)
                 if _has_name(placeholder, name)), None)


def _has_name(element: Any, name: str) -> bool:
    return bool(element.name.strip().casefold() == name.casefold())


def _box(placeholder: Any, scale: float) -> Box | None:
    """The box of a placeholder; None where neither it nor the master has a size for it."""
    if placeholder is None or None in (sides := (
            placeholder.left, placeholder.top, placeholder.width, placeholder.height)):
        return None
    return Box(*(side.pt / scale for side in sides))


def footer_box(layout: SlideLayout) -> Box | None:
    """The box of a layout's footer, in real points."""
    return _box(_first(layout, ("ftr",)), 1.0)


def _text_box(placeholder: Any, scale: float) -> Box | None:
    """The box of a placeholder without its margins, where its text goes."""
    if not (box := _box(placeholder, scale)):
        return None
    frame = placeholder.text_frame
    left, right, top, bottom = (side.pt / scale for side in (
        frame.margin_left, frame.margin_right, frame.margin_top, frame.margin_bottom))
    return Box(box.x + left, box.y + top, box.w - left - right, box.h - top - bottom)
