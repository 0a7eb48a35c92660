"""Remarks for the editor, {# … #}: taken out before a text is read, its lines left where they were."""

from __future__ import annotations

OPEN, CLOSE = "{#", "#}"


def without_comments(text: str) -> tuple[str, int | None]:
    """(the text without its remarks, line from 1 of one that is never closed or None)."""
    kept: list[str] = []
    place = 0
    while (start := text.find(OPEN, place)) >= 0:
        end = text.find(CLOSE, start + len(OPEN))
        if end < 0:
            return "".join([*kept, text[place:start]]), text.count("\n", 0, start) + 1
        kept += [text[place:start], "\n" * text.count("\n", start, end)]
        place = end + len(CLOSE)
    return "".join([*kept, text[place:]]), None
