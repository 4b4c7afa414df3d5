"""The command `mcp`: the assistant's door over standard input and output, for one person."""

import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from threading import Lock

from orgdata.api.assistant import server
from orgdata.api.reading import Reading, Tried, on_own_machine
from orgdata.cli.analyse import store_url
from orgdata.cli.arguments import SourceOptions
from orgdata.edits import Asked, Edit
from orgdata.evaluation import Evaluation, evaluate, evaluate_snapshot
from orgdata.sources import is_url

_SECONDS = 60  # for which a database or a store is taken to be the same


def serve(source_options: SourceOptions, store: str | None) -> int:
    """Answer until the other side hangs up. The portfolio is read at once, so that what cannot be
    read is one clear line, and again whenever its files change."""
    reading = Rereading(source_options, store)
    reading()
    server(reading).run("stdio")
    return 0


class Rereading:
    """The portfolio as it is now, read again where the source may have changed."""

    def __init__(self, source_options: SourceOptions, store: str | None) -> None:
        self._options, self._store = source_options, store
        self._lock = Lock()
        self._read: tuple[object, Reading] | None = None

    def __call__(self) -> Reading:
        """What is read of it, at most once for the same files and day."""
        with self._lock:
            stamp = self._stamp()
            if self._read is None or self._read[0] != stamp:
                self._read = stamp, self._reading()
            return self._read[1]

    def _stamp(self) -> object:
        source = self._options.source
        sources = [source] if isinstance(source, str) else list(source)
        minute = int(time.monotonic() / _SECONDS) if self._store or any(
            map(is_url, sources)) else 0
        files = [path for one in sources if not is_url(one) for path in _files(Path(one))]
        settings = [Path(self._options.settings)] if self._options.settings else []
        return date.today(), minute, [(str(path), path.stat().st_mtime_ns, path.stat().st_size)
                                      for path in (*files, *settings) if path.exists()]

    def _reading(self) -> Reading:
        loaded = self._options.load()
        if not self._store:
            return on_own_machine(evaluate(*loaded), self._tried, lambda _: None)
        from orgdata.store import Store, source_key

        key = source_key(self._options.source)
        with Store.open(store_url(self._store)) as opened:
            portfolio, day = self._options.corrected(loaded, opened.edits(key, loaded[1]))
            return on_own_machine(evaluate(portfolio, day, opened, key), self._tried,
                                  self._earlier(key, day), True)

    def _tried(self, asked: Sequence[Edit | Asked]) -> Tried:
        both = self._options.load_both(asked)
        return Tried(evaluate(both.before, both.day), evaluate(both.after, both.day), both.edits)

    def _earlier(self, key: str, day: date) -> Callable[[int | date | None], Evaluation | None]:
        def earlier(since: int | date | None) -> Evaluation | None:
            from orgdata.store import Store

            with Store.open(store_url(self._store)) as opened:
                before = opened.snapshot_before(key, day, since)
                return evaluate_snapshot(opened, before.id) if before else None
        return earlier


def _files(path: Path) -> list[Path]:
    return sorted(path.iterdir()) if path.is_dir() else [path, path.parent / "settings.toml"]
