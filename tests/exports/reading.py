"""What a person and a machine find in the files we write."""

import io
import re
from html.parser import HTMLParser

from markdown_it import MarkdownIt
from pypdf import PdfReader

ALLOWED = set("html head meta title style body main header h1 h2 p dl div dt dd ul li span small "
              "strong table caption thead tbody tr th td svg rect aside".split())
ATTRIBUTES = set("lang charset http-equiv content name class dir scope role aria-label data-label viewbox x y "
                 "width height contenteditable".split())
# Names that would do something in some format, if they were read as more than words
HOSTILE = ("<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "\"'><b>bold</b>",
           "[link](javascript:alert(1))", "![picture](https://example.com/x.png)",
           "https://example.com/tracked www.example.com a@example.com", "`code` ```", "# heading",
           "- item", "1. item", "> quote", "| a | b |", "**bold** __bold__ ~~gone~~", "$x^2$ $$y$$",
           "@channel <!channel> <@U123> #1 :boom:", "{macro} {{template}} [[wiki]]", "&lt;b&gt; &amp;",
           "#eval(\"1\") #include \"x\" $math$ @ref <label>", "=HYPERLINK(\"http://x\")",
           "עברית אבג", "\u202eevil\u202c", "日本へ 🇯🇵👩‍👩‍👧‍👦", "a\x00b\x1bc\x07\x85d\nnew line\ttab",
           "x" * 300, "word " * 60, "\\", "***", "</style></title></svg>", "]]>", "--", "\ufffe\uffff")


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.tags, self.attributes, self.text, self.open = [], [], [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(tag, *pair) for pair in attrs]
        if tag not in ("meta", "rect"):
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(tag, *pair) for pair in attrs]

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] != "style":
            self.text.append(data)

    def handle_comment(self, data):
        raise AssertionError(f"a comment: {data}")


def read_html(content: bytes) -> str:
    """The words of a page, which is whole, inert and needs nothing from elsewhere."""
    text = content.decode("utf-8")
    reader = _Reader()
    reader.feed(text)
    reader.close()
    assert reader.open == [], "every tag is closed, in order"
    assert set(reader.tags) <= ALLOWED
    assert {name for _, name, _ in reader.attributes} <= ATTRIBUTES
    assert ("meta", "http-equiv", "Content-Security-Policy") in reader.attributes
    assert ("meta", "content", "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
            ) in reader.attributes
    assert "url(" not in text
    assert "@import" not in text
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f]", text)
    return " ".join(" ".join(reader.text).replace("\u00a0", " ").split())


def read_markdown(content: bytes) -> str:
    """The words of Markdown as rendered, in which nothing but our own structure came to life."""
    text = content.decode("utf-8")
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)
    words = []
    for token in tokens:
        assert token.type not in ("html_block", "fence", "code_block", "blockquote_open", "hr",
                                  "ordered_list_open"), token.content
        for child in token.children or []:
            assert child.type in ("text", "strong_open", "strong_close", "softbreak",
                                  "text_special"), (child.type, token.content)
            words.append(child.content)
        words.append("\n")
    said = "".join(words)
    assert not re.search(r"(https?|ftp)://|www\.|@\w|:[\w+-]+:(?!\w)|#\d", said), (
        "a chat makes addresses, mentions and pictures live by itself")
    assert "<" not in text
    return " ".join(said.replace("\u2060", "").split())


def headings(content: bytes) -> list[str]:
    """The headings of Markdown."""
    return [line.lstrip("# ") for line in content.decode().splitlines()
            if line.startswith(("# ", "## "))]


def read_pdf(content: bytes) -> tuple[int, str]:
    """The number of pages of a PDF that does nothing by itself, and its words without spaces: how
    a line is broken says nothing."""
    reader = PdfReader(io.BytesIO(content), strict=True)
    assert "/OpenAction" not in reader.trailer["/Root"]
    assert not any(page.get("/Annots") for page in reader.pages), "no link, no form"
    return len(reader.pages), closed(" ".join(page.extract_text() for page in reader.pages))


def closed(words: str) -> str:
    """Words without spaces."""
    return re.sub(r"[\s\u200b]+", "", words)
