"""The units of key results: written with their values, else in the header above them."""

import pandas as pd
import pytest

from orgdata.model.settings import Settings
from orgdata.sources import read_files
from orgdata.sources.intake.units import units_of, written_unit
from orgdata.validate import validate
from tests.sources.vendors.exports import rows


def read(text, name="OKRs 2026"):
    return validate(read_files("mine", {f"{name}.csv": text.encode()}, Settings()))


@pytest.mark.parametrize(("cell", "unit"), [
    ("55%", "%"), ("98,9 %", "%"), ("9 min", "min"), ("2.5 h (median)", "h"), ("$41", "$"), ("1.2M €", "€"),
    ("410M", ""), ("88k", ""), ("21000", ""), ("", ""), ("Yes", ""), ("TBD", "")])
def test_what_a_number_is_written_with(cell, unit):
    assert written_unit(cell) == unit


@pytest.mark.parametrize(("baseline", "target", "current", "unit"), [
    ("55%", "80%", "72%", "%"), ("0", "20%", "", "%"), ("9", "3 min", "6", "min"), ("0.4", "60%", "45%", ""),
    ("4", "25", "11", "")])
def test_of_several_values_one_says_it(baseline, target, current, unit):
    said = units_of({name: pd.Series([cell], dtype="str") for name, cell in (
        ("baseline", baseline), ("target", target), ("current", current))})
    assert said.tolist() == [unit]


def test_a_unit_of_its_own_wins_and_a_header_fills_what_is_blank():
    found = read("Objective,Key Result,Start (%),Target (%),Now,Unit\nGrow,Share,10,30,20,\nGrow,Load,9 s,3 s,6 s,\n"
                 "Grow,Seats,1,5,2,seats\nGrow,Live,No,Yes,No,\n")
    assert rows(found, "key_results", "title unit target") == [
        ("Share", "%", 30), ("Load", "s", 3), ("Seats", "seats", 5), ("Live", None, 1)]


@pytest.mark.parametrize("header", ["Target (k€)", "Ziel (Tsd. €)", "Target ($k)"])
def test_the_scale_of_a_header_is_that_of_all_values(header):
    found = read(f"Objective,Key Result,Start,{header},Current\nSell,Orders,100,450,200\nSell,Share,5%,9%,6%\n")
    currency = "USD" if "$" in header else "EUR"
    assert rows(found, "key_results", "title baseline target current unit") == [
        ("Orders", 100_000, 450_000, 200_000, currency), ("Share", 5, 9, 6, "%")]
    assert any("times a thousand" in remark for remark in found.intake.remarks)


def test_values_by_month_have_the_scale_of_their_header():
    found = read("Objective,Key Result,Target ($k),Jan,Feb,Mar\nSell,Orders,450,100,200 (est.),300\n")
    assert rows(found, "check_ins", "value") == [(100_000,), (200_000,), (300_000,), (300_000,)]


def test_values_in_different_units_have_none():
    found = read("Objective,Key Result,Start,Target,Current\nSell,Quote,2.5 h,45 min,1.6 h\n")
    assert rows(found, "key_results", "title target unit") == [("Quote", None, None)]
