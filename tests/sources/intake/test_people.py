"""Who is meant by what people write for persons, and how many stand in a cell."""

import pytest

from orgdata.sources.intake.names import Match
from orgdata.sources.intake.people import People
from orgdata.sources.intake.people_cells import one_person, people_in
from tests.growth import cpu, outgrown

FIRST = ["Ana Sousa", "Priya Raman"]
STAFF = ["Priya Raman", "Ana Sousa", "Ana Lima", "Kwame Boateng", "Oskar Nyström", "Luis Ferreira", "Lucy O'Neill",
         "Carla Méndez", "Jan van der Berg", "Benjamin Hart", "Theo Martin", "Martin Kay", "Helen Brandt"]


@pytest.mark.parametrize(("written", "name", "how"), [
    ("Priya R.", "Priya Raman", "short"), ("Priya R", "Priya Raman", "short"), ("Ana", "Ana Sousa", "short"),
    ("Kwame B.", "Kwame Boateng", "short"), ("Oskar N.", "Oskar Nyström", "short"), ("Lucy", "Lucy O'Neill", "short"),
    ("Luis Ferreira (CRO)", "Luis Ferreira", "same"), ("luis ferreira", "Luis Ferreira", "same"),
    ("Priya Raman <priya.raman@x.io>", "Priya Raman", "same"), ("Raman, Priya", "Priya Raman", "same"),
    ("helen.brandt@x.io", "Helen Brandt", "same"), ("hbrandt@x.io", "Helen Brandt", "initials"),
    ("Oskar Nystrom", "Oskar Nyström", "same"), ("Lucy O’Neill", "Lucy O'Neill", "same"),
    ("carla mendez", "Carla Méndez", "same"), ("van der Berg, Jan", "Jan van der Berg", "same"),
    ("P. Raman", "Priya Raman", "short"), ("PR", "Priya Raman", "initials"), ("Raman P.", "Priya Raman", "short"),
    ("Helen M. Brandt", "Helen Brandt", "short"), ("@priya", "Priya Raman", "short"),
    ("Ben", "Benjamin Hart", "similar"), ("Ben Hart", "Benjamin Hart", "similar"),
    ("Pria Raman", "Priya Raman", "similar"), ("Somebody Else", None, "none"), ("", None, "none"), ("?", None, "none"),
    ("pr", None, "none"),
])
def test_a_person(written, name, how):
    assert People(STAFF, FIRST).match(written) == Match(name, how)


def test_who_is_named_in_full_elsewhere_comes_first():
    assert People(STAFF).match("Ana") == Match(None, "several", ("Ana Sousa", "Ana Lima"))
    assert People(STAFF, ["Ana Lima"]).match("Ana") == Match("Ana Lima", "short")
    assert People(STAFF, ["Ana Lima", "Ana Sousa"]).match("Ana").how == "several"
    assert People([], ["Ana Lima"]).match("Ana").name == "Ana Lima"
    assert People(STAFF, ["Ana Lima"]).match("Ana Sousa").name == "Ana Sousa"


def test_two_that_fit_equally_are_nobody():
    assert People(STAFF).match("Martin") == Match(None, "several", ("Theo Martin", "Martin Kay"))
    assert People(["Kim Lee", "Kim Long"]).match("Kim L.").how == "several"


