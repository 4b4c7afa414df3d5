"""Bring your own files: drop them, see what was found, answer a few questions, save."""

from collections.abc import Sequence

import streamlit as st

from orgdata import formats
from orgdata.model.settings import SettingsError
from orgdata.sources import SourceError, confined, vendors
from orgdata.sources.layouts import follow_renamed_sheets
from orgdata.sources.recognise import Recognised, recognise
from orgdata.ui.shell import rewording
from orgdata.ui.shell.escape import md
from orgdata.ui.upload import draft as drafts
from orgdata.ui.upload import (
    exports,
    found,
    preview,
    questions,
    reading,
    same_names,
    save,
    their_columns,
    update,
)
from orgdata.ui.upload.draft import Draft
from orgdata.ui.upload.files import sheets_of
from orgdata.ui.upload.reading import Reading
from orgdata.upload.answers import arrange
from orgdata.upload.template import template_workbook


def show() -> None:
    """Show the steps from files to a portfolio on the screen."""
    confined.prepare()
    drafts.show_refused()
    draft = drafts.current()
    if draft is None or not draft.files:
        _show_start(draft)
        return
    _show_files(draft)
    try:
        read = reading.read(draft)
        recognised = _recognised(read)
    except (SourceError, SettingsError) as error:
        _show_unread(error, draft)
        return
    if read.now.portfolio.counts:
        _show_read(read, recognised)
    else:  # an export with a header and nothing below it
        st.warning(md(f"{read.now.upload.name} holds no record to read: there is nothing to go on "
                      "with."), icon=":material/warning:")


def _show_start(draft: Draft | None) -> None:
    st.markdown("Drop **your own spreadsheets** of products, goals, OKRs and people here, several "
                "at once and just as they are. Nothing is stored before you save.")
    drafts.show_uploader()
    st.caption("Exports of other tools are read too: "
               f"{formats.listed([one.title for one in vendors.vendors()], most=20)}.")
    if draft:
        st.markdown("The settings are read. Upload the files that they belong to.")
    st.download_button("Download a workbook to fill in", template_workbook, "portfolio.xlsx",
                       icon=":material/download:", type="tertiary", key="bring_template",
                       on_click="ignore",
                       help="A sheet for each table, with drop-downs and an example row.")


def _show_files(draft: Draft) -> None:
    """Show the files in one line, with the way to add others or to start again."""
    names = list(draft.files)
    shown = names[0] if len(names) == 1 else formats.count(len(names), "file")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{md(formats.clipped(shown, 60))}**", width="content",
                    help=md(formats.listed(names, most=20)))
        with st.popover("Add files", icon=":material/add:"):
            drafts.show_uploader()
        st.button("Start again", icon=":material/restart_alt:", on_click=drafts.forget,
                  key="bring_again", help="Forgets the files and the answers of this tab.")


def _recognised(read: Reading) -> Sequence[Recognised]:
    upload = read.now.upload
    sheets = sheets_of(upload)
    settings = follow_renamed_sheets(upload.settings, {
        sheet.name: list(sheet.table.frame.columns) for sheet in sheets})
    return recognise(sheets, settings)[0]


def _show_unread(error: Exception, draft: Draft) -> None:
    """Show why the files cannot be read; of their own sheets also the columns, to be corrected."""
    intake = getattr(error, "intake", None)
    if intake is None:
        st.error(md(error), icon=":material/error:")
    else:
        st.warning("We do not see yet what your files list: products, company goals, objectives, "
                   "key results or people. Say below what a few of their columns are.",
                   icon=":material/help:")
        found.show_left_out(intake)
        their_columns.show(intake.columns, drafts.current() or draft, expanded=True)
    save.ask_base(draft)


def _show_read(read: Reading, recognised: Sequence[Recognised]) -> None:
    if rewording.current():
        rewording.keep(draft=preview.of_reading(read))
    intake, draft = read.now.portfolio.intake, read.draft
    if draft.like and not draft.own_settings:
        st.caption(f"Same layout as “{md(draft.like)}”: read as it was read last time.")
    found.show(read.now.portfolio, recognised)
    found.show_left_out(intake)
    left, right = st.columns([4, 7], gap="medium")
    with left, st.container(gap="xsmall"):
        questions.show(arrange(intake, draft.answered or (), draft.shown), draft)
        questions.show_decided(intake.decided)
        exports.show(recognised, draft)
        same_names.show(read.now, draft)
        if read.before:
            update.show(read, read.before)
    with right:
        preview.show(read)
    their_columns.show(intake.columns, draft)
    save.show(read)
