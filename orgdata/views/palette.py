"""The colours of figures and documents.

Okabe–Ito hues, told apart by people who see few colours, and the papers they stand on. A state's
colour is chosen by its tone; symbol and word say the same without it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from orgdata.views.vocabulary import Tone

BLUE, SKY, GREEN, ORANGE = "#0072B2", "#56B4E9", "#009E73", "#E69F00"
VERMILION, PURPLE, GREY = "#D55E00", "#CC79A7", "#8A94A3"
AMBER = "#B47C00"  # the hue of ORANGE for lines, which it is too light for on white
OUTLINE, TICK = "#6B7685", "#7B8694"
INK, INK_ON_DARK = "#0B1118", "#E8ECF1"
BEHIND: Mapping[Tone, str] = MappingProxyType({  # the background of a cell
    "good": "#D3E6F5", "some": "#E6F3FB", "watch": "#FBEFD2", "bad": "#FBE0D2"})
BAND: Mapping[str, str] = MappingProxyType({  # that a scenario is shown; on any paper the same
    "ground": BEHIND["watch"], "ink": INK, "edge": ORANGE})


@dataclass(frozen=True)
class Paper:
    """The colours of a page: text, small text, lines, the page itself, and boxes on it."""

    ink: str
    quiet: str
    outline: str
    line: str
    ground: str
    fill: str
    part: str  # the filled part of a progress bar: the only accent


OFFICE = Paper(INK, "#4A5563", OUTLINE, "#C9D0D8", "#FFFFFF", "#F3F5F8", "#0B5CAD")
LIGHT = Paper("#1d2733", "#52606d", "#6b7785", "#c9d1d9", "#ffffff", "#eef3f8", "#0b5cad")
DARK = Paper("#f2f5f8", "#b3bfcb", "#93a1b1", "#3d4a59", "#12171d", "#243040", "#6db3f2")
