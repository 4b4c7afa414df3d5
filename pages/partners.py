"""Partners: what products and other functions expect of each other, and what is agreed."""

from orgdata.ui.screens import partners
from orgdata.ui.shell import frame

view = frame.enter("partners")
partners.show(view)
