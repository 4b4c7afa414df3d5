"""The commands of `python -m orgdata` once their arguments are read; each returns its exit code.

What only one of them needs is imported inside it, so that the others do not wait for it.
"""

import os
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import pandas as pd

from orgdata import formats
from orgdata.api.answers import report as report_object
from orgdata.cli.arguments import (
    OF_ENVIRONMENT,
    CommandError,
    OutputFormat,
    ReportOptions,
    SnapshotOptions,
    SourceOptions,
)
from orgdata.cli.terminal import print_json, print_lines
from orgdata.evaluation import Evaluation, evaluate, evaluate_and_snapshot, evaluate_snapshot, keep
from orgdata.gaps import SEVERITIES, Gaps, reminders
from orgdata.measures import Alignment
from orgdata.model import labels
from orgdata.sources import Source, SourceError
from orgdata.views import answers, not_judged
from orgdata.views.edited import corrections_sentence
from orgdata.views.headlines import coverage_pct
from orgdata.views.rewording import of_evaluation, saying, texts_of

_BY = "command line"  # who says what the command says of a snapshot


def report(source_options: SourceOptions, options: ReportOptions) -> int:
    """Print headlines, coverage, checks and gaps, as text or as JSON."""
    evaluation = _evaluate(source_options, options.store, options.corrections)
    alignment, gaps = evaluation.alignment, evaluation.gaps
    if options.explain:
        return _explain(options.explain, evaluation)
    shown = gaps.only(options.only) if options.only else gaps
    if options.output_format == "json":
        print_json(report_object(alignment, shown))
        return 0
    with saying(of_evaluation(evaluation)):
        _print_report(alignment, gaps, shown, options.only)
    return 0


def _print_report(alignment: Alignment, gaps: Gaps, shown: Gaps, only: str | None) -> None:
    print_lines(answers.overview(alignment), "",
                f"as of {formats.day(alignment.as_of)}, {alignment.portfolio.source}")
    if corrected := corrections_sentence(alignment.portfolio):
        print_lines(corrected)
    if only:
        print_lines(f"only {only}: {formats.count(len(shown.rows), 'gap')}")
    else:
        _print_headlines(alignment, gaps)
    _print_gaps(alignment, shown, shown.rows if only else
                reminders.without(shown.single()))


def _evaluate(source_options: SourceOptions, url: str | None, corrections: bool) -> Evaluation:
    """Measure a source and find its gaps; with a store also with what it knows, and then a snapshot
    is taken, unless its `corrections` are not to count."""
    loaded = source_options.load()
    if not url:
        return evaluate(*loaded)
    from orgdata.store import Store, source_key  # SQLAlchemy is slow to import

    key = source_key(source_options.source)
    with Store.open(store_url(url)) as store:
        if not corrections:
            return evaluate(*loaded, store, key)
        portfolio, day = source_options.corrected(loaded, store.edits(key, loaded[1]))
        return evaluate_and_snapshot(store, key, portfolio, day, datetime.now(UTC))


def snapshot(source_options: SourceOptions, options: SnapshotOptions) -> int:
    """Take a snapshot of the portfolio, which may close the review of the day."""
    from orgdata.store import EntryError, Store, source_key

    loaded = source_options.load()
    key, at = source_key(source_options.source), datetime.now(UTC)
    with Store.open(store_url(options.store)) as store:
        portfolio, day = source_options.corrected(loaded, store.edits(key, loaded[1]))
        evaluation = evaluate(portfolio, day, store, key)
        try:
            taken = keep(store, key, evaluation, at, _BY, options.label, options.review)
        except EntryError as error:
            raise CommandError(str(error)) from None
    made = taken.snapshot
    if options.output_format == "json":
        print_json({"id": made.id, "source": made.source, "day": f"{made.day}", "new": taken.new,
                     "fingerprint": made.fingerprint, "store": store.name,
                     "review": made.closed_at is not None, "label": made.label})
    else:
        print_lines(f"{'kept' if taken.new else 'kept already'}: snapshot {made.id} of "
                    f"{made.source} on {formats.day(made.day)}, in {store.name}")
    return 0


def _print_headlines(alignment: Alignment, gaps: Gaps) -> None:
    headlines = alignment.headlines
    counts = reminders.without(gaps.rows)["severity"].value_counts()
    for name, value in (
            (labels.FIGURE["outcome_coverage_pct"],
             f"{answers.coverage(alignment)} ({coverage_pct(alignment)})"),
            *((labels.FIGURE[name], formats.percent(getattr(headlines, name))) for name in (
                "aligned_spend_pct", "linked_spend_pct", "strategy_spend_fit_pct")),
            ("gaps", ", ".join(f"{counts.get(severity, 0):,} {severity}"
                               for severity in SEVERITIES)),
            ("evidence", answers.evidence(gaps))):
        print_lines(f"{name}: {value}")


