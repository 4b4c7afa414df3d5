"""One assembly: report, pages, deck, workbook, digest and snapshot of one store say the same."""

import json
from datetime import UTC, date, datetime

import pytest
import python_calamine
from pptx import Presentation

from orgdata.api.answers import report
from orgdata.demo import DEMO
from orgdata.store import Decision, GapChange, Store, source_key
from tests.pages.conftest import opened  # noqa: F401  (a fixture)
from tests.store.builders import answer

KEY, DAY = source_key(str(DEMO)), "2026-11-20"
DECLINED = ("P01", "O1")
CONFIRMED = ("P08", "P28")
SAID_ON = date(2026, 11, 2)
# headline → (as in the report, in the workbook); all but the first are percentages
HEADLINES = {"Aligned products": "aligned_products", "Outcomes covered": "outcome_coverage_pct",
             "Spend backed by OKRs": "aligned_spend_pct", "Spend mapped to outcomes": "linked_spend_pct",
             "Spend vs. priorities": "strategy_spend_fit_pct"}


def decline(store, product_id, outcome_id, on=SAID_ON):
    store.correct([answer(product_id, "declined", "Miriam", on, outcome_id, source=KEY)])


@pytest.fixture
def url(opened, monkeypatch, tmp_path):  # noqa: F811
    """A store in which one link was declined, two roles were confirmed, a gap was taken up and
    something was decided, long before the days that are compared; the pages use it."""
    address = f"sqlite:///{tmp_path / 'said.sqlite'}"
    monkeypatch.setenv("ORGDATA_STORE", address)
    at = datetime(2026, 11, 2, 9, tzinfo=UTC)
    with Store.open(address) as store:
        decline(store, *DECLINED)
        for product_id in CONFIRMED:
            store.correct([answer(product_id, "confirmed", "Nadia", SAID_ON,
                                  text="What it is for", source=KEY)])
        store.change_gap(GapChange(KEY, "OUT01:O2", "planned", "Ada", at, owner="Kenji Watanabe",
                            due=date(2026, 12, 1)))
        store.decide(Decision(KEY, "Ask legal", SAID_ON, "Ada", at, due=date(2026, 11, 18)))
    return address


def said(run, *arguments):
    code, out, _ = run(*arguments, "--format", "json")
    assert code == 0
    return json.loads(out)


def sheet(book, name):
    """The rows of a sheet, by the names of its columns."""
    header, *rows = book.get_sheet_by_name(name).to_python()
    return [dict(zip(header, row, strict=True)) for row in rows]


def same_states(ours, theirs):
    """Whether two ways to write states mean the same: each word of one is one word of the other."""
    assert ours.keys() == theirs.keys()
    pairs = {(ours[one], theirs[one]) for one in ours}
    return len(pairs) == len({one for one, _ in pairs}) == len({other for _, other in pairs})


def words_of(deck):
    return "\n".join(shape.text_frame.text for slide in Presentation(deck).slides
                     for shape in slide.shapes if shape.has_text_frame)


