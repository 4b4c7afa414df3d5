"""What an operator is told of a running dashboard, as numbers for Prometheus: how many, how long,
how old. No names of anything or anybody, and no label that comes from data.

`make serve` shows them at /metrics to who knows the secret (docs/PRODUCTION.md).
"""

from contextlib import AbstractContextManager
from datetime import datetime
from typing import Literal

import pandas as pd
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector

from orgdata.ui.shell.loaded import Loaded

Step = Literal["measure", "find_gaps"]
REGISTRY = CollectorRegistry()
ProcessCollector(registry=REGISTRY)  # memory, processor time, open files

PAGE_RUNS = Counter("orgdata_page_runs", "Times that a page was run, for a visit, click or filter.",
                    registry=REGISTRY)
_EVALUATION = Histogram(
    "orgdata_evaluation_seconds", "Time to measure a portfolio and find its gaps, where that was "
    "not done before.", ["step"], registry=REGISTRY,
    buckets=(0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60))
_READ_AT = Gauge("orgdata_source_read_timestamp_seconds", "When the source was last read.",
                 registry=REGISTRY)
_CHANGED_AT = Gauge("orgdata_source_changed_timestamp_seconds", "When the files of the source were "
                    "changed before they were read; 0 of a database.", registry=REGISTRY)
_CHECKED_IN = Gauge("orgdata_newest_check_in_timestamp_seconds", "The day of the newest check-in "
                    "that is not after the day it was read on; 0 where there is none.",
                    registry=REGISTRY)
_FAILED = Gauge("orgdata_source_failed", "1 where the source could not be read the last time.",
                registry=REGISTRY)


def timed(step: Step) -> AbstractContextManager[object]:
    """What times a step of an evaluation while it is entered."""
    return _EVALUATION.labels(step).time()


def source_read(loaded: Loaded) -> None:
    """Note that the source was read, and how old it is."""
    _FAILED.set(0)
    _READ_AT.set(loaded.read_at.timestamp())
    _CHANGED_AT.set(max((time_ns for _, time_ns, _ in loaded.files), default=0) / 1e9)
    _CHECKED_IN.set(_newest(loaded.portfolio["check_ins"]["date"], loaded.read_at))


def source_failed() -> None:
    """Note that the source could not be read."""
    _FAILED.set(1)


def _newest(days: pd.Series, until: datetime) -> float:
    newest = days[days <= pd.Timestamp(until.date())].max()
    return 0.0 if newest is pd.NaT else float(newest.timestamp())
