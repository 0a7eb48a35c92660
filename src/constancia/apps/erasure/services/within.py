"""What happens to the register in one transaction: the residue is kept, every word emptied, everything
derived anew, and the ledger told."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from django.db import connection

from constancia.apps.claims import emptied as in_claims
from constancia.apps.claims.models import ListDecision
from constancia.apps.erasure.services.words import take_note, take_words
from constancia.apps.ledger.services.appending import append_notice
from constancia.apps.matching import emptied as in_lists
from constancia.apps.matching.models import EntryDecision, Taken
from constancia.apps.matching.standing import standing_of
from constancia.apps.publishing.models import Edition
from constancia.apps.publishing.services.approving import leave_out
from constancia.apps.register import emptied, histories, residue
from constancia.apps.register.deriving import Anchor, Deriver
from constancia.apps.register.models import (
    Attestation,
    Detention,
    Erased,
    Erasure,
    Fact,
    Person,
    Redacted,
    Review,
)
from constancia.apps.register.policy import policy, zone
from constancia.apps.register.terms import let_go_unused
from constancia.domain.timeline.state import StateVersion
from constancia.infra import clock
from constancia.infra.emptying import Emptying

Names = Mapping[int, Sequence[str]]
"""Edition → the names that are left out of its list."""
Variants = Mapping[datetime, Sequence[StateVersion]]
"""The freezing of an edition → the state versions as they were for it."""


def moment() -> datetime:
    """Now, and not before anything that is recorded."""
    last = [
        rows.order_by("-seq").values_list("witnessed_at", flat=True).first()
        for rows in (Fact.objects, Review.objects)
    ]
    return max([clock.now(), *(one for one in last if one is not None)])


def erase_within(
    found: Erasure, persons: Collection[int], coarse: residue.Coarse, variants: Variants, names: Names
) -> datetime:
    """Call it in the writer's turn. Returns the instant from which on nothing is known of `persons`."""
    at = moment()
    theirs = sorted(persons)
    before, whose = residue.stored_states(theirs), residue.detentions_of(theirs)
    Erased.objects.bulk_create(
        [Erased(person_id=person, answer=found.answer, records=_records(person), at=at) for person in theirs]
    )
    residue.keep(before, whose, coarse, at)
    for until, versions in variants.items():
        residue.keep(versions, whose, coarse, at, until)
    _empty(theirs)
    for edition in Edition.objects.filter(number__in=names).order_by("number"):
        leave_out(edition, names[edition.number], at)
    _derive(theirs)
    _tell(found, len(theirs), at)
    return at


def redact_within(found: Erasure) -> datetime:
    """One evidence file, who one source is, words of a fact or a note. Call it in the writer's turn."""
    at = moment()
    if found.fact_id is not None:
        facts, rows = take_words(found, at)
        _run(emptied.FACT, _among("{row}.seq", facts))
        _run(emptied.ROW, _among("{row}.id", rows))
        _run(emptied.RESEALED, f"{_among('{row}.fact_id', facts)} AND ({emptied.RESEALED.when})")
        _tell(found, 0, at)
        return at
    if found.review_id is not None:
        take_note(found, at)
        _run(emptied.REVIEW, f"{{row}}.seq = {found.review_id}")
        _tell(found, 0, at)
        return at
    Redacted(answer=found.answer, evidence=found.evidence, source=found.source, at=at).save()
    if found.evidence_id is not None:
        _run(emptied.EVIDENCE, f"{{row}}.id = {found.evidence_id}")
    else:
        _run(emptied.SOURCE, f"{{row}}.id = {found.source_id}")
    _tell(found, 0, at)
    return at


def _records(person: int) -> int:
    """The entries of the ledger that are about somebody."""
    return sum(
        rows.count()
        for rows in (
            Fact.objects.filter(person=person),
            Detention.objects.filter(person=person),
            Review.objects.filter(fact__person=person),
            Attestation.objects.filter(fact__person=person),
        )
    )


