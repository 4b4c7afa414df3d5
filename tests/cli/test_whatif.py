"""`whatif`: what edits would change, as `diff` says it of two sources."""

import json
import shutil

import pandas as pd
import pytest

from orgdata.demo import DEMO

EDITS = [{"table": "products", "op": "set", "key": {"product_id": "P06"}, "set": {"annual_spend": 1}},
         {"table": "products", "op": "set", "key": {"product_id": "P99"}, "set": {"annual_spend": 1}},
         {"table": "contributions", "op": "end", "key": {"product_id": "P01", "outcome_id": "O1"}}]


@pytest.fixture
def edits(tmp_path):
    path = tmp_path / "edits.json"

    def write(content):
        path.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
        return path
    return write


def test_it_says_what_diff_says_of_the_files_with_the_cells_typed_in(run, edits, tmp_path):
    typed = tmp_path / "typed"
    shutil.copytree(DEMO, typed)
    products = pd.read_csv(typed / "products.csv", dtype="str", keep_default_na=False)
    products.loc[products["product_id"] == "P06", "annual_spend"] = "1"
    products.to_csv(typed / "products.csv", index=False)
    links = pd.read_csv(typed / "contributions.csv", dtype="str", keep_default_na=False)
    links = links[(links["product_id"] != "P01") | (links["outcome_id"] != "O1")]
    links.to_csv(typed / "contributions.csv", index=False)
    code, out, error = run("whatif", DEMO, "--edits", edits(EDITS), "--as-of", "2026-11-20",
                           "--format", "json")
    assert (code, error) == (0, "")
    said, expected = json.loads(out), json.loads(run(
        "diff", DEMO, typed, "--as-of-a", "2026-11-20", "--as-of-b", "2026-11-20",
        "--format", "json")[1])
    expected["after"]["source"] = said["after"]["source"]
    assert [edit["cells"] for edit in said.pop("edits")] == [
        [{"column": "annual_spend", "state": "pending", "source": "1890000"}],
        [{"column": None, "state": "no_row", "source": ""}],
        [{"column": None, "state": "pending", "source": ""}]]
    assert said == expected


def test_in_words_with_what_waits(run, edits):
    verb = {"verb": "retire product", "product_id": "P02"}
    code, out, error = run("whatif", DEMO, "--edits", edits([verb, *EDITS]), "--as-of", "2026-11-20")
    assert (code, error) == (0, "")
    assert "- Product Storefront Studio: status “active” → “retired”." in out
    assert "- waits: Product P99: annual spend “1”. It is of a row that the source does not have" in out
    assert "measured on 20 Nov 2026; rules that need history are not evaluated" in out


@pytest.mark.parametrize(("content", "message"), [
    ("no", "edits.json: it is no JSON"), ([{"verb": "retire product", "product_id": "P0"}],
                                          "edits.json: edit 1: there is no product 'P0'")])
def test_what_makes_no_sense_is_one_line(run, edits, content, message):
    code, out, error = run("whatif", DEMO, "--edits", edits(content))
    assert (code, out) == (2, "")
    assert message in error


def test_a_file_that_is_not_there(run, tmp_path):
    code, _, error = run("whatif", DEMO, "--edits", tmp_path / "none.json")
    assert code == 2
    assert "No such file" in error
