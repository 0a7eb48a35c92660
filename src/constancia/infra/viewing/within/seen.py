"""What was seen of a file, before it is told."""

from __future__ import annotations

from dataclasses import dataclass, field

from constancia.domain.vocabulary.files import FileNote, FileTrait


@dataclass(slots=True)
class Seen:
    """`pages`: how many can be looked at; `width` and `height` of a picture in pixels, else 0."""

    notes: set[FileNote] = field(default_factory=set)
    traits: list[tuple[FileTrait, str]] = field(default_factory=list)
    pages: int = 0
    width: int = 0
    height: int = 0

    def tell(self, trait: FileTrait, value: object) -> None:
        """Keep a value, if there is one."""
        if value is None:
            return
        text = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
        if text.strip(" \t\r\n\x00"):
            self.traits.append((trait, text))
