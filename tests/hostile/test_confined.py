"""Whatever becomes of a process that reads a file, is one line about that file."""

import os
import re
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from orgdata.sources import confined, limits, read_source
from orgdata.sources.confined import outcome, read_confined
from orgdata.sources.sheets import UnreadableFile, sheets_of
from tests.hostile.corpus import PRODUCTS, filled_down, with_rows

CSV = b"product_id,name\nP1,A\n"
SLOW = filled_down(150_000)  # about a second of CPU
MB = 1 << 20


def refusal(content: bytes = SLOW) -> str:
    with pytest.raises(UnreadableFile) as error:
        read_confined("file.xlsx", content)
    assert len(str(error.value).splitlines()) == 1
    return str(error.value)


def forker() -> int:
    assert confined._forker._running
    return confined._forker._running[0].pid


@contextmanager
def reader_killed() -> Iterator[None]:
    """Kill the next reader, once it has read for a while."""
    def kill() -> None:
        reader = next(iter(_readers()))
        time.sleep(0.05)
        os.kill(reader, signal.SIGKILL)

    killing = threading.Thread(target=kill)
    killing.start()
    yield
    killing.join()


def _readers() -> Iterator[int]:
    """The processes that read now, two below the forker; waits for the first one."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        parents = {int(path.name): _parent(path) for path in Path("/proc").iterdir()
                   if path.name.isdecimal()}
        yield from (process for process, parent in parents.items()
                    if parents.get(parent) == forker())
        time.sleep(0.005)
    raise AssertionError("nothing reads")


def _parent(process: Path) -> int:
    try:
        return int((process / "stat").read_text().rpartition(")")[2].split()[1])
    except (OSError, IndexError):
        return 0


@pytest.mark.parametrize(("name", "content", "can_fork"), [
    ("products.csv", CSV, True), ("book.xlsx", PRODUCTS, True), ("book.xlsx", PRODUCTS, False)])
def test_what_is_read_is_the_same_as_without_a_process(name, content, can_fork, monkeypatch):
    monkeypatch.setattr(confined, "CAN_FORK", can_fork)
    (sheet,), noticed = read_confined(name, content, True)
    (expected,), _ = sheets_of(name, content, True)
    assert sheet.name == expected.name
    assert sheet.table.frame.equals(expected.table.frame)
    assert (sheet.table.frame.dtypes == expected.table.frame.dtypes).all()
    assert sheet.table.problems.equals(expected.table.problems)
    assert noticed == []


def test_what_is_not_read_says_the_same():
    assert refusal(b"\x89PNG") == "this is an image (PNG), not a CSV file"


def test_a_read_that_takes_too_long_is_ended(monkeypatch):
    monkeypatch.setattr(limits, "SECONDS_PER_MB", 0)
    monkeypatch.setattr(limits, "SECONDS", 1)
    line = ("reading it takes more than 1 seconds, far more than a file of its size should; open it "
            "and save it anew, or save it as CSV")
    assert refusal(filled_down(300_000)) == line


@pytest.mark.parametrize("can_fork", [True, False])
def test_a_read_that_never_ends_is_ended_by_the_clock(monkeypatch, can_fork):
    monkeypatch.setattr(confined, "CAN_FORK", can_fork)
    monkeypatch.setattr(limits, "WAIT", 0.3 - 4 * confined.allowed_cost(len(SLOW)).seconds)
    assert refusal().startswith("reading it takes more than ")


WIDE = b",".join([b"c%d" % at for at in range(500)]) + (b"\n" + b"," * 499) * 4_000
FAR = with_rows(b'<row r="19000"><c r="CV19000"><v>1</v></c></row>')  # room is made for 60 MB


@pytest.mark.parametrize("content", [WIDE, FAR], ids=["python", "rust"])
def test_a_read_that_takes_too_much_memory_is_ended(monkeypatch, content):
    monkeypatch.setattr(limits, "MEMORY_PER_BYTE", 0)
    monkeypatch.setattr(limits, "MEMORY", 20 * MB)
    assert refusal(content) == ("reading it takes more than 20 MB of memory, far more than a file of "
                                "its size should; open it and save it anew, or save it as CSV")
    _, end = outcome("file.csv", content)
    assert end.signal in (0, signal.SIGABRT, signal.SIGKILL)
    assert end.cost.memory < 40 * MB


def test_an_answer_that_takes_too_much_memory_is_not_taken(monkeypatch):
    monkeypatch.setattr(limits, "MEMORY_MOST", 100)
    assert refusal(CSV).startswith("reading it takes more than 100 bytes of memory")


def test_a_reader_that_is_killed_is_one_line_and_the_next_read_works():
    confined.prepare()
    with reader_killed():
        assert refusal() == ("reading it broke off (SIGKILL); it may be damaged: open it and save it "
                             "anew, or save it as CSV")
    assert len(read_confined("products.csv", CSV)[0]) == 1


def test_a_process_that_reads_knows_no_password(monkeypatch):
    monkeypatch.setenv("ORGDATA_STORE", "postgresql://ada:sesame@host/db")
    confined._forker.stop()
    read_confined("products.csv", CSV)
    environment = Path(f"/proc/{forker()}/environ").read_bytes()
    assert b"ARROW_DEFAULT_MEMORY_POOL" in environment
    assert b"sesame" not in environment


def test_a_reader_writes_nothing_and_lets_the_pages_go_first():
    read_confined("products.csv", CSV)  # the forker runs
    reading = threading.Thread(target=outcome, args=("file.xlsx", SLOW))
    reading.start()
    reader = Path(f"/proc/{next(iter(_readers()))}")
    while not re.search(r"Max file size +0 +0 ", limited := (reader / "limits").read_text()):
        time.sleep(0.005)
    assert re.search(r"Max core file size +0 +0 ", limited)
    niceness = int((reader / "stat").read_text().rpartition(")")[2].split()[16])
    assert niceness == min(os.nice(0) + 10, 19)
    assert (reader / "fd" / "2").readlink() == Path(os.devnull)
    os.kill(int(reader.name), signal.SIGKILL)
    reading.join()


def test_of_many_files_some_wait(monkeypatch):
    at_once, most, lock = [0], [0], threading.Lock()

    def read(*_):
        with lock:
            at_once[0] += 1
            most[0] = max(most[0], at_once[0])
        time.sleep(0.02)
        with lock:
            at_once[0] -= 1

    monkeypatch.setattr(confined, "_by_fork" if confined.CAN_FORK else "_by_new_process", read)
    readers = [threading.Thread(target=outcome, args=("a.csv", CSV)) for _ in range(2 * limits.AT_ONCE)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert 1 < most[0] <= 8


def test_a_forker_that_was_killed_is_started_again():
    read_confined("products.csv", CSV)
    os.kill(forker(), signal.SIGKILL)
    for _ in range(2):
        assert len(read_confined("products.csv", CSV)[0]) == 1


def test_a_fault_of_the_reader_is_one_line_and_in_the_log(caplog):
    with pytest.raises(UnreadableFile, match=r"reading it broke off \(the log says why\)"):
        read_confined(7, CSV)  # no name at all
    assert "TypeError" in caplog.text


def test_many_read_at_once():
    found: list[int] = []
    readers = [threading.Thread(target=lambda at=at: found.append(
        len(read_confined(f"{at}.csv", CSV + b"P2,B\n" * at)[0][0].table.frame))) for at in range(12)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert sorted(found) == list(range(1, 13))


def test_text_named_as_a_source_is_read_without_a_process(tmp_path, monkeypatch):
    (tmp_path / "products.csv").write_bytes(CSV)
    (tmp_path / "book.xlsx").write_bytes(PRODUCTS)
    monkeypatch.setattr(confined, "_by_fork", None)
    assert read_source(str(tmp_path / "products.csv")).tables["products"].frame.shape == (1, 2)
    with pytest.raises(TypeError):
        read_source(str(tmp_path / "book.xlsx"))
