"""Runs a coroutine in a thread of its own: that of the tests may have a loop, a browser's."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor


def run(coroutine: Coroutine[object, object, None]) -> None:
    """Run it to its end."""
    with ThreadPoolExecutor() as apart:
        apart.submit(asyncio.run, coroutine).result()
