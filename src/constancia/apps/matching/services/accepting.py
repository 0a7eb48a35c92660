"""Recording what a list reports of the people on it, once a person has said who they are: all or nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, allow
from constancia.apps.matching.access import allow_work, list_of
from constancia.apps.matching.models import Acceptance, Entry, NameList, Taken
from constancia.apps.matching.planning import Asked, Planned, fields_of, plan
from constancia.apps.matching.recording import instant
from constancia.apps.matching.sealing import open_entries, open_list
from constancia.apps.matching.services.deciding import decide_proposed
from constancia.apps.matching.services.keeping import source_label
from constancia.apps.matching.standing import Standing, standing_of_list
from constancia.apps.register import erased
from constancia.apps.register.access import visible
from constancia.apps.register.models import Person
from constancia.apps.register.recording import PersonHandle, Recorder
from constancia.domain.codes import normalise
from constancia.domain.errors import InputRefused, NotFound
from constancia.domain.matching.bringing import FACT, Why
from constancia.domain.matching.judging import Judged
from constancia.domain.vocabulary.states import region_code
from constancia.domain.vocabulary.terms import (
    Confidentiality,
    DocumentKind,
    Reliability,
    SourceKind,
    Verdict,
)
from constancia.infra.bulk import in_pieces


@dataclass(frozen=True, slots=True)
class Accepted:
    """What was recorded: entries with a new fact, with one more source for a fact that was there, with a new
    case; and of the others, why not, by the entry's number on the list."""

    facts: int
    attested: int
    cases: int
    left: Mapping[int, Why] = field(default_factory=dict)

    @property
    def recorded(self) -> int:
        return self.facts + self.attested + self.cases

    @property
    def reasons(self) -> Mapping[str, int]:
        return Counter(why.value for why in self.left.values())


def accept(
    actor: User,
    number: int,
    *,
    entries: Collection[int] | None = None,
    proposed: Mapping[int, str] | None = None,
    threshold: float | None = None,
    seen: Mapping[int, int] | None = None,
) -> Accepted:
    """Records, in one transaction and on one source, what the list says of these entries (primary keys).

    `entries`: decided ones ("same", or "new" where that makes a case) of which nothing is recorded yet;
    None: all such. `proposed`: entries nobody had decided, each with the code of whom it was proposed to
    be from `threshold` on and a person let stand: they are decided by the actor first. `seen`: for entries,
    the last decision on it that the actor saw; where another was made since, nothing at all is recorded.
    Raises NotAllowed, NotFound (`list.not_found`, `case.not_found`), InputRefused `list.nothing`,
    `list.changed`, `list.not_of_it`.
    """
    allow_work(actor)
    allow(actor, Permission.CASE_RECORD)
    of_list = list_of(actor, number)
    with Recorder(actor) as rec:
        known_at = max(rec.now, instant())
        if proposed:
            _decide(actor, of_list, proposed, known_at)
        standing = standing_of_list(of_list)
        if any(standing.judgement(entry).last != last for entry, last in (seen or {}).items()):
            raise InputRefused("list.changed")
        asked = _asked(of_list, standing, entries, proposed or {})
        if not asked:
            raise InputRefused("list.nothing")
        people = {one.person_id for many in standing.taken.values() for one in many}
        planned = plan(of_list, asked, people, rec.now)
        done = [one for one in planned if one.records]
        if done:
            _record(rec, of_list, done, threshold if proposed else None, known_at)
    return Accepted(
        facts=sum(one.step.attests is None and not one.makes_case for one in done),
        attested=sum(one.step.attests is not None for one in done),
        cases=sum(one.makes_case for one in done),
        left={one.asked.entry.number: one.step.why for one in planned if one.step.why is not None},
    )


def _decide(actor: User, of_list: NameList, proposed: Mapping[int, str], known_at: datetime) -> None:
    codes = {entry: normalise(code) for entry, code in proposed.items()}
    rows = _rows(of_list, codes)
    people: dict[str, Person] = {}
    for piece in in_pieces(sorted(set(codes.values()))):
        people |= {person.code: person for person in visible(actor).filter(code__in=piece)}
    if not people.keys() >= set(codes.values()):
        raise NotFound("case.not_found")
    standing = standing_of_list(of_list)
    pairs = [(row, people[codes[row.pk]]) for row in rows]
    decide_proposed(actor, pairs, standing.judgements, known_at)


def _rows(of_list: NameList, entries: Collection[int]) -> list[Entry]:
    rows: list[Entry] = []
    for piece in in_pieces(sorted(entries)):
        rows += Entry.objects.filter(of_list=of_list, pk__in=piece)
    if len(rows) != len(set(entries)):
        raise InputRefused("list.not_of_it")
    return sorted(rows, key=lambda row: row.number)


