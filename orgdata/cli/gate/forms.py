"""What was found, as each reader wants it: text, JSON, and what code hosts show beside a change."""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from typing import Any
from xml.etree import ElementTree

from orgdata import formats
from orgdata.cli.gate.finding import Finding
from orgdata.cli.gate.judge import Checked
from orgdata.cli.gate.markdown import markdown
from orgdata.cli.gate.sarif import sarif
from orgdata.cli.gate.words import accepted_words, counted, headline, where
from orgdata.cli.terminal import print_exactly, print_lines
from orgdata.views.rewording import said

MOST = 10  # annotations of one rule: nobody reads more, and GitHub shows no more of a step


def show(checked: Checked, output_format: str) -> None:
    """Print what was found in one of the forms."""
    if output_format == "text":
        print_lines(*_text(checked))
    else:
        text = _FORMS[output_format](checked)
        print_exactly(text.encode("utf-8", "replace").decode())  # a file's name may be no text


def _as_json(content: object) -> str:
    return formats.escaped(json.dumps(content, ensure_ascii=False, indent=1)) + "\n"


def gate_record(checked: Checked) -> dict[str, Any]:
    """What the JSON of `check` says beside the problems."""
    base = checked.base
    return {
        "gate": {"gate": checked.gate, "as_of": f"{checked.day}", "counting": len(checked.counting),
                 "base": base and {"ref": base.ref, "commit": base.commit,
                                   "has_the_source": base.evaluation is not None},
                 "remarks": list(checked.remarks)},
        "findings": [{
            "key": one.key, "code": one.code, "severity": one.severity, "state": one.state,
            "counts": one.counts, **asdict(one.place), "message": one.text,
            "next_step": one.next_step or None, "accepted": one.accepted and {
                "until": f"{one.accepted.until}", "reason": one.accepted.reason}}
            for one in checked.findings]}


# -- text ------------------------------------------------------------------------------------------

def _text(checked: Checked) -> Iterator[str]:
    for finding in checked.shown:
        if finding.is_gap:
            sign = "fails" if finding.counts else finding.state
            yield (f"{sign}: {finding.severity}, {finding.key}, {where(finding.place)}: "
                   f"{finding.text}{accepted_words(finding)}")
    yield from (f"note: {remark}" for remark in checked.remarks)
    yield from counted(checked)
    yield headline(checked)


# -- GitHub ----------------------------------------------------------------------------------------

def _github(checked: Checked) -> Iterator[str]:
    """Workflow commands, at most MOST of one rule; the rest is counted."""
    seen = Counter[str]()
    ordered = sorted(checked.shown, key=lambda one: not one.counts)
    for finding in ordered:
        seen[finding.code] += 1
        if seen[finding.code] <= MOST:
            yield _annotation(finding)
    for code, number in seen.items():
        if number > MOST:
            more = _data(f"{number - MOST:,} more of {code} are not shown here")
            yield f"::notice title={_property(code)}::{more}"
    for line in (*checked.remarks, *counted(checked)):
        yield f"::notice::{_data(line)}"
    yield f"::{'error' if checked.counting else 'notice'}::{_data(headline(checked))}"


def _annotation(finding: Finding) -> str:
    place = finding.place
    told = {"file": place.file, "line": place.line, "col": place.column,
            "title": f"{finding.code} {finding.name}"}
    properties = ",".join(f"{name}={_property(str(value))}" for name, value in told.items()
                          if value is not None)
    command = "notice" if finding.level == "note" else finding.level
    text = " ".join(filter(None, (finding.text + accepted_words(finding), finding.next_step)))
    return f"::{command} {properties}::{_data(text)}"


def _data(text: str) -> str:
    plain = said(formats.plain(text))
    return plain.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


# -- GitLab ----------------------------------------------------------------------------------------

_SEVERITY = {"critical": "critical", "high": "major", "medium": "minor", "low": "info",
             "error": "major", "warning": "minor", "information": "info"}


def _gitlab(checked: Checked) -> list[dict[str, Any]]:
    """Code Quality: all that is not accepted. GitLab itself lays the report of the target branch
    beside it, so nothing is left out."""
    return [{"description": said(formats.plain(f"{one.name}: {one.text}")),
             "check_name": one.code, "fingerprint": one.key,
             "severity": "blocker" if one.counts else _SEVERITY[one.severity],
             "location": {"path": one.place.file or "settings.toml",
                          "lines": {"begin": one.place.line or 1}}}
            for one in checked.findings if one.state != "accepted"]


# -- JUnit -----------------------------------------------------------------------------------------

def _junit(checked: Checked) -> str:
    """A suite of problems and one for each rule, a case for each finding. What the gate does not
    close for is skipped with the reason, and so is a rule that was not evaluated."""
    by_code: dict[str, list[Finding]] = {}
    for finding in checked.findings:
        by_code.setdefault(finding.code, []).append(finding)
    root = ElementTree.Element("testsuites", name="portfolio check",
                               tests=f"{len(checked.findings)}",
                               failures=f"{len(checked.counting)}", errors="0")
    for code, found in by_code.items():
        _suite(root, code, found)
    for code, reason in checked.evaluation.gaps.not_evaluated.items():
        suite = ElementTree.SubElement(root, "testsuite", name=code, tests="1", failures="0",
                                       errors="0", skipped="1")
        case = ElementTree.SubElement(suite, "testcase", classname=code, name="not evaluated")
        ElementTree.SubElement(case, "skipped", message=_xml(reason))
    ElementTree.indent(root)
    written = ElementTree.tostring(root, encoding="unicode", xml_declaration=False)
    return formats.COMMAND.sub("&#35;", written) + "\n"


def _suite(root: ElementTree.Element, code: str, found: Sequence[Finding]) -> None:
    failures = sum(one.counts for one in found)
    suite = ElementTree.SubElement(root, "testsuite", name=_xml(f"{code} {found[0].name}"),
                                   tests=f"{len(found)}", failures=f"{failures}", errors="0",
                                   skipped=f"{len(found) - failures}")
    for one in found:
        case = ElementTree.SubElement(suite, "testcase", classname=code, name=_xml(one.key))
        if one.place.file:
            case.set("file", _xml(one.place.file))
            case.set("line", f"{one.place.line or 1}")
        if one.counts:
            failure = ElementTree.SubElement(case, "failure", type=one.severity,
                                             message=_xml(one.text))
            failure.text = _xml(f"{where(one.place)}: {one.text} {one.next_step}".strip())
        else:
            ElementTree.SubElement(case, "skipped", message=_xml(
                f"{one.state}, {one.severity}: {one.text}{accepted_words(one)}"))


def _xml(text: str) -> str:
    """A text without characters that XML cannot hold."""
    return "".join(letter for letter in said(formats.plain(text))
                   if letter >= " " and not "\ud800" <= letter <= "\udfff"
                   and letter not in "\ufffe\uffff")


_FORMS: dict[str, Callable[[Checked], str]] = {
    "github": lambda checked: "".join(f"{line}\n" for line in _github(checked)),
    "gitlab": lambda checked: _as_json(_gitlab(checked)),
    "sarif": lambda checked: _as_json(sarif(checked)), "junit": _junit, "markdown": markdown}
