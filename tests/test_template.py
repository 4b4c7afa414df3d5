"""The templates: complete, clean as they are, and never written over what is there."""

import csv
import re

import pytest

from orgdata.load import load
from orgdata.schema import TABLES
from orgdata.settings import Settings, parse_settings, read_settings
from orgdata.template import SETTINGS, write_template
from tests.folders import findings


def test_one_file_per_table_with_every_column_and_one_example(tmp_path):
    paths = write_template(tmp_path / "new" / "deep")
    assert sorted(path.name for path in paths) == sorted(
        [*(f"{name}.csv" for name in TABLES), "settings.toml"])
    for name, table in TABLES.items():
        with (tmp_path / "new" / "deep" / f"{name}.csv").open(newline="", encoding="utf-8") as file:
            header, *rows = csv.reader(file)
        assert header == [f.name for f in table.fields]
        assert len(rows) == 1
        assert all(cell for one, cell in zip(table.fields, rows[0], strict=True) if one.required)


def test_it_loads_without_an_error_or_a_warning(tmp_path):
    write_template(tmp_path)
    portfolio = load(str(tmp_path))
    assert findings(portfolio.problems, "error", "warning") == []
    counts = {name: (count.read, count.set_aside) for name, count in portfolio.counts.items()}
    assert counts == dict.fromkeys(TABLES, (1, 0))
    assert set(portfolio.problems["message"].str.split(": ").str[-1]) <= {
        "the column is blank throughout"}


def test_every_example_in_the_settings_is_one_that_works(tmp_path):
    write_template(tmp_path)
    assert read_settings(tmp_path / "settings.toml") == Settings(
        file=str(tmp_path / "settings.toml"))
    switched_on = re.findall(r"^# (\[.*|\w+ = .*)", SETTINGS, re.MULTILINE)
    (tmp_path / "on.toml").write_text("\n".join(switched_on))
    settings = read_settings(tmp_path / "on.toml")
    assert settings.unknown_keys == ()
    assert settings != parse_settings({}, file=settings.file)
    assert settings.tables["products"] == "dim_product"
    assert settings.tables["people"] == "hr.employees"
    assert settings.tables["outcomes"].startswith("select ")
    assert (settings.rule("OWN04").enabled, settings.rule("OWN04").threshold) == (False, 110)


@pytest.mark.parametrize("name", ["products.csv", "settings.toml", "mix_targets.csv"])
def test_never_overwrites(tmp_path, name):
    (tmp_path / name).write_text("mine")
    with pytest.raises(FileExistsError, match="nothing was written"):
        write_template(tmp_path)
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [(name, "mine")]
