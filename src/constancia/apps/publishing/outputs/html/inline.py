"""Runs as HTML: every character of a text escaped, every link safe, every call of a note one that returns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape

from constancia.apps.publishing.outputs.characters import printable
from constancia.apps.publishing.outputs.labels import Labels
from constancia.apps.publishing.outputs.spoken import followed, marks, plain
from constancia.domain.errors import InputRefused
from constancia.domain.publishing.blocks import (
    Break,
    Emphasis,
    Link,
    NoteMark,
    Number,
    Run,
    Strong,
    Text,
)


def text(characters: str) -> str:
    """A text as text and nothing else, also inside a quoted attribute."""
    return escape(printable(characters))


@dataclass
class Inline:
    """Writes runs and remembers how often each note was called. `notes`: how many there are."""

    labels: Labels
    notes: int
    prefix: str = ""
    called: dict[int, int] = field(default_factory=dict)

    def runs(self, runs: Sequence[Run], *, in_link: bool = False) -> str:
        """Raises InputRefused `publishing.note_missing` for a mark of a note that there is not."""
        return "".join(self._run(run, in_link) for run in runs)

    def _run(self, run: Run, in_link: bool) -> str:
        match run:
            case Text(text=words):
                return text(words)
            case Number(text=words, name=name):
                return f'<span class="number" data-name="{text(name)}">{text(words)}</span>'
            case Strong(runs=inner):
                return f"<strong>{self.runs(inner, in_link=in_link)}</strong>"
            case Emphasis(runs=inner, language=language) if language:
                return f'<i lang="{language}">{self.runs(inner, in_link=in_link)}</i>'
            case Emphasis(runs=inner):
                return f"<em>{self.runs(inner, in_link=in_link)}</em>"
            case Link():
                return self._link(run, in_link)
            case NoteMark(number=number):  # inside a link it would be a link in a link: it follows it instead
                return "" if in_link else self._mark(number)
            case Break():
                return "<br>"

    def _link(self, link: Link, in_link: bool) -> str:
        """The words of a link are somebody else's as a rule: their direction stays their own. Class "said":
        they say the address, which print need not repeat."""
        inner = f"<bdi>{self.runs(link.runs, in_link=True)}</bdi>"
        after = "" if in_link else "".join(self._mark(mark.number) for mark in marks(link.runs))
        address = followed(link.address)
        if in_link or address is None:
            return inner + after
        rel = "noopener noreferrer external"
        said = ' class="said"' if link.address.partition(":")[2].strip("/") in plain(link.runs) else ""
        return f'<a href="{escape(address)}" rel="{rel}"{said}>{inner}</a>{after}'

    def _mark(self, number: int) -> str:
        if not 1 <= number <= self.notes:
            raise InputRefused("publishing.note_missing", number=number)
        time = self.called[number] = self.called.get(number, 0) + 1
        called = self.caller(number, time)
        label = f"{text(self.labels['note'])} {number}"
        return (
            f'<sup class="noteref"><a id="{called}" href="#{self.note(number)}" role="doc-noteref" '
            f'aria-label="{label}">{number}</a></sup>'
        )

    def note(self, number: int) -> str:
        """The identifier of a note. Anchors of headings hold no underscore, so it is never one of theirs."""
        return f"{self.prefix}note_{number}"

    def caller(self, number: int, time: int) -> str:
        """The identifier of the `time`-th call of a note."""
        return f"{self.prefix}call_{number}_{time}"
