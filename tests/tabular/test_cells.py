"""Text, words, yes and no as people write them (METHOD section 1, "Reading cells")."""

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgdata.model.words import ASSIGNMENT_ROLE, STRENGTH, Vocabulary, is_pictograph, normalise_word
from orgdata.tabular import cells


def test_text_is_trimmed_and_blank_is_missing():
    read = cells.text(pd.Series([" a ", "", "  ", "\u00a0b\t", "A b", "nan"], dtype="str"))
    assert read.to_pylist() == ["a", None, None, "b", "A b", "nan"]
    assert cells.missing(read).tolist() == [False, True, True, False, False, False]
    assert cells.as_text(read).isna().tolist() == [False, True, True, False, False, False]


@pytest.mark.parametrize("space", [" ", "\t", "\r\n", "\x1c", "\u00a0", "\u3000"])
def test_a_space_in_one_cell_of_a_clean_column_is_trimmed(space):
    assert cells.text(pd.Series(["a", f"b{space}"], dtype="str")).to_pylist() == ["a", "b"]
    assert cells.text(pd.Series(["a", space], dtype="str")).to_pylist() == ["a", None]
    assert cells.text(pd.Series([], dtype="str")).to_pylist() == []


def test_yes_and_no():
    written = ["Yes", "y", "TRUE", "t", "1", "X", "No", "n", "False", "F", "0", "maybe", "2", None]
    read, unreadable = cells.booleans(pa.array(written, pa.string()))
    assert list(read.fillna(False)) == [True] * 6 + [False] * 8
    assert read.isna().tolist() == [False] * 11 + [True] * 3
    assert unreadable.tolist() == [False] * 11 + [True, True, False]


def test_words_are_compared_without_case_spaces_and_hyphens():
    vocabulary = Vocabulary(("at_least", "between"), {"min": "at_least"})
    read, outside = cells.words(pa.array(["At Least", "at-least", "AT_LEAST", "Min", "most", None]),
                                vocabulary)
    assert read.to_pylist() == ["at_least"] * 4 + [None, None]
    assert outside.tolist() == [False] * 4 + [True, False]


@pytest.mark.parametrize(("written", "word"), [
    ("✅ Done", "done"), ("on-track ✅", "on_track"), ("❌\ufe0f  Cancelled", "cancelled"),
    ("⚠\ufe0f At risk", "at_risk"), ("🟢", "🟢"), (" 🟢 ", "🟢"), ("🟢\ufe0f", "🟢"), ("✅🟢", "✅🟢"),
    ("100% complete", "100%_complete"), ("Terminé", "terminé"),
])
def test_words_are_compared_without_pictographs(written, word):
    assert normalise_word(written) == word
    assert is_pictograph(word) == (word in ("🟢", "✅🟢"))
    read, outside = cells.words(pa.array([written]), Vocabulary((word,)))
    assert (read.to_pylist(), outside.tolist()) == ([word], [False])


def test_any_other_role_is_a_contributor():
    read, outside = cells.words(pa.array(["Poet", "Back-up", "backup", None]), ASSIGNMENT_ROLE)
    assert read.to_pylist() == ["contributor", "contributor", "deputy", None]
    assert not outside.any()


def test_mapped_words_leave_the_others():
    read = cells.mapped(pa.array(["Group Lead", "PM", None]), {"group_lead": "accountable"})
    assert read.to_pylist() == ["accountable", "PM", None]


@given(st.text(max_size=20))
def test_a_word_is_read_the_same_alone_or_among_clean_ones(written):
    alone, _ = cells.words(pa.array([written]), STRENGTH)
    among, _ = cells.words(pa.array(["primary", written, None, written]), STRENGTH)
    assert among.to_pylist()[1::2] == alone.to_pylist() * 2
    assert normalise_word(normalise_word(written)) == normalise_word(written)


def test_a_part_of_a_column_is_looked_at_without_the_rest():
    """What is in one piece is not copied; of a part of it nobody sees the other cells."""
    whole = pa.array(["a", "b\"", "c"], pa.large_string())
    piece = cells.one_piece(pa.chunked_array([whole]))
    assert piece.buffers()[2].address == whole.buffers()[2].address
    for part, texts in ((whole[:1], ["a"]), (whole[2:], ["c"]), (whole[:0], [])):
        found = cells.one_piece(pa.chunked_array([part]))
        assert found.to_pylist() == texts
        assert not cells.holds(found, '"')
