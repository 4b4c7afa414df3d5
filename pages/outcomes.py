"""Outcomes: who serves each one, what it lacks, its money against its weight, and its pace."""

from orgdata.ui.screens import outcomes
from orgdata.ui.shell import frame

view = frame.enter("outcomes")
outcomes.show(view)
