"""Settings that were made easier: thresholds, rules switched off, cadence, pace."""

from orgdata.changes.change import Change
from orgdata.gaps import RULES
from orgdata.model.settings import Settings

# Of most rules a larger threshold finds less. Of these a larger one finds more, or graver gaps.
SMALLER_IS_MILDER = ("OWN03", "PRG04", "PRT04", "XFN01")
# The presets of pace from the strictest to the mildest at the end of a key result's time
_PRESETS = ("ratio-95-85", "ratio-90-75", "difference", "ratio-70-40")


def settings(before: Settings, after: Settings) -> list[Change]:
    """Settings that were made easier: kind `threshold` or `enabled` of a rule, `cadence_days`,
    `pace`."""
    changes = [change for code in RULES if (change := _rule(code, before, after))]
    if after.cadence_days > before.cadence_days:
        changes.append(Change("milder", "cadence_days", ("settings", "cadence_days"),
                              "every key result", before.cadence_days, after.cadence_days))
    if _PRESETS.index(after.pace) > _PRESETS.index(before.pace):
        changes.append(Change("milder", "pace", ("settings", "pace"), "every key result",
                              before.pace, after.pace))
    return changes


def _rule(code: str, before: Settings, after: Settings) -> Change | None:
    """How one rule was made easier, if it was."""
    rule, was, now = RULES[code], before.rule(code), after.rule(code)
    if was.enabled and not now.enabled:
        return Change("milder", "enabled", ("settings", code), rule.name, True, False)
    if rule.threshold is None or not now.enabled:
        return None
    limit_before, limit_after = (rule.threshold if one.threshold is None else one.threshold
                                 for one in (was, now))
    step = limit_after - limit_before
    if (step < 0) if code in SMALLER_IS_MILDER else (step > 0):
        return Change("milder", "threshold", ("settings", code), rule.name, limit_before,
                      limit_after)
    return None
