"""What a sheet is: its name, another tool's columns, the settings and its columns say so, in this order."""

import pytest

from orgdata.model.settings import parse_settings
from orgdata.sources import sheets_in
from orgdata.sources.recognise import recognise
from tests.sources.vendors.test_betterworks import GOAL, HEADER

PRODUCTS, OKRS = "product_id,name\nP1,Pay\n", "Goal,Team\nGrow,Pay\n"
SAYS = {"tables": {"objectives": "okrs", "products": "okrs"},
        "columns": {"objectives": {"objective_id": "Goal", "title": "Goal"},
                    "products": {"product_id": "Team", "name": "Team"}}}


MAPPED = {"tables": {"objectives": "goals"}, "columns": {"objectives": {"objective_id": "name", "title": "name"}}}


def recognised(settings=None, **files):
    """Per sheet: the name it is read by, whose export it is, the tables, whether complete."""
    sheets, _ = sheets_in({f"{name}.csv": text.encode() for name, text in files.items()})
    found, unknown = recognise(sheets, parse_settings(settings or {}))
    return [(one.name, one.vendor and one.vendor.name, one.tables, one.complete)
            for one in found], unknown[["level", "table"]].to_numpy().tolist()


@pytest.mark.parametrize(("settings", "files", "found", "unknown"), [
    ({}, {"products": PRODUCTS}, [("products", None, ["products"], True)], []),
    ({}, {"stuff": PRODUCTS}, [("stuff", None, ["products"], True)], [["information", "stuff"]]),
    ({}, {"products": "x,y\n1,2\n"}, [("products", None, ["products"], False)], []),
    ({}, {"products": "person_id,name\nH1,Ada\n"},  # its name counts, not what it resembles
     [("products", None, ["products"], False)], []),
    ({}, {"stuff": "x,y\n1,2\n"}, [("stuff", None, [], False)], [["information", "stuff"]]),
    ({}, {"stuff": HEADER + GOAL}, [("stuff", "betterworks", [], False)],
     [["information", "stuff"]]),
    ({}, {"objectives": HEADER + GOAL}, [("objectives", "betterworks", [], False)], []),
    (MAPPED, {"goals": HEADER + GOAL}, [("goals", "betterworks", [], False)], [["warning", "objectives"]]),
    (MAPPED | {"tables": {}}, {"objectives": HEADER + GOAL}, [("objectives", None, ["objectives"], True)], []),
    (SAYS, {"okrs": OKRS}, [("okrs", None, ["objectives", "products"], True)], []),
    (SAYS, {"okrs": OKRS, "products": PRODUCTS},  # the settings read products from elsewhere
     [("okrs", None, ["objectives", "products"], True), ("products", None, ["products"], True)],
     [["information", "products"]]),
    (SAYS, {"news": OKRS.replace("Grow", "Keep"), "okrs": OKRS},
     [("okrs", None, ["objectives", "products"], True)] * 2, []),
], ids=["name", "columns", "incomplete", "another's columns", "unknown", "export",
        "export under our name", "mapped export", "mapped export under our name", "mapped", "beside a mapped one", "like another"])
def test_what_a_sheet_is(settings, files, found, unknown):
    assert recognised(settings, **files) == (found, unknown)
