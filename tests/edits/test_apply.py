"""What becomes of an edit against the source as it is now, cell by cell (METHOD section 7)."""

import random
from dataclasses import replace

import pytest

from orgdata.edits import Edit, EditError, apply
from orgdata.edits.apply import MANY, Laid
from tests.builders import raw_source

ASSIGNED = {"product_id": "P1", "person_id": "H1", "role": "accountable", "start_date": ""}


def spend(after, before=None, product="P1"):
    return Edit("products", "set", {"product_id": product}, {"annual_spend": after},
                None if before is None else {"annual_spend": before})


def laid(*edits, **tables):
    """The texts of each touched table after edits, and the states of their cells."""
    applied = apply(raw_source(**tables), edits)
    return ({edit.table: applied.raw.tables[edit.table].frame.to_dict("records")
             if edit.table in applied.raw.tables else None for edit in edits},
            [(cell.edit, cell.column, cell.state) for cell in applied.cells])


@pytest.mark.parametrize(("now", "counts", "state"), [
    ("5", "7", "pending"), ("7", "7", "done"), ("9", "9", "overtaken"), ("5.0", "7", "pending"),
    ("7.00", "7.00", "done")])
def test_a_cell_is_pending_done_or_overtaken(now, counts, state):
    tables, cells = laid(spend("7", before="5"), products=f"P1 annual_spend={now} | P2")
    assert tables["products"][0]["annual_spend"] == counts
    assert cells == [(0, "annual_spend", state)]


def test_without_what_was_replaced_an_edit_counts():
    assert laid(spend("7"), products="P1 annual_spend=9")[1] == [(0, "annual_spend", "pending")]


@pytest.mark.parametrize(("now", "state"), [("1", "done"), ("True", "done"), ("0", "pending"),
                                            ("", "overtaken"), ("maybe", "overtaken")])
def test_yes_and_no_are_the_same_however_they_are_written(now, state):
    edit = Edit("key_results", "set", {"kr_id": "K1"}, {"is_guardrail": "yes"}, {"is_guardrail": "no"})
    cells = laid(edit, key_results=f"K1 is_guardrail={now}")[1]
    assert cells == [(0, "is_guardrail", state)]


@pytest.mark.parametrize(("now", "counts", "state"), [
    ("1", "3", "pending"), ("2", "3", "pending"), ("3", "3", "done"), ("4", "4", "overtaken")])
def test_of_several_edits_of_a_cell_the_last_one_says_what_became_of_it(now, counts, state):
    tables, cells = laid(spend("2", "1"), spend("3", "2"), products=f"P1 annual_spend={now}")
    assert tables["products"][0]["annual_spend"] == counts
    assert cells == [(1, "annual_spend", state)]


def test_a_cell_that_is_set_back_is_as_the_source_has_it():
    assert laid(spend("2", "1"), spend("1", "2"), products="P1 annual_spend=1")[1] == [
        (1, "annual_spend", "done")]


def test_an_edit_of_a_row_that_is_gone_or_not_the_only_one_waits():
    two = Edit("contributions", "set", {"product_id": "P1"}, {"strength": "weak"})
    tables, cells = laid(spend("7", product="P9"), two, products="P1 annual_spend=5",
                         contributions="P1 O1 primary | P1 O2 weak")
    assert cells == [(0, "", "no_row"), (1, "", "several_rows")]
    assert tables["products"][0]["annual_spend"] == "5"
    assert [row["strength"] for row in tables["contributions"]] == ["primary", "weak"]


def test_of_rows_with_one_key_the_first_is_meant_since_the_others_are_skipped():
    tables, _ = laid(spend("7"), products="P1 annual_spend=5 | P1 annual_spend=6")
    assert [row["annual_spend"] for row in tables["products"]] == ["7", "6"]


def test_a_row_is_found_by_the_word_or_day_that_its_cells_mean():
    end = Edit("assignments", "end", {**ASSIGNED, "start_date": "2026-01-05"}, {})
    tables, cells = laid(end, assignments=[
        {"product_id": "P1", "person_id": "H1", "role": "PM", "start_date": "5 Jan 2026"},
        {"product_id": "P1", "person_id": "H1", "role": "designer", "start_date": "5 Jan 2026"}])
    assert [row["role"] for row in tables["assignments"]] == ["designer"]
    assert cells == [(0, "", "pending")]


