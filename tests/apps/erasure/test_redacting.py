"""One evidence file, or who a source is, goes by two people as well; the case and its figures stay."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from constancia.apps.accounts.models import User
from constancia.apps.erasure import queries as erasures
from constancia.apps.erasure import services
from constancia.apps.ledger.queries.checking import check
from constancia.apps.ledger.services import sealing
from constancia.apps.register import evidence, maintenance, queries
from constancia.apps.register.models import Evidence, Source
from constancia.apps.register.services import SourceGiven
from constancia.apps.register.vouching import vouch
from constancia.domain.errors import InputRefused, NotAllowed, NotFound
from constancia.domain.vocabulary.terms import SourceKind
from constancia.infra import unlocked
from tests.support.cast import NewCase

pytestmark = pytest.mark.django_db

TOLD = SourceGiven(SourceKind.RELATIVE, "Hermana de prueba", group="familia")


def test_a_file_goes_and_the_case_stays(desk: User, second: User, case: NewCase) -> None:
    person = case(desk, "Onésimo Urdaneta Prueba", source=TOLD)
    seq = person.facts.get(kind="arrest").pk
    gone, stays = (evidence.attach(desk, seq, name, name.encode()) for name in ("Carta", "Acta"))
    number = services.ask_of_file(desk, gone.pk, "danger")
    with pytest.raises(InputRefused, match=r"erasure\.open"):
        services.ask_of_file(second, gone.pk, "danger")
    with pytest.raises(NotAllowed, match=r"erasure\.second_person"):
        services.answer(desk, number, approve=True)
    services.answer(second, number, approve=True)
    told = erasures.status(desk, number)
    assert (told.what, told.about, told.stage, told.keys, told.files) == ("evidence", gone.pk, "erased", 1, 1)
    assert [title for _, line in evidence.evidence_of(desk, [seq]) for title in (line.title,)] == ["Acta"]
    with pytest.raises(NotFound):
        evidence.content_of(desk, gone.pk)
    assert unlocked.codec().keyless([bytes(gone.subject), bytes(stays.subject)]) == {bytes(gone.subject)}
    assert Evidence.objects.get(pk=gone.pk).sha256 == ""
    assert queries.case(desk, person.code).detentions
    sealing.seal()
    assert check().clean
    found = vouch()
    assert not {"altered", "missing", "gone"} & set(+found)
    assert found["sealed"] == 1  # how the file came: its step stays in the log, and nobody can open it
    assert maintenance.fsck().clean


def test_who_a_source_is_goes_and_what_it_told_stays(desk: User, second: User, case: NewCase) -> None:
    person = case(desk, "Onésimo Urdaneta Prueba", source=TOLD)
    fact = person.facts.get(kind="arrest")
    number = services.ask_of_source(desk, fact.pk, "danger")
    services.answer(second, number, approve=True)
    source = Source.objects.get(pk=fact.source_id)
    assert (bytes(source.label), source.group, source.kind) == (b"", "familia", "relative")
    assert unlocked.codec().keyless([bytes(source.subject)])
    assert queries.case(desk, person.code).detentions
    assert not {"altered", "missing", "gone", "sealed"} & set(+vouch())
    assert maintenance.fsck().clean
    with pytest.raises(DatabaseError, match="append only"), transaction.atomic(), connection.cursor() as at:
        at.execute("UPDATE register_source SET label = label, \"group\" = 'otra'")
    erased = services.ask(desk, person.code, "danger")
    services.answer(second, erased, approve=True)
    assert Source.objects.get(pk=source.pk).group == ""
