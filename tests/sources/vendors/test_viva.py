"""The traps of FORMATS.md: parents before and after their children, titles with parentheses and
commas, several parents, owners and teams, check-ins beyond the header, exports without ids."""

import pytest

from orgdata.sources.vendors import recognise
from orgdata.sources.vendors.viva import Link, links
from tests.sources.vendors.exports import counted, loaded, rows

HEADER = ('Id,Title,Team,Creator,Owner,Period,Start Date,End Date,Description,'
          '"Aligned To (weight, Objective ID)",Metric Name,Unit,Target,Object Type,Goal Type,Start,'
          'Created At,Last Check-in,Progress %,Actual Progress,Status,Last Check-in Note,Score,'
          'Checkins')
COLUMNS = {"Creator": "Ada Park", "Period": "Q4 2026", "Start Date": "2026-10-01",
           "End Date": "2026-12-31", "Created At": "2026-09-20 08:00:00 UTC"}
LISTED = ("Checkin Date: {}; User: Bo Lind; Note: {}; Metric Name: Activation rate; Status: {}; "
          "Current Value: {}; Activity Date: {} 10:00:00 UTC;")


def quoted(cell):
    return '"' + cell.replace('"', '""') + '"'


def export(*records, header=HEADER):
    """An export of these records (column → cell); `more` are the cells beyond the header."""
    names = [name.strip('"') for name in header.replace("To (weight, ", "To (weight; ").split(",")]
    names = [name.replace("; ", ", ") for name in names]
    lines = [",".join(quoted(str((COLUMNS | one).get(name, ""))) for name in names) + "".join(
        f",{quoted(cell)}" for cell in one.get("more", ())) for one in records]
    return "\n".join([header, *lines, ""])


def record(kind, id, title, aligned="", **more):
    return {"Object Type": kind, "Id": id, "Title": title,
            "Aligned To (weight, Objective ID)": aligned} | {
        name.replace("_", " "): value for name, value in more.items()}


STAY = "Customers stay, and grow (really)"
PORTFOLIO = export(
    record("Objective", 7, "Onboard in a day (all plans)",
           f"Spend less(weight: 40%, Id: 2), {STAY}(weight: 60%, Id: 1)", Team="Growth; Design",
           Owner="Bo Lind, Ada Park", Status="Behind", **{"Goal Type": "Committed Goal"}),
    record("Key result", 8, "Activation to 60 %", "Onboard in a day (all plans)(weight: 50%, Id: 7)",
           Team="Growth; Design", Owner="Bo Lind", Target=60, Start=40, Unit="%", Status="At Risk",
           **{"Metric Name": "Activation rate", "Last Check-in": "2026-11-13", "Progress %": 40,
              "Actual Progress": 48, "Last Check-in Note": "Trial; too long",
              "Checkins": LISTED.format("2026-11-13", "Trial; too long", "At Risk", "48%",
                                        "2026-11-13")},
           more=[LISTED.format("2026-11-06", "", "On Track", "45%", "2026-11-07"),
                 LISTED.format("2026-11-06", "typo", "On Track", "54%", "2026-11-06"), "more soon"]),
    record("Deliverable", 9, "Ship the guide", "Activation to 60 %(weight: 100%, Id: 8)",
           Owner="Bo Lind", Status="Not Started", **{"Progress %": 50, "Actual Progress": ""}),
    record("Objective", 12, "Fewer tickets", "Ship the guide(weight: 0%, Id: 9)", Team="Support",
           Status="Reopened", **{"Goal Type": "Aspirational Goal"}),
    record("Objective", 1, STAY, Team="Company", Owner="Cy Orr", Description="Why, and\nfor whom",
           Target=115, Start=104, Unit="%", Status="On Track",
           **{"Metric Name": "NRR", "Actual Progress": 110, "Last Check-in": "2026-11-13"}),
    record("Objective", 2, "Spend less", Team="Finance", Status="Postponed", Score=0.8, Target=100,
           Start=0, **{"Metric Name": "Progress"}),
    record("Key result", 10, "Lost key result", "Gone(weight: 10%, Id: 99)", Owner="Dee Fox"),
    record("Objective", 13, "Lost objective", "Gone(weight: 10%, Id: 99)", Status="Closed"),
    record("Key result", 14, "In a circle", "Round(weight: 10%, Id: 15)"),
    record("Deliverable", 15, "Round", "In a circle(weight: 10%, Id: 14)"),
    record("Theme", 16, "A word of their own"),
    record("Objective", 13, "Lost objective", "Gone(weight: 10%, Id: 99)", Status="Closed"),
)


