"""The text of a file that anybody may have made, read in a process of its own.

Readers of PDF, pages and DOCX meet what strangers write: that process is given the bytes and nothing else
(no key, no variable of ours, no open file), little memory and little time, and is ended when that is over.
"""

from __future__ import annotations

import json
import signal
import subprocess
import threading
from datetime import date
from typing import Any

from constancia.domain.errors import TextRefused
from constancia.infra import apart
from constancia.infra.texts import limits
from constancia.infra.texts.extracted import Extracted
from constancia.infra.texts.kinds import kind_of

_READER = "constancia.infra.texts.within"
_TURNS = threading.BoundedSemaphore(limits.AT_ONCE)


def extract(data: bytes, *, name: str = "", media: str = "", lines: bool = False) -> Extracted:
    """The text of a TXT, HTML, PDF or DOCX, recognised by its content.

    `lines`: its lines as they are laid out, for lists and tables: those of a PDF are not joined, the cells
    of its rows are parted by tabs, and a form feed parts its pages; a web page is whole but for menus;
    empty cells stay. Without it, what reads as a text. `name`: what the file was called; `media`: the
    Content-Type it came with, whose charset is heeded.
    The same bytes give the same text. Nothing is fetched. Takes at most `limits.PATIENCE` seconds.
    Raises TextRefused: `texts.too_large`, `texts.too_long`, `texts.line_too_long`, `texts.too_many_pages`,
    `texts.too_slow`, `texts.too_heavy`, `texts.empty`, `texts.broken`, `texts.bomb`, `texts.entities`,
    `texts.encrypted`, `texts.encoding`, `texts.pdf_without_text`, `texts.scripts_mixed`, `texts.kind_old`,
    `texts.kind_unknown`; `texts.busy` where others' documents take all that time already.
    """
    if len(data) > limits.MAX_BYTES:
        raise TextRefused("texts.too_large", megabytes=limits.MAX_BYTES // 1_000_000)
    kind = kind_of(data, name=name, media=media)
    # Each reading may take a processor and a gigabyte for half a minute: few at once, the others wait.
    if not _TURNS.acquire(timeout=limits.PATIENCE):
        raise TextRefused("texts.busy")
    try:
        told = _read(kind, media, data, "lines" if lines else "text")
    finally:
        _TURNS.release()
    if "refused" in told:
        raise TextRefused(told["refused"], **told["params"])
    published = told.pop("published")
    notes = tuple(told.pop("notes"))
    return Extracted(published=date.fromisoformat(published) if published else None, notes=notes, **told)


def _read(kind: str, media: str, data: bytes, form: str) -> dict[str, Any]:
    try:
        done = apart.run(
            _READER,
            kind,
            media[:200].replace("\0", ""),
            str(limits.SECONDS),
            str(limits.MEMORY),
            form,
            data=data,
            patience=limits.PATIENCE,
        )
    except subprocess.TimeoutExpired:
        raise TextRefused("texts.too_slow", seconds=limits.PATIENCE) from None
    if done.returncode == 0:
        try:
            told: dict[str, Any] = json.loads(done.stdout)
            return told
        except ValueError:
            raise TextRefused("texts.broken") from None
    if _out_of_time(done.returncode):
        raise TextRefused("texts.too_slow", seconds=limits.SECONDS)
    raise TextRefused("texts.broken")


def _out_of_time(code: int) -> bool:
    """The system ends a process that used up its time by SIGXCPU or, where that is not heard, SIGKILL."""
    return code in (-signal.SIGXCPU, -signal.SIGKILL)
