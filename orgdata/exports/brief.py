"""The product brief: a page for a product manager on what the product is for, and whether it is
aligned with that. No comparison with other products."""

import math
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
from orgdata.model.labels import HIDDEN
from orgdata.tabular.lookup import is_in
from orgdata.views import (
    answers,
    explain,
    line_of_sight,
    managers,
    partners,
    products,
    purpose,
    review,
)
from orgdata.views.key_results import pace_sentence, result_rows
from orgdata.views.objective_words import objective_sentence
from orgdata.views.vocabulary import DEPENDENCY, LINK, STATUS, UNKNOWN

MOST_PATHS, MOST_DEPENDENCIES, MOST_ROADBLOCKS, MOST_QUESTIONS = 5, 4, 3, 4
MOST_EXPECTATIONS = 4
MOST_LINES = 26  # of paths and key results together, so that they fit on one page
_STEP_WIDTH, _TITLE_WIDTH, _STATUS_WIDTH = 46, 44, 24  # characters on a line of each
MOST_CHARACTERS = 90  # of a title


def brief_html(edition: Edition, product_id: str) -> bytes:
    """The brief of a managed product as HTML to print. KeyError where there is none of that id."""
    return html(page(edition, product_id))


def brief_markdown(edition: Edition, product_id: str) -> bytes:
    """The brief of a managed product as Markdown, for a chat or a wiki."""
    return markdown(page(edition, product_id))


def brief_pdf(edition: Edition, product_id: str) -> bytes:
    """The brief of a managed product as a PDF."""
    return pdf(page(edition, product_id))


def page(edition: Edition, product_id: str) -> Page:
    """The brief as a page: role, chain, key results, dependencies, roadblocks, questions."""
    alignment = edition.alignment
    rows = alignment.products[alignment.products["product_id"] == product_id]
    if not len(rows):
        raise KeyError(product_id)
    row = rows.iloc[0]
    paths, left = _paths(row, alignment)
    used = sum(max(_lines(step.words, _STEP_WIDTH) + _lines(step.note, _STEP_WIDTH)
                   for step in path) for path in paths)
    return Page(cut(row["name"], MOST_CHARACTERS), f"Product brief · {formats.day(edition.day)}",
                edition.day, tuple(edition.origin()), (
        *_role(row, alignment), *_chain(row, alignment, paths, left),
        *_key_results(row, alignment, MOST_LINES - used),
        *_dependencies(row, alignment), *_expectations(row, edition),
        *_roadblocks(row, alignment), *_questions(row, edition)), edition.band)


def _role(row: pd.Series, alignment: Alignment) -> Iterator[Block]:
    product_id = row["product_id"]
    yield Paragraph(line(cut(purpose.purpose(alignment, product_id))), lead=True)
    yield Paragraph(line(quiet(cut(purpose.basis(alignment, product_id)))))
    if moves := purpose.moves(alignment, product_id):
        yield Paragraph(line(cut(moves)))
    yield Paragraph(line(cut(products.facts(row, alignment))))
    explained = explain.product(row, alignment)
    yield Paragraph(line(strong(explained.verdict), cut(" ".join(explained.failing))))


def _paths(row: pd.Series, alignment: Alignment) -> tuple[list[tuple[Step, ...]], int]:
    """The first paths from the product over an objective to an outcome, and how many are left."""
    paths = line_of_sight.chain(alignment, row["product_id"])
    shown = paths.head(MOST_PATHS)
    objectives = alignment.objectives[is_in(alignment.objectives["objective_id"],
                                            shown["objective_id"])]
    sentences = {objective["objective_id"]: objective_sentence(objective, alignment)
                 for objective in objectives.to_dict("records")}
    names = line_of_sight.missing_steps(alignment, row)
    return ([(_objective(path, sentences, names), _outcome(path, names))
             for path in shown.to_dict("records")],
            len(paths) - len(shown))


def _chain(row: pd.Series, alignment: Alignment,
           paths: list[tuple[Step, ...]], left: int) -> Iterator[Block]:
    yield Heading("How it reaches a company outcome")
    who = managers.of(row)
    if who == managers.NOT_LOADED:
        who = answers.unknown_because(alignment.portfolio, "assignments")
    yield Paths(((Step(cut(who, MOST_CHARACTERS), missing=pd.isna(row["pm_names"])),
                  Step(cut(row["name"], MOST_CHARACTERS))), *paths))
    if left:
        yield Paragraph(line(quiet(f"{left:,} more ways to an outcome.")))


def _objective(path: dict[str, str], sentences: dict[str, str],
               names: line_of_sight.MissingSteps) -> Step:
    if pd.isna(path["objective"]):
        return Step(names.objective, missing=True)
    return Step(cut(path["objective"], MOST_CHARACTERS), sentences[path["objective_id"]])


def _outcome(path: dict[str, str], names: line_of_sight.MissingSteps) -> Step:
    if pd.isna(path["outcome"]):
        return Step(names.outcome, missing=True)
    return Step(cut(path["outcome"], MOST_CHARACTERS), str(LINK.get(path["state"], UNKNOWN)),
                missing=path["state"] != "proven")


