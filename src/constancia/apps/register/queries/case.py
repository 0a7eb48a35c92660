"""One case as it stood on a day, as known at an instant, with every fact and how it stands."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, may
from constancia.apps.register import histories, holding, noting, redacted, revealing
from constancia.apps.register.access import may_know_of, person_of, within_reach
from constancia.apps.register.departed import person_told
from constancia.apps.register.evidence import EvidenceLine, line_of
from constancia.apps.register.evidence.lines import kept_files
from constancia.apps.register.identity import counted_as
from constancia.apps.register.models import Fact, ImportRow, Person, Review, Source
from constancia.apps.register.policy import policy, zone
from constancia.apps.register.queries import held_on_case
from constancia.apps.register.queries.consenting import ConsentLine, consent_lines, effective
from constancia.apps.register.queries.held_on_case import Boxes, KeyMissing
from constancia.apps.register.queries.together import Together, together
from constancia.apps.register.redacted import Gone
from constancia.apps.register.revealing import Revealed
from constancia.apps.register.timing import known_now
from constancia.domain.errors import InputRefused
from constancia.domain.timeline.explain import CaseView, DetentionView, FactView, case_view
from constancia.domain.timeline.standing import Status
from constancia.domain.timeline.state import BASIS_DECLARED, BASIS_WITNESSED
from constancia.domain.vocabulary.states import state_label
from constancia.domain.vocabulary.terms import Confidentiality, Tier
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
    redacted: Gone | None = None
    seq: int = 0


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A source; `label` is "" for those who may not see who it was. `closed`: they may, once they say why.
    `held`: the region whose key is missing, once they have."""

    kind: str
    reliability: str
    confidentiality: str
    label: str
    closed: bool = False
    held: str = ""


