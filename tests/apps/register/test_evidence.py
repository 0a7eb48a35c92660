"""Files behind facts: room, reports, copies, and a chain of custody that the ledger commits to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from unittest import mock

import pytest
from django.db import Error, connection, transaction

from constancia.apps.accounts.models import User
from constancia.apps.ledger.keys import log_key
from constancia.apps.ledger.models import FACTS
from constancia.apps.ledger.services.sealing import seal
from constancia.apps.register import evidence, services
from constancia.apps.register.models import Custody, Evidence, FileReport, Person
from constancia.apps.register.vouching import vouch
from constancia.domain.errors import InputRefused, IntegrityBroken, NotAllowed, NotFound
from constancia.domain.ledger.custody import check_custody
from constancia.domain.ledger.policy import Policy
from constancia.domain.ledger.refused import ProofRefused
from constancia.domain.vocabulary.deeds import Deed
from constancia.domain.vocabulary.files import CustodyPurpose, CustodyWay, FileTrait
from constancia.infra import trail, unlocked
from constancia.infra.home import HomeSettings
from tests.infra.viewing.built import AUTHOR, PLACE, photograph
from tests.support.cast import NewCase

pytestmark = pytest.mark.django_db

QUOTAS_OF = "constancia.apps.register.evidence.quotas.unlocked"
TEXT = "Acta inventada: salió a las 15:00.\n".encode()


@pytest.fixture
def person(desk: User, case: NewCase) -> Person:
    return case(desk, "Onésimo Urdaneta")


def _attach(actor: User, person: Person, content: bytes = TEXT, **more: str) -> Evidence:
    seq = person.facts.get(kind="arrest").pk
    return evidence.attach(
        actor, seq, "Acta", content, way=CustodyWay.IN_PERSON, received_from="su hermana Zutana", **more
    )


def _limits(numbers: dict[str, int]) -> mock.Mock:
    settings = replace(HomeSettings(), **numbers)  # type: ignore[arg-type]
    return mock.Mock(home=lambda: mock.Mock(settings=settings))


def _policy() -> Policy:
    return Policy.read(f"log {log_key(FACTS)}\nquorum none\n".encode())


def test_a_photograph_is_kept_and_what_it_says_is_for_those_who_see_sources(
    desk: User, lawyer: User, person: Person
) -> None:
    made = _attach(desk, person, photograph())
    assert made.media_type == "image/jpeg"
    page = evidence.page_of(desk, made.pk)
    assert page.examined is not None
    assert (FileTrait.GPS, PLACE) in page.examined.traits
    assert page.steps[0].words == "su hermana Zutana"
    services.assign(desk, person.code, lawyer, active=True)
    seen = evidence.page_of(lawyer, made.pk)
    assert seen.examined is not None
    assert (seen.examined.traits, seen.traits_hidden, seen.steps[0].words) == ((), True, "")
    raw = bytes(FileReport.objects.get().content) + bytes(Custody.objects.get().words)
    assert AUTHOR.encode() not in raw
    assert b"Zutana" not in raw


def test_a_copy_to_share_says_nothing_and_the_original_says_everything(desk: User, person: Person) -> None:
    photo = photograph()
    made = _attach(desk, person, photo)
    shared = evidence.give_out(desk, made.pk, "copy", CustodyPurpose.PRESS, "Un diario")
    assert AUTHOR.encode() not in shared.content
    assert shared.name == f"copia-{made.pk}.jpg"
    original = evidence.give_out(desk, made.pk, "original", CustodyPurpose.COURT, "Tribunal 3")
    assert (original.content, original.media) == (photo, "image/jpeg")
    assert original.name == f"{sha256(photo).hexdigest()[:16]}.jpg"
    told = [(one.order, one.step, one.purpose) for one in evidence.steps_of(desk, made.pk)]
    assert told == [(1, "received", ""), (2, "shared_copy", "press"), (3, "given_out", "court")]


def test_nothing_leaves_for_outside_without_saying_to_whom(desk: User, person: Person) -> None:
    made = _attach(desk, person)
    with pytest.raises(InputRefused, match=r"evidence\.custody_words"):
        evidence.give_out(desk, made.pk, "original", CustodyPurpose.COURT, "  ")
    assert Custody.objects.count() == 1
    assert evidence.give_out(desk, made.pk, "original", CustodyPurpose.OWN_WORK, "").content == TEXT


def test_every_opening_stands_in_the_trail(desk: User, person: Person) -> None:
    made = _attach(desk, person)
    evidence.page_of(desk, made.pk)
    evidence.text_of(desk, made.pk)
    evidence.give_out(desk, made.pk, "original", CustodyPurpose.OWN_WORK, "")
    found = trail.events(
        "deed = ? AND number = ? AND actor = ?", ("evidence_opened", made.pk, desk.pk), limit=3
    )
    assert [one.said["form"] for one in found] == ["original", "copy", "page"]
    with pytest.raises(InputRefused):
        _attach(desk, person, b"<svg xmlns='x'/>")
    (refused,) = trail.events("deed = ? AND actor = ?", (Deed.REFUSED.value, desk.pk), limit=1)
    assert refused.said == {"code": "evidence.kind"}


def test_what_cannot_be_noted_is_not_shown(desk: User, person: Person) -> None:
    made = _attach(desk, person)
    with mock.patch("constancia.infra.trail.note", side_effect=MemoryError), pytest.raises(MemoryError):
        evidence.give_out(desk, made.pk, "original", CustodyPurpose.OWN_WORK, "")
    assert Custody.objects.count() == 1


QUOTAS = {
    "evidence.too_large": {"evidence_file_mb": 1},
    "evidence.case_full": {"evidence_case_mb": 1},
    "evidence.day_full": {"evidence_day_mb": 1},
    "evidence.register_full": {"evidence_register_mb": 1},
}


@pytest.mark.parametrize(("code", "limit"), QUOTAS.items(), ids=QUOTAS.keys())
def test_beyond_a_quota_nothing_is_kept_and_the_number_is_said(
    code: str, limit: dict[str, int], desk: User, person: Person
) -> None:
    with mock.patch(QUOTAS_OF, _limits(limit)):
        _attach(desk, person, b"a" * 600_000)
        with pytest.raises(InputRefused, match=code.replace(".", r"\.")) as refused:
            _attach(desk, person, b"b" * (1_100_000 if code == "evidence.too_large" else 600_000))
    assert 1 in refused.value.params.values()
    assert Evidence.objects.count() == 1


def test_the_quota_of_a_case_does_not_count_another(desk: User, case: NewCase, person: Person) -> None:
    other = case(desk, "Zulima Bracho", state="zulia")
    with mock.patch(QUOTAS_OF, _limits({"evidence_case_mb": 1})):
        _attach(desk, person, b"a" * 900_000)
        _attach(desk, other, b"b" * 900_000)
    assert Evidence.objects.count() == 2


def test_the_name_of_a_file_is_a_title_at_most_and_never_a_path(desk: User, person: Person) -> None:
    seq = person.facts.get(kind="arrest").pk
    made = evidence.attach(desk, seq, "", TEXT, name="../../etc/\u202efdp.x\r\nX-Evil: 1")
    assert evidence.line_of(made).title == "fdp.x X-Evil: 1"
    assert evidence.line_of(made).name == f"{made.sha256[:16]}.txt"


def test_an_original_is_verified_again_and_a_changed_one_is_not(desk: User, person: Person) -> None:
    made = _attach(desk, person)
    evidence.verify_again(desk, made.pk)
    assert [one.step for one in evidence.steps_of(desk, made.pk)] == ["received", "verified"]
    path = unlocked.home().evidence / made.file[:2] / made.file
    kept = path.read_bytes()
    path.write_bytes(kept[:-1] + bytes([kept[-1] ^ 1]))
    with pytest.raises(IntegrityBroken):
        evidence.verify_again(desk, made.pk)
    assert Custody.objects.count() == 2


def test_a_step_cannot_be_changed_or_removed(desk: User, person: Person) -> None:
    _attach(desk, person)
    for table in ("register_custody", "register_filereport"):
        for sql in (f"UPDATE {table} SET id = id + 1", f"DELETE FROM {table}"):
            with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(sql)


def test_the_ledger_commits_to_each_step_and_notices_one_that_is_altered(desk: User, person: Person) -> None:
    made = _attach(desk, person)
    assert vouch()["altered"] == 0
    with mock.patch.object(Custody, "from_db", classmethod(_as_if_of("step", "verified"))):
        assert vouch()["altered"] == 1
    assert (vouch()["missing"], vouch()["gone"]) == (0, 0)
    unlocked.codec().forget(bytes(made.subject))
    assert (vouch()["altered"], vouch()["sealed"]) == (0, 1)


def _as_if_of(name: str, value: str) -> Callable[..., Custody]:
    original = Custody.from_db.__func__  # type: ignore[attr-defined]

    def changed(cls: type[Custody], *args: object) -> Custody:
        found: Custody = original(cls, *args)
        setattr(found, name, value)
        return found

    return changed


def test_who_has_the_file_and_the_proof_sees_that_it_was_received(desk: User, person: Person) -> None:
    made = _attach(desk, person)
    with pytest.raises(NotFound, match=r"ledger\.not_sealed"):
        evidence.prove(desk, made.pk)
    seal()
    evidence.give_out(desk, made.pk, "original", CustodyPurpose.COURT, "Tribunal 3")
    proof = evidence.prove(desk, made.pk)
    for hidden in (person.code, "Zutana", "Urdaneta", "delfina"):
        assert hidden not in proof.decode()
    (step,) = check_custody(proof, sha256(TEXT).hexdigest(), _policy())  # the other waits for its seal
    assert (step.fields["custody.step"], step.fields["custody.size"]) == ("received", len(TEXT))
    seal()
    assert len(check_custody(evidence.prove(desk, made.pk), sha256(TEXT).hexdigest(), _policy())) == 2


def test_a_proof_of_another_file_or_changed_or_of_another_log_does_not_hold(
    desk: User, person: Person
) -> None:
    made = _attach(desk, person)
    seal()
    proof, digest = evidence.prove(desk, made.pk), sha256(TEXT).hexdigest()
    with pytest.raises(ProofRefused, match=r"proof\.custody_file"):
        check_custody(proof, sha256(b"x").hexdigest(), _policy())
    other = sha256(b"x").hexdigest()
    with pytest.raises(ProofRefused):
        check_custody(proof.replace(digest.encode(), other.encode()), other, _policy())
    for broken in (b"", b"\n", b"{}\n", proof[:-20], proof.replace(b'"fact"', b'"case"')):
        with pytest.raises(ProofRefused):
            check_custody(broken, digest, _policy())
    origin, key = "otra/constancia/hechos/1", log_key(FACTS)
    elsewhere = Policy({origin: key}, {})
    with pytest.raises(ProofRefused, match=r"proof\.policy_log"):
        check_custody(proof, digest, elsewhere)


def test_the_log_does_not_tell_who_has_the_same_file_that_it_is_there(desk: User, person: Person) -> None:
    made, again = _attach(desk, person), _attach(desk, person)
    seal()
    first, second = evidence.prove(desk, made.pk), evidence.prove(desk, again.pk)
    digest = sha256(TEXT).hexdigest()
    steps = [check_custody(proof, digest, _policy())[0] for proof in (first, second)]
    assert steps[0].index != steps[1].index
    published = b"".join(
        path.read_bytes() for path in unlocked.home().public_log.rglob("*") if path.is_file()
    )
    assert sha256(TEXT).digest() not in published
    assert digest.encode() not in published


def test_a_file_of_another_region_does_not_exist(desk: User, zulia: User, person: Person) -> None:
    made = _attach(desk, person)
    for ask in (
        evidence.page_of,
        evidence.picture_of,
        evidence.text_of,
        evidence.verify_again,
        evidence.prove,
    ):
        with pytest.raises((NotFound, NotAllowed)):
            ask(zulia, made.pk)
    with pytest.raises(NotFound):
        evidence.give_out(zulia, made.pk, "original", CustodyPurpose.OWN_WORK, "")
