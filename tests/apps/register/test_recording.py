"""Everything recorded passes through one service, whole or not at all."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from constancia.apps.accounts.models import User
from constancia.apps.register.models import CaseCard, Fact, Person, Source, State
from constancia.apps.register.recording import Recorder
from constancia.domain.errors import FactRefused
from constancia.domain.vocabulary.terms import SourceKind
from constancia.infra import clock
from tests.support.cast import NewCase, on

pytestmark = pytest.mark.django_db


def test_a_recording_that_fails_leaves_nothing_behind(desk: User) -> None:
    with pytest.raises(FactRefused), Recorder(desk) as rec:
        source = rec.source(SourceKind.RELATIVE, label="Hermana")
        person = rec.person()
        rec.fact("name", person, source=source, fields={"full": "Onésimo Urdaneta"})
        rec.fact("arrest", person, source=source, fields={})
    assert not Person.objects.exists()
    assert not Fact.objects.exists()
    assert not Source.objects.exists()


def test_a_recording_that_ends_well_is_all_there(desk: User, case: NewCase) -> None:
    person = case(desk, "Onésimo Urdaneta")
    assert Fact.objects.filter(person=person).count() == 2
    assert CaseCard.objects.get(pk=person.pk).reported_custody == "in_custody"


def test_names_are_sealed_and_stand_nowhere_in_clear(desk: User, case: NewCase) -> None:
    person = case(desk, "Onésimo Urdaneta")
    fact = Fact.objects.get(person=person, kind="name")
    assert fact.fields == {}
    assert b"Urdaneta" not in bytes(fact.sealed)
    assert b"Abogada" not in bytes(Source.objects.get().label)


def test_known_time_never_runs_backwards(desk: User, case: NewCase) -> None:
    case(desk, "Primera Persona")
    first = Fact.objects.order_by("-seq").first()
    with clock.frozen(datetime.now(UTC) - timedelta(days=365)):
        case(desk, "Segunda Persona", arrested="2025-01-08")
    last = Fact.objects.order_by("-seq").first()
    assert last.witnessed_at >= first.witnessed_at


def test_a_declared_known_time_cannot_lie_in_the_future(desk: User) -> None:
    with pytest.raises(FactRefused, match=r"fact\.declared_later"), Recorder(desk) as rec:
        person = rec.person()
        rec.fact(
            "name",
            person,
            source=rec.source(SourceKind.OWN_ARCHIVE, label=""),
            fields={"full": "Alguien"},
            declared=clock.now() + timedelta(days=1),
        )


def test_a_release_before_the_arrest_is_refused(desk: User, case: NewCase) -> None:
    with pytest.raises(FactRefused):
        case(desk, "Onésimo Urdaneta", arrested="2026-01-08", released="2025-12-01")
    assert not Person.objects.exists()


def test_what_was_derived_is_deleted_without_reading_another_table(desk: User, case: NewCase) -> None:
    # A database whose statistics are from before a long import may scan the joined table for every row.
    person = case(desk, "Onésimo Urdaneta")
    with CaptureQueriesContext(connection) as queries, Recorder(desk) as rec:
        rec.fact(
            "release",
            rec.known_person(person),
            detention=person.detentions.get().pk,
            when=on("2026-02-01"),
            fields={"release": "full"},
            source=rec.source(SourceKind.RELATIVE, label=""),
        )
    deletes = [query["sql"] for query in queries if query["sql"].startswith("DELETE")]
    assert any(State._meta.db_table in sql for sql in deletes)
    assert [sql for sql in deletes if "SELECT" in sql] == []


def test_facts_added_later_to_a_known_person_are_folded_with_the_earlier(desk: User, case: NewCase) -> None:
    person = case(desk, "Onésimo Urdaneta")
    with Recorder(desk) as rec:
        rec.fact(
            "release",
            rec.known_person(person),
            detention=person.detentions.get().pk,
            when=on("2026-02-01"),
            fields={"release": "full"},
            source=rec.source(SourceKind.PRESS, label="Diario"),
        )
    assert CaseCard.objects.get(pk=person.pk).reported_custody == "free"
    assert State.objects.filter(detention__person=person).count() > 1