@pytest.fixture
def portfolio(tmp_path):
    return loaded(tmp_path, PORTFOLIO)


def test_it_is_told_by_the_column_of_parents(portfolio):
    assert recognise([" aligned to (weight, objective id)", "Title"]).title == "Viva Goals"
    assert portfolio.recognised_as == "viva"
    assert recognise(["Title", "Aligned To"]) is None


def test_objectives_and_the_outcome_at_their_top(portfolio):
    assert rows(portfolio, "objectives", "objective_id title product_id outcome_id "
                "parent_objective_id owner_id ambition status grade") == [
        ("7", "Onboard in a day (all plans)", "Growth", None, "1", "Bo Lind", "committed",
         "Behind", None),
        ("12", "Fewer tickets", "Support", None, "7", None, "aspirational", "Reopened", None),
        ("1", STAY, None, "1", None, "Cy Orr", None, "On Track", None),
        ("2", "Spend less", "Finance", None, None, None, None, "dropped", "0.8"),
        ("13", "Lost objective", None, None, None, None, None, "Closed", None)]
    assert rows(portfolio, "outcomes", "outcome_id name description metric unit baseline target "
                "current weight owner_id start_date due_date status") == [
        ("1", STAY, "Why, and\nfor whom", "NRR", "%", 104, 115, 110, None, "Cy Orr", "2026-10-01",
         "2026-12-31", None)]
    assert rows(portfolio, "products", "product_id name") == [
        ("Growth", "Growth"), ("Support", "Support"), ("Finance", "Finance"), ("Design", "Design")]
    assert rows(portfolio, "objective_products", "objective_id product_id") == [("7", "Design")]
    assert rows(portfolio, "people", "person_id name email") == [
        ("Bo Lind", "Bo Lind", None), ("Cy Orr", "Cy Orr", None), ("Dee Fox", "Dee Fox", None)]


def test_key_results_and_deliverables_belong_to_the_objective_above_them(portfolio):
    assert rows(portfolio, "key_results", "kr_id objective_id title kr_type metric unit baseline "
                "target current start_date due_date result_kind status owner_id row") == [
        ("8", "7", "Activation to 60 %", None, "Activation rate", "%", 40, 60, 48, "2026-10-01",
         "2026-12-31", None, "off track", "Bo Lind", 3),
        ("9", "7", "Ship the guide", "milestone", None, "%", 0, 100, 50, "2026-10-01",
         "2026-12-31", "output", "Not Started", "Bo Lind", 4)]


def test_check_ins_beyond_the_header(portfolio):
    assert rows(portfolio, "check_ins", "kr_id date value status note author_id") == [
        ("8", "2026-11-06", 45, "On Track", None, "Bo Lind"),
        ("8", "2026-11-13", 48, "off track", "Trial; too long", "Bo Lind")]


def test_every_record_is_accounted_for(portfolio):
    assert counted(portfolio) == {"used": 7, "merged": 1, "set_aside": 4}
    assert portfolio.exports[0].set_aside()[["Id", "skipped because"]].to_numpy().tolist() == [
        ["10", "objective_id: no such row in objectives"],
        ["14", "objective_id: no such row in objectives"],
        ["15", "objective_id: no such row in objectives"],
        ["16", "Object Type: expected Objective, Key result or Deliverable"]]


def test_what_is_said(portfolio):
    said = portfolio.problems[portfolio.problems["level"] != "information"]
    assert said[["level", "table", "row", "column", "code"]].to_numpy().tolist() == [
        ["error", "key_results", 8, "objective_id", "unknown_reference"],
        ["error", "key_results", 10, "objective_id", "unknown_reference"],
        ["error", "key_results", 11, "objective_id", "unknown_reference"],
        ["error", "viva", 12, "Object Type", "bad_value"],
        ["warning", "objectives", 9, "parent_objective_id", "unknown_reference"],
        ["warning", "viva", 2, "Owner", "bad_value"],
        ["warning", "viva", 2, "Aligned To (weight, Objective ID)", "bad_value"],
        ["warning", "viva", 3, "column_27", "bad_value"]]
    told = portfolio.problems[portfolio.problems["level"] == "information"]
    assert set(told["column"].dropna()) == {"Status", "Team", "Checkins", "status"}
    assert told["message"][told["column"].isna()].tolist() == [
        "export.csv: 2 columns of the file have no place here: Creator, Created At; they are kept with the records"]
    assert told.loc[told["code"] == "unknown_word", "value"].tolist() == ["Reopened"]


