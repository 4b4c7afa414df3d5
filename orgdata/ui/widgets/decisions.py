"""Decisions and to-dos in the weekly review: those done, those open, and the form for new ones."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

import streamlit as st

from orgdata import formats
from orgdata.access.shown import may_see_decision
from orgdata.gaps import reminders
from orgdata.store import Decision, Store
from orgdata.store.entries import MOST_NAME, MOST_TEXT, Duplicate, Kind
from orgdata.ui.shell import store
from orgdata.ui.shell.escape import md
from orgdata.ui.shell.rewording import said
from orgdata.ui.shell.view import View
from orgdata.views import decisions as words
from orgdata.views import what_if
from orgdata.views.vocabulary import DECISION

_KINDS: dict[Kind, str] = {"decision": "Decision", "todo": "To-do"}
_TWICE = "decision_twice"  # session state: a decision that was recorded a moment ago already


def show(view: View, since: date, gap_messages: Mapping[str, str]) -> None:
    """Show the decisions done since a day, those that are open, and the form for a new one.

    `gap_messages`: the gaps that a decision may concern, key → message.
    """
    st.subheader("Decisions and to-dos")
    day = view.alignment.as_of.date()
    decisions = _all(view)
    if decisions is None:
        return
    made_by_then = [decision for decision in _listed(view, decisions) if decision.made_on <= day]
    done = [decision for decision in made_by_then
            if decision.done_on and since < decision.done_on <= day
            and decision.withdrawn is None]
    still_open = [decision for decision in made_by_then if decision.open_on(day)]
    taken_back = words.withdrawn(made_by_then, since)
    if not done and not still_open and not taken_back:
        st.markdown(f"None is open, and none was done since {formats.day(since)}.")
    name = ""
    if not view.read_only:
        with st.container(horizontal=True, vertical_alignment="bottom"):
            name = store.my_name()
            popover = st.popover("Record a decision or to-do", icon=":material/gavel:",
                                 key="decide_popover")
        with popover:
            _show_form(view, name, day, gap_messages)
    for decision in done:
        _show_done(view, decision, name)
    for decision in still_open:
        _show_open(view, decision, name, day)
    for decision in taken_back:
        st.markdown(f"{DECISION['withdrawn'].symbol} {md(decision.text)}  \n:small["
                    f"{md(words.why_withdrawn(decision))}]")
    store.show_write_error()


def _listed(view: View, decisions: Sequence[Decision]) -> Sequence[Decision]:
    """The decisions that pass the filters of the sidebar; says how they narrow the list."""
    if not view.filters:
        return decisions
    listed = words.of_products(decisions, view.gaps, view.alignment, view.products()["product_id"])
    st.caption(md(f"Listed are {len(listed):,} of {len(decisions):,}: those about a gap in "
                  f"{view.filter_label()}, and those about no gap."))
    return listed


def show_one(view: View, decision_id: int) -> None:
    """Show one decision with the buttons that finish or move it, away from the list of all."""
    for decision in _all(view) or []:
        if decision.id == decision_id:
            name = "" if view.read_only else store.my_name(f"decision_by_{decision_id}")
            _show_open(view, decision, name, view.alignment.as_of.date(), "one_")
    store.show_write_error()


def show_asked(view: View, decision_id: int) -> bool:
    """Show one decision that is open; False where there is none of that number."""
    day = view.alignment.as_of.date()
    if not any(one.id == decision_id and one.open_on(day) for one in _all(view) or []):
        return False
    st.title("What became of it?", anchor=False)
    show_one(view, decision_id)
    return True


def show_about(view: View, key: str) -> None:
    """Show the decisions and to-dos about a gap, if there are any."""
    day = view.alignment.as_of.date()
    found = [decision for decision in _all(view) or []
             if decision.gap_key and reminders.about(decision.gap_key) == key]
    if not found:
        return
    st.subheader("Decided about it")
    for decision in found:
        state = decision.state_on(day)
        made = f" · recorded by {decision.author}"
        said = (words.why_withdrawn(decision) if state == "withdrawn" else
                f"done {formats.day(decision.done_on)}, says {decision.done_by}"
                if state == "done" else " · ".join(words.parts(decision, day)))
        st.markdown(f"{DECISION[state].symbol} {md(decision.text)}  \n:small[{md(said + made)}]")


def _all(view: View) -> Sequence[Decision] | None:
    """All decisions as they are now, or as they were when a past review was seen; None without a
    store."""
    if view.review:
        return view.evaluated.evaluation.decisions
    found = store.read(lambda open_store: open_store.decisions(view.key))
    keys = set(view.gaps.rows["key"])
    return found and [one for one in found if may_see_decision(view.rights, one.gap_key, keys)]


def _show_done(view: View, decision: Decision, name: str) -> None:
    text, buttons = st.columns([0.68, 0.32], vertical_alignment="center")
    text.markdown(f"{DECISION['done'].symbol} {md(decision.text)}  \n:small["
                  f"{md(decision.owner or 'nobody named')} · done {formats.day(decision.done_on)}, "
                  f"says {md(decision.done_by)}]{_seen(view, decision)}")
    if view.read_only:
        return
    buttons.button("Not done", key=f"reopen_{decision.id}", type="tertiary", icon=":material/undo:",
                   on_click=store.write, args=(lambda open_store: open_store.reopen(
                       decision.id or 0, name, datetime.now(UTC)),))


def _seen(view: View, decision: Decision) -> str:
    """A line with what a decision expected of the figures, and what they have become."""
    told = what_if.seen(decision.expected or {}, view.alignment.headlines)
    return f"  \n:small[{md(told)}]" if told else ""


def _show_open(view: View, decision: Decision, name: str, day: date, place: str = "") -> None:
    """Show a decision with its buttons; `place` tells those of two places on a page apart."""
    text, buttons = st.columns([0.68, 0.32], vertical_alignment="center")
    late_symbol = f"{DECISION['late'].symbol} " if decision.late_on(day) else ""
    lines = [" · ".join([*words.parts(decision, day), f"recorded by {decision.author}"]),
             words.about(decision, view.gaps, view.alignment),
             what_if.seen(decision.expected or {}, view.alignment.headlines)]
    small = "  \n".join(md(line) for line in lines if line)
    text.markdown(f"{late_symbol}**{md(decision.text)}**  \n:small[{small}]")
    if view.read_only:
        return
    with buttons.container(horizontal=True, gap="small"):
        st.button("Done", key=f"{place}done_{decision.id}", icon=":material/check:",
                  on_click=store.write, args=(lambda open_store: open_store.finish(
                      decision.id or 0, day, name, datetime.now(UTC)),))
        popover = st.popover("Move", key=f"{place}move_{decision.id}", on_change="rerun")
        if popover.open:
            with popover:
                _show_move_form(decision, name, place)
                _show_withdraw_form(decision, name, place)


def _show_move_form(decision: Decision, name: str, place: str) -> None:
    with st.form(f"{place}move_form_{decision.id}", border=False):
        owner = st.text_input("Who does it", (decision.owner or "")[:MOST_NAME],
                              key=f"{place}move_owner_{decision.id}", max_chars=MOST_NAME)
        due = st.date_input("By when", decision.due, key=f"{place}move_due_{decision.id}",
                            format="YYYY-MM-DD")
        if st.form_submit_button("Save", icon=":material/check:") and _move(
                decision, owner, due, name):
            st.rerun()


def _show_withdraw_form(decision: Decision, name: str, place: str) -> None:
    with st.form(f"{place}withdraw_form_{decision.id}", border=False):
        reason = st.text_input("Why it is withdrawn", key=f"{place}withdraw_why_{decision.id}",
                               max_chars=MOST_TEXT)

        def withdraw(open_store: Store) -> bool:
            open_store.withdraw(decision.id or 0, reason, name, datetime.now(UTC))
            return True

        if st.form_submit_button("Withdraw", icon=":material/block:") and store.write(withdraw):
            st.rerun()


def _move(decision: Decision, owner: str, due: date | None, name: str) -> bool:
    def move(open_store: Store) -> bool:
        open_store.move(decision.id or 0, owner.strip() or None, due, name, datetime.now(UTC))
        return True

    return bool(store.write(move))


def _show_form(view: View, name: str, day: date, gap_messages: Mapping[str, str]) -> None:
    with st.form("decide", clear_on_submit=True, border=False):
        text = st.text_input("What was decided, or is to be done?", key="decide_text",
                             max_chars=MOST_TEXT)
        grid = st.grid(2, min_column_width=160)
        owner = grid.text_input("Who does it", key="decide_owner", max_chars=MOST_NAME)
        due = grid.date_input("By when", value=day + timedelta(days=7), key="decide_due",
                              format="YYYY-MM-DD")
        kind: Kind = grid.selectbox("It is a", list(_KINDS), key="decide_kind",
                                    format_func=lambda option: _KINDS[option])
        gap = grid.selectbox("About", list(gap_messages), index=None, key="decide_about",
                             placeholder="No gap", format_func=lambda key: said(gap_messages[key]))
        recorded = st.form_submit_button("Record", icon=":material/gavel:")
    if recorded:
        _record(Decision(view.key, text, day, name, datetime.now(UTC), kind, owner.strip() or None,
                         due, gap))
    if twice := st.session_state.get(_TWICE):
        st.warning(md(f"The same was recorded a moment ago: “{twice.text}”."),
                   icon=":material/group:")
        with st.container(horizontal=True, gap="small"):
            st.button("Record it again", key="decide_again", on_click=_record, args=(twice, True))
            st.button("Leave it", key="decide_leave", type="tertiary",
                      on_click=st.session_state.pop, args=(_TWICE, None))


def _record(decision: Decision, again: bool = False) -> None:
    """Record a decision; where the same one was recorded a moment ago, keep it to ask."""
    def decide(open_store: Store) -> Decision | Duplicate:
        try:
            return open_store.decide(decision, again)
        except Duplicate as duplicate:
            return duplicate

    outcome = store.write(decide)
    st.session_state[_TWICE] = decision if isinstance(outcome, Duplicate) else None
    if isinstance(outcome, Decision) and not again:
        st.rerun()
