"""The Gaps page: filters narrow lists, and counts add up between pages."""

import re

import pytest

from orgdata.gaps import SEVERITIES
from orgdata.ui.shell import source
from orgdata.views.products import gaps_of
from tests.pages.conftest import gap_rows, map_of, table_rows, text_of


def _gaps():
    found = source.evaluated(source.current(), source.current().default_day)
    return found.alignment, found.gaps


def _told(app):
    """The count the page opens with, and how it is made up."""
    sentence = app.title[0].value
    counts = {name: int(number.replace(",", "")) for number, name in re.findall(
        rf"([\d,]+) ({'|'.join(SEVERITIES)})", sentence)}
    return int(re.search(r"([\d,]+)", sentence)[1].replace(",", "")), counts


def test_counts_add_up_between_overview_gaps_and_report(opened):
    headline = {one.label: one.value for one in opened("overview").metric}["Gaps"]
    count, by_severity = _told(opened("gaps"))
    _, gaps = _gaps()
    assert count == int(headline) == len(gaps.rows) == sum(by_severity.values())
    assert by_severity == {one: gaps.count(one) for one in SEVERITIES}


@pytest.mark.parametrize("severity", SEVERITIES)
def test_by_severity(opened, severity):
    app = opened("gaps", severity=severity)
    _, gaps = _gaps()
    assert _told(app) == (gaps.count(severity), {severity: gaps.count(severity)})


def test_areas_and_what_belongs_to_none_make_up_the_whole(opened):
    opened("gaps")
    alignment, gaps = _gaps()
    products = alignment.products
    of_areas = {area: _told(opened("gaps", area=area))[0]
                for area in products["business_area"].unique()}
    for area, count in of_areas.items():
        ids = products.loc[products["business_area"] == area, "product_id"]
        assert count == len(gaps_of(alignment, gaps.rows, ids))
    everywhere = gaps_of(alignment, gaps.rows, products["product_id"])
    assert sum(of_areas.values()) >= len(everywhere)  # an overlap may join two areas


def test_a_product_has_as_many_gaps_here_as_on_its_own_page(opened):
    app = opened("gaps", of_product="Checkout")
    page = opened("products", product="P01")
    assert _told(app)[0] == len(gap_rows(page)) > 0


def test_by_rule_and_by_who_acts(opened):
    opened("gaps")
    _, gaps = _gaps()
    code, who = gaps.rows["code"].iloc[0], gaps.rows["who"].iloc[0]
    both = gaps.rows[(gaps.rows["code"] == code) & (gaps.rows["who"] == who)]
    app = opened("gaps", who=who)
    app.multiselect(key="code").select(code).run()
    assert _told(app)[0] == len(both) > 0


def test_a_product_managers_filter_is_in_the_address(opened):
    app = opened("overview", pm="Nadia Haddad")
    assert "In Nadia Haddad" in app.info[0].value
    assert map_of(app)["products"]["name"] == ["Checkout", "Pricing & Promotions"]


def test_what_was_not_judged_says_why(opened, tmp_path):
    (tmp_path / "products.csv").write_text("product_id,name\nP1,One\n")
    app = opened("gaps", tmp_path)
    assert "Add outcomes" in text_of(app).replace("\\", "")
    rows = table_rows(app, "Rules that were not evaluated, and why")
    assert rows
    assert not any(row.endswith("–") for row in rows)
    because, = (row for row in rows if " PRG02 " in row)
    assert because.endswith(
        " | objectives are not loaded; key results are not loaded; check-ins are not loaded")


def test_reminders_are_counted_apart_on_every_page(weeks):
    """With a store that remembers eight weeks some gaps wait for an owner: they are no further
    findings on any page."""
    headline = {one.label: one.value for one in weeks("overview").metric}["Gaps"]
    page = weeks("gaps")
    count, by_severity = _told(page)
    linked = [one.proto.label for one in weeks("weekly_review").get("page_link")
              if one.proto.label.endswith("gaps")]
    assert linked == [f"All {count:,} gaps"]
    assert count == int(headline) == sum(by_severity.values())
    sentence = page.title[0].value
    assert re.search(r"\d+ reminders? beside them", sentence)
