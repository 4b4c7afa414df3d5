"""Gaps: questions with evidence, one next step and somebody who acts."""

from orgdata.ui.screens import gaps
from orgdata.ui.shell import frame

view = frame.enter("gaps")
gaps.show(view)
