"""METHOD section 7 for what people do: a report with everything that verbs, undo and the ledger come
to equals the report on the tables with these cells typed in."""

import random
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime

import pandas as pd

from orgdata.edits import Asked, EditError, apply
from orgdata.edits.apply import Laid
from orgdata.edits.now import Now
from orgdata.edits.verbs import VERBS
from orgdata.load import load, portfolio_of
from orgdata.measures.people import is_current
from orgdata.model.schema import TABLES
from orgdata.sources import read_source
from orgdata.store import Correction, EntryError, Store
from tests.edits.test_as_typed_in import folder, reported
from tests.reference.compare import write
from tests.reference.portfolios import portfolio

SEEDS, TRIES = 12, 36
AT = datetime(2026, 11, 20, tzinfo=UTC)


def arguments(verb, now, tables, r):
    """What a verb may be asked, of things that are there and a few that are not."""
    def one_of(table):
        ids = now.portfolio(table)[table][TABLES[table].key[0]].tolist()
        return r.choice([*ids * 4, "nobody"]) if ids else "nobody"

    ideas = now.portfolio("ideas")["ideas"]
    open_ideas = ideas["idea_id"][~ideas["stage"].isin(("shipped", "dropped"))].tolist()
    product, outcome = (one_of(table) for table in ("products", "outcomes"))
    listed, held = (now.portfolio(name)[name] for name in ("people", "assignments"))
    here = listed[is_current(listed["active_from"], listed["active_to"], pd.Timestamp(now.day))]
    person = r.choice([*here["person_id"].tolist(), one_of("people")])
    rows = now.portfolio("products")["products"]
    others = rows[~rows["status"].isin(("retired", "done")) & (rows["product_id"] != product)
                  ]["product_id"].tolist()
    managed = held[held["role"] == "accountable"]["product_id"].tolist()
    number = r.choice(["3", "20", "12.5", "0", "60%"])
    return {
        "move PM": {"product_id": r.choice([*managed, product]), "person_id": person},
        "assign": {"product_id": product, "person_id": person, "role": r.choice(["accountable", "deputy"]),
                   "start_date": r.choice(["", "2026-10-01"])},
        "retire product": {"product_id": product, "links_to": r.choice(["", one_of("products")])},
        "merge": {"product_id": product, "into_product_id": r.choice(others or ["nobody"])},
        "change role": {"product_id": product, "strategic_role": r.choice(["invest", "sunset", "x"])},
        "re-weight": {"outcome_id": outcome, "weight": number},
        "add outcome": {"outcome_id": f"new-{r.randrange(9)}", "name": "Japan", "weight": number},
        "retire outcome": {"outcome_id": outcome},
        "link": {"product_id": product, "outcome_id": outcome, "strength": r.choice(["primary", "weak"])},
        "confirm": {"product_id": product, "outcome_id": outcome, "confirmed_by": "Ada"},
        "decline": {"product_id": product, "outcome_id": outcome, "declined_by": "Ada"},
        "withdraw": {"product_id": product, "outcome_id": outcome},
        "state purpose": {"product_id": product, "role_statement": "It pays", "role_confirmed_by": "Ada"},
        "add idea": {"outcome_id": outcome, "name": "Pay by link", "effort_low": number,
                     "effort_high": r.choice(["", "30"])},
        "drop idea": {"idea_id": one_of("ideas")}, "pursue idea": {"idea_id": r.choice(open_ideas or ["nobody"])},
        "check in": {"kr_id": one_of("key_results"), "value": number, "confidence": r.choice(["", "7"])},
        "set": {"table": "products", "key": {"product_id": product},
                "column": r.choice(["fte", "annual_spend"]), "value": number},
    }[verb]


