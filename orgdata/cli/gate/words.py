"""Sentences about a check as a whole, and about one finding, in every form."""

from collections.abc import Iterator

from orgdata import formats
from orgdata.cli.gate.finding import Finding
from orgdata.cli.gate.judge import Checked
from orgdata.cli.gate.places import Place


def headline(checked: Checked) -> str:
    """What the gate says, and what it compared."""
    against = f", compared with {checked.base.ref} ({checked.base.commit[:10]})" if (
        checked.base) else ""
    measured = f"measured on {formats.day(checked.day)}{against}"
    gaps = sum(one.is_gap and one.state not in ("known", "accepted") for one in checked.findings)
    new = "new " if checked.base else ""
    if not checked.gate:
        return f"{formats.count(gaps, f'{new}gap')}; {measured}"
    if not checked.counting:
        return f"The gate “{checked.gate}” is open: {formats.count(gaps, f'{new}gap')}; {measured}"
    counting = [one.is_gap for one in checked.counting]
    what = " and ".join(filter(None, (
        formats.count(sum(counting), "gap") if any(counting) else "",
        formats.count(counting.count(False), "problem") if not all(counting) else "")))
    return f"The gate “{checked.gate}” is closed for {what}; {measured}"


def counted(checked: Checked) -> Iterator[str]:
    """How many findings are not listed one by one, or not judged."""
    known = [one.is_gap for one in checked.findings if one.state == "known"]
    if known:
        yield (f"{formats.count(sum(known), 'gap')} and "
               f"{formats.count(known.count(False), 'problem')} of the base are still there")
    accepted = sum(one.state == "accepted" for one in checked.findings)
    if accepted:
        yield f"{formats.count(accepted, 'gap')} accepted in the settings"
    gaps = checked.evaluation.gaps
    if len(gaps.not_judged):
        yield (f"{formats.count(len(gaps.not_judged), 'gap')} cannot be judged before rows that "
               "were skipped, or cells that could not be read, are mended")


def accepted_words(finding: Finding) -> str:
    """Until when a gap is, or was, accepted, and why; nothing where it is not."""
    if not finding.accepted:
        return ""
    verb = "accepted" if finding.state == "accepted" else "no longer accepted: it was"
    return f" ({verb} until {formats.day(finding.accepted.until)}: {finding.accepted.reason})"


def where(place: Place) -> str:
    """File, line and column as editors write them."""
    if place.file is None:
        return f"row {place.row}" if place.row else "the whole portfolio"
    return ":".join(str(part) for part in (place.file, place.line, place.column)
                    if part is not None)
