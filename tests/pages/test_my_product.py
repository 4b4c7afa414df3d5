"""The product manager's page: whose sentence is whose, and small for a product with very many
goals."""

import re

import pytest

from orgdata.demo import DEMO
from orgdata.model.schema import TABLES
from orgdata.ui.widgets.product import MOST_GOALS
from orgdata.views.line_of_sight import MOST_PATHS
from tests.pages.conftest import components, text_of


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


def chain(app):
    return components(app, "chain")[0]["chain"]


def test_a_product_with_very_many_goals_shows_the_first_and_says_where_the_others_are(
        opened, tmp_path):
    few, many = (opened("my_product", company(tmp_path / str(goals), goals), product="P1")
                 for goals in (80, 160))
    assert not many.exception
    assert len(chain(few)["lanes"]) == len(chain(many)["lanes"]) == MOST_PATHS
    assert chain(many)["more"] == "110 more paths: the table has all."
    assert [one["table"]["of"] for one in components(many, "page_table")][:1] == [160]
    many.session_state["chain_P1_as_table"] = True
    many.run()
    assert [len(table.value) for table in many.dataframe] == [160]
    product = opened("products", tmp_path / "160", product="P1")
    assert f"The first {MOST_GOALS} of 160 objectives" in text_of(product)


def test_the_verdict_and_the_next_step_stand_before_all_else(opened):
    app = opened("my_product", product="P21")
    said = [str(one.value).replace("\\", "") for one in app.main if hasattr(one, "value")]
    verdict = next(at for at, one in enumerate(said) if "not aligned" in one)
    assert said[verdict] == ":red-badge[✗ not aligned] 4 of 5 checks pass. Missing: a PM."
    assert "**Next:** Name a PM for Returns." in said
    assert "Why: Exchanges cost a third of a refund." in said
    assert verdict < said.index("How your work reaches a company outcome")


def test_no_sentence_says_that_a_product_does_not_matter(opened):
    for product_id in ("P01", "P14"):
        app = opened("my_product", product=product_id)
        assert "stay as it is" not in text_of(app)
        for one in components(app, "page_table"):
            labels = [column["label"] for column in one["table"]["columns"]]
            if "Coverage" in labels:
                at = labels.index("Coverage")
                assert "Without it" not in labels or any(
                    row[at] != row[at + 1] for row in one["table"]["rows"])


def test_what_was_stated_stands_first_and_what_the_data_tells_below_it_in_nobodys_name(opened):
    app = opened("my_product", product="P21")
    assert app.title[0].value.replace("\\", "") == (
        "Returns exists to turn a refund into an exchange, and to do the rest quickly.")
    assert "It moves “Cut cost to serve by 20 %”: $41 → $34.9 → $32.8." in [
        str(element.value).replace("\\", "") for element in app.markdown]
    assert "Purpose, confirmed by Amara Okafor on 8 Sep 2026" in text_of(app)


def test_a_generated_sentence_is_never_taken_for_what_was_stated(opened, tmp_path):
    app = opened("my_product", company(tmp_path / "few", 1), product="P1")
    assert "Generated from its links; nobody has stated its purpose" in text_of(app)
    app.session_state["role_P1"] = True
    app.run()
    box = app.text_area(key="role_text_P1")
    assert (box.value, box.placeholder) == ("", "Pay supports “o0”.")


@pytest.mark.parametrize("partial", [False, True])
def test_no_sentence_names_a_table_or_a_column_as_the_files_do(opened, tmp_path, partial):
    source = company(tmp_path / "few", 1) if partial else DEMO
    text = text_of(opened("my_product", source, product="P1" if partial else "P06"))
    written = {name for table in TABLES.values() for name in (
        table.name, *(field.name for field in table.fields)) if "_" in name}
    assert set(re.findall(r"[a-z]+(?:_[a-z]+)+", text.replace("\\", ""))) & written == set()
    assert not re.search(r"\b(?:products|objectives|outcomes)\.[a-z]", text.replace("\\", ""))


def test_what_is_not_loaded_is_not_said_to_be_absent(opened, tmp_path):
    folder = tmp_path / "claims"
    folder.mkdir()
    (folder / "products.csv").write_text("product_id,name\nP1,Pay\n")
    (folder / "outcomes.csv").write_text("outcome_id,name\nO1,Growth\n")
    (folder / "contributions.csv").write_text("product_id,outcome_id\nP1,O1\n")
    app = opened("my_product", folder, product="P1")
    text = text_of(app).replace("\\", "")
    assert "Unknown, because objectives are not loaded." in text
    lane = chain(app)["lanes"][0]
    assert lane["objective"] == "Unknown, because objectives are not loaded"
    assert [one["name"] for one in lane["outcomes"]] == ["Growth"]
    assert "No objective" not in text
    assert ["Measurable", "– not applicable", "Objectives are not loaded."] in [
        [cell[0] if at == 0 else cell[1] if at == 1 else cell for at, cell in enumerate(row)]
        for one in components(app, "page_table") for row in one["table"]["rows"] if len(row) == 3]


@pytest.mark.parametrize(("assigned", "labels"), [(False, ["Product"]), (True, ["Product", "Who you are"])])
def test_nobody_is_asked_who_they_are_where_no_managers_are_known(opened, tmp_path, assigned, labels):
    folder = company(tmp_path / "company", 1)
    if assigned:
        (folder / "people.csv").write_text("person_id,name\nH1,Ada\n")
        (folder / "assignments.csv").write_text("product_id,person_id,role\nP1,H1,accountable\n")
    app = opened("my_product", folder)
    assert [one.label for one in app.main.selectbox] == labels
    assert ("or yourself" in text_of(app)) == assigned
