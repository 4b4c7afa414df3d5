"""The demo company, and generated companies of any size."""

import shutil
from pathlib import Path

from orgdata.demo.generated import generate

__all__ = ["DEMO", "copy_demo", "generate"]

DEMO = Path(__file__).parent / "company"


def copy_demo(folder: Path) -> None:
    """Write the demo company's tables and settings into a folder.

    Raises FileExistsError, before anything is written, when one of them exists already.
    """
    files = sorted(path for path in DEMO.iterdir() if path.suffix in (".csv", ".toml"))
    for path in files:
        if (folder / path.name).exists():
            raise FileExistsError(f"{folder / path.name} exists already; nothing was written")
    folder.mkdir(parents=True, exist_ok=True)
    for path in files:
        shutil.copyfile(path, folder / path.name)
