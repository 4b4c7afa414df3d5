"""Words that explanations share: statuses, reasons, shares."""

from orgdata import formats

STATUS_WORDS = {
    "achieved": "achieved", "missed": "missed", "on_track": "on track",
    "needs_attention": "needs attention", "off_track": "off track", "too_early": "too early to say",
    "not_started": "not started", "unknown": "unknown",
}
REASON_WORDS = {
    "no_data": "there is no value yet", "stale": "the last check-in is too old",
    "out_of_bounds": "the value is outside its bounds", "no_target": "there is no target",
    "no_baseline": "there is no baseline", "zero_range": "target and baseline are equal",
    "no_window": "the start or the due date is not known, or they contradict each other",
    "not_paced": "it is not measured against a pace",
}


def part(share: float) -> str:
    """A share as a floored percentage; below one percent with its digits."""
    return f"{100 * share:.2g} %" if 0 < abs(share) < 0.01 else formats.share(share)
