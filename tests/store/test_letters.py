"""A letter goes out once, and no more than one a day to anybody, however many ask at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import sqlalchemy as sa

from orgdata.store import Store
from orgdata.store.tables import letters
from tests.store.builders import AT, SOURCE, day

ASKED = (SOURCE, "asked", "H1", "2026-W47", day(16), AT)


def test_each_letter_once_and_one_a_day(address):
    with Store.open(address) as store:
        assert store.claim_letter(*ASKED)
        assert not store.claim_letter(*ASKED)
        assert not store.claim_letter(SOURCE, "asked", "H1", "2026-W47", day(17), AT)  # that week
        assert not store.claim_letter(SOURCE, "after", "H1", "2026-W48", day(16), AT)  # that day
        assert store.claim_letter(SOURCE, "asked", "H2", "2026-W47", day(16), AT)
        assert store.claim_letter("other", "asked", "H1", "2026-W47", day(16), AT)


def test_what_could_not_be_sent_may_go_out_again(address):
    with Store.open(address) as store:
        store.claim_letter(*ASKED)
        store.release_letter(*ASKED[:4])
        assert store.claim_letter(*ASKED)


def test_of_many_at_once_one_has_it(address):
    with Store.open(address) as store, ThreadPoolExecutor(8) as several:
        assert sum(several.map(lambda _: store.claim_letter(*ASKED), range(16))) == 1


def test_nobody_can_read_there_who_got_one_and_old_ones_go(address):
    with Store.open(address) as store:
        store.claim_letter(*ASKED)
        store.claim_letter(SOURCE, "asked", "H2", "2027-W04", day(30), AT + timedelta(days=61))
        with store._engine.connect() as connection:
            row, = connection.execute(sa.select(letters)).mappings()
        assert not any("H2" in str(value) or SOURCE in str(value) for value in row.values())
