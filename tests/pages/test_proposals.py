"""Proposals on the pages: made in the form of a gap or a product, answered in one list."""

import re
from datetime import UTC, datetime

import pytest

from orgdata.cli import main
from orgdata.edits import Edit
from orgdata.exports.registry import DOCUMENTS
from orgdata.store import Proposal, source_key
from tests.pages import conftest
from tests.pages.conftest import of_reader

ENDINGS = {"deck": "pptx", "workbook": "xlsx"}
AT, LONG_AGO = datetime(2026, 11, 20, 9, tzinfo=UTC), datetime(2000, 1, 1, tzinfo=UTC)


def text_of(app):
    """The text of a page as it is read."""
    return conftest.text_of(app).replace("\\", "").replace("\u2060", "")


def spend(text="999", before="200"):
    return Edit("products", "set", {"product_id": "P2"}, {"annual_spend": text}, {"annual_spend": before})


@pytest.fixture
def key(company):
    return source_key(str(company))


@pytest.fixture
def proposed(store, key):
    """What somebody proposes; returned as it is kept."""
    def propose(edit, role="pm", **more):
        return store.propose(Proposal(key, (edit,), "Spend of Returns: 999", "Mara One", of_reader(role), AT,
                                      "It costs more", **more))
    return propose


def press(app, label):
    next(one for one in app.button if one.label == label).click()
    app.run()
    assert not app.exception
    return app


def test_what_a_reader_may_not_change_they_propose(opened, store, company, key, reader):
    reader("leadership")
    app = opened("gaps", company, gap="PRG01:K2")
    assert "Propose how to fix it" in text_of(app)
    app.text_input(key="fix_PRG01:K2_value").set_value("50")
    app.text_input(key="fix_why_PRG01:K2").set_value("Tom told me.")
    press(app, "Propose")
    one, = store.proposals(key)
    assert (one.by, one.author, one.address, one.gap_key, one.reason) == (
        "leader@canary.example", "leader@canary.example", "leader@canary.example", "PRG01:K2", "Tom told me.")
    assert [edit.row["value"] for edit in one.edits] == ["50"]
    assert store.correction_log(key) == []
    assert [one.what for one in store.audit(LONG_AGO) if one.did == "changed"] == ["proposal made PRG01:K2"]
    text = text_of(opened("weekly_review", company))
    assert "What you proposed" in text
    assert "Why: Tom told me. It waits." in text
    assert "yours to answer" not in text


def test_leadership_proposes_what_changes_of_a_product(opened, store, company, key, reader):
    reader("leadership")
    app = opened("products", company, product="P2")
    app.session_state["act_product_P2"] = True
    app.run().selectbox(key="action_product_P2").set_value("bet").run()
    app.selectbox(key="fix_bet_product_P2_strategic_role").set_value("maintain")
    press(app, "Propose")
    one, = store.proposals(key)
    assert [(edit.key, edit.values, edit.before) for edit in one.edits] == [
        ({"product_id": "P2"}, {"strategic_role": "maintain"}, {"strategic_role": "invest"})]
    assert (one.what, store.correction_log(key)) == (
        "Change the strategic bet: Product Returns: strategic bet “maintain”.", [])


def test_what_is_not_theirs_in_a_form_of_theirs_is_offered_to_be_proposed(
        opened, store, company, key, reader):
    reader("pm")
    app = opened("overview", company, cell="P1:O1")
    app.session_state["act_link_P1_O1"] = True
    app.run().selectbox(key="action_link_P1_O1").set_value("confirm").run()
    assert "Confirmed by" not in str([one.label for one in app.selectbox])  # it is their own word, or nobody's
    press(app, "Save")
    assert "Not saved: what you entered is for somebody else to change." in text_of(app)
    assert (store.proposals(key), store.correction_log(key)) == ([], [])
    press(app, "Propose it")
    one, = store.proposals(key)
    assert (one.by, one.edits[0].table, one.edits[0].answer) == ("Mara One", "contributions", True)
    reader("owner")
    app = opened("outcomes", company)
    assert "Checkout · Grow at home: link confirmed by who accepts it." in text_of(app)
    press(app, "Accept")
    assert [(one.by, one.answer, one.proposed, one.edit.values["confirmed_by"])
            for one in store.corrections(key)] == [
        ("Otto Owner", "confirmed", "proposed by Mara One", "Otto Owner")]


