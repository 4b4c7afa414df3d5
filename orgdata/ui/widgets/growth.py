"""The private tab of My product: where somebody wants to grow, for themselves. What others share
with them, and for heads how often a heading is chosen, stands below.

No figure, chart or comparison of a person is made here, and nothing is cached: what a cache holds
by its key would say who looked at which area.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

import streamlit as st

from orgdata import formats
from orgdata.exports import growth_sheet
from orgdata.private import Area, AreaError, Growth, Private, PrivateError
from orgdata.private.areas import HEADINGS, MOST_AREAS, MOST_TEXT
from orgdata.ui.shell import private, rights, sign_in, source
from orgdata.ui.shell.escape import bullets, md
from orgdata.ui.shell.rewording import in_our_words
from orgdata.ui.shell.view import View
from orgdata.ui.widgets import growth_form
from orgdata.views import growth

_HTML = "text/html"


@dataclass(frozen=True)
class _Found:
    """What the private database holds for one reader."""

    own: Growth | None
    shared: Sequence[Growth]
    counts: Sequence[str] | None  # None: not for them


def show(view: View) -> None:
    """Show what the reader keeps for themselves; else why nothing is kept, and a form for home."""
    st.title("My growth", anchor=False)
    if not sign_in.address():
        _show_form_for_home(
            "What you write here is about you, and for you alone. Nobody has to sign in to this "
            "dashboard, so it cannot know who you are, and whoever opens this page would read it. "
            "So nothing is kept here.")
        return
    if not private.is_there():
        _show_form_for_home(
            "What you write here is kept apart from everything else, encrypted, in a database of "
            "its own. Nobody has set one up: who runs the dashboard names it in "
            "`ORGDATA_PRIVATE`. Until then nothing is kept here.")
        return
    try:
        found = private.read(partial(_find, view))
    except PrivateError as error:
        st.error(f"What you keep here cannot be shown: {md(error)}.", icon=":material/lock:")
        private.show_write_error()
        _show_delete()
        return
    _show_own(view, found.own.areas if found.own else ())
    _show_shared(found.shared)
    if found.counts is not None:
        _show_counts(found.counts)
    if found.own:
        _show_delete()


def _find(view: View, database: Private, address: str) -> _Found:
    reports = growth.reports_of(address, source.people())
    counts = growth.counted(database.counts(date.today(), address)) if view.rights.all else None
    return _Found(database.of(address), database.shared_with(address, reports), counts)


def _show_form_for_home(why: str) -> None:
    st.markdown(why)
    st.download_button("A form to fill at home", partial(growth_sheet.form, date.today()),
                       "my-growth.html", _HTML, key="growth_form", on_click="ignore",
                       icon=":material/download:")
    st.caption("It is one file that opens in a browser. What you fill in stays with you.")


def _show_own(view: View, areas: Sequence[Area]) -> None:
    manager = growth.manager_of(sign_in.address(), source.people())
    st.markdown("For you alone: encrypted, in a database of its own. No page, document, figure or "
                "log holds any of it. " + (
                    f"{md(manager[0])}, your manager, sees an area only while you share it."
                    if manager else "The data do not say who your manager is, so there is nobody "
                                    "to share it with."))
    private.show_write_error()
    if not areas:
        st.markdown("Choose three areas at most: for each two words on where you are, one action "
                    "with a day, and where you can practise it.")
    for area in areas:
        with st.container(border=True):
            _show_area(area, _seen_by(area, manager))
            with st.container(horizontal=True, gap="small"):
                growth_form.show_change(view, area)
                _show_sharing(area, manager)
                st.button("Delete", icon=":material/delete:", key=f"growth_delete_{area.area}",
                          on_click=_take_out, args=(area.area,), type="tertiary")
    with st.container(horizontal=True, gap="small"):
        if len(areas) < MOST_AREAS:
            growth_form.show_new(view, areas)
        _show_talk(areas)
    if len(areas) == MOST_AREAS:
        st.caption("Three areas are chosen: delete one to choose another.")


def _show_area(area: Area, seen_by: str = "") -> None:
    """Show an area: the texts are somebody's own, so that no word of them is said otherwise."""
    kind = area.kind
    action = "none with a day yet" if area.by is None else (
        f"{area.action} (by {formats.day(area.by)}"
        f"{', which is past' if area.by < date.today() else ''})")
    said = {"Action": action, "Where I can practise it": area.practise, "Seen by": seen_by}
    with in_our_words():
        st.markdown(f"**{md(kind.name)}**  \n:small[{md(HEADINGS[kind.heading])} · "
                    f"{md(kind.question)}]")
        st.markdown("\n".join([f"{md(growth.words(area))}\n", *(
            f"- **{name}:** {md(text)}" for name, text in said.items() if text)]))


