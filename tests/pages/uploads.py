"""What tests of dropped-in files share: small files, and the steps of who keeps them."""

from orgdata.ui.upload import tab_source
from tests.pages.conftest import dropped, text_of

FLAT = ("Key result,Goal,Team,PM,From,To,Level\nSignups to 500,Grow,Checkout,Ada Park,100,500,top\n"
        "Churn to 2%,Keep,Checkout,Ada Park,5,2,\n,Learn,Search,Bo Lim,,,\n,,,,,,lost\n")
PEOPLE = "person_id,name,email\nH1,Ada Park,ada@example.com\nH2,Bo Lim,\n"


def plain(text):
    """Text of a page as it is read, without what keeps Markdown from seeing signs in it."""
    return text.replace("\\", "").replace("\u2060", "")


def said(app):
    return plain(text_of(app))


def framed(app, page="data"):
    """The page with the frame around it: the test runner reruns a page alone, a browser both."""
    app.switch_page("dashboard.py").run()
    app.switch_page(f"pages/{page}.py").run()


def counts(app):
    """The counts of the preview: “2 products · 0 company goals …”."""
    return next(one.value for one in app.markdown if "company goal" in one.value
                and " · " in one.value).replace("*", "")


def changes(app):
    """What would change of the saved portfolio: “1 new, 2 the same”, by kind of thing."""
    text = next(one.value for one in app.markdown if "the same]" in one.value
                or "new]" in one.value or "gone]" in one.value)
    return dict(line.strip().removesuffix("]").removeprefix("**").split("** :small[")
                for line in text.splitlines())


def save_button(app):
    return next(one for one in app.button if one.label.startswith("Save"))


def save(app, name="Mine", by="Ada"):
    """Save what was dropped in, under a name or as an update."""
    if name:
        app.text_input(key="bring_name").set_value(name)
    app.text_input(key="bring_by").set_value(by)
    save_button(app).click().run()
    framed(app)
    assert not app.exception


def bring_more(app, *files):
    """The side of the Data page for files, with these dropped in."""
    app.segmented_control(key="do").set_value(tab_source.UPLOAD).run()
    return dropped(app, *files)
