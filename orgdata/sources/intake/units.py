"""The units of key results: from their values, else from the headers above them (FORMATS
section 3)."""

from collections.abc import Mapping, Sequence
from functools import reduce
from itertools import combinations

import numpy as np
import pandas as pd

from orgdata.sources.intake.headers import Header
from orgdata.sources.intake.letters import plain, stem
from orgdata.sources.intake.targets import are_points_more
from orgdata.sources.intake.values import SIGNS_OF_MONEY, unit_word
from orgdata.sources.vendors.records import map_distinct
from orgdata.tabular import cells
from orgdata.tabular.cells import Mask
from orgdata.tabular.numbers import numbers

_ALIKE = {word: words.split()[0] for words in (  # of one unit, singular and plural
    "s sec secs second seconds sek sekunde sekunden seconde secondes segundo segundos secondo "
    "secondi seg",
    "ms msec millisecond milliseconds",
    "min mins minute minutes minuten minuto minutos minuti",
    "h hr hrs hour hours std stunde stunden heure heures hora horas ora ore uur",
    "d day days tag tage tagen jour jours j día días dia dias giorno giorni dag dagen",
    "w week weeks wk wks woche wochen semaine semaines semana semanas settimana settimane weken",
    "month months monat monate monaten mois mes meses mês mese mesi maand maanden",
    "y yr yrs year years jahr jahre jahren an ans année années año años ano anos anno anni jaar",
    "customer customers kunde kunden client clients cliente clientes clienti klant klanten",
    "user users nutzer utilisateur utilisateurs usuario usuarios usuário usuários utente utenti",
    "point points pt pts punkt punkte punto puntos ponto pontos punti") for word in words.split()}


def units_of(read: Mapping[str, pd.Series]) -> pd.Series:
    """The unit that the values of each row are written with, "" where they bear none: %, min, €.
    A per cent sign beside a plain value within −1 and 1 is none, for these are fractions."""
    target, *others = (map_distinct(read[name], written_unit)
                       for name in ("target", "current", "baseline"))
    result = reduce(cells.either, others, target)
    percent = (result == "%").to_numpy()
    if not percent.any():
        return result
    fractions = np.zeros(len(result), dtype=bool)
    for text in read.values():
        found = numbers(cells.text(text))
        fractions |= ~found.percent & (found.values != 0) & (np.abs(found.values) <= 1)
    return cells.only_where(result, ~(percent & fractions))


def unit_above(headers: Sequence[Header]) -> str:
    """The unit that the headers of values say: "%" of "Target (%)", "Tage" of "Ziel (Tage)", EUR of
    "Target (k€)"; "" where they say none, or several."""
    said = {unit for header in headers if (unit := _of_header(header))}
    return said.pop() if len(said) == 1 else ""


def _of_header(header: Header) -> str:
    if header.currency or header.unit == "%":
        return header.currency or header.unit
    said = [word for word in header.unit.split() if plain(word) != "in"]
    return said[0] if len(said) == 1 and plain(said[0]) in _ALIKE else ""


def in_other_units(read: Mapping[str, pd.Series]) -> dict[int, str]:
    """Rows whose values are in different units, such as 2.5 h and 45 min, and why these are not
    compared."""
    units = [map_distinct(text, _alike).to_numpy(dtype=object) for text in read.values()]
    differing = np.zeros(len(units[0]), dtype=bool)
    for one, other in combinations(units, 2):
        differing |= (one != "") & (other != "") & (one != other)
    change = _is_by_per_cent(read) | are_points_more(read)
    differing |= change
    rows = next(iter(read.values())).index[differing]
    written = zip(*(text[differing].tolist() for text in read.values()), strict=True)
    reasons = np.where(change[differing], "its target is a change",
                       "its values are in different units")
    return {int(row): f"{reason}: {', '.join(filter(None, values))}"
            for row, values, reason in zip(rows, written, reasons, strict=True)}


def _is_by_per_cent(read: Mapping[str, pd.Series]) -> Mask:
    """Rows whose target is a change in per cent, −30% or +20%, of a baseline that is none: what it
    is nobody says."""
    target = read["target"]
    if not cells.any_matches(target, "^[-+−–].*%$"):
        return np.zeros(len(target), dtype=np.bool_)
    change = (target.str.match(r"[-+−–]\s?\d") & target.str.endswith("%")).to_numpy(dtype=bool)
    start = numbers(cells.text(read["baseline"]))
    return np.asarray(change & ~start.percent & (np.abs(start.values) > 1), dtype=np.bool_)


def written_unit(cell: str) -> str:
    """The unit that a number is written with: %, a sign of money, or a word behind it."""
    text = cell.partition("(")[0].strip()
    if text.endswith("%"):
        return "%"
    sign = next((sign for sign in SIGNS_OF_MONEY if sign in text), "")
    return sign or unit_word(cell)


def _alike(cell: str) -> str:
    word = unit_word(cell).casefold()
    return _ALIKE.get(word) or stem(word)
