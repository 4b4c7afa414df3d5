"""Files as a browser says that it has dropped them in."""

from types import SimpleNamespace

import pytest
from streamlit.proto.Common_pb2 import FileURLs
from streamlit.runtime.uploaded_file_manager import DeletedFile, UploadedFile, UploadedFileRec

from orgdata.ui.upload import draft

CSV = b"product_id,name\nP1,A\n"


def arrived(name):
    return UploadedFile(UploadedFileRec(name, name, "text/csv", CSV), FileURLs())


@pytest.mark.parametrize(("given", "files", "said"), [
    ([arrived("a.csv"), arrived("b.csv")], ["a.csv", "b.csv"], None),
    ([arrived("a.csv"), DeletedFile("x")], ["a.csv"], "1 file did not arrive: drop it in once more"),
    ([DeletedFile("x"), DeletedFile("y")], [], "2 files did not arrive: drop them in once more")])
def test_what_did_not_arrive_is_said_and_the_rest_is_taken(given, files, said, monkeypatch):
    """The server may have been started anew, or the number of a file be made up."""
    state = {"field": given, draft._ROUND: 0}
    monkeypatch.setattr(draft, "st", SimpleNamespace(session_state=state))
    draft._take("field")
    taken = draft.current()
    assert (list(taken.files) if taken else []) == files
    assert state.get(draft._REFUSED) == said
    assert state[draft._ROUND] == 1
