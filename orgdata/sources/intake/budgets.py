"""Lists of budgets: a scale that a remark above says for the whole sheet, and totals of periods as
the money of a year (FORMATS section 3)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from orgdata import formats
from orgdata.sources.intake.asked import Asked
from orgdata.sources.intake.header_words import LONGEST, Money, words_of
from orgdata.sources.intake.headers import Header
from orgdata.sources.intake.values import Values

_BY_YEAR = ("spend", "revenue", "fte")
_DIGITS = re.compile(r"\d{2}(?!\d)")  # the last ones of 2026, FY26, 2025/26
_MONTHS = 4  # columns of periods, at least, whose total is that of a year
_TOUCHES = 1_000  # of the questions that matter most: it is about all money
_STATES = ("status", "confidence", "progress", "note")
_OF_MONEY = ("spend", "revenue")
_BUDGET = re.compile(r"budget|cost|spend|kosten|co[uû]t|dépense|presupuesto|gasto|costo|orçamento|"
                     r"despesa|bilancio|spes[ae]|begroting|uitgaven|予算|費用", re.IGNORECASE)
_TOTAL = frozenset("total totals sum full year fy gesamt summe jahr totale totaal année anno año "
                   "ano 合計 年間".split())
_YEAR = re.compile(r"(?:fy|gj)? ?[ '’_-]?(?:20)?\d{2}(?:[/–-]\d{2,4})?", re.IGNORECASE)
_FIGURES = frozenset("figure amount value number angabe betrag montant chiffre importe cifra valor "
                     "importo bedrag 単位 金額".split())


def with_budget(headers: dict[str, Header], titles: Sequence[str], name: str) -> dict[str, Header]:
    """The headers of a sheet with the scale and currency that its titles say, and with the total of
    a year as money where the sheet is called a budget and nothing else is money."""
    if _BUDGET.search(" ".join([name, *titles])) and not any(
            header.meanings[:1] == ("spend",) for header in headers.values()):
        by_month = sum(bool(header.period) and not header.meanings
                       for header in headers.values()) >= _MONTHS
        totals = [column for column, header in headers.items() if not header.meanings
                  and (_YEAR.fullmatch(header.period) or (by_month and not header.period))
                  and _is_total(header)]
        if len(totals) == 1:
            headers = {**headers, totals[0]: replace(headers[totals[0]], meanings=("spend",))}
    said = next((money for title in (*titles, name) if (money := _scale_of(title)).scale), Money())
    if not said.scale or any(header.scale for header in headers.values()):
        return headers
    return {column: replace(header, scale=said.scale, currency=header.currency or said.currency)
            if header.meanings[:1] and header.meanings[0] in _OF_MONEY else header
            for column, header in headers.items()}


def of_one_year(headers: dict[str, Header], titles: Sequence[str], name: str,
                asked: Asked) -> dict[str, Header]:
    """The headers with one column of money, or people, where there are several by year: that of the
    year in a title, else the last one, asked."""
    for meaning in _BY_YEAR:
        columns = {column: year[-1] for column, header in headers.items()
                   if header.meanings[:1] == (meaning,) and not header.of
                   and (year := _DIGITS.findall(header.period)) and _YEAR.fullmatch(header.period)}
        if len(columns) < 2 or len({*columns.values()}) < len(columns):
            continue
        told = {year for title in (*titles, name) for year in _DIGITS.findall(title)}
        named = [column for column, year in columns.items() if year in told]
        last = max(columns, key=lambda column: columns[column])
        chosen = named[0] if len(named) == 1 else asked.ask(
            f"year: {meaning}", f"{formats.listed([*columns])}: which one counts?",
            {column: column for column in columns}, last, (), _TOUCHES)
        headers = {**headers, **{column: replace(headers[column], meanings=())
                                 for column in columns if column != chosen}}
    return headers


def from_earlier_years(headers: dict[str, Header]) -> dict[str, Header]:
    """The headers with the value of an earlier year than that of the target, or of the other one,
    as the baseline: "2025 actual", "2026 YTD", "2026 target"."""
    def years(meaning: str) -> dict[str, str]:
        return {column: _DIGITS.findall(header.period)[-1] for column, header in headers.items()
                if header.meanings[:1] == (meaning,) and _YEAR.fullmatch(header.period)}

    values, targets = years("current"), years("target")
    if not 0 < len(values) < 3 or len(targets) > 1:
        return headers
    newest = max([*values.values(), *targets.values()])
    earlier = [column for column, year in values.items() if year < newest]
    has_baseline = any(header.meanings[:1] == ("baseline",) for header in headers.values())
    return {**headers, **{column: replace(headers[column], meanings=() if (
        has_baseline or len(earlier) > 1) else ("baseline",), period="") for column in earlier}}


def with_last_state(headers: dict[str, Header], values: Mapping[str, Values]) -> dict[str, Header]:
    """The headers with the last column of a status that is not blank, of those that a period tells
    apart: "W45 status", "W46 status"."""
    for meaning in _STATES:
        columns = [column for column, header in headers.items()
                   if header.meanings[:1] == (meaning,) and header.period]
        last = next((column for column in reversed(columns) if values[column].filled), None)
        if len(columns) > 1:
            headers = {**headers, **{column: replace(headers[column], meanings=())
                                     for column in columns if column != last}}
    return headers


def _is_total(header: Header) -> bool:
    """Whether a header is a year, or its total, and nothing more."""
    rest = words_of(header.written.replace(header.period or " ", " "))
    return rest <= {*_TOTAL} and not header.unit


def _scale_of(title: str) -> Money:
    """What a title such as "All figures in USD thousands" says of money."""
    words = words_of(title[:LONGEST])
    money = Money.of(words)
    told = money.currency or words & _FIGURES or any(
        word in title for word in ("単位", "金額"))
    return money if told else Money()


def titles_of(above: Sequence[Sequence[str]]) -> list[str]:
    """The texts above a header."""
    return [cell.strip() for row in above for cell in row if cell.strip()]
