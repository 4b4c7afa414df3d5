"""Problems as people read them."""

from orgdata.model.problems import join_problems, problems
from orgdata.views import problems as views


def _found(*frames):
    return views.table(join_problems(frames)).plain["rows"]


def test_problems_that_differ_in_the_row_alone_are_said_once_with_their_rows():
    rows = _found(problems("warning", "bad_value", "key_results", "the cell counts as unknown",
                           origin="krs.csv", rows=list(range(2, 14)), column="kr_type",
                           values=["text"] * 12))
    assert [row[3] for row in rows] == [
        'krs.csv rows 2, 3, 4, 5, 6, 7, 8, 9 and 4 more, direction, "text": the cell '
        "counts as unknown"]


def test_another_value_another_reason_or_the_whole_list_stands_by_itself():
    rows = _found(
        problems("error", "bad_number", "products", "no number", rows=[2, 3], column="annual_spend",
                 values=["many", "few"]),
        problems("error", "bad_number", "products", "too large", rows=[4], column="annual_spend",
                 values=["many"]),
        problems("information", "unknown_column", "products", "nothing reads it", column="colour"))
    assert [(row[0][0], row[1], row[3]) for row in rows] == [
        ("bad", "products", 'products row 2, annual spend, "many": no number'),
        ("bad", "products", 'products row 3, annual spend, "few": no number'),
        ("bad", "products", 'products row 4, annual spend, "many": too large'),
        ("plain", "products", "products, colour: nothing reads it")]


def test_all_rows_are_told_of():
    """However problems are brought together, each row is in one of them."""
    found = join_problems([problems("warning", "bad_date", "people", "no date", rows=[2, 5, 9],
                                    column="start_date", values=["soon", "soon", "later"])])
    said = views.once(found)
    assert list(said["message"]) == ['people rows 2 and 5, start_date, "soon": no date',
                                     'people row 9, start_date, "later": no date']
    assert not len(views.once(found.head(0)))
