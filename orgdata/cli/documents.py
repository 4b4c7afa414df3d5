"""What `export` and `digest` do: documents into files, the digest to a webhook or by mail."""

import json
import os
import tempfile
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from orgdata.changes import compare
from orgdata.cli.analyse import store_url
from orgdata.cli.arguments import CommandError, DigestOptions, ExportOptions, SnapshotName, Wanted
from orgdata.evaluation import evaluate, evaluate_snapshot
from orgdata.exports.digest import digest as digested
from orgdata.exports.digest import letter, slack, words
from orgdata.exports.edition import Edition
from orgdata.exports.registry import DOCUMENTS, Document, distinct_names
from orgdata.exports.send import PostError, Server, by_mail, mail, to_webhook
from orgdata.store import Store, source_key
from orgdata.views.portfolio import source_name


def export(wanted: Wanted, options: ExportOptions) -> int:
    """Write a document, or a brief for each product into a folder."""
    kind, out = DOCUMENTS[options.kind], options.out
    if options.product and not kind.of_product:
        raise CommandError(f"--product is for --kind brief; a {kind.name} is of all products")
    of_all = kind.of_product and not options.product
    suffix = _suffix(kind, out, options.form, of_all)
    url = store_url(options.store) if options.store or options.since is not None else None
    made = _edition(wanted, url, options.since)
    files = _files(kind, out, suffix, made, options.product, of_all)
    if of_all:
        out.mkdir(exist_ok=True)
    for path, product_id in files:
        _write(path, kind.made(suffix, made, product_id))
        print(path)
    return 0


def _suffix(kind: Document, out: Path, asked: str | None, of_all: bool) -> str:
    """The format of what is written: that of the file's name; of a folder of briefs HTML, unless
    another is asked for."""
    formats = ", ".join(one[1:] for one in kind.makers)
    if of_all:
        if out.suffix in kind.makers and not out.is_dir():
            raise CommandError(f"there is a brief for each product, so {out} should be a folder; "
                              "--product ID writes one brief into a file")
        suffix = f".{asked or 'html'}"
    else:
        suffix = out.suffix.lower()
        if asked and suffix != f".{asked}":
            raise CommandError("--format is for a folder of briefs; the name of a file says its "
                              "format by its ending")
    if suffix not in kind.makers:
        said = f"{suffix[1:]} is none" if suffix else "the name has no ending that says which"
        raise CommandError(f"a {kind.name} is written as {formats}; {said}")
    return suffix


def _files(kind: Document, out: Path, suffix: str, made: Edition, product: str | None,
           of_all: bool) -> list[tuple[Path, str | None]]:
    """Which files are written, and of which product each is."""
    ids = made.product_rows()["product_id"].tolist() if kind.of_product else []
    if product and product not in ids:
        raise CommandError(f"no managed product has the id {product!r} in what is active on "
                          f"{made.day:%Y-%m-%d}")
    if not of_all:
        return [(out, product)]
    if not ids:
        raise CommandError(f"there is no managed product on {made.day:%Y-%m-%d}, so no brief")
    return [(out / kind.file_name(suffix, made.day, name), one)
            for one, name in distinct_names(ids).items()]


def digest(wanted: Wanted, options: DigestOptions) -> int:
    """Print the digest, or send it where that is asked for."""
    if options.send and options.to == "stdout":
        raise CommandError("--send needs --to webhook or --to mail")
    try:
        return _digest(wanted, options)
    except PostError as error:
        raise CommandError(str(error)) from None


def _digest(wanted: Wanted, options: DigestOptions) -> int:
    send, to = options.send, options.to
    secret = _secret(to) if send else ""  # before any work: a schedule fails at once
    server = Server.of(secret) if send and to == "mail" else None
    one = digested(_edition(wanted, store_url(options.store), options.since))
    if to == "webhook":
        if send:
            to_webhook(secret, slack(one))
        else:
            print(json.dumps(slack(one), ensure_ascii=False, indent=1))
    elif to == "mail":
        if server:
            by_mail(server, mail(letter(one), server, datetime.now(UTC)))
        else:
            print(f"Subject: {letter(one).subject}\n\n{letter(one).text}", end="")
    else:
        print(words(one), end="")
    if send:
        print(f"sent to the {'webhook' if to == 'webhook' else 'mail server'}: {one.title}")
    return 0


def _secret(to: str) -> str:
    name = {"webhook": "ORGDATA_WEBHOOK", "mail": "ORGDATA_SMTP_URL"}[to]
    expected = {"webhook": "the address of a webhook",
                "mail": "smtp://user:password@host:587?from=one@address&to=another@address"}[to]
    if not (found := os.environ.get(name, "").strip()):
        raise PostError(f"{name} is not set; expected {expected} in the environment")
    return found


def _edition(wanted: Wanted, url: str | None, since: SnapshotName | None) -> Edition:
    """What is exported of a source on a day; with a store as the pages would show it, and with
    what changed since a snapshot. Raises StoreError."""
    portfolio, day = wanted.load()
    name = source_name(portfolio.source)
    if url is None:
        return Edition(evaluate(portfolio, day), name)
    with Store.open(url) as store:
        key = source_key(wanted.source)
        now = evaluate(portfolio, day, store, key)
        before = store.snapshot_before(key, day, since.value if since else None)
        if before is None:
            return Edition(now, name)
        was = evaluate_snapshot(store, before.id)
        return Edition(now, name, compare(was.alignment, was.gaps, now.alignment, now.gaps))


def _write(path: Path, content: bytes) -> None:
    """Replace a file all at once: whoever reads it meanwhile has the old one or the new one.
    Raises OSError that names the file."""
    path = path.resolve()  # what a link leads to is replaced, not the link
    if path.exists() and not path.is_file():
        raise CommandError(f"{path} is no file that could be replaced")
    beside = None
    try:
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
        number, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:50]}.")
        with os.fdopen(number, "wb") as file:
            file.write(content)
        os.chmod(beside, mode)
        os.replace(beside, path)
    except OSError as error:
        if beside:
            with suppress(OSError):
                os.unlink(beside)
        raise OSError(error.errno, error.strerror, str(path)) from None


def _umask() -> int:
    """The rights that new files do not get; it can only be read by setting it."""
    found = os.umask(0)
    os.umask(found)
    return found
