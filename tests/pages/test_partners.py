"""The Partners page: what is expected, answered by whom it is asked of, changed and proposed."""

import pytest

from orgdata.store import source_key
from tests import canaries
from tests.pages.conftest import table_rows, text_of


def _title(app):
    return app.title[0].value.replace("\\", "")


def _send(app, key):
    next(one for one in app.button if key in (one.key or "")).click().run()
    return app


def test_all_functions_with_what_is_open_first(opened):
    app = opened("partners")
    assert _title(app).startswith("2 of 6 expectations with 5 functions are not settled; the first by 15 Dec 2026")
    assert "1 countered, 1 not answered, 3 agreed, 1 declined" in text_of(app)
    needs, owes = (table_rows(app, f"What {side}") for side in (
        "products need from other functions", "other functions need from products"))
    assert [row.split(" | ")[1] for row in needs] == ["Design", "Sales"]
    assert [row.split(" | ")[1] for row in owes] == ["Finance", "Marketing", "Sales", "Support"]
    assert owes[3].endswith("good ● agreed Nadia Haddad, 6 Nov 2026 | 1 Dec 2026")


def test_one_function_has_an_address_of_its_own(opened):
    app = opened("partners", partner="sales")
    assert "with Sales" in _title(app)
    assert len(table_rows(app, "What products need from Sales")) == 1
    assert table_rows(app, "What Sales needs from products")[0].startswith("A date for single sign-on")


def test_an_answer_counts_at_once_and_is_said_to_be_theirs_without_a_sign_in(opened):
    app = opened("partners", expectation="X1")
    app.selectbox(key="answer_X1_0_state").set_value("accepted")
    app.text_input(key="by_answer_X1").set_value("Fay Finance")
    _send(app, "form_answer_X1")
    assert not app.exception
    said = text_of(opened("partners", expectation="X1")).replace("\\", "")
    assert "agreed] Fay Finance (said to be), 20 Nov 2026" in said
    app = opened("partners")
    assert _title(app).startswith("1 of 6")


def test_to_counter_takes_an_offer(opened):
    app = opened("partners", expectation="X1")
    app.selectbox(key="answer_X1_0_state").set_value("countered")
    _send(app, "form_answer_X1")
    assert "say in the note what is offered instead" in app.error[0].value


def test_a_change_makes_what_was_agreed_an_offer_again(opened):
    app = opened("partners", expectation="X3")
    app.text_input(key="change_X3_0_what").set_value("Answers to the three commonest questions")
    app.text_input(key="by_change_X3").set_value("Ada")
    _send(app, "form_change_X3")
    assert not app.exception
    app = opened("partners", expectation="X3")
    assert _title(app) == "Answers to the three commonest questions"
    assert "not answered" in text_of(app)


def test_a_new_expectation(opened):
    app = opened("partners")
    app.session_state["expect"] = True
    app.run()
    app.selectbox(key="expect_new_0_product_id").set_value("P01")
    app.text_input(key="expect_new_0_partner").set_value("Legal")
    app.text_input(key="expect_new_0_what").set_value("A review of the terms")
    app.text_input(key="by_expect_new").set_value("Ada")
    _send(app, "form_expect_new")
    app = opened("partners")
    assert any("A review of the terms | Legal" in row
               for row in table_rows(app, "What products need from other functions"))


def test_what_is_not_there_is_said(opened):
    assert _title(opened("partners", expectation="X99")) == "There is no such expectation, or it is not for you."


def test_without_expectations_it_says_which_three_columns_would_show_it(opened, tmp_path):
    (tmp_path / "products.csv").write_text("product_id,name\nP1,Checkout\n")
    app = opened("partners", tmp_path)
    assert "A sheet with three columns shows it: the product, the function" in text_of(app)


@pytest.mark.parametrize(("role", "seen", "not_seen"), [
    ("partner", ["qzaskone", "qzasktwo"], ["qzaskthree"]), ("pm", ["qzaskone"], ["qzasktwo", "qzaskthree"]),
    ("leadership", ["qzaskone", "qzasktwo", "qzaskthree"], [])])
def test_each_sees_what_is_theirs(opened, company, reader, role, seen, not_seen):
    reader(role)
    app = opened("partners", company)
    rows = "\n".join(table_rows(app, "What other functions need from products"))
    assert all(one in rows for one in seen)
    assert not any(one in rows + text_of(app) for one in not_seen)


def test_a_partner_confirms_by_their_own_sign_in(opened, company, reader):
    reader("partner")
    app = opened("partners", company, expectation="X1")
    app.selectbox(key="answer_X1_0_state").set_value("accepted")
    _send(app, "form_answer_X1")
    assert not app.exception
    said = text_of(opened("partners", company, expectation="X1")).replace("\\", "").replace("\u2060", "")
    assert "agreed] someone@else.example, on behalf of Checkout, 20 Nov 2026" in said  # which is asked
    assert "said to be" not in said


def test_a_partner_proposes_another_wording(opened, store, company, reader):
    reader("partner")
    app = opened("partners", company, expectation="X1")
    app.text_input(key="change_X1_0_what").set_value("qzreworded")
    _send(app, "form_change_X1")
    assert not app.exception
    assert store.correction_log(source_key(str(company))) == []
    proposed, = store.proposals(source_key(str(company)))
    assert proposed.edits[0].values["what"] == "qzreworded"
    app = opened("partners", company, expectation="X1")
    assert _title(app) == "qzaskone"


@pytest.mark.parametrize("page", ["partners", "gaps"])
@pytest.mark.parametrize("head", [False, True])
@pytest.mark.parametrize(("direction", "said"), [
    ("from_partner", "agreed] Mara One, 20 Nov 2026"),  # her product is the one that is asked
    ("to_partner", "agreed] Mara One, on behalf of Sales, 20 Nov 2026")])
def test_who_does_not_speak_for_the_side_that_is_asked_answers_on_its_behalf(
        opened, company, kept, reader, tmp_path, direction, said, head, page):
    """On whatever page, and also who is head beside what is theirs."""
    reader("pm")
    folder = tmp_path / direction
    folder.mkdir()
    for file in company.iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    (folder / "expectations.csv").write_text(
        f"expectation_id,product_id,partner,what,direction\nX1,P1,sales,qzaskone,{direction}\n")
    if head:
        (folder / "settings.toml").write_text(canaries.SETTINGS.replace("head@canary", "mara@canary"))
    folder = kept(folder)
    app = opened(page, folder, **{"partners": {"expectation": "X1"}, "gaps": {"gap": "XFN01:X1"}}[page])
    field, form = {"partners": ("answer_X1_0_state", "form_answer_X1"),
                   "gaps": ("fix_XFN01:X1_state", "fix_XFN01:X1-")}[page]
    app.selectbox(key=field).set_value("accepted")
    _send(app, form)
    assert not app.exception
    assert said in text_of(opened("partners", folder, expectation="X1")).replace("\\", "")


def test_what_is_for_somebody_else_to_answer_is_proposed(opened, company, reader):
    reader("leadership")
    app = opened("partners", company, expectation="X1")
    assert "Propose an answer" in [one.value for one in app.subheader]
    app.selectbox(key="answer_X1_0_state").set_value("accepted")
    _send(app, "form_answer_X1")
    assert not app.exception
    app = opened("partners", company, expectation="X1")
    assert "not answered" in text_of(app)
    assert "What you proposed" in text_of(opened("weekly_review", company))