@pytest.mark.parametrize(("cell", "people"), [
    ("Priya Raman / Ana Sousa", "Priya Raman|Ana Sousa"), ("Ana Sousa & Oskar Nyström", "Ana Sousa|Oskar Nyström"),
    ("Mei Chen / Lucy O'Neill", "Mei Chen|Lucy O'Neill"), ("A, B & C", "A|B|C"), ("A, B and C", "A|B|C"),
    ("Ana Sousa, Ben Hart & Mei Chen", "Ana Sousa|Ben Hart|Mei Chen"), ("Luis Ferreira (CRO)", "Luis Ferreira"),
    ("Luis Ferreira, CRO", "Luis Ferreira"), ("Luis Ferreira – CRO", "Luis Ferreira"), ("Ana + Priya", "Ana|Priya"),
    ("Raman, Priya", "Priya Raman"), ("Raman, Priya; Sousa, Ana", "Priya Raman|Ana Sousa"), ("O'Neill, Lucy", "Lucy O'Neill"),
    ("Raman, Priya & Sousa, Ana", "Priya Raman|Ana Sousa"), ("Priya Raman, Ana Sousa", "Priya Raman|Ana Sousa"),
    ("van der Berg, Jan", "Jan van der Berg"), ("Jan van der Berg", "Jan van der Berg"), ("Carla Méndez", "Carla Méndez"),
    ("Priya R.", "Priya R."), ("Priya R., Ana S.", "Priya R.|Ana S."), ("Priya Raman\nAna Sousa", "Priya Raman|Ana Sousa"),
    ("Priya Raman und Ana Sousa", "Priya Raman|Ana Sousa"), ("Priya Raman and Ana Sousa", "Priya Raman|Ana Sousa"),
    ("Ana y Priya", "Ana|Priya"), ("José Ortega y Gasset", "José Ortega y Gasset"), ("Ana Costa e Silva", "Ana Costa e Silva"),
    ("Anne-Marie O'Neill", "Anne-Marie O'Neill"), ("Andy Sand", "Andy Sand"), ("田中、佐藤", "田中|佐藤"),
    ("Priya Raman (until Oct), Ana Sousa (from Nov)", "Priya Raman|Ana Sousa"), ("Priya Raman / TBH", "Priya Raman"),
    ("a+b@x.io, c@x.io", "a+b@x.io|c@x.io"), ("Priya Raman <p@x.io>, Ana Sousa <a@x.io>",
                                               "Priya Raman <p@x.io>|Ana Sousa <a@x.io>"),
    ("Ana Sousa / Ana Sousa", "Ana Sousa"),
    *((nobody, "") for nobody in (
        "", "TBH", "tbd", "TBC", "n/a", "N/A", "–", "-", "—", "?", "...", "vacant", "Vacant", "open", "none", "None yet",
        "unassigned", "to be hired", "TBH (Q1)", "open (req 12)", "N.N.", "offen", "unbesetzt", "niemand", "nicht besetzt"[:5],
        "à pourvoir", "aucun", "vacante", "por definir", "sin asignar", "nessuno", "未定", "TBD / TBH", "All", "(Ana?)")),
])
def test_the_persons_in_a_cell(cell, people):
    assert people_in(cell) == tuple(people.split("|") if people else ())


def test_known_people_decide_what_a_comma_means():
    assert people_in("Priya, Ana", People(STAFF, FIRST)) == ("Priya", "Ana")
    assert people_in("Raman, Priya", People(STAFF)) == ("Priya Raman",)


def test_an_address_or_own_id_of_a_listed_person_decides():
    known = People(["Nora Ek", "Tom Hall"], aliases={"nora.e@x.io": "Nora Ek", "e007": "Tom Hall"})
    assert known.match("nora.e@x.io") == Match("Nora Ek", "same")
    assert known.match("N. Eck <Nora.E@x.io>") == Match("Nora Ek", "same")
    assert known.match("E007") == Match("Tom Hall", "same")


@pytest.mark.parametrize(("cell", "people"), [
    ("Piet / n/a", "Piet"), ("n.n.", ""), ("à recruter", ""), ("Da definire", ""), ("por definir", ""), ("Hiring", ""),
    ("Dr. Helga Winter", "Helga Winter"), ("Herr Prof. Dr. Uwe Falk / Frau Demir", "Uwe Falk|Demir"), ("Dr.", ""),
    ("Vogel, Katrin / Özdemir, Deniz", "Katrin Vogel|Deniz Özdemir"), ("Miss Ada Fisk", "Ada Fisk"),
])
def test_titles_before_names_and_words_for_nobody(cell, people):
    assert people_in(cell) == tuple(people.split("|") if people else ())


@pytest.mark.parametrize(("cell", "name"), [
    ("Vogel, Katrin", "Katrin Vogel"), ("Ana Sousa", "Ana Sousa"), ("vacant", ""), ("Ana / Ben", "Ana / Ben")])
def test_one_person_of_a_list(cell, name):
    assert one_person(cell) == name


def test_a_long_text_names_nobody():
    assert people_in("Ana Sousa, " * 60) == ()


LETTERS = ["a", "a ", "(", ")", "(a", ",", "a,", " and ", " e ", "/", "é", "\n", "@", "a@", "<", "'", " - ", "A.", "目"]


@pytest.mark.parametrize("letters", LETTERS)
@pytest.mark.parametrize("count", [100, 10_000, 100_000])
def test_a_cell_of_any_length_takes_no_time(letters, count):
    known = People([*STAFF, letters * 50, letters * 51])
    assert cpu(lambda: (known.match(letters * count), people_in(letters * count, known))) < 0.1
    assert cpu(lambda: people_in((letters * count)[:500], known)) < 0.1


@pytest.mark.parametrize("named", [
    lambda at: f"Ana Sousa{at}", lambda at: f"Ana{at} Sousa", lambda at: f"A{at % 26} B{at % 11}", lambda at: f"a b c {at}"])
def test_the_work_grows_with_the_people_not_with_their_square(named):
    def matched(size):
        names = [named(at) for at in range(size)]

        def work():
            known = People(names, names[:size // 2])
            for name in names:
                known.match(f"{name} Smith"), known.match(name.split()[0] + "x"), known.match(f"{name}@x.io")
        return work
    assert outgrown(matched, 500, 2_000, 8_000) == ""
