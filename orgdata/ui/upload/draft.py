"""Files that are being brought in, with what was answered about them: kept while the tab is open.

They stand beside the widgets, whose state ends when somebody looks at another page.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from orgdata import formats
from orgdata.model.settings import FILE_NAME, Settings, SettingsError
from orgdata.sources import settings_in_files
from orgdata.sources.limits import TooLarge, check_uploads
from orgdata.ui.shell.escape import md
from orgdata.upload.files import Upload, free_name
from orgdata.upload.renames import Renamed
from orgdata.upload.same_entity import SameEntity, joined

TYPES = ("csv", "tsv", "txt", "xlsx", "zip", "toml")
# Session state: the draft, why files were not taken, and how often the field was emptied
_DRAFT, _REFUSED, _ROUND = "bring_draft", "bring_refused", "bring_round"


@dataclass(frozen=True)
class Draft:
    """The files so far and how they are read."""

    files: Mapping[str, bytes]
    at: datetime
    settings: Settings = field(default_factory=Settings)  # with every answer given on the page
    own_settings: bool = False  # whether these came with the files, so that no other counts
    compared: bool = False  # whether sources of the same layout were looked for
    like: str | None = None  # the saved source whose answers are taken
    base: str | None = None  # the saved source that they update
    keep_gone: bool = False  # whether what the files no longer tell of stays
    renames: Mapping[Renamed, bool] = field(default_factory=dict)  # those offered, with the answer
    merged: tuple[object, Upload] | None = None  # with the files they update, and what of
    joined: tuple[SameEntity, ...] = ()  # ids that are one, as somebody says
    answered: frozenset[str] | None = None  # keys of questions answered before; None: not read yet
    shown: tuple[str, ...] = ()  # keys of questions in the order in which they were first shown

    @property
    def upload(self) -> Upload:
        """The files as one upload, without those that they update."""
        return Upload(self.files, joined(self.settings, self.joined), self.at)


def current() -> Draft | None:
    """The files that are being brought in; None before there are any."""
    return st.session_state.get(_DRAFT)


def change(**changes: Any) -> Draft:
    """Change the draft; returns it as it is now."""
    st.session_state[_DRAFT] = replace(st.session_state[_DRAFT], **changes)
    return st.session_state[_DRAFT]  # type: ignore[no-any-return]


def answer(key: str, option: str) -> None:
    """Note the answer to a question."""
    settings = st.session_state[_DRAFT].settings
    change(settings=replace(settings, answers={**settings.answers, key: option}))


def forget() -> None:
    """Forget the files and all answers."""
    st.session_state.pop(_DRAFT, None)


def show_uploader() -> None:
    """Draw the field for files; it is empty again once they are in the draft."""
    key = f"bring_drop_{st.session_state.setdefault(_ROUND, 0)}"
    st.file_uploader("Files", TYPES, accept_multiple_files=True, key=key, on_change=_take,
                     args=(key,), label_visibility="collapsed")


def show_refused() -> None:
    """Show why files were not taken, if they were not."""
    if refused := st.session_state.pop(_REFUSED, None):
        st.error(md(refused), icon=":material/error:")


def _take(key: str) -> None:
    """Take the files of the field into the draft; of the same name they replace those there."""
    given = st.session_state[key]
    uploads = [one for one in given if isinstance(one, UploadedFile)]
    st.session_state[_ROUND] += 1  # a new field, without files
    if lost := len(given) - len(uploads):  # the server was started anew since they were dropped in
        st.session_state[_REFUSED] = (f"{formats.count(lost, 'file')} did not arrive: drop "
                                      f"{'it' if lost == 1 else 'them'} in once more")
    if not uploads:
        return
    draft = current() or Draft({}, datetime.now(UTC))
    names = {_name(one.name) for one in uploads}
    files = {name: content for name, content in draft.files.items() if name not in names}
    try:
        check_uploads([*map(len, files.values()), *(one.size for one in uploads)])
        for one in uploads:
            files[free_name(_name(one.name), files)] = one.getvalue()
        settings = settings_in_files("", files)
    except (TooLarge, SettingsError) as error:
        st.session_state[_REFUSED] = str(error)
        return
    files.pop(FILE_NAME, None)  # what it says is in the settings
    st.session_state[_DRAFT] = replace(
        draft, files=files, compared=False, answered=None, renames={},
        settings=settings or draft.settings,
        own_settings=settings is not None or draft.own_settings)


def _name(name: str) -> str:
    """The name of a file, that of settings whatever a browser made of it: settings (1).toml."""
    return FILE_NAME if name.endswith(".toml") else name
