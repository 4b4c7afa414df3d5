"""Templates to fill in: a CSV per table with an example row and a commented settings file, or a
workbook with a sheet per table, drop-downs, and a note on each column."""

import csv
import io
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from orgdata.model.fields import Field, Table
from orgdata.model.schema import TABLES

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

SETTINGS = '''\
# What the data cannot say for itself. Every line is optional: remove the # to use it.
# as_of = "2026-11-20"        # the day to measure on; without it: today
# managed_level = "product"   # products.level of the rows that are aligned; others only group
# currency = "USD"            # how money is shown
# pace = "difference"         # or ratio-95-85, ratio-90-75, ratio-70-40: see the Method page
# cadence_days = 7            # how often key results are checked in, unless they say otherwise
# confidence_scale = 10       # or 5, 1, 100: what full confidence is written as
# fiscal_year_start = 7       # month in which a year such as FY27 begins; it ends in 2027

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

# Files that are handed over: one value where a column is missing; two ids that are one; whether
# rows of a later file update, append to or replace those of an earlier; how an export is read
# [fixed.assignments]
# role = "accountable"
# [same.people]
# "Ada Park" = "H1"
# [merge]
# people = "append"
# [exports.viva]
# outcomes = "all"

# The deck in your company's looks: a PowerPoint file beside this one (see FORMATS.md)
# [documents]
# template = "our.pptx"

# When people hear of what is asked of them by `rhythm`, and in which weeks they do not
# [rhythm]
# asked = "monday"
# review = "friday"
# quiet = [2026-12-21]
# partners = {sales = "sales@our.example"}

# What `corrections --write` may write to the database of this URL, and nothing else
# [write_back]
# url = "environment:ORGDATA_WRITE_URL"
# tables = {products = ["annual_spend", "fte"]}

# What your company calls things, on every page and in every document: a word, to which an s is
# added for several, or one for one and one for several
# [words]
# outcome = "Goal"
# product = ["Initiative", "Initiatives"]
# objective = "Team goal"
# key_result = "Measure"
# product_manager = ["Product owner", "Product owners"]

# A gap for which the gates of `check` do not close, until a day
# [accept."OUT03:O2"]
# until = 2027-01-31
# reason = "agreed in the review of November"

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
        path.write_bytes(_csv(table).encode())
    settings.write_text(SETTINGS, encoding="utf-8")
    return [*files, settings]


def template_zip() -> bytes:
    """The templates as a zip archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for table in TABLES.values():
            archive.writestr(f"{table.name}.csv", _csv(table))
        archive.writestr("settings.toml", SETTINGS)
    return buffer.getvalue()


def _csv(table: Table) -> str:
    """A table as CSV: its header and the example row."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([field.name for field in table.fields])
    writer.writerow([field.example for field in table.fields])
    return text.getvalue()


# -- the workbook ----------------------------------------------------------------------------------

READ_ME = "Read me"
_ROWS = 10_000  # rows with drop-downs and formats
_FIXED_TIME = datetime(2000, 1, 1)  # so that the same tables give the same bytes
# Excel's own yellow and greys, which its users know from other forms; the pages use none of them
_BEHIND_REQUIRED, _BEHIND_OPTIONAL, _EXAMPLE_TEXT = "#FFD966", "#E7E6E6", "#7F7F7F"
_FORMATS: dict[str, dict[str, object]] = {
    "required": {"bold": True, "bg_color": _BEHIND_REQUIRED, "bottom": 1},
    "optional": {"bold": True, "bg_color": _BEHIND_OPTIONAL, "bottom": 1},
    "example": {"italic": True, "font_color": _EXAMPLE_TEXT},
    "text": {"num_format": "@"}, "date": {"num_format": "yyyy-mm-dd"}, "number": {},
    "title": {"bold": True, "font_size": 14}, "bold": {"bold": True},
}


def template_workbook() -> bytes:
    """The templates as a workbook with a sheet per table; always the same bytes."""
    import xlsxwriter  # slow to import, and only needed here

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        book.set_properties({"title": "Portfolio tables to fill in", "created": _FIXED_TIME})
        formats = {name: book.add_format(look) for name, look in _FORMATS.items()}
        formats |= {f"{kind} example": book.add_format(_FORMATS[kind] | _FORMATS["example"])
                  for kind in ("text", "date", "number")}
        _read_me(book.add_worksheet(READ_ME), formats)
        for table in TABLES.values():
            _sheet(book.add_worksheet(table.name), table, formats)
    return buffer.getvalue()


def _read_me(sheet: "Worksheet", formats: "dict[str, Format]") -> None:
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 110)
    sheet.write(0, 0, "Tables to fill in", formats["title"])
    lines = ("Fill in the sheets you have something for and leave the others; then upload this "
             "file on the Data page.",
             "Yellow columns are required, grey ones are not. Point at a header to read what it "
             "holds.",
             "The grey row is an example: write over it or delete it.")
    for row, line in enumerate(lines, 2):
        sheet.write(row, 0, line)
    for row, table in enumerate(TABLES.values(), len(lines) + 3):
        sheet.write(row, 0, table.name, formats["bold"])
        sheet.write(row, 1, table.about)


def _sheet(sheet: "Worksheet", table: Table, formats: "dict[str, Format]") -> None:
    sheet.freeze_panes(1, 0)
    for column, field in enumerate(table.fields):
        kind = field.kind if field.kind in ("date", "number") else "text"
        sheet.set_column(column, column, max(12, len(field.name) + 3), formats[kind])
        header = formats["required" if field.required else "optional"]
        sheet.write_string(0, column, field.name, header)
        sheet.write_comment(0, column, _note(field), {"author": "", "x_scale": 1.5})
        _example(sheet, column, field, formats[f"{kind} example"])
        _validation(sheet, column, field)


def _note(field: Field) -> str:
    required = "Required. " if field.required else ""
    reference = f" An id from {field.references}." if field.references else ""
    return f"{required}{field.about[:1].upper()}{field.about[1:]}.{reference}"


def _example(sheet: "Worksheet", column: int, field: Field, format_: "Format") -> None:
    if not field.example:
        return
    if field.kind == "date":
        sheet.write_datetime(1, column, date.fromisoformat(field.example), format_)
    elif field.kind == "number":
        sheet.write_number(1, column, float(field.example), format_)
    else:
        sheet.write_string(1, column, field.example, format_)


def _validation(sheet: "Worksheet", column: int, field: Field) -> None:
    """Add a drop-down to a column with a vocabulary, and a check to one of dates or numbers."""
    words = ("yes", "no") if field.kind == "bool" else field.vocabulary and field.vocabulary.words
    if words:
        open_ended = field.vocabulary is not None and bool(
            field.vocabulary.otherwise or field.vocabulary.numeric)
        rule = {"validate": "list", "source": list(words), "show_error": not open_ended}
    elif field.kind == "date":
        rule = {"validate": "date", "criteria": ">=", "value": date(1900, 1, 1),
                "error_type": "warning", "error_message": "A day such as 2026-11-20."}
    elif field.kind == "number":
        rule = {"validate": "decimal", "criteria": "between", "minimum": -1e15, "maximum": 1e15,
                "error_type": "warning", "error_message": "A number."}
    else:
        return
    sheet.data_validation(1, column, _ROWS, column, rule)
