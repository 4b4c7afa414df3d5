"""The product manager's page stays small for a product with very many goals."""

from orgdata.ui.screens.my_product import MOST_REASONS
from orgdata.ui.widgets.product import MOST_GOALS
from orgdata.views.line_of_sight import MOST_PATHS
from tests.pages.conftest import text_of


def company(folder, goals):
    """A product whose goals lead to an outcome each."""
    folder.mkdir()
    ids = range(goals)
    for name, lines in {
            "outcomes": ["outcome_id,name", *(f"O{i},o{i}" for i in ids)],
            "products": ["product_id,name", "P1,Pay"],
            "objectives": ["objective_id,title,product_id,outcome_id",
                           *(f"J{i},goal{i},P1,O{i}" for i in ids)]}.items():
        (folder / f"{name}.csv").write_text("\n".join(lines))
    return folder


def elements(app):
    return [one for kind in ("markdown", "caption") for one in app.get(kind)]


def test_a_product_with_very_many_goals_shows_the_first_and_says_where_the_others_are(
        opened, tmp_path):
    few, many = (opened("my_product", company(tmp_path / str(goals), goals), product="P1")
                 for goals in (80, 160))
    assert not many.exception
    assert len(elements(many)) == len(elements(few))
    text = text_of(many)
    assert f"The first {MOST_PATHS} of 160 paths" in text
    assert f"The first {MOST_GOALS} of 160 objectives" in text
    assert f"The first {MOST_REASONS} of 160 outcomes" in text
    assert "110 more paths" in many.get("graphviz_chart")[0].proto.spec
    assert [len(table.value) for table in many.dataframe if len(table.value) == 160] == [160, 160]
    many.session_state["goals_P1_as_table"] = True
    many.run()
    assert [len(table.value) for table in many.dataframe if len(table.value) == 160] == [160] * 3
