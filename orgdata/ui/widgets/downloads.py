"""Downloads: documents of what is on the screen, made when their button is clicked.

A page gives each button a function, which Streamlit calls in a thread of its own; the button shows
a spinner until the file is there.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

import streamlit as st

from orgdata.access import Refused, shown
from orgdata.changes import Changes, compare
from orgdata.exports.edition import Edition, Tried
from orgdata.exports.registry import DOCUMENTS, FORMATS, MIMES, as_file_name
from orgdata.model.settings import SettingsError
from orgdata.store import Snapshot, compared_by_default
from orgdata.ui.shell import rights, scenario, sign_in, store
from orgdata.ui.shell.cache import cached
from orgdata.ui.shell.escape import md
from orgdata.ui.shell.pace import AtOnce
from orgdata.ui.shell.view import Evaluated, Filters, View
from orgdata.ui.widgets import as_if, history_points
from orgdata.views import past_review, what_if
from orgdata.views.edited import Names
from orgdata.views.portfolio import source_name

MOST_AT_ONCE = 3  # files for one person: those of others would wait
_AT_ONCE = AtOnce(MOST_AT_ONCE)


def earlier_snapshots(view: View) -> list[Snapshot]:
    """The snapshots before the day that is shown and not withdrawn, oldest first."""
    day = view.alignment.as_of.date()
    return [snapshot for snapshot in view.evaluated.evaluation.known.snapshots
            if snapshot.day < day and snapshot.withdrawn is None]


@cached
def changes_since(evaluated: Evaluated, snapshot_id: int) -> Changes:
    """What changed since the snapshot of this number. Raises StoreError."""
    before = shown(store.evaluate_snapshot(snapshot_id), evaluated.rights)
    return compare(before.alignment, before.gaps, evaluated.alignment, evaluated.gaps,
                   (before.method, evaluated.evaluation.method))


@cached
def changes_between(before: Evaluated, after: Evaluated) -> Changes:
    """What differs between a scenario and what it is compared with."""
    return compare(before.alignment, before.gaps, after.alignment, after.gaps)


@dataclass(frozen=True)
class GapSelection:
    """The gaps that a page's own filters select: their keys, and the filters in few words."""

    gap_keys: frozenset[str]
    labels: tuple[str, ...]


def edition_of(view: View, before: Snapshot | None = None,
               gap_selection: GapSelection | None = None) -> Edition:
    """What is on the screen as the edition that documents are made of. Raises StoreError.

    It is compared with a snapshot, by default the last one before, and filtered as the lists are.
    """
    changes = _changes(view, before)
    labels = [view.filter_label(), *(gap_selection.labels if gap_selection else ())]
    return Edition(
        view.evaluated.evaluation, _source(view), changes,
        ", ".join(label for label in labels if label),
        frozenset(view.products()["product_id"]) if view.filters else None,
        gap_selection.gap_keys if gap_selection else None,
        "" if view.review is None else past_review.sentence(view.review),
        _tried(view), lambda: history_points.before(view.present or view.evaluated)[0],
        lambda idea, outcome: as_if.of(view, idea, outcome))


def _source(view: View) -> str:
    """What a document calls its source: each page of one says that it shows a scenario."""
    name = source_name(view.portfolio.source)
    return name if view.scenario is None else f"{name} · scenario: {view.scenario.scenario.name}"


def _changes(view: View, before: Snapshot | None) -> Changes | None:
    """What a document tells as changed: since a snapshot, or of a scenario by what it changes."""
    if view.present is not None:
        return changes_between(view.present, view.evaluated)
    if before is None:
        before = compared_by_default(earlier_snapshots(view), view.alignment.as_of.date())
    return None if before is None else changes_since(view.evaluated, before.id)


def _tried(view: View) -> Tried | None:
    """The scenario that is shown, beside the present and others."""
    if (kept := view.scenario) is None:
        return None
    names = Names(view.portfolio)
    steps = tuple(what_if.step(step, names) for step in kept.scenario.steps if step.on)
    return Tried(kept.scenario.name, what_if.sentence(kept), steps, tuple(
        (name, one.evaluation) for name, one in scenario.columns(view)))


def show(view: View, names: Sequence[str], *, before: Snapshot | None = None,
         product_id: str | None = None, gap_selection: GapSelection | None = None,
         partner: str = "") -> None:
    """Show a button that opens to the documents of the given names, each in its formats.

    A brief is of one product, whatever the filters, a partner sheet of one function. Those that
    are not for who looks are left out.
    """
    names = [name for name in names if view.rights.may_export(name, product_id)]
    if not names:
        return
    popover = st.popover("Export", icon=":material/download:", key="take_along",
                         on_change="rerun")
    if not popover.open:
        return
    if product_id is not None:
        view = replace(view, filters=Filters())
    object_name = as_file_name(product_id or partner) if product_id or partner else ""
    if view.scenario is not None:
        object_name = f"{object_name}{object_name and '-'}scenario"
    with popover:
        for name in names:
            document = DOCUMENTS[name]
            st.markdown(f"**{md(document.title)}**  \n:small[{md(document.about)}]")
            if name == "deck" and (reason := _template_failure(view)):
                st.error(md(sign_in.reason(reason)))
                continue
            with st.container(horizontal=True, gap="small"):
                for suffix in document.makers:
                    st.download_button(
                        FORMATS[suffix],
                        noted(f"{name}{suffix}{f' of {product_id}' if product_id else ''}", partial(
                            make_document, view, name, suffix, before, product_id, gap_selection,
                            partner)),
                        document.file_name(suffix, view.alignment.as_of.date(), object_name),
                        MIMES[suffix], key=f"take_{name}{suffix}",
                        icon=":material/download:", on_click="ignore")
        labels = (view.filter_label(), *(gap_selection.labels if gap_selection else ()))
        if any(labels):
            st.caption(md(f"Filtered to {', '.join(filter(None, labels))}."))


def noted(what: str, make: Callable[[], bytes]) -> Callable[[], bytes]:
    """What makes a file, so that it is noted who had it: the reader, who is not known any more
    where it is called. That raises Refused once their sign-in is too old, or what is shown to them
    is not the same any more."""
    by, still_counts, who = sign_in.name(), rights.lasting(), sign_in.address()

    def make_and_note() -> bytes:
        still_counts()
        if store.too_often("files", who):
            raise Refused(f"{store.MOST_IN_AN_HOUR['files']} files were made for you in this hour.")
        with _AT_ONCE.of(who, wait=False) as may:
            if not may:
                raise Refused(f"{MOST_AT_ONCE} files are being made for you.")
            made = make()
        store.note("exported", what, by)
        return made

    return make_and_note


def _template_failure(view: View) -> str:
    """Why the deck template of the settings cannot be used; "" if it can, or none is named."""
    if (template := view.portfolio.settings.template) is None:
        return ""
    from orgdata.exports.deck.template import open_template  # python-pptx is slow to import

    try:
        open_template(template)
    except SettingsError as error:
        return str(error)
    return ""


def make_document(view: View, name: str, suffix: str, before: Snapshot | None = None,
                  product_id: str | None = None,
                  gap_selection: GapSelection | None = None, partner: str = "") -> bytes:
    """A document of what is on the screen. Raises Refused where it is not for who asks."""
    if not view.rights.may_export(name, product_id):
        raise Refused("There is no such document, or it is not for you.")
    return DOCUMENTS[name].make(suffix, edition_of(view, before, gap_selection),
                                product_id or partner)
