"""What only a person knows about the export of another tool, with defaults."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import streamlit as st

from orgdata.sources.recognise import Recognised
from orgdata.sources.vendors import Vendor
from orgdata.sources.vendors.vendor import Choice
from orgdata.ui.shell.escape import md
from orgdata.ui.shell.rewording import said
from orgdata.ui.upload import draft as drafts
from orgdata.ui.upload.draft import Draft


def show(recognised: Sequence[Recognised], draft: Draft) -> None:
    """Show the choices for each tool of which there is an export, once for all its files."""
    origins: dict[str, list[str]] = {}
    vendors: dict[str, Vendor] = {}
    for one in recognised:
        if one.vendor and one.vendor.choices:
            vendors[one.vendor.name] = one.vendor
            origins.setdefault(one.vendor.name, []).append(one.sheet.table.origin)
    for name, vendor in vendors.items():
        st.markdown(f"**{md(vendor.title)}** :small[{md(', '.join(origins[name]))}]")
        _ask(vendor, draft)


def _ask(vendor: Vendor, draft: Draft) -> None:
    given = draft.settings.exports.get(vendor.name, {})
    for choice in vendor.choices:
        key = f"export_{vendor.name}_{choice.name}"
        st.session_state[key] = choice.answer(given)
        st.selectbox(choice.question, list(choice.options), key=key,
                     format_func=partial(_option_said, choice), on_change=_note,
                     args=(vendor, choice.name, key))


def _option_said(choice: Choice, name: str) -> str:
    return said(choice.options[name])


def _note(vendor: Vendor, choice: str, widget: str) -> None:
    draft = drafts.current()
    if draft is None:
        return
    given = {one.name: one.answer(draft.settings.exports.get(vendor.name, {}))
             for one in vendor.choices}
    drafts.change(settings=replace(draft.settings, exports={
        **draft.settings.exports, vendor.name: {**given, choice: st.session_state[widget]}}))
