"""The weekly deck: a .pptx nobody had to build, with native charts and tables, in the looks of a
template. The same edition and template give the same bytes."""

import io

from orgdata.exports.deck.answer import answer, opening
from orgdata.exports.deck.exceptions import exceptions
from orgdata.exports.deck.matrix import who_serves_what
from orgdata.exports.deck.money import money
from orgdata.exports.deck.review import changed, decisions, patterns, roadblocks, unknown
from orgdata.exports.deck.template import new_deck
from orgdata.exports.edition import Edition
from orgdata.exports.office import repacked

SLIDES = (opening, answer, who_serves_what, money, changed, patterns, exceptions, decisions,
          roadblocks, unknown)  # what has nothing to show makes no slide


def deck(edition: Edition) -> bytes:
    """The deck of one edition. Raises SettingsError where its template cannot be used."""
    made = new_deck(edition)
    for slides in SLIDES:
        slides(made, edition)
    packed = io.BytesIO()
    made.file.save(packed)
    return repacked(packed.getvalue())
