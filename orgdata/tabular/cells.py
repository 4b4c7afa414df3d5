"""Text cells → trimmed text, words, yes and no (METHOD section 1, "Reading cells").

Every reader takes an arrow array of text in which blank is null, and returns values of the same
length with a mask of what could not be read. Work is done on whole columns, or once per distinct
value.
"""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from orgdata.model.words import Vocabulary, normalise_word

Mask = npt.NDArray[np.bool_]

YES = frozenset(["yes", "y", "true", "t", "1", "x"])
NO = frozenset(["no", "n", "false", "f", "0"])
BLANK_WORDS = frozenset(["n/a", "na", "tbd", "-", "–", "—"])  # of a number or date, in any case
TEXT = pd.StringDtype("pyarrow", na_value=np.nan)
_BLANK, _NULL = pa.scalar("", pa.large_string()), pa.scalar(None, pa.large_string())
_FEW = 500  # cells that Python goes through faster than arrow encodes them
LONGEST = 80  # characters of a number or date; a longer cell is neither: no pattern is tried on it


def text(column: pd.Series) -> pa.Array:
    """Trimmed text, blank as null, as one arrow array of strings."""
    return trimmed(as_written(column))


def trimmed(values: pa.Array) -> pa.Array:
    """Texts without white space around them, blank as null."""
    if _may_hold_spaces(values):
        values = pc.utf8_trim_whitespace(values)
    wide = values.type == _BLANK.type
    blank = pc.equal(values, _BLANK if wide else "")
    if not pc.any(blank).as_py():
        return values  # not a copy: of a large table it would be most of the memory
    if values.offset:
        return pc.if_else(blank, _NULL if wide else pa.scalar(None, values.type), values)
    _, *texts = values.buffers()  # which stay where they are: only what is blank is said anew
    _, told = pc.fill_null(pc.invert(blank), False).buffers()
    return pa.Array.from_buffers(values.type, len(values), [told, *texts])


def as_written(column: pd.Series) -> pa.Array:
    """Text as it is, as one arrow array of strings."""
    values = (column.array.__arrow_array__() if isinstance(column.array, pd.arrays.ArrowStringArray)
              else pa.array(column, type=pa.large_string(), from_pandas=True))  # as pandas keeps it
    return one_piece(values) if isinstance(values, pa.ChunkedArray) else values


def one_piece(values: pa.ChunkedArray) -> pa.Array:
    """Long texts in one piece. Arrow copies even those that are; they are taken as they are, unless
    they are part of a longer piece, whose other cells nobody is to look at."""
    if values.num_chunks != 1 or values.type != _BLANK.type:
        return values.combine_chunks()
    (piece,) = values.chunks
    _, ends, content = piece.buffers()
    end = np.frombuffer(ends, dtype=np.int64)[len(piece)] if len(piece) else 0
    whole = not piece.offset and end == (0 if content is None else content.size)
    return piece if whole else values.combine_chunks()


def _may_hold_spaces(values: pa.Array) -> bool:
    """Whether any byte may belong to a space. Ids, days and numbers hardly ever have one, and
    checking the bytes takes a tenth of the time of trimming each cell."""
    content = np.frombuffer(values.buffers()[2] or b"", dtype=np.uint8)
    return bool(len(content)) and bool(content.min() <= ord(" ") or content.max() > 127)


def any_matches(column: pd.Series, pattern: str) -> bool:
    """Whether a regular expression, of arrow's kind, is found in any cell of a column of text."""
    return bool(pc.any(pc.match_substring_regex(as_written(column), pattern)).as_py())


def holds(values: pa.Array, sign: str) -> bool:
    """Whether any cell of a text array has this ASCII character; looks at the bytes only."""
    content = np.frombuffer(values.buffers()[2] or b"", dtype=np.uint8)
    return bool((content == ord(sign)).any())


def missing(values: pa.Array) -> Mask:
    """Where a text array is blank."""
    return np.asarray(pc.is_null(values)) if values.null_count else np.zeros(len(values), bool)


def as_text(values: pa.Array) -> pd.Series:
    """A text array as a pandas column (str, missing where blank)."""
    return pd.Series(text_array(values))


def text_array(values: pa.Array) -> pd.api.extensions.ExtensionArray:
    """A text array as a pandas array: without an index, which frames would have to compare."""
    if isinstance(values, pa.Array) and values.type == _BLANK.type:
        return pd.arrays.ArrowStringArray(values, dtype=TEXT)  # the same, in a fifth of the time
    return pd.array(values, dtype=TEXT)


