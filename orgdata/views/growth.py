"""What the tab for one's own growth says: where an area can be practised, and who manages whom.

It goes one way. Gaps and key results of somebody's own products are offered as places to practise;
nothing is concluded from them about a person, and no gap or figure knows what anybody chose.
"""

from collections.abc import Collection, Mapping

import pandas as pd

from orgdata import formats
from orgdata.access.identity import in_one_spelling, with_address
from orgdata.measures import Alignment
from orgdata.private import HEADINGS, Area
from orgdata.private.areas import MOST_TEXT
from orgdata.tabular.select import iter_rows
from orgdata.views import products

MOST_OFFERS = 12
_RULES = {  # area → findings that are a place to practise it; none that speaks of a person
    "specifying": "OBJ03 KR01 KR03 PRD05", "delivering": "PRG01 PRG04 PRG07 PRT04 RBK01",
    "quality": "PRG06 PRG03 PRG02", "data": "KR02 KR01 KR03 PRG02 PRG03",
    "customers": "OBJ05 PRD05 PRD08", "experience": "OBJ05 PRG04 PRD08",
    "outcomes": "PRD01 PRD02 PRD03 OBJ01 OUT02 OUT04", "direction": "PRD04 OBJ04 OBJ06 PRD05",
    "money": "PRD07 OUT05 FOC01", "partners": "XFN01 XFN02 PRT04 FOC02",
    "leading": "OWN06 OBJ04 RBK01", "upwards": "RBK01 KR04 FOC01"}
QUESTIONS = (
    "What would I own in this role that I do not own today?",
    "Which company outcome would I work on, and what would change for it?",
    "What have I done that is like it, and when?",
    "Who saw it, and what would they say?",
    "What is missing, and where could I practise it?",
    "What would show us both that I am ready, and by when do we look again?")


def offers(alignment: Alignment, gaps: pd.DataFrame, product_ids: Collection[str],
           area: str) -> list[str]:
    """What in somebody's own products would let them practise an area: findings of rules that are
    about it first, then key results."""
    ids = pd.Series(sorted(product_ids), dtype="str")
    rows = products.gaps_of(alignment, gaps, ids)
    rows = rows[rows["code"].isin(_RULES[area].split())]
    names = dict(iter_rows(alignment.products["product_id"], alignment.products["name"]))
    found = [f"{row['message']} ({row['code']})" for row in rows.to_dict("records")]
    found += [f"Key result “{title}” of {names.get(product_id, product_id)}" for product_id in ids
              for title in alignment.of_product(product_id, "key_results")["title"].dropna()]
    return [formats.clipped(one, MOST_TEXT) for one in dict.fromkeys(found)][:MOST_OFFERS]


def words(area: Area) -> str:
    """The two words of an area, as its owner reads them."""
    return f"My product needs it {area.need}. I am {area.now} it."


def manager_of(address: str, people: pd.DataFrame) -> tuple[str, str] | None:
    """Name and address of the manager of the one person with an address; None where the data do
    not say who that is, or how they sign in."""
    own = with_address(address, people)
    if len(own) != 1 or own["manager_id"].isna().iloc[0]:
        return None
    rows = people[people["person_id"] == own["manager_id"].iloc[0]]
    found = in_one_spelling(rows["email"].iloc[0]) if len(rows) == 1 else ""
    if not found or found == address or len(with_address(found, people)) != 1:
        return None
    return str(rows["name"].iloc[0]), found


def reports_of(address: str, people: pd.DataFrame) -> dict[str, str]:
    """The addresses of those whose manager has an address, with their names."""
    own = with_address(address, people)
    if len(own) != 1:
        return {}
    rows = people[people["manager_id"] == own["person_id"].iloc[0]]
    return {found: str(name) for email, name in iter_rows(rows["email"], rows["name"])
            if (found := in_one_spelling(email)) and len(with_address(found, people)) == 1
            and found != address}


def counted(counts: Mapping[str, int]) -> list[str]:
    """How many people chose something under each heading, a line for each that is told."""
    return [f"{HEADINGS[heading]}: at least {count} people" for heading, count in counts.items()]