def _empty(persons: Sequence[int]) -> None:
    listed = ", ".join(map(str, persons))
    facts = f"(SELECT seq FROM register_fact WHERE person_id IN ({listed}))"
    theirs = f"{{row}}.person_id IN ({listed})"
    sources = (
        f"{{row}}.id IN (SELECT source_id FROM register_fact WHERE person_id IN ({listed})"
        f" UNION SELECT source_id FROM register_attestation WHERE fact_id IN {facts})"
    )
    _run(emptied.EVIDENCE, f"{{row}}.fact_id IN {facts}")
    _run(emptied.REVIEW, f"{{row}}.fact_id IN {facts}")
    _run(emptied.ROW, theirs)
    _run(emptied.SOURCE, f"{sources} AND {emptied.SOURCE.when}")
    _run(emptied.FACT, theirs)
    _run(emptied.RESEALED, f"{{row}}.fact_id IN {facts}")
    _run(in_lists.ENTRY, _among("{row}.id", entries_of(persons)))
    _run(in_lists.DECISION, theirs)
    _run(
        in_lists.UNDONE, f"{{row}}.taken_id IN (SELECT id FROM matching_taken WHERE person_id IN ({listed}))"
    )
    _run(in_claims.LISTED, _among("{row}.id", listed_names_of(persons)))
    _run(in_claims.DECISION, theirs)
    of_theirs = f"(SELECT id FROM register_detention WHERE person_id IN ({listed}))"
    _run(in_claims.ATTRIBUTION, f"{{row}}.detention_id IN {of_theirs}")


def _run(emptying: Emptying, where: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(emptying.update(connection, where))


def _among(column: str, numbers: Collection[int]) -> str:
    return f"{column} IN ({', '.join(map(str, sorted(numbers))) or 'NULL'})"


def entries_of(persons: Collection[int]) -> set[int]:
    """The entries of lists that are these people, as decided now or as recorded from them."""
    asked = set(EntryDecision.objects.filter(person__in=persons).values_list("entry_id", flat=True))
    asked |= set(Taken.objects.filter(person__in=persons).values_list("entry_id", flat=True))
    standing = standing_of(asked)
    return {
        entry
        for entry in asked
        if standing.judgement(entry).person in persons
        or any(one.person_id in persons for one in standing.taken.get(entry, ()))
    }


def listed_names_of(persons: Collection[int]) -> set[int]:
    """The names on announcements' lists of which the last decision says that they are these people."""
    asked = ListDecision.objects.filter(person__in=persons).values_list("listed_id", flat=True)
    rows = ListDecision.objects.filter(listed__in=list(asked)).order_by("pk")
    last = {one.listed_id: one.person_id for one in rows}
    return {listed for listed, person in last.items() if person in persons}


def _derive(persons: Sequence[int]) -> None:
    rows = Person.objects.filter(pk__in=persons).values_list("pk", "code", "region")
    anchors = {pk: Anchor(code, region) for pk, code, region in rows}
    deriver = Deriver(policy(), zone())
    deriver.derive(histories.load(persons, {}), anchors, fresh=False)
    deriver.close()
    let_go_unused()


def what_of(found: Erasure) -> str:
    """What a request is about: "person", "evidence", "source", "fact" (its words) or "review" (its note)."""
    names = ("person", "evidence", "source", "fact", "review")
    return next(name for name in names if getattr(found, f"{name}_id") is not None)


def _tell(found: Erasure, people: int, at: datetime) -> None:
    answer = found.answer
    said = {
        "erasure": found.pk,
        "ground": found.ground,
        "day": at.astimezone(zone()).date().isoformat(),
        "asked_by": found.asked_by_id,
        "approved_by": answer.answered_by_id,
        "what": what_of(found),
        "people": people,
        "records": sum(Erased.objects.filter(answer=answer).values_list("records", flat=True))
        + answer.words.count(),
    }
    append_notice("erasure", said, at)
