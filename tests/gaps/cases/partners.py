"""XFN: nothing is at stake that could be added up."""

from tests.gaps.cases.case import Cases

XFN01 = Cases("XFN01", products="P1 | P2 status=retired")
XFN01.fires("due in 30 days is medium, in 31 low, without a day low; countered is not agreed",
            ("XFN01:X1", "medium", None), ("XFN01:X2", "low", None), ("XFN01:X3", "low", None),
            evidence={"XFN01:X1": {"partner": "sales", "state": "offered"}},
            expectations="X1 P1 sales by_when=2026-12-20 | X2 P1 sales by_when=2026-12-21"
                         "| X3 P1 support state=countered")
XFN01.fires("any product counts as active while products are not loaded",
            ("XFN01:X1", "low", None), products="", expectations="X1 P9 sales")
XFN01.silent("accepted, declined, or of a product that is no more",
             expectations="X1 P1 sales state=accepted | X2 P1 sales state=Declined | X3 P2 sales")
XFN01.unknown("a blank state is offered, a blank day is not soon", ("XFN01:X1", "low", None),
              expectations="X1 P1 sales")
XFN01.threshold(7, "in 8 days is low then", ("XFN01:X1", "low", None),
                expectations="X1 P1 sales by_when=2026-11-28")
XFN01.not_evaluated("expectations are not loaded")

XFN02 = Cases("XFN02", products="P1 | P2 status=retired")
XFN02.fires("181 days", ("XFN02:X1", "low", None), evidence={"XFN02:X1": {"days": 181}},
            expectations="X1 P1 sales state=accepted answered_on=2026-05-23")
XFN02.silent("180 days; not accepted; of a product that is no more",
             expectations="X1 P1 sales state=accepted answered_on=2026-05-24"
                          "| X2 P1 sales state=declined answered_on=2025-05-24"
                          "| X3 P2 sales state=accepted answered_on=2025-05-24")
XFN02.unknown("nobody wrote when it was answered", expectations="X1 P1 sales state=accepted")
XFN02.threshold(90, "91 days are too long then", ("XFN02:X1", "low", None),
                expectations="X1 P1 sales state=accepted answered_on=2026-08-21")
XFN02.not_evaluated("expectations are not loaded")