@dataclass(frozen=True, slots=True)
class FactLine:
    """One fact as a page shows it. `view` holds grade, reasons and standing; `fields` include identity.

    `closed`: the tier that somebody has to open before they are shown. `declared`: its known time was
    declared by an import. `row`: number of the row it came from. `redacted`: fields whose words
    were erased (`domain.facts.redactable`). `held`: the region whose key is missing to show them, once the
    tier is open.
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
    closed: Tier | None = None
    redacted: Mapping[str, Gone] = field(default_factory=dict)
    held: str = ""

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
    consents: tuple[ConsentLine, ...]
    together: Together
    revealed: Revealed
    closed: frozenset[Tier]
    """The tiers of which the case holds something that is closed, and that the user may open."""
    missing: tuple[KeyMissing, ...] = ()
    """What is open to the user and still not shown, because a region holds it."""

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


@within_reach
def case(
    user: User,
    code: str,
    as_of: date | None = None,
    known_at: datetime | None = None,
    *,
    witnessed: bool = False,
    by: Iterable[int] = (),
) -> CasePage:
    """The case of the person called `code`, on the day `as_of` as known at `known_at` (default: now); noted
    in the trail. `by`: the openings (`revealing`) that show what is closed.

    Raises NotFound (`case.not_found`) where the case does not exist or is not the user's, `case.erased` to
    those who could see it.
    """
    person = person_told(user, code)
    open_now = revealing.revealed(user, person.pk, by)
    noting.case_read(user, person.pk, open=sorted(tier.value for tier in open_now.tiers))
    now = known_now()
    known_at = min(known_at or now, now)
    as_of = as_of or clock.now().astimezone(zone()).date()
    mapping, _ = counted_as([person.pk])
    # Grades compare what is told: the fold sees everything, whatever the page then shows.
    (history,) = histories.load([person.pk], mapping, unsealed=histories.PERSONAL_KINDS)
    whole = case_view(
        history,
        policy(),
        as_of=as_of,
        known_at=known_at,
        zone=zone(),
        basis=BASIS_WITNESSED if witnessed else BASIS_DECLARED,
    )
    view = _for_the_eyes_of(user, open_now, whole)
    boxes = held_on_case.read(user, person, view) if Tier.SEALED in open_now.tiers else held_on_case.NOTHING
    view = boxes.in_view(view)
    lines = _Lines(user, open_now, view.all_facts(), boxes)
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
        consent=effective(facts, as_of),
        consents=consent_lines(facts, as_of),
        together=together(user, person, known_at),
        revealed=open_now,
        closed=lines.closed(),
        missing=boxes.missing(user, person.code),
    )


def _for_the_eyes_of(user: User, open_now: Revealed, view: CaseView) -> CaseView:
    """The same without the facts that the user may not know of and without the fields that are closed."""
    hidden = {kind for kind in histories.PERSONAL_KINDS if _is_closed(open_now, kind)}
    if not may(user, Permission.IDENTITY_READ):
        hidden |= histories.PERSONAL_KINDS

    def shown(views: Iterable[FactView]) -> tuple[FactView, ...]:
        return tuple(
            replace(one, fact=replace(one.fact, fields={})) if one.fact.kind in hidden else one
            for one in views
            if may_know_of(user, one.fact.kind)
        )

    detentions = tuple(replace(one, facts=shown(one.facts)) for one in view.detentions)
    return replace(view, facts=shown(view.facts), detentions=detentions)


def _is_closed(open_now: Revealed, kind: str) -> Tier | None:
    """The tier that has to be opened first; None where the fields may be shown."""
    tier = histories.tier_by_deed(kind)
    return None if tier is None or tier in open_now.tiers else tier


class _Lines:
    """Everything beside the facts themselves, read at once for a whole case."""

    def __init__(self, user: User, open_now: Revealed, facts: Iterable[FactView], boxes: Boxes) -> None:
        views = list(facts)
        seqs = [view.fact.seq for view in views]
        self._user = user
        self._open = open_now
        self._boxes = boxes
        self._kinds = {view.fact.kind for view in views}
        self._rows = dict(
            Fact.objects.filter(seq__in=seqs, row__isnull=False).values_list("seq", "row__number")
        )
        batches = {view.fact.batch for view in views if view.fact.batch}
        reviews = Review.objects.filter(fact__in=seqs) | Review.objects.filter(batch__in=batches)
        self._reviews: dict[tuple[str, int], list[ReviewLine]] = defaultdict(list)
        notes = redacted.of_reviews([review.pk for review in reviews])
        for review in reviews.order_by("seq").select_related("reviewer"):
            key = ("fact", review.fact_id) if review.fact_id else ("batch", review.batch_id or 0)
            line = ReviewLine(
                str(review.reviewer),
                review.verdict,
                review.note,
                review.known_at,
                review.batch_id is not None,
                notes.get(review.pk),
                review.pk,
            )
            self._reviews[key].append(line)
        self._redacted = redacted.of_facts(seqs)
        self._evidence: dict[int, list[EvidenceLine]] = defaultdict(list)
        for file in kept_files().filter(fact__in=seqs).order_by("pk"):
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
        opened = Tier.SEALED in self._open.tiers
        may_open = may(self._user, Permission.SOURCE_SEALED) and not opened
        rows = list(Source.objects.filter(pk__in=wanted))
        shown = [row for row in rows if opened or row.confidentiality != Confidentiality.SEALED]
        plain = [row for row in shown if not histories.is_held(bytes(row.label))]
        labels = unlocked.codec().open_known(
            [(bytes(row.subject), histories.label_context(row.pk), bytes(row.label)) for row in plain]
        )
        label_of = {row.pk: (text or b"").decode() for row, text in zip(plain, labels, strict=True)}
        label_of |= self._boxes.read_labels(
            [
                (bytes(row.subject), row.pk, bytes(row.label))
                for row in shown
                if histories.is_held(bytes(row.label))
            ]
        )
        return {
            row.pk: SourceLine(
                row.kind,
                row.reliability,
                row.confidentiality,
                label_of.get(row.pk, ""),
                closed=may_open and row.confidentiality == Confidentiality.SEALED,
                held=self._boxes.of_sources.get(row.pk, ""),
            )
            for row in rows
        }

    def closed(self) -> frozenset[Tier]:
        """What the case holds that the user may open and has not."""
        found = {tier for kind in self._kinds if (tier := histories.tier_by_deed(kind)) is not None}
        if any(source.closed for source in self._sources.values()):
            found.add(Tier.SEALED)
        mine = {tier for tier, needed in revealing.NEEDED.items() if may(self._user, needed)}
        return frozenset((found & mine) - self._open.tiers)

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
            closed=_is_closed(self._open, fact.kind),
            redacted=self._redacted.get(fact.seq, {}),
            held=self._boxes.of_facts.get(fact.seq, ""),
        )


@within_reach
def original_row(user: User, code: str, seq: int, by: Iterable[int] = ()) -> dict[str, Any] | None:
    """The row of the file that fact `seq` came from, cell by cell as it was; {} if it came from none, None
    while it is closed: nobody knows what stands in a cell, so all of it is of the sealed tier.

    Raises InputRefused `region.row` where the key of the region that holds it is missing.
    """
    person = person_of(user, code)
    import_row = (
        ImportRow.objects.filter(facts=seq, person=person).select_related("person").first()
        if may(user, Permission.SOURCE_SEALED)
        else None
    )
    if import_row is None or not import_row.content:
        return {}  # none, or words of it were erased, and the whole row with them
    open_now = revealing.revealed(user, person.pk, by)
    if Tier.SEALED not in open_now.tiers:
        return None
    noting.case_read(user, person.pk, row=import_row.number, open=[Tier.SEALED.value])
    subject, content = bytes(import_row.person.subject), bytes(import_row.content)
    if histories.is_held(content):
        shown = holding.Reader(user, code).row(subject, import_row.pk, content)
        if shown.content is None:
            raise InputRefused("region.row", region=state_label(shown.region, "es"))
        cells: dict[str, Any] = json.loads(shown.content)
        return cells
    return histories.open_row(subject, import_row.pk, content)
