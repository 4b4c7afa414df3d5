"""Eight weeks of the demo: they tell a story, end with the demo as it is, and are seeded once."""

import itertools

import pytest

from orgdata.demo import DEMO
from orgdata.demo.weeks import DAYS, LAST, STORY, seed, week
from orgdata.gaps import RULES, find_gaps
from orgdata.load import load
from orgdata.measures import align
from orgdata.store import Store, source_key
from orgdata.store.archive import fingerprint, to_zip
from orgdata.validate import future_check_ins
from tests import demo_company

KEY = source_key(str(DEMO))


@pytest.fixture(scope="module")
def demo():
    return load(str(DEMO))


@pytest.fixture(scope="module")
def seeded(tmp_path_factory):
    with Store.open(demo_company.seeded(tmp_path_factory.mktemp("demo"))) as store:
        yield store


@pytest.fixture(scope="module")
def by_week(seeded):
    """Severity by key of every gap, week by week."""
    return [seeded.gaps_of(one.id).set_index("key")["severity"].to_dict()
            for one in seeded.snapshots(KEY)]


def test_eight_weeks_of_which_the_last_is_the_demo_as_it_is(seeded, demo):
    kept = seeded.snapshots(KEY)
    assert [one.day for one in kept] == list(DAYS)
    assert len(DAYS) == 8
    assert DAYS[-1] == LAST == demo.settings.as_of
    assert {(b - a).days for a, b in itertools.pairwise(DAYS)} == {7}
    assert kept[-1].fingerprint == fingerprint(to_zip(demo))
    assert len({one.fingerprint for one in kept}) == 8


def test_each_week_is_read_back_as_it_was_told(seeded, demo):
    for one in seeded.snapshots(KEY):
        told, back = week(demo, one.day), seeded.portfolio(one.id)
        assert fingerprint(to_zip(told)) == fingerprint(to_zip(back)) == one.fingerprint
        assert back.settings.as_of == one.day
        assert all(count.set_aside == 0 for count in back.counts.values())
        assert not len(back.problems[back.problems["level"] != "information"])
        assert not len(future_check_ins(back, align(back, one.day).as_of))


def test_the_headlines_tell_a_story(seeded):
    heads = [one.headlines for one in seeded.snapshots(KEY)]
    aligned = [one["aligned_products"] for one in heads]
    assert aligned == sorted(aligned)  # links are confirmed and goals written
    assert (aligned[0], aligned[-1]) == (19, 28)
    assert heads[0]["linked_spend_pct"] < heads[1]["linked_spend_pct"] < heads[2]["linked_spend_pct"]
    assert heads[-1]["aligned_spend_pct"] - heads[0]["aligned_spend_pct"] > 10


def test_what_the_story_is_about_is_found(by_week):
    first, before, last = by_week[0], by_week[-2], by_week[-1]
    assert "PRD02:P37" in first  # no goal yet …
    assert "PRD02:P37" not in last  # … until it was written
    assert "KR04:K200" not in by_week[5]
    assert before["KR04:K200"] == last["KR04:K200"] == "high"  # committed, and easier
    assert last["KR04:K246"] == "low"  # due sooner
    assert before["PRG01:K256"] == "high"  # it was behind, and the goal was dropped
    assert "PRG01:K256" not in last
    assert {key for key in last if key.startswith("GOV")} == {
        "GOV01:OWN01:P21", "GOV01:decision:2", "GOV02:OUT05:O2"}
    assert [key for key in before if key.startswith("GOV02")] == []  # still accepted that day


def test_each_rule_that_needs_a_store_fires(seeded, demo):
    gaps = find_gaps(align(demo, LAST), seeded.history(KEY, LAST))
    need_one = {code for code, rule in RULES.items() if rule.needs_store}
    assert gaps.evaluated == gaps.evaluable == len(RULES) - len(need_one)
    assert gaps.with_history == (len(need_one), len(need_one))
    assert need_one <= set(gaps.rows["code"])
    assert (gaps.single()["severity"].isin(("critical", "high"))).sum() <= 12


def test_the_meetings_speak_of_what_was_there(seeded, by_week):
    """Every gap spoken of was found by then or the week after; everybody is one of the demo."""
    people = set(load(str(DEMO))["people"]["name"])
    for one in [*seeded.gap_log(KEY), *seeded.decisions(KEY)]:
        assert one.by in people
        assert one.owner is None or one.owner in people
        day, key = (one.at.date(), one.key) if hasattr(one, "key") else (one.made_on, one.gap_key)
        number = DAYS.index(day)
        if key:
            assert any(key in found for found in by_week[max(0, number - 1):number + 2]), key
    assert len(seeded.decisions(KEY, open_on=LAST)) == 2


def test_seeded_once(seeded):
    before = seeded.revision()
    assert seed(seeded) == 0
    assert seeded.revision() == before


def test_another_source_is_not_touched(seeded, tmp_path):
    assert seeded.snapshots(str(tmp_path)) == []
    assert seeded.decisions(str(tmp_path)) == []


@pytest.mark.parametrize("one", STORY, ids=lambda one: f"{type(one).__name__}-{one.table}-{one.on}")
def test_every_part_of_the_story_changes_something(demo, one, monkeypatch):
    """On the day before it happened the tables are others than without it; from that day on not."""
    eve, then = max(d for d in DAYS if d < one.on), min(d for d in DAYS if d >= one.on)
    told = [to_zip(week(demo, day)) for day in (eve, then)]
    monkeypatch.setattr("orgdata.demo.weeks.STORY", tuple(part for part in STORY if part is not one))
    untold = [to_zip(week(demo, day)) for day in (eve, then)]
    assert told[0] != untold[0]
    assert told[1] == untold[1]


def test_on_postgresql(postgres, demo):
    import sqlalchemy as sa

    server = sa.engine.make_url(postgres)
    engine = sa.create_engine(server, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with engine.connect() as connection:
        connection.execute(sa.text("create database weeks"))
    with Store.open(server.set(database="weeks").render_as_string(hide_password=False)) as store:
        assert seed(store) == 8
        gaps = find_gaps(align(demo, LAST), store.history(KEY, LAST))
        assert {key for key in gaps.rows["key"] if key.startswith(("GOV", "KR04"))} == {
            "GOV01:OWN01:P21", "GOV01:decision:2", "GOV02:OUT05:O2", "KR04:K200", "KR04:K246"}
