"""Part of a report as HTML, to stand in somebody else's page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from constancia.apps.publishing.outputs.html.flow import Flow
from constancia.apps.publishing.outputs.html.pictures import PictureMarkup
from constancia.apps.publishing.outputs.labels import Labels
from constancia.domain.language import Language
from constancia.domain.publishing.blocks import Block, Run


def fragment(
    blocks: Sequence[Block],
    notes: Sequence[Sequence[Run]],
    language: Language,
    picture: PictureMarkup,
    *,
    labels: Mapping[str, str] | None = None,
    top: int = 2,
    prefix: str = "",
) -> str:
    """The blocks and then their notes, without style attributes and without scripts, for a `.report`.

    `picture` yields the markup of a chart (`drawn`, `shown`). `top`: the level of the headings of sections.
    `prefix` (letters, digits, hyphens) comes before every identifier, where a page holds several fragments.
    Raises IntegrityBroken for a chart that is missing or broken, InputRefused for the mark of a note that is
    not there.
    """
    flow = Flow(Labels(language, labels), len(notes), picture, top=top, prefix=prefix)
    body = flow.blocks(blocks)
    ending = flow.notes(notes)
    return f"{body}\n{ending}" if ending else body
