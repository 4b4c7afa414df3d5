"""The option object of the flow: its nodes, its ways, and labels that stay text."""

import json

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orgdata.charts import INK
from orgdata.charts.money_flow import AREAS, PEOPLE, ROW_HEIGHT, height, nodes, sankey
from orgdata.views import money_flow
from orgdata.views.palette import BLUE, GREEN, GREY, SKY, VERMILION
from tests.builders import aligned

TABLES = {
    "outcomes": "O1 name=growth | O2 name=Trust", "people": "H1 name=zoe | H2 name=Ada",
    "products": "P1 name=pay annual_spend=100 | P2 name=Log annual_spend=50",
    "assignments": "P1 H1 accountable | P1 H2 accountable",
    "contributions": "P1 O1 primary share_pct=60 | P2 O2 primary",
}


def figures(company, dark):
    """What is shown of a company with its first area picked, for the test of contrast."""
    rows = money_flow.flows(company, company.products)
    picked = money_flow.part_of(company, rows, f"area:{rows['area_id'].iloc[0]}")
    return {sankey: sankey(money_flow.drawn(rows, picked), AREAS, money_flow.without(company),
                           dark=dark)}


@pytest.fixture(scope="module")
def rows():
    measured = aligned(**TABLES)
    return money_flow.paths(measured, measured.products).assign(picked=0.0)


@pytest.fixture(scope="module")
def areas():
    """Two areas, of one of which half of the money is picked, and an outcome without money."""
    measured = aligned(**{**TABLES, "outcomes": "O1 name=growth | O2 name=Trust | O3 name=Japan",
                          "products": "P1 name=pay annual_spend=100 business_area=Pay | "
                                      "P2 name=Log annual_spend=50"})
    rows = money_flow.flows(measured, measured.products)
    return (money_flow.drawn(rows, money_flow.part_of(measured, rows, "person:H1")),
            money_flow.without(measured))


def test_nodes_of_people_are_in_the_order_of_the_alphabet(rows):
    assert nodes(rows, PEOPLE) == ["person:H2", "person:H1", "person:", "product:P2", "product:P1",
                                   "outcome:O1", "outcome:O2", "outcome:"]


def test_nodes_of_areas_are_in_the_order_of_their_money(areas):
    assert nodes(areas[0], AREAS) == ["area:Pay", "area:", "outcome:O1", "outcome:O2", "outcome:"]


def test_ways_add_up(rows):
    links = sankey(rows, PEOPLE)["series"][0]["links"]
    assert {(one["source"], one["target"]): one["value"] for one in links} == {
        ("person:H1", "product:P1"): 50, ("person:H2", "product:P1"): 50,
        ("person:", "product:P2"): 50, ("product:P1", "outcome:O1"): 60,
        ("product:P1", "outcome:"): 40, ("product:P2", "outcome:O2"): 50}


def test_nodes_have_the_colour_of_their_kind_and_those_of_nobody_none(rows):
    data = sankey(rows, PEOPLE)["series"][0]["data"]
    assert {one["id"]: one["itemStyle"]["color"] for one in data} == {
        "person:H1": SKY, "person:H2": SKY, "person:": GREY, "product:P1": BLUE,
        "product:P2": BLUE, "outcome:O1": GREEN, "outcome:O2": GREEN, "outcome:": GREY}
    assert [one["label"]["formatter"] for one in data] == [
        "Ada · 50", "zoe · 50", "No PM assigned · 50", "Log · 50", "pay · 100", "growth · 60",
        "Trust · 50", "Not linked to an outcome · 40"]
    counted = sankey(rows, PEOPLE, unit="count")["series"][0]["data"]
    assert counted[0]["label"]["formatter"] == "Ada"


def test_what_is_picked_stands_out_beside_the_rest_of_its_way(areas):
    links = sankey(areas[0], AREAS)["series"][0]["links"]
    assert {(one["source"], one["target"], one["lineStyle"]["color"]): one["value"]
            for one in links} == {
        ("area:Pay", "outcome:O1", VERMILION): 30, ("area:Pay", "outcome:O1", GREY): 30,
        ("area:Pay", "outcome:", VERMILION): 20, ("area:Pay", "outcome:", GREY): 20,
        ("area:", "outcome:O2", GREY): 50}


def test_an_outcome_that_nothing_reaches_is_a_hollow_node_of_the_last_column(areas):
    last = sankey(*areas[:1], AREAS, areas[1])["series"][0]["data"][-1]
    assert (last["label"]["formatter"], last["depth"]) == ("Japan: nothing", 1)
    assert last["itemStyle"]["color"] == "transparent"
    assert 0 < last["value"] < 0.05 * 150


def test_the_same_table_gives_the_same_picture(rows):
    first, again = (json.dumps(sankey(rows, PEOPLE, dark=True)) for _ in range(2))
    assert first == again
    assert INK[True] in first


@settings(max_examples=40, deadline=None)
@given(st.one_of(st.text(max_size=80), st.sampled_from(["{b}", "{a|x}", "}{"])))
def test_a_name_is_never_a_template(name):
    """ECharts fills {b} and {@x} in a formatter, and {style|text} is rich text."""
    row = pd.DataFrame({"person_id": ["H1"], "product_id": ["P1"], "outcome_id": ["O1"],
                        "person": [name], "product": ["P"], "outcome": ["O"], "money": [1.0],
                        "picked": [0.0]})
    label = sankey(row, PEOPLE, [name], unit="count")["series"][0]["data"][0]["label"]["formatter"]
    assert "{" not in label
    assert "}" not in label
    assert len(label) <= 30


def test_a_hovered_way_says_names_and_never_markup(rows):
    named = rows.assign(product="<b>{b}", person=rows["person"] + " & Co")
    links = sankey(named, PEOPLE)["series"][0]["links"]
    assert links[0]["tooltip"]["formatter"] == "Ada &amp; Co → &lt;b&gt;(b): 50"
    assert {one["name"] for one in sankey(rows, PEOPLE)["series"][0]["data"]} >= {
        "Ada", "No PM assigned", "Not linked to an outcome"}


def test_long_names_are_cut_and_braces_become_brackets(rows):
    named = rows.assign(product="{b} " + "x" * 40)
    data = sankey(named, PEOPLE, unit="count")["series"][0]["data"]
    assert data[3]["label"]["formatter"] == "(b) " + "x" * 25 + "…"


def test_the_longest_column_has_room():
    many = pd.DataFrame({"person_id": ["H1"] * 40, "product_id": [f"P{i}" for i in range(40)],
                         "outcome_id": ["O1"] * 40})
    assert height(many, PEOPLE) == ROW_HEIGHT * 42
    assert height(many.head(2), PEOPLE) == 320
    assert height(many, ("outcome",), without=20) == ROW_HEIGHT * 23
