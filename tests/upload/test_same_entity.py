from orgdata.model.settings import Settings
from orgdata.upload.same_entity import SameEntity, joined, same_entities
from tests.csv_folders import opened


def test_things_that_are_the_same(tmp_path):
    portfolio = opened(
        tmp_path, people="person_id,name,email\nH1,Ada Park,ada@x.example\n"
        "ada@x.example,ada@x.example,ADA@x.example\nBo Lim,Bo Lim,\nH2,bo  lim,\nH3,Cy Roe,\n"
        "Cy Roe,Cy Roe,\nH4,Cy Roe,\n",
        products="product_id,name\nP1,Checkout\nCheckout,Checkout\n")
    assert same_entities(portfolio) == [
        SameEntity("people", "ada@x.example", "H1", "e-mail"),
        SameEntity("people", "Bo Lim", "H2", "name"),
        SameEntity("products", "Checkout", "P1", "name")]  # two are called Cy Roe: not told


def test_what_other_tables_call_by_name_is_joined_without_a_question(tmp_path):
    portfolio = opened(
        tmp_path, people="person_id,name,email\nH1,Ada Park,ada@x.example\nH2,Cy Roe,\nH3,Cy Roe,\n",
        products="product_id,name\nP1,Checkout\n",
        assignments="product_id,person_id,role\nP1,ada  park,pm\nP1,Cy Roe,pm\nP1,Nobody,pm\n",
        objectives="objective_id,title,owner_id,product_id\nO1,Grow,ADA@x.example,checkout\n")
    assert same_entities(portfolio) == []
    assert portfolio["assignments"]["person_id"].tolist() == ["H1"]


def test_what_is_confirmed_is_joined_beside_what_was():
    before = Settings(same={"people": {"Ada": "H1"}, "products": {"Pay": "P1"}})
    after = joined(before, [
        SameEntity("people", "Bo", "H2", "name"), SameEntity("outcomes", "X", "O1", "name"),
        SameEntity("products", "Pay", "P2", "name")])
    assert after.same == {"people": {"Ada": "H1", "Bo": "H2"}, "products": {"Pay": "P2"},
                          "outcomes": {"X": "O1"}}
    assert before.same == {"people": {"Ada": "H1"}, "products": {"Pay": "P1"}}
