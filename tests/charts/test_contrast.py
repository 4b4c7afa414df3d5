"""Text and marks are legible on both backgrounds: WCAG 2.2, 1.4.3 (text) and 1.4.11 (marks)."""

import importlib
import inspect
import pkgutil
import re
import tomllib
from itertools import product
from pathlib import Path

import numpy as np
import plotly.graph_objects as go
import pytest

from orgdata import charts, ui
from orgdata.charts import INK
from orgdata.charts.money_flow import sankey
from orgdata.views import palette
from tests import demo_company

THEME = tomllib.loads(
    (Path(__file__).parents[2] / ".streamlit/config.toml").read_text())["theme"]
BACKGROUNDS = {dark: THEME["dark" if dark else "light"]["backgroundColor"]
               for dark in (False, True)}
TEXT, MARK = 4.5, 3.0


def rgb(colour):
    return np.array([int(colour[i:i + 2], 16) for i in (1, 3, 5)]) / 255


def luminance(parts):
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    return float(linear @ (0.2126, 0.7152, 0.0722))


def contrast(colour, background, opacity=1.0):
    """How far a colour stands out from a background that shines through it."""
    over = opacity * rgb(colour) + (1 - opacity) * rgb(background)
    low, high = sorted((luminance(over), luminance(rgb(background))))
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_measured_as_wcag_does():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)
    assert contrast("#000000", "#ffffff", opacity=0) == 1


@pytest.fixture(scope="module")
def company():
    return demo_company.alignment()


def figures(company, dark):
    """Each figure that pages and documents show, by the function that draws it: the tests of the
    charts say what to look at."""
    tests = [importlib.import_module(f"tests.charts.{path.stem}")
             for path in sorted(Path(__file__).parent.glob("test_*.py"))]
    return {drawn_by: figure for test in tests if test.__name__ != __name__
            and hasattr(test, "figures") for drawn_by, figure in test.figures(company, dark).items()}


def test_every_figure_of_the_charts_is_looked_at_here(company):
    """What draws a figure is a public function that can be dark; what other charts import is a part
    of theirs."""
    modules = [importlib.import_module(f"{charts.__name__}.{name}")
               for _, name, _ in pkgutil.iter_modules(charts.__path__)]
    functions = [(value, value.__module__ == module.__name__) for module in modules
                 for name, value in vars(module).items() if inspect.isfunction(value)
                 and not name.startswith("_") and "dark" in inspect.signature(value).parameters]
    parts = {value for value, at_home in functions if not at_home}
    assert {value for value, _ in functions} - parts == set(figures(company, False))


def plotted(company, dark):
    """Those that plotly draws."""
    return [one for one in figures(company, dark).values() if isinstance(one, go.Figure)]


def colours(value):
    return {value} if isinstance(value, str) else set(value or ())


def marks_of(figure):
    """Fill, outline and opacity of every mark, but for names and the dots of empty cells."""
    for trace in figure.data:
        if trace.type == "scatter" and trace.showlegend is False:
            continue
        fills, line = colours(trace.marker.color), trace.marker.line
        hollow = trace.type == "scatter" and "open" in str(trace.marker.symbol)
        lines = set() if hollow or not line.width else colours(line.color)
        for pair in product(fills or {None}, lines or {None}):
            yield pair, trace.marker.opacity or 1.0


@pytest.mark.parametrize("dark", [False, True])
def test_each_mark_stands_out_by_its_fill_or_its_outline(company, dark):
    seen = 0
    for figure in plotted(company, dark):
        for pair, opacity in marks_of(figure):
            solid = [one for one in pair if one and one.startswith("#")]
            assert max(contrast(one, BACKGROUNDS[dark], opacity) for one in solid) >= MARK, pair
            seen += 1
    assert seen >= 7


@pytest.mark.parametrize("dark", [False, True])
def test_text_is_legible(company, dark):
    assert contrast(INK[dark], BACKGROUNDS[dark]) >= TEXT
    for figure in plotted(company, dark):
        found = set(re.findall(r'"(?:textfont|tickfont|font)":\{[^{}]*"color":"(#\w{6})"',
                               figure.to_json()))
        assert INK[dark] in found
        assert INK[not dark] not in found


@pytest.mark.parametrize("dark", [False, True])
def test_nodes_and_picked_ways_of_the_flow_stand_out(company, dark):
    series = figures(company, dark)[sankey]["series"][0]
    for node in series["data"]:
        style = node["itemStyle"]
        assert max(contrast(style[one], BACKGROUNDS[dark]) for one in ("color", "borderColor")
                   if style[one] != "transparent") >= MARK
    picked = {(one["lineStyle"]["color"], one["lineStyle"]["opacity"]) for one in series["links"]
              if one["lineStyle"]["opacity"] > 0.5}
    assert picked
    assert all(contrast(colour, BACKGROUNDS[dark], opacity) >= MARK for colour, opacity in picked)
    assert series["label"]["color"] == INK[dark]


def test_words_are_legible_before_the_colours_of_states():
    assert min(contrast(palette.OFFICE.ink, one) for one in palette.BEHIND.values()) >= TEXT


def test_colours_of_components_are_legible():
    """Each pair `light-dark(…, …)` of the map and the lists is the colour of a text or a mark; the
    last is the lighter half of a mark that has a darker outline."""
    tokens = (Path(ui.__file__).parent / "shell" / "tokens.css").read_text("utf-8")
    pairs = dict(re.findall(r"--(\w+): light-dark\((#\w{6}, #\w{6})\)", tokens))
    assert set(pairs) == {"good", "bad", "watch", "link", "half"}
    for name, pair in pairs.items():
        for dark, colour in enumerate(pair.split(", ")):
            assert contrast(colour, BACKGROUNDS[bool(dark)]) >= (
                1.5 if name == "half" else TEXT), (name, dark)
