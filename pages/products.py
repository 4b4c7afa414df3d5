"""Products: how each one fits the portfolio, and everything about one of them."""

from orgdata.ui.screens import products
from orgdata.ui.shell import frame

view = frame.enter("products")
products.show(view)
