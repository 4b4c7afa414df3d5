"""Who gets a file that was made for somebody, by its address alone."""

import json
from datetime import UTC, datetime

import pytest
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from orgdata.model.access import Access
from orgdata.serve import app, media
from orgdata.serve.sign_ins import SIGN_IN
from tests import apart

ADA = {"email": "ada@x", "email_verified": True, "is_logged_in": True}


def answered(cookie, path="/media/x.pdf", require="oidc"):
    """The status of a request with a cookie."""
    sent = []

    async def behind(scope, receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": path, "headers": [(b"cookie", cookie.encode("latin-1"))]}
    apart.run(media.SignedInMedia(behind, Access(require))(scope, None, send))
    return sent[0]["status"]


def signed(hours, **claims):
    said = {"iat": datetime.now(UTC).timestamp() - 3_600 * hours, **ADA, **claims}
    value = create_signed_value(get_cookie_secret(), SIGN_IN, json.dumps(said))
    return f"{SIGN_IN}={value.decode('latin-1')}"


@pytest.mark.parametrize(("cookie", "status"), [
    ("", 401), (f"{SIGN_IN}=x", 401), (signed(1), 200), (signed(1)[:-2], 401), (signed(13), 401),
    (signed(1, is_logged_in=False), 401), (signed(1, email_verified=False), 401), (signed(1)[:-1] + "~", 401)])
def test_a_file_is_for_those_who_are_signed_in(cookie, status):
    assert answered(cookie) == status
    assert answered(cookie, "/portfolio/media/x.pdf") == status
    assert answered(cookie, "/gaps") == answered(cookie, require="header") == 200
    assert media.SignedInMedia in [layer.cls for layer in app._user_middleware]
