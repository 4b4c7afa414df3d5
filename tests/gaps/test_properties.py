"""What must hold for any portfolio: order of rows, unrelated products, rows skipped."""

import json
from datetime import date

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from orgdata.api.answers import report
from orgdata.gaps import find_gaps
from orgdata.measures import align
from tests.builders import POSITIONAL, loaded

# One report takes a quarter of a second, so few examples, and none is made smaller when it fails
CALM = settings(max_examples=8, deadline=None, derandomize=True, database=None,
                phases=[Phase.explicit, Phase.generate],
                suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def _maybe(*values: str) -> st.SearchStrategy[str]:
    return st.sampled_from(["", *values])


def _table(least: int = 0, most: int = 5, **cells: st.SearchStrategy[str]):
    return st.lists(st.fixed_dictionaries(cells), min_size=least, max_size=most)


P, O, J, K, H = (  # noqa: E741
    st.sampled_from([letter + number for number in "0123"]) for letter in "POJKH")
NUMBER = _maybe("0", "1", "5", "40", "100", "x")
DAY = _maybe("2026-08-21", "2026-10-01", "2026-11-06", "2026-11-20", "2026-12-20", "2027-01-09")
COMPANY = st.fixed_dictionaries({
    "people": _table(person_id=H, name=st.just("N"), active_to=DAY),
    "outcomes": _table(1, outcome_id=O, name=O, weight=NUMBER, tier=_maybe("1", "2"),
                       status=_maybe("done"), owner_id=H),
    "products": _table(1, product_id=P, name=st.just("N"), annual_spend=NUMBER, bau_pct=NUMBER,
                       strategic_role=_maybe("invest", "sunset", "enable"),
                       annual_revenue=NUMBER, segments=_maybe("a;b", "B"), jobs=_maybe("x"),
                       role_statement=_maybe("says"), business_area=_maybe("A", "B")),
    "assignments": _table(product_id=P, person_id=H, role=_maybe("pm", "deputy", "dev"),
                          end_date=DAY, allocation_pct=NUMBER),
    "contributions": _table(product_id=P, outcome_id=O, confirmed_on=DAY, share_pct=NUMBER,
                            strength=_maybe("primary", "supporting", "weak")),
    "objectives": _table(objective_id=J, title=J, product_id=P, outcome_id=_maybe("O0", "O1"),
                         parent_objective_id=_maybe("J0", "J1"), ambition=_maybe("committed"),
                         end_date=DAY, start_date=DAY, effort_pct=NUMBER),
    "key_results": _table(kr_id=K, objective_id=J, title=K, baseline=NUMBER, target=NUMBER,
                          kr_type=_maybe("increase", "at_most", "binary"), current=NUMBER,
                          is_guardrail=_maybe("yes"), weight=NUMBER),
    "check_ins": _table(kr_id=K, date=DAY, value=NUMBER, confidence=NUMBER,
                        status=_maybe("red", "green")),
    "mix_targets": _table(most=2, dimension=st.just("business_area"), bucket=_maybe("A", "B"),
                          target_pct=NUMBER),
})


def _report(tables):
    """The report as a reader in no hurry about order sees it, and without row numbers."""
    alignment = align(loaded(**{name: rows for name, rows in tables.items() if rows}),
                      date(2026, 11, 20))
    told = report(alignment, find_gaps(alignment))
    told.pop("problems")
    for row in told["not_judged"]:
        row["because"] = sorted({one["table"] for one in row["because"]})
    rounded = json.loads(json.dumps(told), parse_float=lambda x: float(f"{float(x):.9g}"))
    return {name: sorted(map(json.dumps, value)) if isinstance(value, list) and name != "gaps"
            else value for name, value in rounded.items()}


def _one_of_each(tables):
    """Without repeated keys: there the first row wins, so the order of rows has a meaning."""
    keys = {"people": ["person_id"], "outcomes": ["outcome_id"], "products": ["product_id"],
            "assignments": ["product_id", "person_id", "role"], "objectives": ["objective_id"],
            "contributions": ["product_id", "outcome_id"], "key_results": ["kr_id"],
            "check_ins": ["kr_id", "date"], "mix_targets": ["dimension", "bucket"]}
    return {name: list({tuple(row[key] for key in keys[name]): row for row in rows}.values())
            for name, rows in tables.items()}


@CALM
@given(COMPANY, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(tables, random):
    tables = _one_of_each(tables)
    shuffled = {name: random.sample(rows, len(rows)) for name, rows in tables.items()}
    assert _report(shuffled) == _report(tables)


# Some rules compare a product with all others: a percentile or share of spend (PRD01, PRD07, OWN06,
# PRT01), of revenue (PRT02), of T (OUT05, PRT03 and the stakes of outcomes). They move when money
# comes in, by their definition; so the newcomer brings none, and then not even they may change. Where
# nobody has a spend every product counts as 1, so the others get one here. Rules about the newcomer
# itself and sentences that count products are left out.
NEWCOMER = {"product_id": "Q9", "name": "Newcomer"}


@CALM
@given(COMPANY)
def test_an_unrelated_product_changes_nothing_for_the_others(tables):
    tables = _one_of_each(tables)
    spent = [{**row, "annual_spend": row["annual_spend"].replace("x", "") or "7"}
             for row in tables["products"]]
    before = _report(tables | {"products": spent})
    after = _report(tables | {"products": [*spent, NEWCOMER]})

    def of_others(told):
        return [{name: gap[name] for name in ("key", "severity", "at_stake", "next_step")}
                for gap in told["gaps"] if "Q9" not in gap["key"]]
    changed = [gap for gap in of_others(after) if gap not in of_others(before)]
    lost = [gap for gap in of_others(before) if gap not in of_others(after)]
    assert (changed, lost) == ([], [])
    assert [one for one in after["products"] if "Q9" not in one] == before["products"]
    assert after["key_results"] == before["key_results"]
    assert after["links"] == before["links"]


@CALM
@given(COMPANY, st.data())
def test_setting_any_row_aside_never_raises(tables, data):
    """A row whose required cell is blanked is skipped, with all that refers to it."""
    name = data.draw(st.sampled_from([name for name, rows in tables.items() if rows]))
    at = data.draw(st.integers(0, len(tables[name]) - 1))
    first = POSITIONAL[name].split()[0]
    rows = [{**row, first: ""} if i == at else row for i, row in enumerate(tables[name])]
    told = _report(tables | {name: rows})
    assert loaded(**{name: rows}).counts[name].set_aside >= 1
    assert sum(told["headlines"]["gaps"].values()) == len(told["gaps"])

