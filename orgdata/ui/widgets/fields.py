"""The fields of a form, with choices from the data; what was given comes back as texts of cells."""

from collections.abc import Sequence
from datetime import date

from streamlit.delta_generator import DeltaGenerator

from orgdata import formats
from orgdata.edits.forms import Answers, Ask, Objects
from orgdata.model import labels
from orgdata.ui.shell.cache import cached
from orgdata.ui.shell.rewording import said
from orgdata.ui.shell.view import Measured

_TABLE = {"person": ("people", "person_id"), "signer": ("people", "person_id"),
          "product": ("products", "product_id"),
          "outcome": ("outcomes", "outcome_id"), "idea": ("ideas", "idea_id")}


def show(grid: DeltaGenerator, measured: Measured, asks: Sequence[Ask], key: str,
         of: Objects | None = None) -> dict[str, str]:
    """Draw the fields of a form, and return what was given for each; "" for nothing. Goals to
    choose from are those of the product or objective that the form is `of`."""
    return {ask.name: _field(grid, measured, ask, f"{key}_{ask.name}", of or {})
            if _is_asked(measured, ask) else "" for ask in asks}


def _is_asked(measured: Measured, ask: Ask) -> bool:
    """Whose word it is, only those are asked who may change anything: `signing` fills it in. How
    strong a new link is, is not kept where it is said of no other one (METHOD section 7)."""
    if ask.signs:
        return ask.kind == "signer" and measured.rights.all
    return (ask.needed or ask.name != "strength" or not len(measured.portfolio["contributions"])
            or measured.portfolio.tracked("contributions", "strength"))


def lacking(asks: Sequence[Ask], answers: Answers) -> str:
    """What has to be filled in, in words; "" where enough was given."""
    lacks = [ask.label for ask in asks if ask.needed and not answers[ask.name]]
    says = any(answers.values()) or any(ask.blank for ask in asks)  # which says something, too
    return "" if says and not lacks else formats.listed(lacks or [ask.label for ask in asks])


def choices(measured: Measured, ask: Ask, of: Objects | None = None) -> dict[str, str] | None:
    """What there is to choose from for a field, each with its name; None where it is typed."""
    if ask.kind == "objective":
        return _objectives(measured, (of or {}).get("product_id", ""))
    if ask.kind == "key_result":
        return _key_results(measured, of.get("objective_id", "") if of else None)
    if ask.kind in _TABLE:
        return _names(measured, *_TABLE[ask.kind])
    return {word: _shown(word) for word in ask.choices} if ask.kind == "choice" else None


def _field(grid: DeltaGenerator, measured: Measured, ask: Ask, key: str, of: Objects) -> str:
    label = f"{ask.label} (blank: you)" if ask.signs and ask.needed else (
        ask.label) if ask.needed else (
        f"{ask.label} (blank: {ask.blank})" if ask.blank else f"{ask.label} (optional)")
    if (names := choices(measured, ask, of)) is not None:
        in_words = said if ask.kind == "choice" else str  # names from data stay as they are
        return grid.selectbox(label, list(names), index=None, key=key,
                              format_func=lambda one: in_words(names[one])) or ""
    if ask.kind == "day":
        day = grid.date_input(label, value=None, key=key, format="YYYY-MM-DD")
        return day.isoformat() if isinstance(day, date) else ""
    return grid.text_input(label, key=key).strip()


def _shown(word: str) -> str:
    """A word of a column as people read it."""
    return formats.sentence_case(labels.role(word).replace("_", " "))


@cached
def _names(measured: Measured, table: str, key: str) -> dict[str, str]:
    """The people, products or outcomes to choose from, each with its name; same names apart."""
    rows = measured.portfolio[table]
    names = formats.distinct_labels(dict(zip(rows[key], rows["name"], strict=True)))
    return dict(sorted(names.items(), key=lambda pair: pair[1].casefold()))


@cached
def _objectives(measured: Measured, product_id: str) -> dict[str, str]:
    """The objectives of a product in this cycle."""
    rows = measured.alignment.of_product(product_id, "objectives")
    return formats.distinct_labels(dict(zip(rows["objective_id"], rows["title"], strict=True)))


@cached
def _key_results(measured: Measured, objective_id: str | None) -> dict[str, str]:
    """The key results of an objective, or of all where none is given."""
    rows = measured.alignment.key_results
    if objective_id is not None:
        rows = rows[rows["objective_id"] == objective_id]
    return formats.distinct_labels(dict(zip(rows["kr_id"], rows["title"], strict=True)))
