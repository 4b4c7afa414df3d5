"""The store of what lasts between sessions: snapshots, states of gaps, decisions, uploads."""

from orgdata.model.history import StoreError
from orgdata.store.corrections import CorrectedMeanwhile, Correction
from orgdata.store.entries import (
    STATES,
    Decision,
    EntryError,
    GapChange,
    SavedSource,
    Snapshot,
    SnapshotMark,
    Taken,
    compared_by_default,
)
from orgdata.store.place import DEFAULT_URL, saved_source_key, source_key
from orgdata.store.proposals import Proposal
from orgdata.store.scenarios import KeptScenario
from orgdata.store.store import Store
from orgdata.store.tokens import Token

__all__ = ["DEFAULT_URL", "STATES", "CorrectedMeanwhile", "Correction", "Decision",
           "EntryError", "GapChange", "KeptScenario", "Proposal", "SavedSource", "Snapshot",
           "SnapshotMark", "Store", "StoreError", "Taken", "Token", "compared_by_default",
           "saved_source_key", "source_key"]