def _print_gaps(alignment: Alignment, gaps: Gaps, rows: pd.DataFrame) -> None:
    unit, currency = alignment.money.unit, alignment.portfolio.settings.currency
    for pattern in gaps.patterns:
        print_lines("", f"[pattern] {pattern.code}: {pattern.count:,} of {pattern.looked_at:,} "
                    f"{pattern.objects}{pattern.where and ', ' + pattern.where}",
                    f"  → {pattern.systemic_step}")
    for gap in rows.itertuples():
        stake = "" if formats.is_unknown(gap.at_stake) else (
            f"budget concerned: {formats.money(gap.at_stake, unit, currency)} · ")
        print_lines("", f"[{gap.severity}] {gap.key}: {gap.message}", f"  {stake}{gap.who}",
                    f"  → {gap.next_step}")
    for sentence in not_judged.sentences(gaps, alignment):
        print_lines("", sentence)
    for code, reason in gaps.not_evaluated.items():
        print_lines("", f"not evaluated: {code}, because {reason}")


def diff(before: SourceOptions, after: SourceOptions, output_format: OutputFormat,
         store: str | None) -> int:
    """Print what changed between two sources, two snapshots, or one of each."""
    from orgdata.changes import compare
    from orgdata.changes.record import record
    from orgdata.changes.sentences import sentences as what_changed

    earlier, later = _evaluate_both(before, after, store)
    changes = compare(earlier.alignment, earlier.gaps, later.alignment, later.gaps,
                      (earlier.method, later.method))
    if output_format == "json":
        print_json(record(changes))
        return 0
    with saying(of_evaluation(later, texts_of(earlier.alignment.portfolio))):
        print_lines(*what_changed(changes))
    print_lines(
        "", f"from {formats.day(earlier.alignment.as_of)}, {earlier.alignment.portfolio.source}",
        f"to {formats.day(later.alignment.as_of)}, {later.alignment.portfolio.source}",
        f"{formats.count(len(changes.rows), 'change')} in all; --format json lists each")
    return 0


def _evaluate_both(before: SourceOptions, after: SourceOptions,
                   url: str | None) -> list[Evaluation]:
    """Both sides of a comparison, with what the store knows where one is needed."""
    sides = {"a": before, "b": after}
    for side, options in sides.items():
        if _snapshot_number(options.source) and options.as_of:
            raise SourceError(f"{options.source} is a snapshot, of a day of its own; "
                              f"--as-of-{side} is for sources")
    if not url and not any(_snapshot_number(options.source) for options in sides.values()):
        return [evaluate(*options.load()) for options in sides.values()]
    from orgdata.store import Store, source_key

    with Store.open(store_url(url)) as store:
        return [evaluate_snapshot(store, number) if (number := _snapshot_number(options.source))
                else evaluate(*options.corrected(loaded := options.load(), store.edits(
                    key := source_key(options.source), loaded[1])), store, key)
                for options in sides.values()]


def _snapshot_number(source: Source) -> int | None:
    """The number of a snapshot named as a source: snapshot:12, or 12 where no file is called so."""
    match = re.fullmatch(r"(snapshot:)?([0-9]{1,18})", source) if isinstance(source, str) else None
    return int(match[2]) if match and (match[1] or not Path(match[0]).exists()) else None


def store_url(option: str | None) -> str:
    """The address of the store: the option, else the environment, else the file under var/."""
    from orgdata.store import DEFAULT_URL

    named = "" if option == OF_ENVIRONMENT else option
    return named or os.environ.get("ORGDATA_STORE") or DEFAULT_URL


def _explain(key: str, evaluation: Evaluation) -> int:
    from orgdata.views.explain import GapExplanation, explain

    try:
        explained = explain(key, evaluation.alignment, evaluation.gaps)
        with saying(of_evaluation(evaluation)):
            print_lines(*explained.lines)
        if isinstance(explained, GapExplanation):  # for who keeps the data, in our own names
            print_lines(*explained.with_place[len(explained.lines):])
    except (KeyError, UnicodeEncodeError):  # the second of bytes that are no text
        raise CommandError(f"nothing to explain under {key!r}; expected the key of a gap, or the "
                           "id of a key result, a product or an outcome") from None
    return 0


def rules(output_format: Literal["text", "json", "md"]) -> int:
    """Print the catalogue of gap rules."""
    from orgdata.docs import catalogue

    if output_format == "json":
        print_json(catalogue.rules())
    else:
        print(catalogue.rules_markdown() if output_format == "md" else catalogue.rules_text())
    return 0


def template(folder: Path) -> int:
    """Write empty tables and settings."""
    from orgdata.upload.template import write_template

    for path in write_template(folder):
        print_lines(path)
    return 0


def demo(folder: Path, products: int | None, seed: int, weeks: int) -> int:
    """Write the demo company, or a generated one."""
    from orgdata.demo import copy_demo, generate

    if products is None:
        copy_demo(folder)
    else:
        generate(folder, products, seed, weeks)
    print_lines(folder)
    return 0
