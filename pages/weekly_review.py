"""Weekly review: the same page every week, from what changed to what was decided."""

from orgdata.ui.screens import weekly_review
from orgdata.ui.shell import frame

view = frame.enter("weekly_review")
weekly_review.show(view)
