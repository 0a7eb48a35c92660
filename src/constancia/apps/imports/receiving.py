"""Files sent to the site: kept sealed until they are imported or a day has passed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, allow, may
from constancia.apps.imports.models import Upload
from constancia.domain.errors import NotFound
from constancia.infra import clock, unlocked
from constancia.infra.evidence import Stored
from constancia.infra.inbox import Inbox
from constancia.infra.writer import writing

KEPT = timedelta(days=1)


def receive(user: User, content: BinaryIO, name: str, mapping: str = "") -> Upload:
    """Keep a file. Old ones that nobody imported go away."""
    allow(user, Permission.IMPORT_RUN)
    for old in Upload.objects.filter(received_at__lt=clock.now() - KEPT):
        _forget(old)
    subject = uuid4().bytes
    codec = unlocked.codec()
    codec.create_subjects([subject])
    stored = _inbox().put(subject, content)
    with writing():
        made: Upload = Upload.objects.create(
            file=stored.name,
            subject=subject,
            sha256=stored.sha256,
            size=stored.size,
            name=codec.seal(subject, _context(stored.name), name[:255].encode()),
            mapping=mapping,
            received_at=clock.now(),
            received_by=user,
        )
    return made


def upload_of(user: User, number: int) -> Upload:
    """Raises NotFound (`import.upload_not_found`), for those too who do not run imports."""
    found = Upload.objects.filter(pk=number).first() if may(user, Permission.IMPORT_RUN) else None
    if found is None:
        raise NotFound("import.upload_not_found")
    return found


def name_of(upload: Upload) -> str:
    """What the sender called the file."""
    subject = bytes(upload.subject)
    return unlocked.codec().open(subject, _context(upload.file), bytes(upload.name)).decode()


@contextmanager
def opened(upload: Upload) -> Iterator[Path]:
    """A path at which the file can be read while the block lasts. Raises IntegrityBroken."""
    stored = Stored(upload.file, upload.sha256, upload.size)
    with _inbox().opened(bytes(upload.subject), stored) as path:
        yield path


def choose_mapping(user: User, number: int, mapping: str) -> None:
    """The mapping by which the upload will be read."""
    upload = upload_of(user, number)
    upload.mapping = mapping
    with writing():
        upload.save(update_fields=["mapping"])


def discard(user: User, number: int) -> None:
    """Take the file away without importing it."""
    _forget(upload_of(user, number))


def _forget(upload: Upload) -> None:
    with writing():
        upload.delete()
    _inbox().take_away(upload.file)
    unlocked.codec().forget(bytes(upload.subject))


def _inbox() -> Inbox:
    return Inbox(unlocked.home().path / "recibidos", unlocked.codec())


def _context(file: str) -> str:
    return f"imports_upload|name|{file}"
