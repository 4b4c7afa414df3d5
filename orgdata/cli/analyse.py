"""What each command of `python -m orgdata` does once its arguments are read; each returns the exit
code. What only one of them needs it imports itself: a report is not to wait for it."""

import argparse
import json
import os
import re
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pandas as pd

from orgdata import formats
from orgdata.cli.report_json import accounted
from orgdata.cli.report_json import check as as_checked
from orgdata.cli.report_json import report as as_reported
from orgdata.evaluation import Evaluation, evaluate, evaluate_and_snapshot, evaluate_snapshot
from orgdata.evaluation import snapshot as keep_snapshot
from orgdata.gaps import SEVERITIES, Gaps
from orgdata.load import load_for
from orgdata.measures import Alignment
from orgdata.model.portfolio import Portfolio
from orgdata.model.problems import together
from orgdata.sources import SourceError
from orgdata.validate import future_check_ins
from orgdata.views import answers

UNREADABLE = 2


def _json(content: object) -> None:
    plain = (sys.stdout.encoding or "").lower() not in ("utf-8", "utf8")
    print(json.dumps(content, ensure_ascii=plain, indent=1, default=float))


def _loaded(source: str, settings: str | None, day: date | None) -> tuple[Portfolio, date]:
    """A source and the day to measure on. Check-ins that stay in a database are neither faulty
    nor looked at from that day on, so problems, counts and measures are those of all of it."""
    return load_for(source, settings, day, date.today())


def check(asked: argparse.Namespace) -> int:
    """Load a source and list every problem; 1 where rows were set aside."""
    portfolio, day = _loaded(asked.source, asked.settings, asked.as_of)
    problems = together([portfolio.problems, future_check_ins(portfolio, pd.Timestamp(day))])
    if asked.format == "json":
        _json(as_checked(portfolio, problems))
    else:
        print(f"{portfolio.source}: {portfolio.recognised_as}")
        _print_exports(portfolio)
        for name, count in portfolio.counts.items():
            print(f"  {name}: {count.read:,} read, {count.loaded:,} loaded, "
                  f"{count.set_aside:,} set aside")
        for level, message in zip(problems["level"], problems["message"], strict=True):
            print(f"{level}: {message}")
    unreadable = (problems["code"] == "unreadable").any()
    aside = any(count.set_aside for count in portfolio.counts.values()) or any(
        export.count("set_aside") for export in portfolio.exports)
    return int(unreadable or aside)


def _print_exports(portfolio: Portfolio) -> None:
    """What each export of another tool is, and what became of its records."""
    from orgdata.upload import preview

    for export in portfolio.exports:
        print(f"  {preview.describe_export(portfolio, export)}")
    if portfolio.exports:
        records = accounted(portfolio)
        print(f"  records: {records.pop('read'):,} read, " + ", ".join(
            f"{count:,} {disposition.replace('_', ' ')}" for disposition, count in records.items()))


def report(asked: argparse.Namespace) -> int:
    """Headlines, coverage, checks and gaps, as words or as JSON."""
    found = _evaluated(*_loaded(asked.source, asked.settings, asked.as_of), asked.source,
                       asked.store)
    alignment, gaps = found.alignment, found.gaps
    if asked.explain:
        return _explain(asked.explain, alignment, gaps)
    shown = gaps.only(asked.only) if asked.only else gaps
    if asked.format == "json":
        _json(as_reported(alignment, shown))
        return 0
    print(f"{answers.overview(alignment)}\n\nas of {formats.day(alignment.as_of)}, "
          f"{alignment.portfolio.source}")
    if asked.only:
        print(f"only {asked.only}: {formats.count(len(shown.rows), 'gap')}")
    else:
        _print_headlines(alignment, gaps)
    _print_gaps(alignment, shown, shown.rows if asked.only else shown.single())
    return 0


def _evaluated(portfolio: Portfolio, day: date, source: str, url: str | None) -> Evaluation:
    """What was found; with a store also what it knows, and then it stays there as a snapshot."""
    if not url:
        return evaluate(portfolio, day)
    from orgdata.store import Store, source_key  # SQLAlchemy is slow to import

    with Store.open(url) as store:
        return evaluate_and_snapshot(store, source_key(source), portfolio, day, datetime.now(UTC))


def snapshot(asked: argparse.Namespace) -> int:
    """Keep the portfolio as it is."""
    from orgdata.store import Store, source_key

    portfolio, day = _loaded(asked.source, asked.settings, asked.as_of)
    key = source_key(asked.source)
    with Store.open(store_url(asked)) as opened:
        kept = keep_snapshot(opened, key, evaluate(portfolio, day, opened, key), datetime.now(UTC))
    one, store = kept.snapshot, opened.name
    if asked.format == "json":
        _json({"id": one.id, "source": one.source, "day": f"{one.day}", "new": kept.new,
               "fingerprint": one.fingerprint, "store": store})
    else:
        print(f"{'kept' if kept.new else 'kept already'}: snapshot {one.id} of {one.source} on "
              f"{formats.day(one.day)}, in {store}")
    return 0


