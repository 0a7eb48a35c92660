"""Folders of texts from which an editor can start: one folder for each kind of report."""

from __future__ import annotations

from importlib import resources

from constancia.domain.language import Language

NAMES = ("situacion",)
_LANGUAGES: tuple[Language, ...] = ("es", "en")


def template(name: str) -> dict[str, str]:
    """The files of a template: path → text ("informe.toml", "es/contexto.md", …). `name`: one of NAMES."""
    root = resources.files(__package__).joinpath(name)
    found = {"informe.toml": root.joinpath("informe.toml").read_text(encoding="utf-8")}
    for language in _LANGUAGES:
        files = sorted(root.joinpath(language).iterdir(), key=lambda file: file.name)
        for file in files:
            found[f"{language}/{file.name}"] = file.read_text(encoding="utf-8")
    return found
