"""A portfolio as a zip and back: whatever can be measured comes out the same."""

import io
import json
import warnings
import zipfile
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgdata.api.answers import report
from orgdata.demo import DEMO
from orgdata.gaps import find_gaps
from orgdata.load import load
from orgdata.measures import align
from orgdata.model.settings import SettingsError
from orgdata.sources import SourceError
from orgdata.store import archive
from orgdata.store.archive import fingerprint, from_zip, to_zip
from tests.builders import DAY, loaded
from tests.csv_folders import opened
from tests.reference.compare import write as write_case
from tests.reference.odd import ODD, odd
from tests.reference.portfolios import portfolio as random_case


def reported(portfolio):
    """The report, but for where the rows stood and what was wrong with them."""
    alignment = align(portfolio, portfolio.settings.as_of or DAY)
    said = json.loads(json.dumps(report(alignment, find_gaps(alignment))))
    return {name: part for name, part in said.items() if name not in ("source", "problems")}


def assert_comes_back(portfolio):
    """The same tables, cell by cell and type by type, and all that was lost of them."""
    content = to_zip(portfolio)
    back = from_zip(content, "again")
    for name, rows in portfolio.tables.items():
        pd.testing.assert_frame_equal(back[name], rows)
    for name in ("spoken", "lost_cells"):
        pd.testing.assert_frame_equal(getattr(back, name), getattr(portfolio, name))
    assert to_zip(back) == content
    assert (back.counts, back.unclear) == (portfolio.counts, portfolio.unclear)
    return back


@pytest.mark.parametrize("name", ["demo", "sourcegraph", "canada", "canada_full", "nyc"])
def test_a_whole_portfolio_is_judged_the_same(name, request):
    source = DEMO if name == "demo" else request.getfixturevalue("real_data") / name
    portfolio = load(str(source))
    back = assert_comes_back(portfolio)
    assert reported(back) == reported(portfolio)
    assert (back.source, back.recognised_as) == ("again", "snapshot")


@pytest.mark.parametrize("block", range(4))
def test_odd_and_random_ones_come_back(block, tmp_path):
    cases = {f"seed{seed}": random_case(seed) for seed in range(1_000 + block, 1_024, 4)}
    cases |= {name: odd(name) for name in list(ODD)[block::4]}
    for name, case in cases.items():
        (tmp_path / name).mkdir()
        write_case(case, tmp_path / name)
        portfolio = load(str(tmp_path / name))
        back = assert_comes_back(portfolio)
        one, two = (find_gaps(align(p, case[2])).rows[["key", "severity", "at_stake"]]
                    for p in (portfolio, back))
        pd.testing.assert_frame_equal(one, two)


@given(st.lists(st.floats(1e-15, 1e15) | st.floats(-1e15, -1e-15) | st.just(0.0), min_size=1,
                max_size=20))
def test_numbers_come_back_exactly(numbers):
    portfolio = loaded(outcomes=[{"outcome_id": f"O{i}", "name": "N", "target": repr(number)}
                                 for i, number in enumerate(numbers)])
    back = from_zip(to_zip(portfolio), "again")["outcomes"]["target"]
    assert back.tolist() == numbers


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"),
                        max_size=20), min_size=1, max_size=9))
def test_text_comes_back_as_it_was_read(texts):
    assert_comes_back(loaded(products=[{"product_id": f"P{i}", "name": "N", "description": text}
                                       for i, text in enumerate(texts)]))


@pytest.mark.parametrize("text", ['"', 'a"b', "a,b;c\td|e", "a\nb", "a\r\nb", "a\rb", "sep=;", "-1",
                                  "=1+1", "NA", "null", "None", "001", "\ufeffa", "日本", "x" * 500])
def test_such_cells_come_back(text):
    assert_comes_back(loaded(products=[{"product_id": text, "name": text, "description": text},
                                       {"product_id": "P2", "name": "N"}]))


def test_a_nul_is_replaced_and_nothing_else_is_lost():
    portfolio = loaded(products=[{"product_id": "P1", "name": "a\0b"}])
    assert from_zip(to_zip(portfolio), "again")["products"]["name"].tolist() == ["a\ufffdb"]


def test_strengths_are_words_and_0_stays_no_link():
    portfolio = loaded(products="P1 | P2 | P3 | P4", outcomes="O1",
                       contributions="P1 O1 9 | P2 O1 3 | P3 O1 1 | P4 O1 0")
    assert portfolio["contributions"]["strength"].tolist() == ["primary", "supporting", "weak",
                                                               "none"]
    assert_comes_back(portfolio)
    assert_comes_back(loaded(products="P1", outcomes="O1", contributions="P1 O1 0"))


