"""The router: page config, navigation, and the frame around every page."""

import streamlit as st

from orgdata.ui.shell import frame

frame.configure()

PAGES = {
    "overview": ("Overview", "dashboard"), "outcomes": ("Outcomes", "flag"),
    "products": ("Products", "category"), "my_product": ("My product", "person_pin"),
    "gaps": ("Gaps", "rule"), "weekly_review": ("Weekly review", "event_repeat"),
    "what_if": ("What if", "science"), "data": ("Data", "database"),
    "method": ("Method", "function"),
}


def _to_overview() -> None:
    st.switch_page("pages/overview.py", query_params=st.query_params.to_dict())


# The default page is served at / and would also hold its own name: /overview leads there.
pages = [st.Page(f"pages/{name}.py", title=title, icon=f":material/{icon}:",
                 default=name == "overview", url_path="home" if name == "overview" else name)
         for name, (title, icon) in PAGES.items()]
pages.append(st.Page(_to_overview, title="Overview", url_path="overview", visibility="hidden"))
page = st.navigation(pages)
if frame.prepare(page.url_path or "overview"):  # the menu is in words known only now
    page = st.navigation(pages)
frame.freeze_loaded()
page.run()
