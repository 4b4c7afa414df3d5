"""The commands `export` and `digest`: write documents into files, and send the digest."""

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from orgdata import formats
from orgdata.changes import compare
from orgdata.cli.analyse import store_url
from orgdata.cli.arguments import (
    CommandError,
    DigestOptions,
    ExportOptions,
    SnapshotName,
    SourceOptions,
)
from orgdata.cli.terminal import print_json, print_lines
from orgdata.cli.writing import write_file
from orgdata.edits import Edit
from orgdata.evaluation import evaluate, evaluate_snapshot
from orgdata.exports.digest import as_email, as_slack, as_text
from orgdata.exports.digest import digest as digest_of
from orgdata.exports.edition import Edition
from orgdata.exports.registry import DOCUMENTS, Document, distinct_names
from orgdata.exports.send import (
    MailServer,
    SendError,
    mail_message,
    post_to_webhook,
    send_mail,
)
from orgdata.store import Store, source_key
from orgdata.views.as_if import Ideas
from orgdata.views.ideas import AsIf
from orgdata.views.portfolio import source_name


def export(source_options: SourceOptions, options: ExportOptions) -> int:
    """Write a document, or a brief for each product into a folder."""
    document, out = DOCUMENTS[options.kind], options.out
    if options.product and not document.per_product:
        raise CommandError(f"--product is for --kind brief; a {document.name} is of all products")
    all_products = document.per_product and not options.product
    suffix = _suffix(document, out, options.brief_format, all_products)
    url = store_url(options.store) if options.store or options.since is not None else None
    edition = edition_of(source_options, url, options.since)
    files = _files(document, out, suffix, edition, options.product, all_products)
    if all_products:
        out.mkdir(exist_ok=True)
    for path, product_id in files:
        write_file(path, document.make(suffix, edition, product_id))
        print_lines(path)
    return 0


def _suffix(document: Document, out: Path, brief_format: str | None, all_products: bool) -> str:
    """The suffix of the files to write: that of the file's name; for a folder of briefs that of
    --format, else HTML."""
    if all_products:
        if out.suffix in document.makers and not out.is_dir():
            raise CommandError(f"there is a brief for each product, so {out} should be a folder; "
                              "--product ID writes one brief into a file")
        suffix = f".{brief_format or 'html'}"
    else:
        suffix = out.suffix.lower()
        if brief_format and suffix != f".{brief_format}":
            raise CommandError("--format is for a folder of briefs; the name of a file says its "
                              "format by its ending")
    if suffix not in document.makers:
        reason = f"{suffix[1:]} is none" if suffix else "the name has no ending that says which"
        raise CommandError(
            f"{formats.with_article(document.name)} is written as "
            f"{', '.join(document.formats)}; {reason}")
    return suffix


def _files(document: Document, out: Path, suffix: str, edition: Edition, product: str | None,
           all_products: bool) -> list[tuple[Path, str | None]]:
    """The files to write, each with the id of the product it is about."""
    ids = edition.product_rows()["product_id"].tolist() if document.per_product else []
    if product and product not in ids:
        raise CommandError(f"no active product has the id {product!r} on {edition.day:%Y-%m-%d}")
    if not all_products:
        return [(out, product)]
    if not ids:
        raise CommandError(f"there is no product on {edition.day:%Y-%m-%d}, so no brief")
    return [(out / document.file_name(suffix, edition.day, name), product_id)
            for product_id, name in distinct_names(ids).items()]


def digest(source_options: SourceOptions, options: DigestOptions) -> int:
    """Print the digest, or with --send send it."""
    if options.send and options.destination == "stdout":
        raise CommandError("--send needs --to webhook or --to mail")
    try:
        return _digest(source_options, options)
    except SendError as error:
        raise CommandError(str(error)) from None


def _digest(source_options: SourceOptions, options: DigestOptions) -> int:
    send, destination = options.send, options.destination
    address = _address(destination) if send else ""  # before any work: a schedule fails at once
    server = MailServer.from_url(address) if send and destination == "mail" else None
    digest = digest_of(edition_of(source_options, store_url(options.store), options.since))
    if destination == "webhook":
        if send:
            post_to_webhook(address, as_slack(digest))
        else:
            print_json(as_slack(digest))
    elif destination == "mail":
        email = as_email(digest)
        if server:
            send_mail(server, mail_message(email, server, datetime.now(UTC)))
        else:
            print_lines(f"Subject: {email.subject}", "", *email.text.splitlines())
    else:
        print_lines(*as_text(digest).splitlines())
    if send:
        receiver = "webhook" if destination == "webhook" else "mail server"
        print_lines(f"sent to the {receiver}: {digest.title}")
    return 0


def mail_address() -> str:
    """The address of the mail server in the environment. Raises SendError without one."""
    return _address("mail")


def _address(destination: str) -> str:
    """The address of a webhook or mail server in the environment; it holds secrets."""
    name = {"webhook": "ORGDATA_WEBHOOK", "mail": "ORGDATA_SMTP_URL"}[destination]
    expected = {"webhook": "the address of a webhook",
                "mail": "smtp://user:password@host:587?from=one@address&to=another@address"}[destination]
    if not (address := os.environ.get(name, "").strip()):
        raise SendError(f"{name} is not set; expected {expected} in the environment")
    return address


def edition_of(source_options: SourceOptions, url: str | None,
             since: SnapshotName | None) -> Edition:
    """The edition to export; with a store also with what it knows of the source, and with what
    changed since a snapshot. Raises StoreError."""
    loaded = source_options.load()
    name = source_name(loaded[0].source)
    if url is None:
        return Edition(evaluate(*loaded), name, as_if=_as_if(source_options, (), loaded[1]))
    with Store.open(url) as store:
        key = source_key(source_options.source)
        edits = tuple(store.edits(key, loaded[1]))
        portfolio, day = source_options.corrected(loaded, edits)
        now = evaluate(portfolio, day, store, key)
        snapshots = [one for one in now.known.snapshots if one.day < day and one.withdrawn is None]
        points = [point for _, point in sorted(store.points(snapshots).items(),
                                               key=lambda item: item[1].day)]
        edition = Edition(now, name, points=lambda: points,
                          as_if=_as_if(source_options, edits, day))
        before = store.snapshot_before(key, day, since.value if since else None)
        if before is None:
            return edition
        earlier = evaluate_snapshot(store, before.id)
        return replace(edition, changes=compare(
            earlier.alignment, earlier.gaps, now.alignment, now.gaps,
            (earlier.method, now.method)))


def _as_if(source_options: SourceOptions, edits: tuple[Edit, ...], day: date
           ) -> Callable[[str, str], AsIf | str]:
    """How the ideas of a source are tried: it is read once more when the first one is."""
    return Ideas(lambda: source_options.raw(edits), edits, day).as_if
