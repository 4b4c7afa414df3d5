"""How the work of a function grows with what it is given, on whatever machine."""

import time
from collections.abc import Callable
from itertools import pairwise

MORE = 2.5  # four times the text may cost ten times the work; a square would cost sixteen times
FLOOR = 0.005  # seconds below which nothing is compared: that is noise
TRIES = 3


def cpu(work: Callable[[], object], tries: int = 1) -> float:
    """Seconds of processor time of the quickest try: a machine that is busy is slow once, not always."""
    took = []
    for _ in range(tries):
        before = time.process_time()
        work()
        took.append(time.process_time() - before)
    return min(took)


def outgrown(of_size: Callable[[int], Callable[[], object]], *sizes: int) -> str:
    """The first size whose work takes too long beside that of the size before, "" if none does.
    `of_size` gives the work; sizes begin small, so that what grows fast is found while it is quick."""
    before = cpu(of_size(sizes[0]))
    for smaller, size in pairwise(sizes):
        work, factor = of_size(size), MORE * size / smaller
        took = cpu(work)
        if took > FLOOR:  # both sides at their quickest, else one slow moment hides or invents a square
            before = min(before, cpu(of_size(smaller), TRIES))
        if took > factor * before + FLOOR:
            took = min(took, cpu(work, TRIES))
        if took > factor * before + FLOOR:
            return f"{size}: {took:.3f} s, but {smaller}: {before:.4f} s"
        before = took
    return ""
