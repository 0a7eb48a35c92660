"""One case as it stood on a day, as known at an instant, with every fact and how it stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, may
from constancia.apps.register import histories
from constancia.apps.register.access import person_of
from constancia.apps.register.erased import person_told
from constancia.apps.register.evidence import EvidenceLine, line_of
from constancia.apps.register.identity import counted_as
from constancia.apps.register.models import Evidence, Fact, ImportRow, Person, Review, Source
from constancia.apps.register.policy import policy, zone
from constancia.apps.register.queries.together import Together, together
from constancia.domain.timeline.explain import CaseView, DetentionView, FactView, case_view
from constancia.domain.timeline.standing import Status
from constancia.domain.timeline.state import BASIS_DECLARED, BASIS_WITNESSED
from constancia.domain.vocabulary.terms import Confidentiality
from constancia.infra import clock, unlocked

GONE = (Status.SUPERSEDED, Status.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """What somebody of the organisation said of a fact. `at` in UTC."""

    reviewer: str
    verdict: str
    note: str
    at: datetime
    of_import: bool


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A source; `label` is "" for those who may not see who it was."""

    kind: str
    reliability: str
    confidentiality: str
    label: str


@dataclass(frozen=True, slots=True)
class FactLine:
    """One fact as a page shows it. `view` holds grade, reasons and standing; `fields` include identity.

    `declared`: its known time was declared by an import. `row`: number of the row it came from.
    """

    view: FactView
    fields: dict[str, Any]
    source: SourceLine
    further_sources: tuple[tuple[str, SourceLine], ...]
    reviews: tuple[ReviewLine, ...]
    evidence: tuple[EvidenceLine, ...]
    recorder: str
    own: bool
    declared: bool
    batch: int | None
    row: int | None

    @property
    def seq(self) -> int:
        return self.view.fact.seq

    @property
    def kind(self) -> str:
        return self.view.fact.kind

    @property
    def live(self) -> bool:
        return self.view.standing.status not in GONE and self.kind != "withdrawal"


@dataclass(frozen=True, slots=True)
class DetentionLines:
    """One detention and its facts in order of their days."""

    view: DetentionView
    facts: tuple[FactLine, ...]


@dataclass(frozen=True, slots=True)
class CasePage:
    """A whole case. `name` is "" where no name is known or may be shown."""

    person: Person
    code: str
    name: str
    view: CaseView
    facts: tuple[FactLine, ...]
    detentions: tuple[DetentionLines, ...]
    external_ids: tuple[tuple[str, str], ...]
    consent: str
    together: Together

    @property
    def counted_as(self) -> str:
        """The code under which the person counts; "" for its own, or for one that is not the user's."""
        return self.together.head

    @property
    def as_of(self) -> date:
        return self.view.as_of

    @property
    def known_at(self) -> datetime:
        return self.view.known_at


def case(
    user: User,
    code: str,
    as_of: date | None = None,
    known_at: datetime | None = None,
    *,
    witnessed: bool = False,
) -> CasePage:
    """The case of the person called `code`, on the day `as_of` as known at `known_at` (default: now).

    Raises NotFound (`case.not_found`) where the case does not exist or is not the user's, `case.erased` to
    those who could see it.
    """
    person = person_told(user, code)
    now = clock.now()
    known_at = min(known_at or now, now)
    as_of = as_of or now.astimezone(zone()).date()
    mapping, _ = counted_as([person.pk])
    identities = may(user, Permission.IDENTITY_READ)
    unsealed = histories.IDENTITY_KINDS if identities else frozenset[str]()
    (history,) = histories.load([person.pk], mapping, unsealed=unsealed)
    view = case_view(
        history,
        policy(),
        as_of=as_of,
        known_at=known_at,
        zone=zone(),
        basis=BASIS_WITNESSED if witnessed else BASIS_DECLARED,
    )
    lines = _Lines(user, person, view.all_facts())
    facts = tuple(lines.of(one) for one in view.facts)
    return CasePage(
        person=person,
        code=person.code,
        name=next((f.fields.get("full", "") for f in reversed(facts) if f.kind == "name" and f.live), ""),
        view=view,
        facts=facts,
        detentions=tuple(
            DetentionLines(one, tuple(lines.of(fact) for fact in one.facts)) for one in view.detentions
        ),
        external_ids=tuple(
            (f.fields["scheme"], f.fields["value"]) for f in facts if f.kind == "external_id" and f.live
        ),
        consent=next((f.fields["tier_given"] for f in reversed(facts) if f.kind == "consent" and f.live), ""),
        together=together(user, person, known_at),
    )


