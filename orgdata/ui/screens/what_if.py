"""The What if page: changes that are tried before they are made, and what they would do."""

from dataclasses import replace

import streamlit as st

from orgdata import formats
from orgdata.edits import Asked, EditError
from orgdata.edits.fixes import WHAT_IFS
from orgdata.edits.scenario import MOST_NAME, Step
from orgdata.store import KeptScenario, Store
from orgdata.ui.alignment_map import page as alignment_map
from orgdata.ui.shell import edited, frame, scenario, selection, store
from orgdata.ui.shell.escape import md
from orgdata.ui.shell.rewording import said
from orgdata.ui.shell.view import View
from orgdata.ui.widgets import adopt_form, downloads, fields, scenario_effects, scenarios, signing
from orgdata.views import what_if
from orgdata.views.edited import Names

_CHOSEN = "beside_chosen"  # session state: tokens of the scenarios beside this one


def show(view: View) -> None:
    """Show the scenario of the address: its changes, what they do, and how to adopt them; without
    one, those there are and the form for a new one."""
    text = edited.text_of(view.loaded)
    if text is None or not isinstance(store.current(), Store):
        _show_why_not(view)
    elif view.scenario is None:
        _show_choice(view)
    else:
        _show_scenario(view, view.scenario, text)
    store.show_write_error()


def _show_why_not(view: View) -> None:
    st.title("What would happen if …?", anchor=False)
    if view.review:
        st.info("A past review is shown as it was. Go back to the present to try a change.",
                icon=":material/history:")
    elif not isinstance(store.current(), Store):
        st.info("Nothing can be kept at present, so no change can be tried here.",
                icon=":material/database_off:")
    else:
        st.info("Save these files first: then changes can be tried on them.",
                icon=":material/save:")
        selection.link("data", "Open the Data page", icon=":material/database:")


def _show_choice(view: View) -> None:
    st.title("What would happen if …?", anchor=False)
    st.markdown("Try a change before it is made: hand over a product, retire one, weigh outcomes "
                "anew. Nothing here counts elsewhere until it is adopted.")
    for kept in reversed(store.scenarios(view.key)):
        count = formats.count(len(kept.scenario.steps), "change")
        selection.link("what_if", f"{kept.scenario.name} ({count}, changed by {kept.by} on "
                       f"{formats.day(kept.at)})", icon=":material/science:",
                       **{scenario.PARAM: kept.token})
    with st.form("new_scenario", border=True):
        st.markdown("**New scenario**")
        left, right = st.columns(2)
        with left:
            name = st.text_input("Name", key="scenario_name", max_chars=MOST_NAME,
                                 placeholder="In a few words")
        with right:
            by = store.my_name("scenario_by")
        if st.form_submit_button("Begin", icon=":material/add:", type=frame.main_button()):
            scenarios.begin(view, name, (), by)
    selection.link("gaps", "Or begin at a gap: what settles it can be tried first",
                   icon=":material/rule:")


def _show_scenario(view: View, kept: KeptScenario, text: edited.Text) -> None:
    head = st.container()
    _show_steps(view, kept)
    store.my_name("scenario_by")
    _show_new_step(view, kept, text)
    _choose_others(view, kept)
    head.title(md(scenario_effects.in_words(view, kept)[0]), anchor=False)
    if not kept.scenario.edits:
        _show_keeping(view, kept)
        return
    scenario_effects.show(view)
    st.subheader("The map with what changes")
    alignment_map.show(view)
    adopt_form.show(view, kept)
    _show_keeping(view, kept)


def _show_steps(view: View, kept: KeptScenario) -> None:
    st.subheader("Changes")
    if not kept.scenario.steps:
        st.markdown("None yet. Add the first one below.")
    waiting, names = scenario_effects.waiting(view, kept.scenario), Names(view.portfolio)
    if sentence := what_if.which_hold(kept.scenario, waiting):
        st.warning(sentence, icon=":material/hourglass_empty:")
    for place, step in enumerate(kept.scenario.steps):
        key = f"{kept.token}_{place}_{kept.id}"
        words = what_if.step(step, names)
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.toggle("Counts", value=step.on, key=f"on_{key}", label_visibility="collapsed",
                      on_change=_switch, args=(kept, place, f"on_{key}"),
                      help="Whether this change counts")
            with st.container(width="stretch", gap="xxsmall"):
                st.markdown(md(words) if step.on else f":gray[{md(words)}]")
                effects = scenario_effects.of_step(view, kept.scenario, place)
                for sentence in (*effects, *scenario_effects.why_waiting(waiting.get(place, ()))):
                    st.caption(md(sentence))
            st.button("Remove", key=f"remove_{key}", icon=":material/close:", type="tertiary",
                      on_click=_remove, args=(kept, place))


