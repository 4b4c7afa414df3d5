"""Who may come in, and who they are. Nothing is measured differently for anybody."""

from orgdata.access.identity import Identity, Refused, of_claims, of_header, person_named

__all__ = ["Identity", "Refused", "of_claims", "of_header", "person_named"]