def test_a_row_is_added_below_the_others_and_may_be_edited():
    tables, cells = laid(Edit.adding("products", {"product_id": "P2", "fte": "3"}),
                         Edit("products", "set", {"product_id": "P2"}, {"fte": "4"}),
                         products="P1 annual_spend=5")
    assert tables["products"][1] == {
        "product_id": "P2", "name": "", "annual_spend": "", "fte": "4"}
    assert cells == [(0, "", "pending"), (1, "fte", "pending")]


@pytest.mark.parametrize(("there", "state"), [("H1", "done"), ("H2", "overtaken")])
def test_a_row_that_is_there_already_is_not_added_twice(there, state):
    add = Edit.adding("outcomes", {"outcome_id": "O1", "owner_id": "H1"})
    tables, cells = laid(add, outcomes=f"O1 owner_id={there}")
    assert [row["owner_id"] for row in tables["outcomes"]] == [there]
    assert cells == [(0, "owner_id", state)]


@pytest.mark.parametrize(("before", "left", "state"), [
    (None, 0, "pending"), ({"strength": "weak"}, 0, "pending"),
    ({"strength": "primary"}, 1, "overtaken")])
def test_a_row_is_ended_while_it_says_what_it_said(before, left, state):
    end = Edit("contributions", "end", {"product_id": "P1", "outcome_id": "O1"}, {}, before)
    tables, cells = laid(end, contributions="P1 O1 weak")
    assert (len(tables["contributions"]), cells) == (left, [(0, "", state)])
    assert laid(end, contributions="P2 O1 weak")[1] == [(0, "", "done")]


def test_a_table_that_is_not_loaded_is_made_by_its_first_row():
    add = Edit.adding("contributions", {"product_id": "P1", "outcome_id": "O1"})
    assert laid(add, products="P1")[0]["contributions"] == [{"product_id": "P1", "outcome_id": "O1"}]
    waits = Edit("contributions", "set", {"product_id": "P1", "outcome_id": "O1"}, {"strength": "weak"})
    assert laid(waits, products="P1") == ({"contributions": None}, [(0, "", "no_row")])


def test_columns_are_those_that_the_settings_name():
    raw = raw_source({"columns": {"products": {"annual_spend": "Budget"}}}, products=[
        {"product_id": "P1", "name": "Pay", "Budget": "5"}])
    frame = apply(raw, [spend("7", "5")]).raw.tables["products"].frame
    assert frame.to_dict("records") == [{"product_id": "P1", "name": "Pay", "Budget": "7"}]


def test_the_source_stays_as_it_is():
    raw = raw_source(products="P1 annual_spend=5 | P2")
    before = {name: table.frame.copy() for name, table in raw.tables.items()}
    apply(raw, [spend("7"), Edit("products", "end", {"product_id": "P2"}, {})])
    assert all(table.frame.equals(before[name]) for name, table in raw.tables.items())


@pytest.mark.parametrize(("edit", "message"), [
    (Edit("teams", "set", {"product_id": "P1"}, {"name": "x"}), "there is no table “teams”"),
    (Edit("products", "drop", {"product_id": "P1"}, {}), "expected set, add or end"),
    (Edit("products", "set", {"product_id": "P1"}, {"colour": "x"}), "no column “colour”"),
    (Edit("products", "set", {"product_id": ""}, {"name": "x"}), "give its product_id"),
    (Edit("products", "set", {"product_id": "P1"}, {}), "nothing to set"),
    (Edit("products", "set", {"product_id": "P1"}, {"name": "x" * 501}), "may have 500 characters")])
def test_what_names_nothing_of_ours_is_refused(edit, message):
    with pytest.raises(EditError, match=message):
        apply(raw_source(products="P1"), [edit])


def test_a_row_is_found_by_words_alone_however_often_it_is_looked_for():
    raw = raw_source(products="P1 status=active | P2 status=retired | P3 status=planned")
    edits = [Edit("products", "set", {"status": "Retired"}, {"name": f"n{at}"}) for at in range(150)]
    applied = apply(raw, edits)
    assert applied.raw.tables["products"].frame["name"].tolist() == ["P1", "n149", "P3"]