def test_of_a_gap_that_is_theirs_nothing_changes(opened, store, company, key, reader):
    reader("pm")
    app = opened("gaps", company, gap="PRG01:K1")
    assert "Propose" not in text_of(app) + str([one.label for one in app.button])


def test_accepted_it_is_a_correction_of_who_accepts_it(opened, store, company, key, reader, proposed):
    proposed(spend())
    reader("head")
    app = opened("weekly_review", company)
    text = text_of(app)
    assert "Proposed by Mara One (said to be) on 20 Nov 2026: Product Returns: " in text
    assert "“200” → “999”" in text
    assert "Why: It costs more." in text
    press(app, "Accept")
    made, = store.corrections(key)
    assert (made.by, made.reason, made.edit) == ("head@canary.example", "proposed by Mara One", spend())
    assert "yours to answer" not in text_of(app)
    assert "(proposed by Mara One): Product Returns" in text_of(opened("data", company))
    reader("pm")
    assert "Spend of Returns: 999 Why: It costs more. Accepted by head@canary.example on " in text_of(
        opened("my_product", company))


def test_a_product_manager_answers_on_my_product(opened, store, company, key, reader, proposed):
    own = Edit("products", "set", {"product_id": "P1"}, {"jobs": "Pay"}, {"jobs": "qzjobone"})
    proposed(own, "leadership")
    proposed(spend(), "leadership")
    reader("pm")
    app = opened("my_product", company)
    assert [one.label for one in app.button].count("Accept") == 1
    app.text_input(key="declining_why_1").set_value("We know better")
    press(app, "Decline it")
    assert [(one.answer, one.answered_by, one.because) for one in store.proposals(key)] == [
        ("declined", "Mara One", "We know better"), (None, None, None)]
    assert store.correction_log(key) == []
    reader("leadership")
    text = text_of(opened("weekly_review", company))
    assert "Declined by Mara One on " in text
    assert "because: We know better." in text


def test_what_it_costs_is_not_for_its_manager_to_say(opened, store, company, key, reader, proposed):
    proposed(Edit("products", "set", {"product_id": "P1"}, {"annual_spend": "7"}, {"annual_spend": "100"}),
             "leadership")
    reader("pm")
    assert "yours to answer" not in text_of(opened("my_product", company))
    app = opened("products", company, product="P1")
    app.session_state["act_product_P1"] = True
    for action, button in (("retire", "Propose"), ("bet", "Propose"), ("manager", "Propose"), ("deputy", "Save")):
        app.run().selectbox(key="action_product_P1").set_value(action).run()
        assert {"Propose", "Save"} & {one.label for one in app.button} == {button}
    app.selectbox(key="action_product_P1").set_value("retire").run()
    press(app, "Propose")
    assert [edit.values for one in store.proposals(key)[1:] for edit in one.edits
            if edit.table == "products"] == [{"status": "retired"}]
    assert store.correction_log(key) == []
    reader("head")
    assert len([one for one in opened("weekly_review", company).button if one.label == "Accept"]) == 2


def test_who_made_it_takes_it_back(opened, store, company, key, reader, proposed):
    proposed(spend())
    reader("leadership")
    assert "Take it back" not in [one.label for one in opened("weekly_review", company).button]
    reader("pm")
    app = opened("my_product", company)
    press(app, "Take it back")
    assert [(one.answer, one.answered_by) for one in store.proposals(key)] == [("withdrawn", "Mara One")]
    assert "You took it back on " in text_of(app)
    assert "Take it back" not in [one.label for one in app.button]
    reader("head")
    assert "yours to answer" not in text_of(opened("weekly_review", company))
    assert "proposal 1 withdrawn" in [one.what for one in store.audit(LONG_AGO)]


def test_what_is_not_theirs_is_proposed_in_the_same_forms(opened, store, company, key, reader):
    """A purpose by a product manager of another product, who is not shown the one there is; a link
    by whoever does not own the outcome; a check-in by leadership."""
    reader("pm")
    app = opened("products", company, product="P2")
    app.session_state["role_P2"] = True
    app.run().text_area(key="role_text_P2").set_value("It brings things back.")
    press(app, "Propose")
    app = opened("outcomes", company, outcome="O2")
    app.session_state["links_O2"] = True
    app.run().segmented_control(key="link_answer_O2").set_value("declined")
    press(app, "Propose")
    reader("leadership")
    app = opened("my_product", company, product="P2")
    app.session_state["check_in_P2"] = True
    app.run().text_input(key="check_in_K2_0_value").set_value("40")
    press(app, "Propose")
    assert [(one.by, one.edits[0].table, one.edits[0].values) for one in store.proposals(key)] == [
        ("Mara One", "products", {"role_statement": "It brings things back."}),
        ("Mara One", "contributions", {"confirmed_by": "", "confirmed_on": "9999-12-31"}),
        ("leader@canary.example", "check_ins", {"value": "40"})]
    assert store.correction_log(key) == []
    assert not any("qz" in one.what for one in store.proposals(key)[:2])


