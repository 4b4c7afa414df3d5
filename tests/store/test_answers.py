"""Confirmations of older stores become corrections, with which every figure stays as it was."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pandas as pd
import pytest
import sqlalchemy as sa

from orgdata.edits import Edit
from orgdata.edits.answers import NEVER, on_link, on_purpose
from orgdata.evaluation import evaluate
from orgdata.load import portfolio_of
from orgdata.sources import read_source
from orgdata.store import Correction, Store, opening
from orgdata.store.corrections import answers
from tests.csv_folders import write
from tests.store.builders import AT, SOURCE, day

ROWS = [("role", "P1", None, "confirmed", "Old words", "Ada", day(2)),
        ("role", "P1", None, "rewritten", "New words", "Bo", day(9)),
        ("link", "P1", "O1", "confirmed", "We asked", "Cy", day(3)),
        ("link", "P2", "O2", "declined", None, "Cy", day(10)),
        ("link", "P2", "O1", "declined", None, "Cy", day(4)),
        ("link", "P2", "O1", "confirmed", None, "Ada", day(11))]
ODD = [("goal", "P1", None, "confirmed", "x", "Ada", day(2)),  # of another version
       ("role", "P1", None, "perhaps", "x", "Ada", day(2)), ("link", "P1", None, "declined", None, "Ada", day(2))]


@pytest.fixture
def before(address):
    """A store as the version before left it, with confirmations in it and a correction."""
    engine = opening._engine(sa.make_url(address))
    with engine.execution_options(writes=True).begin() as connection:
        opening._upgrade(connection, "old", "7")
        table = sa.Table("orgdata_confirmations", sa.MetaData(), autoload_with=connection)
        connection.execute(sa.insert(table), [dict(zip(
            ("source", "kind", "product_id", "outcome_id", "answer", "text", "by", "on"),
            (SOURCE, *row), strict=True)) for row in ROWS + ODD])
        corrections = sa.Table("orgdata_corrections", sa.MetaData(), autoload_with=connection)
        connection.execute(sa.insert(corrections).values(
            source=SOURCE, table="products", operation="set", key={"product_id": "P2"},
            values={"fte": "3"}, by="Ada", at=AT))
    engine.dispose()
    return address


def test_every_confirmation_is_a_correction_then_and_nothing_is_lost(before):
    for again in (False, True):  # opened again nothing is brought over a second time
        with Store.open(before) as store:
            log = store.correction_log(SOURCE)
            assert [(one.by, one.answer, one.on, one.reason) for one in log] == [
                ("Ada", None, None, None),
                ("Ada", "confirmed", day(2), None), ("Bo", "rewritten", day(9), None),
                ("Cy", "confirmed", day(3), "We asked"), ("Cy", "declined", day(10), None),
                ("Cy", "declined", day(4), None), ("Ada", "confirmed", day(11), None)]
            assert [one.edit.values.get("role_statement") for one in log[1:3]] == [
                "Old words", "New words"]
            assert log[4].edit.values["confirmed_on"] == NEVER
            assert [one.edit.key for one in answers(log)] == [
                {"product_id": "P1"}, {"product_id": "P1", "outcome_id": "O1"},
                {"product_id": "P2", "outcome_id": "O2"}, {"product_id": "P2", "outcome_id": "O1"}]
            assert store.left_out(SOURCE) == ["3 answers on roles and links"]
            if again:
                store.undo(log[2].id, "Ada", AT)
                assert answers(store.correction_log(SOURCE))[0].edit == log[1].edit


SOURCES = {
    "confirmations are kept": {
        "contributions": "product_id,outcome_id,strength,confirmed_on\nP1,O1,primary,\n"
                         "P2,O2,primary,2026-01-01\nP2,O1,weak,2026-01-01\nP3,O2,weak,\n"},
    "none are kept": {
        "contributions": "product_id,outcome_id,strength\nP1,O1,primary\nP2,O2,primary\n"
                         "P2,O1,weak\nP3,O2,weak\n"},
    "lists, and names instead of ids": {
        "contributions": "product_id,outcome_id,strength,confirmed_on\nPay,O1,primary,\n"
                         'P2,"O1,O2",primary,2026-01-01\nP3,O2,weak,\n'},
    "a day that cannot be read": {
        "contributions": "product_id,outcome_id,strength,confirmed_on\nP1,O1,primary,soon\n"
                         'P2,O1,primary,late\nP2,O2,weak,late\nP3,O2,weak,never\n'}}
OTHERS = {"products": "product_id,name,role_statement,role_confirmed_on\nP1,Pay,Old words,soon\n"
                      "P2,Ship,,\nP3,Rest,It rests,2026-10-01\n",
          "outcomes": "outcome_id,name,weight\nO1,Grow,60\nO2,Keep,40\n",
          "objectives": "objective_id,title,product_id,outcome_id\nJ1,Go,P1,O1\nJ2,Stay,P2,O2\n",
          "key_results": "kr_id,objective_id,title,baseline,target\nK1,J1,One,0,9\nK2,J2,Two,0,9\n"}


def as_before(portfolio, on):
    """What the version before made of the same answers: it changed the typed tables."""
    said = [SimpleNamespace(**dict(zip(("kind", "p", "o", "answer", "text", "by", "on"), row,
                                       strict=True))) for row in ROWS if row[-1] <= on]
    last = {(one.kind, one.p, one.o): one for one in said}
    products, links = portfolio["products"].copy(), portfolio["contributions"].copy()
    lost = portfolio.lost_cells
    kept = links["confirmed_on"].notna().any() or (lost["column"] == "confirmed_on").any()
    if not kept and any(one.answer == "declined" for one in last.values()):
        links["confirmed_on"] = pd.Timestamp("1900-01-01")
    for (kind, p, o), one in last.items():
        if kind == "role":
            at = products["product_id"] == p
            products.loc[at, ["role_statement", "role_confirmed_by"]] = [one.text, one.by]
            products.loc[at, "role_confirmed_on"] = pd.Timestamp(one.on)
        else:
            at = (links["product_id"] == p) & (links["outcome_id"] == o)
            if one.answer == "declined":
                links.loc[at, "confirmed_on"] = pd.Timestamp(NEVER)
            elif kept:
                links.loc[at, "confirmed_on"] = pd.Timestamp(one.on)
    return products, links


@pytest.mark.parametrize("name", SOURCES)
@pytest.mark.parametrize("on", [date(2026, 11, 1), day(5), day(9), day(20)])
def test_every_figure_is_as_it_was_on_every_day(before, tmp_path, name, on):
    raw = read_source(write(tmp_path / "data", **OTHERS, **SOURCES[name]))
    with Store.open(before) as store:
        now = portfolio_of(raw, store.edits(SOURCE, on))
        evaluated = evaluate(now, on, store, SOURCE)
    bare = portfolio_of(raw, [Edit("products", "set", {"product_id": "P2"}, {"fte": "3"})])
    products, links = as_before(bare, on)
    of_pairs = ["product_id", "outcome_id"]
    was = evaluate(replaced(bare, products, links, on), on)
    ours = evaluated.alignment
    def states(alignment):
        rows = alignment.links.sort_values(of_pairs)
        return rows[[*of_pairs, "state"]].to_dict("records")
    assert states(ours) == states(was.alignment)
    assert ours.headlines == was.alignment.headlines
    columns = ["product_id", "role_statement", "role_confirmed_by", "role_confirmed_on"]
    assert now["products"][columns].equals(products[columns])
    keys = ["key", "severity"]
    assert evaluated.gaps.rows[keys].sort_values("key").to_dict("records") == (
        was.gaps.rows[keys].sort_values("key").to_dict("records"))


def replaced(portfolio, products, links, on):
    lost = portfolio.lost_cells
    said = [row for row in ROWS if row[-1] <= on]
    roles = {row[1] for row in said if row[0] == "role"}
    pairs = {(row[1], row[2]) for row in said if row[0] == "link"}
    is_said = links.apply(lambda row: (row["product_id"], row["outcome_id"]) in pairs, axis=1)
    rows = links["row"][is_said.groupby(links["row"]).transform("all")]
    gone = ((lost["column"] == "confirmed_on") & lost["row"].isin(rows)) | (
        (lost["column"] == "role_confirmed_on") & lost["row"].isin(
            products.loc[products["product_id"].isin(roles), "row"]))
    return replace(portfolio, tables={**portfolio.tables, "products": products,
                                      "contributions": links},
                   lost_cells=lost[~gone].reset_index(drop=True))


def test_the_last_answer_on_each_purpose_and_link(store):
    given = store.correct([
        Correction(SOURCE, on_purpose("P1", "Pays", "Ada", day(13)), "Ada", AT, on=day(13)),
        Correction(SOURCE, on_link("P1", "O1", "confirmed", "Bo", day(13)), "Bo", AT, on=day(13)),
        Correction(SOURCE, on_link("P1", "O1", "declined", "Cy", day(20)), "Cy", AT, on=day(20))])
    assert answers(store.correction_log(SOURCE)) == [given[0], given[2]]
    assert [one.answer for one in given] == ["rewritten", "confirmed", "declined"]
    assert store.edits(SOURCE, day(15)) == (given[0].edit, given[1].edit)
    store.undo(given[2].id, "Cy", AT)
    assert answers(store.correction_log(SOURCE)) == given[:2]
