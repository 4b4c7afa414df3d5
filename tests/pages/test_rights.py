"""What each role is shown: every page with all that opens on it, every document and download, and
every address is searched for words that must not be there, and for those that must."""

import io
import shutil
import zipfile
from datetime import UTC, date, datetime
from types import SimpleNamespace

import pandas as pd
import pyarrow as pa
import pytest
import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.elements.lib.mutable_expander_container import ExpanderContainer
from streamlit.elements.lib.mutable_popover_container import PopoverContainer
from streamlit.elements.lib.mutable_tab_container import TabContainer
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from streamlit.testing.v1 import AppTest

from orgdata.access.rights import DOCUMENTS, PAGES, Rights
from orgdata.edits import Edit
from orgdata.edits.scenario import Scenario, Step
from orgdata.evaluation import evaluate, keep
from orgdata.exports.registry import DOCUMENTS as ALL_DOCUMENTS
from orgdata.load import load
from orgdata.store import Correction, Decision, GapChange, Proposal, source_key
from orgdata.ui.shell import rights, sign_in
from tests import canaries
from tests.pages import conftest
from tests.pages.conftest import READERS, of_reader, text_of

ROLE = {"deputy": "pm", "owner": "viewer"}
SAID = {"qzdecisionowntwo": "OWN04:H4", "qzdecisiontwo": "PRG01:K2", "qzdecisionone": "PRG01:K1",
        "qzdecisionofall": None}
STATES = {"qzstatetwo": "PRG01:K2", "qzstateone": "PRG01:K1", "qzstateperson": "OWN04:H4"}
PROPOSED = {  # text → who proposed it, and the edit; and who sees it beside heads
    "qzproposedone": ("leadership", Edit("products", "set", {"product_id": "P1"}, {
        "jobs": "qzproposedone"}), {"leadership", "pm", "deputy"}),
    "qzproposedtwo": ("pm", Edit("products", "set", {"product_id": "P2"}, {
        "role_statement": "qzproposedtwo"}, {"role_statement": "qzpurposetwo"}), {"pm"}),
    "qzproposedask": ("viewer", Edit("expectations", "set", {"expectation_id": "X1"}, {
        "note": "qzproposedask"}), {"viewer", "partner", "pm", "deputy"}),
    "qzproposedlink": ("leadership", Edit("contributions", "set", {
        "product_id": "P1", "outcome_id": "O1"}, {"confirmed_by": "qzproposedlink"}),
        {"leadership", "owner"})}
FIX = {"qzcorrectedtwo": "P2", "qzcorrectedone": "P1"}
EVERYTHING = {*canaries.OWN, *canaries.OTHERS, *canaries.NOTES_OWN, *canaries.NOTES_OTHERS,
              *canaries.MAILS, *canaries.ABOUT_PERSONS, *canaries.ABOUT_OWN, *canaries.OWNERSHIP,
              "qzasknoteone", "qzasknotetwo", "qzasknotethree", "qzgoalabove", "qzscenario",
              *SAID, *STATES, *FIX, *PROPOSED}
PERSONAL = {*canaries.ABOUT_PERSONS, "qzdecisionowntwo", "qzstateperson"}
MINE = {*canaries.OWN, *canaries.NOTES_OWN, *canaries.ABOUT_OWN, "qzasknoteone", "qzgoalabove",
        "qzdecisionone", "qzstateone", "qzcorrectedone"}
MAY = {  # what each may find somewhere; the rest may stand nowhere
    "head": EVERYTHING,
    "leadership": EVERYTHING - PERSONAL - {*canaries.ABOUT_OWN} - {
        *canaries.NOTES_OWN, *canaries.NOTES_OTHERS},
    "pm": MINE | {"No PM is assigned to Nobodys"}, "deputy": MINE | {"No PM is assigned to Nobodys"},
    "owner": {"qzwhyone", "qzblockone"},  # which they can clear
    "partner": {"qzaskone", "qzasktwo", "qzasknoteone", "qzasknotetwo"},
    "viewer": set()}
MUST = {  # and what each does find
    "head": EVERYTHING,
    "leadership": {"qzpurposeone", "qzpurposetwo", "qzgoalone", "qzgoaltwo", "qzresulttwo", "qzaskone",
                   "qzaskthree", "qzblocktwo", *canaries.OWNERSHIP, "qzdecisionofall",
                   "qzdecisiontwo", "qzstatetwo", "qzscenario"},
    "pm": {"qzpurposeone", "qzgoalone", "qzresultone", "qzaskone", "qzblockone", "PRG05:K1",
           "qzdecisionone", "qzstateone"},
    "owner": {"qzwhyone"}, "partner": {"qzaskone", "qzasktwo"}, "viewer": set()}
