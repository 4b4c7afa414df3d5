"""Stopwatches: the same ones for us and for what we are compared with."""

import statistics
import time
from collections.abc import Callable

Action = Callable[[], object]


def seconds(action: Action) -> float:
    """How long something takes, once."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def in_turns(repeats: int, *actions: Action) -> list[list[float]]:
    """The seconds of each of several actions, `repeats` times one after the other, so that a busy
    moment of the machine hits all of them. A first turn warms up and is not counted."""
    for action in actions:
        action()
    turns = [[seconds(action) for action in actions] for _ in range(repeats)]
    return [list(times) for times in zip(*turns, strict=True)]


def best_in_turns(repeats: int, *actions: Action) -> list[float]:
    """The least seconds of each: for work that is always the same, others only ever add to it."""
    return [min(times) for times in in_turns(repeats, *actions)]


def p50(times: list[float]) -> float:
    """The median, in milliseconds."""
    return statistics.median(times) * 1e3


def p95(times: list[float]) -> float:
    """What 95 of 100 stay within, in milliseconds."""
    return statistics.quantiles(times, n=20)[-1] * 1e3
