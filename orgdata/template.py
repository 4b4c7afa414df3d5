"""Empty tables to fill in: one CSV per table with an example row, and a commented settings."""

import csv
import io
import zipfile
from pathlib import Path

from orgdata.schema import TABLES, Table

SETTINGS = '''\
# What the data cannot say for itself. Every line is optional: remove the # to use it.
# as_of = "2026-11-20"        # the day to measure on; without it: today
# managed_level = "product"   # products.level of the rows that are aligned; others only group
# currency = "USD"            # how money is shown
# pace = "difference"         # or ratio-95-85, ratio-90-75, ratio-70-40: see the Method page
# cadence_days = 7            # how often key results are checked in, unless they say otherwise

# Tables and columns under other names: ours = "theirs". In a database a table may also be in
# another schema, or be a select query (?schema= in the URL names the schema of all the others)
# [tables]
# products = "dim_product"
# people = "hr.employees"
# outcomes = "select id as outcome_id, title as name from goals where level = 0"
# [columns.key_results]
# kr_type = "direction"

# Words under other names: theirs = "ours"
# [values.assignments.role]
# group_lead = "accountable"

# Rules: switch one off, or change its threshold
# [rules.OWN04]
# enabled = false
# threshold = 110
'''


def write_template(folder: Path) -> list[Path]:
    """Write the templates into a folder and return their paths.

    Raises FileExistsError, before anything is written, when one of them exists already.
    """
    files = {folder / f"{table.name}.csv": table for table in TABLES.values()}
    settings = folder / "settings.toml"
    for path in (*files, settings):
        if path.exists():
            raise FileExistsError(f"{path} exists already; nothing was written")
    folder.mkdir(parents=True, exist_ok=True)
    for path, table in files.items():
        path.write_bytes(_content(table).encode())
    settings.write_text(SETTINGS, encoding="utf-8")
    return [*files, settings]


def template_zip() -> bytes:
    """The same templates as a zip archive."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for table in TABLES.values():
            archive.writestr(f"{table.name}.csv", _content(table))
        archive.writestr("settings.toml", SETTINGS)
    return packed.getvalue()


def _content(table: Table) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([f.name for f in table.fields])
    writer.writerow([f.example for f in table.fields])
    return text.getvalue()
