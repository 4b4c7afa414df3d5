"""The calendar's address lets in who has it, with the rights of its token; any other finds nothing."""

import time
from datetime import UTC, datetime

import icalendar
import pytest

from tests.pages.rights.shown_to import EVERYTHING, GROWTH, MAY
from tests.serve.test_programs import ROLES, door  # noqa: F401


@pytest.mark.parametrize("role", ROLES)
def test_each_role_has_a_calendar_of_what_is_theirs(door, role):  # noqa: F811
    answer = door.client.get(f"/calendar/{door.texts[role]}.ics")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    found = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    assert bool(found) == (role in ("pm", "deputy", "partner"))  # those of whom a day is asked
    assert {word for word in EVERYTHING if word in answer.text} <= MAY[role] - GROWTH
    again = door.client.get(f"/calendar/{door.texts[role]}.ics",
                            headers={"if-none-match": answer.headers["etag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("token", ["x", "orgdata_" + "a" * 43, "%00", "..", "%ED%A0%80"])
def test_another_address_finds_nothing(door, token):  # noqa: F811
    assert door.client.get(f"/calendar/{token}.ics").status_code == 404


def test_a_revoked_one_finds_nothing_any_more(door):  # noqa: F811
    text, number = door.texts["viewer"], door.ids["viewer"]
    assert door.client.get(f"/calendar/{text}.ics").status_code == 200
    door.store.revoke_token(number, "Head", datetime.now(UTC))  # as another replica does
    time.sleep(1)
    assert door.client.get(f"/calendar/{text}.ics").status_code == 404
