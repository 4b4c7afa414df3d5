"""The sidebar: source, as-of date, search and filters, all kept in the URL across pages."""

from dataclasses import dataclass
from datetime import date

import streamlit as st

from orgdata import formats
from orgdata.measures import Alignment
from orgdata.ui.shell import selection, source
from orgdata.ui.shell.cache import cached
from orgdata.ui.shell.escape import md
from orgdata.ui.shell.view import Filters, Measured, View
from orgdata.ui.upload import tab_source
from orgdata.views.portfolio import source_name
from orgdata.views.search import find


def draw(loaded: source.Loaded) -> View:
    """Draw the sidebar; what was chosen there becomes the view of the page."""
    st.markdown(f"**{md(source_name(loaded.portfolio.source))}**  \nread "
                f"{loaded.read_at.astimezone():%-d %b, %H:%M}")
    if tab_source.is_new():
        st.session_state["as_of"] = loaded.default_day
    day = st.date_input("As of", value=loaded.default_day, key="as_of", bind="query-params",
                        format="YYYY-MM-DD",
                        help="Rewinds check-ins and dated rows; undated rows are as they are now.")
    asked = day if isinstance(day, date) else loaded.default_day
    if asked != loaded.default_day:
        st.caption("Check-ins and dated rows as of that day; undated rows as they are now.")
    loaded, wanted = source.covering(loaded, asked), asked
    asked = loaded.nearest(wanted)
    if asked != wanted:
        st.caption(f"Shown is {formats.day(asked)}: what counted before is in the source, which "
                   "could not be read again.")
    evaluated = source.evaluated(loaded, asked)
    _search(evaluated.alignment)
    return View(evaluated, _filters(_choices(evaluated.measured)), loaded.read_at, loaded.key,
                loaded.failure)


def _search(alignment: Alignment) -> None:
    asked = st.text_input("Search", key="search", placeholder="Name or id",
                          icon=":material/search:")
    if not asked.strip():
        return
    found = find(alignment, asked).drop_duplicates(["kind", "name", "id"])
    for row in found.itertuples():
        label = f"{row.name} ({row.kind})"
        if formats.is_unknown(row.id):
            st.caption(md(f"{label}: leads to no product and no outcome"))
        else:
            selection.link(str(row.page), label, **{str(row.param): str(row.id)})
    if not len(found):
        st.caption("Nothing of that name in what is active on this day.")


@dataclass(frozen=True)
class _Choices:
    """What the lists may be narrowed to; managers as id → name."""

    areas: list[str]
    roles: list[str]
    managers: dict[str, str]


@cached
def _choices(measured: Measured) -> _Choices:
    products = measured.alignment.products
    return _Choices(sorted(products["business_area"].dropna().unique()),
                    sorted(products["strategic_role"].dropna().unique()),
                    selection.distinct(selection.people(measured.alignment.managers)))


def _filters(held: _Choices) -> Filters:
    return Filters(_choice("Business area", "area", held.areas),
                   _choice("Strategic role", "role", held.roles),
                   _choice("Product manager", "pm", list(held.managers), held.managers))


def _choice(label: str, key: str, options: list[str],
            names: dict[str, str] | None = None) -> str | None:
    if not options:
        return None
    return st.selectbox(label, options, index=None, key=key, bind="query-params",
                        placeholder="All", format_func=lambda one: (names or {}).get(one, one))
