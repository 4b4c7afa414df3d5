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

_SAID = [("X1", 2, "X1", "2026-12-01"), ("X1", 9, "X1 and terms", "2026-12-01"),
         ("X2", 9, "X2", None), ("X3", 9, "X3", "2026-12-01"), ("X4", 9, "X4 ", None)]
XFN02.remembering(expectations=[
    {"expectation_id": name, "day": f"2026-11-{day:02}", "what": what, "by_when": by}
    for name, day, what, by in _SAID] + [
    {"expectation_id": name, "day": "2026-11-02", "what": name, "product_id": product, "partner": by}
    for name, product, by in (("X5", "P1", "legal"), ("X6", "P2", "sales"), ("X7", "P1", " Sales"))] + [
    {"expectation_id": "X7", "day": "2026-11-09", "what": "Other", "product_id": "P1", "partner": "sales"}])
_NOW = "sales state=accepted answered_on=2026-11"
XFN02.fires("changed since it was answered, or, where no snapshot is as old, since the first one",
            ("XFN02:X1", "low", None), ("XFN02:X2", "low", None), ("XFN02:X3", "low", None),
            evidence={"XFN02:X1": {"days": 12}},
            expectations=f"X1 P1 {_NOW}-08 what='X1 and terms' by_when=2026-12-01"
                         f"| X2 P1 {_NOW}-08 by_when=2026-12-01"
                         f"| X3 P1 {_NOW}-08")
XFN02.fires("of the same product and function, however that is written",
            ("XFN02:X7", "low", None), expectations=f"X7 P1 {_NOW}-08 what=Other")
XFN02.silent("what another function agreed to, or for another product, is not what it agreed to",
             expectations=f"X5 P1 {_NOW}-08 what=Other | X6 P1 {_NOW}-08 what=Other")
XFN02.silent("answered after it was changed; the same but for a blank; changed, but not accepted",
             expectations=f"X1 P1 {_NOW}-09 what='X1 and terms' by_when=2026-12-01"
                          f"| X4 P1 {_NOW}-08"
                          "| X2 P1 sales state=countered answered_on=2026-11-08 what=Other")
XFN02.unknown("a day that cannot be read now is not another day, and what was never answered or"
              " seen has no other words",
              expectations=f"X3 P1 {_NOW}-09 by_when=soon"
                           "| X1 P1 sales state=accepted what=Other"
                           f"| X9 P1 {_NOW}-09 what=Other")
