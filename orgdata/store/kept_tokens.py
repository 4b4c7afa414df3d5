"""The part of a store that keeps the tokens of other programs."""

from datetime import datetime

from orgdata.store import tokens
from orgdata.store.connected import Connected
from orgdata.store.opening import reading, writing
from orgdata.store.tokens import Token


class KeptTokens(Connected):
    """Tokens of sources."""

    def make_token(self, token: Token) -> tuple[Token, str]:
        """Keep a new token, and return it with its text, which nobody can read again. Raises
        EntryError for what it lacks, or where there are enough."""
        with writing(self._engine) as connection:
            return tokens.add(connection, token)

    def revoke_token(self, token_id: int, by: str, at: datetime) -> None:
        """Let nobody in by a token any more. Raises EntryError where it is revoked already."""
        with writing(self._engine) as connection:
            tokens.revoke(connection, token_id, by, at)

    def tokens(self, source: str) -> list[Token]:
        """The tokens of a source, oldest first, also those that do not count any more."""
        with reading(self._engine) as connection:
            return tokens.of(connection, source)

    def has_tokens(self, source: str) -> bool:
        """Whether a token of a source was ever made."""
        with reading(self._engine) as connection:
            return tokens.any_of(connection, source)

    def bearer(self, source: str, text: str, now: datetime) -> Token | None:
        """The token of a source with a text, where it counts at a moment, and that it was used."""
        with reading(self._engine) as connection:
            found = tokens.bearer(connection, source, text, now)
        if found is not None and tokens.is_to_be_noted(found, now):
            with writing(self._engine) as connection:
                tokens.note_use(connection, found, now)
        return found
