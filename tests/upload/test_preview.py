from orgdata.upload import preview
from tests.sources.vendors.exports import loaded
from tests.sources.vendors.test_betterworks import GOAL, HEADER, SHIPPED


def test_an_export_is_said_in_a_sentence(tmp_path):
    portfolio = loaded(tmp_path, HEADER + GOAL + SHIPPED)
    assert preview.describe_export(portfolio, portfolio.exports[0]) == (
        "export.csv is a Betterworks export: 2 people, 1 objective, 1 key result.")
