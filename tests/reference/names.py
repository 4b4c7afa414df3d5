"""METHOD section 1, "References": which accepted rows a written reference names."""

import re

CALLED = {"people": ("person_id", "name", "email"), "products": ("product_id", "name"),
          "outcomes": ("outcome_id", "name"), "objectives": ("objective_id", "title"),
          "key_results": ("kr_id", "title"), "cycles": ("cycle_id", "name"), "work": ("work_id",)}
SIGNS = (r";", r",", r"/|&|\+|\sand\s")


def parts(text: str, table: str, rows: list[dict],
          signs: tuple[str, ...] = SIGNS) -> list[tuple[str, list[str]]]:
    """Each part of a written reference with the ids of the rows that bear it."""
    if ids := borne_by(text, table, rows):
        return [(text, ids)]
    for at, sign in enumerate(signs):
        pieces = re.split(sign, text, flags=re.IGNORECASE)
        if len(pieces) > 1:
            found = [part for piece in pieces if piece.strip()
                     for part in parts(piece.strip(), table, rows, signs[at + 1:])]
            return found or [(text, [])]
    return [(text, [])]


def borne_by(text: str, table: str, rows: list[dict]) -> list[str]:
    """The id as written; else all that bear the text as id, name, title or e-mail."""
    key = CALLED[table][0]
    if any(row[key] == text for row in rows):
        return [text]
    ids = _called(text, table, rows)
    if not ids and (address := re.fullmatch(r"(.*)<([^<]*)>", text, re.DOTALL)):
        ids = _called(address[2], table, rows) or _called(address[1], table, rows)
    return ids


def _called(text: str, table: str, rows: list[dict]) -> list[str]:
    ids = [row[CALLED[table][0]] for row in rows
           if any(row[name] and _plain(row[name]) == _plain(text) for name in CALLED[table])]
    return list(dict.fromkeys(ids))


def _plain(text: str) -> str:
    return "".join(text.split()).lower()
