"""Whom the register may already hold, asked while somebody types a new case."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from constancia.apps.accounts.models import User
from constancia.apps.register import likeness, queries
from constancia.apps.register.mentioning import mentioned
from constancia.apps.register.services import FactGiven
from constancia.domain.matching.shapes import Mention
from constancia.domain.vocabulary.terms import Likelihood, Role
from tests.support.cast import NewCase
from tests.support.world import SignedIn, World

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 1)
ADDRESS = "/expediente/nuevo/parecidos/"


def with_document(number: str) -> tuple[FactGiven, ...]:
    return (FactGiven("identity_document", {"number": number}),)


def test_the_likeliest_comes_first_with_its_word_and_why(desk: User, case: NewCase) -> None:
    case(desk, "Onesima Urdanetta Pez")
    same = case(desk, "Onésimo Urdaneta Paz")
    found = queries.alike(desk, Mention("Onesimo Urdaneta Paz"))
    assert found[0].case.code == same.code
    assert found[0].likelihood in (Likelihood.ALMOST_CERTAIN, Likelihood.PROBABLE)
    assert found[0].reasons
    assert [one.probability for one in found] == sorted((one.probability for one in found), reverse=True)


def test_whoever_has_the_document_comes_first_whatever_the_name(desk: User, case: NewCase) -> None:
    case(desk, "Onésimo Urdaneta Paz")
    holder = case(desk, "Zoila Barrientos Luna", more=with_document("V-12.345.678"))
    found = queries.alike(desk, Mention("Onésimo Urdaneta Paz", document="12345678"))
    assert (found[0].case.code, found[0].same_document) == (holder.code, True)
    assert not found[1].same_document


def test_a_document_without_a_digit_is_nobodys(desk: User, case: NewCase) -> None:
    case(desk, "Zoila Barrientos Luna", more=with_document("V-12.345.678"))
    assert not any(one.same_document for one in queries.alike(desk, Mention("Otro Nombre", document="V-")))


def test_nobody_is_shown_to_who_may_not_see_the_case(
    desk: User, lara: User, volunteer: User, lawyer: User, case: NewCase
) -> None:
    case(desk, "Onésimo Urdaneta Paz", state="zulia", more=with_document("V-12.345.678"))
    mention = Mention("Onésimo Urdaneta Paz", document="12345678")
    assert [queries.alike(user, mention) for user in (lara, volunteer, lawyer)] == [[], [], []]
    assert len(queries.alike(desk, mention)) == 1


def test_many_are_asked_about_in_their_order(desk: User, case: NewCase) -> None:
    one, two = case(desk, "Onésimo Urdaneta Paz"), case(desk, "Zoila Barrientos Luna")
    mentions = [Mention("Zoila Barrientos Luna"), Mention(""), Mention("Onesimo Urdaneta Paz")]
    found = queries.alike_each(desk, mentions)
    assert [[one.case.code for one in some][:1] for some in found] == [[two.code], [], [one.code]]
    assert queries.alike_each(desk, []) == []


def test_beside_the_engine_an_answer_asks_the_database_a_handful_of_times(
    desk: User, case: NewCase, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(8):
        case(desk, f"Onésimo Urdaneta Paz{number}", more=with_document(f"V-1234567{number}"))
    mention = Mention("Onésimo Urdaneta Paz", document="V-12345671")
    answer = likeness.match(desk, [mention], top=6)
    monkeypatch.setattr(likeness, "match", lambda *_, **__: answer)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert queries.alike(desk, mention)
    assert len(asked) <= 5


def test_what_is_typed_so_far_takes_part_and_what_cannot_be_read_does_not() -> None:
    told = mentioned(
        {
            "name": "  Ana Inventada ",
            "document": "V-1",
            "when": "8 de enero de 2026",
            "state": "Edo. Lara",
            "age": "30",
            "sex": "woman",
            "held_at": "Tocorón",
        },
        TODAY,
    )
    day = date(2026, 1, 8).toordinal()
    assert (told.name, told.state, told.sex, told.day) == ("Ana Inventada", "lara", "woman", (day, day))
    assert told.born == (date(1995, 1, 9).toordinal(), date(1996, 1, 8).toordinal())
    half = mentioned({"name": "A" * 500, "when": "el mart", "age": "3o", "sex": "x", "state": "La"}, TODAY)
    assert (len(half.name), half.day, half.born, half.sex, half.state) == (400, None, None, "", "")
    assert mentioned({"age": "40"}, TODAY).born == (
        date(1985, 3, 2).toordinal(),
        date(1986, 3, 1).toordinal(),
    )
    for age in ("-1", "121", "9" * 5000, "²", ""):
        assert mentioned({"age": age}, TODAY).born is None


def test_the_page_says_how_likely_and_answers_anything(world: World, signed_in: SignedIn) -> None:
    client = signed_in(world.users[Role.DESK])
    answer = client.post(ADDRESS, {"name": "Persona Inventada Laral", "age": "30", "state": "Lara"})
    assert world.lara.code in answer.content.decode()
    assert "Casi seguro" in answer.content.decode() or "Probable" in answer.content.decode()
    for name in ("", "ab", "\x00", "a" * 100_000, "王", "' OR 1=1", "🙂🙂🙂"):
        assert client.post(ADDRESS, {"name": name, "document": name}).status_code == 200
    assert world.lara.code not in client.post(ADDRESS, {"name": "Pe"}).content.decode()
