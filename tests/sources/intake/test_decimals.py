"""Thousands with a dot, where the files are of somebody who writes a comma before decimals."""

import pytest

from tests.sources.intake.test_layouts import read
from tests.sources.vendors.exports import rows

OKRS = "{};Target;Current;Start\nGrow;2.400;1.850;1.200\n"


def values(**files):
    return rows(read(**files), "key_results", "baseline target current")[0]


def test_another_sheet_proves_the_comma():
    assert values(OKRs_2026=OKRS.format("Key result")) == (1.2, 2.4, 1.85)
    assert values(OKRs_2026=OKRS.format("Key result"), products="Product;PM;Budget\nA1;Ada Fisk;3,5\nB2;Ben Orr;4\n") == (
        1200, 2400, 1850)


@pytest.mark.parametrize("header", ["Ziel;Schlüsselergebnis", "Objectif;Résultat clé", "Objetivo;Resultado clave"])
def test_the_language_of_the_headers_tells_where_no_number_does(header):
    text = f"{header};Target;Current;Start\nGrow;Signups;2.400;1.850;1.200 €\n"
    assert values(OKRs_2026=text) == (1200, 2400, 1850)


@pytest.mark.parametrize("more", ["Keep;Churn;0.5;1.25;3", "Keep;Churn;1.5;;2.25"])
def test_a_dot_that_proves_itself_wins(more):
    text = f"Ziel;Schlüsselergebnis;Target;Current;Start\nGrow;Signups;2.400;1.850;1.200\n{more}\n"
    assert values(OKRs_2026=text) == (1.2, 2.4, 1.85)


def test_what_is_no_number_stays():
    found = read(OKRs_2026="Ziel;Schlüsselergebnis;Target\nVersion 1.200;Release 2.300;5\n")
    assert rows(found, "key_results", "title") == [("Release 2.300",)]
