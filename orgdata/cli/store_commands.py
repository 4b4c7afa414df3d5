"""The commands that work on a store alone, with what each takes."""

from pathlib import Path
from typing import Annotated

import typer

from orgdata.cli.arguments import STORE
from orgdata.cli.commands import APP, Run

_StoreUrl = Annotated[str, typer.Argument(
    metavar="STORE", help=f"the URL of the store; environment: {STORE}")]
_BackupFile = Annotated[Path, typer.Argument(metavar="FILE", help="the backup, a zip")]


@APP.command()
def forget(
        person: Annotated[str, typer.Argument(
            metavar="PERSON", help="the name, or e-mail address, as it stands on entries")],
        store: Annotated[str | None, typer.Option(
            metavar="URL", help=f"the store to remove it from (default: {STORE})")] = None) -> Run:
    """Remove a person's name from a store. What they entered stays, of somebody."""
    def run() -> int:
        from orgdata.cli import forgetting

        return forgetting.forget(person, store)
    return run


@APP.command()
def backup(store: _StoreUrl, file: _BackupFile) -> Run:
    """Back a store up into one file. As it is at one moment, while people go on; a file that is
    there is replaced."""
    def run() -> int:
        from orgdata.cli import backups

        return backups.write(store, file)
    return run


@APP.command()
def restore(file: _BackupFile, store: _StoreUrl) -> Run:
    """Restore a backup into a new store. Of any kind of database; all or nothing, and it is counted
    that nothing is missing."""
    def run() -> int:
        from orgdata.cli import backups

        return backups.read(file, store)
    return run
