"""What the dashboard is made of: a hash for every package it installs, and a list of them.

    python .ci/supply.py hashes     writes .ci/hashed.txt: every pin with the hash of its file
    python .ci/supply.py sbom       prints that as a bill of materials (CycloneDX 1.5, JSON)

The hashes are those of the files for this Python and machine; write them anew for another one.
"""

import json
import re
import subprocess
import sys
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).parents[1]
HASHED = ROOT / ".ci" / "hashed.txt"
_LINE = re.compile(r"([A-Za-z0-9._-]+)==([^ ]+) --hash=sha256:([0-9a-f]{64})")
_HEAD = """# Every package of requirements.txt and what these need, with the hash of its file for
# {machine}.
# pip install --require-hashes --no-deps -r .ci/hashed.txt      written by .ci/supply.py
"""


def hashes() -> str:
    """Every pin with its hash, as pip would install them here."""
    report = json.loads(subprocess.run(
        [sys.executable, "-m", "pip", "install", "--quiet", "--dry-run", "--ignore-installed",
         "--only-binary=:all:", "--report=-", "-r", str(ROOT / "requirements.txt")],
        check=True, capture_output=True, text=True).stdout)
    lines = sorted(f"{one['metadata']['name']}=={one['metadata']['version']} --hash=sha256:"
                   f"{one['download_info']['archive_info']['hashes']['sha256']}"
                   for one in report["install"])
    machine = report["environment"]
    return _HEAD.format(machine=f"CPython {machine['python_version']} on "
                        f"{machine['platform_system']} {machine['platform_machine']}"
                        ) + "\n".join(lines) + "\n"


def pins() -> list[tuple[str, str, str]]:
    """Name, version and hash of each package."""
    return _LINE.findall(HASHED.read_text("utf-8"))


def sbom() -> dict[str, object]:
    """The packages as a bill of materials; licences of those that are installed here."""
    return {"bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1,
            "metadata": {"component": {"type": "application", "name": "orgdata"}},
            "components": [{
                "type": "library", "name": name, "version": version,
                "purl": f"pkg:pypi/{re.sub(r'[-_.]+', '-', name).lower()}@{version}",
                "hashes": [{"alg": "SHA-256", "content": sha256}],
                **({"licenses": [{"license": {"name": licence}}]} if (
                    licence := _licence(name)) else {})} for name, version, sha256 in pins()]}


def _licence(name: str) -> str:
    try:
        said = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return ""
    named = [one.rpartition(" :: ")[2] for one in said.get_all("Classifier", [])
             if one.startswith("License :: OSI Approved :: ")]
    return said.get("License-Expression") or ", ".join(named)


if __name__ == "__main__":
    if sys.argv[1:] == ["hashes"]:
        HASHED.write_text(hashes(), "utf-8")
    elif sys.argv[1:] == ["sbom"]:
        print(json.dumps(sbom(), indent=2))
    else:
        sys.exit(__doc__)
