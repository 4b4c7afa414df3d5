"""INTERFACES lists what other programs may ask for over HTTP, and what they may add to that."""

from pathlib import Path

from orgdata.access.rights import PAGES
from orgdata.api.openapi import COMMON, PAGING
from orgdata.api.resources import FILTERS, RESOURCES

INTERFACES = Path(__file__).parents[2] / "orgdata" / "docs" / "INTERFACES.md"


def table():
    """The rows of the table, one for each resource."""
    for one in RESOURCES:
        roles = ", ".join(f"`{role}`" for role, pages in PAGES.items() if one.page in pages)
        more = ", ".join(f"`{name}`" for name in one.filters)
        yield f"| `{one.path}` | {one.about} | {more} | {'yes' if one.is_list else ''} | {roles} |"


def test_the_table_is_that_of_the_resources():
    """`python -m tests.api.test_doors_documented` prints it."""
    text = INTERFACES.read_text("utf-8")
    assert "\n".join(table()) in text
    for name in (*COMMON, *PAGING, *FILTERS):
        assert f"`{name}`" in text


if __name__ == "__main__":
    print("\n".join(table()))
