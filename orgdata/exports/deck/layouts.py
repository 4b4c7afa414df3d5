"""Which layouts of a template the slides are made from, and where on them content goes.

Everything is placed as if slides were 540 points high, whatever their real size.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pptx.presentation import Presentation
from pptx.slide import SlideLayout
from pptx.util import Pt

TALL = 540.0  # points
LEAST_WIDE, LEAST_TALL = 400.0, 220.0  # of the room that content needs
_KICKER = 20.0  # points that a short name above the content takes where it has no place of its own
_FOOT = 30.0  # points kept free at the foot of a slide where a layout has no footer
_TITLES = ("title", "ctrTitle")
_AT_THE_FOOT = ("ftr", "sldNum", "dt")


@dataclass(frozen=True)
class Box:
    """A place on a slide, in points."""

    x: float
    y: float
    w: float
    h: float

    @property
    def foot(self) -> float:
        """Where it ends."""
        return self.y + self.h

    def without_foot(self, points: float) -> "Box":
        """The same, so much less tall."""
        return replace(self, h=self.h - points)

    def at_foot(self, points: float) -> "Box":
        """The lowest so many points of it."""
        return Box(self.x, self.foot - points, self.w, points)


@dataclass(frozen=True)
class Opening:
    """The layout of the first slide. Its subtitle is a placeholder's number; `origin` is where the
    table goes that says what a deck is made of. Both may be missing."""

    layout: SlideLayout
    title: Box
    subtitle: int | None
    subtitle_box: Box
    origin: Box | None


@dataclass(frozen=True)
class Page:
    """The layout of all other slides: where the title and the content go; the kicker, a short name
    for the slide, is a placeholder's number where there is one for it."""

    layout: SlideLayout
    title: Box
    area: Box
    kicker: int | None
    kicker_box: Box


def unit_of(deck: Presentation) -> float:
    """How large one of our points is on slides of this size."""
    return float((deck.slide_height or Pt(TALL)) / Pt(TALL))


def holders(place: Any) -> list[Any]:
    """The placeholders of a layout or a master."""
    return list(place.placeholders)


def kind(holder: Any) -> str:
    """What a placeholder is for, as in title, body, ftr; obj is for anything."""
    return str(holder.element.ph.get("type", "obj"))


def find_opening(deck: Presentation) -> Opening | None:
    """The layout named Opening or Title Slide, or of that type; else the first with a title."""
    unit = unit_of(deck)
    for layout in _in_order(deck, ("Opening", "Title Slide"), ("title",)):
        if not (title := _text_box(_first(layout, _TITLES), unit)):
            continue
        below = _first(layout, ("subTitle",)) or _first(layout, ("body",))
        place, origin = _text_box(below, unit), _box(_named(layout, "Origin"), unit)
        return Opening(layout, title, below.placeholder_format.idx if place else None,
                       place or title, origin)
    return None


def find_page(deck: Presentation) -> Page | None:
    """The layout named Page, Title Only or Title and Content, or of those types; else the first
    with a title and enough room below it."""
    unit = unit_of(deck)
    wide = float((deck.slide_width or 0) / Pt(1)) / unit
    for layout in _in_order(deck, ("Page", "Title Only", "Title and Content"),
                            ("titleOnly", "obj")):
        title = _text_box(_first(layout, _TITLES), unit)
        if not title:
            continue
        area = _area(layout, title, unit)
        kicker, place = _named(layout, "Kicker"), _text_box(_named(layout, "Kicker"), unit)
        if not place:
            place = Box(area.x, area.y, area.w, _KICKER - 5)
            area = Box(area.x, area.y + _KICKER, area.w, area.h - _KICKER)
            kicker = None
        if (area.w >= LEAST_WIDE and area.h >= LEAST_TALL and area.x >= 0
                and area.x + area.w <= wide + 0.01 and area.foot <= TALL):
            return Page(layout, title, area, kicker and kicker.placeholder_format.idx, place)
    return None


def _area(layout: SlideLayout, title: Box, unit: float) -> Box:
    """The placeholder for content, else what is below the title and above the footer."""
    boxes = [box for one in holders(layout) if kind(one) == "obj"
             and (box := _box(one, unit)) and box.w >= 0.8 * title.w]
    feet = [box.y for place in (layout, layout.slide_master) for one in holders(place)
            if kind(one) in _AT_THE_FOOT and (box := _box(one, unit)) and box.y > TALL / 2]
    foot = min([*feet, TALL if _first(layout, ("ftr",)) else TALL - _FOOT]) - 6
    top = title.foot + 10
    area = max(boxes, key=lambda box: box.w * box.h) if boxes else Box(
        title.x, top, title.w, foot - top)
    return Box(area.x, area.y, area.w, min(area.h, foot - area.y))


def _in_order(deck: Presentation, names: Sequence[str],
              kinds: Sequence[str]) -> Iterable[SlideLayout]:
    """Layouts by name, then by type, then all."""
    every = [layout for master in deck.slide_masters for layout in master.slide_layouts]
    for name in names:
        yield from (one for one in every if one.name.strip().casefold() == name.casefold())
    for one_kind in kinds:
        yield from (one for one in every if one.element.get("type") == one_kind)
    yield from every


def _first(layout: SlideLayout, kinds: Sequence[str]) -> Any:
    return next((one for one in holders(layout) if kind(one) in kinds), None)


def _named(layout: SlideLayout, name: str) -> Any:
    return next((one for one in holders(layout)
                 if one.name.strip().casefold() == name.casefold()), None)


def _box(holder: Any, unit: float) -> Box | None:
    """Where a placeholder stands; None where neither it nor the master says so."""
    if holder is None or None in (sides := (holder.left, holder.top, holder.width, holder.height)):
        return None
    return Box(*(side.pt / unit for side in sides))


def footer_box(layout: SlideLayout) -> Box | None:
    """Where a layout has its footer, in real points."""
    return _box(_first(layout, ("ftr",)), 1.0)


def _text_box(holder: Any, unit: float) -> Box | None:
    """The same without its margins: where its text can stand."""
    if not (box := _box(holder, unit)):
        return None
    frame = holder.text_frame
    left, right, top, bottom = (side.pt / unit for side in (
        frame.margin_left, frame.margin_right, frame.margin_top, frame.margin_bottom))
    return Box(box.x + left, box.y + top, box.w - left - right, box.h - top - bottom)
