"""The link of a letter by which a form was opened: whom it was sent to.

It lets nobody in and gives no right. Where nobody has to sign in, it fills in the name of whom it
was sent to; where somebody did, it says when it was sent to somebody else.
"""

from datetime import UTC, datetime

import pandas as pd
import streamlit as st

from orgdata import formats
from orgdata.access.letter_links import FORMS, PARAM, Form, LinkError, Sent, Signer
from orgdata.model.words import normalise_word
from orgdata.ui.shell import rights, selection, server, sign_in, store
from orgdata.ui.shell.escape import md
from orgdata.ui.shell.view import View

_COUNTS = "letter_link"  # session state: whom the link of this run was sent to, where it counts
_OPENED = "letter_link_opened"  # session state: the link by which a form was opened before


def show(view: View) -> None:
    """Say whom the link in the address was sent to, where there is one, or why that cannot be told
    or does not count. Changes nothing."""
    st.session_state.pop(_COUNTS, None)
    text = st.query_params.get(PARAM)
    if text is None:
        return
    form = _form()
    try:
        if form is None:
            raise LinkError("This link leads to no form: open it from the letter again.")
        sent = _signer(view).read(form, text, datetime.now(UTC).date())
    except LinkError as error:
        if st.session_state.get(_OPENED) == text:  # and its reader went on to another one
            st.query_params.pop(PARAM, None)
            return
        st.warning(md(str(error)), icon=":material/link_off:")
        return
    st.session_state[_OPENED] = text
    if sign_in.name():
        if not _is_reader(sent):
            st.warning(md("This link was sent to somebody else. You are signed in as "
                          f"{sign_in.name()}: what you enter is yours."),
                       icon=":material/link_off:")
        return
    st.session_state[_COUNTS] = sent
    _fill_in(view, sent)


def function() -> str:
    """The function to which the link was sent by which this form was opened, as it is compared;
    "" without such a link, and where it does not count."""
    sent = st.session_state.get(_COUNTS)
    return normalise_word(sent.function) if isinstance(sent, Sent) else ""


def _form() -> Form | None:
    """The form that the address names; None where it names none."""
    page = str(st.session_state.get(selection.PAGE, ""))
    ids = tuple(st.query_params.get(name, "") for name in FORMS.get(page, ()))
    return Form(page, ids) if ids and all(ids) else None


def _signer(view: View) -> Signer:
    """What read the links of the source that is shown. Raises LinkError."""
    try:
        return Signer(server.link_secret(), view.key)
    except LinkError:
        raise LinkError("Whom this link was sent to cannot be told: this dashboard has no secret "
                        "for links.") from None


def _is_reader(sent: Sent) -> bool:
    """Whether a link was sent to who is signed in. Asked of who they are, not of what they are
    shown: to heads it is all the same, and shown to them as one."""
    reader = rights.current()
    if sent.function:
        return bool(reader.speaks_for(pd.Series([sent.function], dtype="str")).any())
    return sent.person in reader.theirs.persons


def _fill_in(view: View, sent: Sent) -> None:
    """Have the forms filled in with the name of whom a link was sent to, and say so."""
    if sent.function:
        st.caption(":material/mail: " + md(
            "By a link that was sent to "
            f"{formats.sentence_case(sent.function.replace('_', ' '))}: an answer to this is noted "
            "as given by it."))
        return
    people = view.portfolio["people"]
    names = people["name"][people["person_id"] == sent.person].dropna()
    if len(names):
        store.suggest_name(str(names.iloc[0]))
        st.caption(":material/mail: " + md(
            f"By a link that was sent to {names.iloc[0]}: entries carry that name, as one that is "
            "only said."))
