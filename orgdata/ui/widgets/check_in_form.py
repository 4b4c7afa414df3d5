"""The weekly check-in: all key results of a product in one form, by keyboard."""

from collections.abc import Collection

import streamlit as st

from orgdata import formats
from orgdata.access.editing import may_change
from orgdata.edits import Edit, EditError
from orgdata.edits.check_ins import check_in
from orgdata.edits.others import checked
from orgdata.tabular.select import iter_rows
from orgdata.ui.shell import edited, store
from orgdata.ui.shell.cache import cached
from orgdata.ui.shell.escape import md
from orgdata.ui.shell.view import Measured, View
from orgdata.ui.widgets import corrections, fix_form, proposals, saving, scenarios
from orgdata.views.key_results import result_rows

MOST = 30  # key results in one form
_WIDTHS = [0.4, 0.15, 0.2, 0.25]
_FIELDS = {"value": "Value today", "confidence": "Confidence 0–10", "note": "Note"}


def show(view: View, product_id: str) -> None:
    """Show the check-in of a product's key results in a fold, where they can be corrected."""
    theirs = may_change(view.rights, {"product_id": product_id}, view.portfolio)
    if not fix_form.can_correct(view) or not (theirs or view.rights.may_propose) or not (
            rows := _asked(view.measured, product_id)):
        return
    fold = st.expander(f"{'Weekly' if theirs else 'Propose a'} check-in: "
                       f"{formats.count(len(rows), 'key result')}",
                       icon=":material/edit_note:", key=f"check_in_{product_id}",
                       on_change="rerun")
    if fold.open:
        with fold:
            _show_form(view, product_id, rows, theirs)
            _show_made(view, product_id, rows)
    saving.show(view, f"check_in_{product_id}")
    store.show_write_error()


def show_one(view: View, product_id: str, kr_id: str) -> bool:
    """Show the check-in of one key result of a product, unfolded; False where there is none that
    the reader may give, or propose."""
    theirs = may_change(view.rights, {"product_id": product_id}, view.portfolio)
    asked = _asked(view.measured, product_id, kr_id)
    if not fix_form.can_correct(view) or not asked or not (theirs or view.rights.may_propose):
        return False
    _show_form(view, product_id, asked, theirs)
    _show_made(view, product_id, asked)
    saving.show(view, f"check_in_{product_id}")
    store.show_write_error()
    return True


def _show_made(view: View, product_id: str, asked: Collection[str]) -> None:
    """Show the check-ins of some key results that were given here."""
    corrections.show_some(view, [
        one for one in corrections.made(view)
        if one.edit.table == "check_ins" and one.edit.key.get("kr_id") in asked],
        f"check_ins_{product_id}")


def _show_form(view: View, product_id: str, rows: dict[str, tuple[str, str]],
               theirs: bool) -> None:
    text = edited.text_of(view.loaded)
    if text is None:
        return
    day = view.alignment.as_of.date()
    saving.note_seen(f"check_in_{product_id}", text, view)
    turn = saving.turn(f"check_in_{product_id}")
    with st.form(f"check_in_form_{product_id}", border=False):
        st.caption(f"As of {formats.day(day)}. What you leave blank stays as it is.")
        given = {kr_id: _fields(f"check_in_{kr_id}_{turn}", title, way)
                 for kr_id, (title, way) in rows.items()}
        name = store.my_name(f"check_in_by_{product_id}")
        why = proposals.ask_why(f"check_in_{product_id}", theirs)
        sent, tried = proposals.submit(view, theirs, "Save the check-in")
        if not sent and not tried:
            return
    things, refused, now = list[list[Edit]](), list[str](), text.now(day)
    for kr_id, texts in given.items():
        if any(texts):
            try:
                things.append(check_in(now, kr_id, *texts))
            except EditError as error:
                refused.append(str(error))
    try:
        checked(now, [edit for edits in things for edit in edits])
    except EditError as error:
        refused.append(str(error))
    if refused or not things:
        st.error(md(f"Not saved: {'; '.join(refused) or 'nothing is filled in'}."),
                 icon=":material/error:")
    elif tried:
        scenarios.try_first(view, "Check in", things, name)
    elif saving.save(view, things, name, f"check_in_{product_id}") if theirs else (
            proposals.propose(view, "A check-in", [edit for edits in things for edit in edits],
                              name, f"check_in_{product_id}", None, why)):
        st.rerun()


def _fields(key: str, title: str, way: str) -> tuple[str, ...]:
    """The three fields of a key result. Their labels are read aloud, and stand in blank ones."""
    about, *columns = st.columns(_WIDTHS, vertical_alignment="center")
    about.markdown(f"{md(title)}  \n:small[{md(way)}]")
    return tuple(column.text_input(
        md(f"{title}: {label}"), key=f"{key}_{what}", label_visibility="collapsed",
        placeholder=label).strip() for column, (what, label) in zip(
            columns, _FIELDS.items(), strict=True))


@cached
def _asked(measured: Measured, product_id: str, kr_id: str | None = None
           ) -> dict[str, tuple[str, str]]:
    """The key results of a product, or the one of an id: by id the title, and what it stands at
    and aims for."""
    rows = result_rows(measured.alignment.of_product(product_id, "key_results"))
    rows = rows.head(MOST) if kr_id is None else rows[rows["kr_id"] == kr_id]
    return {kr_id: (title, way) for kr_id, title, way in iter_rows(
        rows["kr_id"], rows["title"], rows["way"])}
