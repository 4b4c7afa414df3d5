"""Read the files in a zip in memory only: nothing is written to disk, and never more unpacked than
allowed, whatever its headers say."""

import io
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from orgdata.sources import limits
from orgdata.sources.limits import Allowance, TooLarge, format_bytes

SIGNATURES = (b"PK\x03\x04", b"PK\x05\x06")  # the second of an empty zip
_PIECE = 1 << 20
_ENCRYPTED = 1  # a bit of the flags
_DAMAGED = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError,
            NotImplementedError, RuntimeError, OSError, ValueError, LookupError, OverflowError)


class BadZip(ValueError):
    """A zip that cannot be read; the message says in one line why."""


class Entries:
    """The files of a zip by name. Raises BadZip at once for what cannot be read safely: damage,
    encryption, a repeated name, too many files, or a size beyond what is allowed."""

    def __init__(self, content: bytes, allowed: Allowance, most: int = limits.ENTRIES) -> None:
        self._allowed = allowed
        packed = _Bytes(content)
        packed.most = most * limits.DIRECTORY
        try:
            self._zip = zipfile.ZipFile(packed)
        except BadZip:
            raise
        except _DAMAGED as error:
            raise BadZip(f"it is damaged or cut off ({error})") from None
        packed.most = len(content)
        files = [entry for entry in self._zip.infolist() if not entry.is_dir()]
        if len(files) > most:
            raise BadZip(f"it holds {len(files):,} files; expected at most {most:,}")
        self._files: dict[str, zipfile.ZipInfo] = {}
        for entry in files:
            if entry.filename in self._files:
                raise BadZip(f"it holds two files called {entry.filename!r}")
            self._files[entry.filename] = entry
            _check(entry)
        size = sum(entry.file_size for entry in files)
        if size > allowed.left:
            raise BadZip(f"it unpacks to more than {format_bytes(allowed.most)}, the most that is "
                         "read")
        _check_ratio("it", size, len(content))

    @property
    def names(self) -> list[str]:
        """The names of the files, in their order in the zip, without folders."""
        return list(self._files)

    def pieces(self, name: str) -> Iterator[bytes]:
        """The content of a file in pieces. Raises BadZip or TooLarge, possibly after some."""
        try:
            with self._zip.open(self._files[name]) as file:
                while piece := file.read(_PIECE):
                    self._allowed.unpack(len(piece))
                    yield piece
        except TooLarge:
            raise
        except _DAMAGED as error:
            raise BadZip(f"it is damaged ({error})") from None

    def read(self, name: str) -> bytes:
        """The whole content of a file. Raises as `pieces` does."""
        return b"".join(self.pieces(name))

    def without(self, ranges: Mapping[str, tuple[int, int]]) -> bytes:
        """The zip again, with a range of bytes left out of some files. What was counted as
        unpacked before is not counted again."""
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            for name, entry in self._files.items():
                content = self._zip.read(entry)
                start, stop = ranges.get(name, (0, 0))
                archive.writestr(name, content[:start] + content[stop:])
        return packed.getvalue()


class _Bytes(io.BytesIO):
    """Bytes of which no more than `most` are read at once, as a directory is: each entry in it
    costs far more time and memory than its bytes."""

    most: int

    def read(self, size: int | None = -1, /) -> bytes:
        if size is not None and size > self.most:
            raise BadZip(f"its directory has {format_bytes(size)}; expected at most "
                         f"{format_bytes(self.most)}")
        return super().read(size)


def _check(entry: zipfile.ZipInfo) -> None:
    if entry.flag_bits & _ENCRYPTED:
        raise BadZip("it is encrypted; save it without a password")
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise BadZip(f"{entry.filename} is compressed in a foreign way; pack it as an ordinary zip")
    _check_ratio(entry.filename, entry.file_size, entry.compress_size)


def _check_ratio(name: str, unpacked: int, packed: int) -> None:
    if unpacked > limits.RATIO_FROM and unpacked > limits.RATIO * packed:
        raise BadZip(f"{name} unpacks to {format_bytes(unpacked)} from {format_bytes(packed)}, as "
                     "no table does")


def leads_outside(name: str) -> bool:
    """Whether an entry's name is an absolute path, a Windows path or one out of the zip (`..`)."""
    return bool(name.startswith("/") or "\\" in name or re.match("[A-Za-z]:", name)
                or ".." in PurePosixPath(name).parts or not name.isprintable())


def is_by_product(name: str) -> bool:
    """Whether an operating system added the entry: __MACOSX, .DS_Store, Thumbs.db."""
    *folders, file = PurePosixPath(name).parts or ("",)
    return "__MACOSX" in folders or file.startswith(".") or file in ("Thumbs.db", "desktop.ini")


def in_zip(content: bytes, changed: Mapping[str, bytes]) -> bytes:
    """A zip in which some files say something else; the others stay as they are, in their order."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            new.writestr(entry, changed.get(entry.filename, old.read(entry)))
    return out.getvalue()
