"""Runs a coroutine in a thread of its own: that of the tests may have a loop, a browser's."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


def run(coroutine: Coroutine[object, object, T]) -> T:
    """What it returns once it has ended."""
    with ThreadPoolExecutor() as apart:
        return apart.submit(asyncio.run, coroutine).result()
