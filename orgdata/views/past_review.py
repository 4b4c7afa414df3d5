"""What is said of a past review, on its pages and in documents made from it."""

from typing import TYPE_CHECKING

from orgdata import METHOD_VERSION, formats

if TYPE_CHECKING:  # SQLAlchemy is slow to import
    from orgdata.store import Snapshot


def sentence(snapshot: "Snapshot") -> str:
    """Which review or snapshot is shown, when it was seen so, and what may differ from that."""
    when = formats.day(snapshot.seen_at)
    seen = (f"{snapshot.closed_by} closed it on {when}" if snapshot.closed_at else
            f"it was kept on {when}")
    earlier = "" if snapshot.method == METHOD_VERSION else (
        f" It was kept under method {snapshot.method}; its figures are those of method "
        f"{METHOD_VERSION}, and may differ from what was seen.")
    withdrawn = "" if snapshot.withdrawn is None else (
        f" It was withdrawn since: {snapshot.withdrawn}.")
    return f"The {title(snapshot)} as it was seen when {seen}.{earlier}{withdrawn}"


def title(snapshot: "Snapshot") -> str:
    """The review or the snapshot of a day, with its label, within a sentence."""
    label = f" ({snapshot.label})" if snapshot.label else ""
    what = "review" if snapshot.closed_at else "snapshot"
    return f"{what} of {formats.day(snapshot.day)}{label}"
