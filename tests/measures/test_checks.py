"""The five alignment checks, one condition at a time. METHOD section 3."""

import pandas as pd
import pytest

from orgdata.measures.checks import CHECKS
from orgdata.measures.doubt import NO_DOUBT
from tests.builders import HALFWAY, aligned, column, typed

FULL = {
    "outcomes": "O1", "products": "P1", "people": "H1 | H2 active_to=2026-11-19",
    "assignments": "P1 H1 pm", "contributions": "P1 O1 primary",
    "objectives": f"J1 product_id=P1 outcome_id=O1 {HALFWAY}",
    "key_results": "K1 J1 kr_type=increase baseline=0 target=10", "check_ins": "K1 2026-11-18 5",
}


def _checks(change):
    tables = {name: text for name, text in (FULL | change).items() if text}
    products = aligned(**tables).products
    return {name: column(products, "product_id", name)["P1"] for name in (*CHECKS, "aligned")}


ALL = {"owned": True, "linked": True, "planned": True, "measured": True, "fresh": True,
       "aligned": True}


@pytest.mark.parametrize(("change", "differs"), [
    ({}, {}),
    # owned
    ({"assignments": "P1 H1 designer"}, {"owned": False, "aligned": False}),
    ({"assignments": "P1 H1 pm | P1 H2 pm"}, {"owned": False, "aligned": False}),
    ({"assignments": "P1 H2 pm"}, {"owned": False, "aligned": False}),  # not active
    ({"assignments": "P1 H1 pm is_interim=yes"}, {"owned": False, "aligned": False}),
    ({"assignments": "P1 H1 pm is_interim=yes | P1 H1 owner"}, {}),  # one of them is not
    ({"assignments": ""}, {"owned": None}),
    # linked
    ({"contributions": "P1 O1 confirmed_on=2027-01-01"},
     {"linked": False, "planned": False, "aligned": False}),
    ({"contributions": ""}, {}),  # a goal stands for the link
    ({"contributions": "", "objectives": "", "key_results": "", "check_ins": ""},
     {"linked": None, "planned": None, "measured": None, "fresh": None, "aligned": None}),
    # planned
    ({"objectives": f"J1 product_id=P1 {HALFWAY}"}, {"planned": False, "aligned": False}),
    ({"objectives": "", "key_results": "", "check_ins": ""},
     {"planned": None, "measured": None, "fresh": None, "aligned": None}),
    ({"outcomes": "O1 | O2", "contributions": "P1 O2"}, {"planned": False, "aligned": False}),
    # measured
    ({"key_results": "K1 J1 kr_type=increase baseline=0"},
     {"measured": False, "fresh": None, "aligned": False}),
    ({"objectives": FULL["objectives"] + "| J2 product_id=P1"},
     {"measured": False, "aligned": False}),  # each of them needs one
    ({"key_results": "", "check_ins": ""},
     {"measured": None, "fresh": None, "aligned": None}),  # nothing can be proven
    ({"key_results": FULL["key_results"] + " product_id=P2", "products": "P1 | P2 level=x"},
     {"measured": False, "fresh": None, "aligned": False}),  # of another product
    ({"objectives": f"J1 outcome_id=O1 {HALFWAY}"},
     {"planned": False, "measured": None, "fresh": None, "aligned": False}),
    # fresh is evidence, not alignment
    ({"check_ins": "K1 2026-11-05 5"}, {"fresh": False}),
    ({"check_ins": "K1 2026-11-06 5"}, {}),  # late is not stale
    ({"check_ins": "K1 2027-01-01 5"}, {"fresh": False}),  # never, as of today
    ({"check_ins": ""}, {"fresh": None}),
    ({"key_results": FULL["key_results"] + "| K2 J1 kr_type=increase"}, {}),  # not measurable
    # exempt
    ({"products": "P1 strategic_role=enable"}, {"linked": None, "planned": None, "aligned": None}),
    ({"products": "P1 strategic_role=sunset", "assignments": "P1 H2 pm"},
     {"owned": False, "linked": None, "planned": None, "aligned": None}),
    ({"products": "P1 strategic_role=harvest"}, {}),
])
def test_checks(change, differs):
    assert _checks(change) == ALL | differs


def test_the_headline_counts_the_assessed_apart():
    heads = aligned(**FULL | {"products": "P1 | P2 | P3 strategic_role=enable"}).headlines
    assert (heads.managed_products, heads.assessed_products, heads.aligned_products) == (3, 2, 1)


def test_what_passes_the_checks_that_can_be_made_where_nothing_can_be_proven():
    heads = aligned(**{name: text for name, text in FULL.items() if name not in (
        "objectives", "key_results", "check_ins")} | {
            "products": "P1 | P2 | P3 strategic_role=enable"}).headlines
    assert (heads.aligned_products, heads.assessed_products) == (None, 0)
    assert (heads.passing_products, heads.checkable_products) == (1, 2)
    assert heads.checks_made == ("owned", "linked")


NOBODY = [{"product_id": "P1", "person_id": "", "role": "pm"}]  # no person: no row is accepted


