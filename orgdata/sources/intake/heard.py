"""Who and what is known by name before the sheets are read: our own tables, lists of people, who is
named in full anywhere."""

from collections.abc import Sequence

import pandas as pd

from orgdata.model.schema import TABLES
from orgdata.sources.intake.build import Build
from orgdata.sources.intake.part import Part
from orgdata.sources.intake.people import MAIL
from orgdata.sources.intake.people_cells import one_person
from orgdata.sources.raw import RawTable
from orgdata.sources.vendors.records import map_distinct


def learn(build: Build, known: Sequence[tuple[str, RawTable]]) -> None:
    """Know the rows of our own tables by their ids and names."""
    for table, add in (("products", build.products.add), ("outcomes", build.outcomes.add),
                       ("people", build.people.add)):
        key = TABLES[table].key[0]
        for name, raw in known:
            if name == table and key in raw.frame:
                ids = raw.frame[key].str.strip()
                names = raw.frame["name"].str.strip() if "name" in raw.frame else ids
                add({id_: name for id_, name in zip(ids, names, strict=True) if id_})
                if table == "people" and "email" in raw.frame:
                    mails = raw.frame["email"].str.strip()
                    build.people.add({}, dict(zip(mails, names, strict=True)))
    for known_by, table in ((build.products, "products"), (build.outcomes, "outcomes")):
        known_by.listed = any(name == table for name, _ in known)


def hear_of_people(build: Build, parts: Sequence[Part]) -> None:
    """Know everybody of a list of people, and who is named in full anywhere."""
    for part in parts:
        if part.main == "person":
            names = map_distinct(part.cells("person"), one_person)
            build.people.add({name: name for name in names[names != ""].unique()},
                             _aliases(part, names))
        elif part.main == "product":
            build.people.add({}, _addresses(part))
    lists = sorted(parts, key=lambda part: part.main != "product")  # how these write them, counts
    build.people.hear(*(part.cells(meaning) for part in lists if part.main != "person"
                        for meaning in ("product_manager", "owner", "objective.owner",
                                        "key_result.owner", "deputy")))


def _aliases(part: Part, names: pd.Series) -> dict[str, str]:
    """What else the people of a list are called → their name: addresses, keys, initials, and "Bob"
    or "Bob Hale" for Robert Hale."""
    aliases: dict[str, str] = {}
    for column in (*part.meanings.get("email", ()), *part.meanings.get("id", ())):
        for other, name in zip(part.cells_of(column), names, strict=True):
            aliases[other] = name
            first, _, rest = name.partition(" ")
            if other.istitle() and other.isalpha() and other != first and rest:
                aliases.setdefault(f"{other} {rest}", name)
    return aliases


def _addresses(part: Part) -> dict[str, str]:
    """The addresses that a list of products has beside the names of their managers → the name."""
    names = part.cells("product_manager")
    mails = part.cells("product_manager.email", "email")
    return {str(mail): name for mail, cell in zip(mails, names, strict=True)
            if MAIL.fullmatch(mail) and (name := one_person(cell)) and not MAIL.search(name)}
