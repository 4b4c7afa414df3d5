"""Reading what is being brought in: alone, or on top of the saved source that it updates."""

from dataclasses import dataclass, replace
from hashlib import sha256

from orgdata.model.portfolio import Portfolio
from orgdata.model.settings import Settings
from orgdata.sources import SourceError
from orgdata.store.archive import to_zip
from orgdata.ui.shell.cache import Versioned, cached
from orgdata.ui.upload import draft as drafts
from orgdata.ui.upload import tab_source
from orgdata.ui.upload.draft import Draft
from orgdata.ui.upload.files import content_key, portfolio_of, sheets_of
from orgdata.upload import answers, compare
from orgdata.upload.files import KEPT, Upload, with_newer
from orgdata.upload.left_behind import left_behind
from orgdata.upload.renames import Renamed, renames, with_renames


@dataclass(frozen=True)
class Read(Versioned):
    """An upload and the portfolio it is; the same content is the same portfolio."""

    upload: Upload
    portfolio: Portfolio
    version: str


@dataclass(frozen=True)
class Reading:
    """What is being brought in as it is read now, and the saved portfolio that it updates."""

    draft: Draft
    now: Read
    before: Read | None = None
    told: Read | None = None  # what the files tell of, without what is kept of the saved portfolio


def read(draft: Draft) -> Reading:
    """Read the draft by its settings. Raises SourceError, SettingsError."""
    if draft.base and draft.base not in tab_source.saved_names():  # deleted meanwhile
        draft = drafts.change(base=None)
    draft = _with_saved_answers(draft)
    saved = tab_source.saved_source(draft.base) if draft.base else None
    reading = _read_update(draft, saved) if saved else Reading(draft, _read(draft.upload))
    intake = reading.now.portfolio.intake
    before = draft.answered
    if before is None:
        before = frozenset(one.key for one in intake.questions if one.answered)
    shown = dict.fromkeys([*draft.shown, *(one.key for one in intake.questions)])
    return replace(reading, draft=drafts.change(
        answered=before, shown=tuple(key for key in shown if key not in before)))


def layouts_of(upload: Upload) -> tuple[str, ...]:
    """The layouts of the sheets of an upload, without rows that were kept. Raises SourceError."""
    return answers.layouts([list(sheet.table.frame.columns) for sheet in sheets_of(upload)
                            if not sheet.table.origin.startswith(KEPT)])


def _read(upload: Upload) -> Read:
    version = sha256(content_key(upload).encode()).hexdigest()
    return Read(upload, portfolio_of(upload), version)


def _with_saved_answers(draft: Draft) -> Draft:
    """The draft with the answers of the saved source that has the same layout, where there is one;
    looked for once for the same files. It is taken for an update of that source where it tells of
    the same things."""
    if draft.compared or draft.own_settings:
        return draft
    saved = tab_source.saved_settings()
    like = answers.most_alike(saved, layouts_of(draft.upload))
    draft = drafts.change(compared=True, like=like)
    if like is None:
        return draft
    draft = drafts.change(settings=_over(answers.how_to_read(saved[like]), draft.settings))
    return drafts.change(base=like) if draft.base is None and _updates(draft, like) else draft


def _updates(draft: Draft, name: str) -> bool:
    """Whether files tell of the same things as a saved source."""
    before = portfolio_of(tab_source.saved_source(name))
    try:
        return compare.tells_of_the_same(before, portfolio_of(draft.upload))
    except SourceError:  # by themselves they tell of nothing: that is said once they are read
        return False


def _over(saved: Settings, settings: Settings) -> Settings:
    """Saved settings with what was answered on the page laid over them."""
    return replace(saved, answers={**saved.answers, **settings.answers},
                   exports={**saved.exports, **settings.exports},
                   same={table: {**saved.same.get(table, {}), **settings.same.get(table, {})}
                         for table in saved.same.keys() | settings.same.keys()})


def _read_update(draft: Draft, saved: Upload) -> Reading:
    """The draft laid on the saved source: renames joined, and what is to stay kept beside it."""
    before = _read(saved)
    given = draft.upload.settings
    settings = given if draft.own_settings else _over(saved.settings, given)
    upload = replace(_merged(draft, saved), settings=settings)
    draft = _offer_renames(draft, before, _read(_renamed(upload, draft)))
    told = now = _read(_renamed(upload, draft))
    kept = _kept(before, now, draft.keep_gone)
    if kept:
        now = _read(replace(now.upload, files={**now.upload.files, KEPT: kept}))
    return Reading(draft, now, before, told)


def _renamed(upload: Upload, draft: Draft) -> Upload:
    confirmed = [one for one, is_same in draft.renames.items() if is_same]
    return replace(upload, settings=with_renames(upload.settings, confirmed))


def _offer_renames(draft: Draft, before: Read, now: Read) -> Draft:
    """The draft with each rename that is found now; it is taken for one until somebody says no."""
    found = {one: True for one in _renames(before, now) if one not in draft.renames}
    return drafts.change(renames={**draft.renames, **found}) if found else draft


@cached
def _renames(before: Read, now: Read) -> list[Renamed]:
    return renames(before.portfolio, now.portfolio)


@cached
def _kept(before: Read, now: Read, keep: bool) -> bytes:
    """The rows of the saved portfolio that stay, as a file; empty where there are none."""
    kept = left_behind(before.portfolio, now.portfolio, keep)
    return to_zip(kept, for_spreadsheets=True) if any(map(len, kept.tables.values())) else b""


def _merged(draft: Draft, saved: Upload) -> Upload:
    """The files with those they update, put together once: each of them is read for its columns."""
    key = (draft.upload.files_key, saved.entry)
    if draft.merged is None or draft.merged[0] != key:
        merged = (key, with_newer(saved, draft.upload, sheets_of))
        drafts.change(merged=merged)
        return merged[1]
    return draft.merged[1]
