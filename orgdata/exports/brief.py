"""A product manager's brief: on one page what the product is for, and whether it is in line with
it. No comparison with other products."""

from collections.abc import Iterator

import pandas as pd

from orgdata import formats
from orgdata.exports import gap_items
from orgdata.exports.document.blocks import (
    Bar,
    Block,
    Column,
    Heading,
    Item,
    Page,
    Paragraph,
    Paths,
    Step,
    Table,
    items,
    line,
    quiet,
    strong,
)
from orgdata.exports.document.html import html
from orgdata.exports.document.markdown import markdown
from orgdata.exports.document.pdf import pdf
from orgdata.exports.edition import Edition
from orgdata.exports.gap_items import cut
from orgdata.gaps.reminders import without
from orgdata.measures import Alignment
from orgdata.views import explain, line_of_sight, products, review
from orgdata.views.key_results import pace_sentence, result_rows
from orgdata.views.vocabulary import DEPENDENCY, LINK, STATUS, UNKNOWN

MOST_WAYS, MOST_DEPENDENCIES, MOST_ROADBLOCKS, MOST_QUESTIONS = 5, 4, 3, 4
MOST_LINES = 26  # of ways and key results together, so that one page holds them
_WAY, _TITLE, _STATUS = 46, 44, 24  # characters on a line there
SHORT = 90  # characters of a title


def brief_html(edition: Edition, product_id: str) -> bytes:
    """The brief of one managed product, ready to print. KeyError where there is none of that id."""
    return html(page(edition, product_id))


def brief_markdown(edition: Edition, product_id: str) -> bytes:
    """The same for a chat or a wiki."""
    return markdown(page(edition, product_id))


def brief_pdf(edition: Edition, product_id: str) -> bytes:
    """The same as a PDF."""
    return pdf(page(edition, product_id))


def page(edition: Edition, product_id: str) -> Page:
    """Role, chain, goals against pace, dependencies, roadblocks, open questions."""
    alignment = edition.alignment
    found = alignment.products[alignment.products["product_id"] == product_id]
    if not len(found):
        raise KeyError(product_id)
    row = found.iloc[0]
    ways = _ways(row, alignment)
    used = sum(max(_lines(step.words, _WAY) + _lines(step.note, _WAY) for step in way)
               for way in ways[:MOST_WAYS])
    return Page(cut(row["name"], SHORT), f"Product brief · {formats.day(edition.day)}",
                edition.day, tuple(edition.origin()), (
        *_role(row, alignment), *_chain(row, alignment, ways), *_goals(row, alignment, used),
        *_dependencies(row, alignment), *_roadblocks(row, alignment), *_questions(row, edition)))


def _role(row: pd.Series, alignment: Alignment) -> Iterator[Block]:
    one = row["product_id"]
    purpose = products.purpose(alignment, one)
    stated = pd.notna(row["role_statement"])
    yield Paragraph(line(cut(row["role_statement"] if stated else purpose)), lead=True)
    yield Paragraph(line(quiet(cut(products.role_basis(alignment, one)))))
    if stated:
        yield Paragraph(line(cut(purpose)))
    yield Paragraph(line(cut(products.facts(row, alignment))))
    explained = explain.product(row, alignment)
    yield Paragraph(line(strong(explained.verdict), cut(" ".join(explained.failing))))


def _ways(row: pd.Series, alignment: Alignment) -> list[tuple[Step, ...]]:
    """Every way from the product to an outcome."""
    own = alignment.objectives[alignment.objectives["product_id"] == row["product_id"]]
    goals = {goal["objective_id"]: products.objective_sentence(goal)
             for goal in own.to_dict("records")}
    return [(_goal(way, goals), _outcome(way)) for way in
            line_of_sight.chain(alignment, row["product_id"]).to_dict("records")]


def _chain(row: pd.Series, alignment: Alignment, ways: list[tuple[Step, ...]]) -> Iterator[Block]:
    yield Heading("The chain to a company outcome")
    who = Step(cut(row["pm_names"], SHORT)) if pd.notna(row["pm_names"]) else Step(
        "Nobody accountable yet" if alignment.basis.assignments else
        "Unknown, because assignments are not loaded", missing=True)
    yield Paths(((who, Step(cut(row["name"], SHORT))), *ways[:MOST_WAYS]))
    if (left := len(ways) - MOST_WAYS) > 0:
        yield Paragraph(line(quiet(f"{left:,} more ways to an outcome.")))


def _goal(way: dict[str, str], goals: dict[str, str]) -> Step:
    if pd.isna(way["objective"]):
        return Step(line_of_sight.NO_OBJECTIVE, missing=True)
    return Step(cut(way["objective"], SHORT), goals[way["objective_id"]])


