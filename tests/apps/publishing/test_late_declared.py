"""An edition holds when old facts enter the register after it that declare to have been known for long."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from constancia.apps.accounts.models import User
from constancia.apps.figures.queries import zone
from constancia.apps.figures.then import declared_since, snapshot_of
from constancia.apps.publishing import queries, services
from constancia.apps.publishing.access import content_of, edition_of
from constancia.apps.register.models import Detention
from constancia.apps.register.queries.consents import consents
from constancia.apps.register.recording import PersonHandle, Recorder
from constancia.domain.dates import UNKNOWN
from constancia.domain.figures.periods import end_of_day
from constancia.domain.vocabulary.terms import ConsentTier, Reliability, SourceKind
from tests.apps.publishing.crowd import A_MINUTE, PUBLISHED, RECORDED, Crowd, D, publish
from tests.support.cast import on

pytestmark = pytest.mark.django_db

LATER = PUBLISHED + timedelta(days=2)
LONG_KNOWN = RECORDED - timedelta(days=5)
Given = tuple[str, dict[str, Any], str]


def enter(crowd: Crowd, people: Sequence[PersonHandle | None], given: Sequence[Given], at: datetime) -> None:
    """Facts of an old archive about these people (None: somebody new), recorded at `at`."""
    with Recorder(crowd.desk, at=at) as recorder:
        source = recorder.source(SourceKind.OWN_ARCHIVE, label="Archivo", reliability=Reliability.A)
        seqs = []
        for known in people:
            person = known or recorder.person(region="zulia")
            detention = Detention.objects.get(person_id=person.pk).pk if known else recorder.detention(person)
            for kind, fields, day in given:
                seqs.append(
                    recorder.fact(
                        kind,
                        person,
                        detention=detention if day else None,
                        when=on(day) if day else UNKNOWN,
                        fields=fields,
                        source=source,
                        declared=LONG_KNOWN,
                    )
                )
    crowd.confirm(seqs, at + A_MINUTE)


def holds(user: User, number: int) -> bool:
    return all(step.held is not False for step in queries.verify(user, number))


@pytest.fixture
def people(desk: User, second: User, crowd: Crowd) -> list[PersonHandle]:
    found = crowd.add(20, consent="public_name") + crowd.add(10, state="zulia", sex="woman")
    services.save_text(desk, "prueba", "informe.toml", 'named = "held"\n', at=RECORDED)
    publish(desk, second, report="prueba")
    return found


ABOUT_THE_NEW: list[Given] = [
    ("name", {"full": "Persona Antigua"}, ""),
    ("consent", {"tier_given": "public_name"}, ""),
    ("arrest", {"state": "zulia"}, "2026-01-05"),
]
ABOUT_THE_KNOWN: dict[str, list[Given]] = {
    "sex": [("sex", {"value": "woman"}, "")],
    "name": [("name", {"full": "Nombre Mejor Escrito"}, "")],
    "place": [("transfer", {"place": "Tocorón", "state": "aragua"}, "2026-01-15")],
    "consent": [("consent", {"tier_given": "internal"}, "")],
    "release": [("release", {"release": "full"}, "2026-02-01")],
    "arrest": [("arrest", {"state": "bolivar"}, "2026-01-02")],
    "new words": [("transfer", {"place": "Un lugar que nadie nombró", "state": "apure"}, "2026-01-15")],
}


def test_it_holds_where_cases_enter_late(
    desk: User, second: User, crowd: Crowd, people: list[PersonHandle]
) -> None:
    enter(crowd, [None] * 9, ABOUT_THE_NEW, LATER)
    assert holds(desk, 1)
    publish(desk, second, PUBLISHED + timedelta(days=7), date(2026, 3, 3), report="prueba")
    assert (holds(desk, 1), holds(desk, 2)) == (True, True)
    enter(crowd, [None] * 3, ABOUT_THE_NEW, PUBLISHED + timedelta(days=9))
    assert (holds(desk, 1), holds(desk, 2)) == (True, True)
    first, last = (content_of(edition_of(number)).figure("held") for number in (1, 2))
    assert first is not None
    assert last is not None
    assert (first.value, last.value) == (30, 39)


@pytest.mark.parametrize("about", ABOUT_THE_KNOWN)
def test_it_holds_where_something_enters_late_about_the_known(
    desk: User, crowd: Crowd, people: list[PersonHandle], about: str
) -> None:
    enter(crowd, people[:6], ABOUT_THE_KNOWN[about], LATER)
    assert [one.details for one in queries.verify(desk, 1) if one.held is False] == []
    assert declared_since(PUBLISHED + A_MINUTE) == {one.pk for one in people[:6]}


def test_what_enters_late_is_no_secret(desk: User, crowd: Crowd, people: list[PersonHandle]) -> None:
    enter(crowd, [None] * 9, ABOUT_THE_NEW, LATER)
    explained = queries.explain(desk, 1)
    assert (explained.balance.opening, explained.balance.closing) == (30, 39)
    assert {term.cause: term.value for term in explained.balance.came if term.value} == {"learned_late": 9}


def test_without_anything_of_the_kind_nothing_is_folded_anew(desk: User, people: list[PersonHandle]) -> None:
    assert snapshot_of(PUBLISHED) is snapshot_of(None)


def test_of_people_judged_to_be_one_after_t_the_most_reserved_word_holds_for_each(
    desk: User, crowd: Crowd
) -> None:
    one, other, *_ = crowd.add(3, consent="public_name")
    crowd.tell(one, "consent", {"tier_given": "internal"}, RECORDED + timedelta(days=1))
    at_t = end_of_day(D, zone())
    same = {"other": other.code, "verdict": "same", "reason": "el mismo nombre"}
    crowd.tell(one, "identity_judgement", same, at_t + timedelta(hours=1))
    # At T they count as two, and both are somebody who is to stay internal.
    found = consents(at_t + timedelta(hours=2), at_t)
    assert {found[one.pk], found[other.pk]} == {ConsentTier.INTERNAL}


def test_people_who_counted_as_one_at_t_keep_the_most_reserved_word_after_they_were_parted(
    desk: User, crowd: Crowd
) -> None:
    one, other, *_ = crowd.add(3, consent="public_name")
    crowd.tell(other, "consent", {"tier_given": "internal"}, RECORDED + timedelta(days=1))
    same = {"other": other.code, "verdict": "same", "reason": "el mismo nombre"}
    crowd.tell(one, "identity_judgement", same, RECORDED + timedelta(days=2))
    at_t = end_of_day(D, zone())
    parted = {"other": other.code, "verdict": "different", "reason": "otra cédula"}
    crowd.tell(one, "identity_judgement", parted, at_t + timedelta(hours=1))
    after = at_t + timedelta(hours=2)
    assert consents(after, at_t)[one.pk] is ConsentTier.INTERNAL
    assert consents(after, after)[one.pk] is ConsentTier.PUBLIC_NAME
