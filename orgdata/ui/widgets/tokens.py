"""The tokens by which other programs read the server's own source: made, listed and revoked."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pandas as pd
import streamlit as st

from orgdata import formats
from orgdata.access.rights import OWN_ROLES
from orgdata.model.access import ROLES, Role
from orgdata.model.settings import SettingsError
from orgdata.sources import SourceError
from orgdata.store import Store, Token, source_key
from orgdata.store.names import MOST_TITLE
from orgdata.tabular.select import iter_rows
from orgdata.ui.shell import frame, rights, server, source, store
from orgdata.ui.shell.escape import md
from orgdata.ui.widgets import tables

_DAYS = {30: "30 days", 90: "90 days", 365: "A year"}
_ROLES: dict[Role, str] = {"head": "Head", "leadership": "Leadership", "pm": "Product manager",
                           "partner": "Partner", "viewer": "Viewer"}
_COLUMNS = {"what": "For", "state": "State", "sees": "Sees what is shown to",
            "until": "Until", "used": "Last used (UTC)", "by": "Made by"}


def show() -> None:
    """Show to heads in a fold which tokens there are, with the forms that make and revoke one."""
    if not rights.current().all or not isinstance(store.current(), Store):
        return
    st.subheader("Access for other programs")
    st.markdown("With a token a script, a spreadsheet or an assistant reads what a role may see, "
                "at `/api/v1/` and `/mcp` of this dashboard. Nothing answers there before the "
                "first one is made.")
    fold = st.expander("Tokens", key="tokens", on_change="rerun", icon=":material/key:")
    if not fold.open:
        return
    with fold:
        _show_form()
        made = store.read(lambda open_store: open_store.tokens(_key())) or []
        store.show_write_error()
        _show_list(made)


def _key() -> str:
    return source_key(server.source_name())


@dataclass(frozen=True)
class _Asked:
    """What is filled in."""

    what: str
    role: Role
    person: str | None
    function: str | None
    days: int


def _show_form() -> None:
    """Show the form that makes a token, and the token that was made: this once."""
    role = st.selectbox("It sees what is shown to", ROLES[::-1], key="token_role",
                        format_func=lambda one: _ROLES[one])
    with st.form("token_form", border=False):
        managers = _managers() if role == "pm" else {}
        person = st.selectbox("Product manager", list(managers), index=None, key="token_person",
                              format_func=lambda one: managers.get(one, one)
                              ) if role == "pm" else None
        function = st.text_input("The function they speak for", key="token_function",
                                 max_chars=MOST_TITLE, placeholder="Sales"
                                 ).strip() if role == "partner" else None
        what = st.text_input("What it is for", key="token_what", max_chars=MOST_TITLE,
                             placeholder="Quarterly spreadsheet").strip()
        days = st.selectbox("It counts for", list(_DAYS), index=1, key="token_days",
                            format_func=lambda one: _DAYS[one])
        by = store.my_name("token_by")
        if st.form_submit_button("Make a token", icon=":material/key:", type=frame.main_button()):
            _make(_Asked(what, role, person, function or None, days), by)


def _make(asked: _Asked, by: str) -> None:
    now = datetime.now(UTC)
    made = store.write(lambda open_store: open_store.make_token(Token(
        _key(), asked.what, asked.role, by, now, now + timedelta(days=asked.days),
        person=asked.person, function=asked.function)))
    if made:
        st.success("Copy it now, and keep it as you keep a password: it is not shown again.",
                   icon=":material/key:")
        st.code(made[1], language=None, wrap_lines=True)
        st.caption(f"A calendar subscribes to /calendar/{made[1]}.ics behind the address of this "
                   "dashboard: reviews, ends of cycles, and what is due. It may lag a day.")


def _managers() -> dict[str, str]:
    """The names of product managers and deputies of the server's own source by their ids."""
    try:
        portfolio = source.current().portfolio
    except (SourceError, SettingsError):
        return {}
    rows, people = portfolio["assignments"], portfolio["people"]
    ids = rows["person_id"][rows["role"].isin(OWN_ROLES)]
    people = people[people["person_id"].isin(ids)].sort_values("name")
    return formats.distinct_labels(dict(iter_rows(
        people["person_id"], people["name"].fillna(people["person_id"]))))


def _show_list(made: list[Token]) -> None:
    if not made:
        st.caption("None was made yet.")
        return
    now = datetime.now(UTC)
    tables.show(_rows(made, now), "token_rows", "The tokens, the newest first", _COLUMNS)
    count = {one.id: f"{one.what} ({_ROLES[one.role]}, made by {one.author})"
             for one in made if one.counts(now)}
    if not count:
        return
    with st.popover("Revoke one", icon=":material/key_off:"), st.form("revoke_token", border=False):
        chosen = st.selectbox("Which", list(count), index=None, key="token_revoked",
                              format_func=lambda one: count.get(one, ""))
        by = store.my_name("token_revoked_by")
        st.markdown(md("Whatever uses it is refused from then on."))
        if st.form_submit_button("Revoke it") and chosen is not None and store.write(
                lambda open_store: _revoked(open_store, chosen, by)):
            store.note_saved("Revoked: it lets nobody in any more.")
            st.rerun()


def _revoked(open_store: Store, token_id: int, by: str) -> bool:
    open_store.revoke_token(token_id, by, datetime.now(UTC))
    return True


def _rows(made: list[Token], now: datetime) -> pd.DataFrame:
    names = _managers()
    return pd.DataFrame([{
        "what": one.what, "sees": _seen_by(one, names), "by": one.author,
        "until": formats.day(one.until), "used": _moment(one.used_at), "state": _state(one, now),
    } for one in reversed(made)], columns=list(_COLUMNS), dtype="str")


def _seen_by(token: Token, names: dict[str, str]) -> str:
    whose = names.get(token.person, token.person) if token.person else token.function
    return f"{_ROLES[token.role]}: {whose}" if whose else _ROLES[token.role]


def _moment(at: datetime | None) -> str:
    return f"{at:%Y-%m-%d %H:%M}" if at else "never"


def _state(token: Token, now: datetime) -> str:
    if token.revoked_at:
        return f"revoked by {token.revoked_by} on {formats.day(token.revoked_at)}"
    return "counts" if token.counts(now) else "expired"
