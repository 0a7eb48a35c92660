"""Documents come in, claims are proposed, and only what a person confirms counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from constancia.apps.accounts.models import User
from constancia.apps.claims import queries, services
from constancia.apps.claims.models import Claim, Decision, Document
from constancia.apps.claims.services import documents
from constancia.apps.claims.standing import Standing
from constancia.domain.claims.claim import Period
from constancia.domain.errors import DeploymentRefused, InputRefused, NotAllowed, NotFound
from constancia.domain.vocabulary.terms import Qualifier
from constancia.infra import clock
from tests.apps.claims.papers import TEXT, about, held, paper

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader that always proposes the same claim, where the text has it."""
    monkeypatch.setattr(documents, "propose", lambda text, *_: [held(text=text)] if "120 per" in text else [])


def _only(user: User, number: int) -> queries.ClaimLine:
    (line,) = queries.document(user, number).claims
    return line


def test_what_is_read_is_only_proposed(desk: User) -> None:
    added = services.add_document(desk, paper())
    assert added.proposed == 1
    line = _only(desk, added.document)
    assert (line.standing, line.proposed_by, line.decided_by) == (Standing.PROPOSED, "reader", "")
    assert line.claim == held()
    assert queries.confirmed(desk) == []
    assert queries.waiting(desk) == 1


def test_a_confirmed_claim_counts_from_then_on_and_not_before(desk: User) -> None:
    start = datetime(2026, 3, 5, 12, tzinfo=UTC)
    with clock.frozen(start):
        added = services.add_document(desk, paper())
    number = _only(desk, added.document).number
    with clock.frozen(start + timedelta(hours=1)):
        services.confirm(desk, number, note="leída")
    (line,) = queries.confirmed(desk)
    assert (line.number, line.decided_by, line.note) == (number, "Delfina", "leída")
    assert queries.confirmed(desk, start + timedelta(minutes=59)) == []
    assert len(queries.confirmed(desk, start + timedelta(hours=1))) == 1


def test_a_rejection_and_its_retraction(desk: User) -> None:
    number = _only(desk, services.add_document(desk, paper()).document).number
    services.reject(desk, number)
    assert queries.waiting(desk) == 0
    services.retract(desk, number)
    assert queries.waiting(desk) == 1
    assert Decision.objects.count() == 2


def test_a_correction_takes_the_place_of_what_it_corrects_and_can_be_taken_back(desk: User) -> None:
    added = services.add_document(desk, paper())
    number = _only(desk, added.document).number
    better = services.correct(desk, number, about(held(), qualifier=Qualifier.AT_LEAST))
    assert [line.number for line in queries.confirmed(desk)] == [better]
    with pytest.raises(InputRefused) as refused:
        services.confirm(desk, number)
    assert refused.value.code == "claim.corrected"
    services.retract(desk, better)
    assert queries.confirmed(desk) == []
    services.confirm(desk, number)
    assert [line.number for line in queries.confirmed(desk)] == [number]


def test_a_correction_of_a_correction_leaves_one(desk: User) -> None:
    number = _only(desk, services.add_document(desk, paper()).document).number
    second = services.correct(desk, number, about(held(), value=121))
    third = services.correct(desk, second, about(held(), value=122))
    assert [line.number for line in queries.confirmed(desk)] == [third]
    assert queries.waiting(desk) == 0


def test_a_person_adds_what_the_reader_did_not_see(desk: User) -> None:
    added = services.add_document(desk, paper())
    women = about(held("20 son mujeres", 20), filters={"sex": "woman"}, category="mujeres")
    number = services.add_claim(desk, added.document, women)
    (line,) = queries.confirmed(desk)
    assert (line.number, line.proposed_by, line.claim.filters) == (number, "person", {"sex": "woman"})


def test_the_same_words_are_known_again_whatever_their_layout(desk: User) -> None:
    first = services.add_document(desk, paper())
    with pytest.raises(InputRefused) as refused:
        services.add_document(desk, paper(TEXT.upper().replace("\n", "  \n\n")))
    assert refused.value.params == {"number": first.document}
    second = services.add_document(desk, paper(title="En otro diario"), again=True)
    (near,) = queries.document(desk, second.document).alike
    assert (near[0].number, near[1]) == (first.document, 1.0)


