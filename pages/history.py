"""History: the company's own figures over the weeks, and what is usual for them."""

from orgdata.ui.screens import history
from orgdata.ui.shell import frame

view = frame.enter("history")
history.show(view)