def _print_headlines(alignment: Alignment, gaps: Gaps) -> None:
    heads = alignment.headlines
    for name, value in (
            ("outcome coverage", f"{answers.coverage(alignment)} "
                                 f"({formats.percent(heads.outcome_coverage_pct)})"),
            ("aligned spend", formats.percent(heads.aligned_spend_pct)),
            ("linked spend", formats.percent(heads.linked_spend_pct)),
            ("strategy-spend fit", formats.percent(heads.strategy_spend_fit_pct)),
            ("gaps", ", ".join(f"{gaps.count(s):,} {s}" for s in SEVERITIES)),
            ("evidence", answers.evidence(gaps))):
        print(f"{name}: {value}")


def _print_gaps(alignment: Alignment, gaps: Gaps, rows: pd.DataFrame) -> None:
    unit, currency = alignment.money.unit, alignment.portfolio.settings.currency
    for pattern in gaps.patterns:
        print(f"\n[pattern] {pattern.code}: {pattern.count:,} of {pattern.of:,} "
              f"{pattern.objects}{pattern.where and ', ' + pattern.where}"
              f"\n  → {pattern.systemic_step}")
    for gap in rows.itertuples():
        stake = "" if formats.is_unknown(gap.at_stake) else (
            f"at stake: {formats.money(gap.at_stake, unit, currency)} · ")
        print(f"\n[{gap.severity}] {gap.key}: {gap.message}\n  {stake}{gap.who}"
              f"\n  → {gap.next_step}")
    for code, reason in gaps.not_evaluated.items():
        print(f"\nnot evaluated: {code}, because {reason}")


def diff(asked: argparse.Namespace) -> int:
    """What changed between two sources, two snapshots, or one of each."""
    from orgdata.changes import compare
    from orgdata.changes.record import record
    from orgdata.changes.sentences import sentences as what_changed

    before, after = _both_sides(asked)
    changes = compare(before.alignment, before.gaps, after.alignment, after.gaps)
    if asked.format == "json":
        _json(record(changes))
        return 0
    print("\n".join(what_changed(changes)))
    was, now = before.alignment, after.alignment
    print(f"\nfrom {formats.day(was.as_of)}, {was.portfolio.source}"
          f"\nto {formats.day(now.as_of)}, {now.portfolio.source}"
          f"\n{formats.count(len(changes.rows), 'change')} in all; --format json lists each")
    return 0


def _both_sides(asked: argparse.Namespace) -> list[Evaluation]:
    """Both sides, with what the store knows where one is asked for."""
    sides = [("a", asked.source_a, asked.as_of_a), ("b", asked.source_b, asked.as_of_b)]
    for side, given, day in sides:
        if _snapshot_number(given) and day:
            raise SourceError(f"{given} is a snapshot, of a day of its own; --as-of-{side} is for "
                              "sources")
    if not asked.store and not any(_snapshot_number(given) for _, given, _ in sides):
        return [evaluate(*_loaded(given, asked.settings, day)) for _, given, day in sides]
    from orgdata.store import Store, source_key

    with Store.open(store_url(asked)) as store:
        return [evaluate_snapshot(store, number) if (number := _snapshot_number(given))
                else evaluate(*_loaded(given, asked.settings, day), store, source_key(given))
                for _, given, day in sides]


def _snapshot_number(given: str) -> int | None:
    """The number of the snapshot that is meant: snapshot:12, or 12 where nothing is called so."""
    found = re.fullmatch(r"(snapshot:)?([0-9]+)", given)
    return int(found[2]) if found and (found[1] or not Path(given).exists()) else None


def store_url(asked: argparse.Namespace) -> str:
    """The store named, else that of the environment, else the one under var/."""
    from orgdata.store import DEFAULT_URL

    return str(asked.store or os.environ.get("ORGDATA_STORE") or DEFAULT_URL)


def _explain(key: str, alignment: Alignment, gaps: Gaps) -> int:
    from orgdata.views.explain import explain

    try:
        print("\n".join(explain(key, alignment, gaps).lines))
    except KeyError:
        print(f"orgdata: nothing to explain under {key!r}; expected the key of a gap, or the id of "
              "a key result, a product or an outcome", file=sys.stderr)
        return UNREADABLE
    return 0


def rules(asked: argparse.Namespace) -> int:
    """The catalogue of gap rules."""
    from orgdata.docs import catalogue

    if asked.format == "json":
        _json(catalogue.rules())
    else:
        print(catalogue.rules_markdown() if asked.format == "md" else catalogue.rules_text())
    return 0


def template(asked: argparse.Namespace) -> int:
    """Write empty tables and settings."""
    from orgdata.upload.template import write_template

    for path in write_template(asked.folder):
        print(path)
    return 0


def demo(asked: argparse.Namespace) -> int:
    """Write the demo company, or a generated one."""
    from orgdata.demo import copy_demo, generate

    if asked.products is None:
        copy_demo(asked.folder)
    else:
        generate(asked.folder, asked.products, asked.seed, asked.weeks)
    print(asked.folder)
    return 0