def test_reading_again_proposes_nothing_twice(desk: User) -> None:
    added = services.add_document(desk, paper())
    assert services.read_again(desk, added.document) == 0
    unread = services.add_document(desk, paper(), again=True, read=False)
    assert services.read_again(desk, unread.document) == 1


def test_the_file_of_a_document_comes_back_as_it_was(desk: User) -> None:
    given = paper()
    content = b"%PDF-1.4 inventado"
    added = services.add_document(
        desk, documents.DocumentGiven(**{**_fields(given), "file": content, "media_type": "application/pdf"})
    )
    assert queries.file_of(desk, added.document) == ("application/pdf", content)
    with pytest.raises(NotFound):
        queries.file_of(desk, services.add_document(desk, paper(), again=True).document)


def _fields(given: services.DocumentGiven) -> dict[str, object]:
    return {name: getattr(given, name) for name in given.__slots__}


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"quote": "121 personas presas"}, "claim.quote"),
        ({"start": 1}, "claim.quote"),
        ({"quote": ""}, "claim.quote"),
        ({"value": -1}, "claim.number"),
        ({"high": 100}, "claim.number"),
        ({"claimant": "  "}, "claim.claimant"),
        ({"period": Period(date(2026, 3, 2), date(2026, 3, 1))}, "claim.period"),
        ({"filters": {"zodiac": "leo"}}, "claim.filter"),
    ],
)
def test_a_claim_that_does_not_hold_is_refused_and_nothing_is_recorded(
    desk: User, wrong: dict[str, object], code: str
) -> None:
    added = services.add_document(desk, paper(), read=False)
    with pytest.raises(InputRefused) as refused:
        services.add_claim(desk, added.document, about(held(), **wrong))
    assert refused.value.code == code
    assert not Claim.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"text": " \n "}, "claims.document_empty"),
        ({"title": ""}, "claims.title"),
        ({"address": "javascript:alert(1)"}, "claims.address"),
        ({"text": "a" * 100_001}, "texts.line_too_long"),
    ],
)
def test_a_document_that_does_not_hold_is_refused(desk: User, wrong: dict[str, str], code: str) -> None:
    with pytest.raises(InputRefused) as refused:
        services.add_document(desk, documents.DocumentGiven(**{**_fields(paper()), **wrong}))
    assert refused.value.code == code
    assert not Document.objects.exists()


def test_whoever_may_only_read_decides_nothing(desk: User, lara: User, volunteer: User) -> None:
    added = services.add_document(desk, paper())
    number = _only(lara, added.document).number
    for deed in (services.confirm, services.reject, services.retract):
        with pytest.raises(NotAllowed):
            deed(lara, number)
    with pytest.raises(NotAllowed):
        services.add_document(lara, paper())
    with pytest.raises(NotAllowed):
        queries.documents(volunteer)


def test_the_model_proposes_only_where_the_settings_name_one(
    desk: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    added = services.add_document(desk, paper(), read=False)
    with pytest.raises(DeploymentRefused) as refused:
        services.ask_model(desk, added.document)
    assert refused.value.code == "model.off"
    monkeypatch.setattr(documents, "propose_by_model", lambda text: [held(text=text)])
    assert services.ask_model(desk, added.document) == 1
    assert services.ask_model(desk, added.document) == 0
    line = _only(desk, added.document)
    assert (line.proposed_by, line.standing) == ("model", Standing.PROPOSED)


def test_what_is_of_a_day_to_come_is_refused(desk: User) -> None:
    with pytest.raises(InputRefused, match=r"claims\.document_ahead"):
        services.add_document(desk, replace(paper(), published=date(2099, 1, 1)))
    document = services.add_document(desk, paper(), read=False).document
    with pytest.raises(InputRefused, match=r"claim\.ahead"):
        services.add_claim(desk, document, about(held(), as_of=date(2099, 1, 1)))
