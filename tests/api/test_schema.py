"""The read model is what its classes say, in every company that is tried."""

from typing import Literal, NotRequired, TypedDict

import pytest
from jsonschema import Draft202012Validator

from orgdata.api.answers import Report, report
from orgdata.api.schema import schema_of
from orgdata.demo import DEMO
from orgdata.evaluation import evaluate
from orgdata.load import load
from tests.builders import DAY
from tests.csv_folders import write

SCHEMA = schema_of(Report)
SOURCES = {
    "little": {"products": "product_id,name\nP1,A\n"},
    "nothing known": {"outcomes": "outcome_id,name\nO1,A\n", "products": "product_id,name\nP1,A\nP1,B\n",
                      "key_results": "kr_id,objective_id,title\nK1,J1,T\n",
                      "objectives": "objective_id,title\nJ1,T\n"}}


def test_it_is_a_schema():
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("name", ["demo", *SOURCES])
def test_a_report_is_what_its_class_says(name, tmp_path):
    source = str(DEMO) if name == "demo" else write(tmp_path, **SOURCES[name])
    evaluation = evaluate(load(source), DAY)
    Draft202012Validator(SCHEMA).validate(report(evaluation.alignment, evaluation.gaps))


@pytest.mark.parametrize(("part", "name"), [("gaps", "severity"), ("headlines", "aligned_spend_pct"),
                                            ("products", "checks")])
def test_a_key_that_lacks_or_is_new_is_noticed(part, name):
    evaluation = evaluate(load(str(DEMO)), DAY)
    said = report(evaluation.alignment, evaluation.gaps)
    place = said[part] if part == "headlines" else said[part][0]
    value = place.pop(name)
    assert not Draft202012Validator(SCHEMA).is_valid(said)
    place |= {name: value, "more": 1}
    assert not Draft202012Validator(SCHEMA).is_valid(said)


class Small(TypedDict):
    """A small one.

    With more to say."""

    kind: Literal["a", "b"]
    names: NotRequired[dict[str, list[int | None]]]


def test_every_kind_of_type():
    assert schema_of(Small) == {
        "type": "object", "description": "A small one.", "required": ["kind"],
        "additionalProperties": False, "properties": {
            "kind": {"enum": ["a", "b"]},
            "names": {"type": "object", "additionalProperties": {"type": "array", "items": {
                "anyOf": [{"type": "integer"}, {"type": "null"}]}}}}}
    with pytest.raises(TypeError, match="no schema of"):
        schema_of(tuple[int, ...])
