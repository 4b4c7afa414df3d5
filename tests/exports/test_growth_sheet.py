"""The pages to print for one's own growth: what stands there, with room, and in no list."""

from datetime import date

from orgdata.exports import growth_sheet
from orgdata.exports.registry import DOCUMENTS
from orgdata.private import AREAS, Area
from orgdata.views.growth import QUESTIONS
from tests.exports.reading import HOSTILE, read_html

DAY = date(2026, 11, 20)


def test_the_page_for_the_talk_holds_what_was_chosen_and_room_for_each_question():
    area = Area("data", "much", "learning", DAY, "Read the funnel weekly", date(2026, 12, 4), "KR02")
    page = growth_sheet.talk("Group PM", [area], DAY).decode()
    said = read_html(page.encode())
    for text in ("A talk about the role Group PM", "Working with data", "Read the funnel weekly (by 4 Dec 2026)",
                 "KR02", *QUESTIONS):
        assert text in said
    assert page.count('class="room ') == len(QUESTIONS) + 1
    assert "<script" not in page


def test_hostile_texts_stay_texts():
    for words in HOSTILE:
        read_html(growth_sheet.talk(words, [Area("data", "much", "doing", DAY, words, DAY, words)], DAY))


def test_the_form_for_home_names_every_area_and_is_the_same_for_everybody():
    said = read_html(growth_sheet.form(DAY))
    assert all(kind.name in said for kind in AREAS.values())
    assert all(question in said for question in QUESTIONS)


def test_no_list_of_documents_has_them():
    assert not any("growth" in name or "talk" in name for name in DOCUMENTS)
