"""What a document says of itself is corrected, a document withdrawn, and nothing in the store changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from constancia.apps.accounts.models import User
from constancia.apps.claims import comparing, queries, reconciling, services
from constancia.apps.claims.models import Amendment, Document
from constancia.apps.claims.services import documents
from constancia.apps.claims.standing import Standing
from constancia.domain.errors import InputRefused, NotAllowed, NotFound
from constancia.domain.vocabulary.terms import PublicationKind
from constancia.infra import clock
from tests.apps.claims.papers import about, held, paper

pytestmark = pytest.mark.django_db

SAID = services.DocumentSaid(
    title="Un balance inventado",
    publisher="Diario Inventado",
    kind=PublicationKind.ARTICLE,
    language="es",
    published=date(2026, 3, 4),
    address="https://diario.example/balance",
)


@pytest.fixture
def document(desk: User) -> int:
    return services.add_document(desk, paper(), read=False).document


def refusal(deed: object, *args: object, **more: object) -> str:
    with pytest.raises(InputRefused) as refused:
        deed(*args, **more)  # type: ignore[operator]
    return refused.value.code


def test_a_document_says_from_then_on_what_was_corrected_and_before_what_it_said(
    desk: User, document: int
) -> None:
    number = services.add_claim(desk, document, held())
    before = clock.now()
    with clock.frozen(before + timedelta(hours=1)):
        services.correct_document(
            desk,
            document,
            replace(SAID, published=date(2026, 4, 4), title="Otro título"),
            note="el día era otro",
        )
    line = queries.document(desk, document).line
    assert (line.title, line.published, line.withdrawn) == ("Otro título", date(2026, 4, 4), False)
    assert [one.title for one in queries.documents(desk)] == ["Otro título"]
    (claim,) = queries.confirmed(desk)
    assert (claim.number, claim.published) == (number, date(2026, 4, 4))
    (then,) = queries.confirmed(desk, before)
    assert (then.document_title, then.published) == ("Un balance inventado", date(2026, 3, 4))
    assert Document.objects.get().published == date(2026, 3, 4), "the row stays as it was"
    (told,) = queries.document(desk, document).amended
    assert (told.who, told.note) == ("Delfina", "el día era otro")
    assert told.changed == (
        ("title", "Un balance inventado", "Otro título"),
        ("published", date(2026, 3, 4), date(2026, 4, 4)),
    )


def test_a_text_is_read_again_with_the_day_and_the_language_it_has_now(
    desk: User, document: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[object, ...]] = []

    def propose(text: str, *rest: object) -> list[object]:
        asked.append(rest)
        return [about(held(), as_of=rest[1])]

    monkeypatch.setattr(documents, "propose", propose)
    assert services.read_again(desk, document) == 1
    services.correct_document(desk, document, replace(SAID, language="en", published=None), note="es inglés")
    assert services.read_again(desk, document) == 1
    assert asked[-1][:2] == ("en", None)
    waiting = [line for line in queries.document(desk, document).claims if line.standing is Standing.PROPOSED]
    assert [line.claim.as_of for line in waiting] == [None], "the reading of before has given way"
    assert services.read_again(desk, document) == 0


def test_the_claims_of_a_withdrawn_document_count_nowhere(desk: User, document: int) -> None:
    services.add_claim(desk, document, held())
    assert len(comparing.lines_confirmed(desk)) == 1
    before = clock.now()
    with clock.frozen(before + timedelta(hours=1)):
        services.withdraw_document(desk, document, note="es de otro país")
    assert queries.confirmed(desk) == []
    assert comparing.lines_confirmed(desk) == []
    assert reconciling.report_shape(desk)["assertions"] == []
    assert queries.waiting(desk) == 0
    assert len(queries.confirmed(desk, before)) == 1, "what was published before does not change"
    (line,) = queries.documents(desk)
    assert (line.withdrawn, line.counts) == (True, {Standing.WITHDRAWN: 1})


def test_nobody_works_on_a_withdrawn_document_until_it_is_corrected(desk: User, document: int) -> None:
    number = services.add_claim(desk, document, held())
    services.withdraw_document(desk, document, note="por error")
    for deed in (services.confirm, services.reject, services.retract):
        assert refusal(deed, desk, number) == "claims.document_withdrawn"
    assert refusal(services.read_again, desk, document) == "claims.document_withdrawn"
    assert refusal(services.add_claim, desk, document, held()) == "claims.document_withdrawn"
    assert refusal(services.withdraw_document, desk, document, note="otra vez") == "claims.document_withdrawn"
    services.correct_document(desk, document, SAID, note="no era por error")
    assert [line.number for line in queries.confirmed(desk)] == [number]


def test_the_words_of_a_withdrawn_document_can_be_kept_again(desk: User, document: int) -> None:
    services.withdraw_document(desk, document, note="por error")
    again = services.add_document(desk, paper(), read=False)
    assert queries.document(desk, again.document).alike == ()


def test_what_corrects_nothing_or_says_not_why_is_refused(desk: User, document: int) -> None:
    assert refusal(services.correct_document, desk, document, SAID, note="x") == "claims.document_unchanged"
    other = replace(SAID, title="Otro")
    assert refusal(services.correct_document, desk, document, other, note=" ") == "claims.document_reason"
    assert refusal(services.withdraw_document, desk, document, note="") == "claims.document_reason"
    nameless = replace(SAID, title=" ")
    assert refusal(services.correct_document, desk, document, nameless, note="x") == "claims.title"
    script = replace(SAID, address="javascript:alert(1)")
    assert refusal(services.correct_document, desk, document, script, note="x") == "claims.address"
    with pytest.raises(NotFound):
        services.correct_document(desk, document + 1, other, note="x")
    assert not Amendment.objects.exists()


def test_whoever_may_only_read_corrects_no_document(desk: User, lara: User, document: int) -> None:
    with pytest.raises(NotAllowed):
        services.correct_document(lara, document, replace(SAID, title="Otro"), note="x")
    with pytest.raises(NotAllowed):
        services.withdraw_document(lara, document, note="x")


def test_a_correction_is_recorded_in_the_order_of_everything_else(desk: User) -> None:
    late = datetime(2030, 1, 1, tzinfo=UTC)
    number = services.add_document(desk, paper(), read=False, at=late).document
    services.correct_document(desk, number, replace(SAID, title="Otro"), note="x")
    assert Amendment.objects.get().known_at >= late
