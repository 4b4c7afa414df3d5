"""The frames of an alignment have the columns that the measures declare, no others, and so typed."""

from dataclasses import fields
from datetime import date

import pandas as pd
import pytest

from orgdata.demo import DEMO
from orgdata.docs.alignment import frames
from orgdata.load import load
from orgdata.measures import align
from orgdata.measures.column import KINDS

DECLARED = frames()


@pytest.fixture(scope="module")
def company():
    return align(load(str(DEMO)), date(2026, 11, 20))


def test_every_frame_is_declared(company):
    held = {one.name for one in fields(company)
            if isinstance(getattr(company, one.name), pd.DataFrame)}
    assert set(DECLARED) == held


@pytest.mark.parametrize("frame", DECLARED)
def test_a_frame_has_the_columns_that_are_declared(company, frame):
    types = {name: str(dtype) for name, dtype in getattr(company, frame).dtypes.items()}
    assert types == {name: KINDS[column.kind] for name, (_, column) in DECLARED[frame].items()}


@pytest.mark.parametrize("frame", DECLARED)
def test_a_meaning_is_a_line(frame):
    assert [name for name, (_, column) in DECLARED[frame].items()
            if not column.meaning or len(column.meaning) > 90 or column.meaning.endswith(".")] == []