def _outcome(way: dict[str, str]) -> Step:
    if pd.isna(way["outcome"]):
        return Step(line_of_sight.NO_OUTCOME, missing=True)
    return Step(cut(way["outcome"], SHORT), str(LINK.get(way["state"], UNKNOWN)),
                missing=way["state"] != "proven")


def _goals(row: pd.Series, alignment: Alignment, used: int) -> Iterator[Block]:
    yield Heading("Key results against pace")
    if not alignment.basis.proof:
        yield Paragraph(line("Unknown, because objectives and key_results are not both loaded."))
        return
    own = alignment.key_results[alignment.key_results["product_id"] == row["product_id"]]
    yield Paragraph(line(pace_sentence(own)))
    if not len(own):
        return
    rows = [_result(one) for one in result_rows(own).to_dict("records")]
    shown = _fitting(rows, MOST_LINES - used)
    yield Table("Key results: from start over now to target, progress against what is expected",
                (Column("Key result"), Column("Start → now → target"), Column("", "bar"),
                 Column("Done", "number"), Column("Expected", "number"), Column("Status")),
                tuple(shown))
    if left := len(rows) - len(shown):
        yield Paragraph(line(quiet(f"{left:,} more.")))


Row = tuple[str | Bar, ...]


def _fitting(rows: list[Row], lines: int) -> list[Row]:
    """As many rows as fit, at least three."""
    shown: list[Row] = []
    for title, way, bar, done, expected, status in rows:
        lines -= max(_lines(title, _TITLE), _lines(way, _STATUS), _lines(status, _STATUS))
        if lines < 0 and len(shown) >= 3:
            break
        shown.append((title, way, bar, done, expected, status))
    return shown


def _lines(words: object, width: int) -> int:
    return -(-len(str(words)) // width)


def _result(one: dict[str, object]) -> Row:
    because = f": {one['because']}" if one["because"] else ""
    return (cut(one["title"], SHORT), cut(one["way"], 60),
            Bar(_known(one["shown"]), _known(one["expected_share"])),
            _percent(one["shown"]), _percent(one["expected_share"]),
            f"{STATUS[str(one['status'])]}{because}")


def _known(share: object) -> float | None:
    return None if formats.is_unknown(share) else float(str(share))


def _percent(share: object) -> str:
    return "–" if formats.is_unknown(share) else formats.share(float(str(share)))


def _dependencies(row: pd.Series, alignment: Alignment) -> Iterator[Block]:
    yield Heading("Dependencies")
    if not alignment.portfolio.tracked("dependencies"):
        yield Paragraph(line("Unknown, because dependencies are not loaded."))
        return
    found = [(words, products.dependency_rows(alignment, row["product_id"], column))
             for words, column in (("It needs", "product_id"),
                                   ("Needed of it by", "needs_product_id"))]
    yield items((_dependency(words, one) for words, rows in found
                 for one in rows.head(MOST_DEPENDENCIES).to_dict("records")),
                "It needs nothing from another product, and none needs anything from it.")
    if left := sum(max(len(rows) - MOST_DEPENDENCIES, 0) for _, rows in found):
        yield Paragraph(line(quiet(f"{left:,} more.")))


def _dependency(words: str, one: dict[str, object]) -> Item:
    due = "" if formats.is_unknown(one["needed_by"]) else f" · by {formats.day(one['needed_by'])}"
    return Item(line(words, strong(cut(f"{one['product']}:", SHORT)), cut(one["what"], SHORT),
                     quiet(f"{DEPENDENCY[str(one['state'])]}{due}")))


def _roadblocks(row: pd.Series, alignment: Alignment) -> Iterator[Block]:
    rows = review.roadblocks(alignment)
    rows = rows[rows["product_id"] == row["product_id"]]
    if not len(rows):
        return
    yield Heading("Roadblocks")
    yield items((Item(line(strong(cut(one["what"], SHORT)), quiet(cut(
        f"since {formats.day(one['since'])} · can clear it: {one['who']}"))))
        for one in rows.head(MOST_ROADBLOCKS).to_dict("records")), "")
    if (left := len(rows) - MOST_ROADBLOCKS) > 0:
        yield Paragraph(line(quiet(f"{left:,} more.")))


def _questions(row: pd.Series, edition: Edition) -> Iterator[Block]:
    yield Heading("Open questions")
    rows = without(products.gaps_of(edition.alignment, edition.gaps.rows,
                                    pd.Series([row["product_id"]], dtype="str")))
    more = rows["code"].value_counts() - 1
    first = rows.drop_duplicates("code").head(MOST_QUESTIONS)
    yield items((gap_items.open_question(one, int(more[one["code"]]))
                 for _, one in first.iterrows()), "None in what could be judged.")
    if left := int((~rows["code"].isin(first["code"])).sum()):
        yield Paragraph(line(quiet(f"{left:,} more.")))
