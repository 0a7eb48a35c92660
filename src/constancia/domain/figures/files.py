"""Reading definitions and rules from TOML: strict, versioned, identified by the hash of their content.

A file is called `<name>-<version>.toml`. Once a figure was published with it, it is never edited:
a change is a new file with the next version.
"""

from __future__ import annotations

import hashlib
import tomllib
from importlib import resources
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from constancia.domain.errors import InputRefused


class Words(BaseModel):
    """The same words in both languages."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    es: str = Field(min_length=1)
    en: str = Field(min_length=1)


class Versioned(BaseModel):
    """What definitions and rules share. `sha256` is that of the file's bytes, line ends normalised."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)
    version: int = Field(ge=1)
    label: Words
    meaning: Words
    sha256: str = ""

    @property
    def pin(self) -> dict[str, str | int]:
        """What a published figure names it by."""
        return {"name": self.name, "version": self.version, "sha256": self.sha256}


V = TypeVar("V", bound=Versioned)


def read(cls: type[V], text: str, file: str) -> V:
    """One definition or rule. Raises InputRefused `figure.file` naming the file and the field at fault."""
    text = text.replace("\r\n", "\n")
    try:
        content = tomllib.loads(text)
    except (ValueError, OverflowError, RecursionError) as error:  # also: too deep, too many digits
        raise InputRefused("figure.file", file=file, field="toml", why=str(error)) from None
    if "sha256" in content:
        raise InputRefused("figure.file", file=file, field="sha256", why="computed, never written")
    content["sha256"] = hashlib.sha256(text.encode()).hexdigest()
    try:
        found = cls.model_validate(content)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        where = ".".join(map(str, first["loc"])) or "file"
        raise InputRefused("figure.file", file=file, field=where, why=first["msg"]) from None
    expected = f"{found.name}-{found.version}.toml"
    if file != expected:
        raise InputRefused("figure.file_name", file=file, expected=expected)
    return found


def shipped(cls: type[V], folder: str) -> dict[str, V]:
    """The newest version of each, by name, from `domain/figures/<folder>`."""
    found: dict[str, V] = {}
    for one in every_version(cls, folder):
        if one.name not in found or one.version > found[one.name].version:
            found[one.name] = one
    return found


def every_version(cls: type[V], folder: str) -> list[V]:
    """All versions of all of them, in the order of their files: what was published with one is recomputed
    with that one."""
    directory = resources.files(__package__).joinpath(folder)
    return [
        read(cls, file.read_text(encoding="utf-8"), file.name)
        for file in sorted(directory.iterdir(), key=lambda entry: entry.name)
        if file.name.endswith(".toml")
    ]
