"""settings.toml: what the data itself does not say (METHOD section 1, Settings)."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

from orgdata.model import toml
from orgdata.model.accepted import Accepted, read_accept
from orgdata.model.access import EVERYBODY, Access, read_access
from orgdata.model.fields import LARGEST, normalise_name
from orgdata.model.own_words import OURS, Forms, read_words
from orgdata.model.rhythm import WEEKLY, Rhythm, read_rhythm
from orgdata.model.schema import TABLES
from orgdata.model.toml import shown
from orgdata.model.words import normalise_word
from orgdata.model.write_back import WriteBack, read_write_back

T = TypeVar("T")
FILE_NAME = "settings.toml"
DEFAULT_CADENCE_DAYS = 7.0
MERGE_MODES = ("update", "append", "replace")  # the first is the default; see sources/merge.py
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)  # on which a portfolio is measured
CONFIDENCE_SCALES = (10, 5, 1, 100)
# Only where a file on this machine's disk says them
OF_THE_SERVER = ("documents.template", "documents.address", "write_back", "access", "rhythm")
PACE_PRESETS = ("difference", "ratio-95-85", "ratio-90-75", "ratio-70-40")


class SettingsError(ValueError):
    """The settings cannot be used; the message says which key and what was expected."""


@dataclass(frozen=True)
class RuleSettings:
    """One `[rules.CODE]` section: switched on or off, and another threshold."""

    enabled: bool = True
    threshold: float | None = None


@dataclass(frozen=True)
class Settings:
    """Parsed settings; every mapping is read only and keyed by our own names."""

    as_of: date | None = None
    managed_level: str | None = None
    currency: str | None = None
    cadence_days: float = DEFAULT_CADENCE_DAYS
    confidence_scale: int | None = None  # what the highest confidence is written as
    fiscal_year_start: int | None = None  # the month in which a year such as FY27 begins
    pace: str = PACE_PRESETS[0]  # which thresholds say on track; see measures/pace.py
    tables: Mapping[str, str] = field(default_factory=dict)  # ours -> theirs
    columns: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # table: ours -> theirs
    values: Mapping[str, Mapping[str, Mapping[str, str]]] = field(default_factory=dict)
    fixed: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # table: ours -> one value
    rules: Mapping[str, RuleSettings] = field(default_factory=dict)
    exports: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # vendor: its choices
    same: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # table: their id -> ours
    merge: Mapping[str, str] = field(default_factory=dict)  # table: update, append or replace
    answers: Mapping[str, str] = field(default_factory=dict)  # to questions of an intake
    words: Mapping[str, Forms] = field(default_factory=dict)  # what people call ours
    accept: Mapping[str, Accepted] = field(default_factory=dict)  # key of a gap → until when
    layouts: tuple[str, ...] = ()  # of the sheets they were given for: hashes of their columns
    template: Path | None = None  # of the deck; only a file on this machine's disk can name one,
    address: str = ""  # and only such a one where readers of a message find the dashboard,
    write_back: WriteBack | None = None  # and what may be written to which database,
    access: Access = EVERYBODY  # who may come in,
    rhythm: Rhythm = WEEKLY  # and when people hear of it
    unknown_keys: tuple[str, ...] = ()
    file: str | None = None

    def rule(self, code: str) -> RuleSettings:
        """The settings of one rule, defaults where there are none."""
        return self.rules.get(code, RuleSettings())


def read_settings(path: Path) -> Settings:
    """Read a settings file; files that it names lie beside it. Raises SettingsError when it is
    missing, not TOML, or unusable."""
    content = _read(path)
    return settings_of(content, str(path), path.parent)


def read_access_of(path: Path) -> Access:
    """Who may come in, as a settings file says, whatever else in it cannot be used. Raises
    SettingsError as `read_settings` does."""
    return _section_read(read_access, _section(_parsed(_read(path), str(path)), "access"))


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise SettingsError(f"settings file {path} does not exist") from None
    except OSError as error:
        raise SettingsError(f"settings file {path} cannot be read: {error}") from error


def settings_of(content: bytes, file: str | None = None, folder: Path | None = None,
                longest: int = toml.LONGEST) -> Settings:
    """The settings in the content of a file; `file` is None if they have no file of their own.
    Raises SettingsError when they cannot be used.

    They may come from anyone, as with an upload, so a path in them is followed from `folder` and
    ignored where there is none: nobody gets at files of this machine by naming them. Of more than
    `longest` bytes none is read.
    """
    return parse_settings(_parsed(content, file, longest), file, folder)


def _parsed(content: bytes, file: str | None, longest: int = toml.LONGEST) -> Mapping[str, Any]:
    try:
        return toml.parse(content, longest)
    except ValueError as error:
        subject = "settings" if file is None else f"settings file {file}"
        raise SettingsError(f"{subject} cannot be read: {error}") from error


def parse_settings(content: Mapping[str, Any], file: str | None = None,
                   folder: Path | None = None) -> Settings:
    """Settings from parsed TOML; paths only with a `folder`. The names of keys that are not used
    are in `unknown_keys`."""
    known = {"as_of", "managed_level", "currency", "cadence_days", "confidence_scale",
             "fiscal_year_start", "pace", "tables", "columns", "values", "rules", "exports", "same",
             "merge", "fixed", "documents", "answers", "layouts", "words", "accept"}
    known |= set() if folder is None else {"write_back", "access", "rhythm"}
    unknown = [key for key in content if key not in known]
    documents = _section(content, "documents")
    unknown += [f"documents.{name}" for name in documents if (
        folder is None or name not in ("template", "address"))]
    unknown += [f"words.{name}" for name in _section(content, "words") if name not in OURS]
    for section in ("tables", "columns", "values", "same", "merge", "fixed"):
        unknown += [f"{section}.{name}" for name in _section(content, section)
                    if normalise_name(name) not in TABLES]
    return Settings(
        as_of=_date(content.get("as_of")),
        managed_level=_text(content, "managed_level", 80),
        currency=_text(content, "currency", 10),
        cadence_days=_positive(content.get("cadence_days", DEFAULT_CADENCE_DAYS)),
        confidence_scale=_whole(content, "confidence_scale", CONFIDENCE_SCALES),
        fiscal_year_start=_whole(content, "fiscal_year_start", range(1, 13)),
        pace=_preset(content.get("pace", PACE_PRESETS[0])),
        tables={normalise_name(ours): str(theirs)
                for ours, theirs in _section(content, "tables").items()},
        columns={normalise_name(table): {normalise_name(ours): str(theirs)
                                         for ours, theirs in _section(pairs, table).items()}
                 for pairs in [_section(content, "columns")] for table in pairs},
        values={normalise_name(table): {
            normalise_name(column): {normalise_word(str(theirs)): str(ours)
                                     for theirs, ours in _section(columns, column).items()}
            for columns in [_section(tables, table)] for column in columns}
            for tables in [_section(content, "values")] for table in tables},
        rules={code.upper(): _rule(code, _section(rules, code))
               for rules in [_section(content, "rules")] for code in rules},
        fixed={table: {normalise_name(ours): value for ours, value in pairs.items()}
               for table, pairs in _pairs(content, "fixed").items()},
        exports=_pairs(content, "exports"),
        same=_pairs(content, "same"),
        merge={normalise_name(table): _mode(table, mode)
               for table, mode in _section(content, "merge").items()},
        answers={key: str(answer) for key, answer in _section(content, "answers").items()},
        accept=_section_read(read_accept, _section(content, "accept")),
        layouts=_texts(content, "layouts"),
        words=_section_read(read_words, _section(content, "words")),
        template=_path(documents.get("template"), folder),
        address="" if folder is None else _web_address(documents.get("address", "")),
        write_back=None if folder is None else _section_read(
            read_write_back, _section(content, "write_back")),
        access=EVERYBODY if folder is None else _section_read(
            read_access, _section(content, "access")),
        rhythm=WEEKLY if folder is None else _section_read(
            read_rhythm, _section(content, "rhythm")),
        unknown_keys=tuple(unknown),
        file=file,
    )


def _pairs(content: Mapping[str, Any], name: str) -> dict[str, dict[str, str]]:
    """A section of sections of text: normalised name → the pairs as written."""
    sections = _section(content, name)
    return {normalise_name(section): {str(key): str(value)
                                      for key, value in _section(sections, section).items()}
            for section in sections}


def _section(content: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    section = content.get(name, {})
    if not isinstance(section, Mapping):
        raise SettingsError(f"settings: [{name}] should be a section, found {shown(section)}")
    return section


def _text(content: Mapping[str, Any], name: str, most: int) -> str | None:
    text = str(content.get(name, "")).strip()
    if len(text) > most:
        raise SettingsError(f"settings: {name} has at most {most} characters")
    return text or None


def _texts(content: Mapping[str, Any], name: str) -> tuple[str, ...]:
    value = content.get(name, [])
    if not isinstance(value, list):
        raise SettingsError(f"settings: {name} should be a list, found {shown(value)}")
    return tuple(map(str, value))


def _section_read(read: Callable[[Mapping[str, Any]], T], section: Mapping[str, Any]) -> T:
    """A section by a reader of its own, which raises ValueError for what cannot be used."""
    try:
        return read(section)
    except ValueError as error:
        raise SettingsError(f"settings: {error}") from None


def _path(value: object, folder: Path | None) -> Path | None:
    if value is None or folder is None:
        return None
    if not isinstance(value, str) or not value.strip():
        raise SettingsError("settings: documents.template should be the name of a PowerPoint file, "
                            f"found {shown(value)}")
    return folder / value


def _web_address(value: object) -> str:
    """The address of the dashboard, without a slash at its end; "" where none is named."""
    text = str(value).strip().rstrip("/")
    if text and not re.fullmatch(r"https?://[^\s/?#\"<>]+(?:/[^\s?#\"<>]*)?", text):
        raise SettingsError("settings: documents.address should be where the dashboard is, like "
                            f"https://dashboard.our.example, found {shown(value)}")
    return text


def _date(value: object) -> date | None:
    if value is None:
        return None
    if isinstance(value, datetime):
        return _date(value.date())
    try:
        return day_to_measure(str(value))
    except ValueError as error:
        raise SettingsError(f"settings: as_of should be {error}, found {shown(value)}") from None


def day_to_measure(written: str) -> date:
    """The day in YYYY-MM-DD. Raises ValueError with what it should be where it is none, or one on
    which nothing can be measured."""
    try:
        day = date.fromisoformat(written)
    except ValueError:
        raise ValueError("YYYY-MM-DD") from None
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ValueError(f"between {FIRST_DAY} and {LAST_DAY}")
    return day


def _positive(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < 1e6:
        raise SettingsError("settings: cadence_days should be above 0 and below a million, found "
                            f"{shown(value)}")
    return float(value)


def _whole(content: Mapping[str, Any], name: str, allowed: Sequence[int]) -> int | None:
    value = content.get(name)
    if value is None:
        return None
    if type(value) is not int or value not in allowed:
        raise SettingsError(f"settings: {name} should be one of "
                            f"{', '.join(map(str, allowed))}, found {shown(value)}")
    return value


def _mode(table: str, value: object) -> str:
    if value not in MERGE_MODES:
        raise SettingsError(f"settings: merge.{table} should be one of "
                            f"{', '.join(MERGE_MODES)}, found {shown(value)}")
    return str(value)


def _preset(value: object) -> str:
    if value not in PACE_PRESETS:
        raise SettingsError(f"settings: pace should be one of {', '.join(PACE_PRESETS)}, "
                            f"found {shown(value)}")
    return str(value)


def _rule(code: str, section: Mapping[str, Any]) -> RuleSettings:
    enabled, threshold = section.get("enabled", True), section.get("threshold")
    if not isinstance(enabled, bool):
        raise SettingsError(f"settings: rules.{code}.enabled should be true or false, "
                            f"found {shown(enabled)}")
    if threshold is not None and (isinstance(threshold, bool)
                                  or not isinstance(threshold, int | float)
                                  or not abs(threshold) <= LARGEST):  # nan is not
        raise SettingsError(f"settings: rules.{code}.threshold should be a number up to "
                            f"{LARGEST:.0e}, found {shown(threshold)}")
    return RuleSettings(enabled, None if threshold is None else float(threshold))
