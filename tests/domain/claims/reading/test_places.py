"""Where those whom a number counts are held, detained or released."""

from __future__ import annotations

from datetime import date

import pytest

from constancia.domain.claims.claim import FILTERS, Claim
from constancia.domain.claims.reading import read

WHERE = ("state", "place", "country", "context")


def claims_of(text: str) -> list[Claim]:
    return read(text, published=date(2026, 3, 2))


def where(text: str) -> list[tuple[int, dict[str, str]]]:
    found = claims_of(text)
    assert all(set(one.filters) <= set(FILTERS) for one in found)
    return [
        (one.value, {name: value for name, value in one.filters.items() if name in WHERE}) for one in found
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Foro Penal registra 30 detenidos en el estado Zulia.", [(30, {"state": "zulia"})]),
        ("En Zulia hay 30 presos políticos.", [(30, {"state": "zulia"})]),
        ("Zulia: 30 presos políticos", [(30, {"state": "zulia"})]),
        ("El estado Táchira tiene 20 presos políticos.", [(20, {"state": "tachira"})]),
        ("Detuvieron a 7 sindicalistas de Sidor en Bolívar.", [(7, {"state": "bolivar"})]),
        ("En Caracas hay 30 presos políticos, según Foro Penal.", [(30, {"state": "distrito_capital"})]),
        ("Foro Penal: 30 political prisoners freed in Guárico", [(30, {"state": "guarico"})]),
        ("Clippve says 30 political prisoners are held in Zulia state.", [(30, {"state": "zulia"})]),
        (
            "A Foro Penal lawyer in Anzoátegui said 12 people were arrested there.",
            [(12, {"state": "anzoategui"})],
        ),
    ],
)
def test_a_number_of_a_state_says_so(text: str, expected: list[tuple[int, dict[str, str]]]) -> None:
    assert where(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("57 presos políticos en El Rodeo I", [(57, {"place": "El Rodeo I"})]),
        ("In Rodeo 1 prison there are 90 political prisoners.", [(90, {"place": "El Rodeo I"})]),
        ("Desde El Helicoide fueron liberados 14 presos políticos.", [(14, {"place": "El Helicoide"})]),
        ("Salieron de El Rodeo I 14 presos políticos.", [(14, {"place": "El Rodeo I"})]),
        ("12 prisoners were released from Ramo Verde prison on Sunday.", [(12, {"place": "Ramo Verde"})]),
        ("Hay 30 presos políticos en la cárcel de Alayón.", [(30, {"place": "cárcel de Alayón"})]),
        (
            "Velan a las puertas de El Rodeo I, donde, según el comité, hay 80 presos políticos.",
            [(80, {"place": "El Rodeo I"})],
        ),
        (
            "Tres personas abandonaron los calabozos de la PNB en Boleíta: dos mujeres y un joven.",
            [(3, {"place": "Zona 7"}), (2, {"place": "Zona 7"}), (1, {"place": "Zona 7"})],
        ),
        ("Siete personas fueron detenidas en Puerto La Cruz.", [(7, {"place": "Puerto La Cruz"})]),
    ],
)
def test_a_number_of_a_prison_or_a_town_says_so(
    text: str, expected: list[tuple[int, dict[str, str]]]
) -> None:
    assert where(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "There are 14 political prisoners in Tocorón, 4 in Rodeo II.",
            [(14, {"place": "Tocorón"}), (4, {"place": "El Rodeo II"})],
        ),
        ("En Yare hay 34 presos; en Tocorón, 21.", [(34, {"place": "Yare"}), (21, {"place": "Tocorón"})]),
        (
            "Presos políticos por estado:\nDistrito Capital: 212\nZulia: 41\nTotal: 687",
            [(212, {"state": "distrito_capital"}), (41, {"state": "zulia"}), (687, {})],
        ),
        (
            "Las excarcelaciones fueron 12 en Yare, 12 en Tocorón y 4 en el INOF.",
            [(12, {"place": "Yare"}), (12, {"place": "Tocorón"}), (4, {"place": "INOF"})],
        ),
        (
            "En Zulia fueron detenidas 8 personas y en todo el país suman 120 detenidos.",
            [(8, {"state": "zulia"}), (120, {})],
        ),
        (
            "Foro Penal reports 568 political prisoners: 41 in Zulia and 57 in El Rodeo I.",
            [(568, {}), (41, {"state": "zulia"}), (57, {"place": "El Rodeo I"})],
        ),
    ],
)
def test_in_a_list_by_places_every_number_has_its_own(
    text: str, expected: list[tuple[int, dict[str, str]]]
) -> None:
    assert where(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "En el penal de Tocorón hay 40 presos. De ellos, 12 son mujeres. El comité registra 568 presos.",
            [(40, {"place": "Tocorón"}), (12, {"place": "Tocorón"}), (568, {})],
        ),
        (
            "Hay 14 presos políticos en Tocorón, tres de ellos mujeres.",
            [(14, {"place": "Tocorón"}), (3, {"place": "Tocorón"})],
        ),
    ],
)
def test_a_part_is_where_its_whole_is(text: str, expected: list[tuple[int, dict[str, str]]]) -> None:
    assert where(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "CARACAS 26 Ene.- Foro Penal registra 568 presos políticos.",
        "Caracas: 568 presos políticos registra Foro Penal",
        "Hay 568 presos políticos, según informó Foro Penal en Caracas.",
        "568 presos políticos, dijo en Maracaibo el comité.",
        "El coordinador de Foro Penal en Zulia dijo que 568 presos políticos siguen detenidos.",
        "Foro Penal, que agrupa a abogados en Zulia, registra 568 presos políticos.",
        "En una protesta en Mérida, Foro Penal dijo que hay 568 presos políticos.",
        "568 presos políticos fueron excarcelados tras una vigilia en Ramo Verde.",
        "568 presos fueron trasladados a Tocorón.",
        "Trasladaron a 568 presos políticos de Tocorón a El Rodeo.",
        "568 presos políticos oriundos del Zulia fueron liberados.",
        "Excarcelaron a 568 periodistas, la mayoría en Caracas.",
        "Hay 568 extranjeros presos en Venezuela.",
        "El diputado Trujillo dijo que 568 presos fueron liberados.",
        "Caracas ha liberado a 568 presos políticos.",
        "In Geneva, the UN said 568 political prisoners remain in detention.",
        "Guards at El Rodeo I told relatives that 568 prisoners would be released.",
        "Foro Penal said in Caracas that 568 political prisoners remain.",
        "568 prisoners were released and sent to Cuba.",
        "Penal Forum counts 568 political prisoners.",
    ],
)
def test_a_place_of_something_else_says_nothing_of_those_counted(text: str) -> None:
    assert where(text) == [(568, {})]


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Memorial counts 2,400 political prisoners in Russia.", "Russia"),
        ("There are 2,400 Russian political prisoners, Memorial says.", "Russia"),
        ("Cuba has 2,400 political prisoners, they say.", "Cuba"),
        ("At least 2,400 political prisoners are held in Cuban prisons.", "Cuba"),
        ("Hay 2.400 presos por razones políticas en Cuba.", "Cuba"),
        ("Hay 2.400 presos políticos en cárceles nicaragüenses.", "Nicaragua"),
    ],
)
def test_another_country_is_named_where_the_clause_names_it(text: str, country: str) -> None:
    assert where(text) == [(2400, {"country": country})]


