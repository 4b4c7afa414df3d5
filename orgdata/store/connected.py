"""What all parts of a store have: the engine of its database."""

from sqlalchemy.engine import Engine

from orgdata.sources.sql.url import without_password


class Connected:
    """A part of a store, which reads and writes its database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @property
    def name(self) -> str:
        """The URL of the store without its password."""
        return without_password(self._engine.url)
