"""What people agreed on: dependencies, roadblocks, and what products are for."""

from datetime import date

import pytest

from orgdata.changes.sentences import sentences
from tests.builders import DAY
from tests.changes.pairs import TABLES, between, edited, mirror, plain

AGREED = {**TABLES, "dependencies": "D1 P1 P2 what=API agreed=no needed_by=2026-12-01",
          "roadblocks": "R1 2026-10-01 what='No data' product_id=P1",
          "products": TABLES["products"].replace(
              "P1 ", "P1 role_statement='Sells more' role_confirmed_on=2026-10-01"
              " role_confirmed_by=H1 ")}


def changed(edit, object_type):
    changes = between(AGREED, edited(edit, of=AGREED))
    back = between(edited(edit, of=AGREED), AGREED)
    assert {plain(row)[:-1] for row in back.of(object_type)} == {
        mirror(row) for row in changes.of(object_type)}
    return [plain(row)[1:] for row in changes.of(object_type)], sentences(changes)


@pytest.mark.parametrize(("edit", "row", "said"), [
    (("agreed=no", "agreed=yes"), ("agreed", "D1", "open", "agreed", ""), "agreed"),
    (("agreed=no", "agreed=no done_on=2026-11-18"), ("delivered", "D1", "open", "delivered", ""),
     "delivered"),
    (("D1 P1 P2 what=API agreed=no needed_by=2026-12-01", ""), ("removed", "D1", "open", None, ""),
     "removed")])
def test_dependencies(edit, row, said):
    other = ("", "D2 P3 P2 agreed=no") if not edit[1] else None
    of = {**AGREED, "dependencies": AGREED["dependencies"] + (f" | {other[1]}" if other else "")}
    changes = between(of, edited(("dependencies", *edit), of=of))
    assert [plain(one)[1:] for one in changes.of("dependency")] == [row]
    assert f"Dependencies: “P1 needs P2: API” {said}." in sentences(changes)
    back = between(edited(("dependencies", *edit), of=of), of)
    assert {plain(one)[:-1] for one in back.of("dependency")} == {
        mirror(one) for one in changes.of("dependency")}


def test_what_will_be_done_is_not_delivered_yet():
    rows, _ = changed(("dependencies", "agreed=no", "agreed=no done_on=2026-12-24"), "dependency")
    assert rows == []


def test_roadblocks():
    rows, said = changed(("roadblocks", "product_id=P1", "product_id=P1 closed_on=2026-11-18"),
                         "roadblock")
    assert rows == [("cleared", "R1", "open", "cleared", "")]
    assert "Roadblocks: “No data” cleared." in said
    rows, said = changed(("roadblocks", "", "R2 2026-11-18 what='No team'"), "roadblock")
    assert rows == [("added", "R2", None, "open", "")]
    assert "Roadblocks: “No team” opened." in said


def test_a_roadblock_is_cleared_by_its_day():
    of = edited(("roadblocks", "product_id=P1", "product_id=P1 closed_on=2026-11-18"), of=AGREED)
    changes = between(of, of, (date(2026, 11, 13), DAY))
    assert [row.kind for row in changes.of("roadblock")] == ["cleared"]


def test_purposes():
    rows, said = changed(("products", "Sells more", "Sells better"), "purpose")
    assert rows == [("rewritten", "P1", "Sells more", "Sells better", "")]
    assert "Purposes: P1 rewritten." in said
    changes = between(AGREED, edited(("products", "_on=2026-10-01", "_on=2026-11-18"), of=AGREED))
    assert [plain(row)[1:] for row in changes.of("purpose")] == [
        ("confirmed", "P1", date(2026, 10, 1), date(2026, 11, 18), "confirmed by H1")]
    assert "Purposes: P1 confirmed." in sentences(changes)
    assert changed(("products", "role_confirmed_on=2026-10-01", ""), "purpose")[0] == [
        ("unconfirmed", "P1", date(2026, 10, 1), None, "")]
