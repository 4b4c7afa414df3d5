"""What is worked out once is shown to whom it belongs: the next page, filter, product or outcome
shows its own, as a server that has just been started would show it."""

import json
import os
import re
from datetime import UTC, datetime

import pandas as pd
import pytest

from orgdata.access import of_header
from orgdata.demo import DEMO
from orgdata.edits import Edit
from orgdata.edits.scenario import Scenario, Step
from orgdata.model.access import EVERYBODY, Access, RoleRule
from orgdata.model.settings import Settings
from orgdata.model.settings_text import to_toml
from orgdata.store import SavedSource, Store, source_key
from orgdata.ui.shell import cache, server, sign_in
from orgdata.ui.upload import tab_source
from orgdata.upload.answers import layouts
from tests import csv_folders
from tests.pages.conftest import PAGES, clear_caches, text_of

STEP = Step("", {}, (Edit("outcomes", "set", {"outcome_id": "O2"}, {"weight": "5"}),
                     Edit("products", "set", {"product_id": "P21"}, {"status": "retired"})))
TABS = ("Headlines", "Words", "Rules", "Pace", "Tables", "In full")
SAVED = "Objective,Product,PM,Company goal\nGrow,Pay,Ada,Win\n"
VIEWS = (
    ("overview", {}), ("overview", {"area": "Payments"}), ("overview", {"cell": "P01:O1"}),
    ("overview", {"cell": ":O2"}), ("overview", {"unfolded": ("map_as_table", True)}),
    ("gaps", {"unfolded": ("gaps_opened", "OUT01:O2")}),
    ("outcomes", {}), ("outcomes", {"tab": "Flow of spend"}),
    ("outcomes", {"tab": "Flow of spend", "flow": "product:P01"}),
    ("outcomes", {"outcome": "O1"}), ("outcomes", {"outcome": "O2"}),
    ("outcomes", {"outcome": "O1", "area": "Payments"}),
    ("products", {}), ("products", {"area": "Payments"}), ("products", {"as_of": "2026-10-30"}),
    ("products", {"mix_by": "Lifecycle stage"}),
    ("products", {"unfolded": ("products_checks", True)}),
    ("products", {"product": "P01"}), ("products", {"product": "P02"}),
    ("products", {"product": "P01", "as_of": "2026-10-30"}),
    ("my_product", {"product": "P01"}), ("my_product", {"product": "P02"}),
    ("gaps", {"gap": "OWN01:P21"}),
    ("gaps", {}), ("gaps", {"area": "Payments"}), ("gaps", {"severity": "critical"}),
    ("gaps", {"of_product": "Checkout"}), ("gaps", {"who": "Head of product"}),
    ("weekly_review", {}), ("weekly_review", {"as_of": "2026-10-30"}),
    ("weekly_review", {"unfolded": ("offsite", True)}),
    ("history", {}), ("history", {"tab": "Gaps"}), ("focus", {}), ("partners", {}),
    ("what_if", {"scenario": "tried"}), ("overview", {"scenario": "tried"}),
    ("overview", {"cell": "P21:O2", "unfolded": ("act_link_P21_O2", True)}),
    ("my_product", {"product": "P18", "unfolded": ("check_in_P18", True)}),
    ("gaps", {"gap": "OBJ04:product:P01"}),
    ("my_product", {"reader": "camille.dubois"}), ("my_product", {"reader": "yusuf.demir"}),
    ("new_bets", {}), ("new_bets", {"idea": "B01"}), ("new_bets", {"source": "one"}),
    ("new_bets", {"source": "two"}),
    ("data", {}), ("data", {"as_of": "2026-10-30"}),
    ("overview", {"source": "thin"}), ("gaps", {"source": "thin"}),
    ("weekly_review", {"source": "thin"}),
    ("my_product", {"source": "many", "product": "P1"}),
    ("products", {"source": "many", "product": "P1"}),
    ("gaps", {"source": "lost"}), ("data", {"source": "lost"}),
    ("data", {"dropped": "Goal,Team\nGrow,Pay\n"}), ("data", {"dropped": "Key result,PM\nMore,Ada\n"}),
    ("data", {"dropped": SAVED + "Ship,Pay,Ada,Win\n"}),  # newer than what is saved
    *(("method", {"method_tab": tab}) for tab in TABS))
THIN = {  # one pattern, most rules not evaluated, and no week before
    "products": "product_id,name\n" + "".join(f"P{i},Product {i}\n" for i in range(30)),
    "outcomes": "outcome_id,name\nO1,Fewer returns\n",
    "contributions": "product_id,outcome_id\nP1,O1\n"}
LOST = {  # whether it is agreed cannot be read
    "products": "product_id,name\nP1,Pay\n",
    "expectations": "expectation_id,product_id,partner,what,state\nX1,P1,sales,Wallets,perhaps\n"}
MANY = {  # a product with more goals than are shown in sentences
    "products": "product_id,name\nP1,Pay\n",
    "objectives": "objective_id,title,product_id\n" + "".join(f"J{i},t,P1\n" for i in range(60))}
