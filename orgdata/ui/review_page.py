"""The weekly review: headlines with change, exceptions, to-dos, roadblocks, decisions."""

from datetime import UTC, datetime, timedelta

import pandas as pd
import streamlit as st

from orgdata import formats
from orgdata.changes import Changes, compare
from orgdata.changes.sentences import sentences
from orgdata.store import Decision, Snapshot
from orgdata.ui import choose, gap_list, memory, review_view, state_form, tables
from orgdata.ui.escape import md
from orgdata.ui.keep import kept
from orgdata.ui.marks import SEVERITIES as MARKS
from orgdata.ui.view import View


def show(view: View) -> None:
    """The same layout every week."""
    before = _before(view)
    if before:
        _changed(view, before)
    else:
        st.info("There is no earlier snapshot to compare with. Keep one at the end of this "
                "meeting; next week opens with what changed.", icon=":material/history:")
    _exceptions(view)
    _decisions(view)
    _roadblocks(view)
    st.subheader("What we do not know")
    for line in review_view.unknowns(view.alignment, view.gaps):
        st.markdown(f"- {md(line)}")
    st.caption(md(review_view.on_track(view.alignment)))
    snapshot(view)


def _before(view: View) -> Snapshot | None:
    day = view.alignment.as_of.date()
    earlier = [one for one in memory.snapshots(view.key, day) if one.day < day]
    if not earlier:
        return None
    by_id = {one.id: one for one in earlier}
    chosen = st.selectbox(
        "Compared with", list(by_id)[::-1], key="since", bind="query-params",
        format_func=lambda number: f"{formats.day(by_id[number].day)} (snapshot {number})")
    return by_id[chosen]


def _changed(view: View, before: Snapshot) -> None:
    changes = kept(view, f"changes\n{before.id}", lambda: _compared(view, before))
    lines = kept(view, f"changes\n{before.id}\nsaid", lambda: sentences(changes))
    st.markdown(f"#### {md(lines[0])}")
    with st.grid(5, min_column_width=140):
        for label, (value, moved) in review_view.deltas(changes).items():
            st.metric(md(label), md(value), moved, delta_color="off", border=True)
    st.subheader("What changed")
    for line in lines[1:]:
        st.markdown(f"- {md(line)}")
    if not lines[1:]:
        st.markdown("Nothing else.")


def _compared(view: View, before: Snapshot) -> Changes:
    alignment, gaps = memory.as_it_was(before)
    return compare(alignment, gaps, view.alignment, view.gaps)


def _exceptions(view: View) -> None:
    st.subheader("Exceptions")
    history = memory.history(view.key, view.alignment.as_of.date())
    rows = review_view.exceptions(view.gaps, history, view.alignment.as_of.date())
    if not len(rows):
        st.markdown("Nothing critical or high is open.")
    for row in rows.head(review_view.MOST_EXCEPTIONS).to_dict("records"):
        _exception(view, pd.Series(row))
    if (left := len(rows) - review_view.MOST_EXCEPTIONS) > 0:
        st.caption(f"{left:,} more are critical or high.")
    for one in view.gaps.patterns:
        gap_list.pattern(view, one, view.gaps.rows)
    choose.link("gaps", f"All {len(view.gaps.rows):,} gaps", icon=":material/rule:")


def _exception(view: View, row: pd.Series) -> None:
    text, more = st.columns([0.84, 0.16], vertical_alignment="center")
    owner = row["who"] if formats.is_unknown(row["owner"]) else f"Owner: {row['owner']}"
    since = "" if formats.is_unknown(row["since"]) else f" since {formats.day(row['since'])}"
    due = "" if formats.is_unknown(row["due"]) else f"due {formats.day(row['due'])}"
    parts = [owner, *filter(None, (f"{row['state']}{since * (row['state'] == 'open')}", due))]
    text.markdown(f"{md(MARKS[row['severity']])} · **{md(review_view.question(row))}** "
                  f"{md(row['message'])}  \n:small[{md(row['next_step'])} "
                  f"*{md(' · '.join(parts))}*{md(gap_list.stake_words(view, row['at_stake']))}]")
    with more:
        choose.link("gaps", "Evidence", gap=str(row["key"]))
        with st.popover("Take up", key=f"take_up_{row['key']}", on_change="rerun") as popover:
            if popover.open:
                state_form.show(view, str(row["key"]))


def _decisions(view: View) -> None:
    st.subheader("Decisions and to-dos")
    day = view.alignment.as_of.date()
    key = view.key
    made = memory.asked(lambda store: store.decisions(key, open_on=day))
    if made is None:
        return
    name = memory.my_name()
    for one in made:
        _open_decision(one, name, late=one.due is not None and one.due < day)
    with st.form("decide", clear_on_submit=True, border=True):
        text = st.text_input("What was decided, or is to be done?", key="decide_text")
        left, right = st.columns(2)
        owner = left.text_input("Who does it", key="decide_owner")
        due = right.date_input("By when", value=day + timedelta(days=7), key="decide_due",
                               format="YYYY-MM-DD")
        if st.form_submit_button("Record", icon=":material/gavel:"):
            entry = memory.write(lambda store: store.decide(Decision(
                key, text, day, name, datetime.now(UTC), owner=owner or None, due=due)))
            if entry:
                st.rerun()
    memory.said()


def _open_decision(one: Decision, name: str, late: bool) -> None:
    text, done = st.columns([0.84, 0.16], vertical_alignment="center")
    parts = [one.owner or "nobody yet", f"by {formats.day(one.due)}" if one.due else "no date",
             f"decided {formats.day(one.made_on)}"]
    text.markdown(f"{'▽ ' if late else ''}**{md(one.text)}**  \n:small[{md(' · '.join(parts))}"
                  f"{' · past its date' if late else ''}]")
    number, day = one.id or 0, datetime.now(UTC).date()
    done.button("Done", key=f"done_{number}", icon=":material/check:", on_click=memory.write,
                args=(lambda store: store.finish(number, day, name, datetime.now(UTC)),))


def _roadblocks(view: View) -> None:
    if not view.portfolio.tracked("roadblocks"):
        return
    st.subheader("Roadblocks, and who can clear them")
    rows = review_view.roadblocks(view.alignment)
    if not len(rows):
        st.markdown("None is open.")
        return
    tables.show(rows, "roadblocks", "Open roadblocks", {
        "who": "Can clear it", "since": {**tables.DAY, "label": "Since"},
        "what": {**tables.WIDE, "label": "What"}, "holds_up": "Holds up"})


def snapshot(view: View) -> None:
    """The button that keeps what is on the screen."""
    key, at = view.key, datetime.now(UTC)
    if st.button("Keep this week as a snapshot", icon=":material/photo_camera:", key="snapshot"):
        taken = memory.write(lambda store: store.take(key, view.alignment, view.gaps, at))
        if taken:
            said = "Kept." if taken.new else "Kept already: nothing is different since."
            st.toast(said, icon=":material/check:")
    memory.said()