def test_the_files_are_ours_whatever_the_source_was_like(tmp_path):
    settings = """
        as_of = 2026-11-20
        currency = "EUR"
        [tables]
        products = "dim"
        [columns.products]
        annual_spend = "cost"
        [values.assignments.role]
        "Group Lead" = "accountable"
        [values.products.strategic_role]
        grow = "invest"
        [rules.OWN05]
        enabled = false
        [rules.PRD05]
        threshold = 180
        """
    portfolio = opened(
        tmp_path, settings, people="person_id,name\nH1,A\n",
        dim="product_id;name;cost;strategic_role;extra\nP1;A;1,200;Grow;e\nP1;B;;;\n",
        assignments="product_id,person_id,role,is_interim,start_date\n"
                    "P1,H1,group-lead,N,5 Oct 2026\nP1,H1,Designer,,\nP1,H1,Engineer,,\n")
    with zipfile.ZipFile(io.BytesIO(to_zip(portfolio))) as content:
        written = {name: content.read(name).decode() for name in content.namelist()}
    assert written == {
        "settings.toml": 'as_of = "2026-11-20"\ncurrency = "EUR"\ncadence_days = 7.0\n'
                         'pace = "difference"\n\n[values.assignments.role]\n'
                         'group_lead = "accountable"\n\n[rules.OWN05]\nenabled = false\n\n'
                         '[rules.PRD05]\nenabled = true\nthreshold = 180.0\n',
        "people.csv": "person_id,name\r\nH1,A\r\n",
        "products.csv": "product_id,name,strategic_role,annual_spend\r\nP1,A,invest,1200\r\n",
        "assignments.csv": "product_id,person_id,role,is_interim,start_date\r\n"
                           "P1,H1,group-lead,no,2026-10-05\r\nP1,H1,Designer,,\r\n"
                           "P1,H1,Engineer,,\r\n",
        "counts.toml": "unclear = []\npeople = {read = 1, loaded = 1}\n"
                       "products = {read = 2, loaded = 1}\nassignments = {read = 3, loaded = 3}\n"}
    back = assert_comes_back(portfolio)
    assert back.settings.rules == portfolio.settings.rules
    assert back.settings.as_of == portfolio.settings.as_of


@pytest.mark.parametrize("name", ['a"b', "a\\b", "a\nb", "a\x7fb", "Ärmel 🧵"])
def test_settings_of_any_text_come_back(name):
    back = from_zip(to_zip(loaded({"managed_level": name}, products="P1")), "again")
    assert back.settings.managed_level == name


def test_what_was_lost_comes_back_with_the_numbers_of_its_rows(tmp_path):
    portfolio = replace(opened(
        tmp_path, products="product_id,name,annual_spend,fte\nP1,A,1.234,much\n,B,,\nP2,C,0.5,\n",
        people="person_id,name\nH1,Ada\n", cycles="cycle_id,name,start_date,end_date\n"
        "C1,Q4,2026-10-01,2026-12-31\n",
        assignments="product_id,person_id,role,start_date\nP1,H9,PM,2026-01-01\nP1;P2,H1,PM,never\n",
        objectives="objective_id,title,product_id,cycle_id,status\nJ1,Up,\"P2,P1\",C1,\n"
                   ",Down,P1,C1,done\n"), unclear=frozenset(["check_ins.confidence"]))
    back = assert_comes_back(portfolio)
    assert back["products"]["row"].tolist() == [2, 4]
    assert back["assignments"]["row"].tolist() == [3, 3]
    assert back["objective_products"]["of_table"].tolist() == ["objectives"]
    assert back["products"]["annual_spend"].tolist() == [1.234, 0.5]
    assert back.is_lost_cell("assignments", "start_date", back["assignments"]["row"]).all()
    assert back.spoken[["table", "row", "id", "closed"]].to_numpy().tolist() == [
        ["assignments", 2, "P1", False], ["objectives", 3, "P1", True]]
    assert back.counts["assignments"].set_aside == 1


def test_nothing_about_a_kept_cell_is_decided_anew():
    portfolio = loaded(people="H1 | H2", products=[
        {"product_id": "P1", "name": "A;B", "parent_product_id": ""},
        {"product_id": "A;B", "name": "B", "parent_product_id": "P1"}])
    assert_comes_back(portfolio)


def test_a_folder_for_spreadsheets_holds_tables_alone():
    portfolio = loaded(products="P1", assignments="P9 H1 PM", outcomes="O1 weight=much")
    with zipfile.ZipFile(io.BytesIO(to_zip(portfolio, for_spreadsheets=True))) as content:
        assert content.namelist() == ["settings.toml", "outcomes.csv", "products.csv",
                                      "assignments.csv"]
        assert b"row" not in content.read("products.csv")


def test_a_table_without_an_accepted_row_is_still_there(tmp_path):
    portfolio = opened(tmp_path, people="person_id\nH1\n", products="product_id,name\nP1,\n")
    back = assert_comes_back(portfolio)
    assert [(count.read, count.loaded) for count in back.counts.values()] == [(1, 0), (1, 0)]


def test_the_same_portfolio_is_the_same_bytes(tmp_path):
    one = to_zip(loaded(products="P1 | P2"))
    assert one == to_zip(loaded(products="P1 | P2"))
    assert one != to_zip(loaded(products="P2 | P1"))
    assert fingerprint(one) != fingerprint(to_zip(loaded(products="P1 | P3")))


