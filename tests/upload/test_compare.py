"""What newer files change, by name."""

from orgdata.upload.compare import Changes, compare, in_words, tells_of_the_same
from tests.builders import loaded


def test_what_changes_is_said_by_name():
    before = loaded(products="P1 name=Checkout fte=9 | P2 name=Search | P3 name=Ads",
                    objectives="J1 title=Grow", people="H1 name=Ada")
    after = loaded(products="P2 name=Search | P1 name=Checkout fte=8 | P4 name=Pay",
                   objectives="J1 title=Grow", people="H1 name=Ada")
    assert compare(before, after) == [
        Changes("products", ("Pay",), ("Checkout",), ("Ads",), 1),
        Changes("objectives", same=1), Changes("people", same=1)]
    assert compare(before, before) == [
        Changes("products", same=3), Changes("objectives", same=1), Changes("people", same=1)]


def test_changes_in_words():
    assert in_words(Changes("products", ("A", "B"), ("C",), (), 1_000)) == (
        "2 new, 1 changed, 1,000 the same")
    assert in_words(Changes("products", gone=("A",))) == "1 gone"


def test_a_product_changes_with_its_manager_and_a_key_result_with_its_check_ins():
    tables = {"products": "P1 | P2", "people": "H1 | H2", "outcomes": "O1",
              "objectives": "J1 product_id=P1", "key_results": "K1 J1 | K2 J1"}
    before = loaded(**tables, assignments="P1 H1 accountable", contributions="P2 O1 primary",
                    check_ins="K1 2026-11-01 3")
    after = loaded(**tables, assignments="P1 H2 accountable", contributions="P2 O1 primary",
                   check_ins="K1 2026-11-01 3 | K2 2026-11-08 4")
    changed = {one.table: one.changed for one in compare(before, after) if one.changed}
    assert changed == {"products": ("P1",), "key_results": ("K2",)}


def test_a_cell_that_is_missing_on_both_sides_is_the_same_and_one_that_was_cleared_is_a_change():
    before = loaded(products="P1 | P2 role_confirmed_on=2026-11-01 fte=2")
    after = loaded(products="P1 | P2 fte=2")
    assert compare(before, after) == [Changes("products", changed=("P2",), same=1)]
    assert compare(before, before) == [Changes("products", same=2)]


def test_files_tell_of_the_same_where_half_of_what_they_tell_of_was_there():
    before = loaded(products="P1 | P2 | P3", objectives="J1 | J2", key_results="K1 J1 | K2 J2")
    assert tells_of_the_same(before, loaded(products="P1 | P9"))
    assert not tells_of_the_same(before, loaded(products="P1 | P8 | P9"))
    assert tells_of_the_same(before, loaded(products="P9", objectives="J1"))
    assert not tells_of_the_same(before, loaded(people="H1"))
