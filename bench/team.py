"""The users of a dashboard that asks who they are: an organisation of four roles, who click through
the pages of their role and now and then save something of their own.

Whose connection breaks comes back as a browser does, looks whether the last thing was saved, and
saves it again where it was not.
"""

import random
import time
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd
from websockets.exceptions import InvalidHandshake, WebSocketException

from bench.balancer import HEADER, VISITOR
from bench.websocket import Answer, Visitor
from orgdata.access.rights import PAGES
from orgdata.model.access import Role

TEAM: dict[Role, int] = {"head": 4, "leadership": 8, "pm": 30, "viewer": 8}
USERS = sum(TEAM.values())
PAUSE = 8.0  # seconds between clicks on average
SAVES = {"head": 0.1, "leadership": 0.1, "pm": 0.02}  # the share of clicks that save something
_DECISION = "What was decided, or is to be done?"
_PURPOSE = "What this product is for"


@dataclass
class Seen:
    """What the users lived through."""

    clicks: list[tuple[float, float]] = field(default_factory=list)  # when, and how long it took
    back: list[float] = field(default_factory=list)  # from a broken connection to a page again
    saved: list[str] = field(default_factory=list)  # texts that they saw as saved
    errors: list[str] = field(default_factory=list)

    def note(self, answer: Answer) -> str:
        """Count a click; all that was said then."""
        self.clicks.append((time.monotonic(), answer.seconds))
        return "\n".join(answer.words).replace("\\", "")


@dataclass
class User:
    """One user, with the text that is to be saved until it is seen as saved."""

    number: int
    role: Role
    product: str
    saving: str = ""

    @property
    def address(self) -> str:
        """Their e-mail address."""
        return f"{self.role}{self.number}@bench.example"

    def pages(self) -> list[str]:
        """The addresses of the pages of their role."""
        own = {"overview": "", "my_product": f"my_product?product={self.product}"}
        return sorted(own.get(page, page) for page in PAGES[self.role])


def team(folder: Path) -> list[User]:
    """The users of a company, whose addresses and roles are written into its files. Each product
    manager has a product of which nobody else is one."""
    roles = [role for role, count in TEAM.items() for _ in range(count)]
    owned = pd.read_csv(folder / "assignments.csv").drop_duplicates("person_id")
    users = [User(number, role, product) for number, (role, product) in enumerate(
        zip(roles, owned["product_id"], strict=False))]
    addresses = dict(zip(owned["person_id"], (one.address for one in users), strict=False))
    people = pd.read_csv(folder / "people.csv")
    people.assign(email=people["person_id"].map(addresses)).to_csv(
        folder / "people.csv", index=False)
    rules = [f'[[access.role]]\nrole = "{role}"\nclaim = "{HEADER}"\nany = '
             f"{[one.address for one in users if one.role == role]}\n"
             for role in ("head", "leadership")]
    rules.append('[[access.role]]\nrole = "pm"\nrule = "accountable"\n')
    with (folder / "settings.toml").open("a") as settings:
        settings.write(f'\n[access]\nrequire = "header"\nheader = "{HEADER}"\n{"".join(rules)}')
    return users


def use(user: User, address: str, until: float, seen: Seen) -> None:
    """Click and save until it is over, whatever breaks. What else goes wrong is an error."""
    chance, visitor, broken = random.Random(user.number), None, 0.0
    time.sleep(chance.uniform(0, PAUSE))
    while time.monotonic() < until:
        try:
            if visitor is None:
                visitor = Visitor(address, {VISITOR: user.address})
                visitor.visit("")
                if broken:
                    seen.back.append(time.monotonic() - broken)
            time.sleep(chance.uniform(0.5, 1.5) * PAUSE)
            if user.saving or chance.random() < SAVES.get(user.role, 0):
                user.saving = user.saving or f"{user.number} says {chance.random()}"
                _save(user, visitor, seen)
            else:
                click(visitor, chance.choice(user.pages()), seen)
        except (OSError, EOFError, WebSocketException, InvalidHandshake):
            broken = broken if visitor is None else time.monotonic()
            visitor = None
            time.sleep(0.5)  # as a browser does before it tries again
        except Exception as error:  # whatever happens to a user counts, and none may end the others
            seen.errors.append(f"{user.address}: {type(error).__name__}: {error}")
            return
    if visitor:
        visitor.close()


def click(visitor: Visitor, page: str, seen: Seen) -> str:
    """Visit a page; all that is said there."""
    path, _, query = page.partition("?")
    return seen.note(visitor.visit(path, query))


def _save(user: User, visitor: Visitor, seen: Seen) -> None:
    """Save what is to be saved, unless it is there already."""
    own = user.role == "pm"
    said = click(visitor, f"my_product?product={user.product}" if own else "weekly_review", seen)
    if user.saving not in said:
        if own:
            seen.note(visitor.unfold(next(
                label for label in visitor.seen.widgets if "the purpose" in label)))
        said = seen.note(visitor.send("Save" if own else "Record", {
            _PURPOSE if own else _DECISION: user.saving}))
    if user.saving not in said:
        why = [one for one in visitor.seen.words if one.startswith("Not ")]
        raise RuntimeError(f"not seen as saved: {why}")
    seen.saved.append(user.saving)
    user.saving = ""
