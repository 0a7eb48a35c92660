"""What people do to the register, one function per deed. The only writer; each deed is one recording."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, allow
from constancia.apps.register.access import may_know_of, person_of, within_reach
from constancia.apps.register.identity import judged
from constancia.apps.register.judging import SAID_ON_THE_PAIR, judgement_behind, refuse_contradiction
from constancia.apps.register.liveness import gone, standing
from constancia.apps.register.models import Assignment, Fact, ImportBatch, Person
from constancia.apps.register.recording import PersonHandle, Recorder
from constancia.domain.codes import normalise
from constancia.domain.dates import UNKNOWN, ImpreciseDate
from constancia.domain.errors import FactRefused, NotFound
from constancia.domain.facts.kinds import KINDS
from constancia.domain.names import clean_written, written
from constancia.domain.vocabulary.states import region_code
from constancia.domain.vocabulary.terms import (
    Confidentiality,
    IdentityVerdict,
    Reliability,
    SourceKind,
    Verdict,
)
from constancia.infra import clock
from constancia.infra.writer import writing

NOTE = 1000
"""Characters of a reviewer's note."""


@dataclass(frozen=True, slots=True)
class SourceGiven:
    """The source as a person enters it. `label`: who exactly, kept sealed."""

    kind: SourceKind
    label: str = ""
    reliability: Reliability = Reliability.F
    group: str = ""
    confidentiality: Confidentiality = Confidentiality.SEALED


@dataclass(frozen=True, slots=True)
class FactGiven:
    """A fact as a person enters it."""

    kind: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    when: ImpreciseDate = UNKNOWN


def _source(rec: Recorder, given: SourceGiven) -> int:
    return rec.source(
        given.kind,
        label=clean_written(given.label) if given.label else "",
        reliability=given.reliability,
        group=given.group,
        confidentiality=given.confidentiality,
    )


def _about_detention(kind: str, detention: int | None) -> int | None:
    return detention if KINDS[kind].about == "detention" else None


def _fields(actor: User, code: str, given: FactGiven) -> Mapping[str, Any]:
    """What is given; where it names another person of the register, by the code as it is written there.

    That person must be the actor's to see as well, and judging who is who takes the right to review.
    Raises NotFound (`case.not_found`), InputRefused (`code.*`), FactRefused (`identity.same_code`).
    """
    if "other" not in given.fields:
        return given.fields
    if given.kind == "identity_judgement":
        allow(actor, Permission.CASE_REVIEW)
    other = person_of(actor, normalise(str(given.fields["other"]))).code
    if other == code:
        raise FactRefused("identity.same_code")
    return {**given.fields, "other": other}


def new_case(actor: User, *, facts: Sequence[FactGiven], source: SourceGiven) -> Person:
    """A person, a first detention and what is known of both, on one source.

    The case is entered from the state where things happened; a coordinator's from a region of theirs,
    else they could not open it again.
    Raises FactRefused, InputRefused for what does not hold; nothing is recorded then.
    """
    allow(actor, Permission.CASE_RECORD)
    with Recorder(actor) as rec:
        person = rec.person(region=_entered_from(actor, facts))
        detention = rec.detention(person)
        spoken = _source(rec, source)
        for given in facts:
            rec.fact(
                given.kind,
                person,
                detention=_about_detention(given.kind, detention),
                when=given.when,
                fields=_fields(actor, person.code, given),
                source=spoken,
            )
    return Person.objects.get(pk=person.pk)


def _entered_from(actor: User, facts: Sequence[FactGiven]) -> str:
    state = next((region_code(given.fields["state"]) for given in facts if given.fields.get("state")), "")
    return str(actor.regions[0]) if actor.regions and state not in actor.regions else state


def add_facts(
    actor: User,
    code: str,
    *,
    facts: Sequence[FactGiven],
    source: SourceGiven,
    detention: int | None = None,
    new_detention: bool = False,
) -> list[int]:
    """More facts on a case; returns their numbers. `detention` must be one of the person's.

    A judgement of identity makes counts follow from now on; one that contradicts another is refused
    (`judging.refuse_contradiction`).
    """
    allow(actor, Permission.CASE_RECORD)
    person = person_of(actor, code)
    if detention is not None and not person.detentions.filter(pk=detention).exists():
        raise NotFound("case.no_such_detention")
    with Recorder(actor) as rec:
        handle = rec.known_person(person)
        if new_detention:
            detention = rec.detention(handle)
        spoken = _source(rec, source)
        recorded = [
            rec.fact(
                given.kind,
                handle,
                detention=_about_detention(given.kind, detention),
                when=given.when,
                fields=_fields(actor, code, given),
                source=spoken,
            )
            for given in facts
        ]
        kinds = zip(recorded, facts, strict=True)
        refuse_contradiction(actor, rec, [seq for seq, told in kinds if told.kind == "identity_judgement"])
        return recorded


def judge(actor: User, code: str, other: str, verdict: IdentityVerdict, reason: str) -> int:
    """Whether the people called `code` and `other` are one, as the actor judges after comparing their cases.

    Returns the fact's number. Raises NotFound for who is not the actor's to see, FactRefused for the same
    code twice, for what was said of the two already, and for what contradicts a judgement that holds.
    """
    allow(actor, Permission.CASE_RECORD)
    person = person_of(actor, normalise(code))
    given = FactGiven(
        "identity_judgement",
        {"other": other, "verdict": verdict.value, "reason": written(reason, limit=NOTE)},
    )
    with Recorder(actor) as rec:
        fields = _fields(actor, person.code, given)
        if judged().on(person.pk, person_of(actor, fields["other"]).pk) is SAID_ON_THE_PAIR[verdict]:
            raise FactRefused("identity.already")
        source = _source(rec, SourceGiven(SourceKind.OWN_ARCHIVE, confidentiality=Confidentiality.INTERNAL))
        seq = rec.fact(given.kind, rec.known_person(person), fields=fields, source=source)
        refuse_contradiction(actor, rec, [seq])
        return seq


