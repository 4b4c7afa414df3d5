"""Fixtures for all tests."""

import os
from pathlib import Path

import pytest


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
