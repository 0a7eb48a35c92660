"""What stands beside each other on the page, and what is marked."""

from __future__ import annotations

import pytest

from constancia.apps.accounts.models import User
from constancia.apps.matching.duplicates.comparing import Row, rows
from constancia.apps.matching.duplicates.queries import Shelf, Suggestion
from constancia.apps.register.queries import sides
from constancia.apps.register.services import FactGiven
from tests.support.cast import NewCase, on

pytestmark = pytest.mark.django_db


def told(user: User, one: int, other: int) -> dict[str, Row]:
    found = sides(user, [one, other])
    pair = Suggestion(found[one], found[other], Shelf.OPEN, 0.9, None, (), (), None, "")
    return {row.label: row for row in rows(pair)}


def shown(side: tuple[tuple[object, ...], ...]) -> list[str]:
    return ["".join(f"[{p.text}]" if p.differs else p.text for p in wording) for wording in side]  # type: ignore[attr-defined]


def test_names_and_documents_by_the_letter_and_the_rest_whole(desk: User, case: NewCase) -> None:
    one = case(desk, "Onésimo Urdaneta Paz", more=(FactGiven("identity_document", {"number": "V-1234567"}),))
    other = case(
        desk,
        "Onesimo Urdaneta",
        arrested="2026-01-09",
        state="zulia",
        more=(
            FactGiven("identity_document", {"number": "V-1234568"}),
            FactGiven("alias", {"value": "El Gocho"}),
        ),
    )
    found = told(desk, one.pk, other.pk)
    assert shown(found["Nombre"].one) == ["On[é]simo Urdaneta [Paz]"]
    assert shown(found["Nombre"].other) == ["On[e]simo Urdaneta"]
    assert shown(found["Documento"].one) == ["V-123456[7]"]
    assert (found["También"].one, found["También"].agree) == ((), None)
    assert (shown(found["Estado"].one), found["Estado"].agree) == (["[Lara]"], False)
    assert shown(found["Qué pasó"].other) == ["[Detención: 9 de enero de 2026]"]
    assert "Sexo" not in found


def test_a_birth_date_and_an_age_are_laid_against_each_other(desk: User, case: NewCase) -> None:
    born = case(desk, "Ana Inventada", more=(FactGiven("birth", {"born": "1968-05-09"}),))
    young = case(desk, "Ana Inventada", more=(FactGiven("age", {"years": 18}, on("2025-06-12")),))
    fits = case(desk, "Ana Inventada", more=(FactGiven("age", {"years": 57}, on("2025-06-12")),))
    label = "Nacimiento o edad"
    assert told(desk, born.pk, young.pk)[label].agree is False
    assert told(desk, born.pk, fits.pk)[label].agree is True
    assert told(desk, young.pk, case(desk, "Ana Inventada").pk)[label].agree is None


def test_where_somebody_is_now_is_shown_and_never_marked(desk: User, case: NewCase) -> None:
    one = case(desk, "Ana Inventada", held_at="Penal Inventado")
    other = case(desk, "Ana Inventada", held_at="Otro Penal")
    place = told(desk, one.pk, other.pk)["Lugar"]
    assert (shown(place.one), shown(place.other), place.agree) == (["Penal Inventado"], ["Otro Penal"], None)


def test_nobody_is_shown_whose_case_is_not_the_users(desk: User, lara: User, case: NewCase) -> None:
    mine, hidden = case(desk, "Ana Inventada"), case(desk, "Ana Inventada", state="zulia")
    assert set(sides(lara, [mine.pk, hidden.pk])) == {mine.pk}
