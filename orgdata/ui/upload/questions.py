"""The questions that only a person can answer, one line each, with our guess chosen."""

from collections.abc import Sequence

import streamlit as st

from orgdata import formats
from orgdata.model.intake import Question
from orgdata.ui.shell.escape import md
from orgdata.ui.shell.rewording import said
from orgdata.ui.upload import draft as drafts
from orgdata.ui.upload.draft import Draft
from orgdata.upload.answers import Arranged

_SIDE_BY_SIDE = 34  # characters of all options that stand beside one another
_MOST_OPTIONS = 3
_LONGEST = 160  # characters of a question, and of an option
_NAMED = 60  # characters of a word that is decided, and of what it is taken for
_CHANGED = "bring_change"  # session state: the key of what is decided and to be changed


def show(asked: Arranged, draft: Draft) -> None:
    """Show the questions to answer; those answered before and those beyond ten are folded away."""
    if asked.now:
        count = formats.count(len(asked.now), "question")
        st.markdown(f"**{count}** :small[Our guess is chosen; change what is wrong.]")
    for question in asked.now:
        _ask(question)
    for questions, label in ((asked.before, _answered_label(asked.before, draft)),
                             (asked.beyond, f"{len(asked.beyond):,} more, decided by our guess")):
        if questions:
            with st.expander(md(label)):
                for question in questions:
                    _ask(question)


def show_decided(decided: Sequence[Question]) -> None:
    """Show what needed no question, one at a time, with the way to say otherwise."""
    if not decided:
        return
    known = {one.key: one for one in decided}
    with st.expander(f"{formats.count(len(decided), 'short name or word', 'short names or words')} "
                     "read without asking"):
        if st.session_state.get(_CHANGED) not in known:
            st.session_state[_CHANGED] = None
        chosen = st.selectbox("Change one", list(known), key=_CHANGED, placeholder="Choose one",
                              format_func=lambda key: said(_in_words(known[key])))
        if chosen is not None:
            _ask(known[chosen])


def _in_words(decided: Question) -> str:
    """What was decided, in a line: “Ana” is Ana Sousa."""
    what = decided.key.partition(": ")[2]
    return (f"“{formats.clipped(what, _NAMED)}”: "
            f"{formats.clipped(decided.options[decided.taken], _NAMED)}")


def widget_key(question: Question) -> str:
    """The key of the field that answers a question."""
    return f"ask_{question.key}"


def _answered_label(questions: Sequence[Question], draft: Draft) -> str:
    where = f"in “{draft.like}”" if draft.like else "before"
    return f"{formats.count(len(questions), 'answer')} given {where}"


def _ask(question: Question) -> None:
    key, options = widget_key(question), list(question.options)
    st.session_state[key] = question.taken
    labels = {option: said(formats.clipped(label, _LONGEST))
              for option, label in question.options.items()}
    if len(options) <= _MOST_OPTIONS and sum(map(len, labels.values())) <= _SIDE_BY_SIDE:
        st.segmented_control(_label(question), options, key=key, required=True, on_change=_answer,
                             args=(question.key, key), format_func=lambda one: md(labels[one]))
    else:
        st.selectbox(_label(question), options, key=key, on_change=_answer,
                     args=(question.key, key), format_func=labels.__getitem__)


def _answer(key: str, widget: str) -> None:
    drafts.answer(key, st.session_state[widget])


def _label(question: Question) -> str:
    """The question with those examples that it does not name itself."""
    examples = [one for one in question.examples if one not in question.text]
    text = f"{md(formats.clipped(question.text, _LONGEST))}"
    return text + (f" :small[:gray[{md(' · '.join(formats.clipped(one, 40) for one in examples))}]]"
                   if examples else "")
