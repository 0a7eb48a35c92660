"""The words of every error, in Spanish and English, read from `errors/*.toml`.

Each entry is a table named by the error's code with `es` and `en`; `{param}` is filled from the
error's parameters. A test holds every code raised in the source to an entry here.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

from constancia.domain.errors import ConstanciaError
from constancia.domain.language import Language


@cache
def sentences() -> dict[str, dict[str, str]]:
    """All entries: code → language → sentence template."""
    found: dict[str, dict[str, str]] = {}
    for file in sorted(resources.files(__package__).joinpath("errors").iterdir(), key=lambda f: f.name):
        if file.name.endswith(".toml"):
            for code, words in tomllib.loads(file.read_text(encoding="utf-8")).items():
                if code in found:
                    raise ValueError(f"error code {code} stands in two catalogue files")
                found[code] = words
    return found


def explain(error: ConstanciaError, language: Language = "es") -> str:
    """The sentence for `error`; the bare code if the catalogue lacks it (a test forbids that)."""
    words = sentences().get(error.code)
    if words is None:
        return error.code
    return words[language].format(**{name: _shown(value) for name, value in error.params.items()})


def _shown(value: str | int) -> str | int:
    """A parameter may repeat a word of a command or of a file: what would steer a terminal becomes "·"."""
    if isinstance(value, str) and not value.isprintable():
        return "".join(symbol if symbol.isprintable() else "·" for symbol in value)
    return value
