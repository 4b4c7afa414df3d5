"""Who is shown what of the company of canaries, and all that is sent to a reader, to be searched."""

import io
import zipfile

import pandas as pd
import pyarrow as pa
import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.elements.lib.mutable_expander_container import ExpanderContainer
from streamlit.elements.lib.mutable_popover_container import PopoverContainer
from streamlit.elements.lib.mutable_tab_container import TabContainer

from orgdata.edits import Edit
from tests import canaries
from tests.pages.conftest import READERS

ROLE = {"deputy": "pm", "owner": "viewer"}
SAID = {"qzdecisionowntwo": "OWN04:H4", "qzdecisiontwo": "PRG01:K2", "qzdecisionone": "PRG01:K1",
        "qzdecisionofall": None}
STATES = {"qzstatetwo": "PRG01:K2", "qzstateone": "PRG01:K1", "qzstateperson": "OWN04:H4"}
PROPOSED = {  # text → who proposed it, and the edit; and who sees it beside heads
    "qzproposedone": ("leadership", Edit("products", "set", {"product_id": "P1"}, {
        "jobs": "qzproposedone"}), {"leadership", "pm", "deputy"}),
    "qzproposedtwo": ("pm", Edit("products", "set", {"product_id": "P2"}, {
        "role_statement": "qzproposedtwo"}, {"role_statement": "qzpurposetwo"}), {"pm"}),
    "qzproposedask": ("viewer", Edit("expectations", "set", {"expectation_id": "X1"}, {
        "note": "qzproposedask"}), {"viewer", "partner", "pm", "deputy"}),
    "qzproposedlink": ("leadership", Edit("contributions", "set", {
        "product_id": "P1", "outcome_id": "O1"}, {"confirmed_by": "qzproposedlink"}),
        {"leadership", "owner"})}
FIX = {"qzcorrectedtwo": "P2", "qzcorrectedone": "P1"}
EVERYTHING = {*canaries.OWN, *canaries.OTHERS, *canaries.NOTES_OWN, *canaries.NOTES_OTHERS,
              *canaries.MAILS, *canaries.ABOUT_PERSONS, *canaries.ABOUT_OWN, *canaries.OWNERSHIP,
              "qzasknoteone", "qzasknotetwo", "qzasknotethree", "qzgoalabove", "qzscenario",
              *SAID, *STATES, *FIX, *PROPOSED, *canaries.GROWTH}
GROWTH = {*canaries.GROWTH}
PERSONAL = {*canaries.ABOUT_PERSONS, "qzdecisionowntwo", "qzstateperson"}
MINE = {*canaries.OWN, *canaries.NOTES_OWN, *canaries.ABOUT_OWN, "qzasknoteone", "qzgoalabove",
        "qzdecisionone", "qzstateone", "qzcorrectedone"}
MAY = {  # what each may find somewhere; the rest may stand nowhere
    "head": EVERYTHING - GROWTH,
    "leadership": EVERYTHING - GROWTH - PERSONAL - {*canaries.ABOUT_OWN} - {
        *canaries.NOTES_OWN, *canaries.NOTES_OTHERS},
    "pm": MINE | {"No PM is assigned to Nobodys", *canaries.GROWTH_SHARED, *canaries.GROWTH_KEPT},
    "deputy": MINE | {"No PM is assigned to Nobodys", *canaries.GROWTH_SHARED},
    "owner": {"qzwhyone", "qzblockone"},  # which they can clear
    "partner": {"qzaskone", "qzasktwo", "qzasknoteone", "qzasknotetwo"},
    "viewer": set()}
MUST = {  # and what each does find
    "head": EVERYTHING - GROWTH,
    "leadership": {"qzpurposeone", "qzpurposetwo", "qzgoalone", "qzgoaltwo", "qzresulttwo", "qzaskone",
                   "qzaskthree", "qzblocktwo", *canaries.OWNERSHIP, "qzdecisionofall",
                   "qzdecisiontwo", "qzstatetwo", "qzscenario"},
    "pm": {"qzpurposeone", "qzgoalone", "qzresultone", "qzaskone", "qzblockone", "PRG05:K1",
           "qzdecisionone", "qzstateone"},
    "owner": {"qzwhyone"}, "partner": {"qzaskone", "qzasktwo"}, "viewer": set()}