class _Lines:
    """Everything beside the facts themselves, read at once for a whole case."""

    def __init__(self, user: User, person: Person, facts: Iterable[FactView]) -> None:
        views = list(facts)
        seqs = [view.fact.seq for view in views]
        self._user = user
        self._rows = dict(
            Fact.objects.filter(seq__in=seqs, row__isnull=False).values_list("seq", "row__number")
        )
        batches = {view.fact.batch for view in views if view.fact.batch}
        reviews = Review.objects.filter(fact__in=seqs) | Review.objects.filter(batch__in=batches)
        self._reviews: dict[tuple[str, int], list[ReviewLine]] = defaultdict(list)
        for review in reviews.order_by("seq").select_related("reviewer"):
            key = ("fact", review.fact_id) if review.fact_id else ("batch", review.batch_id or 0)
            line = ReviewLine(
                str(review.reviewer),
                review.verdict,
                review.note,
                review.known_at,
                review.batch_id is not None,
            )
            self._reviews[key].append(line)
        self._evidence: dict[int, list[EvidenceLine]] = defaultdict(list)
        for file in Evidence.objects.filter(fact__in=seqs).order_by("pk"):
            self._evidence[file.fact_id].append(line_of(file))
        self._further: dict[int, list[tuple[str, int]]] = defaultdict(list)
        recorded = (
            Fact.objects.filter(seq__in=seqs).prefetch_related("attestations").select_related("recorder")
        )
        self._recorder: dict[int, str] = {}
        for fact in recorded:
            self._recorder[fact.pk] = str(fact.recorder)
            for attestation in fact.attestations.all():
                self._further[fact.pk].append((attestation.verdict, attestation.source_id))
        wanted = {view.fact.source.id for view in views} | {
            s for many in self._further.values() for _, s in many
        }
        self._sources = self._read_sources(wanted)

    def _read_sources(self, wanted: set[int]) -> dict[int, SourceLine]:
        sealed = may(self._user, Permission.SOURCE_SEALED)
        rows = list(Source.objects.filter(pk__in=wanted))
        shown = [row for row in rows if sealed or row.confidentiality != Confidentiality.SEALED]
        labels = unlocked.codec().open_known(
            [(bytes(row.subject), histories.label_context(row.pk), bytes(row.label)) for row in shown]
        )
        label_of = {row.pk: (text or b"").decode() for row, text in zip(shown, labels, strict=True)}
        return {
            row.pk: SourceLine(row.kind, row.reliability, row.confidentiality, label_of.get(row.pk, ""))
            for row in rows
        }

    def of(self, view: FactView) -> FactLine:
        fact = view.fact
        reviews = [
            *self._reviews.get(("fact", fact.seq), ()),
            *self._reviews.get(("batch", fact.batch or 0), ()),
        ]
        return FactLine(
            view=view,
            fields=dict(fact.fields),
            source=self._sources[fact.source.id],
            further_sources=tuple((v, self._sources[s]) for v, s in self._further.get(fact.seq, ())),
            reviews=tuple(reviews),
            evidence=tuple(self._evidence.get(fact.seq, ())),
            recorder=self._recorder[fact.seq],
            own=fact.recorder == self._user.pk,
            declared=fact.known_at != fact.witnessed_at,
            batch=fact.batch,
            row=self._rows.get(fact.seq),
        )


def original_row(user: User, code: str, seq: int) -> dict[str, Any]:
    """The row of the file that fact `seq` came from, cell by cell as it was; {} if it came from none."""
    import_row = (
        ImportRow.objects.filter(facts=seq, person=person_of(user, code)).select_related("person").first()
        if may(user, Permission.IDENTITY_READ)
        else None
    )
    if import_row is None:
        return {}
    return histories.open_row(bytes(import_row.person.subject), import_row.pk, bytes(import_row.content))