def test_declining_needs_a_reason(opened, store, company, key, reader, proposed):
    proposed(spend())
    reader("head")
    app = press(opened("weekly_review", company), "Decline it")
    assert "Not saved: declining a proposal needs a reason." in text_of(app)
    assert store.proposals(key)[0].answer is None


@pytest.mark.parametrize(("edit", "why"), [
    (spend(before="150"), "was made of something that the source no longer says (it says “200”)"),
    (Edit("products", "set", {"product_id": "P9"}, {"annual_spend": "1"}), "is of a row that the source does not have")])
def test_what_the_source_no_longer_bears_is_not_accepted(
        opened, store, company, key, reader, proposed, edit, why):
    proposed(edit)
    reader("head")
    app = press(opened("weekly_review", company), "Accept")
    assert f"Not saved: what is proposed {why}." in text_of(app)
    assert (store.correction_log(key), store.proposals(key)[0].answer) == ([], None)


def test_who_comes_second_is_told(opened, store, company, key, reader, proposed):
    first, second = proposed(spend()), proposed(spend("5"))
    reader("head")
    app = opened("weekly_review", company)
    store.accept(first.id, "Kim", AT, AT.date())
    app.button(key=f"accept_{first.id}").click().run()
    assert "Not saved: it is accepted already, says Kim." in text_of(app)
    app.button(key=f"accept_{second.id}").click().run()
    assert "Not saved: what is proposed was made of something that the source no longer says" in text_of(app)
    assert [one.by for one in store.correction_log(key)] == ["Kim"]


def test_forgotten_nobody_has_proposed_it(opened, store, company, reader, proposed):
    proposed(spend())
    store.forget("Mara One")
    reader("pm")
    assert "What you proposed" not in text_of(opened("my_product", company))
    reader("head")
    assert "Proposed by somebody (name removed)" in text_of(opened("weekly_review", company))


def test_what_waits_is_in_no_figure_page_or_document(
        opened, store, company, key, reader, proposed, tmp_path, capsys, monkeypatch):
    url = store._engine.url.render_as_string(hide_password=False)
    monkeypatch.setenv("ORGDATA_STORE", url)

    def seen():
        conftest.clear_caches()
        pages = [re.sub(r"read \d+ \w+, [\d:]+", "", text_of(opened(page, company)))
                 for page in conftest.PAGES if page not in ("weekly_review", "data")]
        files = {}
        for kind in DOCUMENTS:
            out = tmp_path / f"{kind}.{ENDINGS.get(kind, 'html')}"
            of = ["--product", "P2"] if kind == "brief" else []
            assert main(["export", str(company), "--kind", kind, "--store", url, "--out", str(out), *of]) == 0
            files[kind] = out.read_bytes()
        capsys.readouterr()
        assert main(["report", str(company), "--store", url]) == 0
        return pages, files, capsys.readouterr().out

    reader("head")
    seen()  # the first report of a day keeps a snapshot
    before = seen()
    kept = proposed(spend())
    assert seen() == before
    store.accept(kept.id, "Kim", AT, AT.date())
    assert all(new != old for new, old in zip(seen(), before, strict=True))


def test_without_a_sign_in_everybody_changes_everything(opened, store, key):
    app = opened("gaps")
    assert "Propose" not in text_of(app)
    assert "Propose" not in str([one.label for one in opened("products", product="P01").button])


def test_nothing_is_accepted_unread(opened, store, company, key, reader):
    """Of a proposal of many changes each is told, and asked about where it is far off."""
    days = [f"2026-10-{day:02}" for day in range(1, 13)]
    store.propose(Proposal(key, tuple(
        Edit("check_ins", "add", {"kr_id": "K1", "date": day}, {"value": "9000" if day == days[-1] else "10",
                                                                "note": f"qzread{day[-2:]}x"})
        for day in days), "A check-in", "Lea", "leader@canary.example", AT))
    reader("pm")
    text = text_of(opened("my_product", company))
    assert [day for day in days if f"qzread{day[-2:]}x" not in text] == []
    assert "9000 would be" in text