MUST["deputy"] = MUST["pm"] | {*canaries.GROWTH_SHARED}
MUST["pm"] = MUST["pm"] | {*canaries.GROWTH_SHARED, *canaries.GROWTH_KEPT}
for each in READERS:
    theirs = {text for text, (_, _, seen_by) in PROPOSED.items() if each in seen_by | {"head"}}
    MAY[each], MUST[each] = MAY[each] - {*PROPOSED} | theirs, MUST[each] - {*PROPOSED} | theirs


class Everything:
    """All that is sent to a reader: what stands on pages, also in what is opened first, and what
    buttons hand over."""

    def __init__(self, monkeypatch):
        self.parts, self.downloads, self.file_names = [], [], set()
        for container in (ExpanderContainer, PopoverContainer, TabContainer):
            monkeypatch.setattr(container, "open", property(lambda _: True, lambda *_: None))
        for name, kept in (("dataframe", self._rows), ("data_editor", self._rows),
                           ("download_button", self._file)):
            for of in (st, DeltaGenerator):
                monkeypatch.setattr(of, name, self._noting(getattr(of, name), kept))

    def _noting(self, function, kept):
        def noted(*args, **kwargs):
            kept(*args, **kwargs)
            return function(*args, **kwargs)
        return noted

    def _rows(self, *args, **_):
        for rows in args:
            if isinstance(rows, pa.Table):
                rows = rows.to_pandas()
            if isinstance(rows, pd.DataFrame):
                self.parts.append(rows.to_csv().encode())

    def _file(self, *args, **kwargs):
        data = kwargs.get("data", next((one for one in args if callable(one)), None))
        self.downloads.append(data)
        self.file_names |= {one for one in [*args, kwargs.get("file_name")] if isinstance(one, str)}

    def take(self, app):
        assert not app.exception, app.exception
        self.parts += [node.proto.SerializeToString() for node in nodes(app._tree)
                       if getattr(node, "proto", None) is not None]

    def open_downloads(self):
        for data in self.downloads:
            content = data() if callable(data) else data
            self.parts.append(content if isinstance(content, bytes) else str(content).encode())
            if zipfile.is_zipfile(io.BytesIO(self.parts[-1])):
                with zipfile.ZipFile(io.BytesIO(self.parts[-1])) as archive:
                    self.parts += [archive.read(name) for name in archive.namelist()]
        self.downloads.clear()

    def holds(self, word):
        return any(word.encode() in part for part in self.parts)


def nodes(tree):
    for child in tree.children.values():
        yield child
        if hasattr(child, "children"):
            yield from nodes(child)


def labels(app):
    return {one.label for kind in ("button", "text_input", "selectbox") for one in app.get(kind)}


def addresses(page, keys, scenario):
    """Each page as it is, and with all that an address may name on it."""
    yield {}
    if page in ("overview", "what_if"):
        yield {"scenario": scenario}
    named = {"outcomes": ("outcome", ["O1", "O2"]), "products": ("product", ["P1", "P2", "P6"]),
             "my_product": ("product", ["P1", "P2"]), "gaps": ("gap", keys),
             "new_bets": ("idea", ["B1", "B2", "B3"]),
             "partners": ("expectation", ["X1", "X2", "X3"]), "focus": ("weeks", ["4 weeks"]),
             "history": ("since", ["1"]),
             "data": ("row", ["products:P1", "products:P2", "people:H2"]),
             "overview": ("cell", ["P1:O1", "P2:O2", "P2:", ":O2"])}
    param, values = named.get(page, ("", []))
    yield from ({param: value} for value in values)


KEYS = ["PRG01:K1", "PRG01:K2", "PRG05:K1", "PRG05:K2", "OWN04:H4", "OWN05:H3", "OWN07:J2",
        "OWN06:P2", "OWN01:P6", "XFN01:X1", "XFN01:X2", "XFN01:X3", "PRT04:D1", "RBK01:R2",
        "GOV01:PRG01:K2", "GOV01:OWN04:H4"]
