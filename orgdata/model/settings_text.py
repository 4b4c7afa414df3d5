"""Settings → the text of a settings.toml that reads back as the same settings."""

import json
from collections.abc import Callable, Iterable, Mapping

from orgdata.model.settings import Settings

_PLAIN = ("as_of", "managed_level", "currency", "cadence_days", "pace")
_PAIRS = ("tables", "merge")  # sections of words
_NESTED = ("columns", "fixed", "exports", "same")  # sections of such sections


def to_toml(settings: Settings) -> str:
    """Every setting that is set, in the order of the documentation; ends in a line break."""
    lines: list[str] = []
    for name in _PLAIN:
        value = getattr(settings, name)
        if value is not None:
            lines.append(f"{name} = {_toml(str(value) if name == 'as_of' else value)}")
    for name in _PAIRS:
        lines += _section((name,), getattr(settings, name))
    for name in _NESTED:
        for table, pairs in getattr(settings, name).items():
            lines += _section((name, table), pairs)
    for table, columns in settings.values.items():
        for column, words in columns.items():
            lines += _section(("values", table, column), words, _toml)
    for code, rule in sorted(settings.rules.items()):
        lines += ["", f"[rules.{_toml(code)}]", f"enabled = {_toml(rule.enabled)}"]
        if rule.threshold is not None:
            lines.append(f"threshold = {_toml(rule.threshold)}")
    return "\n".join(lines) + "\n"


def _section(path: Iterable[str], pairs: Mapping[str, object],
             key: Callable[[str], str] | None = None) -> list[str]:
    if not pairs:
        return []
    return ["", f"[{'.'.join(map(_key, path))}]",
            *(f"{(key or _key)(name)} = {_toml(value)}" for name, value in sorted(pairs.items()))]


def _key(name: str) -> str:
    plain = name.isascii() and name.replace("_", "a").replace("-", "a").isalnum()
    return name if plain else _toml(name)


def _toml(value: object) -> str:
    """A value as TOML writes it; its strings are JSON's, but for one character."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
