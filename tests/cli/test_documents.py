"""`export` and `digest`: files written all at once, nothing sent without being asked."""

import json
import os
import stat

import pytest

from orgdata.demo import DEMO
from orgdata.exports.registry import DOCUMENTS
from tests.csv_folders import write
from tests.demo_company import seeded
from tests.servers import SECRET, Mailbox, mail_server, webhook
from tests.sources.databases import run as change

TINY = {"products": "product_id,name\nP1,A\nP/2,B\n", "outcomes": "outcome_id,name\nO1,Grow\n"}


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """A store with the eight weeks of the demo; the tests only read it."""
    return seeded(tmp_path_factory.mktemp("store"))


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch):
    for name in ("ORGDATA_WEBHOOK", "ORGDATA_SMTP_URL", "ORGDATA_STORE", "http_proxy", "HTTP_PROXY",
                 "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)


# -- export ----------------------------------------------------------------------------------------

@pytest.mark.parametrize(("kind", "suffix"), [
    (name, suffix) for name, kind in DOCUMENTS.items() for suffix in kind.makers])
def test_each_kind_is_written_in_each_format(run, tmp_path, kind, suffix):
    out = tmp_path / f"it{suffix}"
    product = ["--product", "P/2"] if kind == "brief" else []
    source = write(tmp_path / "data", **TINY)
    assert run("export", source, "--kind", kind, "--out", out, *product) == (0, f"{out}\n", "")
    first = out.read_bytes()
    assert first
    assert run("export", source, "--kind", kind, "--out", out, *product)[0] == 0
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == [out.name]
    assert out.read_bytes() == first


def test_what_the_store_knows_goes_in(run, tmp_path, store):
    out = tmp_path / "weekly.md"
    assert run("export", DEMO, "--kind", "weekly", "--out", out)[0] == 0
    alone = out.read_text()
    assert run("export", DEMO, "--kind", "weekly", "--out", out, "--store", store)[0] == 0
    known = out.read_text()
    assert "Compared with: no earlier snapshot" in alone
    assert "Compared with: 13 Nov 2026" in known
    assert "Name a product manager for Returns" not in alone
    assert "Name a product manager for Returns" in known
    for since in ("6", "snapshot:6", "2026-11-06", "2026-11-12"):
        assert run("export", DEMO, "--kind", "weekly", "--out", out, "--store", store,
                   "--since", since)[0] == 0
        assert "Compared with: 6 Nov 2026" in out.read_text()


def test_the_store_of_the_environment_is_meant_where_a_snapshot_is_named(run, tmp_path, store,
                                                                         monkeypatch):
    monkeypatch.setenv("ORGDATA_STORE", store)
    change(store, "update orgdata_snapshots set method = '0' where id = 7")
    out = tmp_path / "w.html"
    assert run("export", DEMO, "--kind", "weekly", "--out", out, "--since", 7)[0] == 0
    assert "What was seen on 13 Nov 2026 was found under method 0" in out.read_text()


def test_a_brief_for_each_product_goes_into_a_folder(run, tmp_path):
    source, out = write(tmp_path / "data", **TINY), tmp_path / "briefs"
    code, said, error = run("export", source, "--kind", "brief", "--out", out,
                            "--as-of", "2026-11-20")
    names = ["brief-P-2-2026-11-20.html", "brief-P1-2026-11-20.html"]
    assert (code, error, sorted(said.split())) == (0, "", [str(out / name) for name in names])
    assert sorted(path.name for path in out.iterdir()) == names
    assert run("export", source, "--kind", "brief", "--out", out, "--format", "md",
               "--as-of", "2026-11-20")[0] == 0
    assert len(list(out.iterdir())) == 4


@pytest.mark.parametrize(("arguments", "said"), [
    (["--kind", "weekly", "--out", "w.pdf"], "a weekly is written as html, md; pdf is none"),
    (["--kind", "offsite", "--out", "w.pdf"], "an offsite is written as html, md; pdf is none"),
    (["--kind", "deck", "--out", "w"], "a deck is written as pptx; the name has no ending"),
    (["--kind", "deck", "--out", "w.pptx", "--product", "P1"], "--product is for --kind brief"),
    (["--kind", "deck", "--out", "w.pptx", "--format", "md"], "--format is for a folder"),
    (["--kind", "brief", "--out", "w.html"], "should be a folder; --product ID writes one"),
    (["--kind", "brief", "--out", "w.html", "--product", "P9"], "no active product has the id 'P9'"),
    (["--kind", "deck", "--out", "none/w.pptx"], "none/w.pptx: No such file or directory"),
    (["--kind", "weekly", "--out", "folder.html"], "is no file that could be replaced"),
    (["--kind", "weekly", "--out", "w.md", "--store", "sqlite:///s.db", "--since", "9"],
     "has no snapshot 9"),
    (["--kind", "weekly", "--out", "w.md", "--store", "sqlite:///s.db", "--since", "2026-01-01"],
     "has no snapshot of this source on 1 Jan 2026 or before"),
    (["--kind", "weekly", "--out", "w.md", "--store", "nonsense://x"], "nothing is installed here")])
def test_what_cannot_be_written_is_one_clear_line(run, tmp_path, monkeypatch, arguments, said):
    monkeypatch.chdir(tmp_path)
    source = write(tmp_path / "data", **TINY)
    (tmp_path / "folder.html").mkdir()
    code, out, error = run("export", source, *arguments)
    assert (code, out, error.count("\n")) == (2, "", 1)
    assert error.startswith("orgdata: ")
    assert said in error
    assert {path.name for path in tmp_path.iterdir()} <= {"data", "folder.html", "s.db"}


@pytest.mark.parametrize(("template", "said"), [
    (None, "our.pptx does not exist"), (b"not one", "our.pptx is no PowerPoint presentation")])
def test_a_template_that_cannot_be_used_is_one_clear_line(run, tmp_path, template, said):
    source = write(tmp_path / "data", settings='[documents]\ntemplate = "our.pptx"\n', **TINY)
    if template:
        (tmp_path / "data" / "our.pptx").write_bytes(template)
    code, out, error = run("export", source, "--kind", "deck", "--out", tmp_path / "deck.pptx")
    assert (code, out, error.count("\n")) == (2, "", 1)
    assert said in error
    assert not (tmp_path / "deck.pptx").exists()
    code, *_ = run("export", source, "--kind", "weekly", "--out", tmp_path / "pack.html")
    assert code == 0


@pytest.mark.parametrize("command", [["export", "--kind", "weekly", "--out", "w.md"],
                                     ["export", "--kind", "brief", "--out", "briefs"], ["digest"]])
def test_what_cannot_be_read(run, tmp_path, monkeypatch, command):
    monkeypatch.chdir(tmp_path)
    code, out, error = run(command[0], tmp_path / "none", *command[1:])
    assert (code, out, error.count("\n")) == (2, "", 1)
    assert "none does not exist" in error
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("since", ["soon", "-1", "1.5", "", "99999999", "²"])
def test_what_is_no_snapshot(run, since):
    code, _, error = run("digest", DEMO, f"--since={since}")
    assert code == 2
    assert "expected the number of a snapshot or YYYY-MM-DD" in error


def test_a_later_snapshot_is_not_the_one_to_compare_with(run, tmp_path, store):
    code, out, error = run("digest", DEMO, "--store", store, "--since", 8, "--as-of", "2026-11-13")
    assert (code, out) == (2, "")
    assert error == "orgdata: snapshot 8 is of 20 Nov 2026, which is after 13 Nov 2026\n"


def test_a_file_is_replaced_all_at_once_with_its_rights_and_through_its_link(run, tmp_path):
    source, real, link = write(tmp_path / "data", **TINY), tmp_path / "w.md", tmp_path / "to.md"
    real.write_text("old")
    real.chmod(0o640)
    link.symlink_to(real)
    with open(real) as reader:  # whoever reads the old one reads it to its end
        assert run("export", source, "--kind", "weekly", "--out", link)[0] == 0
        assert reader.read() == "old"
    assert link.is_symlink()
    assert real.read_text().startswith("# ")
    assert stat.S_IMODE(real.stat().st_mode) == 0o640
    new = tmp_path / "n.md"
    mask = os.umask(0o027)
    assert run("export", source, "--kind", "weekly", "--out", new)[0] == 0
    os.umask(mask)
    assert stat.S_IMODE(new.stat().st_mode) == 0o640


# -- digest ----------------------------------------------------------------------------------------

def test_the_digest_is_printed_and_nothing_is_sent(run, store, monkeypatch):
    box = Mailbox()
    with webhook() as (address, got), mail_server(box) as port:
        monkeypatch.setenv("ORGDATA_WEBHOOK", address)
        monkeypatch.setenv("ORGDATA_SMTP_URL", f"smtp://127.0.0.1:{port}?from=a@b.c&to=d@e.f")
        code, text, error = run("digest", DEMO, "--store", store)
        assert (code, error) == (0, "")
        assert text.startswith("Weekly portfolio review, 20 Nov 2026\n")
        assert "Changed since 13 Nov 2026" in text
        assert run("digest", DEMO, "--store", store, "--to", "stdout") == (0, text, "")
        message = json.loads(run("digest", DEMO, "--store", store, "--to", "webhook")[1])
        assert set(message) == {"text", "mrkdwn", "blocks"}
        assert run("digest", DEMO, "--store", store, "--to", "mail")[1] == (
            f"Subject: Weekly portfolio review, 20 Nov 2026\n\n{text}")
    assert got == box.received == []


def test_what_was_printed_is_what_is_posted(run, store, monkeypatch):
    arguments = ["digest", DEMO, "--store", store, "--since", 6, "--to", "webhook"]
    message = json.loads(run(*arguments)[1])
    with webhook() as (address, got):
        monkeypatch.setenv("ORGDATA_WEBHOOK", address)
        assert run(*arguments, "--send") == (
            0, "sent to the webhook: Weekly portfolio review, 20 Nov 2026\n", "")
    ((_, _, body),) = got
    assert json.loads(body) == message
    assert "Changed since 6 Nov 2026" in message["text"]


def test_what_was_printed_is_what_is_mailed(run, store, monkeypatch):
    text = run("digest", DEMO, "--store", store)[1]
    box = Mailbox()
    with mail_server(box) as port:
        monkeypatch.setenv("ORGDATA_SMTP_URL", f"smtp://127.0.0.1:{port}?from=a@b.c&to=d@e.f,g@h.i")
        assert run("digest", DEMO, "--store", store, "--to", "mail", "--send") == (
            0, "sent to the mail server: Weekly portfolio review, 20 Nov 2026\n", "")
    ((_, receivers, mail, _),) = box.received
    assert receivers == ["d@e.f", "g@h.i"]
    assert mail.get_body(("plain",)).get_content().replace("\r\n", "\n") == text


@pytest.mark.parametrize(("to", "variable", "value", "said"), [
    ("stdout", "ORGDATA_WEBHOOK", "", "--send needs --to webhook or --to mail"),
    ("webhook", "ORGDATA_WEBHOOK", " ", "ORGDATA_WEBHOOK is not set; expected the address"),
    ("webhook", "ORGDATA_WEBHOOK", "http://127.0.0.1:1/s3cret", "refuses the connection"),
    ("mail", "ORGDATA_SMTP_URL", "", "ORGDATA_SMTP_URL is not set; expected smtp://user:password@"),
    ("mail", "ORGDATA_SMTP_URL", "smtp://u:s3cret@127.0.0.1:1", "should end with ?from="),
    ("mail", "ORGDATA_SMTP_URL", "smtp://u:s3cret@127.0.0.1:1?from=a@s3cret&to=s3cret@b",
     "refuses the connection")])
def test_what_cannot_be_sent_is_one_clear_line(run, tmp_path, monkeypatch, caplog, to, variable,
                                               value, said):
    monkeypatch.setenv(variable, value)
    code, out, error = run("digest", write(tmp_path, **TINY), "--to", to, "--send",
                           "--store", f"sqlite:///{tmp_path / 's.db'}")
    assert (code, out, error.count("\n")) == (2, "", 1)
    assert error.startswith("orgdata: ")
    assert said in error
    assert "s3cret" not in error + caplog.text


def test_a_refused_message_is_a_failure(run, tmp_path, monkeypatch):
    with webhook(500) as (address, got):
        monkeypatch.setenv("ORGDATA_WEBHOOK", address)
        code, out, error = run("digest", write(tmp_path, **TINY), "--to", "webhook", "--send",
                               "--store", f"sqlite:///{tmp_path / 's.db'}")
    assert (code, out, len(got)) == (2, "", 1)
    assert "answered 500 Internal Server Error; nothing was posted" in error
    assert SECRET not in error


def test_the_off_site_pack_tries_the_ideas_and_knows_the_weeks(run, tmp_path):
    out = tmp_path / "o.md"
    assert run("export", DEMO, "--kind", "offsite", "--out", out, "--store", seeded(tmp_path))[0] == 0
    text = out.read_text()
    assert "| Not covered → weak; still lacks an objective, a measurable key result and a PM |" in text
    assert "| Aligned products | 19 | 28 | not known yet |" in text
