"""The chain as a component: it is drawn from one value, and sends nothing back."""

from pathlib import Path

from orgdata.ui.shell.assets import component
from orgdata.views.line_of_sight import Plain

_DRAW = component("chain", Path(__file__).with_name("chain"))
_WORDS = {"title": "From the product to company outcomes", "product": "Product",
          "objective": "Objective", "outcome": "Company outcome"}


def show(chain: Plain, key: str) -> None:
    """Show a chain."""
    _DRAW(key=key, data={"words": _WORDS, "chain": chain})
