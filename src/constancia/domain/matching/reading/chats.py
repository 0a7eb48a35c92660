"""Lines of conversations as messengers export them: who wrote when is no part of the list."""

from __future__ import annotations

import re

from constancia.domain.matching.reading import words

_DAY = r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}"
_HOUR = r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\s?[ap]\.?\s?m\.?)?"
_HEADS = (
    re.compile(rf"\[{_DAY},?\s{_HOUR}\]\s?(?P<said>.*)", re.IGNORECASE),
    re.compile(rf"\[{_HOUR},?\s{_DAY}\]\s?(?P<said>.*)", re.IGNORECASE),
    re.compile(rf"{_DAY},?\s{_HOUR}\s[-–]\s(?P<said>.*)", re.IGNORECASE),
)
_FIRST = "[0123456789"
_SENDER = re.compile(r"[^:\[\]]{1,80}:(?:\s|$)")
_ALONE = re.compile(rf".{{1,80}},\s\[{_DAY},?\s{_HOUR}\]:?", re.IGNORECASE)


def message(line: str) -> str | None:
    """What was said in a line, without who said it when; None where the line says nothing of its own."""
    if "[" in line and _ALONE.fullmatch(line):
        return None
    for head in _HEADS if line[:1] in _FIRST else ():
        if found := head.fullmatch(line):
            sender = _SENDER.match(found["said"])
            if sender is None:
                return None  # the messenger itself speaks: somebody joined, the key changed
            line = found["said"][sender.end() :].strip()
            break
    if line and len(line) < 100 and words.folded(line) in words.CHAT:
        return None
    return line or None
