"""The colours of the deck: those of its template's theme, so that a company's template gives it the
company's colours."""

from dataclasses import dataclass
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls

from orgdata.views.palette import OFFICE


@dataclass(frozen=True)
class Colour:
    """A colour of the theme, or a lighter shade of it: 0 is the colour itself, 1 white."""

    theme: MSO_THEME_COLOR
    lighter: float = 0.0


INK, QUIET = Colour(MSO_THEME_COLOR.TEXT_1), Colour(MSO_THEME_COLOR.TEXT_2)
ACCENT, PALE = Colour(MSO_THEME_COLOR.ACCENT_1), Colour(MSO_THEME_COLOR.BACKGROUND_2)
HAIR, SOFT = Colour(MSO_THEME_COLOR.TEXT_2, 0.7), Colour(MSO_THEME_COLOR.TEXT_2, 0.4)
# text on the pale colours of states, which are the same in every theme
ON_FILL = OFFICE.ink.removeprefix("#")


def paint(target: Any, colour: Colour | str) -> None:
    """Give a font, a fill or a line a colour of the theme, or a fixed one such as D3E6F5."""
    if isinstance(colour, str):
        target.rgb = RGBColor.from_string(colour)
        return
    target.theme_color = colour.theme
    if colour.lighter:
        target.brightness = colour.lighter


def line_below(colour: Colour, width: int) -> Any:
    """The XML of a line below a cell of a table, for which python-pptx has no object."""
    shade = round(100_000 * colour.lighter)
    lighter = f'<a:lumMod val="{100_000 - shade}"/><a:lumOff val="{shade}"/>' if shade else ""
    return parse_xml(f'<a:lnB {nsdecls("a")} w="{width}"><a:solidFill><a:schemeClr val="'
                     f'{MSO_THEME_COLOR.to_xml(colour.theme)}">{lighter}</a:schemeClr></a:solidFill>'
                     "</a:lnB>")
