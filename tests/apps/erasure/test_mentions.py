"""Where else a name stands: told to whoever asks, exactly, of what they may see, and never acted upon."""

from __future__ import annotations

import pytest

from constancia.apps.accounts.models import User
from constancia.apps.erasure import queries as erasures
from constancia.apps.erasure import services
from constancia.apps.register.models import RedactedWord
from constancia.apps.register.services import FactGiven, review
from constancia.domain.errors import NotFound
from constancia.domain.vocabulary.terms import Verdict
from constancia.infra import trail
from tests.support.cast import NewCase

pytestmark = pytest.mark.django_db

NAME = "Onésimo Urdaneta Prueba"


def test_facts_and_notes_of_others_that_have_the_name_are_told(
    desk: User, second: User, lara: User, case: NewCase
) -> None:
    person = case(desk, NAME, more=(FactGiven("alias", {"value": "Catire"}),))
    of_lara = case(
        desk, "Yusmary Peña",
        more=(FactGiven("narrative", {"text": "Con ONESIMO urdaneta prueba, el Catire."}),),
    )  # fmt: skip
    of_zulia = case(
        desk, "Ramón Paredes", state="zulia",
        more=(
            FactGiven("narrative", {"text": "Con Onésimo Urdaneta y otros"}),
            FactGiven("contact", {"contact_name": "Madre de Onésimo Urdaneta Prueba"}),
        ),
    )  # fmt: skip
    arrest = of_zulia.facts.get(kind="arrest").pk
    review(second, arrest, Verdict.CONFIRM, "Lo vio Onesimo Urdaneta Prueba")
    number = services.ask(lara, person.code, "danger")
    told = erasures.mentions(desk, number)
    assert [(one.fact, one.fields, bool(one.review)) for one in told.facts] == [
        (of_lara.facts.get(kind="narrative").pk, ("text",), False),
        (of_zulia.facts.get(kind="contact").pk, ("contact_name",), False),
        (arrest, (), True),
    ]
    assert [one.code for one in erasures.mentions(lara, number).facts] == [of_lara.code]
    assert not RedactedWord.objects.exists()
    (noted, *_) = trail.events("deed = 'searched'", limit=1)
    assert (noted.about, noted.number, noted.said["n"]) == ("erasure", number, 1)
    services.answer(second, number, approve=True)
    with pytest.raises(NotFound, match=r"erasure\.not_found"):
        erasures.mentions(desk, number)
