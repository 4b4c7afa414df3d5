"""Which of known names, and which persons, a cell means."""

from orgdata.sources.intake.names import Match, Names, names_in, one_spelling
from orgdata.sources.intake.people import People, called, is_short, people_in

__all__ = ["Match", "Names", "People", "called", "is_short", "names_in",
           "one_spelling", "people_in"]
