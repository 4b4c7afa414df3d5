"""The document of the doors for programs: it is OpenAPI, and says what it said."""

import json
from pathlib import Path

from openapi_spec_validator import OpenAPIV31SpecValidator

from orgdata.api.openapi import document
from orgdata.api.resources import FILTERS, RESOURCES

PINNED = Path(__file__).with_name("openapi.json")


def test_it_is_openapi():
    OpenAPIV31SpecValidator(document()).validate()


def test_it_says_what_it_said():
    """Names and meanings are for other programs to rely on: add to them, do not change them. Write
    the file anew with `python -m tests.api.test_openapi`, and read the difference."""
    assert json.loads(PINNED.read_text("utf-8")) == document()


def test_every_resource_is_named_once_and_says_what_it_is():
    assert len({one.name for one in RESOURCES}) == len({one.path for one in RESOURCES}) == len(RESOURCES)
    assert all(one.about.endswith(".") and "Raises" not in one.about for one in RESOURCES)
    assert {name for one in RESOURCES for name in one.filters} == set(FILTERS)


if __name__ == "__main__":
    PINNED.write_text(json.dumps(document(), indent=1) + "\n", "utf-8")
