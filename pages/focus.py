"""Focus: where the work goes, and who asks for what is outside objectives."""

from orgdata.ui.screens import focus
from orgdata.ui.shell import frame

view = frame.enter("focus")
focus.show(view)