def type_in(tables, edit):
    """Type an edit into the tables, as somebody would who has the files."""
    columns = dict.fromkeys(name for one in tables.setdefault(edit.table, []) for name in one)
    row = row_of(tables, edit)
    if edit.operation == "end":
        row.update(dict.fromkeys(row, " "))  # a blank line, so that the others keep their place
    elif edit.operation == "set":
        row.update(edit.values)
    else:
        tables[edit.table].append(dict(edit.row))
    for column in edit.row if edit.operation == "add" else edit.values:
        columns.setdefault(column)
    for one in tables[edit.table]:  # a table has one header
        full = {name: one.get(name, "") for name in columns}
        one.clear()
        one.update(full)


def type_all_in(tables, laid, edits):
    """Type in the cells of edits that count, not those that wait."""
    for edit in edits:
        laid.add([edit])
        pending = {cell.column for cell in laid.cells[-len(edit.values or "1"):]
                   if cell.state == "pending"}
        if edit.operation == "set":
            edit = replace(edit, values={column: text for column, text in edit.values.items()
                                         if column in pending})
        if pending:
            type_in(tables, edit)


def row_of(tables, edit):
    """The first row that says what the key of an edit says."""
    return next((row for row in tables.get(edit.table, []) if all(
        row.get(column, "").strip() == text for column, text in edit.key.items())), None)


def can_be_typed_in(tables, edits):
    """Whether each edit is of a row that is told by its cells, of a table under our own name; and
    an answer of a source that keeps confirmations: in any other it leaves the other links as they
    are, which no cell does."""
    others = {name for name in tables if name not in TABLES}
    kept = any(row.get("confirmed_on", "").strip() for row in tables.get("contributions", []))
    for edit in edits:
        if (edit.table not in tables and others) or (
                edit.operation != "add" and row_of(tables, edit) is None):
            return False
        if edit.table == "contributions" and edit.answer and not kept:
            return False
    return True


def things_done(raw, tables, day, seed):
    """What random verbs come to, one after the other; what is refused is left."""
    r, so_far, now = random.Random(seed), [], Now(apply(raw, []).raw, day)
    for verb in r.choices([*VERBS], k=TRIES):
        try:
            edits = Asked(verb, arguments(verb, now, tables, r)).edits(now)
        except EditError:
            continue
        if can_be_typed_in(tables, edits):
            so_far += edits
            yield verb, edits
            now = Now(apply(raw, so_far).raw, day)


def test_a_report_with_what_people_did_is_that_of_the_tables_with_it_typed_in(tmp_path):
    done = Counter()
    for seed in range(SEEDS):
        tables, settings, day = portfolio(seed)
        before, after = tmp_path / f"{seed}-before", tmp_path / f"{seed}-after"
        write((tables, settings, day), folder(before))
        raw, kept = read_source(str(before)), []
        with Store.open(f"sqlite:///{tmp_path / f'{seed}.sqlite'}") as store:
            for verb, edits in things_done(raw, tables, day, seed):
                added = store.correct([Correction("s", edit, "Ada", AT, on=day, of=1)
                                       for edit in edits])
                done[verb] += 1
                kept.append((added[0].id, edits))
            for number, edits in random.Random(seed).sample(kept, len(kept) // 4):
                try:
                    store.undo(number, "Bo", AT)
                    kept.remove((number, edits))
                    done["undo"] += 1
                except EntryError:  # somebody corrected the same later
                    done["not undone"] += 1
            standing = store.edits("s", day)
        assert list(standing) == [edit for _, edits in kept for edit in edits]
        type_all_in(tables, Laid(raw), standing)
        write((tables, settings, day), folder(after))
        laid, typed = portfolio_of(raw, standing), load(str(after))
        corrected = len(laid.corrected)
        laid, typed = reported(laid, day), reported(typed, day)
        assert laid.get("corrections", {"cells": 0})["cells"] == corrected
        for part in typed.keys() - {"corrections"}:
            assert laid[part] == typed[part], f"seed {seed}, {part}"
    assert {*VERBS, "undo", "not undone"} - done.keys() == set()
