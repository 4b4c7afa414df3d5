"""Every package that production installs is pinned with its hash, and listed."""

import importlib.util
import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
_SPEC = importlib.util.spec_from_file_location("supply", ROOT / ".ci" / "supply.py")
supply = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(supply)


def pinned(file):
    """Name in one spelling → version of the pins in a file."""
    found = re.findall(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==(\S+)", (ROOT / file).read_text("utf-8"), re.M)
    return {re.sub(r"[-_.]+", "-", name).lower(): version for name, version in found}


def test_hashed_are_all_packages_in_their_pinned_version():
    hashed, constraints = pinned(".ci/hashed.txt"), pinned(".ci/constraints.txt")
    assert hashed.items() >= pinned("requirements.txt").items()
    assert hashed.items() <= (constraints | pinned("requirements.txt")).items()
    lines = [line for line in supply.HASHED.read_text("utf-8").splitlines() if not line.startswith("#")]
    assert len(lines) == len(supply.pins()) == len(hashed)


def test_the_bill_of_materials_lists_each_with_its_hash():
    bill = supply.sbom()
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.5")
    parts = {one["purl"]: one for one in bill["components"]}
    assert set(parts) == {f"pkg:pypi/{name}@{version}" for name, version in pinned(".ci/hashed.txt").items()}
    streamlit = next(one for purl, one in parts.items() if purl.startswith("pkg:pypi/streamlit@"))
    assert len(streamlit["hashes"][0]["content"]) == 64
    assert streamlit["licenses"] == [{"license": {"name": "Apache-2.0"}}]
