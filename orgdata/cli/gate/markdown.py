"""What was found as a comment on a pull request."""

from collections import Counter
from collections.abc import Iterator

from orgdata import formats
from orgdata.changes.sentences import sentences
from orgdata.cli.gate.finding import Finding
from orgdata.cli.gate.judge import Checked
from orgdata.cli.gate.words import accepted_words, counted, headline, where
from orgdata.exports.document.markdown import text_of
from orgdata.views import answers
from orgdata.views.rewording import said

MOST = 10  # of one rule
_SIGNS = {"new": "new", "worse": "graver", "judged": "judged for the first time", "found": "",
          "accepted": "accepted", "lapsed": "no longer accepted", "known": "there before"}


def markdown(checked: Checked) -> str:
    """The answer, what changed, and a table of what is listed one by one."""
    alignment = checked.evaluation.alignment
    lines = [f"### {_said(headline(checked))}", ""]
    if checked.names:
        lines += [f"- {_said(line)}" for line in (
            sentences(checked.changes) if checked.changes else [answers.overview(alignment)])]
    lines += ["", *_table(checked), ""]
    lines += [f"- {_said(line)}" for line in (*checked.remarks, *counted(checked))]
    return "\n".join(lines).rstrip("\n") + "\n"


def _table(checked: Checked) -> Iterator[str]:
    shown = sorted(checked.shown, key=lambda one: not one.counts)
    if not shown:
        return
    yield "| | Finding | Where | Next step |"
    yield "|---|---|---|---|"
    seen = Counter[str]()
    for finding in shown:
        seen[finding.code] += 1
        if seen[finding.code] <= MOST:
            yield f"| {' | '.join(_cells(finding))} |"
    for code, number in seen.items():
        if number > MOST:
            yield f"| | {number - MOST:,} more of {text_of(code)} | | |"


def _cells(finding: Finding) -> Iterator[str]:
    yield _said(", ".join(filter(None, (finding.severity, _SIGNS[finding.state]))))
    yield f"{_said(finding.text + accepted_words(finding))} ({text_of(finding.code)})"
    yield _where(finding)
    yield _said(finding.next_step)


def _where(finding: Finding) -> str:
    """The place as code, so that it can be copied as it is."""
    words = formats.plain(where(finding.place))
    return text_of(words) if set(words) & set("`|\\") or not finding.place.file else f"`{words}`"


def _said(words: str) -> str:
    return text_of(said(words))
