"""What if: a change tried before it is made."""

from orgdata.ui.screens import what_if
from orgdata.ui.shell import frame

view = frame.enter("what_if")
what_if.show(view)
