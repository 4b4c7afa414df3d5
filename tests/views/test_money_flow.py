"""Money from people through products to outcomes: nothing is lost, nobody is ranked."""


import pytest

from orgdata.views import money_flow
from tests import demo_company
from tests.builders import aligned

# P1: 100, 60 of it to O1, the rest to nothing, two managers; P2: 50 to O2, nobody accountable
TABLES = {
    "outcomes": "O1 name=Growth | O2 name=Trust", "people": "H1 name=Zoe | H2 name=Ada",
    "products": "P1 name=Pay annual_spend=100 | P2 name=Log annual_spend=50 | "
                "P3 name=Aid annual_spend=20 strategic_role=enable",
    "assignments": "P1 H1 accountable | P1 H2 accountable | P1 H1 deputy | P2 H1 contributor",
    "contributions": "P1 O1 primary share_pct=60 | P2 O2 primary",
}


def paths(**tables):
    measured = aligned(**{**TABLES, **tables})
    return money_flow.paths(measured, measured.products)


@pytest.fixture(scope="module")
def rows():
    return paths()


def test_two_managers_stand_for_half_each_and_nobody_is_a_node(rows):
    assert rows[["person", "product", "outcome", "money"]].values.tolist() == [
        ["Ada", "Pay", "Growth", 30], ["Ada", "Pay", "Not linked to an outcome", 20],
        ["No PM assigned", "Log", "Trust", 50],
        ["Zoe", "Pay", "Growth", 30], ["Zoe", "Pay", "Not linked to an outcome", 20]]
    assert rows["person_id"].fillna("").tolist() == ["H2", "H2", "", "H1", "H1"]
    assert rows["outcome_id"].fillna("").tolist() == ["O1", "", "O2", "O1", ""]
    assert rows["state"].fillna("").tolist() == ["claimed", "", "claimed", "claimed", ""]


def test_managers_that_are_not_loaded_are_not_missing():
    assert paths(assignments="")["person"].unique().tolist() == ["Product managers not loaded"]


def test_nothing_is_tied_to_no_outcome_where_no_links_are_loaded():
    measured = aligned(**{**TABLES, "contributions": ""})
    assert not len(money_flow.paths(measured, measured.products))
    assert not len(money_flow.flows(measured, measured.products))
    assert money_flow.without(measured) == []  # that nothing reaches them is not known
    assert money_flow.sentence(measured, measured.products) == (
        "Unknown, because links are not loaded.")


def test_products_that_are_counted_are_not_said_to_be_money():
    measured = aligned(products="P1 | P2", outcomes="O1 | O2 name=Far",
                       contributions="P1 O1 | P2 O1")
    assert money_flow.sentence(measured, measured.products) == (
        "2 products, each counted as one: how much is spent on them is unknown. No share of a "
        "product goes to “Far”.")


@pytest.mark.parametrize("tables", [
    {}, {"contributions": "P1 O1 primary | P1 O2 primary"}, {"assignments": ""},
    {"products": "P1 | P2 | P3"}, {"contributions": "P1 O1 primary share_pct=70 | P1 O2 primary "
                                                    "share_pct=70 | P9 O1"}])
def test_money_adds_up_to_all_money_for_outcomes(tables):
    measured = aligned(**{**TABLES, **tables})
    rows = money_flow.paths(measured, measured.products)
    all_money = 3 if measured.money.total is None else measured.money.total
    assert rows["money"].sum() == pytest.approx(all_money)  # products, where money is unknown
    assert (rows["money"] > 0).all()
    assert money_flow.flows(measured, measured.products)["money"].sum() == pytest.approx(all_money)


@pytest.fixture(scope="module")
def company():
    return demo_company.alignment()


