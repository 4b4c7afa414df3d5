"""Every page of the demo, with all that opens on it, speaks people's words: no column of ours, no
snake_case, none of the words that a better one has replaced. Only the fold for those who keep the
data may, and the two tabs of the Method page that document tables and formulas."""

import json
import re

import pytest
from streamlit.runtime.scriptrunner_utils.script_run_context import ScriptRunContext

from orgdata.ui.screens import method
from orgdata.views.explain.explanation import KEPT_IN
from tests import renamed, said
from tests.demo_company import alignment
from tests.pages.conftest import PAGES
from tests.pages.uploads import FLAT, PEOPLE

VIEWS = [*((page, {}) for page in PAGES),
         ("gaps", {"gap": "OWN01:P21"}), ("gaps", {"gap": "PRG01:K163"}),
         ("products", {"product": "P21"}), ("outcomes", {"outcome": "O1"}),
         ("outcomes", {"tab": "Flow of spend"}),
         ("my_product", {"product": "P21"}), ("my_product", {"product": "P01"}),
         *(("method", {"method_tab": tab}) for tab in ("Words", "Rules", "Pace"))]
FOLDED = ("all_findings", "every_change", "all_reviews")


def names():
    """The names in the data of the demo, which may say what they like."""
    portfolio = alignment().portfolio
    return [name for table, column in (("products", "name"), ("outcomes", "name"),
                                       ("objectives", "title"), ("key_results", "title"))
            for name in portfolio[table][column]] + ["Write goals for Developer Platform"]  # decided


def popovers(block):
    """The keys of the popovers and folds on a page that are sent once they are opened."""
    for child in getattr(block, "children", {}).values():
        proto = getattr(child, "proto", None)
        for kind in ("popover", "expandable"):
            if proto is not None and kind in {field.name for field in proto.DESCRIPTOR.fields} and (
                    proto.HasField(kind) and (id_ := getattr(getattr(proto, kind), "id", ""))):
                yield id_.split("-", 2)[-1]
        yield from popovers(child)


@pytest.mark.parametrize(("page", "query"), VIEWS)
def test_a_page_speaks_peoples_words(weeks, page, query):
    app = weeks(page, **query)
    for key in (*popovers(app._tree), *FOLDED):
        app.session_state[key] = True
    app.run()
    assert not app.exception
    assert said.faults(said.of_page(app, KEPT_IN), names()) == []


def test_where_it_is_kept_stands_in_its_fold_alone(weeks):
    app = weeks("gaps", gap="OWN01:P21")
    assert said.faults(said.of_page(app, "no such fold"), names())
    assert not said.faults(said.of_page(app, KEPT_IN), names())


def test_the_tabs_for_those_who_keep_the_data_are_left_out_by_name():
    assert (method.KEEPERS_TABLES, method.KEEPERS_METHOD) == ("Tables", "In full")


@pytest.mark.parametrize(("page", "query"), VIEWS)
def test_a_page_says_our_words_as_the_organisation_does(weeks, kept, monkeypatch, tmp_path, page, query):
    if page == "weekly_review":  # the weeks in the store are those of the demo
        monkeypatch.setenv("ORGDATA_SETTINGS", renamed.settings(tmp_path))
        app = weeks(page, **query)
    else:
        app = weeks(page, kept(renamed.folder_with_names(tmp_path)), **query)
    for key in (*popovers(app._tree), *FOLDED):
        app.session_state[key] = True
    app.run()
    assert not app.exception
    assert list(renamed.left(said.of_page(app, KEPT_IN))) == []


def test_where_it_is_kept_stays_in_our_own_names(weeks, kept, tmp_path):
    app = weeks("gaps", kept(renamed.folder_with_names(tmp_path)), gap="OWN01:P21")
    fold, = (one for one in app.expander if one.label == KEPT_IN)
    assert fold.markdown[0].value.replace("\\", "") == (
        "assignments (role accountable, start_date, end_date); this gap is about products, row 28")


def test_a_figure_still_fits_together(opened, kept, tmp_path, sent):
    opened("outcomes", kept(renamed.folder_with_names(tmp_path)), tab="Flow of spend")
    chart = [one.delta.new_element.echarts_chart for one in sent if one.HasField("delta")
             and one.delta.new_element.HasField("echarts_chart")][-1]
    flow = json.loads(chart.spec)["series"][0]
    nodes, links = {one["id"]: one["name"] for one in flow["data"]}, flow["links"]
    assert nodes.keys() == {one[end] for one in links for end in ("source", "target")} | {"without:0"}
    assert nodes["outcome:O1"] == f"{renamed.NAME} 0"
    assert nodes["outcome:"] == "Not linked to a goal"


@pytest.mark.parametrize("tab", [method.KEEPERS_TABLES, method.KEEPERS_METHOD])
def test_what_documents_tables_and_formulas_stays_in_our_own_names(opened, kept, tmp_path, tab):
    app = opened("method", kept(renamed.folder_with_names(tmp_path)), method_tab=tab)
    text = max((one.value for one in app.markdown), key=len)
    assert len(re.findall(r"\bproducts?\b", text)) > 20
    assert "nitiative" not in text.replace('["Initiative", "Initiatives"]', "")


def test_the_upload_speaks_peoples_words(bring):
    app = bring(("okrs.csv", FLAT), ("people.csv", PEOPLE))
    assert said.faults(said.of_page(app, KEPT_IN), [*names(), "person_id", "Goal"]) == []


def test_the_upload_says_our_words_as_the_organisation_does(bring, monkeypatch, tmp_path):
    monkeypatch.setenv("ORGDATA_SETTINGS", renamed.settings(tmp_path))
    own = FLAT.replace("Checkout", f"{renamed.NAME} 1").replace("Key result", "KR").replace("PM", "Lead")
    app = bring(("okrs.csv", own), ("people.csv", PEOPLE))
    assert "**2** initiatives" in app.markdown[2].value
    assert list(renamed.left(said.of_page(app, KEPT_IN))) == []


@pytest.fixture
def sent(monkeypatch):
    """The messages that were sent to the browser, as they left."""
    messages, send = [], ScriptRunContext.enqueue

    def enqueue(self, message):
        send(self, message)
        messages.append(message)

    monkeypatch.setattr(ScriptRunContext, "enqueue", enqueue)
    return messages


def test_the_menu_is_in_the_words_of_the_organisation_and_addresses_stay(opened, kept, tmp_path, sent):
    opened("overview", kept(renamed.folder_with_names(tmp_path)))
    menu = [one.navigation.app_pages for one in sent if one.HasField("navigation")][-1]
    assert [(page.page_name, page.url_pathname) for page in menu if "roduct" in page.url_pathname] == [
        ("Initiatives", "products"), ("My initiative", "my_product")]
