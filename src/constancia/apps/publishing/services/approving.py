"""Approval: a second person makes an edition of a draft that passed its check."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import uuid4

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, allow
from constancia.apps.publishing import terms
from constancia.apps.publishing.access import authors_of, draft_number, last_check, open_draft, pack
from constancia.apps.publishing.freezing.freeze import freeze
from constancia.apps.publishing.models import Edition, NamesLeft
from constancia.apps.publishing.recording import recording, settled
from constancia.apps.publishing.services.checking import findings_of
from constancia.domain.errors import InputRefused, NotAllowed
from constancia.domain.publishing.canonical import content_bytes, sha256
from constancia.infra import unlocked


def approve(actor: User, draft: int, digest: str, *, at: datetime | None = None) -> int:
    """Makes the edition of a draft; returns its number. `digest`: SHA-256 of the content that the person saw.

    Whoever wrote any version of the draft cannot approve it. Everything is counted anew: what has changed
    since the check (a consent, a text, an edition in between) makes it stale.

    Raises NotAllowed (`account.not_allowed`, `edition.second_person`), NotFound; InputRefused
    `edition.unchecked`, `edition.refused` (the check found something), `edition.stale`, and as `open_draft`.
    """
    allow(actor, Permission.EDITION_APPROVE)
    row = open_draft(draft)
    checked = last_check(row)
    if checked is None:
        raise InputRefused("edition.unchecked", number=draft)
    if checked.findings:
        raise InputRefused("edition.refused", number=draft, findings=len(checked.findings))
    if actor.pk in authors_of(draft_number(row)):
        raise NotAllowed("edition.second_person")
    frozen_at = settled(at)
    frozen = freeze(actor, terms.of_draft(row, frozen_at))
    data = content_bytes(frozen.content)
    if not checked.sha256 == digest == sha256(data) or findings_of(row, frozen):
        raise InputRefused("edition.stale", number=draft)
    with recording(frozen_at) as now:
        if open_draft(draft).pk != row.pk or terms.next_number() != checked.number:
            raise InputRefused("edition.stale", number=draft)
        subject = uuid4().bytes if frozen.names else None
        Edition(
            number=checked.number,
            check_made=checked,
            content=pack(data),
            sha256=checked.sha256,
            as_of=frozen.content.as_of,
            known_at=frozen.content.known_at,
            frozen_at=frozen_at,
            merges=row.merges,
            withheld=row.withheld,
            names=_sealed(subject, checked.number, frozen.names) if subject else None,
            subject=subject,
            approved_at=now,
            approved_by=actor,
        ).save()
    return int(checked.number)


def names_context(number: int) -> str:
    """Associated data of an edition's named list."""
    return f"publishing_edition|names|{number}"


def names_of(edition: Edition) -> tuple[str, ...]:
    """The named list of an edition, without who was erased since; none where its key was destroyed. Only for
    the edition's own files."""
    held = NamesLeft.objects.filter(edition=edition).order_by("-pk").first() or edition
    if held.names is None or held.subject is None:
        return ()
    item = (bytes(held.subject), names_context(edition.number), bytes(held.names))
    (opened,) = unlocked.codec().open_known([item])
    return tuple(opened.decode().split("\n")) if opened else ()


def _sealed(subject: bytes, number: int, names: tuple[str, ...]) -> bytes:
    codec = unlocked.codec()
    codec.create_subjects([subject])
    return codec.seal(subject, names_context(number), "\n".join(names).encode())


def leave_out(edition: Edition, names: Iterable[str], at: datetime) -> bool:
    """Seal the named list of an edition anew, each of `names` left out once; was one of them in it? In the
    writer's turn. Whoever calls destroys the keys of `lists_before` once that is committed."""
    left = list(names_of(edition))
    before = len(left)
    for name in names:
        if name in left:
            left.remove(name)
    if len(left) == before:
        return False
    subject = uuid4().bytes if left else None
    sealed = _sealed(subject, edition.number, tuple(left)) if subject else None
    NamesLeft(edition=edition, names=sealed, subject=subject, at=at).save()
    return True


def lists_before() -> list[bytes]:
    """The subjects of all named lists in whose place a shorter one stands."""
    found = []
    rows: list[Edition | NamesLeft]
    for edition in Edition.objects.filter(names_left__isnull=False).distinct():
        rows = [edition, *NamesLeft.objects.filter(edition=edition).order_by("pk")]
        found += [bytes(row.subject) for row in rows[:-1] if row.subject is not None]
    return found


def shortened() -> list[int]:
    """The numbers of the editions whose named list somebody was left out of."""
    rows = Edition.objects.filter(names_left__isnull=False).distinct()
    return sorted(rows.values_list("number", flat=True))
