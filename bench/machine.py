"""What the benchmark runs on: the machine, and the companies that it makes for itself."""

import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).parent.parent
# Five key results for each product, and 26 weekly check-ins for each of those.
MAKE = """
import sys, pathlib
from orgdata.demo import generate
generate(pathlib.Path(sys.argv[1]), int(sys.argv[2]), weeks=26)
"""
LIBRARIES = ("streamlit", "pandas", "pyarrow", "duckdb")


@contextmanager
def company(products: int) -> Iterator[Path]:
    """A folder of CSV files: a company with so many products, gone at the end. A process of its
    own makes it: what that takes (4 GB for 100,000 products) is not to lie in the way here."""
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "company"
        subprocess.run([sys.executable, "-c", MAKE, made, str(products)], check=True, cwd=ROOT)
        yield made


def megabytes(folder: Path) -> float:
    """How large its CSV files are together."""
    return sum(path.stat().st_size for path in folder.glob("*.csv")) / 1e6


def description() -> str:
    """Machine, versions, day and how busy the machine was when it began, in Markdown."""
    model = _field(Path("/proc/cpuinfo"), "model name")
    memory = int(_field(Path("/proc/meminfo"), "MemTotal").split()[0]) / 1024**2
    versions = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    return (f"- {os.cpu_count()} cores ({model}), {memory:.0f} GB of memory\n"
            f"- Python {platform.python_version()}, {versions}\n"
            f"- begun {datetime.now(UTC):%Y-%m-%d %H:%M} UTC at a load of {os.getloadavg()[0]:.1f}"
            " (0: nobody else uses the machine)\n")


def _field(path: Path, name: str) -> str:
    lines = path.read_text().splitlines()
    return next(line.split(":", 1)[1].strip() for line in lines if line.startswith(name))
