"""What was found as SARIF 2.1.0, the exchange format of code scanners."""

import re
from typing import Any
from urllib.parse import quote

from orgdata import METHOD_VERSION, formats
from orgdata.cli.gate.finding import Finding, State
from orgdata.cli.gate.judge import Checked
from orgdata.cli.gate.words import headline
from orgdata.gaps import RULES
from orgdata.views.rewording import said

_BASELINE: dict[State, str] = {"new": "new", "worse": "updated", "judged": "new",
                               "known": "unchanged"}
_MARKUP = re.compile(r"[][\\{}]")


def sarif(checked: Checked) -> dict[str, Any]:
    """One run with its rules, and a result for each finding; an accepted one is suppressed."""
    codes = list(dict.fromkeys(one.code for one in checked.findings))
    names = {one.code: one.name for one in checked.findings}
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {"name": "orgdata", "version": f"method {METHOD_VERSION}",
                                "rules": [_rule(code, names[code]) for code in codes]}},
            "columnKind": "unicodeCodePoints",
            "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": [
                {"level": "note", "message": {"text": _text(line)}}
                for line in (*checked.remarks, headline(checked))]}],
            "results": [_result(one, codes.index(one.code), checked) for one in checked.findings],
        }]}


def _rule(code: str, name: str) -> dict[str, Any]:
    rule = RULES.get(code)
    more = {"help": {"text": _text(f"{rule.question} It fires when: {rule.fires_when} "
                                   f"Severity: {rule.severity}.")}} if rule else {}
    return {"id": code, "shortDescription": {"text": _text(name)}, **more}


def _result(finding: Finding, rule: int, checked: Checked) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": finding.code, "ruleIndex": rule, "level": finding.level,
        "message": {"text": _text(" ".join(filter(None, (finding.text, finding.next_step))))},
        "partialFingerprints": {"portfolioKey/v1": finding.key},
        "properties": {"severity": finding.severity, "state": finding.state}}
    place = finding.place
    if place.file:
        region = {"startLine": place.line or 1, "startColumn": place.column or 1}
        uri = quote(place.file, errors="surrogateescape")
        result["locations"] = [{"physicalLocation": {
            "artifactLocation": {"uri": uri}, "region": region}}]
    if checked.base and finding.state in _BASELINE:
        result["baselineState"] = _BASELINE[finding.state]
    if finding.state == "accepted" and finding.accepted:
        result["suppressions"] = [{"kind": "external", "status": "accepted",
                                   "justification": finding.accepted.reason}]
    return result


def _text(text: str) -> str:
    """A message as SARIF 2.1.0 writes one that is only text: else braces hold a place for an
    argument (3.11.5), and brackets the text of a link (3.11.6)."""
    return _MARKUP.sub(lambda found: found[0] * 2 if found[0] in "{}" else f"\\{found[0]}",
                       said(formats.plain(text)))