def waiting(of_list: NameList, standing: Standing) -> set[int]:
    """The decided entries of which nothing is recorded yet and something could be, by primary key."""
    wanted, gone = (Judged.SAME, Judged.NEW), erased.everybody()
    return {
        entry
        for entry, judgement in standing.judgements.items()
        if judgement.judged in wanted and judgement.person not in gone and not standing.taken.get(entry)
    }


def _asked(
    of_list: NameList, standing: Standing, entries: Collection[int] | None, proposed: Mapping[int, str]
) -> list[Asked]:
    can = waiting(of_list, standing)
    chosen = can if entries is None and not proposed else {*(entries or ()), *proposed}
    if not chosen <= can:
        raise InputRefused("list.changed")
    return asked_of(standing, _rows(of_list, chosen))


def asked_of(standing: Standing, rows: Sequence[Entry]) -> list[Asked]:
    """The entries with what they say and who they were said to be."""
    said = open_entries(rows)
    wanted = {row.pk: standing.judgement(row.pk).person or 0 for row in rows}
    people = people_by_key(wanted.values())
    return [Asked(row, said[row.pk], people.get(wanted[row.pk])) for row in rows]


def people_by_key(persons: Iterable[int]) -> dict[int, Person]:
    """People by primary key; whom there is not is left out."""
    found: dict[int, Person] = {}
    for piece in in_pieces(sorted(set(persons))):
        found |= {person.pk: person for person in Person.objects.filter(pk__in=piece)}
    return found


def _record(
    rec: Recorder, of_list: NameList, planned: Sequence[Planned], threshold: float | None, known_at: datetime
) -> None:
    source = _source(rec, of_list)
    people = people_by_key(one.about for one in planned if one.about is not None)
    taken: list[tuple[Planned, int, int, int | None]] = []
    for one in planned:
        if one.about is None:
            person = rec.person(region=region_code(one.told.state) if one.told.state else "")
            taken += [(one, person.pk, fact, None) for fact in _new_case(rec, person, one, source)]
            continue
        handle = rec.known_person(people[one.about])
        if one.step.attests is not None:
            attestation = rec.attest(one.step.attests, source, Verdict.CONFIRM)
            taken.append((one, handle.pk, one.step.attests, attestation))
        else:
            detention = one.step.detention if one.step.detention is not None else rec.detention(handle)
            taken.append((one, handle.pk, _fact(rec, handle, one, detention, source), None))
    rec.flush()
    made = Acceptance.objects.create(
        of_list=of_list, source_id=source, threshold=threshold, known_at=known_at, accepted_by=rec.actor
    )
    Taken.objects.bulk_create(
        Taken(acceptance=made, entry=one.asked.entry, person_id=person, fact_id=fact, attestation_id=attested)
        for one, person, fact, attested in taken
    )


def _fact(rec: Recorder, person: PersonHandle, one: Planned, detention: int, source: int) -> int:
    return rec.fact(
        FACT[one.told.kind],
        person,
        source=source,
        fields=fields_of(one.told),
        detention=detention,
        when=one.told.when,
    )


def _new_case(rec: Recorder, person: PersonHandle, one: Planned, source: int) -> list[int]:
    mention = one.asked.said.mention
    facts = [rec.fact("name", person, source=source, fields={"full": mention.name})]
    if mention.document:
        number = {"document": DocumentKind.NATIONAL_ID.value, "number": mention.document}
        facts.append(rec.fact("identity_document", person, source=source, fields=number))
    if mention.sex:
        facts.append(rec.fact("sex", person, source=source, fields={"value": mention.sex}))
    facts.append(_fact(rec, person, one, rec.detention(person), source))
    return facts


def _source(rec: Recorder, of_list: NameList) -> int:
    """The list as a source: the same one however often something is recorded from it. Editions of one list
    are not independent of each other."""
    earlier = of_list.acceptances.order_by("pk").first()
    if earlier is not None:
        return int(earlier.source_id)
    return rec.source(
        SourceKind(of_list.source_kind),
        label=source_label(of_list, open_list(of_list).get("label", "")),
        reliability=Reliability(of_list.reliability),
        group=of_list.group or f"lista-{_first(of_list)}",
        confidentiality=Confidentiality(of_list.confidentiality),
    )


def _first(of_list: NameList) -> int:
    while of_list.earlier is not None:
        of_list = of_list.earlier
    return int(of_list.pk)
