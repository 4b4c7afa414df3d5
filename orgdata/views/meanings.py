"""What the words of the method mean, once: for the Method page, help texts and exports.

The order is that of the lists they are shown in. METHOD sections 3 and 4.
"""

from collections.abc import Mapping
from types import MappingProxyType

STATES: Mapping[str, str] = MappingProxyType({
    "proven": "the link is declared and confirmed, and an objective of this cycle with a "
              "measurable key result leads to the outcome",
    "claimed": "declared and confirmed, but no measured goal of this cycle leads there",
    "unconfirmed": "declared, but nobody has confirmed it yet",
    "undeclared": "a goal of this cycle leads there, but the link is not declared",
    "none": "nothing is declared and no goal leads there",
})
COVERAGE: Mapping[str, str] = MappingProxyType({
    "covered": "a managed product has a proven primary link to it and somebody accountable",
    "thin": "there is a link or a goal, but something is lacking to be covered",
    "uncovered": "no managed product has a link or a goal for it",
})
CHECKS: Mapping[str, str] = MappingProxyType({
    "owned": "exactly one person is accountable today, active, and not only interim",
    "linked": "at least one confirmed link to an active outcome; not asked of products to enable "
              "or to sunset",
    "planned": "an objective of this cycle leads to an outcome to which the product's link is "
               "confirmed; not asked of products to enable or to sunset",
    "measured": "every objective of this cycle has a measurable key result",
    "fresh": "no key result is stale or was never checked in: evidence, shown beside alignment",
})
STATUSES: Mapping[str, str] = MappingProxyType({
    "achieved": "the target is met (or an aspirational one 70 % reached when time was up)",
    "on_track": "at most 10 points behind what is expected by now",
    "needs_attention": "more than 10 and at most 25 points behind",
    "off_track": "more than 25 points behind, or outside the bounds it should stay in",
    "missed": "time is up and the target is not met",
    "too_early": "less than a tenth of the time has passed",
    "not_started": "its start lies ahead",
    "unknown": "no value, stale evidence, or no target, baseline or dates; the reason is given",
})
FRESHNESS: Mapping[str, str] = MappingProxyType({
    "fresh": "checked in within the cadence and three days of grace",
    "late": "within twice the cadence",
    "stale": "longer ago than that",
    "never": "never checked in",
    "not_due": "started less than one cadence ago",
})
