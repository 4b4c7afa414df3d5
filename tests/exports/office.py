"""Office files read with other libraries than those that write them."""

import io
import shutil
import subprocess
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest

_EPOCH = (1980, 1, 1, 0, 0, 0)


def parts(content: bytes) -> dict[str, bytes]:
    """What is in an Office file: every part is sound, and none names an address or a program."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        assert {entry.date_time for entry in archive.infolist()} == {_EPOCH}
        assert len(set(archive.namelist())) == len(archive.namelist())
        found = {name: archive.read(name) for name in archive.namelist()}
    for name, part in found.items():
        if name.endswith((".xml", ".rels")):
            assert b"<!DOCTYPE" not in part
            root = ElementTree.fromstring(part)
            assert not [one for one in root.iter() if one.get("TargetMode") == "External"], name
            assert not [one.tag for one in root.iter() if one.tag.endswith(
                ("}hlinkClick", "}hyperlink", "}oleObj", "}externalLink"))], name
        assert not name.endswith(("vbaProject.bin", ".ole"))
    return found


def words(part: bytes, tag: str) -> list[str]:
    """The text of every element of a tag."""
    return [one.text or "" for one in ElementTree.fromstring(part).iter() if one.tag.endswith(tag)]


_PART_OF = {".xlsx": "scalc", ".pptx": "simpress"}  # LibreOffice can be installed in parts


def converted(content: bytes, name: str, into: str, folder: Path) -> bytes:
    """What LibreOffice makes of a file."""
    program, part = shutil.which("soffice"), _PART_OF[Path(name).suffix]
    if program is None or not (Path(program).resolve().parent / part).exists():
        pytest.skip(f"LibreOffice is not installed ({part}), so nothing was opened with it")
    (folder / name).write_bytes(content)
    done = subprocess.run(
        [program, "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to",
         into, "--outdir", str(folder), str(folder / name)],
        capture_output=True, text=True, timeout=300, check=True)
    made = (folder / name).with_suffix(f".{into.split(':')[0]}")
    assert made.exists(), done.stdout + done.stderr
    assert "rror" not in done.stderr, done.stderr
    return made.read_bytes()
