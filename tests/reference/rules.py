"""METHOD section 6: which rules are evaluated, their gaps in order, and patterns.

KR04, GOV01 and GOV02 need the store and stay out.
"""

from collections import Counter
from collections.abc import Iterator

from tests.reference import rules_outcomes, rules_people, rules_work
from tests.reference.gap import SEVERITIES, Gap
from tests.reference.links import Links

__all__ = ["SEVERITIES", "find"]

FIND = {**rules_outcomes.RULES, **rules_work.RULES, **rules_people.RULES}


def _managed(code: str) -> bool:
    """Rules that need a managed product."""
    return code in ("OUT01 OUT02 OUT03 OUT05 PRD01 PRD02 PRD03 PRD04 PRD05 PRD07 PRD08 OWN01 "
                    "OWN02 OWN03 OWN05 OWN06 OWN07 PRT01 PRT02 PRT03").split()


def _active_outcome(code: str) -> bool:
    """Rules that need an active outcome."""
    return code.startswith("OUT") or code in "PRD01 PRD02 PRD03 PRD04 OBJ01 PRT03".split()


def _needs(code: str, links: Links) -> Iterator[bool]:
    """Everything a rule needs, each as held or not: section 6, "Needs"."""
    w, t = links.w, links.w.tracked
    yield w.managed != [] or not _managed(code)
    yield w.outcomes != [] or not _active_outcome(code)
    money = links.unit != "count"
    either = t("contributions") or t("objectives")
    results = t("objectives") and t("key_results")
    yield {
        "OUT01": either, "OUT02": either, "PRD01": either,
        "OUT03": t("contributions"), "PRD04": t("contributions"),
        "OUT04": any(t("outcomes", c) for c in ("metric", "target", "due_date", "owner_id")),
        "OUT05": w.stated and money and either,
        "OUT06": t("outcomes"),
        "PRD02": t("contributions") and t("objectives"),
        "PRD03": t("contributions") and t("objectives") and t("contributions", "strength"),
        "PRD05": t("products", "role_statement"),
        "PRD07": t("products", "annual_spend") and t("products", "strategic_role"),
        "PRD08": t("products", "segments") and t("products", "jobs"),
        "OBJ01": t("objectives", "product_id") and t("outcomes"),
        "OBJ02": t("objectives", "outcome_id") or t("objectives", "parent_objective_id"),
        "OBJ03": results, "OBJ05": results, "KR01": results, "KR03": results, "PRG01": results,
        "OBJ04": t("objectives"),
        "KR02": results and t("key_results", "baseline"),
        "PRG02": results and t("check_ins"),
        "PRG03": results and any(t(table, column) for table in ("check_ins", "key_results")
                                 for column in ("status", "confidence")),
        "PRG04": results and t("check_ins", "value"),
        "PRG05": results and t("check_ins", "confidence"),
        "PRG06": results and t("key_results", "is_guardrail"),
        "PRG07": t("objectives", "end_date"),
        "OWN01": t("assignments"), "OWN02": t("assignments"), "OWN03": t("assignments"),
        "OWN05": t("assignments"),
        "OWN04": t("assignments", "allocation_pct"),
        "OWN06": any(a["role"] == "deputy" for a in w.rows["assignments"]),
        "OWN07": (t("objectives", "product_id") and t("objectives", "owner_id")
                  and t("assignments")),
        "PRT01": t("mix_targets") and money,
        "PRT02": t("products", "annual_revenue"),
        "PRT03": money and either,
        "PRT04": t("dependencies"), "RBK01": t("roadblocks"),
    }[code]


def find(links: Links) -> tuple[list[Gap], list[dict], list[str]]:
    """Gaps in the order of section 6, patterns, and the codes that are not evaluated."""
    asked = links.w.settings.get("rules", {})
    gaps, not_evaluated = [], []
    for code, rule in FIND.items():
        own = asked.get(code, {})
        if own.get("enabled", True) and all(_needs(code, links)):
            threshold = own.get("threshold", rule.threshold)
            gaps += [dict(gap, code=code) for gap in rule.fires(links, threshold)]
        else:
            not_evaluated.append(code)
    gaps.sort(key=lambda gap: (
        SEVERITIES.index(gap["severity"]), gap["at_stake"] is None,
        -float(f"{gap['at_stake'] or 0.0:.12g}"),  # equal money computed in two ways is a tie
        gap["code"], gap["key"]))
    counts = Counter(gap["code"] for gap in gaps)
    patterns = []
    for code, count in counts.items():
        of = FIND[code].looked_at(links)
        if of and count >= 10 and 2 * count >= of:
            patterns.append({"code": code, "count": count, "of": of})
    return gaps, patterns, not_evaluated
