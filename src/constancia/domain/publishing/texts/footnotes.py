"""The notes that a file defines ([^a]: …) and whether each is called."""

from __future__ import annotations

from markdown_it.tree import SyntaxTreeNode

from constancia.domain.errors import InputRefused
from constancia.domain.publishing.blocks import Break, Run
from constancia.domain.publishing.texts.problem import shown
from constancia.domain.publishing.texts.runs import Runs, said_by
from constancia.domain.publishing.texts.sheet import Sheet

LONGEST = 3000
"""Characters of one note."""


class Footnotes:
    """Definitions of one file by label; each is read once, when it is first called."""

    def __init__(self, sheet: Sheet, file: str, tree: SyntaxTreeNode) -> None:
        self._sheet = sheet
        self._file = file
        self._runs = Runs(sheet, file, _none)
        self._read: dict[str, tuple[Run, ...]] = {}
        self._defined: dict[str, SyntaxTreeNode] = {}
        for node in tree.walk():
            if node.type == "footnote_reference":
                label = str(node.meta["label"])
                if label in self._defined:
                    self._refuse("edition.text_note_twice", node, label)
                self._defined.setdefault(label, node)

    def text(self, label: str) -> tuple[Run, ...] | None:
        """What the note says; None where no note has this label."""
        node = self._defined.get(label)
        if node is None:
            return None
        if label not in self._read:
            self._read[label] = self._text(node, label)
        return self._read[label]

    def refuse_unused(self) -> None:
        """A note that nothing calls would vanish without a word."""
        for label, node in self._defined.items():
            if label not in self._read:
                self._refuse("edition.text_note_unused", node, label)

    def _text(self, node: SyntaxTreeNode, label: str) -> tuple[Run, ...]:
        found: list[Run] = []
        for child in node.children:
            if child.type != "paragraph":
                self._refuse("edition.text_note_words", node, label)
                return ()
            line = child.map[0] + 1 if child.map else _line(node)
            runs = self._runs.read(child.children[0], line, "note")
            found += [Break(), *runs] if found else runs
        if not said_by(found).strip():
            self._refuse("edition.text_note_words", node, label)
        elif len(said_by(found)) > LONGEST:
            self._refuse("edition.text_note_long", node, label)
            return ()
        return tuple(found)

    def _refuse(self, code: str, node: SyntaxTreeNode, label: str) -> None:
        line = _line(node)
        error = InputRefused(code, file=self._file, line=line, name=shown(label), most=LONGEST)
        self._sheet.refuse(self._file, line, error)


def _none(label: str) -> tuple[Run, ...]:
    """Within a note every label is as good as another: notes may not be called there at all."""
    return ()


def _line(node: SyntaxTreeNode) -> int:
    """The definition's own line, or that of what stands in it."""
    for one in node.walk():
        if one.map:
            return one.map[0] + 1
    return 1
