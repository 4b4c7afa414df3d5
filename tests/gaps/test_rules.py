"""Every rule of the registry against cases worked out by hand: fires, silent, unknown, not
evaluated, settings. A rule without its cases is a red test."""

import importlib
import pkgutil

import pytest

from orgdata.gaps import RULES
from tests.gaps import cases
from tests.gaps.cases.case import Case, Cases


def _all_cases() -> list[Case]:
    modules = [importlib.import_module(f"{cases.__name__}.{found.name}")
               for found in pkgutil.iter_modules(cases.__path__)]
    return [case for module in modules for value in vars(module).values()
            if isinstance(value, Cases) for case in value]


CASES = _all_cases()
WANTED = [(code, kind) for code, one in sorted(RULES.items())
          for kind in ("fires", "silent", "unknown", "not_evaluated", "threshold")
          if kind != "threshold" or one.threshold is not None]
WANTED += [(code, "not_judged") for code, one in sorted(RULES.items()) if one.unjudged]


@pytest.mark.parametrize(("code", "kind"), WANTED)
def test_each_rule_has_each_kind_of_case(code, kind):
    assert any(case.code == code and case.kind == kind for case in CASES), (
        f"add {code}.{kind}(…) to the cases of its family in tests/gaps/cases")


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_case(case):
    gaps = case.gaps
    if case.kind == "not_evaluated":
        assert gaps.not_evaluated.get(case.code) == case.found
        return
    assert case.code not in gaps.not_evaluated, gaps.not_evaluated[case.code]
    rows = gaps.rows[gaps.rows["code"] == case.code]
    stakes = [None if value != value else round(value, 9) for value in rows["at_stake"]]
    assert list(zip(rows["key"], rows["severity"], stakes, strict=True)) == case.found
    unjudged = gaps.not_judged[gaps.not_judged["code"] == case.code]
    assert dict(zip(unjudged["key"], unjudged["because"], strict=True)) == case.because
    evidence = dict(zip(rows["key"], rows["evidence"], strict=True))
    for key, wanted in case.evidence.items():
        assert {name: evidence[key][name] for name in wanted} == pytest.approx(wanted)


FIRING = {case.code: case for case in CASES if case.kind == "fires"}


@pytest.mark.parametrize("code", sorted(RULES))
def test_switched_off_in_one_line(code):
    gaps = FIRING[code].judged({"rules": {code: {"enabled": False}}})
    assert gaps.not_evaluated[code] == "switched off"
    assert code not in set(gaps.rows["code"])
