"""What is kept, sealed: who has only the database reads no text, no name, no date and no length.

Fernet of `cryptography` encrypts and signs; by another key, or changed by anybody, nothing opens.
"""

import hmac
from base64 import urlsafe_b64encode
from hashlib import sha256

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from orgdata.model.history import StoreError

_LEAST = 32  # characters of the secret: what `openssl rand -base64 32` writes has 44
_SIZE = 16 << 10  # bytes to which each text is filled up, so that its length says nothing


class PrivateError(StoreError):
    """The private database cannot be used; one clear line without credentials, or a word of what
    it holds."""


class Seal:
    """What one secret seals and opens. Raises PrivateError where that is too short to be one."""

    def __init__(self, secret: str) -> None:
        if len(secret.strip()) < _LEAST:
            raise PrivateError("ORGDATA_PRIVATE_KEY should hold a long random text, as "
                               f"`openssl rand -base64 32` writes; found "
                               f"{'fewer than 32 characters' if secret.strip() else 'nothing'}")
        keys = HKDF(SHA256(), 64, salt=None, info=b"orgdata private").derive(
            secret.strip().encode("utf-8", "replace"))
        self._fernet, self._names = Fernet(urlsafe_b64encode(keys[:32])), keys[32:]

    def name(self, address: str) -> str:
        """What stands for somebody: the same for one address, and nothing without the secret."""
        return hmac.new(self._names, address.encode("utf-8", "replace"), sha256).hexdigest()

    def close(self, text: str) -> bytes:
        """A text, sealed. When that was, which Fernet would tell, is left out."""
        content = text.encode("utf-8", "replace")
        if len(content) > _SIZE:
            raise PrivateError("that is too much to be kept")
        return self._fernet.encrypt_at_time(content.ljust(_SIZE), 0)

    def open(self, box: bytes) -> str:
        """What was sealed. Raises InvalidToken where it was by another secret, or is damaged."""
        return self._fernet.decrypt(box).decode("utf-8").rstrip()


__all__ = ["InvalidToken", "PrivateError", "Seal"]