def longer_than(values: pa.Array, most: int) -> Mask:
    """Where a text has more characters than that."""
    longest = pc.max(pc.binary_length(values)).as_py() or 0  # bytes: no less, and no text is read
    return (np.asarray(pc.fill_null(pc.greater(pc.utf8_length(values), most), False))
            if longest > most else np.zeros(len(values), dtype=bool))


def shortened(values: pa.Array, most: int) -> pa.Array:
    """Texts of at most so many characters: a longer one ends in an ellipsis."""
    start = pc.binary_join_element_wise(
        pc.utf8_slice_codeunits(values, 0, most - 1), pa.scalar("…", values.type),
        pa.scalar("", values.type))
    return pc.if_else(pc.greater(pc.utf8_length(values), most), start, values)


def without(values: pa.Array, where: Mask) -> pa.Array:
    """Text with some cells blank."""
    return pc.if_else(pa.array(where), pa.scalar(None, values.type), values)


def words(values: pa.Array, vocabulary: Vocabulary) -> tuple[pa.Array, Mask]:
    """Words as our vocabulary spells them, null where blank or not in it, and the mask of the
    latter."""
    canonical = translated(values, lambda word: vocabulary.canonical(normalise_word(word)))
    return canonical, missing(canonical) & ~missing(values)


def mapped(values: pa.Array, mapping: Mapping[str, str]) -> pa.Array:
    """Text with words replaced by a mapping of the settings, as in `[values.TABLE.COLUMN]`."""
    return translated(values, lambda word: mapping.get(normalise_word(word), word))


def booleans(values: pa.Array) -> tuple["pd.arrays.BooleanArray", Mask]:
    """Yes and no, missing where blank or unreadable, and the mask of the unreadable."""
    codes, read = distinct(values, _boolean, dtype=object)
    answers = pd.array([None if code < 0 else read[code] for code in codes], dtype="boolean")
    return answers, np.asarray(answers.isna()) & ~missing(values)


def _boolean(written: str) -> bool | None:
    word = written.lower()
    return True if word in YES else False if word in NO else None


def either(column: pd.Series, otherwise: "pd.Series | str") -> pd.Series:
    """A column of text without missing cells; where they are blank, the cells of another."""
    values = as_written(column)
    return beside(column, pc.if_else(pc.equal(values, _BLANK), _values(otherwise), values))


def only_where(column: pd.Series, where: "pd.Series | Mask",
               otherwise: "pd.Series | str" = "") -> pd.Series:
    """A column of text where something holds; elsewhere the cells of another. Their rows are the
    same and in one order: `Series.where`, which makes sure of that, takes several times as long."""
    return beside(column, pc.if_else(pa.array(np.asarray(where, dtype=bool)), as_written(column),
                                      _values(otherwise)))


def _values(column: "pd.Series | str") -> "pa.Array | pa.Scalar":
    return (pa.scalar(column, pa.large_string()) if isinstance(column, str) else
            as_written(column))


def beside(column: pd.Series, values: pa.Array) -> pd.Series:
    """Texts in the rows of a column, under its name."""
    return pd.Series(text_array(values), index=column.index, name=column.name, copy=False)


def translated(values: pa.Array, read: Callable[[str], str | None]) -> pa.Array:
    """Text with each cell replaced by what `read` makes of it, called once per distinct text in the
    order of their first cells."""
    if len(values) <= _FEW:
        written = values.to_pylist()
        once = {word: read(word) for word in dict.fromkeys(written) if word is not None}
        return pa.array([once.get(word) for word in written], values.type)
    encoded = pc.dictionary_encode(values)
    dictionary = pa.array([read(word) for word in encoded.dictionary.to_pylist()], values.type)
    return values if dictionary.equals(encoded.dictionary) else dictionary.take(encoded.indices)


def distinct(values: pa.Array, read: Callable[[str], object],
              dtype: type = float) -> tuple[npt.NDArray[np.int32], npt.NDArray[Any]]:
    """Codes per cell (−1 where null) into the distinct values, each read once."""
    encoded = pc.dictionary_encode(values)
    codes = np.asarray(pc.fill_null(encoded.indices, -1))
    once: npt.NDArray[Any] = np.empty(len(encoded.dictionary), dtype=dtype)
    once[:] = [read(word) for word in encoded.dictionary.to_pylist()]
    return codes, once
