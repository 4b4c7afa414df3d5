"""Data: the source, what was read, every problem, every row that was skipped; or your files."""

from orgdata.ui.screens import data
from orgdata.ui.shell import frame

view = frame.enter_data()
data.show(view)
