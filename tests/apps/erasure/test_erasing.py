"""A person is erased by two people, wherever a word about them lies; figures, log and the others stay."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction

from constancia.apps.accounts.models import User
from constancia.apps.erasure import queries as erasures
from constancia.apps.erasure import services, wording
from constancia.apps.imports import services as imports
from constancia.apps.ledger.models import Notice
from constancia.apps.ledger.queries.checking import check
from constancia.apps.ledger.queries.proofs import proof_of
from constancia.apps.ledger.services import sealing
from constancia.apps.matching import services as lists
from constancia.apps.register import evidence, likeness, maintenance, queries
from constancia.apps.register.models import Erased, ErasureAnswer, ErasureEnd, Evidence, Fact, Person, Source
from constancia.apps.register.recording import Recorder
from constancia.apps.register.services import FactGiven, review, withdraw_batch
from constancia.apps.register.vouching import vouch
from constancia.domain.errors import InputRefused, NotAllowed, NotFound
from constancia.domain.matching.shapes import Mention
from constancia.domain.vocabulary.terms import IdentityVerdict, Verdict
from constancia.infra import clock, trail, unlocked
from tests.apps.matching.lists import entry, kept, same
from tests.attacks.conftest import HEADER, MAPPING, ROWS
from tests.support.cast import SEEN, TOLD, NewCase, judge

pytestmark = pytest.mark.django_db

NAME = "Onésimo Urdaneta Prueba"


def erase(asker: User, approver: User, code: str, ground: str = "asked_by_family") -> int:
    number = services.ask(asker, code, ground)
    services.answer(approver, number, approve=True)
    return number


def test_two_people_erase_and_nothing_is_left_to_find(desk: User, second: User, case: NewCase) -> None:
    person = case(desk, NAME, place="Casa de la tía", more=(FactGiven("alias", {"value": "El Catire"}),))
    other = case(desk, "Yusmary Peña")
    fact = person.facts.get(kind="arrest")
    file = evidence.attach(desk, fact.seq, "Carta de la madre", b"Carta de prueba")
    assert queries.search(desk, "Onesimo").lines
    number = erase(desk, second, person.code)
    for find in ("Onesimo", "Catire", "Casa de la tia", person.code):
        assert not queries.search(desk, find).lines
    with pytest.raises(NotFound, match=r"case\.erased"):
        queries.case(desk, person.code)
    assert not likeness.match(desk, [Mention(NAME)])[0].candidates
    assert set(Fact.objects.filter(person=person).values_list("kind", "words", "edtf")) == {
        ("erased", "", "")
    }
    assert unlocked.codec().keyless([bytes(person.subject), bytes(file.subject)]) == {
        bytes(person.subject), bytes(file.subject),
    }  # fmt: skip
    assert file.file not in {path.name for path in unlocked.home().evidence.rglob("*")}
    assert bytes(Evidence.objects.get().title) == b""
    assert ErasureEnd.objects.get(erasure=number).files == 1
    assert queries.case(desk, other.code).name == "Yusmary Peña"
    assert maintenance.fsck().clean


def test_a_source_of_others_too_stays(desk: User, second: User, case: NewCase) -> None:
    person, other = case(desk, NAME), case(desk, "Yusmary Peña")
    assert Source.objects.filter(label=b"").count() == 0
    from_both = Fact.objects.filter(person=other).first()
    assert from_both is not None
    erase(desk, second, person.code)
    assert Source.objects.filter(label=b"").count() == 1
    assert bytes(from_both.source.label) != b""


def test_the_log_still_verifies_and_knows_of_the_erasure(desk: User, second: User, case: NewCase) -> None:
    person = case(desk, NAME, released="2026-02-01")
    records = person.facts.count() + 1
    case(desk, "Yusmary Peña")
    sealing.seal()
    number = erase(desk, second, person.code, "danger")
    sealing.seal()
    assert check().clean
    assert all(proof_of("fact", fact.seq) is not None for fact in person.facts.all())
    found = vouch()
    assert (found["sealed"], found["altered"], found["missing"], found["gone"]) == (records, 0, 0, 0)
    said = Notice.objects.get(kind="erasure").text
    assert f'"erasure":{number}' in said.replace(" ", "")
    assert person.code not in said
    assert "Onésimo" not in said
    (noted,) = trail.events("deed = 'erased'", limit=1)
    assert (noted.number, noted.actor, noted.said["asked_by"]) == (person.pk, second.pk, desk.pk)


def test_who_asks_never_approves(desk: User, case: NewCase) -> None:
    person = case(desk, NAME)
    number = services.ask(desk, person.code, "danger")
    with pytest.raises(NotAllowed, match=r"erasure\.second_person"):
        services.answer(desk, number, approve=True)
    assert queries.case(desk, person.code).name == NAME
    with pytest.raises(DatabaseError), transaction.atomic():
        ErasureAnswer(
            erasure_id=number, approved=True, asked_by=desk, answered_by=desk, answered_at=clock.now()
        ).save()


def test_a_request_expires_is_answered_once_and_stands_alone(
    desk: User, second: User, lara: User, volunteer: User, case: NewCase
) -> None:
    person = case(desk, NAME)
    number = services.ask(desk, person.code, "danger")
    with pytest.raises(InputRefused, match=r"erasure\.open"):
        services.ask(second, person.code, "danger")
    with (
        clock.frozen(clock.now() + timedelta(days=7)),
        pytest.raises(InputRefused, match=r"erasure\.expired"),
    ):
        services.answer(second, number, approve=True)
    assert services.answer(second, number, approve=False) is None
    with pytest.raises(InputRefused, match=r"erasure\.answered"):
        services.answer(second, number, approve=True)
    with pytest.raises(InputRefused, match=r"erasure\.ground"):
        services.ask(desk, person.code, "because")
    elsewhere = case(desk, "Yusmary Peña", state="zulia")
    with pytest.raises(NotFound, match=r"case\.not_found"):
        services.ask(lara, elsewhere.code, "danger")
    with pytest.raises(NotAllowed):
        services.ask(volunteer, person.code, "danger")
    assert not Erased.objects.exists()


def test_whoever_was_judged_to_be_the_same_person_goes_too(desk: User, second: User, case: NewCase) -> None:
    one, other, apart = case(desk, NAME), case(desk, "Onésimo Urdaneta"), case(desk, "Onésimo Urdaneta P.")
    judge(desk, one, other, IdentityVerdict.SAME, "La misma cédula, de su hermana")
    judge(desk, apart, one, IdentityVerdict.DIFFERENT, "Otra edad")
    number = services.ask(desk, other.code, "danger")
    assert erasures.status(second, number).together == (one.code,)
    assert one.code in " ".join(wording.sentences(erasures.status(second, number)))
    services.answer(second, number, approve=True)
    assert set(Erased.objects.values_list("person_id", flat=True)) == {one.pk, other.pk}
    kept = Fact.objects.get(person=one, kind="identity_judgement")
    assert kept.fields == {"other": other.code, "verdict": "same"}
    assert queries.case(desk, apart.code).name == "Onésimo Urdaneta P."
    assert maintenance.fsck().clean


def test_a_rebuild_gives_the_same(desk: User, second: User, case: NewCase) -> None:
    person = case(desk, NAME, released="2026-02-01")
    case(desk, "Yusmary Peña")
    erase(desk, second, person.code)
    maintenance.rebuild()
    assert maintenance.fsck().clean
    assert not queries.search(desk, "Onesimo").lines


def test_nothing_more_is_recorded_of_the_erased(desk: User, second: User, case: NewCase) -> None:
    person = case(desk, NAME)
    fact = person.facts.get(kind="arrest")
    erase(desk, second, person.code)
    with pytest.raises(NotFound):
        services.ask(desk, person.code, "danger")
    with pytest.raises(NotFound, match=r"case\.not_found"), Recorder(desk) as rec:
        rec.fact("sex", rec.known_person(person), fields={"value": "man"}, source=fact.source_id)


def test_broken_off_after_the_transaction_the_next_run_finishes_it(
    desk: User, second: User, case: NewCase, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = case(desk, NAME)
    number = services.ask(desk, person.code, "danger")

    def broken(persons: object) -> tuple[int, int]:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("constancia.apps.erasure.services.carrying_out.destroy", broken)
        with pytest.raises(KeyboardInterrupt):
            services.answer(second, number, approve=True)
    assert Erased.objects.count() == 1
    assert not ErasureEnd.objects.exists()
    assert not {"altered", "missing", "gone"} & set(+vouch())
    assert maintenance.fsck().clean
    assert services.finish() == [number]
    assert services.finish() == []
    assert unlocked.codec().keyless([bytes(person.subject)])


def test_broken_off_inside_the_transaction_nothing_is_half_lost(
    desk: User, second: User, case: NewCase, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = case(desk, NAME)
    number = services.ask(desk, person.code, "danger")

    def broken(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("constancia.apps.erasure.services.within._tell", broken)
        with pytest.raises(KeyboardInterrupt):
            services.answer(second, number, approve=True)
    assert queries.case(desk, person.code).name == NAME
    assert services.finish() == [number]
    with pytest.raises(NotFound):
        queries.case(desk, person.code)


def test_reviewers_notes_go_and_the_verdict_stays(desk: User, second: User, case: NewCase) -> None:
    person = case(desk, NAME)
    fact = person.facts.get(kind="arrest")
    review(second, fact.seq, Verdict.CONFIRM, "Me lo dijo su madre")
    erase(desk, second, person.code)
    told = fact.reviews.get()
    assert (told.verdict, told.note) == ("confirm", "")
    assert Person.objects.get(pk=person.pk).code == person.code


def test_an_erased_row_takes_no_other_change(desk: User, second: User, case: NewCase) -> None:
    person, other = case(desk, NAME, source=SEEN), case(desk, "Yusmary Peña", source=TOLD)
    erase(desk, second, person.code)
    mine, theirs = (one.facts.get(detention__isnull=False).seq for one in (person, other))
    attacks = [
        *(
            f"UPDATE register_fact SET {column} = 'x' WHERE seq = {mine}"
            for column in ("kind", "edtf", "words")
        ),
        f"UPDATE register_fact SET fields = '{{\"a\": 1}}' WHERE seq = {mine}",
        f"UPDATE register_fact SET earliest = '2026-01-01' WHERE seq = {mine}",
        f"UPDATE register_fact SET person_id = {other.pk} WHERE seq = {mine}",
        f"UPDATE register_fact SET known_at = '2020-01-01' WHERE seq = {mine}",
        f"UPDATE register_fact SET recorder_id = {second.pk} WHERE seq = {mine}",
        f"DELETE FROM register_fact WHERE seq = {mine}",
        f"UPDATE register_fact SET kind = 'erased', edtf = '', words = '' WHERE seq = {theirs}",
        f"UPDATE register_source SET reliability = 'F' WHERE label = {_no_bytes()}",
        "UPDATE register_erased SET records = 0",
        "DELETE FROM register_erased",
        "DELETE FROM register_residue",
        "UPDATE register_residue SET version = '{}'",
        f"UPDATE register_person SET code = 'X' WHERE id = {person.pk}",
    ]
    for attack in attacks:
        with (
            pytest.raises(DatabaseError, match="append only"),
            transaction.atomic(),
            connection.cursor() as at,
        ):
            at.execute(attack)


def _no_bytes() -> str:
    return "''::bytea" if connection.vendor == "postgresql" else "x''"


def test_a_list_and_an_import_go_on_without_the_erased(
    desk: User, second: User, case: NewCase, tmp_path: Path
) -> None:
    person, other, third = (case(desk, name) for name in (NAME, "Yusmary Peña", "Ramón Paredes"))
    of_list = kept(desk, f"{NAME}\nYusmary Peña\nRamón Paredes")
    for number, one in enumerate((person, other, third), start=1):
        same(desk, of_list, one, number)
    lists.accept(desk, of_list, entries=[entry(of_list, 1), entry(of_list, 2)])
    erase(desk, second, person.code)
    assert lists.undo_list(desk, of_list).entries == 1
    same(desk, of_list, other, 2)
    erase(desk, second, third.code)
    assert lists.accept(desk, of_list).facts == 1
    file = tmp_path / "casos.csv"
    file.write_text(HEADER + ROWS, "utf-8")
    done = imports.commit(desk, file, MAPPING)
    assert done.batch is not None
    imported = Person.objects.get(external_keys__value="1")
    erase(desk, second, imported.code)
    assert withdraw_batch(desk, done.batch, "Se importó por error") == done.facts // 2 + 1
    assert maintenance.fsck().clean
