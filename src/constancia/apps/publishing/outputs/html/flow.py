"""Blocks as HTML, in the order of the document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from constancia.apps.publishing.outputs.html.inline import Inline, text
from constancia.apps.publishing.outputs.html.pictures import PictureMarkup
from constancia.apps.publishing.outputs.html.tables import table
from constancia.apps.publishing.outputs.labels import Labels
from constancia.domain.publishing.blocks import (
    Aside,
    Block,
    Bullets,
    DataTable,
    Heading,
    KeyNumber,
    KeyNumbers,
    Paragraph,
    Picture,
    Quote,
    Run,
)


class Flow:
    """Writes blocks and counts their figures and tables. `top`: the level of a section's heading (h2)."""

    def __init__(
        self, labels: Labels, notes: int, picture: PictureMarkup, *, top: int = 2, prefix: str = ""
    ) -> None:
        self.inline = Inline(labels, notes, prefix)
        self._labels = labels
        self._picture = picture
        self._top = top
        self._prefix = prefix
        self._level = self._inside = 0
        self._counted = {"figure": 0, "table": 0, "box": 0}

    def blocks(self, blocks: Sequence[Block]) -> str:
        """Raises IntegrityBroken for a chart missing or broken, InputRefused for a note that there is not."""
        return "\n".join(self._block(block) for block in blocks)

    def notes(self, notes: Sequence[Sequence[Run]]) -> str:
        """The notes themselves, each with a way back to every place that calls it."""
        if not notes:
            return ""
        level, title = f"h{self._top}", text(self._labels["notes"])
        said = "\n".join(self._note(number, runs) for number, runs in enumerate(notes, start=1))
        return (
            f'<section class="notes" aria-labelledby="{self._prefix}notes_">'
            f'<{level} id="{self._prefix}notes_">{title}</{level}>\n{said}\n</section>'
        )

    def key_numbers(self, items: Sequence[KeyNumber]) -> str:
        """Large numbers with what they count."""
        said = "".join(
            f"<div><dt>{text(item.label)}</dt><dd>{self.inline.runs((item.number,))}</dd>"
            + (f'<dd class="dates">{text(item.note)}</dd>' if item.note else "")
            + "</div>"
            for item in items
        )
        return f'<dl class="key-numbers">{said}</dl>'

    def _block(self, block: Block) -> str:
        match block:
            case Heading():
                return self._heading(block)
            case Paragraph():
                lead = ' class="lead"' if block.lead else ""
                return f"<p{lead}>{self.inline.runs(block.runs)}</p>"
            case Quote():
                return f"<blockquote>{self._within(block.blocks)}</blockquote>"
            case Bullets():
                return self._bullets(block)
            case DataTable():
                return self._table(block)
            case Picture():
                return self._figure(block)
            case KeyNumbers():
                return self.key_numbers(block.items)
            case Aside():
                return self._aside(block)

    def _heading(self, block: Heading) -> str:
        """No deeper than one below the heading before it. In a box, a list or a quotation it is bold text:
        the outline is that of the report."""
        anchor, words = text(self._prefix + block.anchor), self.inline.runs(block.runs)
        if self._inside:
            return f'<p id="{anchor}"><strong>{words}</strong></p>'
        self._level = min(block.level, self._level + 1)
        level = min(6, self._top + self._level - 1)
        return f'<h{level} id="{anchor}">{words}</h{level}>'

    def _within(self, blocks: Sequence[Block]) -> str:
        """Blocks that stand inside another one."""
        self._inside += 1
        written = self.blocks(blocks)
        self._inside -= 1
        return written

    def _bullets(self, block: Bullets) -> str:
        name = "ol" if block.ordered else "ul"
        start = f' start="{block.start}"' if block.ordered and block.start != 1 else ""
        items = "".join(f"<li>{self._item(item)}</li>" for item in block.items)
        return f"<{name}{start}>{items}</{name}>"

    def _item(self, item: Sequence[Block]) -> str:
        """An item of one paragraph is its words alone."""
        if len(item) == 1 and isinstance(item[0], Paragraph):
            return self.inline.runs(item[0].runs)
        return self._within(item)

    def _count(self, kind: str) -> int:
        self._counted[kind] += 1
        return self._counted[kind]

    def _table(self, block: DataTable) -> str:
        number = self._count("table")
        label = f"{self._labels['table']} {number}"
        return table(block, self.inline, identifier=f"{self._prefix}table_{number}", label=label)

    def _figure(self, block: Picture) -> str:
        """The sentence, the drawing, its notes, and the numbers behind it for those who want them."""
        number = self._count("figure")
        identifier, label = f"{self._prefix}figure_{number}", f"{self._labels['figure']} {number}"
        data = self._labels.of("figure_data", number=number)
        notes = "".join(f"<p>{self.inline.runs(note)}</p>" for note in block.notes)
        behind = "" if block.data is None else self._behind(block.data, f"{identifier}_data", data)
        return (
            f'<figure data-key="{text(block.key)}">'
            f'<figcaption id="{identifier}"><span class="label">{text(label)}</span> '
            f"{self.inline.runs(block.title)}</figcaption>"
            f'<div class="chart">{self._picture(block)}</div>'
            + (f'<div class="small">{notes}</div>' if notes else "")
            + behind
            + "</figure>"
        )

    def _behind(self, data: DataTable, identifier: str, label: str) -> str:
        inner = table(data, self.inline, identifier=identifier, label="")
        return f"<details><summary>{text(label)}</summary>{inner}</details>"

    def _aside(self, block: Aside) -> str:
        identifier = f"{self._prefix}box_{self._count('box')}"
        return (
            f'<aside class="box {block.tone}" role="note" aria-labelledby="{identifier}">'
            f'<p class="box-title" id="{identifier}">{text(block.title)}</p>'
            f"{self._within(block.blocks)}</aside>"
        )

    def _note(self, number: int, runs: Sequence[Run]) -> str:
        body = self.inline.runs(runs)
        return (
            f'<aside class="footnote" role="doc-footnote" id="{self.inline.note(number)}">'
            f'<p><span class="mark">{number}</span> {body}{"".join(self._backs(number))}</p></aside>'
        )

    def _backs(self, number: int) -> Iterator[str]:
        """Arrows back to the calls of a note."""
        times = self.inline.called.get(number, 0)
        for time in range(1, times + 1):
            label = f"{self._labels['back']} {number}" + (f" ({time})" if times > 1 else "")
            where = self.inline.caller(number, time)
            yield f' <a class="back" href="#{where}" role="doc-backlink" aria-label="{text(label)}">↩</a>'
