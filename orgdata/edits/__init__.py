"""Edits: corrections and scenarios, laid over a source that stays as it is (METHOD section 7)."""

from orgdata.edits.apply import Applied, EditedCell, apply
from orgdata.edits.edit import Edit, EditError
from orgdata.edits.verbs import Asked, made, read_asked

__all__ = ["Applied", "Asked", "Edit", "EditError", "EditedCell", "apply", "made", "read_asked"]