def test_the_demo_adds_up_product_by_product(company):
    rows = money_flow.paths(company, company.products)
    money = company.products.set_index("product_id")["to_outcomes"]
    shown = rows.groupby("product_id")["money"].sum()
    assert len(shown) == money_flow.MOST_PRODUCTS
    assert shown.to_dict() == pytest.approx(money[shown.index].to_dict())
    assert money[shown.index].min() >= money.drop(shown.index).max()


def test_people_and_products_are_in_the_order_of_their_names(company):
    rows = money_flow.paths(company, company.products)
    names = rows[["person", "product", "outcome"]].values.tolist()
    assert names == sorted(names)
    assert rows["money"].tolist() != sorted(rows["money"], reverse=True)


def test_only_the_products_asked_for(company):
    one = company.products[company.products["product_id"] == "P01"]
    assert set(money_flow.paths(company, one)["product_id"]) == {"P01"}


@pytest.mark.parametrize(("node", "ways"), [
    ("person:H1", [3, 4]), ("person:", [2]), ("product:P1", [0, 1, 3, 4]), ("outcome:", [1, 4]),
    ("outcome:O2", [2]), ("outcome:O9", []), ("area:", []), (None, []), ("", [])])
def test_the_ways_through_a_node(rows, node, ways):
    picked = money_flow.through(rows, node)
    assert picked[picked].index.tolist() == ways


def test_the_sentence_adds_up_and_names_what_gets_nothing():
    measured = aligned({"currency": "USD"}, **{**TABLES, "outcomes": "O1 | O2 | O3 name=Japan"})
    assert money_flow.sentence(measured, measured.products) == (
        "$110 of $150 for outcomes reach one, from 2 products. No spend goes to “Japan”.")
    unknown = aligned(**{**TABLES, "outcomes": "O1 | O2 | O3 name=Japan",
                         "products": "P1 annual_spend=100 | P2"})
    assert "No known spend goes to" in money_flow.sentence(unknown, unknown.products)


def test_only_products_whose_money_reaches_an_outcome_are_said_to_reach_one():
    """Of many outcomes that nothing reaches the first are named, and the others counted."""
    many = " | ".join(f"N{at} name=Far_{at}" for at in range(6))
    measured = aligned(products="P1 fte=3 | P2 fte=5", outcomes=f"O1 | {many}",
                       contributions="P1 O1")
    assert money_flow.sentence(measured, measured.products) == (
        "3 FTE of 8 FTE for outcomes reach one, from 1 of 2 products. No people (FTE) go to "
        "“Far_0”, “Far_1”, “Far_2”, “Far_3” and 2 more.")


def test_what_cannot_be_drawn_still_counts_and_is_said():
    measured = aligned({"currency": "USD"}, **{
        **TABLES, "outcomes": "O1 | O2",
        "products": "P1 annual_spend=100 | P2 annual_spend=60 | P3 annual_spend=-10",
        "contributions": TABLES["contributions"] + " | P3 O1"})
    said = money_flow.sentence(measured, measured.products)
    assert "of $150 for outcomes" in said
    assert "1 product with negative spend cannot be drawn." in said


def test_an_outcome_that_a_skipped_row_may_serve_is_not_said_to_get_nothing():
    measured = aligned(**{**TABLES, "outcomes": "O1 | O2 | O3 name=Japan",
                          "contributions": TABLES["contributions"] + " | P9 O3"})
    assert measured.outcomes.set_index("outcome_id").loc["O3", "coverage"] == "unknown"
    assert money_flow.without(measured) == []


def test_which_part_of_the_money_belongs_to_what_is_picked():
    measured = aligned(**TABLES)
    rows = money_flow.flows(measured, measured.products)  # Pay to Growth and to none, then Log
    named = dict(zip(money_flow.nodes(measured, rows).values(), money_flow.nodes(measured, rows),
                     strict=True))
    assert list(named) == ["No business area", "Growth", "Trust", "Not linked to an outcome",
                           "Ada", "Zoe", "No PM assigned", "Log", "Pay"]
    for name, parts in (("Ada", [0.5, 0.5, 0]), ("No PM assigned", [0, 0, 1]), ("Pay", [1, 1, 0]),
                        ("Growth", [1, 0, 0]), ("No business area", [1, 1, 1])):
        assert money_flow.part_of(measured, rows, named[name]).tolist() == parts, name
    assert money_flow.part_of(measured, rows, None).tolist() == [0, 0, 0]