@pytest.mark.parametrize(("answer", "found"), [
    ("top", [("1", "1")]), ("all", [("1", "1"), ("2", "2")]), ("none", [])])
def test_which_objectives_are_outcomes_is_a_choice(tmp_path, answer, found):
    portfolio = loaded(tmp_path, PORTFOLIO, f'[exports.viva]\noutcomes = "{answer}"')
    objectives = portfolio["objectives"]
    assert rows(portfolio, "objectives", "objective_id outcome_id")[2:4] == [
        (one, dict(found).get(one)) for one in ("1", "2")]
    assert list(portfolio["outcomes"]["outcome_id"]) == [one for one, _ in found]
    assert len(objectives) == 5


def test_without_products(tmp_path):
    portfolio = loaded(tmp_path, PORTFOLIO, '[exports.viva]\nproducts = "none"')
    assert not len(portfolio["products"])
    assert portfolio["objectives"]["product_id"].isna().all()


OLD = "Title,Team,Owner,Period,Start Date,End Date,Description," + HEADER.partition(
    "Description,")[2].replace(",Unit", "").replace(",Actual Progress", "")


def old(kind, title, aligned="", owner="Ada Park", period="Q4 2026", **more):
    return record(kind, "", title, aligned, Owner=owner, Period=period, **more)


def test_an_older_export_has_no_ids_and_names_parents_by_title(tmp_path):
    portfolio = loaded(tmp_path, export(
        old("Key result", "Grow", "Grow(weight: 50%, Id: 2503050)", Start=40, Target=60,
            **{"Progress %": 50}),
        old("Objective", "Grow", "Lead (again)", period="Q4 2026"),
        old("Objective", "Grow", "Lead (again)", period="Q3 2026"),
        old("Objective", "Lead (again)", period="Annual 2026"),
        old("Objective", "Adrift", "Twice"), old("Objective", "Twice"), old("Objective", "Twice"),
        old("Objective", "Twice", owner="Bo Lind"), old("Objective", "Alone", "Nobody knows"),
        header=OLD))
    annual = "Lead (again) · Ada Park · Annual 2026"
    assert rows(portfolio, "objectives", "objective_id parent_objective_id outcome_id") == [
        ("Grow · Ada Park · Q4 2026", annual, None), ("Grow · Ada Park · Q3 2026", annual, None),
        (annual, None, annual),
        ("Adrift · Ada Park · Q4 2026", "Twice · Ada Park · Q4 2026", None),
        ("Twice · Ada Park · Q4 2026", None, "Twice · Ada Park · Q4 2026"),
        ("Twice · Bo Lind · Q4 2026", None, None),
        ("Alone · Ada Park · Q4 2026", None, None)]
    assert counted(portfolio) == {"used": 8, "merged": 1, "set_aside": 0}
    lost = portfolio.problems.query("code == 'unknown_reference'")
    assert lost[["row", "value"]].to_numpy().tolist() == [[10, "Nobody knows"]]


def test_the_value_of_an_older_export_is_reckoned_from_its_percentage(tmp_path):
    portfolio = loaded(tmp_path, export(
        old("Objective", "Grow"),
        old("Key result", "More", "Grow", Start=40, Target=60, **{"Progress %": 50}),
        old("Key result", "No target", "Grow", **{"Progress %": 50}), header=OLD))
    assert rows(portfolio, "key_results", "title baseline target current") == [
        ("More", 40, 60, 50), ("No target", None, None, None)]
    assert "reckoned" in str(portfolio.problems["message"].tolist())


def test_short_check_ins(tmp_path):
    portfolio = loaded(tmp_path, export(
        record("Objective", 1, "Grow"),
        record("Key result", 2, "More", "Grow(weight: 1%, Id: 1)", Checkins="2026-11-13: 1,200",
               more=["2026-11-06, 42, On Track, rather well, so far", "2026-10-30", "40", "12",
                     "2026-10-01", "2026-10-02", "soon", "2026-13-45: 7"])))
    assert rows(portfolio, "check_ins", "date value status note") == [
        ("2026-10-30", 40, None, None), ("2026-11-06", 42, "On Track", "rather well, so far"),
        ("2026-11-13", 1200, None, None)]
    said = portfolio.problems.query("level in ('error', 'warning') and table == 'viva'")
    assert said["value"].tolist() == ["12", "2026-10-01", "2026-10-02", "soon"]
    assert portfolio.counts["check_ins"].set_aside == 1  # no thirteenth month


