"""The service and the container: as closed as they say, and what is copied there is enough to run."""

import json
import os
import shlex
import shutil
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from bench.screenshots import ROOT, _wait_for
from orgdata.demo import DEMO
from tests.servers import free_port

UNIT = ROOT / ".deploy" / "portfolio-dashboard.service"
CONTAINER = ROOT / ".deploy" / "Containerfile"
HOME = "/opt/orgdata"
EXPOSED = 1.5  # of 10, by the measure of systemd-analyze; 1.4 with systemd 252


@pytest.fixture(scope="module")
def analyze():
    found = shutil.which("systemd-analyze")
    if not found:
        pytest.skip("systemd-analyze is not installed (Debian: systemd)")

    def run(*arguments):
        return subprocess.run([found, *map(str, arguments)], capture_output=True, text=True,
                              check=False, env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"})
    return run


def test_systemd_understands_the_unit(analyze, tmp_path):
    """Every line of it, with a Python where it says one is."""
    unit = tmp_path / UNIT.name
    unit.write_text(UNIT.read_text().replace(f"{HOME}/.venv/bin/python", sys.executable))
    done = analyze("verify", "--man=no", unit)
    assert (done.returncode, done.stderr) == (0, "")
    unit.write_text(unit.read_text() + "ProtectSystem=stricter\n")
    assert analyze("verify", "--man=no", unit).stderr, "a wrong line is not noticed"


def test_the_service_is_closed(analyze):
    def exposed_at_most(limit):
        return analyze("security", "--offline=true", "--no-pager", f"--threshold={limit * 10:.0f}",
                       UNIT).returncode == 0
    assert exposed_at_most(EXPOSED)
    assert not exposed_at_most(0.1), "nothing would be noticed"


def steps():
    """The instructions of the container, in order, each with its arguments."""
    return [tuple(line.split(" ", 1)) for line in CONTAINER.read_text().splitlines()
            if line and not line.startswith("#")]


def test_the_container_installs_what_was_tried_and_runs_as_nobody_else():
    said = steps()
    installs = [shlex.split(text) for step, text in said if step == "RUN" and " pip " in text]
    assert [{"--require-hashes", "--no-deps", ".ci/hashed.txt"} <= set(one) for one in installs] == [True]
    made_for = (ROOT / ".ci" / "hashed.txt").read_text().split("CPython ")[1].split()[0]
    assert [text.split()[0] for step, text in said if step == "FROM"] == [f"python:{made_for}-slim"] * 2
    names = [step for step, _ in said]
    assert [text for step, text in said if step == "USER"] == ["10001"]
    assert names.index("USER") < names.index("CMD")
    assert "ADD" not in names


def build(folder: Path) -> dict[str, str]:
    """Carry out the steps in a folder in the place of /opt/orgdata; returns the variables. Python
    and its packages are those of here, which a test compares with the hashed ones."""
    variables = {}
    for step, text in steps():
        text = text.replace(HOME, str(folder / "app")).replace("/var/lib/orgdata", str(folder / "home"))
        if step == "COPY" and not text.startswith("--from"):
            origin, target = ROOT / text.split()[0], folder / "app" / text.split()[1]
            if origin.is_dir():
                shutil.copytree(origin, target, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                target.mkdir(parents=True, exist_ok=True)
                shutil.copy(origin, target)
        elif step == "RUN" and " venv " in text:
            (folder / "app" / ".venv").symlink_to(Path(sys.prefix))
        elif step == "RUN" and "compileall" in text:
            subprocess.run(shlex.split(text), cwd=folder / "app", check=True)
        elif step == "RUN" and "useradd" in text:
            (folder / "home").mkdir()
        elif step == "ENV":
            variables |= dict(one.split("=", 1) for one in text.split())
        else:
            assert step in ("FROM", "WORKDIR", "COPY", "USER", "VOLUME", "EXPOSE", "HEALTHCHECK",
                            "CMD") or " pip " in text, f"nothing here carries out {step} {text}"
    return variables


def files(folder):
    return {path: path.stat().st_mtime_ns for path in folder.rglob("*") if ".venv" not in path.parts}


def test_what_is_copied_is_enough_and_is_never_written(tmp_path):
    variables = build(tmp_path)
    app, port = tmp_path / "app", free_port()
    before = files(app)
    command = json.loads(dict(steps())["CMD"])
    command[command.index("8501")] = str(port)
    environment = {name: text for name, text in os.environ.items() if name != "PYTHONPATH"}
    with (tmp_path / "log").open("wb") as log:
        server = subprocess.Popen(command, cwd=app, stdout=log, stderr=log, env=environment | variables | {
            "ORGDATA_SOURCE": str(DEMO), "ORGDATA_OPEN": "yes"})
        try:
            _wait_for(f"http://127.0.0.1:{port}/ready", server, 120)
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/ready") as answer:
                assert json.load(answer) == {"ready": True, "source_was_read": True}
        finally:
            server.terminate()
            server.wait(timeout=20)
    assert files(app) == before
    assert (tmp_path / "home" / "store.sqlite").is_file()