@pytest.mark.parametrize(("node", "money"), [
    ("area:", 150), ("product:P1", 100), ("outcome:O1", 60), ("person:H2", 50), ("person:", 50),
    ("outcome:", 40)])
def test_what_is_behind_adds_up_to_what_is_picked(node, money):
    measured = aligned(**TABLES)
    rows = money_flow.flows(measured, measured.products)
    picked = money_flow.part_of(measured, rows, node)
    behind = money_flow.behind(measured, measured.products, node)
    assert (rows["money"] * picked).sum() == behind["money"].sum() == money
    assert money_flow.behind_sentence(behind, behind["product_id"].nunique()) == ""
    assert money_flow.behind_sentence(behind, 40).endswith("of 40 products with the most spend for "
                                                           "outcomes.")


def test_small_areas_and_outcomes_share_a_node_and_no_money_is_lost():
    count = money_flow.MOST_ENDS + 5
    measured = aligned(
        outcomes=" | ".join(f"O{i}" for i in range(count + 6)),
        products=" | ".join(f"P{i} annual_spend={100 + i} business_area=A{i}" for i in range(count)),
        contributions=" | ".join(f"P{i} O{i} primary" for i in range(count)))
    rows = money_flow.flows(measured, measured.products)
    drawn = money_flow.drawn(rows, money_flow.part_of(measured, rows, "area:A0"))
    assert drawn["area"].nunique() == money_flow.MOST_AREAS
    assert drawn["outcome"].nunique() == money_flow.MOST_ENDS
    assert "8 more areas" in set(drawn["area"])
    assert drawn["money"].sum() == pytest.approx(measured.money.total)
    assert drawn["picked"].sum() == 1
    assert money_flow.without(measured)[-1] == "3 more outcomes"


def test_very_many_managers_and_outcomes_of_a_product_are_gathered_and_no_money_is_lost():
    def measured(count):
        return aligned(
            products="P1 name=Pay annual_spend=90 | P2 name=Log annual_spend=50",
            people=" | ".join(f"H{i} name=n{i:03}" for i in range(count)),
            outcomes=" | ".join(f"O{i}" for i in range(count)),
            assignments=" | ".join(f"P1 H{i} accountable" for i in range(count)) +
                        " | P2 H0 accountable",
            contributions=" | ".join(f"P1 O{i} primary" for i in range(count)) + " | P2 O0 primary")
    most_rows = money_flow.MOST_PEOPLE * money_flow.MOST_OUTCOMES + 1
    for count in (60, 120):
        company = measured(count)
        rows = money_flow.paths(company, company.products)
        assert len(rows) == most_rows
        assert rows["money"].sum() == pytest.approx(company.money.total)
        by_person = rows[rows["product_id"] == "P1"].groupby("person")["money"].sum()
        others = f"{count - money_flow.MOST_PEOPLE + 1} more people of Pay"
        assert by_person[others] == pytest.approx(90 * (count - 19) / count)
        assert by_person["n000"] == pytest.approx(90 / count)
        outcomes = rows[rows["person"] == "n000"].groupby("outcome")["money"].sum()
        assert outcomes[f"{count - 49} more outcomes of Pay"] == pytest.approx(
            90 * (count - 49) / count / count)
        assert money_flow.through(rows, "person: P1").sum() == money_flow.MOST_OUTCOMES
    exactly = measured(money_flow.MOST_PEOPLE)
    assert not money_flow.paths(exactly, exactly.products)["person"].str.contains("more").any()
