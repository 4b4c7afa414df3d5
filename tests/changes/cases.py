"""Every kind of change, each as edits of the small portfolio of pairs.py and what they change.

A change is (of, what, ids…, before, after, note); gaps are tested in test_gaps.py.
"""

from datetime import date

from tests.builders import HALFWAY
from tests.changes.pairs import AGREED

Edits = list[tuple[str, str, str]]
CASES: dict[str, tuple[Edits, list[tuple[object, ...]]]] = {
    "an outcome is added": (
        [("outcomes", "", "O4 weight=10")], [("outcome", "added", "O4", None, None, "")]),
    "an outcome is removed": (
        [("outcomes", " | O3 weight=20 tier=2", "")],
        [("outcome", "removed", "O3", None, None, "")]),
    "an outcome is retired": (
        [("outcomes", "O3 weight", "O3 status=retired weight")],
        [("outcome", "removed", "O3", None, None, "now retired")]),
    "an outcome is renamed": (
        [("outcomes", "O3 weight", "O3 name=Third weight")],
        [("outcome", "renamed", "O3", "O3", "Third", "")]),
    "a weight is changed, and those of the others only in proportion": (
        [("outcomes", "O1 weight=50", "O1 weight=150")],
        [("outcome", "weight", "O1", 0.5, 0.75, "")]),
    "the same weights are written as fractions": (
        [("outcomes", "=50", "=0.5"), ("outcomes", "=30", "=0.3"), ("outcomes", "=20", "=0.2")],
        []),
    "a product is added": (
        [("products", "", "P4 annual_spend=5"), ("assignments", "", "P4 H3 pm"),
         ("contributions", "", f"P4 O3 weak {AGREED}")],
        [("outcome", "coverage", "O3", "uncovered", "thin", "a primary link"),
         ("product", "added", "P4", None, None, ""),
         ("manager", "joined", "P4", "H3", None, "H3", "with the product"),
         ("link", "declared", "P4", "O3", "none", "claimed", "with the product, no OKR behind it")]),
    "a product is only planned now": (
        [("products", "P3", "P3 status=planned")],
        [("product", "removed", "P3", None, None, "now planned"),
         ("manager", "left", "P3", "H3", "H3", None, "with the product"),
         ("link", "withdrawn", "P3", "O2", "unconfirmed", "none", "with the product")]),
    "an outcome takes its links along": (
        [("outcomes", " | O2 weight=30 tier=2", "")],
        [("outcome", "removed", "O2", None, None, ""),
         ("product", "aligned", "P2", True, None, "linked unknown, planned unknown"),
         ("product", "aligned", "P3", False, None, "linked unknown, planned unknown"),
         ("link", "withdrawn", "P2", "O2", "proven", "none", "with the outcome"),
         ("link", "withdrawn", "P3", "O2", "unconfirmed", "none", "with the outcome"),
         ("objective", "outcome", "J2", "O2", None, "")]),
    "a product has another name, role and spend": (
        [("products", "P3 annual_spend=40 strategic_role=maintain",
          "P3 annual_spend=50 strategic_role=enable name=Third")],
        [("product", "renamed", "P3", "P3", "Third", ""),
         ("product", "role", "P3", "maintain", "enable", ""),
         ("product", "spend", "P3", 40, 50, ""),
         ("product", "aligned", "P3", False, None,
          "linked does not apply, planned does not apply")]),
    "spend becomes unknown": (
        [("products", "P3 annual_spend=40", "P3")], [("product", "spend", "P3", 40, None, "")]),
    "a product manager left": (
        [("assignments", "P1 H1 pm | ", "")],
        [("outcome", "coverage", "O1", "covered", "thin", "a product manager"),
         ("product", "aligned", "P1", True, False, "owned fails"),
         ("manager", "left", "P1", "H1", "H1", None, "")]),
    "a product is handed over": (
        [("assignments", "P1 H1", "P1 H2")],
        [("manager", "joined", "P1", "H2", None, "H2", ""),
         ("manager", "left", "P1", "H1", "H1", None, "")]),
    "a link is withdrawn, its goal stays": (
        [("contributions", f"P1 O1 primary {AGREED} | ", "")],
        [("outcome", "coverage", "O1", "covered", "thin", "a primary link"),
         ("product", "aligned", "P1", True, False, "linked fails, planned fails"),
         ("link", "withdrawn", "P1", "O1", "proven", "undeclared", "")]),
    "a link is declared": (
        [("contributions", "", "P1 O3 weak")],
        [("outcome", "coverage", "O3", "uncovered", "thin", "a primary link"),
         ("link", "declared", "P1", "O3", "none", "unconfirmed", "no OKR behind it")]),
    "a link is confirmed": (
        [("contributions", "P3 O2 supporting", f"P3 O2 supporting {AGREED}")],
        [("product", "checks", "P3", False, False, "linked passes"),
         ("link", "confirmed", "P3", "O2", "unconfirmed", "claimed", "no OKR behind it")]),
    "a link has another strength and share": (
        [("contributions", "P1 O1 primary", "P1 O1 supporting share_pct=50")],
        [("outcome", "coverage", "O1", "covered", "thin", "a primary link"),
         ("link", "strength", "P1", "O1", "primary", "supporting", ""),
         ("link", "share", "P1", "O1", None, 50, "")]),
    "a goal leads elsewhere": (
        [("objectives", "outcome_id=O2", "outcome_id=O3")],
        [("outcome", "coverage", "O2", "covered", "thin", "an objective"),
         ("outcome", "coverage", "O3", "uncovered", "thin", "a primary link"),
         ("product", "aligned", "P2", True, False, "planned fails"),
         ("link", "lost_proof", "P2", "O2", "proven", "claimed", ""),
         ("link", "goal", "P2", "O3", "none", "undeclared", ""),
         ("objective", "outcome", "J2", "O2", "O3", "")]),
    "a goal is added": (
        [("objectives", "", f"J3 product_id=P1 outcome_id=O1 {HALFWAY}"),
         ("key_results", "", "K3 J3 kr_type=increase baseline=0 target=1 current=0.5"),
         ("check_ins", "", "K3 2026-11-18 0.5")],
        [("objective", "added", "J3", None, "in cycle", ""),
         ("key_result", "added", "K3", None, "on_track", "with its objective")]),
    "a goal is closed": (
        [("objectives", "J2", "J2 status=done")],
        [("outcome", "coverage", "O2", "covered", "thin", "an objective"),
         ("product", "aligned", "P2", True, False, "planned fails, measured does not apply"),
         ("product", "fresh", "P2", True, None, ""),
         ("link", "lost_proof", "P2", "O2", "proven", "claimed", ""),
         ("objective", "closed", "J2", "in cycle", "closed", "done"),
         ("key_result", "removed", "K2", "on_track", None, "with its objective")]),
    "a goal for later is dropped": (
        [("objectives", "", "J3 start_date=2027-02-01 status=dropped")],
        [("objective", "added", "J3", None, "closed", "dropped")]),
    "a goal ends earlier": (
        [("objectives", f"O2 {HALFWAY}", "O2 start_date=2026-10-01 end_date=2026-11-19")],
        [("outcome", "coverage", "O2", "covered", "thin", "an objective"),
         ("product", "aligned", "P2", True, False, "planned fails, measured does not apply"),
         ("product", "fresh", "P2", True, None, ""),
         ("link", "lost_proof", "P2", "O2", "proven", "claimed", ""),
         ("objective", "ended", "J2", "in cycle", "out of cycle", ""),
         ("key_result", "removed", "K2", "on_track", None, "with its objective"),
         ("goalpost", "due", "K2", date(2027, 1, 9), date(2026, 11, 19), "tightened")]),
    "a key result is removed": (
        [("key_results", " | K2 J2 kr_type=decrease baseline=10 target=0", "")],
        [("outcome", "coverage", "O2", "covered", "thin", "a measure"),
         ("product", "aligned", "P2", True, False, "measured fails"),
         ("product", "fresh", "P2", True, None, ""),
         ("link", "lost_proof", "P2", "O2", "proven", "claimed", ""),
         ("key_result", "removed", "K2", "on_track", None, "")]),
    "a key result is closed": (
        [("key_results", "K2 J2", "K2 J2 status=missed")],
        [("product", "fresh", "P2", True, None, ""),
         ("key_result", "removed", "K2", "on_track", None, "status missed")]),
    "a key result falls behind": (
        [("check_ins", "K1 2026-11-18 50", "K1 2026-11-18 10")],
        [("key_result", "status", "K1", "on_track", "off_track", "")]),
    "a key result goes stale": (
        [("check_ins", "K1 2026-11-18 50", "K1 2026-10-18 50")],
        [("product", "fresh", "P1", True, False, ""),
         ("key_result", "status", "K1", "on_track", "unknown", "stale")]),
    "goalposts move": (
        [("key_results", "baseline=0 target=100", "baseline=10 target=80 due_date=2027-02-01")],
        [("goalpost", "target", "K1", 100, 80, "eased"),
         ("goalpost", "baseline", "K1", 0, 10, "tightened"),
         ("goalpost", "due", "K1", date(2027, 1, 9), date(2027, 2, 1), "eased")]),
}