MUST["deputy"] = MUST["pm"]
for each in READERS:
    theirs = {text for text, (_, _, seen_by) in PROPOSED.items() if each in seen_by | {"head"}}
    MAY[each], MUST[each] = MAY[each] - {*PROPOSED} | theirs, MUST[each] - {*PROPOSED} | theirs


class Everything:
    """All that is sent to a reader: what stands on pages, also in what is opened first, and what
    buttons hand over."""

    def __init__(self, monkeypatch):
        self.parts, self.downloads, self.file_names = [], [], set()
        for container in (ExpanderContainer, PopoverContainer, TabContainer):
            monkeypatch.setattr(container, "open", property(lambda _: True, lambda *_: None))
        for name, kept in (("dataframe", self._rows), ("data_editor", self._rows),
                           ("download_button", self._file)):
            for of in (st, DeltaGenerator):
                monkeypatch.setattr(of, name, self._noting(getattr(of, name), kept))

    def _noting(self, function, kept):
        def noted(*args, **kwargs):
            kept(*args, **kwargs)
            return function(*args, **kwargs)
        return noted

    def _rows(self, *args, **_):
        for rows in args:
            if isinstance(rows, pa.Table):
                rows = rows.to_pandas()
            if isinstance(rows, pd.DataFrame):
                self.parts.append(rows.to_csv().encode())

    def _file(self, *args, **kwargs):
        data = kwargs.get("data", next((one for one in args if callable(one)), None))
        self.downloads.append(data)
        self.file_names |= {one for one in [*args, kwargs.get("file_name")] if isinstance(one, str)}

    def take(self, app):
        assert not app.exception, app.exception
        self.parts += [node.proto.SerializeToString() for node in nodes(app._tree)
                       if getattr(node, "proto", None) is not None]

    def open_downloads(self):
        for data in self.downloads:
            content = data() if callable(data) else data
            self.parts.append(content if isinstance(content, bytes) else str(content).encode())
            if zipfile.is_zipfile(io.BytesIO(self.parts[-1])):
                with zipfile.ZipFile(io.BytesIO(self.parts[-1])) as archive:
                    self.parts += [archive.read(name) for name in archive.namelist()]
        self.downloads.clear()

    def holds(self, word):
        return any(word.encode() in part for part in self.parts)


def nodes(tree):
    for child in tree.children.values():
        yield child
        if hasattr(child, "children"):
            yield from nodes(child)


@pytest.fixture
def everything(monkeypatch):
    return Everything(monkeypatch)


@pytest.fixture
def remembered(store, company, tmp_path):
    """A store with a review, decisions, states and corrections about what is and is not theirs."""
    key, at = source_key(str(company)), datetime(2026, 11, 20, 9, tzinfo=UTC)
    for text, about in SAID.items():
        store.decide(Decision(key, text, date(2026, 11, 1), "Head", at, gap_key=about))
    for text, about in STATES.items():
        store.change_gap(GapChange(key, about, "planned", "Head", at, reason=text))
    store.correct([Correction(key, Edit("products", "set", {"product_id": product}, {"jobs": text}),
                              "Head", at, gap_key=f"OWN06:{product}") for text, product in FIX.items()])
    for text, (role, edit, _) in PROPOSED.items():
        store.propose(Proposal(key, (edit,), text, role, of_reader(role), at, reason=text))
    earlier = tmp_path / "earlier"
    shutil.copytree(company, earlier)
    for name, now, then in (("assignments", "contributor,90", "contributor,20"),
                            ("key_results", "qzmetrictwo,0,100", "qzmetrictwo,0,200"),
                            ("expectations", "qzaskthree", "qzasked before")):
        file = earlier / f"{name}.csv"
        file.write_text(file.read_text("utf-8").replace(now, then), "utf-8")
    keep(store, key, evaluate(load(str(earlier)), date(2026, 11, 13)),
         datetime(2026, 11, 13, 9, tzinfo=UTC), "Head", review=True)
    step = Step("retire product", {"product_id": "P2"}, (
        Edit("products", "set", {"product_id": "P2"}, {"status": "retired"}),))
    kept = store.add_scenario(key, Scenario("qzscenario", (step,)), "Head", at)
    return SimpleNamespace(store=store, scenario=kept.token)