@pytest.mark.parametrize(("cell", "found"), [
    ("", []),
    ("Only (a title), with a comma", [Link("Only (a title), with a comma", "", -1)]),
    ("A (b)(weight: 50%, Id: 25)", [Link("A (b)", "25", 50)]),
    ("A(weight: 5%, Id: 2) b(weight: 14.29%, Id: 3)", [
        Link("A(weight: 5%, Id: 2) b", "3", 14.29)]),
    ("A, b(weight: 50%, Id: 1),C(weight: 50%, Id: 2);\nD(weight: %, Id: 3)", [
        Link("A, b", "1", 50), Link("C", "2", 50), Link("D", "3", -1)]),
    ("A(weight: 50%), B(weight: 20%)", [Link("A", "", 50), Link("B", "", 20)])])
def test_the_parents_in_a_cell(cell, found):
    assert links(cell) == found


def test_an_answer_that_is_none_is_said_and_the_default_taken(tmp_path):
    portfolio = loaded(tmp_path, PORTFOLIO, '[exports.viva]\noutcomes = "every"\nsize = "big"\n')
    said = portfolio.problems.query("table == 'settings'")["message"].tolist()
    assert said == ['exports.viva, outcomes, "every": expected outcomes to be one of top, all, none; '
                    'the default was taken', 'exports.viva, size, "big": expected one of outcomes, '
                    'products; the default was taken']
    assert len(portfolio["outcomes"]) == 1


ALLY = ("Id,Title,Tag,OKR type,Type name,Creator,Owner,Period,Start Date,End Date,Description,\"Aligned To (weight, Objective ID)\","
        "Metric Name,Target,Object Type,Goal Type,Start,Created At,Last Check-in,Progress %,Status,Last Check-in Note,Score,Checkins\n"
        "1,Grow,,Company,Northwind,Rhea Sloan,Rhea Sloan,Annual 2026,2026-01-01,2026-12-31,,,Progress,100.0,OKR,Aspirational Goal,0.0,,,31.0,Behind,,,\n"
        "2,Checkout converts,,Team,Checkout,Rhea Sloan,Ivo Lang,Q4 2026,2026-10-01,2026-12-31,,\"Grow(weight: 50%, Id: 1)\",Progress,100.0,OKR,Committed Goal,0.0,,,40.0,On Track,,,\n"
        "3,Conversion,,Team,Checkout,Rhea Sloan,Ivo Lang,Q4 2026,2026-10-01,2026-12-31,,\"Checkout converts(weight: 100%, Id: 2)\",Conversion,2.6,Key Result,Committed Goal,2.1,,,40.0,On Track,,,\n"
        "4,Run a marathon,,Individual,Ivo Lang,Ivo Lang,Ivo Lang,Q4 2026,2026-10-01,2026-12-31,,,Progress,100.0,OKR,Committed Goal,0.0,,,0.0,Not Started,,,\n")


def test_when_it_was_ally(tmp_path):
    portfolio = loaded(tmp_path, ALLY)
    assert portfolio.recognised_as == "viva"
    assert rows(portfolio, "outcomes", "outcome_id name") == [("1", "Grow")]
    assert rows(portfolio, "objectives", "objective_id product_id outcome_id parent_objective_id") == [
        ("1", None, "1", None), ("2", "Checkout", None, "1"), ("4", None, None, None)]
    assert rows(portfolio, "key_results", "kr_id objective_id target") == [("3", "2", 2.6)]
    assert rows(portfolio, "products", "product_id") == [("Checkout",)]
    assert counted(portfolio) == {"used": 4, "merged": 0, "set_aside": 0}


def test_it_is_told_without_the_column_of_parents(tmp_path):
    portfolio = loaded(tmp_path, "Title,Object Type,Progress %,Goal Type,Owner\nGrow,Objective,31,Committed Goal,Ada Park\n")
    assert portfolio.recognised_as == "viva"
    assert rows(portfolio, "objectives", "title owner_id") == [("Grow", "Ada Park")]
