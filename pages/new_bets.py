"""New bets: the outcomes nobody works on, and the ideas that would."""

from orgdata.ui.screens import new_bets
from orgdata.ui.shell import frame

view = frame.enter("new_bets")
new_bets.show(view)
