"""What somebody writes down for themselves of how they grow: encrypted, in a database of its own,
never in the store."""

from orgdata.private.areas import AREAS, HEADINGS, NEED, NOW, Area, AreaError, Growth
from orgdata.private.database import Private
from orgdata.private.sealed import PrivateError

__all__ = ["AREAS", "HEADINGS", "NEED", "NOW", "Area", "AreaError", "Growth", "Private",
           "PrivateError"]