@pytest.mark.parametrize(("change", "unknown", "differs"), [
    ({"assignments": NOBODY}, ["owned"], {"owned": None, "aligned": None}),
    ({"contributions": [{"product_id": "P1", "outcome_id": ""}]}, [], {}),  # goals stand for links
    ({"contributions": [{"product_id": "P1", "outcome_id": ""}],
      "objectives": f"J1 product_id=P1 {HALFWAY}"}, ["linked", "planned"],
     {"linked": None, "planned": None, "aligned": None}),
    ({"objectives": [{"objective_id": "J1", "title": ""}], "key_results": "", "check_ins": ""},
     ["planned", "measured", "fresh"],
     {"planned": None, "measured": None, "fresh": None, "aligned": None}),
    ({"key_results": [{"kr_id": "K1", "objective_id": "J1", "title": ""}], "check_ins": ""},
     ["measured", "fresh"], {"measured": None, "fresh": None, "aligned": None}),
    ({"check_ins": [{"kr_id": "K1", "date": "", "value": "5"}]}, ["fresh"], {"fresh": None}),
    ({"check_ins": [{"kr_id": "K1", "date": ""}], "key_results": "K1 J1 kr_type=increase"}, [],
     {"measured": False, "fresh": None, "aligned": False}),  # nothing measurable to check in
    ({"outcomes": [{"outcome_id": "O1", "name": ""}]}, ["linked", "planned"],
     {"linked": None, "planned": None, "aligned": None}),
    ({"products": "P1 strategic_role=enable", "outcomes": [{"outcome_id": "O1", "name": ""}]}, [],
     {"linked": None, "planned": None, "aligned": None}),  # exempt all the same
])
def test_a_lost_table_makes_checks_unknown(change, unknown, differs):
    tables = {name: text for name, text in (FULL | change).items() if text}
    row = aligned(**tables).products.iloc[0]
    assert [name for name in CHECKS if row[f"{name}_unknown"]] == unknown
    assert {name: None if pd.isna(row[name]) else bool(row[name]) for name in ALL} == ALL | differs


@pytest.mark.parametrize(("change", "facts", "unknown"), [
    ({"assignments": "P1 H1 designer"}, ["pm"], ["owned"]),
    ({"assignments": "P1 H1 pm | P1 H2 pm"}, ["pm"], []),  # there are two, whatever was lost
    ({"assignments": "P1 H2 pm"}, ["pm"], ["owned"]),
    ({"contributions": "P1 O1 confirmed_on=2027-01-01"}, ["link"], ["linked", "planned"]),
    ({"contributions": "P1 O1 confirmed_on=2027-01-01"}, ["objective"], ["planned"]),
    ({"contributions": "P1 O1 confirmed_on=2027-01-01"}, ["pm"], []),
    ({"key_results": "K1 J1 kr_type=increase"}, ["key_result"], ["measured"]),
    ({"objectives": FULL["objectives"] + "| J2 product_id=P1",
      "key_results": "K1 J1 kr_type=increase"}, ["key_result"], []),  # J2 fails for sure
    ({"check_ins": "K1 2026-11-05 5"}, ["check_in"], ["fresh"]),
    ({}, ["pm", "link", "objective", "key_result", "check_in"], []),  # what passes, passes
])
def test_a_check_that_would_fail_is_unknown_where_what_it_looks_at_is_doubtful(
        change, facts, unknown):
    kinds = {"key_result": ("objective_id", "J1"), "check_in": ("kr_id", "K1")}
    doubt = typed(NO_DOUBT, [dict(zip(("kind", "id"), kinds.get(fact, ("product_id", "P1")),
                                      strict=True), fact=fact, table="x", row=2)
                             for fact in facts])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("orgdata.measures.doubts", lambda *_, **__: doubt)
        row = aligned(**FULL | change).products.iloc[0]
    assert [name for name in CHECKS if row[f"{name}_unknown"]] == unknown


@pytest.mark.parametrize(("level", "managed"), [
    ("Product", ["P1"]), ("SUITE", ["P2"]), ("none", []), (None, ["P1", "P2", "P3"])])
def test_managed_level(level, managed):
    found = aligned({"managed_level": level} if level else None,
                    products="P1 level=product | P2 level=suite | P3 | P4 level=product status=done")
    assert found.products["product_id"].tolist() == managed


def test_a_level_nobody_fills_in_is_ignored():
    assert len(aligned({"managed_level": "product"}, products="P1 | P2").products) == 2


@pytest.mark.parametrize(("spends", "top"), [
    ([10, 10, 10, 20], ["P3"]), ([10, 10, 20], []), ([10, 10, 10, 10], []),
    # the 75th percentile of 1, 2, 3, 4, 5 is exactly 4
    ([1, 2, 3, 4, 5], ["P3", "P4"]), ([1, 2, 3, 4, None], ["P3"])])
def test_top_quartile(spends, top):
    products = aligned(products="|".join(
        f"P{i}" + (f" annual_spend={spend}" if spend is not None else "")
        for i, spend in enumerate(spends))).products
    assert products.loc[products["top_quartile"], "product_id"].tolist() == top
