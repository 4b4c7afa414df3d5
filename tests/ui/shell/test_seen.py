"""What somebody sees has another version only where something of it is another, and then always."""

from datetime import date

import pytest

from orgdata.access import OPEN, Rights, Theirs
from orgdata.edits import Edit
from orgdata.evaluation import Known, measure
from orgdata.load import portfolio_of
from orgdata.sources import read_source
from orgdata.ui.shell.seen import seen
from orgdata.ui.shell.source import judged
from orgdata.ui.shell.view import Measured
from tests import canaries

MARA = Rights(frozenset({"pm"}), Theirs(frozenset({"H1"}), frozenset({"P1"})))
VIEWER, LEADER = (Rights(frozenset({role})) for role in ("viewer", "leadership"))


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    """A function of edits and rights that returns what is shown of the company of canaries."""
    raw = read_source(str(canaries.company(tmp_path_factory.mktemp("canaries") / "company")))

    def show(edits, rights):
        portfolio = portfolio_of(raw, edits)
        alignment = measure(portfolio, date(2026, 11, 20))
        return seen(judged(
            alignment, Measured.of(alignment, portfolio, repr(edits)), Known()), rights)
    return show


def purpose(product):
    return Edit("products", "set", {"product_id": product}, {"role_statement": "qznew"})


@pytest.mark.parametrize(("rights", "edit", "same"), [
    (MARA, purpose("P2"), True), (MARA, purpose("P1"), False),
    (VIEWER, purpose("P2"), True), (LEADER, purpose("P2"), False), (OPEN, purpose("P2"), False),
    *((rights, edit, False) for rights in (MARA, VIEWER, LEADER, OPEN) for edit in (
        Edit("products", "set", {"product_id": "P2"}, {"name": "Returned"}),
        Edit("products", "set", {"product_id": "P2"}, {"annual_spend": "201"}),
        Edit("outcomes", "set", {"outcome_id": "O2"}, {"weight": "41"}))),
    *((MARA, edit, same) for edit, same in (
        (Edit("objectives", "set", {"objective_id": "J1"}, {"title": "qznew"}), False),
        (Edit("objectives", "set", {"objective_id": "J0"}, {"title": "qznew"}), False),
        (Edit("objectives", "set", {"objective_id": "J2"}, {"title": "qznew"}), True),
        (Edit("check_ins", "set", {"kr_id": "K1", "date": "2026-11-15"}, {"note": "qznew"}), False),
        (Edit("check_ins", "set", {"kr_id": "K2", "date": "2026-11-15"}, {"note": "qznew"}), True),
        (Edit("people", "set", {"person_id": "H1"}, {"email": "qznew@canary.example"}), False),
        (Edit("people", "set", {"person_id": "H2"}, {"email": "qznew@canary.example"}), True)))])
def test_what_is_corrected_is_another_version_for_who_sees_it(shown, rights, edit, same):
    before, after = shown((), rights), shown((edit,), rights)
    assert (after.measured.version == before.measured.version) == same
    assert after.corrected.version != before.corrected.version


@pytest.mark.parametrize("rights", [MARA, VIEWER, LEADER, OPEN])
def test_numbers_and_names_are_one_version_for_all(shown, rights):
    common = shown((purpose("P2"),), rights).measured.common
    assert common.version == shown((), VIEWER).measured.common.version
    assert not {"qznew", "qzpurposeone"} & set(common.alignment.products["role_statement"].dropna())


@pytest.mark.parametrize("rights", [MARA, LEADER, OPEN])
def test_how_much_is_corrected_is_said_of_now(shown, rights):
    shown((), rights)
    one, two = (shown(edits, rights).corrected.alignment.portfolio.corrected
                for edits in ((purpose("P2"),), (purpose("P2"), purpose("P3"))))
    assert [len(one), len(two)] == [1, 2]
    assert shown((purpose("P2"),), rights).alignment.portfolio.corrected.empty


@pytest.mark.parametrize(("edit", "same"), [
    (Edit("check_ins", "set", {"kr_id": "K1", "date": "2026-11-15"}, {"confidence": "1"}), False),
    (Edit("check_ins", "set", {"kr_id": "K3", "date": "2026-11-15"}, {"confidence": "1"}), False),
    (Edit("contributions", "set", {"product_id": "P3", "outcome_id": "O2"}, {"rationale": "x"}), True)])
def test_other_gaps_are_another_version_for_who_sees_them_or_how_many_there_are(shown, edit, same):
    assert (shown((edit,), MARA).judged.found == shown((), MARA).judged.found) == same
