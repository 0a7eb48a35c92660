"""From the inline tokens of a paragraph to runs: words, insertions, emphasis, links, marks of notes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Literal

from markdown_it.tree import SyntaxTreeNode

from constancia.domain.errors import InputRefused
from constancia.domain.publishing.blocks import Break, Emphasis, Link, NoteMark, Number, Run, Strong, Text
from constancia.domain.publishing.names import tidy
from constancia.domain.publishing.sources import address, cited
from constancia.domain.publishing.texts.calls import unknown
from constancia.domain.publishing.texts.insertions import BLOCKS, NOTES, called, cites, head
from constancia.domain.publishing.texts.problem import shown
from constancia.domain.publishing.texts.sheet import MOST_NOTES, Sheet

BETWEEN_MARKS = "\u00a0"
"""Between two marks of notes, so that 2 and 3 are not read as 23."""

Kind = Literal["text", "heading", "note"]


class Runs:
    """Reads the inline content of one file. `notes`: what a label of a note stands for, None if unknown."""

    def __init__(self, sheet: Sheet, file: str, notes: Callable[[str], tuple[Run, ...] | None]) -> None:
        self._sheet = sheet
        self._file = file
        self._notes = notes
        self._line = 1
        self._kind: Kind = "text"

    def read(self, inline: SyntaxTreeNode, line: int, kind: Kind = "text") -> tuple[Run, ...]:
        """The runs of an inline node that begins at `line` (from 1). Notes are called in text alone."""
        outer = self._line, self._kind
        self._line, self._kind = line, kind
        found = _trimmed(_close(joined(self._each(inline.children))))
        self._line, self._kind = outer
        return found

    def _each(self, nodes: Iterable[SyntaxTreeNode]) -> Iterator[Run]:
        for node in nodes:
            if node.type in ("softbreak", "hardbreak"):
                self._line += 1
                yield Text(" ") if node.type == "softbreak" else Break()
            elif node.type == "text":
                if node.content:
                    self._sheet.written.append((self._file, self._line, node.content))
                    yield Text(node.content)
            elif node.type == "strong":
                yield Strong(joined(self._each(node.children)))
            elif node.type == "em":
                yield Emphasis(joined(self._each(node.children)))
            elif node.type == "link":
                yield from self._link(node)
            elif node.type == "footnote_ref":
                yield from self._called_note(str(node.meta["label"]))
            elif node.type == "insertion":
                yield from self._insertion(node.content)
            else:  # half of an insertion
                self._refuse(InputRefused("edition.text_open", file=self._file, line=self._line))

    def _refuse(self, error: InputRefused) -> None:
        self._sheet.refuse(self._file, self._line, error)

    def _link(self, node: SyntaxTreeNode) -> Iterator[Run]:
        line, where = self._line, str(node.attrs.get("href", ""))
        found = joined(self._each(node.children))
        good = address(where)
        if good is None:
            error = InputRefused("edition.text_link", file=self._file, line=line, address=shown(where) or "—")
            self._sheet.refuse(self._file, line, error)
        elif not found:
            yield Link(good, (Text(good),))
        else:
            yield Link(good, found)

    def _called_note(self, label: str) -> Iterator[Run]:
        text = self._notes(label)
        if text is None:
            error = InputRefused("edition.text_note", file=self._file, line=self._line, name=shown(label))
            self._refuse(error)
        elif self._may_note():
            yield self._sheet.note(text)

    def _may_note(self) -> bool:
        """Whether a note may be called here; else a problem."""
        if self._kind != "text":
            self._refuse(InputRefused("edition.text_note_here", file=self._file, line=self._line))
        elif len(self._sheet.notes) >= MOST_NOTES:
            error = InputRefused("edition.text_notes", file=self._file, line=self._line, most=MOST_NOTES)
            self._refuse(error)
        else:
            return True
        return False

    def _insertion(self, body: str) -> Iterator[Run]:
        name = tidy(body)
        if number := self._sheet.numbers.get(name):
            yield number
        elif name in self._sheet.merged:
            instead, _ = self._sheet.merged[name]
            error = InputRefused(
                "edition.text_merged", file=self._file, line=self._line, name=shown(name), instead=instead
            )
            self._refuse(error)
        elif (document := cites(body)) is not None:
            yield from self._cited(document)
        elif called(body):
            error = InputRefused(
                "edition.text_block_alone", file=self._file, line=self._line, name=shown(name)
            )
            self._refuse(error)
        elif (word := head(body)) is not None:
            known = sorted({*BLOCKS, *NOTES})
            if near := self._sheet.problems.near(word, known):
                error = InputRefused(
                    "edition.text_block_near", file=self._file, line=self._line, name=shown(word), near=near
                )
            else:
                error = InputRefused("edition.text_block", file=self._file, line=self._line, name=shown(word))
            self._refuse(error)
        else:
            unknown(self._sheet, (self._file, self._line), name, (*self._sheet.numbers, *BLOCKS))

    def _cited(self, document: str) -> Iterator[Run]:
        known = {str(one.number): one for one in self._sheet.content.sources}
        source = known.get(document)
        if source is None:
            error = InputRefused(
                "edition.text_source", file=self._file, line=self._line, name=shown(document) or "—"
            )
            self._refuse(error)
        elif self._may_note():
            yield self._sheet.note(cited(source, self._sheet.language))


def joined(runs: Iterable[Run]) -> tuple[Run, ...]:
    """The runs with neighbouring texts made one."""
    found: list[Run] = []
    texts: list[str] = []
    for run in runs:
        if isinstance(run, Text):
            texts.append(run.text)
            continue
        if texts:
            found.append(Text("".join(texts)))
            texts = []
        found.append(run)
    return (*found, Text("".join(texts))) if texts else tuple(found)


def _close(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """Marks of notes right after the word that they belong to; two of them side by side with a blank between.

    The same one is not called twice in a row.
    """
    found: list[Run] = []
    for run in runs:
        if isinstance(run, NoteMark):
            if found and isinstance(last := found[-1], Text):
                found[-1:] = [Text(last.text.rstrip())] if last.text.strip() else []
            if found and found[-1] == run:
                continue
            if found and isinstance(found[-1], NoteMark):
                found.append(Text(BETWEEN_MARKS))
        found.append(run)
    return tuple(found)


def _trimmed(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """Without blanks and breaks at either end."""
    found = list(runs)
    while found and (
        isinstance(found[-1], Break) or (isinstance(found[-1], Text) and not found[-1].text.strip())
    ):
        found.pop()
    if found and isinstance(last := found[-1], Text):
        found[-1] = Text(last.text.rstrip())
    return tuple(found)


def said_by(runs: Iterable[Run]) -> str:
    """The runs as text alone."""
    return "".join(
        run.text
        if isinstance(run, Text | Number)
        else said_by(run.runs)
        if isinstance(run, Strong | Emphasis | Link)
        else ""
        for run in runs
    )