ONE = {**THIN, "outcomes": "outcome_id,name\nO1,Fewer returns\nO2,Japan\n"}  # nobody works on O2
TWO = {**ONE, "outcomes": ONE["outcomes"] + "O3,Chile\n"}
PMS = Access("header", "X-Who", roles=(RoleRule("pm"),))


@pytest.fixture
def seen(weeks, tmp_path, monkeypatch):
    """Opens a page on one of the views: a page, its query, and maybe another `source` than the
    demo, a product manager as `reader`, what is to be `unfolded`, or a table that is `dropped` in."""
    sources = {"demo": DEMO, "thin": csv_folders.write(tmp_path / "thin", **THIN),
               "lost": csv_folders.write(tmp_path / "lost", **LOST),
               "many": csv_folders.write(tmp_path / "many", **MANY),
               "one": csv_folders.write(tmp_path / "one", **ONE),
               "two": csv_folders.write(tmp_path / "two", **TWO)}
    columns = layouts([SAVED.splitlines()[0].split(",")])
    with Store.open(os.environ["ORGDATA_STORE"]) as store:
        store.save_source(SavedSource("Mine", {"okrs.csv": SAVED.encode()}, to_toml(Settings(
            layouts=columns)), "Ada", datetime(2026, 11, 13, tzinfo=UTC)))
        tried = store.add_scenario(source_key(str(DEMO)), Scenario("Japan counts less", (STEP,)),
                                   "Ada", datetime(2026, 11, 13, tzinfo=UTC))

    def see(page, asked):
        query = dict(asked)
        reader = query.pop("reader", None)
        who = reader and of_header([f"{reader}@brightquay.example"], PMS, lambda _: [])
        monkeypatch.setattr(sign_in, "identity", lambda: who)
        monkeypatch.setattr(server, "access", lambda: PMS if who else EVERYBODY)
        if "scenario" in query:
            query["scenario"] = tried.token
        unfolded, dropped = query.pop("unfolded", None), query.pop("dropped", None)
        app = weeks(page, sources[query.pop("source", "demo")], **query)
        if unfolded:
            key, value = unfolded
            app.session_state[key] = value
            app.run()
        if dropped:
            app.segmented_control(key=tab_source.SIDE).set_value(tab_source.UPLOAD).run()
            app.file_uploader[0].upload("okrs.csv", dropped.encode())
            app.run()
        assert not app.exception
        return app
    return see


def shown(app):
    """All words, tables, pictures and choices of a page."""
    tables = [one.proto.arrow_data.data or one.proto.lazy_data.initial_chunk.data
              for one in app.dataframe]
    pictures = [one.proto.spec for kind in ("plotly_chart", "graphviz_chart")
                for one in app.get(kind)]
    pictures += [{**json.loads(one.proto.json), "version": ""}
                 for one in app.get("bidi_component")]
    choices = [(one.label, one.options) for one in (*app.selectbox, *app.multiselect)]
    read_at = re.compile(r"\d\d\\?:\d\d(\\?:\d\d)?")
    return (read_at.sub("", text_of(app)), tables, pictures, choices,
            [one.label for one in app.expander])


def copied(result):
    """What a table, or what else can be changed, is now."""
    return result.copy() if isinstance(result, pd.DataFrame | pd.Series) else repr(result)


def unchanged(result, first):
    """Whether it still is what it was then."""
    return result.equals(first) if isinstance(first, pd.DataFrame | pd.Series) else (
        repr(result) == first)


@pytest.fixture
def held(monkeypatch):
    """What is held while the test runs, by its key: the result, and what it was at first."""
    results, get = {}, cache.RESULTS.get

    def holding(key, compute):
        result = get(key, compute)
        if key not in results:
            results[key] = result, copied(result)
        return result

    monkeypatch.setattr(cache.RESULTS, "get", holding)
    return results


def test_warm_and_cold_say_the_same_and_nobody_changes_what_is_held(seen, held):
    """Every page and every cached function is among the views, else it would not be compared."""
    warm = [shown(seen(page, query)) for page, query in VIEWS]
    called = {name for name, *_ in held}
    assert {name for name in cache.FUNCTIONS if name.startswith("orgdata.")} - called == set()
    assert {page for page, _ in VIEWS} == set(PAGES)
    changed = {key for key, (result, first) in held.items() if not unchanged(result, first)}
    assert changed == set()
    alike = [(one, other) for i, one in enumerate(VIEWS) for j, other in enumerate(VIEWS[:i])
             if warm[i] == warm[j]]
    assert not alike, "views that are to be told apart show the same"
    for (page, query), found in zip(VIEWS, warm, strict=True):
        clear_caches()
        assert shown(seen(page, query)) == found, f"{page} {query}"


@pytest.mark.parametrize(("tab", "said"), [
    ("Headlines", "Aligned products"), ("Words", "The five checks of a product"),
    ("Rules", "OUT01"), ("Pace", "the default"), ("Tables", "`key_results`"),
    ("In full", "A claim is not proof")])
def test_each_part_of_the_method_is_in_its_tab(opened, tab, said):
    assert said in text_of(opened("method", method_tab=tab))
