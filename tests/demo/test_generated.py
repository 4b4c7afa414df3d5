"""Generated companies: any size, the same for the same seed."""

import pytest

from orgdata.demo import generate
from orgdata.load import load


def _content(folder):
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_same_seed_same_bytes(tmp_path):
    for name in ("a", "b"):
        generate(tmp_path / name, 30, seed=7, weeks=4)
    generate(tmp_path / "c", 30, seed=8, weeks=4)
    assert _content(tmp_path / "a") == _content(tmp_path / "b")
    assert _content(tmp_path / "a") != _content(tmp_path / "c")


@pytest.mark.parametrize(("products", "weeks"), [(1, 1), (25, 3)])
def test_size_and_clean_load(tmp_path, products, weeks):
    generate(tmp_path, products, weeks=weeks)
    portfolio = load(str(tmp_path))
    counts = {name: (count.read, count.set_aside) for name, count in portfolio.counts.items()}
    assert counts["products"] == (products, 0)
    assert counts["key_results"] == (5 * products, 0)
    assert counts["check_ins"] == (5 * products * weeks, 0)
    assert {set_aside for _, set_aside in counts.values()} == {0}


def test_never_overwrites(tmp_path):
    generate(tmp_path, 2)
    before = _content(tmp_path)
    with pytest.raises(FileExistsError, match="nothing was written"):
        generate(tmp_path, 3)
    assert _content(tmp_path) == before
