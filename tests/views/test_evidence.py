"""Every piece of evidence of every rule has its words, and no words are left over."""

import pytest

from orgdata.gaps import RULES
from orgdata.views.explain import evidence


@pytest.mark.parametrize("code", sorted(RULES))
def test_the_evidence_of_each_rule_has_its_words(code):
    missing = [name for name in RULES[code].evidence if not evidence.is_named(name)]
    assert not missing, f"say in orgdata/views/explain/evidence.py what {missing} of {code} is called"


def test_no_words_and_no_share_are_left_over():
    used = {name for one in RULES.values() for name in one.evidence}
    assert set(evidence.WORDS) <= used
    assert used >= evidence.STATES
    assert set(evidence.SHARES) <= used


def test_a_share_depends_on_the_table_where_its_name_does():
    assert evidence.is_share("target", "mix_targets")
    assert not evidence.is_share("target", "key_results")
    assert (evidence.words("tau"), evidence.words("annual_spend")) == ("time passed", "annual spend")
