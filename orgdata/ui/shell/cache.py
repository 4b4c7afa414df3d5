"""The cache of what pages show: computed once for all reruns and all sessions.

A result is cached under the name of its function and all its arguments, so whatever it depends on
is an argument: a cached function closes over nothing, draws nothing, and reads no session state.
Cached results are shared, so nobody may change them.
"""

import pickle
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from functools import wraps
from hashlib import sha256
from inspect import signature
from threading import Lock
from typing import ParamSpec, TypeVar, cast

import pandas as pd

from orgdata.ui.shell.size import size_of

P = ParamSpec("P")
T = TypeVar("T")
MOST_RESULTS = 2_000  # of all functions together; the least recently used result goes first
MOST_BYTES = 192 << 20  # of all results together, for some are rows of a large portfolio
FUNCTIONS: dict[str, Callable[..., object]] = {}  # every cached function by its name
APART = 12  # of what each may cache: so much more for what is cached apart, two results at least
_IS_APART: ContextVar[bool] = ContextVar("is_apart", default=False)
_PLAIN_TYPES = (str, int, bool, type(None), date)


class Versioned:
    """A value too large to be compared: two of one type with the same version are the same."""

    version: str


def cached(function: Callable[P, T]) -> Callable[P, T]:
    """Decorate a function so that it is called once for the same arguments.

    Arguments are plain values, tuples, frozen sets, frozen dataclasses of these, and what is
    `Versioned`; any other is a TypeError. So is a function that is defined within another one or
    in a script: its name would not say what it does.
    """
    name = f"{function.__module__}.{function.__qualname__}"
    if "<" in name or function.__closure__ or function.__module__ == "__main__":
        raise TypeError(f"{name} cannot be cached: only a function of a module is known by its "
                        "name and its arguments")
    function_signature = signature(function)
    FUNCTIONS[name] = function

    @wraps(function)
    def call_once(*args: P.args, **kwargs: P.kwargs) -> T:
        bound = function_signature.bind(*args, **kwargs)
        bound.apply_defaults()
        key = (name, *map(key_of, bound.arguments.values()))
        return cast(T, RESULTS.get(key, lambda: function(*args, **kwargs)))

    return call_once


def content(*values: object) -> str:
    """A hash of what values hold, for a version. Of the same content it may differ; of another one
    it does."""
    digest = sha256()
    for part in _parts(values):
        digest.update(pickle.dumps(part))
    return digest.hexdigest()


def _parts(value: object) -> Iterator[object]:
    """What a value is made of, each by itself: what its parts share says nothing of content."""
    if isinstance(value, tuple | list):
        yield len(value)
        for one in cast(Sequence[object], value):
            yield from _parts(one)
    elif isinstance(value, Mapping):
        yield from _parts(list(value.keys()))
        yield from _parts(list(value.values()))
    elif isinstance(value, pd.DataFrame):
        yield from _parts(list(value.columns))
        yield value.index
        yield from (value[column].array for column in value)
    elif is_dataclass(value) and not isinstance(value, type):  # without what is worked out of it
        yield type(value).__qualname__
        for field in fields(value):
            yield from _parts(getattr(value, field.name))
    else:
        yield value


def key_of(value: object) -> object:
    """The cache key of an argument, with its type: True is not 1. Raises TypeError."""
    kind = type(value)
    if kind in _PLAIN_TYPES:
        return kind.__name__, value
    if kind is datetime:  # equal moments may be written differently
        return "datetime", repr(value)
    if kind is tuple:
        return "tuple", *map(key_of, cast(tuple[object, ...], value))
    if kind is frozenset:
        return "frozenset", frozenset(map(key_of, cast(frozenset[object], value)))
    name = f"{kind.__module__}.{kind.__qualname__}"
    if isinstance(value, Versioned):
        return name, value.version
    if is_dataclass(kind) and kind.__dataclass_params__.frozen:  # type: ignore[attr-defined]
        return name, *(key_of(getattr(value, field.name)) for field in fields(kind))
    raise TypeError(f"a {name} cannot be an argument of a cached function: it may change, or takes "
                    "long to compare")


@contextmanager
def apart() -> Iterator[None]:
    """Cache apart what is computed meanwhile, so that it pushes out nothing that pages show."""
    before = _IS_APART.set(True)
    try:
        yield
    finally:
        _IS_APART.reset(before)


class _Entry:
    """A cached result, or one that is being computed, with the lock on which others wait for it."""

    def __init__(self) -> None:
        self.lock, self.done, self.result, self.size = Lock(), False, cast(object, None), 0


class Results:
    """Cached results by their keys, the least recently used dropped first where they are too many
    or too large together. The last two stay: they may be of what is on the screen.

    Streamlit's own cache would serve too, but a look-up there costs more: what it does at each
    call is for functions that draw.
    """

    def __init__(self, most: int, most_bytes: int,
                 size: Callable[[object], int] = size_of) -> None:
        self._most, self._most_bytes, self._size = most, most_bytes, size
        self._lock, self._bytes = Lock(), 0
        self._entries: OrderedDict[object, _Entry] = OrderedDict()
        self._apart: Results | None = None

    def get(self, key: object, compute: Callable[[], object]) -> object:
        """The cached result of a key, else what `compute` returns; an error is not cached."""
        if not _IS_APART.get():
            return self._get(key, compute)
        with self._lock:
            if key in self._entries:
                kept = self
            else:
                kept = self._apart = self._apart or Results(
                    max(self._most // APART, 2), self._most_bytes // APART, self._size)
        return kept._get(key, compute)

    def _get(self, key: object, compute: Callable[[], object]) -> object:
        with self._lock:
            entry = self._entries.setdefault(key, _Entry())
            self._entries.move_to_end(key)
            self._drop_oldest()
        if not entry.done:
            with entry.lock:
                if not entry.done:
                    entry.result, entry.done = compute(), True
                    self._count(key, entry)
        return entry.result

    def _count(self, key: object, entry: _Entry) -> None:
        size = self._size(entry.result)
        with self._lock:
            if self._entries.get(key) is entry:  # not dropped meanwhile
                entry.size, self._bytes = size, self._bytes + size
                self._drop_oldest()

    def _drop_oldest(self) -> None:
        while len(self._entries) > self._most or (
                self._bytes > self._most_bytes and len(self._entries) > 2):
            _, entry = self._entries.popitem(last=False)
            self._bytes -= entry.size

    def clear(self) -> None:
        """Drop all cached results."""
        with self._lock:
            self._entries.clear()
            self._bytes, self._apart = 0, None


RESULTS = Results(MOST_RESULTS, MOST_BYTES)