def zipped(entries: dict[str, bytes | str], **options: object) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", **options) as content:
        for name, written in entries.items():
            content.writestr(name, written)
    return packed.getvalue()


def test_a_fingerprint_is_of_the_content_not_of_its_compression():
    files = {"settings.toml": "", "products.csv": "product_id,name\r\nP1,P1\r\n"}
    stored, deflated = (zipped(files, compression=how)
                        for how in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))
    assert stored != deflated
    assert fingerprint(stored) == fingerprint(deflated)
    assert fingerprint(stored) != fingerprint(zipped(files | {"settings.toml": "\n"}))


GOOD = "product_id,name\nP1,A\n"


@pytest.mark.parametrize(("content", "said"), [
    (b"", "cannot be read as a snapshot"), (b"PK\3\4 not really", "cannot be read as a snapshot"),
    (zipped({"products.csv": GOOD})[:-30], "cannot be read as a snapshot"),
    (zipped({"products.csv": GOOD * 99}).replace(b"P1,A", b"P2,A", 1), "cannot be read as a snap"),
    (zipped({}), "holds none of our tables"), (zipped({"settings.toml": ""}), "holds none of our"),
    (zipped({"../products.csv": GOOD}), "'../products.csv', which no snapshot has"),
    (zipped({"/products.csv": GOOD}), "which no snapshot has"),
    (zipped({"a/products.csv": GOOD}), "which no snapshot has"),
    (zipped({"virus.exe": b"MZ"}), "which no snapshot has"),
    (zipped({f"{i}.csv": "" for i in range(51)}), "holds 51 files; expected at most 50"),
    (zipped({"products.csv": GOOD}, compression=zipfile.ZIP_LZMA), "compressed in a foreign way"),
    (zipped({"products.csv": b"\x89PNG\r\n"}), "products.csv: this is an image (PNG)"),
    (zipped({"products.csv": ""}), "products.csv: the file is empty"),
    (zipped({"products.csv": GOOD, "counts.toml": "x"}), "cannot be read as a snapshot"),
    (zipped({"products.csv": GOOD, "counts.toml": ""}), "cannot be read as a snapshot: 'unclear'"),
    (zipped({"products.csv": GOOD, "counts.toml": "unclear = []", "spoken.csv": "a\nb\n"}),
     "cannot be read as a snapshot"),
    (zipped({"products.csv": "product_id,name,row\nP1,A,x\n", "counts.toml": "unclear = []"}),
     "cannot be read as a snapshot")])
def test_what_is_no_snapshot_is_one_clear_line(content, said):
    with pytest.raises(SourceError) as error:
        from_zip(content, "upload.zip")
    assert said in str(error.value)
    assert str(error.value).startswith("upload.zip")
    assert "\n" not in str(error.value)


def test_no_more_is_unpacked_than_allowed(monkeypatch):
    bomb = zipped({"products.csv": GOOD + "P2,B\n" * 100_000}, compression=zipfile.ZIP_DEFLATED)
    assert len(bomb) < 10_000
    monkeypatch.setattr(archive, "MOST_BYTES", 10_000)
    with pytest.raises(SourceError, match="unpacks to more than 10,000 bytes"):
        from_zip(bomb, "bomb.zip")


def test_a_name_that_stands_twice_is_refused():
    packed = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(packed, "w") as content:
        warnings.simplefilter("ignore")
        content.writestr("products.csv", GOOD)
        content.writestr("products.csv", GOOD)
    with pytest.raises(SourceError, match=r"two files called 'products\.csv'"):
        from_zip(packed.getvalue(), "twice.zip")


@pytest.mark.parametrize("settings", ["as_of = ", "pace = 'fast'", b"\xff"])
def test_settings_that_cannot_be_used_are_said(settings):
    with pytest.raises(SettingsError):
        from_zip(zipped({"settings.toml": settings, "products.csv": GOOD}), "upload.zip")


def test_a_snapshot_written_before_losses_were_kept_is_read_like_any_source():
    """All that is decided of cells and rows is decided: shares written as fractions, names that
    join, and rows of totals."""
    then = {"settings.toml": "", "people.csv": "person_id,name\nH1,Ada\nH2,Bo\n",
            "products.csv": "product_id,name,annual_spend\nP1,A,10\nP2,B,5\nT1,Total,15\n",
            "assignments.csv": "product_id,person_id,role,allocation_pct\n"
                               "P1,Ada,accountable,0.5\nP2,Bo,accountable,1\n"}
    back = from_zip(zipped(then), "then")
    assert back["assignments"]["allocation_pct"].tolist() == [50.0, 100.0]
    assert back["assignments"]["person_id"].tolist() == ["H1", "H2"]
    assert back["products"]["product_id"].tolist() == ["P1", "P2"]
    assert set(back.problems["code"]) >= {"read_as_fractions", "joined_by_name"}
    again = from_zip(to_zip(back), "again")
    assert again["assignments"]["allocation_pct"].tolist() == [50.0, 100.0]
    assert not len(again.problems)
