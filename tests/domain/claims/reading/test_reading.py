"""Claims out of invented sentences: what counts, what is said, on whose word, of what day."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from constancia.domain.claims.reading import read
from constancia.domain.language import Language

TUESDAY = date(2026, 3, 10)


def shapes(
    text: str, language: Language, published: date | None = TUESDAY, **more: Any
) -> list[dict[str, Any]]:
    return [claim.shape() for claim in read(text, language=language, published=published, **more)]


@pytest.mark.parametrize(
    ("language", "text", "said"),
    [
        ("es", "La ONG informó que permanecen tras las rejas 47 personas.", [(47, "held")]),
        ("es", "Fueron excarcelados 14 dirigentes y dos periodistas.", [(14, "released"), (2, "released")]),
        ("es", "Tres periodistas y dos activistas fueron excarcelados.", [(3, "released"), (2, "released")]),
        ("es", "El Gobierno anunció la liberación de 99 presos.", [(99, "announced_release")]),
        ("es", "Exigió la libertad de los 80 presos políticos.", [(80, "held")]),
        (
            "es",
            "Desde mayo hubo 24 detenciones; 15 personas salieron en libertad.",
            [(24, "detained"), (15, "released")],
        ),
        ("es", "Más de 900 continúan bajo medidas restrictivas de libertad.", [(900, "restricted")]),
        (
            "es",
            "La cifra de presos bajó de 902 a 893, nueve menos que ayer.",
            [(902, "held"), (893, "held"), (9, "net_change")],
        ),
        ("es", "Se sumaron cuatro personas a la lista y se retiran dos.", [(4, "added"), (2, "removed")]),
        ("es", "Al menos 24 personas murieron en las protestas.", [(24, "killed")]),
        (
            "es",
            "Hubo 4.203 solicitudes de amnistía y 52 personas recuperaron su libertad plena.",
            [(4203, "amnesty_requests"), (52, "amnesty_granted")],
        ),
        ("en", "At least 18 citizens have been arrested since December.", [(18, "detained")]),
        (
            "en",
            "Nine journalists were freed Wednesday. Two others remain behind bars.",
            [(9, "released"), (2, "held")],
        ),
        (
            "en",
            "It would free 135 people; 15 of the 88 announced releases were verified.",
            [(135, "announced_release"), (15, "released"), (88, "announced_release")],
        ),
        ("en", "A court sentenced 45 activists to prison terms of four to 10 years.", [(45, "sentenced")]),
        (
            "en",
            "The junta granted amnesty to 3,085 prisoners, including 13 foreigners.",
            [(3085, "pardoned"), (13, "pardoned")],
        ),
        ("en", "So far 46 names were added to the list and 28 removed.", [(46, "added"), (28, "removed")]),
    ],
)
def test_what_is_said_of_a_number(language: Language, text: str, said: list[tuple[int, str]]) -> None:
    assert [(one["value"], one["about"]) for one in shapes(text, language)] == said


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "La ONG tiene 200 abogados en 24 estados y cumplió 12 años."),
        (
            "es",
            "El artículo 9, Gaceta N° 6.990, da 10 años de prisión al 30% de los casos.",
        ),
        ("es", "Más de 100 periodistas cubrieron el acto a las 8:30 pm del 5 de mayo de 2024."),
        ("es", "Cientos de presos siguen en 12 cárceles. Una persona lo vio."),
        ("en", "The group has some 200 volunteer lawyers and over 6,000 activists in 26 countries."),
        ("en", "Post Views: 302. Call +58 2125550000. The 52-year-old served 14 years, or 60 percent."),
        ("en", "Hundreds were freed; see https://example.org/12345-prisoners and Art. 7."),
    ],
)
def test_what_counts_no_people_is_no_claim(language: Language, text: str) -> None:
    assert shapes(text, language) == []


@pytest.mark.parametrize(
    ("language", "text", "claimant"),
    [
        (
            "es",
            "El fiscal general, Aurelio Ficticio, dijo que 40 personas fueron liberadas.",
            "Aurelio Ficticio (Attorney General)",
        ),
        (
            "es",
            "Hay 40 presos políticos, precisó Aurelio Ficticio, director de Foro Penal.",
            "Foro Penal (Aurelio Ficticio)",
        ),
        ("es", "Según el Comité Imaginario, hay 40 presos.", "Comité Imaginario"),
        ("es", "El Gobierno cubano informó que 40 personas salieron de prisión.", "Cuban government"),
        (
            "en",
            "Interior Minister Aurelio Ficticio said 40 people had been freed.",
            "Aurelio Ficticio (Interior Minister)",
        ),
        (
            "en",
            "There are 40 prisoners, according to Mr Aurelio Ficticio, head of Foro Penal.",
            "Foro Penal (Aurelio Ficticio)",
        ),
        ("en", "Venezuelan authorities claim 40 detainees have been freed.", "Venezuelan authorities"),
        ("en", "At least 40 people were freed on Sunday.", "article"),
    ],
)
def test_who_says_it(language: Language, text: str, claimant: str) -> None:
    assert shapes(text, language)[0]["claimant"] == claimant


def test_a_surname_and_a_word_for_the_organisation_stand_for_whom_they_named() -> None:
    text = (
        "Onésima Ficticia, directora de Foro Penal, habló ayer. Ficticia dijo que hay 40 presos."
        "\nLa organización contabiliza además 12 excarcelaciones."
    )
    assert [one["claimant"] for one in shapes(text, "es")] == ["Foro Penal (Onésima Ficticia)", "Foro Penal"]


def test_a_post_is_its_signers() -> None:
    text = "Total presos: 320\nHombres: 296\nMujeres: 24Civiles: 197\n— Foro Penal (@ForoPenal) March 9, 2026"
    found = shapes(text, "es")
    assert [(one["value"], one["category"]) for one in found] == [
        (320, "presos"),
        (296, "Hombres"),
        (24, "Mujeres"),
        (197, "Civiles"),
    ]
    assert {one["claimant"] for one in found} == {"Foro Penal"}
    assert found[2]["filters"] == {"sex": "woman"}


def test_the_days_of_stocks_and_of_what_happens() -> None:
    stock, flow = shapes(
        "Foro Penal contó 40 presos al 2 de marzo y verificó 12 excarcelaciones desde el 8 de enero.", "es"
    )
    assert (stock["as_of"], stock["period"]) == ("2026-03-02", None)
    assert flow["period"]["start"] == "2026-01-08"
    (day,) = shapes("At least 40 people were freed on Sunday.", "en")
    assert day["period"] == {"start": "2026-03-08", "end": "2026-03-08"}


def test_a_text_of_an_organisations_own_speaks_for_it() -> None:
    (one,) = shapes("At least 40 people remain behind bars.", "en", publisher="Human Rights Watch")
    assert one["claimant"] == "Human Rights Watch"


def test_the_same_claim_twice_is_one() -> None:
    text = "Foro Penal: 40 presos políticos.\nForo Penal informó que hay 40 presos políticos."
    assert len(shapes(text, "es")) == 1
