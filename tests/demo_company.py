"""The demo company as many tests want it, made once for all tests of a process: nobody changes it."""

import tempfile
from functools import cache
from pathlib import Path

from orgdata.demo import DEMO
from orgdata.demo.weeks import DAYS, seed
from orgdata.load import load
from orgdata.measures import Alignment, align
from orgdata.store import Store
from tests.builders import DAY


@cache
def alignment() -> Alignment:
    """The company measured on its last day."""
    return align(load(str(DEMO)), DAY)


def seeded(folder: Path) -> str:
    """The URL of a new store in a folder that holds the company's eight weeks."""
    file = folder / "weeks.db"
    file.write_bytes(_weeks())
    return f"sqlite:///{file}"


@cache
def _weeks() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        with Store.open(f"sqlite:///{folder}/weeks.db") as store:
            assert seed(store) == len(DAYS)
        file, = Path(folder).iterdir()  # closed, a store is one file
        return file.read_bytes()