def _seen_by(area: Area, manager: tuple[str, str] | None) -> str:
    if manager and area.shared_with == manager[1]:
        return f"you, and {manager[0]}, your manager"
    return "you alone" if not area.shared_with else (
        "you alone: you shared it with somebody who is not your manager now")


def _show_sharing(area: Area, manager: tuple[str, str] | None) -> None:
    """Show the button that changes who sees an area."""
    if area.shared_with:
        st.button("Stop sharing it", key=f"growth_unshare_{area.area}", on_click=_share,
                  args=(area.area, ""), icon=":material/visibility_off:")
    elif manager:
        st.button(f"Share it with {md(manager[0])}", key=f"growth_share_{area.area}",
                  on_click=_share, args=(area.area, manager[1]), icon=":material/visibility:",
                  help="All that stands in this area, until you stop sharing it.")


def _share(key: str, to: str) -> None:
    """Share an area with the manager of an address, whom the button named, or with nobody ("")."""
    def change(database: Private, address: str) -> None:
        manager = growth.manager_of(address, source.people())
        if to and (manager is None or manager[1] != to):
            raise AreaError("the data name somebody else as your manager by now, so it is shared "
                            "with nobody new")
        database.change(address, sign_in.name(), partial(growth_form.shared, key, to),
                        date.today())

    private.write(change)


def _take_out(key: str) -> None:
    private.write(lambda database, address: database.change(
        address, sign_in.name(), lambda areas: [one for one in areas if one.area != key],
        date.today()))


def _show_talk(areas: Sequence[Area]) -> None:
    """Show what makes the page to print for a talk about a next role; the role is not kept."""
    popover = st.popover("Prepare the talk", icon=":material/print:", key="growth_talk",
                         on_change="rerun")
    if not popover.open:
        return
    with popover:
        st.markdown("A page to print for a talk with your manager about a next role: what you "
                    "chose here, and six questions with room to write.")
        role = st.text_input("The role you have in mind (optional, not kept)", key="growth_role",
                             max_chars=MOST_TEXT)
        st.download_button("Page to print", _made(partial(
            growth_sheet.talk, role, tuple(areas), date.today())), "talk.html", _HTML,
            key="growth_talk_page", on_click="ignore", icon=":material/download:")
        st.markdown(bullets(growth.QUESTIONS))


def _made(make: Callable[[], bytes]) -> Callable[[], bytes]:
    """What makes a page as long as the sign-in counts, and the rights are those it was drawn with;
    that is not noted anywhere."""
    still_counts = rights.lasting()

    def made() -> bytes:
        still_counts()
        return make()

    return made


def _show_shared(shared: Sequence[Growth]) -> None:
    if not shared:
        return
    st.subheader("Shared with you")
    st.caption("Only they and you see this, as their manager, until they stop sharing it.")
    names = growth.reports_of(sign_in.address(), source.people())
    for one in shared:
        st.markdown(f"**{md(names.get(one.address, one.address))}**")
        for area in one.areas:
            with st.container(border=True):
                _show_area(area)


def _show_counts(counts: Sequence[str]) -> None:
    st.subheader("What people choose")
    st.markdown(bullets(counts) if counts else "Fewer than five people chose something under any "
                                               "one heading.")
    st.caption("Of everybody but you, whatever is filtered, as of the first of the month. Counted "
               "by fives; fewer than five are not shown, so that no count tells of anybody.")


def _show_delete() -> None:
    popover = st.popover("Delete all of it", icon=":material/delete_forever:",
                         key="growth_delete_all", type="tertiary", on_change="rerun")
    if popover.open:
        with popover:
            st.markdown("All that you keep here goes at once, and cannot be brought back.")
            st.button("Delete everything I keep here", key="growth_delete_everything",
                      on_click=_delete_all)


def _delete_all() -> None:
    private.write(Private.delete)
