"""The weekly deck: slides (.pptx) with charts and tables that can be edited, in the design of a
template. The same edition and template give the same bytes."""

import io

from orgdata.exports.deck.answer import about_this_deck, answer, beside_each_other, opening
from orgdata.exports.deck.bets import bets
from orgdata.exports.deck.exceptions import exceptions
from orgdata.exports.deck.matrix import who_serves_what
from orgdata.exports.deck.money import money
from orgdata.exports.deck.review import changed, decisions, patterns, roadblocks, unknown
from orgdata.exports.deck.template import new_deck
from orgdata.exports.edition import Edition
from orgdata.exports.office import repacked

# Without anything to show, no slide
SLIDES = (opening, beside_each_other, answer, who_serves_what, money, bets, changed, patterns,
          exceptions, decisions, roadblocks, unknown, about_this_deck)


def deck(edition: Edition) -> bytes:
    """The deck of an edition as .pptx. Raises SettingsError where its template cannot be used."""
    new = new_deck(edition)
    for add_slides in SLIDES:
        add_slides(new, edition)
    saved = io.BytesIO()
    new.file.save(saved)
    return repacked(saved.getvalue())
