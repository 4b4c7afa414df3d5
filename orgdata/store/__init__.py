"""What is remembered between two looks at the data: snapshots, states of gaps, decisions."""

from orgdata.model.history import StoreError
from orgdata.store.entries import (
    STATES,
    Confirmation,
    Decision,
    EntryError,
    GapChange,
    KeptSource,
    Snapshot,
    Taken,
)
from orgdata.store.place import DEFAULT_URL, source_key
from orgdata.store.store import Store

__all__ = ["DEFAULT_URL", "STATES", "Confirmation", "Decision", "EntryError", "GapChange",
           "KeptSource", "Snapshot", "Store", "StoreError", "Taken", "source_key"]
