"""My product: what it is for, the chain to a company outcome, own goals, own open questions."""

from orgdata.ui.screens import my_product
from orgdata.ui.shell import frame

view = frame.enter("my_product")
my_product.show(view)
