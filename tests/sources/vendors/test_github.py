import pytest

from orgdata.sources.vendors.github import short_name
from tests.sources.vendors.exports import counted, loaded, rows, warned, worked

COLUMNS = ("Title\tURL\tAssignees\tStatus\tLabels\tLinked pull requests\tMilestone\tRepository\tReviewers\tParent issue\t"
           "Sub-issues progress\tType\tEstimate\tTarget date\n")
SHOP = "https://github.com/north/shop/issues/"


def item(number, title, *, who="", status="Todo", labels="", milestone="", repository="north/shop", parent="", kind="", points="", target=""):
    return f"{title}\t{SHOP}{number}\t{who}\t{status}\t{labels}\t\t{milestone}\t{repository}\t\t{parent}\t\t{kind}\t{points}\t{target}\n"


ITEMS = (item(1, "Pay in one step", who="ada, bo", status="In Progress", milestone="Q4 2026")
         + item(2, "Wallets", parent=SHOP + "1", status="Done", points="3", target="Nov 13, 2026")
         + item(3, "Double charge", parent="north/shop#2", labels="ui, bug", status="Done", target="Nov 14, 2026")
         + item(4, "Answers", parent="Pay in one step") + item(5, "Alone", repository="north/care"))


def test_what_others_name_as_their_parent_is_a_goal(tmp_path):
    portfolio = loaded(tmp_path, COLUMNS + ITEMS, name="view.tsv")
    assert portfolio.recognised_as == "github"
    assert rows(portfolio, "objectives", "objective_id title product_id owner_id start_date end_date") == [
        (SHOP + "1", "Pay in one step", "north/shop", "ada", "2026-10-01", "2026-12-31")]
    assert rows(portfolio, "products", "product_id name") == [("north/shop", "shop"), ("north/care", "care")]
    assert (worked(portfolio, "objectives"), worked(portfolio, "products")) == ([(3, 2)], [(0, 0), (1, 0)])
    assert not len(portfolio["work"])  # nothing says when
    assert warned(portfolio) == [("github", 2, "Assignees", "bad_value")]
    assert counted(portfolio) == {"used": 2, "merged": 3, "set_aside": 0}


def test_the_target_date_stands_for_the_day_of_completion_on_demand(tmp_path):
    portfolio = loaded(tmp_path, COLUMNS + ITEMS, "[exports.github]\ndone_on = 'due'\n", name="view.tsv")
    assert rows(portfolio, "work", "work_id done_on kind size objective_id parent_id") == [
        (SHOP + "2", "2026-11-13", None, 3, SHOP + "1", None), (SHOP + "3", "2026-11-14", "defect", None, SHOP + "1", SHOP + "2")]


def test_types_milestones_and_the_fields_product_and_objective(tmp_path):
    header = "Title\tStatus\tRepository\tReviewers\tType\tMilestone\tProduct\tObjective\tClosed\n"
    content = (header + "Pay\tTodo\tnorth/shop\t\tEpic\tM1\tCheckout\tGrow revenue\t\n"
               "Cards\tDone\tnorth/shop\t\tTask\tM1\tCheckout\tGrow revenue\t2026-11-13\n")
    portfolio = loaded(tmp_path, content, name="view.tsv")
    assert rows(portfolio, "objectives", "objective_id parent_objective_id product_id") == [
        ("Pay", "Grow revenue", "Checkout"), ("Grow revenue", None, "Checkout")]
    assert rows(portfolio, "work", "work_id objective_id done_on") == [("Cards", "Grow revenue", "2026-11-13")]
    portfolio = loaded(tmp_path, content, "[exports.github]\nobjectives = 'milestone'\nproducts = 'repository'\n", name="view.tsv")
    assert rows(portfolio, "objectives", "objective_id title") == [("north/shop · M1", "M1")]


@pytest.mark.parametrize(("address", "name"), [
    (SHOP + "12", "north/shop#12"), ("https://github.com/north/shop/pull/7", "north/shop#7"), ("elsewhere", ""), ("", "")])
def test_the_short_name_of_an_issue(address, name):
    assert short_name(address) == name