def addresses(page, keys, scenario):
    """Each page as it is, and with all that an address may name on it."""
    yield {}
    if page in ("overview", "what_if"):
        yield {"scenario": scenario}
    named = {"outcomes": ("outcome", ["O1", "O2"]), "products": ("product", ["P1", "P2", "P6"]),
             "my_product": ("product", ["P1", "P2"]), "gaps": ("gap", keys),
             "data": ("row", ["products:P1", "products:P2", "people:H2"]),
             "overview": ("cell", ["P1:O1", "P2:O2", "P2:", ":O2"])}
    param, values = named.get(page, ("", []))
    yield from ({param: value} for value in values)


KEYS = ["PRG01:K1", "PRG01:K2", "PRG05:K1", "PRG05:K2", "OWN04:H4", "OWN05:H3", "OWN07:J2",
        "OWN06:P2", "OWN01:P6", "XFN01:X1", "XFN01:X2", "XFN01:X3", "PRT04:D1", "RBK01:R2",
        "GOV01:PRG01:K2", "GOV01:OWN04:H4"]


@pytest.mark.parametrize("role", READERS)
def test_each_role_is_shown_what_is_for_it_and_nothing_else(
        opened, remembered, company, reader, everything, role):
    reader(role)
    for page in conftest.PAGES:
        for query in addresses(page, KEYS, remembered.scenario):
            everything.take(opened(page, company, **query))
            everything.open_downloads()
    found = {word for word in EVERYTHING if everything.holds(word)}
    assert not found - MAY[role]
    assert not MUST[role] - found
    roles = {ROLE.get(role, role)}
    assert {name for name in ALL_DOCUMENTS if any(file.startswith(f"{name}-") for file in
                                                  everything.file_names)} == {
        name for one in roles for name in DOCUMENTS[one]}


def test_nobody_gets_what_was_drawn_for_another_before(
        opened, remembered, company, reader, everything):
    """All come one after the other, and nothing is forgotten between them."""
    for page, query in (("overview", {}), ("overview", {"cell": "P2:O2"}), ("gaps", {}),
                        ("outcomes", {"outcome": "O2"}), ("products", {"product": "P2"})):
        for role in ("head", *READERS, "head"):
            reader(role)
            everything.parts.clear()
            everything.take(opened(page, company, **query))
            assert not {word for word in EVERYTHING if everything.holds(word)} - MAY[role]


@pytest.mark.parametrize("role", READERS)
def test_the_menu_and_the_pages_are_those_of_the_role(opened, company, reader, role):
    reader(role)
    for page in conftest.PAGES:
        may = page in PAGES[ROLE.get(role, role)]
        assert ("There is no such page, or it is not for you." in text_of(opened(page, company))) != may


@pytest.mark.parametrize(("role", "page", "param", "hidden", "nothing"), [
    ("pm", "gaps", "gap", "PRG01:K2", "PRG01:K9"), ("leadership", "gaps", "gap", "OWN04:H4", "OWN04:H9"),
    ("partner", "gaps", "gap", "XFN01:X3", "XFN01:X9"), ("pm", "my_product", "product", "P2", "P9"),
    ("viewer", "overview", "cell", "P2:O2", "P9:O2"), ("viewer", "overview", "scenario", "", "x" * 22)])
def test_what_is_not_for_somebody_looks_as_what_is_not_there(
        opened, remembered, company, reader, role, page, param, hidden, nothing):
    reader(role)
    hidden = hidden or remembered.scenario
    seen = text_of(opened(page, company, **{param: hidden})).replace(hidden, "…")
    assert seen == text_of(opened(page, company, **{param: nothing})).replace(nothing, "…")


def test_a_search_finds_only_what_is_shown(opened, company, reader):
    def found(role, text):
        reader(role)
        app = opened("overview", company)
        app.text_input(key="search").set_value(text).run()
        return "No active item matches." not in text_of(app)

    for word, roles in {"qzresulttwo": {"head", "leadership"}, "K2": {"head", "leadership"},
                        "qzresultone": {"head", "leadership", "pm", "deputy"},
                        "Returns": set(READERS), "qzmailtwo": set()}.items():
        assert {role for role in READERS if found(role, word)} == roles


def labels(app):
    return {one.label for kind in ("button", "text_input", "selectbox") for one in app.get(kind)}


def test_a_product_manager_changes_their_own_and_it_is_noted(opened, store, company, reader):
    reader("pm")
    app = opened("gaps", company, gap="XFN01:X1")
    app.selectbox(key="fix_XFN01:X1_state").set_value("accepted")
    next(one for one in app.button if one.label == "Save" or "nswer" in one.label).click().run()
    assert not app.exception
    made, = store.correction_log(source_key(str(company)))
    assert (made.by, made.author, made.edit.key) == ("Mara One", "Mara One", {"expectation_id": "X1"})
    assert [(one.by, one.did, one.what) for one in store.audit(datetime(2000, 1, 1, tzinfo=UTC))] == [
        ("Mara One", "changed", "correction expectations set X1"), ("Mara One", "signed in", "pm")]


