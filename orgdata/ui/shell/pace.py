"""How often somebody may do what costs others something: so much of it is enough for anybody."""

from collections import Counter
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock, Semaphore


class Pace:
    """How often each did something in the minute, hour … at hand, as this process has seen it."""

    def __init__(self, most: int, seconds: int = 60) -> None:
        self.most, self.seconds = most, seconds
        self._now, self._counts, self._lock = 0, Counter[Hashable](), Lock()

    def wait(self, who: Hashable, now: float) -> int:
        """Count that somebody does it at a moment; the seconds to wait where that is too often,
        else 0."""
        period, since = divmod(now, self.seconds)
        with self._lock:
            if period != self._now:
                self._now, self._counts = int(period), Counter()
            self._counts[who] += 1
            return 0 if self._counts[who] <= self.most else max(1, int(self.seconds - since))


@dataclass
class _Held:
    """The turns of somebody, and how many things have one or wait for it."""

    turns: Semaphore
    wanted: int = 0


class AtOnce:
    """How many things of each are at work at once: what else somebody wants waits for their own."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._held, self._lock = dict[Hashable, _Held](), Lock()

    @contextmanager
    def of(self, who: Hashable, wait: bool = True) -> Iterator[bool]:
        """Whether one more of somebody's may be at work, until this ends; it waits for that, or
        not. Of nobody ("") there may be any number."""
        if not who:
            yield True
            return
        with self._lock:
            held = self._held.setdefault(who, _Held(Semaphore(self.most)))
            held.wanted += 1
        may = held.turns.acquire(blocking=wait)
        try:
            yield may
        finally:
            if may:
                held.turns.release()
            with self._lock:
                held.wanted -= 1
                if not held.wanted:
                    del self._held[who]
