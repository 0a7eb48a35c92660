"""A crowd of invented people in the register, recorded and reviewed at instants of one's choice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from constancia.apps.accounts.models import User
from constancia.apps.publishing import services
from constancia.apps.register.models import Detention
from constancia.apps.register.recording import PersonHandle, Recorder
from constancia.domain.dates import UNKNOWN
from constancia.domain.vocabulary.terms import Reliability, SourceKind, Verdict
from tests.support.cast import on

D = date(2026, 2, 24)
RULE = "all_detained"
RECORDED = datetime(2026, 1, 20, 12, tzinfo=UTC)
PUBLISHED = datetime(2026, 2, 25, 13, tzinfo=UTC)
A_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Crowd:
    """Who records and who reviews."""

    desk: User
    second: User

    def add(
        self,
        number: int,
        *,
        state: str = "lara",
        sex: str = "man",
        consent: str = "",
        nationality: str = "",
        arrested: str = "2026-01-08",
        released: str = "",
        at: datetime = RECORDED,
    ) -> list[PersonHandle]:
        """So many people, alike in everything, known from `at` and verified a minute later."""
        about: list[tuple[str, dict[str, Any]]] = [("sex", {"value": sex})]
        if consent:
            about.append(("consent", {"tier_given": consent}))
        if nationality:
            about.append(("nationality", {"value": nationality, "countries": []}))
        seqs: list[int] = []
        people: list[PersonHandle] = []
        with Recorder(self.desk, at=at) as recorder:
            source = _source(recorder)
            for index in range(number):
                person = recorder.person(region=state)
                detention = recorder.detention(person)
                people.append(person)
                name = f"Persona Inventada {state.title()} {index}"
                for kind, fields in [("name", {"full": name}), *about]:
                    seqs.append(recorder.fact(kind, person, fields=fields, source=source))
                stay: list[tuple[str, str, dict[str, Any]]] = [("arrest", arrested, {"state": state})]
                if released:
                    stay.append(("release", released, {"release": "under_measures"}))
                for kind, day, fields in stay:
                    seqs.append(
                        recorder.fact(
                            kind, person, detention=detention, when=on(day), fields=fields, source=source
                        )
                    )
        self.confirm(seqs, at + A_MINUTE)
        return people

    def tell(
        self, person: PersonHandle, kind: str, fields: dict[str, Any], at: datetime, day: str = ""
    ) -> int:
        """One fact more about somebody, or about the only detention, verified a minute later."""
        detention = Detention.objects.get(person_id=person.pk).pk if kind in ("release", "arrest") else None
        with Recorder(self.desk, at=at) as recorder:
            seq = recorder.fact(
                kind,
                person,
                detention=detention,
                when=on(day) if day else UNKNOWN,
                fields=fields,
                source=_source(recorder),
            )
        self.confirm([seq], at + A_MINUTE)
        return seq

    def released(self, person: PersonHandle, day: str, at: datetime) -> int:
        return self.tell(person, "release", {"release": "under_measures"}, at, day)

    def confirm(self, seqs: Sequence[int], at: datetime) -> None:
        with Recorder(self.second, at=at) as recorder:
            for seq in seqs:
                recorder.review(Verdict.CONFIRM, fact=seq)


def _source(recorder: Recorder) -> int:
    return recorder.source(SourceKind.OWN_LAWYER, label="Abogada de la casa", reliability=Reliability.A)


def draft(desk: User, at: datetime = PUBLISHED, as_of: date = D, **more: Any) -> int:
    """A draft under the rule that asks for nothing."""
    given = services.DraftGiven(
        title_es="Edición de prueba", title_en="Edition for a test", as_of=as_of, rule=RULE, **more
    )
    return services.new_draft(desk, given, at=at)


def publish(desk: User, second: User, at: datetime = PUBLISHED, as_of: date = D, **more: Any) -> int:
    """An edition: drafted, checked, merged as proposed where it must be, approved; its number."""
    number = draft(desk, at, as_of, **more)
    checked = services.check(desk, number, at=at + A_MINUTE)
    for mending in [found for found in checked.findings if found["code"] == "mend"]:
        merges = services.pattern_of(mending["merges"])
        services.decide_merges(desk, number, merges, mending["withheld"], at=at + A_MINUTE)
        checked = services.check(desk, number, at=at + A_MINUTE)
    assert checked.passed, checked.findings
    return services.approve(second, number, checked.sha256, at=at + 2 * A_MINUTE)