@pytest.mark.parametrize(("role", "page", "query", "forms"), [
    ("pm", "my_product", {"product": "P1"}, {"Change it here", "Confirm or edit the purpose"}),
    ("pm", "products", {"product": "P2"}, set()), ("pm", "outcomes", {"outcome": "O1"}, set()),
    ("owner", "outcomes", {"outcome": "O1"}, {"Confirm or decline links"}),
    ("owner", "outcomes", {"outcome": "O2"}, set()), ("viewer", "outcomes", {"outcome": "O1"}, set()),
    ("leadership", "products", {"product": "P2"}, {"Propose a change"}),
    ("leadership", "outcomes", {"outcome": "O2"}, {"Propose a change"}),
    ("leadership", "weekly_review", {}, {"Record a decision or to-do"}),
    ("head", "products", {"product": "P2"}, {"Change it here"}),
    ("head", "weekly_review", {}, {"Record a decision or to-do", "Close the review of 20 Nov 2026"})])
def test_forms_are_there_for_those_whose_they_are(
        opened, store, company, reader, role, page, query, forms):
    reader(role)
    app = opened(page, company, **query)
    found = {one.proto.popover.label for one in nodes(app._tree)
             if getattr(one, "proto", None) is not None and hasattr(one.proto, "popover")}
    assert found & {"Change it here", "Propose a change", "Confirm or edit the purpose", "Confirm or decline links",
                    "Record a decision or to-do", "Close the review of 20 Nov 2026"} == forms


@pytest.mark.parametrize("hidden", ["OWN04:H4", "GOV01:OWN04:H4"])
def test_a_gap_named_by_a_forged_click_is_not_there(
        opened, remembered, company, reader, everything, hidden):
    """A browser says which gap is to be settled; it may say one that it was not sent."""
    reader("leadership")
    app = opened("weekly_review", company)
    app.session_state["settled"] = hidden
    everything.take(app.run())
    assert not everything.holds("qzstateperson")
    assert "There is no such gap on this day, or it is not for you." in text_of(app)
    assert not [one for one in app.selectbox if one.key == "state_of_OWN04:H4"]


def test_a_partner_answers_and_says_nothing_else_of_the_gap(opened, remembered, company, reader):
    for role, says in (("partner", False), ("pm", True), ("leadership", True)):
        reader(role)
        app = opened("gaps", company, gap="XFN01:X1")
        assert ("Owner" in labels(app)) == says
        assert ("Record the answer" in labels(app)) == (role != "leadership")


@pytest.mark.parametrize("more", [False, True])
def test_what_is_undone_in_a_conflict_is_all_theirs(opened, store, company, reader, more):
    """Somebody else kept one thing while a product manager typed, with more in it or not."""
    reader("pm")
    edits = [Edit("expectations", "set", {"expectation_id": "X1"}, {"state": "countered"}),
             Edit("products", "set", {"product_id": "P2"}, {"jobs": "qzother"})][:1 + more]
    app = opened("gaps", company, gap="XFN01:X1")
    store.correct([Correction(source_key(str(company)), edit, "Head", datetime.now(UTC), of=1)
                   for edit in edits])
    app.selectbox(key="fix_XFN01:X1_state").set_value("accepted")
    app.button(key="FormSubmitter:fix_XFN01:X1-Record the answer").click().run()
    assert not app.exception
    assert "Head was first" in text_of(app)
    assert ("Keep what the files say" in labels(app)) != more


def test_another_person_in_the_same_session_finds_nothing_of_the_first(
        opened, store, company, reader, everything):
    """Behind a proxy a connection that breaks comes back to its session, whoever is signed in now."""
    reader("head")
    app = opened("overview", company, cell="P2:O2")
    app.text_input(key="search").set_value("Returns").run()
    app.session_state["name_typed"] = "qzleft"
    reader("viewer")
    everything.parts.clear()
    everything.take(app.run())
    assert "name_typed" not in app.session_state
    assert not {word for word in EVERYTHING if everything.holds(word)} - MAY["viewer"]
    assert [one.by for one in store.audit(datetime(2000, 1, 1, tzinfo=UTC))] == [
        "visitor@else.example", "head@canary.example"]


