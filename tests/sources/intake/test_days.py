"""Days whose column does not tell whether the day or the month comes first."""

import pytest

from tests.sources.intake.test_layouts import read


def updates(*cells, header="Objective,Key result,Target,Current,Last update,Due", due=""):
    lines = [f"Grow,KR {at},10,5,{cell},{due}" for at, cell in enumerate(cells)]
    found = read(okr="\n".join([header, *lines]))
    return [f"{day:%Y-%m-%d}" for day in found["check_ins"]["date"]]


def test_a_day_with_dots_begins_with_the_day():
    assert updates("09.11.2026", "10.11.2026") == ["2026-11-09", "2026-11-10"]


@pytest.mark.parametrize(("due", "day"), [("12/31/2026", "2026-11-09"), ("31/12/2026", "2026-09-11")])
def test_another_column_tells_the_order(due, day):
    assert updates("11/9/2026", due=due) == [day]


def test_the_language_of_the_headers_tells_it():
    assert updates("09/11/2026", header="Objectif,Résultat clé,Cible,Actuel,Mise à jour,Échéance") == ["2026-11-09"]


def test_where_nothing_tells_it_nothing_is_read():
    assert updates("09/11/2026") == []


def test_two_orders_tell_nothing():
    found = read(one="Objective,Key result,Target,Current,Last update\nGrow,A,10,5,11/30/2026\n",
                 two="Objective,Key result,Target,Current,Last update\nKeep,B,10,5,30/11/2026\n",
                 three="Objective,Key result,Target,Current,Last update\nWin,C,10,5,09/11/2026\n")
    assert sorted(found["check_ins"]["kr_id"]) == ["A · Grow · one", "B · Keep · two"]
