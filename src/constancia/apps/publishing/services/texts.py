"""The text files of a report's folder, as editors keep them in the register."""

from __future__ import annotations

import re
from datetime import datetime
from importlib import resources
from importlib.resources.abc import Traversable

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, allow
from constancia.apps.publishing.access import texts_of
from constancia.apps.publishing.models import ReportText
from constancia.apps.publishing.recording import recording
from constancia.domain.errors import InputRefused, NotFound
from constancia.domain.publishing.canonical import sha256
from constancia.domain.publishing.plan import FILE, plan
from constancia.domain.publishing.texts.reading import LONGEST

MOST_FILES = 100

_REPORT = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
_PATH = re.compile(r"(?:es|en)/[a-z0-9][a-z0-9-]{0,79}\.md")


def start_report(actor: User, report: str, *, at: datetime | None = None) -> None:
    """Makes a report's folder out of the template, in both languages.

    Raises NotAllowed; InputRefused `edition.report_name`, `edition.report_there`.
    """
    allow(actor, Permission.EDITION_WORK)
    _check_name(report)
    with recording(at) as known_at:
        if texts_of(report):
            raise InputRefused("edition.report_there", report=report)
        for path, text in template().items():
            _keep(actor, report, path, text, known_at)


def save_text(
    actor: User,
    report: str,
    path: str,
    text: str,
    *,
    seen: str | None = None,
    at: datetime | None = None,
) -> bool:
    """Keeps a text as it now reads; the old one stays as a version. False where it read so already.

    `seen`: what `digest` says of the text that the editor began with, where nobody else's may be overwritten.
    Raises NotAllowed; InputRefused `edition.report_name`, `edition.text_path`, `edition.text_too_long`,
    `edition.report_full`, `edition.text_changed`, and for "informe.toml" what `plan.plan` raises.
    """
    allow(actor, Permission.EDITION_WORK)
    _check_name(report)
    if path != FILE and not _PATH.fullmatch(path):
        raise InputRefused("edition.text_path", path=path[:120])
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    if len(text) > LONGEST:
        raise InputRefused("edition.text_too_long", path=path, limit=LONGEST)
    if path == FILE:
        plan(text)
    with recording(at) as known_at:
        there = {one.path: one.text for one in texts_of(report)}
        if there.get(path) == text:
            return False
        if seen is not None and digest(there.get(path)) != seen:
            raise InputRefused("edition.text_changed", path=path)
        if path not in there and len(there) >= MOST_FILES:
            raise InputRefused("edition.report_full", limit=MOST_FILES)
        _keep(actor, report, path, text, known_at)
    return True


def remove_text(actor: User, report: str, path: str, *, at: datetime | None = None) -> None:
    """The file is there no more; its versions stay. Raises NotAllowed, NotFound (`edition.no_text`)."""
    allow(actor, Permission.EDITION_WORK)
    with recording(at) as known_at:
        if all(one.path != path for one in texts_of(report)):
            raise NotFound("edition.no_text")
        ReportText(report=report, path=path, removed=True, known_at=known_at, recorded_by=actor).save()


def digest(text: str | None) -> str:
    """By which a version of a text is known again: its SHA-256, "" where there is none."""
    return "" if text is None else sha256(text.encode())


def template() -> dict[str, str]:
    """The starting template: path → text."""
    root = resources.files("constancia.domain.publishing").joinpath("templates", "situacion")
    return dict(_files(root, ""))


def _files(folder: Traversable, before: str) -> list[tuple[str, str]]:
    found = []
    for entry in sorted(folder.iterdir(), key=lambda one: one.name):
        if entry.is_dir():
            found += _files(entry, f"{before}{entry.name}/")
        elif entry.name.endswith((".md", ".toml")):
            found.append((f"{before}{entry.name}", entry.read_text(encoding="utf-8")))
    return found


def _check_name(report: str) -> None:
    if not _REPORT.fullmatch(report):
        raise InputRefused("edition.report_name")


def _keep(actor: User, report: str, path: str, text: str, known_at: datetime) -> None:
    ReportText(report=report, path=path, text=text, known_at=known_at, recorded_by=actor).save()