def test_an_edit_of_what_an_earlier_one_replaced_waits_beside_it():
    raw = raw_source(outcomes="O1 weight=10")
    first = Edit("outcomes", "set", {"outcome_id": "O1"}, {"weight": "12"}, {"weight": "10"})
    stale = Edit("outcomes", "set", {"outcome_id": "O1"}, {"weight": "30"}, {"weight": "10"})
    applied = apply(raw, [first, stale])
    assert applied.raw.tables["outcomes"].frame["weight"].tolist() == ["12"]
    assert [(cell.edit, cell.state) for cell in applied.cells] == [(0, "pending"), (1, "overtaken")]


def test_a_row_is_found_by_a_blank_in_a_column_that_the_source_lacks_however_often():
    raw = raw_source(contributions="P1 O1 primary")
    key = {"product_id": "", "strength": "primary"}
    lacking = replace(raw, tables={"contributions": replace(
        raw.tables["contributions"], frame=raw.tables["contributions"].frame[["outcome_id", "strength"]])})
    edits = [Edit("contributions", "set", key, {"rationale": f"r{at}"}) for at in range(150)]
    assert apply(lacking, edits).raw.tables["contributions"].frame["rationale"].tolist() == ["r149"]


@pytest.mark.parametrize("seed", range(6))
def test_many_edits_of_one_column_come_to_what_each_of_them_comes_to_alone(seed):
    """Rows that are missing or there twice, blanks, numbers written in two ways, edits of what an
    earlier one set, and what stands between them."""
    r = random.Random(seed)
    texts = ["", "5", "5.0", " 7 ", "7", "many", "é"]
    raw = raw_source(products=" | ".join(
        f"P{at} annual_spend={r.choice(['5', '7.0', 'many'])}" for at in range(20)))
    ids = [f"P{at}" for at in range(22)]
    if seed % 2:
        frame = raw.tables["products"].frame
        raw = replace(raw, tables={"products": replace(raw.tables["products"], frame=frame.assign(
            product_id=[*frame["product_id"][:-1], "P0"]))})

    def some():
        column = r.choice(["annual_spend", "description"])
        return [Edit("products", "set", {"product_id": r.choice(ids)}, {column: r.choice(texts)}, r.choice([
            None, None, {column: r.choice(texts)}, {}])) for _ in range(r.choice([1, MANY, 3 * MANY]))]

    between = [[], [Edit.adding("products", {"product_id": "P21", "name": "New"})],
               [Edit("products", "end", {"product_id": "P3"}, {})],
               [Edit("products", "set", {"product_id": "P4"}, {"product_id": "P20"})]]
    edits = [edit for few in r.sample(between, 4) for edit in (*some(), *few)]
    together, alone = Laid(raw), Laid(raw)
    together.add(edits)
    for edit in edits:
        alone.add([edit])
    assert together.cells == alone.cells
    assert {cell.state for cell in together.cells} >= {"pending", "done", "overtaken", "no_row"}
    for name, table in alone.raw.tables.items():
        assert together.raw.tables[name].frame.equals(table.frame)


@pytest.mark.parametrize("wrong", ["x" * 6_000, None, "\ud800"])
def test_one_wrong_edit_among_many_is_refused(wrong):
    edits = [Edit("products", "set", {"product_id": f"P{at}"}, {"description": "fine"}) for at in range(99)]
    edits[70] = replace(edits[70], values={"description": wrong})
    with pytest.raises(EditError, match="description"):
        apply(raw_source(products="P1"), edits)


def test_edits_that_change_nothing_leave_the_table_as_it_is():
    raw = raw_source(products="P1 | P2")
    same = [Edit("products", "set", {"product_id": "P1"}, {"level": ""}) for _ in range(99)]
    assert list(apply(raw, same).raw.tables["products"].frame) == list(raw.tables["products"].frame)


@pytest.mark.parametrize("text", ["(not shown to you)", " (Not  shown to you) "])
@pytest.mark.parametrize("many", [1, MANY + 1])
def test_nobody_writes_what_stands_for_a_text_that_is_not_shown(text, many):
    """A thing so called would be left out for everybody as if it were not shown to them."""
    edits = [Edit("key_results", "set", {"kr_id": f"K{number}"}, {"title": "Reach 5 (of 9)"})
             for number in range(many)]
    assert apply(raw_source(key_results="K0 J1"), edits).cells
    with pytest.raises(EditError, match="stands for what somebody may not see"):
        apply(raw_source(key_results="K0 J1"), [*edits, replace(edits[0], values={"title": text})])
