"""The sidebar: source, as-of date, search and filters, all kept in the URL across pages."""

from dataclasses import dataclass
from datetime import date, timedelta

import streamlit as st

from orgdata import formats
from orgdata.access import Rights
from orgdata.model.labels import HIDDEN, ROLE
from orgdata.ui.shell import past_review, rewording, scenario, selection, source
from orgdata.ui.shell.cache import cached
from orgdata.ui.shell.escape import md
from orgdata.ui.shell.loaded import Loaded
from orgdata.ui.shell.seen import seen
from orgdata.ui.shell.view import Evaluated, Filters, Measured, View
from orgdata.ui.upload import tab_source
from orgdata.views.portfolio import source_name
from orgdata.views.search import find

_CHOSEN, _SHOWN = "as_of_chosen", "as_of_shown"  # session state: by whom, and what the address says
_LONGEST = 200  # characters of a search; only browsers keep to it by themselves


def draw(loaded: Loaded, theirs: Rights) -> View:
    """Draw the sidebar; returns the view of the page by what is chosen there, of which is shown
    what these rights allow."""
    if past := past_review.asked(loaded.key):
        return _draw_past(past, loaded.key, theirs)
    st.markdown(f"**{md(source_name(loaded.portfolio.source))}**  \nread "
                f"{loaded.read_at.astimezone():%-d %b, %H:%M}")
    day = _choose_day(loaded.default_day)
    if day != loaded.default_day:
        st.caption("Check-ins and dated rows as of that day; undated rows as they are now.")
    loaded, wanted_day = source.covering(loaded, day), day
    day = loaded.nearest(wanted_day)
    if day != wanted_day:
        st.caption(f"Shown is {formats.day(day)}: what counted before is in the source, which "
                   + ("could not be read again." if loaded.failure else
                      "was read for another early day a short while ago. Try again in "
                      f"{source.READ_AGAIN_SECONDS // 60} minutes."))
    tried = scenario.asked(loaded, theirs)
    whole = source.evaluated(loaded, day, () if tried else None)
    present = evaluated = seen(whole, theirs)
    if tried:
        evaluated = seen(source.evaluated(loaded, day, tried.scenario.edits), theirs, whole)
    rewording.use(evaluated)
    _show_search(evaluated)
    return View(evaluated, _choose_filters(evaluated.measured), loaded.read_at,
                loaded.key, loaded.failure, source.changed_at(loaded), None, loaded, tried,
                present if tried else None, scenario.beside(loaded.key))


def _draw_past(past: past_review.Past, key: str, theirs: Rights) -> View:
    """Draw the sidebar of a past review, whose day is fixed."""
    evaluated, snapshot = seen(past.evaluated, theirs), past.snapshot
    st.markdown(f"**{md(source_name(evaluated.measured.portfolio.source))}**  \n"
                f"{md(snapshot.title)}")
    st.query_params["as_of"] = snapshot.day.isoformat()
    st.session_state[_CHOSEN] = False  # back in the present the day follows the data
    rewording.use(evaluated)
    _show_search(evaluated)
    return View(evaluated, _choose_filters(evaluated.measured), snapshot.taken_at,
                key, review=snapshot)


def _choose_day(default: date) -> date:
    """Let the reader choose the day. It is in the address of every page, so that a link opens the
    same numbers next week; one that nobody chose follows the data when they are read again."""
    asked = st.query_params.get("as_of")
    if tab_source.source_changed():
        st.session_state[_CHOSEN] = False
    elif asked is not None and asked != st.session_state.get(_SHOWN):  # by a link
        st.session_state["as_of"] = _nearby(asked, default)
        st.session_state[_CHOSEN] = st.session_state["as_of"] != default or asked == f"{default}"
    if not st.session_state.get(_CHOSEN):
        st.session_state["as_of"] = default
    st.session_state["as_of"] = _nearby(f"{st.session_state.get('as_of')}", default)
    first, last = _within_reach(default)
    picked = st.date_input(
        "As of", key="as_of", format="YYYY-MM-DD", min_value=first, max_value=last,
        on_change=st.session_state.__setitem__, args=(_CHOSEN, True),
        help="Shows check-ins and dated rows as of this day. Rows without dates are shown as "
             "they are today.")
    day = picked if isinstance(picked, date) else default
    st.session_state[_SHOWN] = day.isoformat()
    if asked != day.isoformat():
        st.query_params["as_of"] = day.isoformat()
    return day


def _nearby(text: str, default: date) -> date:
    """The day of an address, anybody may have written; the default if it is none within reach."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return default
    first, last = _within_reach(default)
    return day if first <= day <= last else default


def _within_reach(default: date) -> tuple[date, date]:
    """The first and the last day of the calendar, ten years around the default day."""
    most = timedelta(days=3_652)
    return default - most, default + most


def _show_search(evaluated: Evaluated) -> None:
    text = st.text_input("Search", key="search", placeholder="Name or id", max_chars=_LONGEST,
                         icon=":material/search:")
    if not text.strip():
        return
    matches = find(evaluated.alignment, text[:_LONGEST], hidden=HIDDEN).drop_duplicates(
        ["kind", "name", "id"])
    for row in matches.itertuples():
        label = f"{row.name} ({row.kind})"
        if formats.is_unknown(row.id):
            st.caption(md(f"{label} (not linked to a product or outcome)"))
        elif not evaluated.rights.may_open(str(row.page)):
            st.caption(md(label))
        else:
            selection.link(str(row.page), label, **{str(row.param): str(row.id)})
    if not len(matches):
        st.caption("No active item matches.")


@dataclass(frozen=True)
class _FilterOptions:
    """The options of the filters; managers as id → name."""

    areas: list[str]
    roles: list[str]
    managers: dict[str, str]


@cached
def _filter_options(measured: Measured) -> _FilterOptions:
    products = measured.alignment.products
    return _FilterOptions(sorted(products["business_area"].dropna().unique()),
                          sorted(products["strategic_role"].dropna().unique()),
                          formats.distinct_labels(selection.people(measured.alignment.managers)))


def _choose_filters(measured: Measured) -> Filters:
    options, (area, role, pm) = _filter_options(measured.common), selection.FILTERS
    return Filters(_filter_box("Business area", area, options.areas),
                   _filter_box("Strategic bet", role, options.roles, dict(ROLE)),
                   _filter_box("Product manager", pm, list(options.managers), options.managers))


def _filter_box(label: str, key: str, options: list[str],
                names: dict[str, str] | None = None) -> str | None:
    if not options:
        return None
    return st.selectbox(label, options, index=None, key=key, bind="query-params",
                        placeholder="All",
                        format_func=lambda option: (names or {}).get(option, option))