def _switch(kept: KeptScenario, place: int, key: str) -> None:
    """Switch a change as its widget says: a browser may report one that nobody touched."""
    on = bool(st.session_state[key])
    if on != kept.scenario.steps[place].on:
        scenarios.change(kept, kept.scenario.switched(place, on))


def _remove(kept: KeptScenario, place: int) -> None:
    scenarios.change(kept, kept.scenario.without_step(place))


def _show_new_step(view: View, kept: KeptScenario, text: edited.Text) -> None:
    """Show the form for one more change: what to do, and to what."""
    key = f"step_{kept.token}_{len(kept.scenario.steps)}"
    with st.container(border=True, gap="small"):
        verb = st.selectbox("What would you do?", list(WHAT_IFS), index=None, key=f"{key}_verb",
                            format_func=lambda one: said(WHAT_IFS[one].label),
                            placeholder="Choose a change", width=440)
        if verb is None:
            return
        asks = WHAT_IFS[verb].asks
        given = fields.show(st.grid(3, min_column_width=190), view.measured, asks, f"{key}_{verb}")
        if st.button("Add this change", icon=":material/add:", key=f"{key}_add",
                     type=frame.main_button()):
            given = signing.signed(view, asks, {}, given, store.known_name())
            if lacking := fields.lacking(asks, given):
                st.error(md(f"Not added: fill in {lacking}."), icon=":material/error:")
            else:
                _add(view, kept, text, verb, {name: one for name, one in given.items() if one})


def _add(view: View, kept: KeptScenario, text: edited.Text, verb: str,
         given: dict[str, str]) -> None:
    """Add a change to the scenario as it is: refused where it makes no sense after the others."""
    now = replace(text, edits=(*text.edits, *kept.scenario.edits)).now(
        view.alignment.as_of.date())
    if verb == "add outcome":
        given = {"outcome_id": now.free_id("outcomes"), **given}
    try:
        edits = Asked(verb, given).edits(now)
        changed = kept.scenario.with_step(Step(verb, given, tuple(edits)))
    except EditError as error:
        st.error(md(f"Not added: {error}."), icon=":material/error:")
        return
    if scenarios.change(kept, changed) is not None:
        st.rerun()


def _choose_others(view: View, kept: KeptScenario) -> None:
    """Let the reader choose other scenarios to see beside this one."""
    others = {one.token: one for one in store.scenarios(view.key) if one.token != kept.token}
    if others:
        names = formats.distinct_labels({token: one.scenario.name
                                         for token, one in others.items()})
        st.session_state[_CHOSEN] = [one.token for one in view.beside]
        st.multiselect("Beside it", list(others), key=_CHOSEN, on_change=_store_others,
                       max_selections=scenario.MOST_BESIDE, placeholder="Other scenarios",
                       format_func=lambda token: names.get(token, token))


def _store_others() -> None:
    selection.set_choice(scenario.BESIDE, ",".join(st.session_state[_CHOSEN]) or None)


def _show_keeping(view: View, kept: KeptScenario) -> None:
    """Show how to pass the scenario on, export, rename and delete it."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        downloads.show(view, ("deck", "workbook"))
        popover = st.popover("Rename or delete", icon=":material/edit:", key="keep_scenario",
                             on_change="rerun")
    st.caption(md(f"Changed last by {kept.by} on {formats.day(kept.at)}. Whoever has the address "
                  "of this page sees the scenario; it cannot be guessed."))
    if not popover.open:
        return
    with popover:
        name = st.text_input("Name", value=kept.scenario.name, max_chars=MOST_NAME,
                             key=f"rename_{kept.token}")
        if st.button("Rename", icon=":material/check:", key=f"do_rename_{kept.token}") and (
                scenarios.change(kept, replace(kept.scenario, name=name)) is not None):
            st.rerun()
        if st.button("Delete", icon=":material/delete:", key=f"delete_{kept.token}") and (
                scenarios.delete(kept)):
            scenario.leave()
            st.rerun()