def test_a_nationality_is_no_country() -> None:
    assert where("Foro Penal cuenta 52 extranjeros presos, 12 de Colombia y 5 de España.") == [
        (52, {}),
        (12, {}),
        (5, {}),
    ]
    assert where("Hay 20 presos políticos colombianos en Venezuela.") == [(20, {})]


@pytest.mark.parametrize(
    "text",
    [
        "La ONG contabiliza 2.000 detenidos tras las elecciones del 28 de julio de 2024.",
        "Venezuela: more than 2,000 people were detained during the 2024 post-election protests.",
        "Venezuela. Following the 2024 election, which led to protests, over 2,000 people were arrested.",
    ],
)
def test_the_event_of_a_detention_has_the_name_that_registers_give_it(text: str) -> None:
    assert where(text) == [(2000, {"context": "Elecciones de julio de 2024"})]


def test_an_event_since_which_people_were_freed_is_no_context() -> None:
    assert where("Foro Penal verificó 295 excarcelaciones después de las elecciones de 2024.") == [(295, {})]


def test_the_event_of_a_part_is_not_that_of_the_whole() -> None:
    text = "Foro Penal registra 90 presos políticos, 12 de ellos detenidos tras las elecciones de 2024."
    assert where(text) == [(90, {}), (12, {"context": "Elecciones de julio de 2024"})]


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("Foro Penal registra 30 detenidos en el estado Zulia.", "detenidos en el estado Zulia"),
        ("En Zulia hay 30 presos políticos.", "presos políticos en Zulia"),
        (
            "Six people were arrested in Zulia, Lara and other states.",
            "people were arrested in Zulia, Lara and other states",
        ),
    ],
)
def test_the_words_for_whom_it_counts_say_where(text: str, category: str) -> None:
    assert [one.category for one in claims_of(text)] == [category]


def test_several_places_together_are_one_trait_in_the_words_of_the_text() -> None:
    text = "Documentamos seis detenciones arbitrarias en los estados Zulia, Trujillo y Portuguesa."
    assert where(text) == [(6, {"state": "Zulia, Trujillo y Portuguesa"})]


def test_a_prison_is_not_narrowed_to_arrests_in_the_state_it_lies_in() -> None:
    assert where("Hay 12 presos en Tocorón, estado Aragua.") == [(12, {"place": "Tocorón"})]
