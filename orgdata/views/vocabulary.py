"""A symbol beside every word of state, so that nothing is said by colour alone."""

import pandas as pd

COVERAGE = {"covered": "● covered", "thin": "◐ thin", "uncovered": "○ unserved"}
STATES = {"proven": "■ proven", "claimed": "◪ claimed", "unconfirmed": "◇ not confirmed yet",
          "undeclared": "△ not declared"}
STATUSES = {
    "off_track": "▼ off track", "missed": "✕ missed", "needs_attention": "▽ needs attention",
    "on_track": "● on track", "achieved": "★ achieved", "too_early": "◔ too early to say",
    "not_started": "◌ not started", "unknown": "? unknown"}  # what needs a look comes first
FRESHNESS = {"fresh": "● fresh", "late": "◐ late", "stale": "○ stale",
             "never": "○ never checked in", "not_due": "◌ not due yet"}
SEVERITIES = {"critical": "◆ critical", "high": "▲ high", "medium": "■ medium", "low": "● low"}
ON_PACE = ("on_track", "achieved")
UNKNOWN = "? unknown"
CHECKS = {True: "✓", False: "✗"}
NOT_APPLICABLE = "–"


def marked(values: pd.Series, words: dict[str, str], otherwise: str = UNKNOWN) -> pd.Series:
    """Each word with its symbol; `otherwise` where it is missing."""
    return values.map(words).fillna(otherwise).astype("str")


def check_mark(value: object) -> str:
    """✓ passes, ✗ fails, – does not apply."""
    return NOT_APPLICABLE if pd.isna(value) else CHECKS[bool(value)]


def alignment_word(value: object) -> str:
    """Whether a product is aligned, with its symbol."""
    if pd.isna(value):
        return f"{NOT_APPLICABLE} not assessed"
    return "✓ aligned" if value else "✗ not aligned"