def test_a_click_on_what_was_drawn_for_another_does_nothing(opened, remembered, company, reader):
    key, before = source_key(str(company)), remembered.store.corrections
    count = len(before(key))
    reader("head")
    app = opened("data", company)
    reader("pm")
    next(one for one in app.button if one.label == "Undo").click().run()
    assert len(before(key)) == count
    assert [one.by for one in remembered.store.audit(datetime(2000, 1, 1, tzinfo=UTC))
            if one.did == "changed" and one.by != "Head"] == []


def sent(app, button, **texts):
    """Sends a form as a browser does that writes texts into fields, whatever they offer."""
    states, fields = app._tree.get_widget_states(), {app.selectbox(key=key).id: text
                                                     for key, text in texts.items()}
    for one in states.widgets:
        if one.id in fields:
            one.string_value = fields[one.id]
    states.widgets.append(WidgetState(id=next(one.id for one in app.button if one.label == button),
                                      trigger_value=True))
    return app._run(states)


def test_a_field_takes_nothing_that_it_does_not_offer(opened, store, company, reader):
    """What is said of another object, as that it is dropped already, would name it."""
    reader("pm")
    app = opened("my_product", company, product="P1")
    app.session_state["act_product_P1"] = True
    app.run().selectbox(key="action_product_P1").select("deputy").run()
    key = source_key(str(company))
    for chosen, kept in (("H99", 0), ("qzgoaltwo", 0), ("Tom Two", 1)):
        sent(app, "Save", fix_deputy_product_P1_person_id=chosen)
        assert not app.exception
        assert len(store.corrections(key)) == kept
        assert any("fill in" in one.value for one in app.error) != kept


@pytest.mark.parametrize("drawn_again", [False, True])
def test_a_click_on_what_was_drawn_with_more_rights_does_nothing(
        opened, remembered, company, reader, monkeypatch, drawn_again):
    """A browser may send a click on a button that stood on a page earlier, whatever stands there."""
    key, roles = source_key(str(company)), [frozenset({"head"}), frozenset({"leadership"})]
    monkeypatch.setattr(rights, "rights_of", lambda *_: Rights(roles[0]))
    reader("head")
    app = opened("overview", company, cell="P2:")
    app.session_state["act_product_P2"] = True
    app.run()
    count = len(remembered.store.corrections(key))
    undo = next(one for one in app.button if one.label == "Undo")
    roles.pop(0)
    if drawn_again:
        app.run()
        assert "Undo" not in labels(app)
    app._run(WidgetStates(widgets=[WidgetState(id=undo.id, trigger_value=True)]))
    assert not app.exception
    assert len(remembered.store.corrections(key)) == count


def _part():
    import streamlit as st

    from orgdata.access import OPEN
    from orgdata.ui.shell import rights

    if st.session_state.setdefault("runs", 0) == 0:
        st.session_state["runs"] = 1
        rights.hold(OPEN)
        st.markdown("as it was drawn")
    else:
        st.markdown("drawn anew")


@pytest.mark.parametrize(("role", "said"), [("head", "as it was drawn"), ("leadership", "drawn anew"),
                                            ("viewer", "drawn anew")])
def test_a_part_that_is_run_by_itself_goes_on_only_with_the_same_rights(
        opened, company, reader, role, said):
    reader(role)
    opened("overview", company)
    app = AppTest.from_function(_part, default_timeout=60).run()
    assert [one.value for one in app.markdown] == [said]


def test_a_session_that_forgot_who_is_signed_in_asks_nobody_for_a_name(opened, company, reader):
    reader("pm")
    app = opened("gaps", company, gap="XFN01:X1")
    assert sign_in.name() == "mara@canary.example"  # of a session that knows nothing yet
    assert not any("name" in one.label.lower() for one in app.text_input if one.label != "Search")


def test_no_address_of_the_source_is_sent_to_a_browser(opened, company, reader, everything):
    for role in ("head", "viewer"):
        reader(role)
        everything.take(opened("overview", company))
        assert not everything.holds(str(company))


def test_heads_see_who_did_what(opened, store, company, reader, everything):
    for role in ("viewer", "head"):
        reader(role)
        app = opened("data", company)
        everything.take(app)
        assert ("Who did what" in text_of(app)) == (role == "head")
    assert everything.holds("visitor@else.example")
    everything.open_downloads()
    assert [(one.by, one.did) for one in store.audit(datetime(2000, 1, 1, tzinfo=UTC))][-2:] == [
        ("head@canary.example", "signed in"), ("visitor@else.example", "signed in")]
    exported = {one.what for one in store.audit(datetime(2000, 1, 1, tzinfo=UTC)) if one.did == "exported"}
    assert exported >= {"portfolio.zip", "audit.csv"}
