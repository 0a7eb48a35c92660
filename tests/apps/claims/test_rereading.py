"""A document read again: what somebody decided is not asked a second time."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from constancia.apps.accounts.models import User
from constancia.apps.claims import queries, services
from constancia.apps.claims.services import documents
from constancia.apps.claims.standing import Standing
from constancia.domain.claims.claim import Claim
from tests.apps.claims.papers import about, held, paper

pytestmark = pytest.mark.django_db

WIDER = about(held("contó 120 personas presas el 3 de marzo"), claimant="Otra Organización")


@pytest.fixture
def finds(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """What the reader finds from now on."""

    def put(*found: Claim) -> None:
        monkeypatch.setattr(documents, "propose", lambda text, *_: list(found))

    return put


def first(desk: User, document: int) -> int:
    return queries.document(desk, document).claims[0].number


@pytest.mark.parametrize("verdict", ["confirm", "reject", "correct"])
def test_a_number_on_which_somebody_decided_is_not_proposed_again_with_other_words_about_it(
    desk: User, finds: Callable[..., None], verdict: str
) -> None:
    finds(held())
    document = services.add_document(desk, paper()).document
    number = first(desk, document)
    if verdict == "correct":
        services.correct(desk, number, about(held(), value=121))
    else:
        getattr(services, verdict)(desk, number)
    finds(WIDER, about(held("20 son mujeres", 20)))
    assert services.read_again(desk, document) == 1
    waiting = [one for one in queries.document(desk, document).claims if one.standing is Standing.PROPOSED]
    assert [one.claim.value for one in waiting] == [20]


def test_the_same_number_elsewhere_in_the_text_is_proposed(desk: User, finds: Callable[..., None]) -> None:
    text = paper().text + " Después dijo que 120 personas presas siguen allí."
    finds(held())
    document = services.add_document(desk, paper(text)).document
    services.confirm(desk, first(desk, document))
    other = about(held(), start=text.rindex("120 personas presas"))
    finds(held(), other)
    assert services.read_again(desk, document) == 1


def test_a_proposal_that_nobody_decided_on_gives_way_to_the_new_reading(
    desk: User, finds: Callable[..., None]
) -> None:
    finds(held())
    document = services.add_document(desk, paper()).document
    old = first(desk, document)
    finds(WIDER)
    assert services.read_again(desk, document) == 1
    page = queries.document(desk, document)
    assert {one.number: one.standing for one in page.claims}[old] is Standing.CORRECTED
    assert queries.waiting(desk) == 1
    (new,) = [one for one in page.claims if one.standing is Standing.PROPOSED]
    assert [step.deed for step in new.history] == ["read", "reread"]
    services.reject(desk, new.number)
    assert queries.waiting(desk) == 0, "the reading of before does not come back"
    services.retract(desk, new.number)
    assert queries.waiting(desk) == 1


def test_a_model_takes_no_place_of_the_reader(
    desk: User, finds: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    finds(held())
    document = services.add_document(desk, paper()).document
    monkeypatch.setattr(documents, "propose_by_model", lambda text: [about(held(), claimant="Otra"), WIDER])
    assert services.ask_model(desk, document) == 1
    assert queries.waiting(desk) == 2