def _key_results(row: pd.Series, alignment: Alignment, most_lines: int) -> Iterator[Block]:
    yield Heading("Key results against pace")
    key_results = alignment.of_product(row["product_id"], "key_results")
    yield Paragraph(line(pace_sentence(key_results, alignment)))
    if not len(key_results):
        return
    rows = [_key_result(result) for result in
            result_rows(key_results).head(MOST_LINES).to_dict("records")]
    shown = _first_rows(rows, most_lines)
    yield Table("Key results: from start over now to target, progress against what is expected",
                (Column("Key result"), Column("Start → now → target"), Column("", "bar"),
                 Column("Done", "number"), Column("Expected", "number"), Column("Status")),
                tuple(shown))
    if left := len(key_results) - len(shown):
        yield Paragraph(line(quiet(f"{left:,} more.")))


Row = tuple[str | Bar, ...]


def _first_rows(rows: list[Row], most_lines: int) -> list[Row]:
    """The first rows that fit into so many lines, at least three."""
    shown: list[Row] = []
    for row in rows:
        title, values, *_, status = row
        most_lines -= max(_lines(title, _TITLE_WIDTH), _lines(values, _STATUS_WIDTH),
                          _lines(status, _STATUS_WIDTH))
        if most_lines < 0 and len(shown) >= 3:
            break
        shown.append(row)
    return shown


def _lines(text: object, width: int) -> int:
    return math.ceil(len(str(text)) / width)


def _key_result(result: dict[str, object]) -> Row:
    because = f": {result['because']}" if result["because"] else ""
    return (cut(result["title"], MOST_CHARACTERS), cut(result["way"], 60),
            Bar(_share(result["shown"]), _share(result["expected_share"])),
            _percent(result["shown"]), _percent(result["expected_share"]),
            f"{STATUS[str(result['status'])]}{because}")


def _share(share: object) -> float | None:
    return None if formats.is_unknown(share) else float(str(share))


def _percent(share: object) -> str:
    return "–" if formats.is_unknown(share) else formats.share(float(str(share)))


def _dependencies(row: pd.Series, alignment: Alignment) -> Iterator[Block]:
    yield Heading("Dependencies")
    if not alignment.portfolio.tracked("dependencies"):
        yield Paragraph(line(answers.unknown_because(alignment.portfolio, "dependencies")))
        return
    by_direction = {label: products.dependency_rows(alignment, row["product_id"], column)
                    for label, column in (("It needs", "product_id"),
                                          ("Needed of it by", "needs_product_id"))}
    yield items((_dependency(label, dependency) for label, rows in by_direction.items()
                 for dependency in rows.head(MOST_DEPENDENCIES).to_dict("records")),
                "It needs nothing from another product, and none needs anything from it.")
    if left := sum(max(len(rows) - MOST_DEPENDENCIES, 0) for rows in by_direction.values()):
        yield Paragraph(line(quiet(f"{left:,} more.")))


def _dependency(label: str, dependency: dict[str, object]) -> Item:
    needed_by = dependency["needed_by"]
    due = "" if formats.is_unknown(needed_by) else f" · by {formats.day(needed_by)}"
    return Item(line(label, strong(cut(f"{dependency['product']}:", MOST_CHARACTERS)),
                     cut(dependency["what"], MOST_CHARACTERS),
                     quiet(f"{DEPENDENCY[str(dependency['state'])]}{due}")))


def _expectations(row: pd.Series, edition: Edition) -> Iterator[Block]:
    rows = partners.rows(edition.alignment, edition.history, HIDDEN)
    rows = rows[rows["product_id"] == row["product_id"]].sort_values(
        ["open", "by_when"], ascending=[False, True])
    if not len(rows):
        return
    yield Heading("What it and other functions expect of each other")
    yield items((Item(line(strong(cut(f"{one['partner']}:", 60)),
                           cut(one["what"], MOST_CHARACTERS), quiet(partners.briefly(one))))
                 for one in rows.head(MOST_EXPECTATIONS).to_dict("records")), "")
    if (left := len(rows) - MOST_EXPECTATIONS) > 0:
        yield Paragraph(line(quiet(f"{left:,} more.")))


def _roadblocks(row: pd.Series, alignment: Alignment) -> Iterator[Block]:
    rows = review.roadblocks(alignment)
    rows = rows[rows["product_id"] == row["product_id"]]
    if not len(rows):
        return
    yield Heading("Roadblocks")
    yield items((Item(line(strong(cut(roadblock["what"], MOST_CHARACTERS)), quiet(cut(
        f"since {formats.day(roadblock['since'])} · can clear it: {roadblock['who']}"))))
        for roadblock in rows.head(MOST_ROADBLOCKS).to_dict("records")), "")
    if (left := len(rows) - MOST_ROADBLOCKS) > 0:
        yield Paragraph(line(quiet(f"{left:,} more.")))


def _questions(row: pd.Series, edition: Edition) -> Iterator[Block]:
    yield Heading("Gaps")
    rows = without(products.gaps_of(edition.alignment, edition.gaps.rows,
                                    pd.Series([row["product_id"]], dtype="str")))
    more = rows["code"].value_counts() - 1
    first = rows.drop_duplicates("code").head(MOST_QUESTIONS)
    yield items((gap_items.open_question(gap, int(more[gap["code"]]))
                 for _, gap in first.iterrows()), f"None {answers.judged(edition.gaps)}.")
    if left := int((~rows["code"].isin(first["code"])).sum()):
        yield Paragraph(line(quiet(f"{left:,} more.")))
