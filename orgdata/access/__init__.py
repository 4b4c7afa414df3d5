"""Who may come in, who they are, and what they see and may change. Nothing is measured differently
for anybody: what is shown is a part of what was measured on everything."""

from orgdata.access.identity import Identity, Refused, of_claims, of_header
from orgdata.access.naming import person_named
from orgdata.access.rights import (
    NOBODY,
    OPEN,
    Rights,
    Theirs,
    rights_of,
    rights_of_token,
    theirs_of,
)
from orgdata.access.shown import shown

__all__ = ["NOBODY", "OPEN", "Identity", "Refused", "Rights", "Theirs", "of_claims", "of_header",
           "person_named", "rights_of", "rights_of_token", "shown", "theirs_of"]
