"""The part of a store that keeps uploaded files under a name."""

from datetime import datetime

from orgdata.model.history import StoreError
from orgdata.store import deleted, uploads
from orgdata.store.connected import Connected
from orgdata.store.entries import SavedSource, check_names
from orgdata.store.opening import reading, writing
from orgdata.store.place import saved_source_key


class KeptSources(Connected):
    """Sources that were uploaded."""

    def save_source(self, source: SavedSource, replaces: int | None = None) -> SavedSource:
        """Save files under a new name, or in the place of the entry that they were made from.

        Raises EntryError where the name is taken, where somebody else has replaced that entry, and
        where the store is full; what is kept then stays.
        """
        source.check()
        packed = uploads.pack(source.files)
        with writing(self._engine) as connection:
            return uploads.save(connection, source, packed, replaces)

    def delete_source(self, name: str, entry_id: int, by: str, at: datetime) -> None:
        """Delete the files and snapshots of a saved source; what people noted on it is put aside.
        Raises EntryError where its entry is not the last one any more."""
        check_names(by)
        with writing(self._engine) as connection:
            deletion = uploads.delete(connection, name, entry_id, by, at)
            deleted.set_aside(connection, saved_source_key(name), deletion)

    def source_names(self) -> dict[str, int]:
        """The names of saved sources, each with the id of its entry."""
        with reading(self._engine) as connection:
            return uploads.names(connection)

    def source_settings(self) -> dict[str, str]:
        """The settings of each saved source as they are written, by its name."""
        with reading(self._engine) as connection:
            return uploads.settings(connection)

    def source(self, name: str) -> SavedSource:
        """The source saved under a name. Raises StoreError if there is none."""
        with reading(self._engine) as connection:
            source = uploads.read(connection, name)
        if source is None:
            raise StoreError(f"the store {self.name} keeps nothing under the name {name!r}")
        return source
