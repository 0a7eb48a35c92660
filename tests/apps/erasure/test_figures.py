"""What was published before an erasure is counted anew as it was; what is counted later explains it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from constancia.apps.accounts.models import User
from constancia.apps.claims import services as claims
from constancia.apps.erasure import services
from constancia.apps.figures import queries as figures
from constancia.apps.publishing import queries
from constancia.apps.publishing import services as publishing
from constancia.apps.publishing.access import content_of, edition_of
from constancia.apps.publishing.services.approving import names_of
from constancia.apps.register import maintenance
from constancia.apps.register.models import Detention, Person, Residue
from constancia.apps.register.recording import Recorder
from constancia.domain.vocabulary.terms import SourceKind
from constancia.infra import clock
from tests.apps.publishing.crowd import PUBLISHED, RECORDED, RULE, Crowd, D, publish
from tests.support.cast import on

pytestmark = pytest.mark.django_db

LATER = PUBLISHED + timedelta(days=10)


@pytest.fixture
def crowd(desk: User, second: User) -> Crowd:
    return Crowd(desk, second)


def erase(desk: User, second: User, code: str, at: datetime = LATER) -> None:
    with clock.frozen(at):
        number = services.ask(desk, code, "asked_by_family")
        services.answer(second, number, approve=True)


def recounted(user: User, number: int) -> None:
    found = {step.name: (step.held, step.details) for step in queries.verify(user, number)}
    assert found["recount"] == (True, ()), found


def test_every_edition_is_counted_anew_as_it_was(desk: User, second: User, crowd: Crowd) -> None:
    people = crowd.add(14, consent="public_name", nationality="national")
    women = crowd.add(9, state="zulia", sex="woman", arrested="2026-01-30", at=RECORDED + timedelta(days=15))
    crowd.released(people[0], "2026-02-20", PUBLISHED - timedelta(days=2))
    given = claims.AnnouncementGiven(
        "Salidas", "Ministerio Inventado", date(2026, 2, 19), value=10, filters={"state": "lara"}
    )
    claims.announce(desk, given, at=PUBLISHED - timedelta(days=5))
    publish(desk, second)
    for one in people[1:7]:
        crowd.released(one, "2026-02-26", PUBLISHED + timedelta(days=2))
    publish(desk, second, PUBLISHED + timedelta(days=7), date(2026, 3, 3))
    for one in (people[0], people[2], people[9], women[0]):
        erase(desk, second, one.code)
    for number in (1, 2):
        recounted(desk, number)
        assert content_of(edition_of(number)).announcements[0].value == 10
    maintenance.rebuild()
    for number in (1, 2):
        recounted(desk, number)
    assert maintenance.fsck().clean


def test_somebody_of_whom_more_was_declared_later_too(desk: User, second: User, crowd: Crowd) -> None:
    people = crowd.add(12)
    publish(desk, second)
    arrested = Detention.objects.get(person_id=people[0].pk).pk
    with Recorder(desk, at=PUBLISHED + timedelta(days=3)) as rec:
        source = rec.source(SourceKind.OWN_LAWYER, label="Otra")
        seq = rec.fact(
            "release", people[0], detention=arrested, when=on("2026-02-01"),
            fields={"release": "full"}, source=source, declared=RECORDED + timedelta(days=1),
        )  # fmt: skip
    crowd.confirm([seq], PUBLISHED + timedelta(days=3, minutes=1))
    recounted(desk, 1)
    erase(desk, second, people[0].code)
    assert Residue.objects.filter(until__isnull=False).exists()
    recounted(desk, 1)


def test_words_of_facts_go_and_every_edition_and_figure_stays(desk: User, second: User, crowd: Crowd) -> None:
    people = crowd.add(12, consent="public_name")
    said = {"framework": "own", "outcome": "recognised", "reasoning": "Lo dijo la tía"}
    detention = Detention.objects.get(person_id=people[0].pk).pk
    with Recorder(desk, at=RECORDED + timedelta(hours=1)) as rec:
        source = rec.source(SourceKind.OWN_LAWYER, label="Otra")
        seq = rec.fact("recognition", people[0], detention=detention, fields=said, source=source)
    publishing.save_text(desk, "prueba", "informe.toml", 'named = "held"\n', at=RECORDED)
    publish(desk, second, report="prueba")
    with clock.frozen(LATER):
        before = figures.figure(desk, "held", as_of=D, rule=RULE)["value"]
        number = services.ask_of_words(desk, seq, ["reasoning"], "danger")
        services.answer(second, number, approve=True)
        assert figures.figure(desk, "held", as_of=D, rule=RULE)["value"] == before
    assert len(names_of(edition_of(1))) == 12
    recounted(desk, 1)
    maintenance.rebuild()
    recounted(desk, 1)
    assert maintenance.fsck().clean


def test_the_named_list_loses_the_name_and_the_edition_keeps_its_number(
    desk: User, second: User, crowd: Crowd
) -> None:
    people = crowd.add(9, consent="public_name")
    publishing.save_text(desk, "prueba", "informe.toml", 'named = "held"\n', at=RECORDED)
    publish(desk, second, report="prueba")
    edition = edition_of(1)
    before = names_of(edition)
    assert len(before) == 9
    erase(desk, second, people[3].code)
    assert names_of(edition) == tuple(name for name in before if not name.endswith(" 3"))
    recounted(desk, 1)


def test_from_the_erasure_on_nobody_is_counted_and_the_balance_says_erased(
    desk: User, second: User, crowd: Crowd
) -> None:
    people = crowd.add(9)
    with clock.frozen(LATER):
        before = figures.figure(desk, "held", as_of=D, rule=RULE)["value"]
    erase(desk, second, people[0].code)
    with clock.frozen(LATER + timedelta(hours=1)):
        held = figures.figure(desk, "held", as_of=D, rule=RULE)
        then = figures.figure(desk, "held", as_of=D, known_at=LATER - timedelta(hours=1), rule=RULE)
        told = figures.explain(desk, (D, LATER - timedelta(hours=1)), (D, clock.now()), RULE)
        behind = figures.people_behind(desk, "held", as_of=D, known_at=LATER - timedelta(hours=1), rule=RULE)
    assert (before, held["value"], then["value"]) == (9, 8, 9)
    assert told["out"]["total"] == told["erased"] == 1
    assert told["out"]["causes"]["erased"]["value"] == 1
    assert told["people"] == []
    assert told["hidden"] == 1
    assert people[0].pk not in behind
    assert len(behind) == 8


def test_the_residue_is_coarse(desk: User, second: User, crowd: Crowd) -> None:
    (person, *_) = crowd.add(9, nationality="national")
    crowd.tell(person, "birth", {"born": "2009-03-05"}, RECORDED + timedelta(hours=1))
    crowd.tell(person, "occupation", {"detail": "carpintero"}, RECORDED + timedelta(hours=2))
    erase(desk, second, person.code)
    kept = [row.version for row in Residue.objects.filter(person=person.pk)]
    assert kept
    assert all(one["custody"] for one in kept)
    for name in ("occupation", "nationality", "place", "authority", "sex"):
        assert {one[name] for one in kept} == {""}
    assert {one["adult_from"] for one in kept} <= {0, -1}
    assert datetime(2009, 3, 5, tzinfo=UTC)
    assert Person.objects.get(pk=person.pk).code == person.code
