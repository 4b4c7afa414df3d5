"""On which scale a column stands: each threshold by hand (METHOD section 1)."""

import numpy as np
import pyarrow as pa
import pytest

from orgdata.tabular.numbers import numbers
from orgdata.tabular.scales import as_confidence, as_percent, spread


def column(*written):
    read = numbers(pa.array(written, pa.large_string()))
    return read, np.ones(len(written), dtype=bool)


def shown(values):
    return [None if np.isnan(value) else round(float(value), 9) for value in values]


@pytest.mark.parametrize(("written", "values", "code"), [
    (["0.7", "0.3", "1"], [70, 30, 100], "read_as_fractions"),
    (["1"], [100], "read_as_fractions"),  # exceeds 1 begins above it
    (["0.7", "1.01"], [0.7, 1.01], "scale_unclear"),
    (["0", "1", "2"], [0, 1, 2], None),  # nothing lies between 0 and 1
    (["0", None], [0, None], None),  # nothing changes
    (["0.5", "60%"], [50, 60], "read_as_fractions"),  # what has a % says so itself
    (["50%", "0.5%"], [50, 0.5], None),
    (["0.5", "-7"], [50, -700], "read_as_fractions"),
    (["many", None], [None, None], None),
    ([], [], None),
])
def test_shares(written, values, code):
    read, said = as_percent(*column(*written))
    assert shown(read.values) == values
    assert (said.code if said else None) == code
    assert said is None or said.level == ("warning" if code == "scale_unclear" else "information")


def test_a_row_that_decides_nothing_is_read_as_the_others_decide():
    read, _ = column("0.5", "0.25", "75")
    found, said = as_percent(read, np.array([True, True, False]))
    assert (shown(found.values), said.code) == ([50, 25, 7500], "read_as_fractions")


@pytest.mark.parametrize(("values", "scale"), [
    ([0.1, 1], 1), ([0.1, 1.1], 10), ([0, 1], None), ([1, 1], None), ([0.5], 1),
    ([11, 10], 100), ([11, 10, 10], 10), ([10, 10], 10), ([100, 7], 100), ([100.5, 70], 10),
    ([70, 7, 7, 7], 10),  # a slip
    ([0, 5], None), ([0, 6], 10), ([4.5, 5], 10), ([-1, 3], None), ([7, 3, 9], 10), ([], 10),
])
def test_the_scale_that_confidences_tell(values, scale):
    assert spread(np.array(values, dtype=float)).scale == scale


@pytest.mark.parametrize(("scale", "told", "values", "code"), [
    (10, True, [7, 1], None), (1, True, [70, 10], "scale_unclear"), (1, False, [70, 10], None),
    (5, False, [14, 2], None), (100, True, [0.7, 0.1], "scale_unclear"), (None, True, [7, 1], "scale_unclear"),
])
def test_confidences(scale, told, values, code):
    read, _ = column("7", "1", "80%", None)
    found, said = as_confidence(read, scale, told)
    assert shown(found.values) == [*values, 8, None]
    assert (said.code if said else None) == code
    assert said is None or said.level == ("information" if scale else "warning")
