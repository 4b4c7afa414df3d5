"""What edits cost: a scenario of ten, five thousand corrections, and an edit on a page.

    python -m bench.edits
"""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

from bench.clock import best_in_turns, p50
from bench.figures import Figure, Table, show
from bench.machine import company
from bench.screenshots import serving
from bench.websocket import Visitor
from orgdata.cli.arguments import SourceOptions
from orgdata.cli.corrected_files import corrected_files
from orgdata.edits import Edit
from orgdata.edits.carry import to_carry
from orgdata.edits.scenario import Scenario, Step
from orgdata.gaps import find_gaps
from orgdata.load import day_of, load, portfolio_of
from orgdata.measures import align
from orgdata.sources import read_source
from orgdata.store import Store, source_key

DAY = "2026-11-20"  # of the company that is made
REPEATS = {1_000: 9, 10_000: 5}
TRIED = 15  # scenarios of one edit, each shown once


def to_gaps(folder: Path, edits: tuple[Edit, ...] = ()) -> None:
    """From the files to the gaps, with edits laid over them."""
    portfolio = portfolio_of(read_source(str(folder)), edits)
    find_gaps(align(portfolio, day_of(portfolio, None, date.max)))


def ten(folder: Path) -> tuple[Edit, ...]:
    """Ten edits: spend, targets and check-ins."""
    products, key_results = _ids(folder)
    return (*(Edit("products", "set", {"product_id": one}, {"annual_spend": "12345"})
              for one in products[:4]),
            *(Edit("key_results", "set", {"kr_id": one}, {"target": "77"})
              for one in key_results[:3]),
            *(Edit.adding("check_ins", {"kr_id": one, "date": DAY, "value": "5"})
              for one in key_results[3:6]))


def thousands(folder: Path) -> tuple[Edit, ...]:
    """Five thousand edits of products and key results."""
    products, key_results = _ids(folder)
    return (*(Edit("products", "set", {"product_id": products[n % len(products)]},
                   {"annual_spend": str(1_000 + n)}) for n in range(2_500)),
            *(Edit("key_results", "set", {"kr_id": key_results[n % len(key_results)]},
                   {"target": str(50 + n % 9)}) for n in range(2_500)))


@contextmanager
def typed_in(folder: Path, edits: tuple[Edit, ...]) -> Iterator[Path]:
    """A copy of a folder with the cells of edits typed into its files, gone at the end."""
    raw = read_source(str(folder))
    files, left = corrected_files(SourceOptions(str(folder), None, None), raw,
                                  to_carry(raw, edits))
    assert files, left
    assert not left, left
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place) / "company"
        shutil.copytree(folder, copy)
        for name, (_, after) in files.items():
            (copy / name).write_bytes(after)
        yield copy


def _ids(folder: Path) -> tuple[list[str], list[str]]:
    portfolio = load(str(folder))
    return (portfolio["products"]["product_id"].tolist(),
            portfolio["key_results"]["kr_id"].tolist())


def on_a_page(folder: Path) -> float:
    """The Overview with one edit that nobody has seen before, from the click to the last word:
    milliseconds, p50."""
    key = source_key(str(folder))
    with tempfile.TemporaryDirectory() as place:
        url = f"sqlite:///{place}/store.sqlite"
        with Store.open(url) as store:
            tokens = [store.add_scenario(key, Scenario(f"{number}", (Step("", {}, (Edit(
                "products", "set", {"product_id": one}, {"status": "retired"}),)),)), "bench",
                datetime.now(UTC)).token for number, one in enumerate(_ids(folder)[0][:TRIED])]
        with serving(str(folder), store=url) as address:
            visitor = Visitor(address)
            visitor.visit("")
            first, *others = [visitor.visit("", f"scenario={token}") for token in tokens]
            visitor.close()
    assert first.words != others[0].words, "the scenario is not shown"
    return p50([one.seconds for one in others])


def measure() -> list[Table]:
    """Beside none, and beside the same cells typed in; and on a page at 1,000 products."""
    figures = []
    for size, repeats in REPEATS.items():
        with company(size) as folder, typed_in(folder, thousands(folder)) as typed:
            plain, few, many, none = best_in_turns(
                repeats, partial(to_gaps, folder), partial(to_gaps, folder, ten(folder)),
                partial(to_gaps, folder, thousands(folder)), partial(to_gaps, typed))
            figures += [Figure(f"{size:,} products, ten edits", few, "s", 1.3, plain),
                        Figure(f"{size:,} products, 5,000 edits", many, "s", 1.1, none)]
    with company(1_000) as folder:
        page = Figure("an edit on the Overview at 1,000 products", on_a_page(folder), "ms", 300,
                      by="value")
    return [Table("Edits laid over a source", "From the files to the gaps, in turns in one "
                  "process, the best of several: ten edits beside none; 5,000 beside none where "
                  "the same cells are typed into the files, which finds the same gaps.",
                  tuple(figures)),
            Table("An edit on a page", "Over the websocket, from the click to the last word of a "
                  f"scenario of one edit that nobody has opened before; p50 of {TRIED - 1}.",
                  (page,))]


if __name__ == "__main__":
    show(measure())
