"""What is typed into a form is not saved where what others have would be read otherwise by it."""

import pytest

from orgdata.gaps import RULES
from tests import csv_folders

SOURCE = {
    "products": "product_id,name\nP1,Pay\nP2,Ship\n",
    "objectives": "objective_id,title,product_id,start_date,end_date\n"
                  "J1,Grow,P1,2026-10-01,2027-01-09\nJ2,Keep,P2,2026-10-01,2027-01-09\n",
    "key_results": "kr_id,objective_id,title,kr_type,baseline,target\n"
                   "K1,J1,Deals,increase,,10\nK3,J1,Sales,increase,,20\nK2,J2,Users,increase,0,\"1,200\"\n",
    "check_ins": "kr_id,date,value,confidence\nK1,2026-11-01,1,0.8\nUsers,2026-11-01,9,0.9\n"}


@pytest.fixture
def page(opened, tmp_path):
    """A function that opens a page on the source."""
    def of_source(name, **query):
        source = csv_folders.write(tmp_path / "source", "as_of = 2026-11-20\n", **SOURCE)
        return opened(name, source, **query)
    return of_source


def said(app):
    return app.error[0].value.replace("\\", "")


def test_a_check_in_says_how_to_write_it(page):
    app = page("my_product", product="P1")
    app.session_state["check_in_P1"] = True
    app.run()
    app.text_input(key="check_in_K1_0_value").set_value("3")
    app.text_input(key="check_in_K1_0_confidence").set_value("7")
    app.button(key="FormSubmitter:check_in_form_P1-Save the check-in").click().run()
    assert "Not saved: Confidence: write 0.7 for “7”" in said(app)
    app.text_input(key="check_in_by_P1").set_value("Ada")
    app.text_input(key="check_in_K1_0_confidence").set_value("0.7")
    app.button(key="FormSubmitter:check_in_form_P1-Save the check-in").click().run()
    assert not app.error


def test_so_does_a_form_beside_a_thing(page):
    app = page("my_product", product="P1")
    app.session_state["act_results_product_P1"] = True
    app.run()
    app.selectbox(key="action_key_result_K1").set_value("agreed").run()
    app.text_input(key="fix_agreed_key_result_K1_baseline").set_value("2,5")
    app.text_input(key="fix_by_agreed_key_result_K1").set_value("Ada")
    app.button(key="FormSubmitter:fix_agreed_key_result_K1-Save").click().run()
    assert "Not saved: Baseline: write 2.5 for “2,5”" in said(app)


def test_so_does_the_grid_of_many_gaps(page, monkeypatch):
    monkeypatch.setattr("orgdata.ui.widgets.fix_many.st.data_editor",
                        lambda frame, **_: frame.assign(given="2,5"))
    app = page("gaps", code=f"KR02 {RULES['KR02'].name}")
    app.session_state["many_KR02"] = True
    app.run()
    app.text_input(key="many_by_KR02").set_value("Ada")
    app.button(key="FormSubmitter:many_form_KR02-Save all").click().run()
    assert "Not saved: Baseline: write 2.5 for “2,5”" in said(app)
