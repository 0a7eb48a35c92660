"""The bare characters of runs: for metadata, alternative texts and measures."""

from __future__ import annotations

from collections.abc import Sequence

from constancia.domain.publishing.blocks import Break, Emphasis, Link, NoteMark, Number, Run, Strong, Text


def plain(runs: Sequence[Run]) -> str:
    """The characters of runs, without what surrounds them."""
    found = ""
    for run in runs:
        match run:
            case Text() | Number():
                found += run.text
            case Strong() | Emphasis() | Link():
                found += plain(run.runs)
            case Break():
                found += " "
            case NoteMark():
                pass
    return found
