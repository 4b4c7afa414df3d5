"""Write files all at once."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from orgdata.cli.arguments import CommandError


def write_file(path: Path, content: bytes) -> None:
    """Write a file all at once: whoever reads it meanwhile gets all of the old or all of the new
    content. Raises an OSError that names the file."""
    with replacing(path) as file:
        file.write(content)


@contextmanager
def replacing(path: Path, private: bool = False) -> Iterator[IO[bytes]]:
    """A file to write in the place of another one, which it takes when all went well; until then,
    and where it did not, that stays. Nobody but its owner reads a private one."""
    path = path.resolve()  # replaces the target of a link, not the link
    if path.exists() and not path.is_file():
        raise CommandError(f"{path} is no file that could be replaced")
    temporary = None
    try:
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
        number, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:50]}.")
        with os.fdopen(number, "wb") as file:
            yield file
        os.chmod(temporary, mode & 0o600 if private else mode)
        os.replace(temporary, path)
        temporary = None
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from None
    finally:
        if temporary:
            with suppress(OSError):
                os.unlink(temporary)


def _umask() -> int:
    """The permissions that new files do not get, which can only be read by setting them."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
