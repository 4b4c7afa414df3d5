"""The router: page config, navigation, and the frame around every page."""

import streamlit as st

from orgdata.ui.shell import frame, selection

frame.configure()

PAGES = {
    "overview": ("Overview", "dashboard"), "outcomes": ("Outcomes", "flag"),
    "products": ("Products", "category"), "my_product": ("My product", "person_pin"),
    "focus": ("Focus", "center_focus_strong"), "partners": ("Partners", "handshake"),
    "gaps": ("Gaps", "rule"), "weekly_review": ("Weekly review", "event_repeat"),
    "history": ("History", "timeline"), "new_bets": ("New bets", "lightbulb"),
    "what_if": ("What if", "science"), "data": ("Data", "database"),
    "method": ("Method", "function"),
}


def _to_overview() -> None:
    selection.switch("overview", st.query_params.to_dict())


def _page(name: str, title: str, icon: str) -> st.Page:
    return st.Page(f"pages/{name}.py", title=title, icon=f":material/{icon}:",
                   default=name == "overview", url_path="home" if name == "overview" else name,
                   visibility="visible" if frame.may_open(name) else "hidden")


# The default page is served at / and would also hold its own name: /overview leads there.
def _menu() -> list[st.Page]:
    return [*(_page(name, *of_page) for name, of_page in PAGES.items()),
            st.Page(_to_overview, title="Overview", url_path="overview", visibility="hidden")]


with frame.in_turn():
    page = st.navigation(_menu(), expanded=True)
    if frame.prepare(page.url_path or "overview"):  # its words and its reader are known only now
        page = st.navigation(_menu(), expanded=True)
    frame.freeze_loaded()
    page.run()
