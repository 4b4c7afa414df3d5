"""What a page hands over: the buttons are there, and the documents hold what is on the screen."""

import io
from functools import partial

import pytest
import python_calamine

from orgdata.demo import DEMO
from orgdata.exports.deck.template import DEFAULT_TEMPLATE
from orgdata.exports.registry import DOCUMENTS
from orgdata.ui.widgets import downloads
from tests.csv_folders import write
from tests.pages.conftest import text_of

OFFERED = {"weekly_review": ("deck", "weekly", "workbook"), "overview": ("offsite", "workbook"),
           "gaps": ("workbook",), "my_product": ("brief",)}


@pytest.fixture
def taken(monkeypatch):
    """Opens the button of a page; gives its page, its buttons, and what each would hand over."""
    def take(app):
        asked = {}

        def remembered(function, *arguments):
            asked[arguments[1:3]] = arguments
            return partial(function, *arguments)

        monkeypatch.setattr(downloads, "partial", remembered)
        app.session_state["take_along"] = True
        app.run()
        assert not app.exception
        return app, _buttons(app), asked
    return take


def _said(app):
    return text_of(app).replace("\\", "")


def _cells(workbook):
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(workbook))
    return {str(cell) for name in book.sheet_names
            for row in book.get_sheet_by_name(name).to_python() for cell in row}


def _buttons(app):
    return [one.proto for one in app.get("download_button") if "take_" in one.proto.id]


@pytest.mark.parametrize("page", OFFERED)
def test_each_page_offers_its_documents_once_opened(opened, taken, page):
    query = {"product": "P01"} if page == "my_product" else {}
    app = opened(page, **query)
    assert _buttons(app) == []
    app, buttons, asked = taken(app)
    assert set(asked) == {(name, suffix) for name in OFFERED[page] for suffix in DOCUMENTS[name].makers}
    assert len(buttons) == len(asked)
    assert all(one.ignore_rerun for one in buttons)
    for name in OFFERED[page]:
        assert DOCUMENTS[name].title in _said(app)
    for arguments in asked.values():
        assert downloads.make_document(*arguments)


@pytest.mark.parametrize("usable", [False, True])
def test_a_template_that_cannot_be_used_is_said_in_place_of_the_button(opened, taken, tmp_path,
                                                                       usable):
    source = write(tmp_path / "data", settings='[documents]\ntemplate = "our.pptx"\n',
                   products="product_id,name\nP1,A\n", outcomes="outcome_id,name\nO1,Grow\n")
    if usable:
        (tmp_path / "data" / "our.pptx").write_bytes(DEFAULT_TEMPLATE.read_bytes())
    app, _, asked = taken(opened("weekly_review", source))
    assert (("deck", ".pptx") in asked) == usable
    said = " ".join(one.value for one in app.error).replace("\\", "")
    assert ("our.pptx does not exist" in said) != usable
    assert ("weekly", ".md") in asked


def test_the_review_compares_with_the_week_that_is_chosen(weeks, taken):
    app = weeks("weekly_review")
    for number, day in ((7, "13 Nov 2026"), (6, "6 Nov 2026")):
        app.selectbox(key="since").set_value(number).run()
        _, _, asked = taken(app)
        said = downloads.make_document(*asked["weekly", ".md"]).decode()
        assert f"Compared with: {day}" in said
        assert "Name a product manager for Returns" in said
        assert "Source: Brightquay (demo company)" in said


def test_other_pages_compare_with_the_last_week(weeks, taken):
    _, _, asked = taken(weeks("overview"))
    view, *_ = asked["offsite", ".md"]
    edition = downloads.edition_of(view)
    assert f"{edition.changes.before.as_of:%Y-%m-%d}" == "2026-11-13"
    assert edition.history is not None
    assert len(edition.decisions) > 3


def test_filters_are_honoured_and_printed(weeks, taken):
    app, _, asked = taken(weeks("weekly_review", area="Payments"))
    view, *_ = asked["weekly", ".md"]
    edition = downloads.edition_of(view)
    assert edition.filters == "Payments"
    assert edition.products == set(view.products()["product_id"])
    assert 0 < len(edition.product_rows()) < len(view.alignment.products)
    assert "Filters: Payments" in downloads.make_document(*asked["weekly", ".md"]).decode()
    assert "Filtered to Payments." in _said(app)
    assert "Payments" in _cells(downloads.make_document(*asked["workbook", ".xlsx"]))


def test_a_brief_is_of_its_product_whatever_the_filters(weeks, taken):
    app, _, asked = taken(weeks("my_product", product="P01", area="Logistics"))
    said = downloads.make_document(*asked["brief", ".md"]).decode()
    assert "Checkout" in said
    assert "Filters: none" in said
    assert "Lists hold only" not in text_of(app)


def test_the_list_of_gaps_is_handed_over_as_it_is_narrowed(opened, taken):
    _, _, asked = taken(opened("gaps", severity="critical", who="Outcome owner: Kenji Watanabe"))
    view, *_ = given = asked["workbook", ".xlsx"]
    gap_selection, = (one for one in given if isinstance(one, downloads.GapSelection))
    edition = downloads.edition_of(view, gap_selection=gap_selection)
    assert edition.filters == "critical, to be acted on by Outcome owner: Kenji Watanabe"
    rows = edition.listed_gaps().rows
    assert 0 < len(rows) < len(view.gaps.rows)
    assert set(rows["severity"]) == {"critical"}
    assert edition.gaps is view.gaps  # the numbers stay those of all
    assert edition.filter_notice().startswith(f"Lists of gaps show only {len(rows)} of "
                                              f"{len(view.gaps.rows)} (critical, to be")
    assert edition.filter_notice() in _cells(downloads.make_document(*asked["workbook", ".xlsx"]))


def test_without_a_store_a_document_is_made_all_the_same(opened, taken, monkeypatch):
    monkeypatch.setenv("ORGDATA_STORE", "nonsense://x")
    _, _, asked = taken(opened("weekly_review"))
    assert "no earlier snapshot" in downloads.make_document(*asked["weekly", ".md"]).decode()


def test_nothing_is_made_before_a_click(opened, taken, monkeypatch):
    monkeypatch.setattr(downloads, "edition_of", lambda *_: pytest.fail("made too early"))
    taken(opened("weekly_review", DEMO))
