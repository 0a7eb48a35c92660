"""Documents and their claims, for those who may read them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType

from django.db.models import Count

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, allow
from constancia.apps.claims import models
from constancia.apps.claims.access import claim_row, document_of
from constancia.apps.claims.amended import amend, withdrawn
from constancia.apps.claims.queries.history import Amended, Deed, amendments, histories
from constancia.apps.claims.shaping import claim_of
from constancia.apps.claims.standing import Standing, last_decisions, standings
from constancia.domain.claims.alike import resemblance, sketch
from constancia.domain.claims.claim import Claim
from constancia.domain.errors import NotFound
from constancia.infra import unlocked
from constancia.infra.evidence import EvidenceStore, Stored

ALIKE = 0.3
"""From which resemblance on another document is named as having much in common."""


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """One document in a list, as it is corrected now. `counts`: claims by where they stand."""

    number: int
    title: str
    publisher: str
    kind: str
    language: str
    published: date | None
    address: str
    known_at: datetime
    counts: Counter[Standing]
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """One claim with where it stands, who decided so and when ("" and None while nobody did).

    `decision`: the number of the last decision on it, 0 for none. `history`: all that was done with it and
    with its corrections; only of a document's page and of one claim.
    """

    number: int
    claim: Claim
    claimant_key: str
    standing: Standing
    proposed_by: str
    decided_by: str
    decided_at: datetime | None
    note: str
    supersedes: int | None
    document: int
    document_title: str
    publisher: str
    published: date | None
    decision: int = 0
    history: tuple[Deed, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """A document whole. `alike`: others that have much of its text, with the share, most alike first.
    `amended`: what was corrected of it, the oldest first."""

    line: DocumentLine
    text: str
    recorded_by: str
    media_type: str
    file_sha256: str
    file_size: int
    claims: tuple[ClaimLine, ...]
    alike: tuple[tuple[DocumentLine, float], ...]
    amended: tuple[Amended, ...] = ()


def documents(user: User) -> list[DocumentLine]:
    """All documents, the youngest first."""
    allow(user, Permission.CLAIMS_READ)
    counts = _counts(models.Claim.objects.only("pk", "document_id", "supersedes_id", "proposed_by"))
    found = list(models.Document.objects.defer("text", "sketch").order_by("-pk"))
    amend(found)
    gone = withdrawn()
    return [_line(one, counts.get(one.pk, Counter()), gone) for one in found]


def document(user: User, number: int, *, compared: bool = True) -> DocumentPage:
    """One document; without looking for others like it unless `compared`.

    Raises NotAllowed, NotFound (`claims.document_not_found`).
    """
    allow(user, Permission.CLAIMS_READ)
    found = document_of(number)
    rows = list(found.claims.order_by("start", "pk"))  # each knows its document: no text is read twice
    lines = _claim_lines(rows, told=histories(rows))
    return DocumentPage(
        line=_line(found, Counter(line.standing for line in lines), withdrawn()),
        text=found.text,
        recorded_by=str(found.recorded_by),
        media_type=found.media_type,
        file_sha256=found.file_sha256,
        file_size=found.file_size,
        claims=tuple(lines),
        alike=tuple(_alike(tuple(found.sketch), number)) if compared else (),
        amended=amendments(found),
    )


def next_document(user: User, after: int) -> DocumentLine | None:
    """The document whose claims wait to be decided, after this one, from the youngest on and round again."""
    lines = [one for one in documents(user) if one.counts[Standing.PROPOSED] and one.number != after]
    return next((one for one in lines if one.number < after), lines[0] if lines else None)


def alike(user: User, text: str) -> list[tuple[DocumentLine, float]]:
    """The documents that have much in common with a text that is not kept yet, most alike first."""
    allow(user, Permission.CLAIMS_READ)
    return _alike(sketch(text))


def claim(user: User, number: int) -> ClaimLine:
    """One claim. Raises NotAllowed, NotFound (`claim.not_found`)."""
    allow(user, Permission.CLAIMS_READ)
    rows = list(claim_row(number).document.claims.order_by("start", "pk"))
    return next(line for line in _claim_lines(rows, told=histories(rows)) if line.number == number)


def claimants_named(user: User) -> list[str]:
    """Everybody of whom a claim has been kept, as written, the most often named first."""
    allow(user, Permission.CLAIMS_READ)
    names = models.Claim.objects.values_list("claimant").annotate(n=Count("pk")).order_by("-n", "claimant")
    return [name for name, _n in names]


def corrected_to(user: User, number: int) -> int:
    """The claim that a claim was last corrected to; itself, where nobody corrected it. Raises NotAllowed."""
    allow(user, Permission.CLAIMS_READ)
    while (heir := models.Claim.objects.filter(supersedes=number).order_by("pk").last()) is not None:
        number = heir.pk
    return number


def confirmed(user: User, known_at: datetime | None = None) -> list[ClaimLine]:
    """Every claim that stands confirmed as known at T (now), in the order of their days."""
    allow(user, Permission.CLAIMS_READ)
    rows = models.Claim.objects.select_related("document").defer("document__text", "document__sketch")
    if known_at is not None:
        rows = rows.filter(known_at__lte=known_at)
    found = list(rows)
    amend((row.document for row in found), known_at)
    lines = [line for line in _claim_lines(found, known_at) if line.standing is Standing.CONFIRMED]
    return sorted(lines, key=_when)


def waiting(user: User) -> int:
    """How many claims nobody has decided on."""
    allow(user, Permission.CLAIMS_READ)
    rows = models.Claim.objects.only("pk", "document_id", "supersedes_id", "proposed_by")
    return sum(standing is Standing.PROPOSED for standing in standings(rows).values())


def file_of(user: User, number: int) -> tuple[str, bytes]:
    """The file that a document came as: media type and content.

    Raises NotAllowed, NotFound, IntegrityBroken (`evidence.damaged`, `evidence.missing`).
    """
    allow(user, Permission.CLAIMS_READ)
    found = document_of(number)
    if not found.file or found.subject is None:
        raise NotFound("claims.document_not_found")
    store = EvidenceStore(unlocked.home().evidence, unlocked.codec())
    stored = Stored(found.file, found.file_sha256, found.file_size)
    return found.media_type, b"".join(store.read(bytes(found.subject), stored))


def _when(line: ClaimLine) -> tuple[date, int]:
    claim = line.claim
    day = claim.as_of or (claim.period.end if claim.period else None) or line.published
    return day or date.min, line.number


def _claim_lines(
    rows: list[models.Claim],
    known_at: datetime | None = None,
    told: Mapping[int, tuple[Deed, ...]] = MappingProxyType({}),
) -> list[ClaimLine]:
    standing = standings(rows, known_at)
    decided = last_decisions(standing, known_at)
    return [_claim_line(row, standing[row.pk], decided.get(row.pk), told.get(row.pk, ())) for row in rows]


def _claim_line(
    row: models.Claim, standing: Standing, decision: models.Decision | None, history: tuple[Deed, ...]
) -> ClaimLine:
    return ClaimLine(
        number=row.pk,
        claim=claim_of(row),
        claimant_key=row.claimant_key,
        standing=standing,
        proposed_by=row.proposed_by,
        decided_by=str(decision.decided_by) if decision else "",
        decided_at=decision.known_at if decision else None,
        note=decision.note if decision else "",
        supersedes=row.supersedes_id,
        document=row.document_id,
        document_title=row.document.title,
        publisher=row.document.publisher,
        published=row.document.published,
        decision=decision.pk if decision else 0,
        history=history,
    )


def _counts(rows: Iterable[models.Claim]) -> dict[int, Counter[Standing]]:
    found: dict[int, Counter[Standing]] = {}
    rows = list(rows)
    standing = standings(rows)
    for row in rows:
        found.setdefault(row.document_id, Counter())[standing[row.pk]] += 1
    return found


def _line(document: models.Document, counts: Counter[Standing], gone: Container[int] = ()) -> DocumentLine:
    return DocumentLine(
        number=document.pk,
        title=document.title,
        publisher=document.publisher,
        kind=document.kind,
        language=document.language,
        published=document.published,
        address=document.address,
        known_at=document.known_at,
        counts=counts,
        withdrawn=document.pk in gone,
    )


def _alike(drawn: tuple[int, ...], but: int = 0) -> list[tuple[DocumentLine, float]]:
    others = list(models.Document.objects.exclude(pk__in={but} | withdrawn()).defer("text"))
    shares = [(other, resemblance(drawn, tuple(other.sketch))) for other in others]
    near = sorted((pair for pair in shares if pair[1] >= ALIKE), key=lambda pair: -pair[1])
    amend(other for other, _share in near)
    return [(_line(other, Counter()), share) for other, share in near]
