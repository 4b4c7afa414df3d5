"""What tests of dropped-in files share: small files, and the steps of who keeps them."""

from tests.pages.conftest import text_of

FLAT = ("Key result,Goal,Team,PM,From,To,Level\nSignups to 500,Grow,Checkout,Ada Park,100,500,top\n"
        "Churn to 2%,Keep,Checkout,Ada Park,5,2,\n,Learn,Search,Bo Lim,,,\n,,,,,,lost\n")
PEOPLE = "person_id,name,email\nH1,Ada Park,ada@example.com\nH2,Bo Lim,\n"


def said(app):
    return text_of(app).replace("\\", "")


def framed(app, page="data"):
    """The page with the frame around it: the test runner reruns a page alone, a browser both."""
    app.switch_page("dashboard.py").run()
    app.switch_page(f"pages/{page}.py").run()


def keep_button(app):
    return next(one for one in app.button if one.label == "Keep and open")


def keep(app, name="Mine", by="Ada"):
    app.text_input(key="bring_name").set_value(name)
    app.text_input(key="bring_by").set_value(by)
    keep_button(app).click().run()
    framed(app)
    assert not app.exception
