"""Files that browsers send: of who may bring them, and up to a total for each session."""

import re
from collections import Counter
from collections.abc import Mapping, MutableMapping
from typing import Any

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from streamlit import runtime
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager

from orgdata.access import Refused
from orgdata.model.access import Access
from orgdata.serve.hosts import Application, Receive, Send
from orgdata.sources import limits
from orgdata.sources.limits import TooLarge
from orgdata.ui.shell import rights, sign_in


class SignedInUploads:
    """Middleware that takes files only for sessions whose user signed in, and may bring files:
    whoever opens the address has a session before that, and its files would stay in memory."""

    def __init__(self, app: Application, access: Access) -> None:
        self.app, self.access = app, access

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive,
                       send: Send) -> None:
        """Pass the request on, or answer why it is refused."""
        if self.access.require != "none" and (session := _uploading_session(scope)):
            try:
                self._check(session)
            except Refused as refused:
                await PlainTextResponse(str(refused), 401)(scope, receive, send)
                return
        await self.app(scope, receive, send)

    def _check(self, session: str) -> None:
        """Raises Refused where files are not for the user of a session to bring."""
        found = runtime.get_instance()._session_mgr.get_session_info(session)
        if self.access.require == "oidc":
            sign_in.claimed({} if found is None else _claims(found.session), self.access)
        if found is None or not rights.of(found.session.session_state).may_upload:
            raise Refused("Files are brought by heads.")


class LimitedUploads:
    """Uploads up to a total for each session; Streamlit limits only the size of each file."""

    def __init__(self, app: Application) -> None:
        self.app = app
        self.arriving: Counter[str] = Counter()  # bytes by session

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive,
                       send: Send) -> None:
        """Refuse a file that does not fit any more; pass on all other requests."""
        if not (session := _uploading_session(scope)):
            await self.app(scope, receive, send)
            return
        length = Headers(scope=scope).get("content-length", "")
        size = int(length) if length.isdecimal() else limits.FILE  # at most, where nothing says so
        try:
            limits.check_uploads([*_uploaded(session), self.arriving[session], size])
        except TooLarge as error:
            await PlainTextResponse(str(error), 413)(scope, receive, send)
            return
        self.arriving[session] += size
        try:
            await self.app(scope, receive, send)
        finally:
            self.arriving[session] -= size
            self.arriving += Counter()  # only what is above nought stays


def _uploading_session(scope: MutableMapping[str, Any]) -> str:
    """The session for which a request uploads a file; "" for any other request."""
    if scope["type"] != "http" or scope["method"] not in ("PUT", "POST"):
        return ""
    upload = re.search(r"/_stcore/upload_file/([^/]+)/", scope["path"])
    return upload[1] if upload else ""


def _uploaded(session: str) -> list[int]:
    """The sizes of the files that a session has uploaded."""
    manager = runtime.get_instance().uploaded_file_mgr
    assert isinstance(manager, MemoryUploadedFileManager)
    return [len(file.data) for file in list(manager.file_storage.get(session, {}).values())]


def _claims(session: AppSession) -> Mapping[str, object]:
    """What the provider said of the user of a session. Raises Refused before a sign-in."""
    if not session._user_info.get("is_logged_in"):
        raise Refused("Sign in to bring files.")
    return dict(session._user_info)
