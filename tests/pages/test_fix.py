"""A gap is settled where it is shown: what is saved counts at once, everywhere, until undone."""

import json
import os
from datetime import UTC, datetime

import pytest

from orgdata.cli import main
from orgdata.demo import DEMO
from orgdata.edits import Edit
from orgdata.store import Correction, Store, source_key
from tests.pages.conftest import text_of

GAP, KEY = "OWN01:P21", source_key(str(DEMO))


@pytest.fixture
def keys(capsys):
    """A function that returns the keys of the gaps that the command line reports."""
    def reported(*options):
        assert main(["report", str(DEMO), "--as-of", "2026-11-20", "--format", "json",
                     "--store", os.environ["ORGDATA_STORE"], *options]) == 0
        return {gap["key"] for gap in json.loads(capsys.readouterr().out)["gaps"]}
    return reported


def button(app, label):
    return next(one for one in app.button if one.label == label)


def assign(app, person="H12", name="Ada"):
    app.selectbox(f"fix_{GAP}_person_id").set_value(person)
    app.text_input(f"fix_by_{GAP}").set_value(name)
    return button(app, "Assign a product manager").click().run()


def test_a_product_without_a_manager_gets_one_and_loses_him_again(opened, keys):
    assert not assign(opened("gaps", gap=GAP)).exception
    app = opened("gaps", gap=GAP)
    said = text_of(app).replace("\\", "")
    assert not app.exception
    assert "Settled by what was corrected here: no PM assigned, which is no longer found" in said
    assert "Corrected here by Ada" in said
    assert "Nadia Haddad becomes product manager of Returns from 20 Nov 2026." in said
    assert "Corrections: 1 cell, none yet in the source" in said
    assert GAP not in keys()
    assert GAP in keys("--without-corrections")
    button(app, "Undo").click().run()
    assert GAP not in keys(), "nobody said who undoes it"
    app.text_input(f"undo_by_{GAP}").set_value("Bo")
    button(app, "Undo it").click().run()
    app = opened("gaps", gap=GAP)
    assert "No PM is assigned to Returns" in app.title[0].value.replace("\\", "")
    assert "Corrected here" not in text_of(app)
    assert GAP in keys()
    with Store.open(os.environ["ORGDATA_STORE"]) as store:
        assert [(one.by, one.undone_by) for one in store.correction_log(KEY)] == [("Ada", "Bo")]


def test_what_is_missing_is_said_and_nothing_is_saved(opened):
    app = assign(opened("gaps", gap=GAP), person=None)
    assert [one.value.replace("\\", "") for one in app.error] == [
        "Not saved: fill in Product manager."]
    app = assign(opened("gaps", gap=GAP), name="")
    assert "Not saved: say who you are" in app.error[0].value.replace("\\", "")
    with Store.open(os.environ["ORGDATA_STORE"]) as store:
        assert store.correction_log(KEY) == []


def test_what_makes_no_sense_is_refused_in_one_line(opened):
    app = opened("gaps", gap="OUT05:O1")
    app.text_input("fix_OUT05:O1_weight").set_value("1000")
    button(app, "Change the weight").click().run()
    assert app.error[0].value.replace("\\", "") == (
        "Not saved: expected a weight from 0 to below 100, found '1000'.")


def test_a_gap_that_no_cell_settles_has_no_form(opened):
    said = text_of(opened("gaps", gap="PRT02:portfolio"))
    assert "Fix it here" not in said
    assert "Revenue that comes from one product changes with the products" in said


@pytest.mark.parametrize(("choice", "weight"), [("Keep mine", "40"), ("Keep that of Bo", "20"),
                                               ("Keep what the files say", None)])
def test_what_somebody_else_wrote_meanwhile_is_shown_and_asked_about(opened, choice, weight):
    app = opened("gaps", gap="OUT05:O1")
    with Store.open(os.environ["ORGDATA_STORE"]) as store:
        store.correct([Correction(KEY, Edit("outcomes", "set", {"outcome_id": "O1"},
                                            {"weight": "20"}), "Bo", datetime.now(UTC))])
    app.text_input("fix_OUT05:O1_weight").set_value("40")
    app.text_input("fix_by_OUT05:O1").set_value("Ada")
    button(app, "Change the weight").click().run()
    said = text_of(app).replace("\\", "")
    assert "Bo was first: which one holds?" in said
    assert "Your files: weight “25”." in said
    assert "weight “25” → “40”" in said or "weight “20” → “40”" in said
    button(app, choice).click().run()
    with Store.open(os.environ["ORGDATA_STORE"]) as store:
        last = [one for one in store.corrections(KEY) if one.edit.key == {"outcome_id": "O1"}]
    assert [one.edit.values for one in last[-1:]] == ([{"weight": weight}] if weight else [])
    assert "which one holds" not in text_of(app)


def test_what_is_sent_after_somebody_else_settled_the_gap_is_said_to_be_not_saved(opened):
    late = opened("gaps", gap=GAP)
    assign(opened("gaps", gap=GAP), "H12", "Bo")
    late.selectbox(f"fix_{GAP}_person_id").set_value("H15")
    late.text_input(f"fix_by_{GAP}").set_value("Ada")
    del late.session_state["frame_entered"]  # else Streamlit's runner leaves out the router
    button(late, "Assign a product manager").click().run()
    said = text_of(late).replace("\\", "")
    assert "What you entered was not saved: the gap was settled before you." in said
    assert "Corrected here by Bo" in said
    assert "not saved" not in text_of(late.run())
    with Store.open(os.environ["ORGDATA_STORE"]) as store:
        assert {one.by for one in store.corrections(KEY)} == {"Bo"}
