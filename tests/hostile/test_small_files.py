"""Small files made to cost much are refused with one line, before anything is built of them."""

import re
import time

import pytest

from orgdata.model.settings import Settings
from orgdata.sources import SourceError, read_files, sheets_in
from tests.hostile.corpus import TEXT_FILES, WORKBOOKS, ZIPS, filled_down, with_rows

CASES = [pytest.param(f"file.{kind}", make, said, id=name)
         for kind, cases in (("xlsx", WORKBOOKS), ("csv", TEXT_FILES), ("zip", ZIPS))
         for name, (make, said) in cases.items()]


@pytest.mark.parametrize(("file", "make", "said"), CASES)
def test_it_is_refused_with_one_line_at_once(file, make, said):
    content = make()
    began = time.process_time()
    with pytest.raises(SourceError, match=re.escape(said)) as error:
        read_files(file, {file: content}, Settings())
    assert time.process_time() - began < 2
    assert str(error.value).startswith(f"{file}: ")
    assert len(str(error.value)) < 300


@pytest.mark.parametrize("content", [
    pytest.param(filled_down(200_000), id="a formula filled down far below the table"),
    pytest.param(with_rows(b'<row r="1048576"><c r="XFD1048576" t="str"><v></v></c></row>'),
                 id="blank text in the last cell")])
def test_blank_text_below_a_table_does_not_keep_it_from_being_read(content):
    (sheet,), noticed = sheets_in({"file.xlsx": content})
    assert sheet.table.frame.values.tolist() == [["P1", "A"]]
    assert len(sheet.table.problems) == len(noticed) == 0
