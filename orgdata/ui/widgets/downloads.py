"""What a reader takes along from a page: the documents of what is on the screen, made on a click.

Nothing is made before: a page gives each button a function, and Streamlit calls it in a thread of
its own, with a turning wheel on the button until the file is there.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

import streamlit as st

from orgdata.changes import Changes, compare
from orgdata.exports.edition import Edition
from orgdata.exports.registry import DOCUMENTS, FORMATS, MIMES, as_file_name
from orgdata.model.settings import SettingsError
from orgdata.store import Snapshot
from orgdata.ui.shell import store
from orgdata.ui.shell.cache import cached
from orgdata.ui.shell.escape import md
from orgdata.ui.shell.view import Evaluated, Filters, View
from orgdata.views.portfolio import source_name


def earlier(view: View) -> list[Snapshot]:
    """The snapshots before the day that is shown, oldest first."""
    day = view.alignment.as_of.date()
    return [one for one in view.evaluated.evaluation.known.snapshots if one.day < day]


@cached
def changes_since(evaluated: Evaluated, number: int) -> Changes:
    """What changed since the snapshot of this number. Raises StoreError."""
    was = store.evaluate_snapshot(number)
    return compare(was.alignment, was.gaps, evaluated.alignment, evaluated.gaps)


@dataclass(frozen=True)
class Narrowed:
    """What a page of its own narrows its list of gaps to: their keys, and how in few words."""

    gap_keys: frozenset[str]
    words: tuple[str, ...]


def edition_of(view: View, before: Snapshot | None = None,
               gaps: Narrowed | None = None) -> Edition:
    """What is on the screen, as exports take it: compared with a snapshot, else with the last one
    before; narrowed as the lists are. Raises StoreError."""
    if before is None:
        before = next(reversed(earlier(view)), None)
    changes = None if before is None else changes_since(view.evaluated, before.id)
    words = [view.filter_label(), *(gaps.words if gaps else ())]
    return Edition(
        view.evaluated.evaluation, source_name(view.portfolio.source), changes,
        ", ".join(word for word in words if word),
        frozenset(view.products()["product_id"]) if view.filters else None,
        gaps.gap_keys if gaps else None)


def show(view: View, kinds: Sequence[str], *, before: Snapshot | None = None,
         product_id: str | None = None, gaps: Narrowed | None = None) -> None:
    """One button that opens to the documents, each in its formats. A brief is of one product,
    whatever the filters."""
    more = st.popover("Take along", icon=":material/download:", key="take_along", on_change="rerun")
    if not more.open:
        return
    if product_id is not None:
        view = replace(view, filters=Filters())
    of = "" if product_id is None else as_file_name(product_id)
    with more:
        for name in kinds:
            kind = DOCUMENTS[name]
            st.markdown(f"**{md(kind.title)}**  \n:small[{md(kind.about)}]")
            if name == "deck" and (reason := _template_failure(view)):
                st.error(md(reason))
                continue
            with st.container(horizontal=True, gap="small"):
                for suffix in kind.makers:
                    st.download_button(
                        FORMATS[suffix],
                        partial(made, view, name, suffix, before, product_id, gaps),
                        kind.file_name(suffix, view.alignment.as_of.date(), of), MIMES[suffix],
                        key=f"take_{name}{suffix}", icon=":material/download:", on_click="ignore")
        words = (view.filter_label(), *(gaps.words if gaps else ()))
        if any(words):
            st.caption(md(f"Lists hold only what is shown: {', '.join(filter(None, words))}."))


def _template_failure(view: View) -> str:
    """Why the template that the settings name makes no deck; "" where it does, or none is named."""
    if (template := view.portfolio.settings.template) is None:
        return ""
    from orgdata.exports.deck.template import open_template  # python-pptx is slow to import

    try:
        open_template(template)
    except SettingsError as error:
        return str(error)
    return ""


def made(view: View, name: str, suffix: str, before: Snapshot | None = None,
         product_id: str | None = None, gaps: Narrowed | None = None) -> bytes:
    """A document of what is on the screen."""
    return DOCUMENTS[name].made(suffix, edition_of(view, before, gaps), product_id)
