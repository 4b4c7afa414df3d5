"""The other side of a comparison in git: the files of a source as a commit has them."""

import os
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from orgdata.cli.arguments import CommandError

# A folder may come from somebody else with a .git in it: nothing that its settings name is run
_RUNS_NOTHING = {"core.fsmonitor": "false", "core.hooksPath": os.devnull,
                 "log.showSignature": "false", "safe.bareRepository": "explicit"}
_FETCHES_NOTHING = {"GIT_NO_LAZY_FETCH": "1", "GIT_ALLOW_PROTOCOL": "none"}
_FILTERS = ("config", "--show-scope", "--name-only", "-z", "--get-regexp", r"^filter\.")
_OF_A_HOOK = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX")  # git sets them there


@dataclass(frozen=True)
class Repository:
    """A git repository, by the top folder of its files."""

    top: Path

    @classmethod
    def of(cls, path: Path) -> "Repository | None":
        """The repository that a file or folder lies in; None where it lies in none.

        Only one with a `.git`, which no commit can bring: git itself would first find a bare
        repository among the files of a branch, and compare that with what it says of itself."""
        path = path.resolve()
        folder = next((one for one in (path, *path.parents) if (one / ".git").exists()), None)
        if not folder:
            return None
        try:
            top, own = _git(folder, "rev-parse", "--show-toplevel",
                            "--absolute-git-dir").splitlines()
        except (CommandError, OSError):
            return None
        return None if Path(own).resolve() == folder else cls(Path(top).resolve())

    def within(self, path: Path) -> str | None:
        """A path as git names it, from the top; None where it lies elsewhere."""
        path = path.resolve()
        return path.relative_to(self.top).as_posix() if path.is_relative_to(self.top) else None

    def base(self, ref: str) -> str:
        """The commit where HEAD left `ref`, or that of `ref` where git does not know that. Raises
        CommandError where there is none."""
        try:
            tip = self._ask("rev-parse", "--verify", "--quiet", "--end-of-options",
                            f"{ref}^{{commit}}")
        except CommandError:
            raise CommandError(self._unknown(ref)) from None
        try:
            return self._ask("merge-base", tip, "HEAD")
        except CommandError:  # unrelated, or too shallow to tell
            return tip

    def _unknown(self, ref: str) -> str:
        if self._ask("rev-parse", "--is-shallow-repository") == "true":
            return (f"this clone is shallow and does not hold {ref}: fetch all of it first "
                    "(fetch-depth: 0 of actions/checkout, GIT_DEPTH: 0 in GitLab)")
        return f"git knows no commit {ref} in {self.top}"

    def day(self, commit: str) -> date:
        """The day on which a commit was made, where it was made."""
        return date.fromisoformat(self._ask("show", "--no-patch", "--format=%cs", commit))

    def changed(self, paths: Sequence[str]) -> bool:
        """Whether files below these paths differ from HEAD, or are not known to git yet."""
        return bool(self._ask("status", "--porcelain", "--ignore-submodules=all", "--",
                              *map(_exactly, paths)))

    @contextmanager
    def files(self, commit: str, paths: Sequence[str]) -> Iterator[Path]:
        """A temporary folder with the files below these paths as a commit has them. They are
        written as a checkout would write them, and nothing of the repository changes."""
        with TemporaryDirectory(prefix="orgdata-base-") as name:
            folder = Path(name).resolve()
            index = {"GIT_INDEX_FILE": str(folder / "index")}
            self._ask("read-tree", commit, **index)
            listed = _git(self.top, "ls-files", "-z", "--", *map(_exactly, paths), **index)
            _git(self.top, "checkout-index", f"--prefix={folder}/files/", "-z", "--stdin",
                 written=listed, **index)
            yield folder / "files"

    def _ask(self, *arguments: str, **environment: str) -> str:
        return _git(self.top, *arguments, **environment).strip()


def _exactly(path: str) -> str:
    """A path from the top, where git is run, in which it takes no letter for a pattern."""
    return f":(literal){path}"


def _git(folder: Path, *arguments: str, written: str = "", **environment: str) -> str:
    """What git answers. Raises CommandError with the first line of what it says where it fails."""
    filters = _run(folder, _FILTERS, "", {}).stdout.split("\0")
    own = [name for scope, name in zip(filters[::2], filters[1::2], strict=False)
           if scope in ("local", "worktree")]
    done = _run(folder, arguments, written,
                {**environment, **_settings({**_RUNS_NOTHING, **dict.fromkeys(own, "")})})
    if done.returncode:
        first = next(iter(done.stderr.strip().splitlines()), f"git {arguments[0]} failed")
        raise CommandError(f"git: {first}")
    return done.stdout


def _run(folder: Path, arguments: Sequence[str], written: str,
         environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    known = {name: value for name, value in os.environ.items() if name not in _OF_A_HOOK}
    try:
        return subprocess.run(
            ["git", "-C", str(folder), *arguments], input=written, capture_output=True, text=True,
            encoding="utf-8", errors="surrogateescape", check=False,
            env={**known, **environment, **_FETCHES_NOTHING, "LC_ALL": "C",
                 "GIT_OPTIONAL_LOCKS": "0"})
    except FileNotFoundError:
        raise CommandError("git is needed to compare with another commit, and is not "
                           "installed") from None


def _settings(values: Mapping[str, str]) -> dict[str, str]:
    """Settings as variables that git reads after all files, behind those that are there."""
    first = int(os.environ.get("GIT_CONFIG_COUNT") or 0)
    return {"GIT_CONFIG_COUNT": str(first + len(values))} | {
        f"GIT_CONFIG_{part}_{at}": text for at, pair in enumerate(values.items(), first)
        for part, text in zip(("KEY", "VALUE"), pair, strict=True)}