def test_all_say_the_same_of_one_store(run, opened, url, tmp_path):  # noqa: F811
    for kind, name in (("workbook", "it.xlsx"), ("deck", "it.pptx")):
        assert run("export", DEMO, "--kind", kind, "--out", tmp_path / name, "--store", url)[0] == 0
    digest = run("digest", DEMO, "--store", url)[1]
    app = opened("overview")
    view = app.session_state["frame_view"]
    review = opened("weekly_review")
    found = said(run, "report", DEMO, "--store", url)  # the last: it leaves a snapshot

    assert json.loads(json.dumps(report(view.evaluated.corrected.alignment, view.gaps), default=float)) == found
    link = next(one for one in found["links"]
                if (one["product_id"], one["outcome_id"]) == DECLINED)
    assert link["state"] == "unconfirmed"
    assert {gap["key"] for gap in found["gaps"]} & {"GOV01:decision:1"}
    assert not {f"PRD05:{one}" for one in CONFIRMED} & {gap["key"] for gap in found["gaps"]}

    book = python_calamine.CalamineWorkbook.from_path(tmp_path / "it.xlsx")
    heads = {row["Headline"]: row for row in sheet(book, "Headlines")}
    shown = {one.label.replace("\\", ""): one.value for one in app.metric}
    discussed = {one.label.replace("\\", ""): one.value for one in review.metric}
    deck = words_of(tmp_path / "it.pptx")
    for label, name in HEADLINES.items():
        number = heads["Outcome coverage" if label == "Outcomes covered" else label]["Number"]
        assert number == pytest.approx(found["headlines"][name], rel=1e-12)
        value = heads[label]["Value"]
        assert shown[label].replace("\\", "") == value
        assert f"{label}\n{value}" in deck
        if label in discussed:
            assert discussed[label].replace("\\", "") == value
            if label == "Aligned products":
                assert value in digest
    assert {row["Key"] for row in sheet(book, "Gaps")} == {gap["key"] for gap in found["gaps"]}
    assert same_states({(row["Product id"], row["Outcome id"]): row["State"]
                        for row in sheet(book, "Links")},
                       {(one["product_id"], one["outcome_id"]): one["state"]
                        for one in found["links"]})
    for name, table, key, column, state in (
            ("Outcomes", "outcomes", "outcome_id", "Coverage", "coverage"),
            ("Products", "products", "product_id", "Aligned", "aligned"),
            ("Key results", "key_results", "kr_id", "Status", "status")):
        theirs = {row[f"{name[:-1]} id"]: row[column] for row in sheet(book, name)}
        ours = {one[key]: one[state] for one in found[table]}
        holding = [id for id, word in theirs.items() if word.endswith("holding")]
        assert {ours[id] for id in holding} <= {"achieved"}, "so far, as people read it"
        assert same_states({id: word for id, word in theirs.items() if id not in holding},
                           {id: word for id, word in ours.items() if id not in holding})

    with Store.open(url) as store:
        (kept,) = store.snapshots(KEY)
        gaps = store.gaps_of(kept.id)
    assert {name: kept.headlines[name] for name in found["headlines"]} == found["headlines"]
    assert set(gaps["key"]) == {gap["key"] for gap in found["gaps"]}
    assert said(run, "snapshot", DEMO, "--store", url)["new"] is False
    review = opened("weekly_review")
    review.button(key="snapshot").click().run()
    assert "nothing has changed" in review.toast[0].value
    code, out, _ = run("diff", f"snapshot:{kept.id}", DEMO, "--store", url)
    assert (code, out.splitlines()[0]) == (0, "Nothing changed between 20 Nov 2026 and 20 Nov 2026.")


def by_command(run, url):
    return run("snapshot", DEMO, "--store", url, "--as-of", "2026-11-13")[0] == 0


def by_report(run, url):
    return run("report", DEMO, "--store", url, "--as-of", "2026-11-13")[0] == 0


@pytest.mark.parametrize("keep", [by_command, by_report])
def test_the_next_week_reports_no_change_that_never_happened(run, url, keep):
    assert keep(run, url)
    found = said(run, "diff", "snapshot:1", DEMO, "--store", url)
    assert [one["parts"]["edits"] for one in found["headlines"].values()] == [0] * 7
    assert found["changes"]["links"] == []
    assert not {"PRD05", "OUT05"} & {one["key"][:5] for one in found["changes"]["gaps"]}
    assert "lost proof" not in run("digest", DEMO, "--store", url)[1]


def test_what_is_said_later_changes_neither_a_snapshot_nor_an_earlier_day(run, url):
    assert by_command(run, url)
    before = said(run, "report", DEMO, "--as-of", "2026-11-13", "--store", url)
    diff = ("diff", "snapshot:1", DEMO, "--as-of-b", "2026-11-13", "--store", url)
    assert run(*diff)[1].startswith("Nothing changed ")
    with Store.open(url) as store:
        decline(store, "P01", "O4", on=date(2026, 11, 17))
    assert said(run, "report", DEMO, "--as-of", "2026-11-13", "--store", url) == before
    assert run(*diff)[1].startswith("Nothing changed ")
    links = said(run, "diff", "snapshot:1", DEMO, "--store", url)["changes"]["links"]
    assert [(one["product_id"], one["outcome_id"], one["after"]) for one in links] == [
        ("P01", "O4", "unconfirmed")]


def test_a_snapshot_holds_what_was_said_before_it_on_its_day(run, url):
    """An answer given later on the same day is a change since."""
    assert by_command(run, url)
    with Store.open(url) as store:
        decline(store, "P01", "O4", on=date(2026, 11, 13))
    links = said(run, "diff", "snapshot:1", DEMO, "--as-of-b", "2026-11-13", "--store", url)
    assert [one["product_id"] for one in links["changes"]["links"]] == ["P01"]
