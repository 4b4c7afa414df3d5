"""METHOD section 6: which rules are evaluated, their gaps in order, and patterns.

KR04, GOV01 and GOV02 need the store and stay out.
"""

from collections import Counter

from tests.reference import (  # noqa: F401 (importing registers)
    rules_functions,
    rules_outcomes,
    rules_people,
    rules_work,
)
from tests.reference.gap import RULES, SEVERITIES, Gap, is_met
from tests.reference.links import Links

__all__ = ["RULES", "SEVERITIES", "find"]


def find(links: Links) -> tuple[list[Gap], list[dict], list[str], list[Gap]]:
    """Gaps in the order of section 6, patterns, the codes that are not evaluated, and what was not
    judged."""
    asked = links.w.settings.get("rules", {})
    found, not_evaluated = [], []
    for code, rule in RULES.items():
        own = asked.get(code, {})
        if own.get("enabled", True) and all(
                is_met(need, links) for need in rule.needs.split()):
            threshold = own.get("threshold", rule.threshold)
            found += [dict(gap, code=code) for gap in rule.fires(links, threshold)]
        else:
            not_evaluated.append(code)
    gaps = [gap for gap in found if not gap["because"]]
    gaps.sort(key=lambda gap: (
        SEVERITIES.index(gap["severity"]), gap["at_stake"] is None,
        -float(f"{gap['at_stake'] or 0.0:.12g}"),  # equal money computed in two ways is a tie
        gap["code"], gap["key"]))
    counts = Counter(gap["code"] for gap in gaps)
    patterns = []
    for code, count in counts.items():
        of = RULES[code].looked_at(links)
        if of and count >= 10 and 2 * count >= of:
            patterns.append({"code": code, "count": count, "of": of})
    return gaps, patterns, not_evaluated, [gap for gap in found if gap["because"]]
