"""Back a store up into a file, and restore it."""

from pathlib import Path

from orgdata import formats
from orgdata.cli.analyse import store_url
from orgdata.cli.arguments import CommandError
from orgdata.cli.terminal import print_lines
from orgdata.cli.writing import replacing
from orgdata.store.backup import Held, back_up
from orgdata.store.restore import restore


def write(store: str, path: Path) -> int:
    """Back a store up; a file that is there is replaced once the new one is whole."""
    with replacing(path, private=True) as file:
        held = back_up(store_url(store), file)
    print_lines(f"backed up {_in_words(held)}: {path}")
    return 0


def read(path: Path, store: str) -> int:
    """Restore a backup into a store that does not exist yet, or is empty."""
    if not path.is_file():
        raise CommandError(f"there is no file {path}")
    with path.open("rb") as file:
        held = restore(file, str(path), store_url(store))
    print_lines(f"restored {_in_words(held)}, all that the backup holds: {path}")
    return 0


def _in_words(held: Held) -> str:
    return f"{formats.count(held.rows, 'row')} and {formats.count(held.files, 'file')}"
