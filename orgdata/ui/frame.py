"""The frame around every page: the way in, the sidebar, and what a page gets to show.

A fresh server that first receives a deep link runs that page alone (no dashboard.py, no sidebar).
So the first statement of every page is `enter`, which goes through dashboard.py once per session
and comes back with the page and its query string.
"""

from dataclasses import dataclass
from datetime import date, datetime

import pandas as pd
import streamlit as st

from orgdata import formats
from orgdata.demo import DEMO
from orgdata.gaps import Gaps
from orgdata.measures import Alignment
from orgdata.portfolio import Portfolio
from orgdata.settings import SettingsError
from orgdata.sources import SourceError
from orgdata.ui import choose, source
from orgdata.ui.escape import md

_ENTERED, _LINK, _VIEW = "frame_entered", "frame_deep_link", "frame_view"


@dataclass(frozen=True)
class Filters:
    """What the sidebar narrows lists to; formulas never change."""

    area: str | None = None
    role: str | None = None
    manager: str | None = None  # person_id

    def __bool__(self) -> bool:
        return any((self.area, self.role, self.manager))


@dataclass(frozen=True)
class View:
    """What is on the screen: one portfolio on one day, and the filters."""

    alignment: Alignment
    gaps: Gaps
    portfolio: Portfolio
    version: str
    read_at: datetime
    filters: Filters

    def products(self) -> pd.DataFrame:
        """The managed products that pass the filters."""
        rows, filters = self.alignment.products, self.filters
        if filters.area:
            rows = rows[rows["business_area"] == filters.area]
        if filters.role:
            rows = rows[rows["strategic_role"] == filters.role]
        if filters.manager:
            managers = self.alignment.managers
            own = managers.loc[managers["person_id"] == filters.manager, "product_id"]
            rows = rows[rows["product_id"].isin(own)]
        return rows

    def narrowed(self) -> str:
        """What the filters narrow to, as a sentence; "" without any."""
        if not self.filters:
            return ""
        rows = self.products()
        aligned, assessed = int(rows["aligned"].sum()), int(rows["aligned"].notna().sum())
        names = [self.filters.area, self.filters.role and f"role {self.filters.role}",
                 self.filters.manager and self.name_of(self.filters.manager)]
        return (f"In {', '.join(name for name in names if name)}: {aligned} of {assessed} assessed "
                f"products aligned ({formats.count(len(rows), 'product')} in all).")

    def name_of(self, person_id: str) -> str:
        """A person's name, or the id."""
        people = self.alignment.people
        found = people.loc[people["person_id"] == person_id, "name"]
        return str(found.iloc[0]) if len(found) else person_id


def enter(page: str) -> View:
    """The view for a page (named like its file). Stops the page when there is nothing to show."""
    _come_in(page)
    view = st.session_state.get(_VIEW)
    if isinstance(view, View):
        return view
    show_source_error(view)
    st.stop()


def enter_data() -> View | Exception:
    """As `enter`, for the page that is there even when the source cannot be read."""
    _come_in("data")
    return st.session_state[_VIEW]  # type: ignore[no-any-return]


def _come_in(page: str) -> None:
    st.session_state[choose.PAGE] = page
    if _ENTERED not in st.session_state:
        st.session_state[_LINK] = (page, st.query_params.to_dict())
        st.switch_page("dashboard.py")


def shell() -> None:
    """Draw the sidebar and prepare the view; called by dashboard.py before the page runs."""
    st.session_state[_ENTERED] = True
    if link := st.session_state.pop(_LINK, None):
        page, query = link
        st.switch_page(f"pages/{page}.py", query_params=query)
    with st.sidebar:
        try:
            st.session_state[_VIEW] = _view(source.current())
        except (SourceError, SettingsError) as error:
            st.session_state[_VIEW] = error


def show_source_error(error: Exception | None, on_data_page: bool = False) -> None:
    """What went wrong with the source, and what to do next."""
    st.error(f"The portfolio could not be read: {md(error)}", icon=":material/error:")
    st.markdown("Set `ORGDATA_SOURCE` to a folder of CSV files or a database URL, mend the "
                "source, and use **Reload** on the Data page. `python -m orgdata template DIR` "
                "writes empty tables to start from.")
    if not on_data_page:
        choose.link("data", "Open the Data page", icon=":material/database:")


def filtered(view: View) -> None:
    """What the filters narrow the lists to, where there are any."""
    if said := view.narrowed():
        st.info(md(said), icon=":material/filter_alt:")


def empty(said: str, table: str) -> None:
    """A page with nothing to show yet: what is missing and which table would fill it."""
    st.info(f"{said} Fill in {table} to see this page; the Data page says what was read and "
            "offers a template.", icon=":material/inbox:")
    choose.link("data", "Open the Data page", icon=":material/database:")


def _view(loaded: source.Loaded) -> View:
    st.caption("Source")
    st.markdown(f"**{md(short_name(loaded.portfolio.source))}**  \nread "
                f"{loaded.read_at.astimezone():%-d %b, %H:%M}")
    day = st.date_input("As of", value=loaded.default_day, key="as_of", bind="query-params",
                        format="YYYY-MM-DD",
                        help="Rewinds check-ins and dated rows; undated rows are as they are now.")
    asked = day if isinstance(day, date) else loaded.default_day
    alignment, gaps = source.measured(loaded, asked)
    return View(alignment, gaps, loaded.portfolio, loaded.version(asked), loaded.read_at,
                _filters(alignment))


def _filters(alignment: Alignment) -> Filters:
    products = alignment.products
    names = alignment.managers.drop_duplicates("person_id").sort_values("person_name")
    label = choose.distinct(dict(zip(names["person_id"], names["person_name"], strict=True)))
    return Filters(
        _choice("Business area", "area", sorted(products["business_area"].dropna().unique())),
        _choice("Strategic role", "role", sorted(products["strategic_role"].dropna().unique())),
        _choice("Product manager", "pm", list(label), label))


def _choice(label: str, key: str, options: list[str],
            names: dict[str, str] | None = None) -> str | None:
    if not options:
        return None
    return st.selectbox(label, options, index=None, key=key, bind="query-params",
                        placeholder="All", format_func=lambda one: (names or {}).get(one, one))


def dark() -> bool:
    """Whether the page is shown on a dark background: pictures need their text in its colour."""
    return getattr(st.context.theme, "type", None) == "dark"


def short_name(name: str) -> str:
    """A source as the sidebar shows it: the last part of a folder's path, or the URL."""
    if name == str(DEMO):
        return "Brightquay (demo company)"
    return name if "://" in name else name.rstrip("/").rsplit("/", 1)[-1]
