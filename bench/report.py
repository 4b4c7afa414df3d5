"""The command line beside Python itself: a whole process from start to end.

    python -m bench.report
"""

import statistics
import subprocess
import sys
from functools import partial
from pathlib import Path

from bench.clock import in_turns
from bench.figures import Figure, Table, show
from orgdata.demo import DEMO

ROOT = Path(__file__).parent.parent
DAY = "2026-11-20"
REPORT = ("-m", "orgdata", "report", str(DEMO), "--as-of", DAY)


def measure(repeats: int = 9) -> list[Table]:
    """`python -m orgdata report` on the demo, beside `python -c "import pandas"`."""
    bare, ours = in_turns(repeats, partial(_run, "-c", "import pandas"), partial(_run, *REPORT))
    about = (f"`python -m orgdata report DEMO --as-of {DAY}`, the whole process, beside `python "
             f"-c \"import pandas\"`; in turns, the median of {repeats}.")
    return [Table("The report on the command line", about, (Figure(
        "report on the demo company, beside importing pandas", statistics.median(ours), "s", 2,
        statistics.median(bare)),))]


def _run(*arguments: str) -> None:
    subprocess.run([sys.executable, *arguments], check=True, cwd=ROOT, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    show(measure())
