"""What was not judged since rows that may hold it were lost, and which rows to mend. METHOD §6."""

from collections.abc import Iterable, Iterator, Sequence

import pandas as pd

from orgdata import formats
from orgdata.gaps import RULES, Gaps
from orgdata.measures import Alignment
from orgdata.model import labels
from orgdata.model.portfolio import Portfolio
from orgdata.model.problems import quoted
from orgdata.model.schema import TABLES
from orgdata.validate.bearers import no_such_row
from orgdata.validate.notes import fault
from orgdata.views import gap_names

MOST_ROWS = 3  # to mend that a sentence names
COLUMNS = ("code", "subject", "what", "because")


def findings(gaps: Gaps, alignment: Alignment) -> pd.DataFrame:
    """Each finding that was not judged: code, subject (its name), what is left open, and because
    of which rows, in words."""
    portfolio = alignment.portfolio
    reasons = _Reasons(portfolio)
    return pd.DataFrame([
        (code, subject, _what(code), _because(because, portfolio, reasons))
        for subject, code, because in _left_open(gaps, portfolio)], columns=list(COLUMNS),
        dtype="str")


def sentences(gaps: Gaps, alignment: Alignment) -> list[str]:
    """Each finding that was not judged, as a sentence: “Support: not judged who is accountable;
    row 7 of assignments names H1, H2, and H2 is not in people.”"""
    return [f"{subject}: not judged {what}; {because.rstrip('.')}." for _, subject, what, because in
            findings(gaps, alignment).itertuples(index=False)]


def by_row(gaps: Gaps, alignment: Alignment) -> pd.DataFrame:
    """What each lost row leaves open: table, row (missing: the whole table), and left_open."""
    rows = [(table, row, f"{subject.rstrip('.')}: {_what(code)}")
            for subject, code, because in _left_open(gaps, alignment.portfolio)
            for table, row in because]
    left = pd.DataFrame(rows, columns=["table", "row", "left_open"]).astype({"row": "Int64"})
    grouped = left.groupby(["table", "row"], dropna=False, sort=True)["left_open"].agg(
        lambda texts: formats.listed(list(dict.fromkeys(texts)), most=MOST_ROWS))
    return grouped.reset_index()


def rows_in_words(because: Iterable[tuple[str, int | None]], portfolio: Portfolio) -> str:
    """Lost rows and what was wrong with each: “row 7 of assignments names H2, which …”."""
    return _because(because, portfolio, _Reasons(portfolio))


def _left_open(gaps: Gaps,
               portfolio: Portfolio) -> Iterator[tuple[str, str, Sequence[tuple[str, int | None]]]]:
    """The subject, the rule and the rows to mend of each finding that was not judged."""
    rows = gaps.not_judged
    subjects = gap_names.subjects(rows["key"], portfolio)
    return zip((subject or "The portfolio" for subject in subjects), rows["code"], rows["because"],
               strict=True)


def _what(code: str) -> str:
    """What a rule leaves open, to follow “not judged”."""
    rule = RULES[code]
    return rule.unjudged or f"({rule.name})"


class _Reasons:
    """What was wrong with each row: of its problems the gravest one."""

    def __init__(self, portfolio: Portfolio) -> None:
        problems = portfolio.problems[portfolio.problems["row"].notna()]
        columns = (problems[name][::-1] for name in ("table", "row", "column", "value", "message"))
        self._problems = {(table, row): problem for table, row, *problem in zip(
            *columns, strict=True)}

    def of(self, table: str, row: int) -> str:
        """What was wrong with a row, to follow it; "" where that is not known."""
        if (table, row) not in self._problems:
            return ""
        column, value, message = self._problems[table, row]
        return _fault(table, column, value, fault(column, value, message))


def _fault(table: str, column: object, value: object, said: str) -> str:
    """What was wrong, to follow the row it stands in: “ names H9, which is not in people”."""
    if not (pd.notna(column) and pd.notna(value)):
        return f": {said}"
    written, parent = quoted(value), _references(table, column)
    if parent and said == no_such_row(parent):
        return f" names {written[1:-1]}, which is not in {labels.table(parent)}"
    if parent and said.partition(" ")[0] == "names":
        return f" {said}"
    name = labels.column(str(column))
    return f": {name} {written}, {said}"


def _references(table: str, column: object) -> str | None:
    """The table that a column refers to, if it is one of ours that does."""
    fields = TABLES[table].fields if table in TABLES else ()
    return next((field.references for field in fields if field.name == column), None)


def _because(because: Iterable[tuple[str, int | None]], portfolio: Portfolio,
             reasons: _Reasons) -> str:
    rows = tuple(because)
    texts = [portfolio.why_missing(table) if row is None else
             f"row {row:,} of {labels.table(table)}{reasons.of(table, row)}"
             for table, row in rows[:MOST_ROWS]]
    more = f"; and {len(rows) - MOST_ROWS:,} more rows" if len(rows) > MOST_ROWS else ""
    return "; ".join(text.rstrip(".") for text in texts) + more