@within_reach
def fact_of(actor: User, seq: int) -> Fact:
    """The fact numbered `seq`, if its case is the actor's to see. Raises NotFound (`fact.not_found`)."""
    found = Fact.objects.select_related("person").filter(pk=seq).first()
    if found is None or not may_know_of(actor, found.kind):
        raise NotFound("fact.not_found")
    try:
        person_of(actor, found.person.code)
    except NotFound:
        raise NotFound("fact.not_found") from None
    return found


def correct(actor: User, seq: int, given: FactGiven, source: SourceGiven) -> int:
    """A new fact of the same kind in place of fact `seq`, which stays readable. Returns its number."""
    allow(actor, Permission.CASE_RECORD)
    old = _superseding(actor, seq)
    if given.kind != old.kind:
        raise FactRefused("fact.correction_of_other_kind", kind=old.kind)
    with Recorder(actor) as rec:
        corrected = rec.fact(
            old.kind,
            _handle(rec, old),
            detention=old.detention_id,
            when=given.when,
            fields=_fields(actor, old.person.code, given),
            source=_source(rec, source),
            supersedes=seq,
        )
        refuse_contradiction(actor, rec, [corrected] if old.kind == "identity_judgement" else [])
        return corrected


def withdraw(actor: User, seq: int, reason: str) -> int:
    """Take fact `seq` back. Withdrawing a withdrawal brings the fact back. Returns the new fact's number."""
    allow(actor, Permission.CASE_RECORD)
    old = _superseding(actor, seq)
    if not reason.strip():
        raise FactRefused("fact.withdrawal_needs_reason")
    with Recorder(actor) as rec:
        withdrawal = rec.fact(
            "withdrawal",
            _handle(rec, old),
            detention=old.detention_id,
            fields={"reason": reason},
            source=old.source_id,
            supersedes=seq,
        )
        brought_back = judgement_behind(old)
        if brought_back is not None:
            refuse_contradiction(actor, rec, [brought_back.seq])
        return withdrawal


def review(actor: User, seq: int, verdict: Verdict, note: str = "") -> None:
    """The actor's verdict on fact `seq`. Whoever recorded it cannot be its reviewer."""
    allow(actor, Permission.CASE_REVIEW)
    old = fact_of(actor, seq)
    if old.recorder_id == actor.pk:
        raise FactRefused("review.own_fact")
    with Recorder(actor) as rec:
        rec.review(verdict, fact=seq, note=written(note, limit=NOTE))


def attest(actor: User, seq: int, source: SourceGiven, verdict: Verdict) -> None:
    """A further source on fact `seq`."""
    allow(actor, Permission.CASE_RECORD)
    fact_of(actor, seq)
    with Recorder(actor) as rec:
        rec.attest(seq, _source(rec, source), verdict)


def review_batch(actor: User, batch: int, verdict: Verdict, note: str = "") -> None:
    """The actor's verdict on every fact of an import. Whoever ran it cannot be its reviewer."""
    allow(actor, Permission.IMPORT_RUN)
    found = batch_of(batch)
    if found.recorded_by_id == actor.pk:
        raise FactRefused("review.own_import")
    with Recorder(actor) as rec:
        rec.review(verdict, batch=found, note=written(note, limit=NOTE))


def withdraw_batch(
    actor: User, batch: int, reason: str, progress: Callable[[int], None] | None = None
) -> int:
    """Take back every live fact of an import, as superseding facts. Returns how many."""
    allow(actor, Permission.IMPORT_RUN)
    if not reason.strip():
        raise FactRefused("fact.withdrawal_needs_reason")
    found = batch_of(batch)
    done = 0
    with Recorder(actor) as rec:
        last: PersonHandle | None = None
        facts = (
            standing(Fact.objects.filter(batch=found, person__erased__isnull=True))
            .exclude(kind="withdrawal")
            .order_by("person_id", "seq")
            .select_related("person")
        )
        for fact in list(
            facts.only(
                "seq", "source_id", "detention_id", "person__code", "person__subject", "person__region"
            )
        ):
            if last is None or last.pk != fact.person_id:
                last = rec.known_person(fact.person)
            rec.fact(
                "withdrawal",
                last,
                detention=fact.detention_id,
                fields={"reason": reason},
                source=fact.source_id,
                supersedes=fact.seq,
            )
            done += 1
            if progress and done % 1000 == 0:
                progress(done)
    return done


def batch_of(number: int) -> ImportBatch:
    """Raises NotFound (`import.not_found`)."""
    found = ImportBatch.objects.filter(pk=number).first()
    if found is None:
        raise NotFound("import.not_found")
    return found


def assign(actor: User, code: str, user: User, *, active: bool) -> None:
    """Give a case to a lawyer, or take it back."""
    allow(actor, Permission.CASE_ASSIGN)
    with writing():
        Assignment.objects.create(
            user=user,
            person=person_of(actor, code),
            active=active,
            recorded_at=clock.now(),
            recorded_by=actor,
        )


def _superseding(actor: User, seq: int) -> Fact:
    old = fact_of(actor, seq)
    judgement = judgement_behind(old)
    if judgement is not None:  # it is about two people: whoever takes it back judges, and sees both
        allow(actor, Permission.CASE_REVIEW)
        person_of(actor, judgement.fields["other"])
    if gone([seq]):
        raise FactRefused("fact.already_superseded")
    return old


def _handle(rec: Recorder, fact: Fact) -> PersonHandle:
    return rec.known_person(fact.person)
