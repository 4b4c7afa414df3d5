"""The most memory that reading a source to its gaps takes, beside the size of its files.

    python -m bench.memory [PRODUCTS …]         default: 1000 10000

Each peak is that of a process that imports only what it needs, does one thing once and ends.
"""

import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

from bench.figures import Figure, Table, show
from bench.machine import company, megabytes

ROOT = Path(__file__).parent.parent
TELL = "print(open('/proc/self/status').read())"
PANDAS = "import pandas as pd, sys, pathlib"
OURS = """
import sys
from datetime import date
from orgdata.gaps import find_gaps
from orgdata.load import day_of, load
from orgdata.measures import align
"""
READ = """
for file in pathlib.Path(sys.argv[1]).glob("*.csv"):
    pd.read_csv(file, dtype="string", keep_default_na=False)
"""
GAPS = """
portfolio = load(sys.argv[1])
find_gaps(align(portfolio, day_of(portfolio, None, date.max)))
"""


def measure(sizes: tuple[int, ...] = (1_000, 10_000)) -> list[Table]:
    """The whole process, and what it takes above one that has imported pandas and done nothing."""
    bare, imports = peak_of(PANDAS), peak_of(OURS)
    figures = []
    for size in sizes:
        with company(size) as folder:
            files = megabytes(folder)
            floor, ours = peak_of(PANDAS + READ, folder), peak_of(OURS + GAPS, folder)
        figures += [
            Figure(f"{size:,} products, the whole process, beside its CSV files", ours, "MB", 6,
                   files),
            Figure(f"{size:,} products, what is above importing pandas, beside its CSV files",
                   ours - bare, "MB", 6, files),
            Figure(f"{size:,} products, the whole process, beside read_csv of the same files",
                   ours, "MB", None, floor)]
    about = (f"A process that imports pandas and does nothing takes {bare:.0f} MB, and one that "
             f"imports what ours needs {imports:.0f} MB: more than 6 × the files of a small "
             "company. Peak resident memory (VmHWM) of a process that does it once.")
    return [Table("Memory of source → gaps", about, tuple(figures))]


def peak_of(code: str, *arguments: object) -> float:
    """The most memory that a Python process with this code ever has, in MB."""
    done = subprocess.run([sys.executable, "-c", f"{code}\n{TELL}", *map(str, arguments)],
                          check=True, text=True, cwd=ROOT, stdout=subprocess.PIPE)
    return _megabytes(done.stdout, "VmHWM")


def peak(address: str) -> float:
    """The most memory that the server at an address ever had, in MB."""
    return _megabytes(_status_of_server(address), "VmHWM")


def resident(address: str) -> float:
    """The memory that the server at an address has now, in MB."""
    return _megabytes(_status_of_server(address), "VmRSS")


def _status_of_server(address: str) -> str:
    """Found by its port: `bench.screenshots.serving` says no more than the address."""
    port = urlsplit(address).port
    named = {f"--server.port={port}".encode(), f"--port={port}".encode()}  # in production
    server = next(path for path in Path("/proc").glob("[0-9]*")
                  if named & set(_read(path / "cmdline").split(b"\0")))
    return _read(server / "status").decode()


def _megabytes(status: str, field: str) -> float:
    """ru_maxrss would not do: it counts what the parent had before the process began."""
    line = next(line for line in status.splitlines() if line.startswith(field))
    return int(line.split()[1]) * 1024 / 1e6


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:  # a process that ended meanwhile
        return b""


if __name__ == "__main__":
    show(measure(tuple(map(int, sys.argv[1:])) or (1_000, 10_000)))
