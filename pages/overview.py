"""Overview: the answer, the headlines, what needs a decision, and the alignment matrix."""

from orgdata.ui.screens import overview
from orgdata.ui.shell import frame

view = frame.enter("overview")
overview.show(view)
