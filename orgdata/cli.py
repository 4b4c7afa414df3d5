"""`python -m orgdata`: check, report, snapshot, diff … The edge that reads the clock."""

import argparse
import io
import json
import os
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import pandas as pd

from orgdata import catalogue, formats, sentences
from orgdata.changes import compare
from orgdata.changes.record import record
from orgdata.changes.sentences import sentences as what_changed
from orgdata.demo import copy_demo, generate
from orgdata.explain import explain
from orgdata.gaps import RULES, SEVERITIES, Gaps, find_gaps
from orgdata.history import StoreError
from orgdata.load import day_of, load, load_for
from orgdata.measures import Alignment, align
from orgdata.problems import together
from orgdata.report import check, report
from orgdata.settings import SettingsError
from orgdata.sources import SourceError
from orgdata.template import write_template
from orgdata.validate import future_check_ins

UNREADABLE = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code of INTERFACES."""
    asked = _parser().parse_args(arguments)
    if isinstance(sys.stdout, io.TextIOWrapper):  # a sign the terminal lacks is no reason to stop
        sys.stdout.reconfigure(errors="replace")
    try:
        code = int(asked.run(asked))
        sys.stdout.flush()
        return code
    except BrokenPipeError:  # the reader went away, as with | head
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (SourceError, SettingsError, StoreError) as error:
        print(f"orgdata: {error}", file=sys.stderr)
        return UNREADABLE
    except OSError as error:  # a folder that cannot be written; ours have no number, only a text
        said = f"{error.filename}: {error.strerror}" if error.strerror else str(error)
        print(f"orgdata: {said}", file=sys.stderr)
        return UNREADABLE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m orgdata", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: object, about: str, formats: Sequence[str] = ()) -> (
            argparse.ArgumentParser):
        one = commands.add_parser(name, help=about, description=about)
        one.set_defaults(run=run)
        if formats:
            one.add_argument("--format", choices=formats, default="text")
        return one

    for name, run, about in (("check", _check, "load a source and list every problem"),
                             ("report", _report, "headlines, coverage, checks and gaps"),
                             ("snapshot", _snapshot, "keep the portfolio as it is, once per day "
                              "and content, so that later weeks can be compared with it")):
        one = command(name, run, about, ("text", "json"))
        one.add_argument("source", help="a folder of CSV files or a SQLAlchemy URL")
        one.add_argument("--settings", metavar="FILE", help="settings.toml to use")
        one.add_argument("--as-of", type=_day, metavar="YYYY-MM-DD",
                         help="the day to measure on (default: the setting, else today)")
    commands.choices["snapshot"].add_argument(
        "--store", metavar="URL", help="where to keep it (default: ORGDATA_STORE, else a SQLite "
                                       "file under var/)")
    one = commands.choices["report"]
    one.add_argument("--store", metavar="URL", help="remember this report there, and evaluate the "
                     "rules that need history (default: nothing is remembered)")
    one.add_argument("--only", metavar="CODE", type=_code,
                     help="only the gaps of one rule, or why there are none")
    one.add_argument(
        "--explain", metavar="KEY", help="only explain one gap, key result, product or outcome")
    one = command("diff", _diff, "what changed from one source to another", ("text", "json"))
    for side, when in (("a", "before"), ("b", "after")):
        one.add_argument(f"source_{side}", metavar=side.upper(), help=f"the source {when}")
        one.add_argument(f"--as-of-{side}", type=_day, metavar="YYYY-MM-DD",
                         help=f"the day to measure {side.upper()} on")
    one.add_argument("--settings", metavar="FILE", help="settings.toml to use for both")
    command("rules", _rules, "the catalogue of gap rules", ("text", "json", "md"))
    template = command("template", _template, "write one CSV per table and a settings.toml")
    template.add_argument("folder", type=Path)
    demo = command("demo", _demo, "write the demo company, or a generated one of any size")
    demo.add_argument("folder", type=Path)
    demo.add_argument("--products", type=_at_least_one, metavar="N", help="generate N products")
    demo.add_argument("--seed", type=_at_least_nought, default=1, metavar="S")
    demo.add_argument("--weeks", type=_at_least_one, default=12, metavar="W")
    return parser


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise argparse.ArgumentTypeError(f"expected YYYY-MM-DD, found {written!r}") from None


def _code(written: str) -> str:
    if written.upper() not in RULES:
        raise argparse.ArgumentTypeError(f"no rule {written!r}; the codes are "
                                         f"{', '.join(sorted(RULES))}")
    return written.upper()


def _at_least_one(written: str) -> int:
    return _at_least(1, written)


def _at_least_nought(written: str) -> int:
    return _at_least(0, written)


def _at_least(least: int, written: str) -> int:
    if not written.isdecimal() or int(written) < least:
        raise argparse.ArgumentTypeError(f"expected a number from {least} up, found {written!r}")
    return int(written)


def _json(content: object) -> None:
    plain = (sys.stdout.encoding or "").lower() not in ("utf-8", "utf8")
    print(json.dumps(content, ensure_ascii=plain, indent=1, default=float))


def _check(asked: argparse.Namespace) -> int:
    portfolio = load(asked.source, asked.settings)
    day = pd.Timestamp(day_of(portfolio, asked.as_of, date.today()))
    problems = together([portfolio.problems, future_check_ins(portfolio, day)])
    if asked.format == "json":
        _json(check(portfolio, problems))
    else:
        print(f"{portfolio.source}: {portfolio.recognised_as}")
        for name, count in portfolio.counts.items():
            print(f"  {name}: {count.read:,} read, {count.loaded:,} loaded, "
                  f"{count.set_aside:,} set aside")
        for level, message in zip(problems["level"], problems["message"], strict=True):
            print(f"{level}: {message}")
    unreadable = (problems["code"] == "unreadable").any()
    return int(unreadable or any(count.set_aside for count in portfolio.counts.values()))


def _report(asked: argparse.Namespace) -> int:
    portfolio, day = load_for(asked.source, asked.settings, asked.as_of, date.today())
    alignment = align(portfolio, day)
    if asked.store:
        from orgdata.remember import judged  # SQLAlchemy is slow to import

        gaps, _ = judged(asked.store, asked.source, alignment, datetime.now(UTC))
    else:
        gaps = find_gaps(alignment)
    if asked.explain:
        return _explain(asked.explain, alignment, gaps)
    shown = gaps.only(asked.only) if asked.only else gaps
    if asked.format == "json":
        _json(report(alignment, shown))
        return 0
    print(f"{sentences.overview(alignment)}\n\nas of {formats.day(alignment.as_of)}, "
          f"{portfolio.source}")
    if asked.only:
        print(f"only {asked.only}: {formats.count(len(shown.rows), 'gap')}")
    else:
        _print_headlines(alignment, gaps)
    _print_gaps(alignment, shown, shown.rows if asked.only else shown.single())
    return 0


def _snapshot(asked: argparse.Namespace) -> int:
    from orgdata.remember import taken
    from orgdata.store import DEFAULT_URL

    portfolio = load(asked.source, asked.settings)
    alignment = align(portfolio, day_of(portfolio, asked.as_of, date.today()))
    url = asked.store or os.environ.get("ORGDATA_STORE") or DEFAULT_URL
    kept, store = taken(url, asked.source, alignment, datetime.now(UTC))
    one = kept.snapshot
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
            ("outcome coverage", f"{sentences.coverage(alignment)} "
                                 f"({formats.percent(heads.outcome_coverage_pct)})"),
            ("aligned spend", formats.percent(heads.aligned_spend_pct)),
            ("linked spend", formats.percent(heads.linked_spend_pct)),
            ("strategy-spend fit", formats.percent(heads.strategy_spend_fit_pct)),
            ("gaps", ", ".join(f"{gaps.count(s):,} {s}" for s in SEVERITIES)),
            ("evidence", sentences.evidence(gaps))):
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


def _diff(asked: argparse.Namespace) -> int:
    before, after = (_judged(source, asked.settings, day) for source, day in (
        (asked.source_a, asked.as_of_a), (asked.source_b, asked.as_of_b)))
    changes = compare(*before, *after)
    if asked.format == "json":
        _json(record(changes))
        return 0
    print("\n".join(what_changed(changes)))
    (was, _), (now, _) = before, after
    print(f"\nfrom {formats.day(was.as_of)}, {was.portfolio.source}"
          f"\nto {formats.day(now.as_of)}, {now.portfolio.source}"
          f"\n{formats.count(len(changes.rows), 'change')} in all; --format json lists each")
    return 0


def _judged(source: str, settings: str | None, day: date | None) -> tuple[Alignment, Gaps]:
    portfolio = load(source, settings)
    alignment = align(portfolio, day_of(portfolio, day, date.today()))
    return alignment, find_gaps(alignment)


def _explain(key: str, alignment: Alignment, gaps: Gaps) -> int:
    try:
        print("\n".join(explain(key, alignment, gaps)))
    except KeyError:
        print(f"orgdata: nothing to explain under {key!r}; expected the key of a gap, or the id of "
              "a key result, a product or an outcome", file=sys.stderr)
        return UNREADABLE
    return 0


def _rules(asked: argparse.Namespace) -> int:
    if asked.format == "json":
        _json(catalogue.rules())
    else:
        print(catalogue.rules_markdown() if asked.format == "md" else catalogue.rules_text())
    return 0


def _template(asked: argparse.Namespace) -> int:
    for path in write_template(asked.folder):
        print(path)
    return 0


def _demo(asked: argparse.Namespace) -> int:
    if asked.products is None:
        copy_demo(asked.folder)
    else:
        generate(asked.folder, asked.products, asked.seed, asked.weeks)
    print(asked.folder)
    return 0
