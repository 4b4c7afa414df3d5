"""Tokens of other programs: found by their text only while they count, and nowhere to be read."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from orgdata.store import EntryError, Token
from orgdata.store.audit import signed_in_as
from orgdata.store.forgetting import SOMEBODY
from orgdata.store.tokens import MOST, PREFIX

AT = datetime(2026, 11, 20, 9, tzinfo=UTC)
TOKEN = Token("s", "Spreadsheet", "viewer", "Ada", AT, AT + timedelta(days=90))
MINUTE = timedelta(minutes=1)


def test_a_token_is_found_by_its_text_while_it_counts(store):
    made, text = store.make_token(TOKEN)
    assert text.startswith(PREFIX)
    assert len(text) == len(PREFIX) + 43  # 256 bits
    for at in (AT, TOKEN.until - MINUTE):
        assert store.bearer("s", text, at).id == made.id
    assert store.bearer("s", text, TOKEN.until) is None
    store.revoke_token(made.id, "Kim", AT)
    assert store.bearer("s", text, AT) is None
    (one,) = store.tokens("s")
    assert (one.revoked_by, one.revoked_at, one.role, one.author) == (
        "Kim", AT, "viewer", "Ada (said to be)")


def test_any_other_text_is_nobodys(store):
    _, text = store.make_token(TOKEN)
    for other in ("", PREFIX, text[:-1], f"{text}x", text.swapcase(), f"{text[:-1]}\ud800",
                  "x" * len(text)):
        assert store.bearer("s", other, AT) is None
    assert store.bearer("another source", text, AT) is None


def test_the_text_stands_nowhere_in_the_store(store, address):
    _, text = store.make_token(TOKEN)
    if address.startswith("sqlite"):
        content = Path(address.removeprefix("sqlite:///")).read_bytes()
        assert text.encode() not in content
        assert text.removeprefix(PREFIX).encode() not in content
    assert text not in repr(store.tokens("s"))


def test_its_last_use_is_noted_to_the_minute_and_nothing_shown_depends_on_it(store):
    _, text = store.make_token(TOKEN)
    before = store.revision()
    for at, noted in ((AT, AT), (AT + MINUTE / 2, AT), (AT + MINUTE, AT + MINUTE)):
        store.bearer("s", text, at)
        assert store.tokens("s")[0].used_at == noted
    assert store.revision() == before


def test_there_are_none_before_one_is_made(store):
    assert not store.has_tokens("s")
    store.make_token(TOKEN)
    assert store.has_tokens("s")
    assert not store.has_tokens("another source")


@pytest.mark.parametrize(("changed", "said"), [
    ({"by": " "}, "say who you are"), ({"what": "\u200b"}, "needs a name"), ({"what": "x" * 81}, "at most 80"),
    ({"role": "pm"}, "one person"), ({"person": "H1"}, "one person"), ({"role": "partner"}, "one function"),
    ({"role": "partner", "function": " "}, "one function"), ({"until": AT}, "366 days"),
    ({"role": "partner", "function": "x" * 81}, "at most 80"),
    ({"until": AT + timedelta(days=367)}, "366 days")])
def test_what_lacks_something_is_not_kept(store, changed, said):
    with pytest.raises(EntryError, match=said):
        store.make_token(replace(TOKEN, **changed))
    assert store.tokens("s") == []


def test_only_so_many_count(store):
    made = [store.make_token(TOKEN)[0] for _ in range(MOST)]
    with pytest.raises(EntryError, match="revoke one"):
        store.make_token(TOKEN)
    store.revoke_token(made[0].id, "Ada", AT)
    store.make_token(TOKEN)


def test_it_is_revoked_once(store):
    made, _ = store.make_token(TOKEN)
    store.revoke_token(made.id, "Ada", AT)
    for number, said in ((made.id, "revoked already"), (99, "no token 99")):
        with pytest.raises(EntryError, match=said):
            store.revoke_token(number, "Kim", AT)


def test_that_it_was_made_and_revoked_is_noted(store):
    with signed_in_as("Ada"):
        made, text = store.make_token(TOKEN)
        store.revoke_token(made.id, "Ada", AT)
    assert [(one.by, one.what) for one in store.audit(AT)] == [
        ("Ada", f"token revoked {made.id}"), ("Ada", "token made viewer Spreadsheet")]
    assert text not in repr(store.audit(AT))


def test_who_is_forgotten_is_not_named_in_it(store):
    made, _ = store.make_token(replace(TOKEN, role="pm", person="H1", what="For Ada"))
    store.revoke_token(made.id, "Ada", AT)
    assert store.forget("ada") == {"orgdata_tokens": 1, "orgdata_token_ends": 1}
    assert store.forget("H1") == {"orgdata_tokens": 1}
    (one,) = store.tokens("s")
    assert (one.by, one.what, one.person, one.revoked_by) == (
        SOMEBODY, f"For {SOMEBODY}", SOMEBODY, SOMEBODY)
