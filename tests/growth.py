"""How the work of a function grows with what it is given, on whatever machine."""

import time
from collections.abc import Callable
from itertools import pairwise

MORE = 2.5  # four times the text may cost ten times the work; a square would cost sixteen times
FLOOR = 0.005  # seconds below which nothing is compared: that is noise
TRIES = 2


def cpu(work: Callable[[], object]) -> float:
    before = time.process_time()
    work()
    return time.process_time() - before


def outgrown(of_size: Callable[[int], Callable[[], object]], *sizes: int) -> str:
    """The first size whose work takes too long beside that of the size before, "" if none does.
    `of_size` gives the work; sizes begin small, so that what grows fast is found while it is quick."""
    before = cpu(of_size(sizes[0]))
    for smaller, size in pairwise(sizes):
        work, factor = of_size(size), MORE * size / smaller
        took = cpu(work)
        for _ in range(TRIES):  # a machine that is busy is slow once, not again and again
            if took > factor * before + FLOOR:
                before, took = max(before, cpu(of_size(smaller))), min(took, cpu(work))
        if took > factor * before + FLOOR:
            return f"{size}: {took:.3f} s, but {smaller}: {before:.4f} s"
        before = took
    return ""
