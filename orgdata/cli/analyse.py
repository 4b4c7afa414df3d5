"""What each command of `python -m orgdata` does once its arguments are read; each returns the exit
code. What only one of them needs it imports itself: a report is not to wait for it."""

import json
import os
import re
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import pandas as pd

from orgdata import formats
from orgdata.cli.arguments import CommandError, ReportOptions, Wanted
from orgdata.cli.report_json import accounted
from orgdata.cli.report_json import check as as_checked
from orgdata.cli.report_json import report as as_reported
from orgdata.evaluation import Evaluation, evaluate, evaluate_and_snapshot, evaluate_snapshot
from orgdata.evaluation import snapshot as keep_snapshot
from orgdata.gaps import SEVERITIES, Gaps
from orgdata.measures import Alignment
from orgdata.model.portfolio import Portfolio
from orgdata.model.problems import join_problems
from orgdata.sources import SourceError
from orgdata.validate import future_check_ins
from orgdata.views import answers

Form = Literal["text", "json"]


def _json(content: object) -> None:
    plain = (sys.stdout.encoding or "").lower() not in ("utf-8", "utf8")
    print(json.dumps(content, ensure_ascii=plain, indent=1, default=float))


def check(wanted: Wanted, form: Form) -> int:
    """Load a source and list every problem; 1 where rows were set aside."""
    portfolio, day = wanted.load()
    problems = join_problems([portfolio.problems, future_check_ins(portfolio, pd.Timestamp(day))])
    if form == "json":
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


def report(wanted: Wanted, options: ReportOptions) -> int:
    """Headlines, coverage, checks and gaps, as words or as JSON."""
    found = _evaluated(wanted, options.store)
    alignment, gaps = found.alignment, found.gaps
    if options.explain:
        return _explain(options.explain, alignment, gaps)
    shown = gaps.only(options.only) if options.only else gaps
    if options.form == "json":
        _json(as_reported(alignment, shown))
        return 0
    print(f"{answers.overview(alignment)}\n\nas of {formats.day(alignment.as_of)}, "
          f"{alignment.portfolio.source}")
    if options.only:
        print(f"only {options.only}: {formats.count(len(shown.rows), 'gap')}")
    else:
        _print_headlines(alignment, gaps)
    _print_gaps(alignment, shown, shown.rows if options.only else shown.single())
    return 0


def _evaluated(wanted: Wanted, url: str | None) -> Evaluation:
    """What was found; with a store also what it knows, and then it stays there as a snapshot."""
    portfolio, day = wanted.load()
    if not url:
        return evaluate(portfolio, day)
    from orgdata.store import Store, source_key  # SQLAlchemy is slow to import

    with Store.open(url) as store:
        return evaluate_and_snapshot(store, source_key(wanted.source), portfolio, day,
                                     datetime.now(UTC))


def snapshot(wanted: Wanted, form: Form, url: str | None) -> int:
    """Keep the portfolio as it is."""
    from orgdata.store import Store, source_key

    portfolio, day = wanted.load()
    key = source_key(wanted.source)
    with Store.open(store_url(url)) as opened:
        kept = keep_snapshot(opened, key, evaluate(portfolio, day, opened, key), datetime.now(UTC))
    one, store = kept.snapshot, opened.name
    if form == "json":
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


def diff(before: Wanted, after: Wanted, form: Form, store: str | None) -> int:
    """What changed between two sources, two snapshots, or one of each."""
    from orgdata.changes import compare
    from orgdata.changes.record import record
    from orgdata.changes.sentences import sentences as what_changed

    one, other = _both_sides(before, after, store)
    changes = compare(one.alignment, one.gaps, other.alignment, other.gaps)
    if form == "json":
        _json(record(changes))
        return 0
    print("\n".join(what_changed(changes)))
    was, now = one.alignment, other.alignment
    print(f"\nfrom {formats.day(was.as_of)}, {was.portfolio.source}"
          f"\nto {formats.day(now.as_of)}, {now.portfolio.source}"
          f"\n{formats.count(len(changes.rows), 'change')} in all; --format json lists each")
    return 0


def _both_sides(before: Wanted, after: Wanted, url: str | None) -> list[Evaluation]:
    """Both sides, with what the store knows where one is asked for."""
    sides = {"a": before, "b": after}
    for side, one in sides.items():
        if _snapshot_number(one.source) and one.as_of:
            raise SourceError(f"{one.source} is a snapshot, of a day of its own; --as-of-{side} is "
                              "for sources")
    if not url and not any(_snapshot_number(one.source) for one in sides.values()):
        return [evaluate(*one.load()) for one in sides.values()]
    from orgdata.store import Store, source_key

    with Store.open(store_url(url)) as store:
        return [evaluate_snapshot(store, number) if (number := _snapshot_number(one.source))
                else evaluate(*one.load(), store, source_key(one.source))
                for one in sides.values()]


def _snapshot_number(given: str) -> int | None:
    """The number of the snapshot that is meant: snapshot:12, or 12 where nothing is called so."""
    found = re.fullmatch(r"(snapshot:)?([0-9]+)", given)
    return int(found[2]) if found and (found[1] or not Path(given).exists()) else None


def store_url(named: str | None) -> str:
    """The store named, else that of the environment, else the one under var/."""
    from orgdata.store import DEFAULT_URL

    return named or os.environ.get("ORGDATA_STORE") or DEFAULT_URL


def _explain(key: str, alignment: Alignment, gaps: Gaps) -> int:
    from orgdata.views.explain import explain

    try:
        print("\n".join(explain(key, alignment, gaps).lines))
    except KeyError:
        raise CommandError(f"nothing to explain under {key!r}; expected the key of a gap, or the "
                           "id of a key result, a product or an outcome") from None
    return 0


def rules(form: Literal["text", "json", "md"]) -> int:
    """The catalogue of gap rules."""
    from orgdata.docs import catalogue

    if form == "json":
        _json(catalogue.rules())
    else:
        print(catalogue.rules_markdown() if form == "md" else catalogue.rules_text())
    return 0


def template(folder: Path) -> int:
    """Write empty tables and settings."""
    from orgdata.upload.template import write_template

    for path in write_template(folder):
        print(path)
    return 0


def demo(folder: Path, products: int | None, seed: int, weeks: int) -> int:
    """Write the demo company, or a generated one."""
    from orgdata.demo import copy_demo, generate

    if products is None:
        copy_demo(folder)
    else:
        generate(folder, products, seed, weeks)
    print(folder)
    return 0
