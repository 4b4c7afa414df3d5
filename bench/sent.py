"""What the first visit sends to the browser, beside a bare page.

    python -m bench.sent
"""

from bench.figures import Figure, Table, show
from bench.machine import company
from bench.pages import BARE
from bench.screenshots import serving
from bench.websocket import Visitor


def first_visit(address: str) -> float:
    """Kilobytes over the websocket from the start of a session to the end of its script."""
    visitor = Visitor(address)
    size = visitor.rerun().size
    visitor.close()
    return size / 1e3


def measure() -> list[Table]:
    """The Overview at 1,000 products."""
    with company(1_000) as source, serving(str(source)) as ours, serving(None, BARE) as bare:
        figure = Figure("overview, first visit, beside a bare page without charts",
                        first_visit(ours), "kB", 300, first_visit(bare), by="above")
    return [Table("Bytes sent to the browser at 1,000 products", "Over the websocket, from the "
                  "start of the session to the end of the script: every word, table and figure. "
                  "The files of the frontend, plotly's among them, are Streamlit's own and in "
                  "neither; we add none.", (figure,))]


if __name__ == "__main__":
    show(measure())
