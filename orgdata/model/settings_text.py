"""Settings as the text of a settings.toml, which reads back as the same settings."""

from collections.abc import Mapping
from typing import Any

import tomli_w

from orgdata.model import toml
from orgdata.model.settings import Settings, settings_of


def to_toml(settings: Settings) -> str:
    """Every setting that is set, as a settings.toml that reads back as the same settings; without
    what may be written back, which says nothing of the data and may hold a password."""
    content = {name: value for name in ("managed_level", "currency", "cadence_days",
                                           "confidence_scale", "fiscal_year_start", "pace")
               if (value := getattr(settings, name)) is not None}
    if settings.as_of:
        content = {"as_of": settings.as_of.isoformat(), **content}
    if settings.layouts:
        content["layouts"] = list(settings.layouts)
    content |= {name: _filled(getattr(settings, name)) for name in (
        "tables", "merge", "columns", "fixed", "exports", "same", "values", "answers")}
    content["words"] = {ours: list(forms) for ours, forms in sorted(settings.words.items())}
    content["accept"] = {key: {"until": one.until, "reason": one.reason}
                         for key, one in sorted(settings.accept.items())}
    content["rules"] = {code: {"enabled": rule.enabled} | (
        {} if rule.threshold is None else {"threshold": rule.threshold})
        for code, rule in sorted(settings.rules.items())}
    documents = {"template": str(settings.template or ""), "address": settings.address}
    if any(documents.values()):
        content["documents"] = {name: text for name, text in documents.items() if text}
    return tomli_w.dumps({name: value for name, value in content.items() if value != {}})


def with_answers(written: bytes, answers: Mapping[str, str], file: str) -> str:
    """A settings file with these answers beside those it has, and all else as it was; comments stay
    where it had no answers yet. Raises SettingsError where it cannot be read."""
    settings = settings_of(written, file)
    content = toml.parse(written)
    section = tomli_w.dumps({"answers": {**settings.answers, **answers}})
    if "answers" not in content:
        text = written.decode("utf-8-sig").rstrip()
        return f"{text}\n\n{section}" if text else section
    return tomli_w.dumps({**content, "answers": {**settings.answers, **answers}})


def _filled(section: Mapping[str, Any]) -> dict[str, Any]:
    """A section in the order of its keys, without sections in it that hold nothing."""
    inner = {name: _filled(value) if isinstance(value, Mapping) else value
             for name, value in sorted(section.items())}
    return {name: value for name, value in inner.items() if value != {}}
