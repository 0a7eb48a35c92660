"""Which numbers are claims and which count something else: invented sentences of both languages."""

from __future__ import annotations

from datetime import date

import pytest

from constancia.domain.claims.reading import read
from constancia.domain.language import Language

DAY = date(2026, 2, 12)

COUNTED: list[tuple[Language, str, str]] = [
    ("es", "De los 80 detenidos, 60 son hombres y 20, mujeres.", "80 held, 60 held, 20 held"),
    ("es", "Los excarcelados suman 412 y los detenidos, 680.", "412 released, 680 held"),
    ("es", "Hay 33 presos y de una docena no se sabe nada desde entonces.", "33 held, 12 held"),
    ("en", "There are 33 prisoners; of a dozen nothing has been heard.", "33 held, 12 held"),
    ("es", "—¿Cuántos obreros quedan presos? —Siete.", "7 held"),
    ("es", "¿Cuántas personas han sido liberadas? Hasta ayer, 88.", "88 released"),
    ("en", "How many are still in jail? Around 40, says the group.", "40 held"),
    ("en", "How many countries signed? Twelve. How many remain detained? 30.", "30 held"),
    ("es", "Con ellas llegamos a 57 excarcelados; el lunes llevábamos 31.", "57 released, 31 released"),
    ("es", "No son 15 los presos, sino al menos 22.", "15 held, 22 held"),
    (
        "en",
        "Police arrested 30 people on Monday and 14 more at a vigil on Tuesday.",
        "30 detained, 14 detained",
    ),
    ("en", "Eight got out today, 12 yesterday and 20 on Sunday.", "8 released, 12 released, 20 released"),
    ("es", "En el primer grupo salieron 10; en el segundo, 14.", "10 released, 14 released"),
    (
        "en",
        "Troops made 70 arrests. The militia was responsible for 45, the navy for 12.",
        "70 detained, 45 detained, 12 detained",
    ),
    (
        "es",
        "Hubo 96 detenciones. Lara encabeza la lista con 50, seguida de Apure con 30.",
        "96 detained, 50 detained, 30 detained",
    ),
    (
        "en",
        "It lists 90 political prisoners.\n\nA. Poets and painters – 40\nB. Monks (mostly old) – 50",
        "90 held, 40 held, 50 held",
    ),
    (
        "es",
        "Presos políticos: 90\n\n1. Periodistas: 40\n2. Militares y policías (retirados) – 50",
        "90 held, 40 held, 50 held",
    ),
    ("es", "| Presos políticos | 64 |\n| Mujeres | 8 |", "64 held, 8 held"),
    (
        "en",
        "Some 900 were freed. Lawyers could verify only 512 names.",
        "900 released, 512 released",
    ),
    ("es", "La policía detuvo a 31 personas. Los abogados ubicaron a 28.", "31 detained, 28 detained"),
    ("es", "Las protestas dejaron un muerto y 12 heridos.", "1 killed"),
    ("en", "The clashes left one dead. Only one has been released.", "1 killed, 1 released"),
    ("es", "La lista pasó de 1.161 a 1.150 prisioneros.", "1161 held, 1150 held"),
    ("en", "Dozens of people, perhaps 70, were arrested.", "70 detained"),
    ("es", "Hay 806 presos políticos, frente a 412 en 2019.", "806 held, 412 held"),
    ("es", "Ninguno de los 45 presos políticos ha salido.", "45 held"),
    ("en", "The tribunal found 9 of them guilty.", "9 sentenced"),
    (
        "es",
        "Hay 210 presos políticos, de los cuales 36 participaron en la marcha de mayo.",
        "210 held, 36 held",
    ),
    (
        "es",
        "El registro de “Voces” reúne 310 nombres, incluyendo 44 mujeres y 5 menores.",
        "310 held, 44 held, 5 held",
    ),
    (
        "en",
        "A total of (2,310) people have been arrested, (1,900) of whom are still in detention.",
        "2310 detained, 1900 held",
    ),
    (
        "en",
        "(56) people have been sentenced to death, (12) of them in absentia.",
        "56 sentenced, 12 sentenced",
    ),
    (
        "en",
        "About 170 people appeared before the tribunal, of whom 10 will be freed.",
        "170 detained, 10 announced_release",
    ),
    (
        "en",
        "Its tally shows 184 political prisoners, 62 of them arrested after May.",
        "184 held, 62 detained",
    ),
    ("es", "Su conteo es de 80 presos y 62 presentados ante la justicia militar.", "80 held, 62 detained"),
    (
        "en",
        "We know of 96 detentions. Thirty took place in the capital, 21 in the east.",
        "96 detained, 30 detained, 21 detained",
    ),
    ("en", "The ledger is short. As of last week it had 42 names.", "42 held"),
    (
        "es",
        "El ministro situó los fallecidos en cerca de 50, incluidos unos 9 agentes.",
        "50 killed, 9 killed",
    ),
    ("es", "Elevan a más de 70 los detenidos en el homenaje al poeta fallecido.", "70 held"),
    ("es", "Un grupo de 12 presos fue liberado anoche.", "12 released"),
    ("en", "The court jailed nine people for between five and 14 days.", "9 sentenced"),
    ("es", "De los 90 excarcelados, siete han sido devueltos a la cárcel.", "90 released, 7 detained"),
    ("es", "Las cárceles albergan hoy a unas 18.000 personas.", "18000 held"),
    ("en", "The coalition considers 63 people in the region to be political prisoners.", "63 held"),
    ("es", "Doce presos murieron en el incendio del penal.", "12 killed"),
]

OTHERS: list[tuple[Language, str, str]] = [
    ("es", "Murieron 3 personas y los heridos llegan a 60 (41 civiles y 19 efectivos).", "3 killed"),
    (
        "en",
        "Three people died and the number of injured stands at 60 (41 civilians, 19 officers).",
        "3 killed",
    ),
    ("en", "Three people were killed and 20 injured, among them 12 officers.", "3 killed"),
    ("es", "Hay 70 presos. Hablaron 25 embajadas, seis de ellas a favor.", "70 held"),
    ("es", "Visitaron 12 cárceles, tres de ellas en Zulia. Hay 40 presos.", "40 held"),
    ("es", "Ley de Amnistía: 9 preguntas. La norma tiene 20 artículos; el borrador tenía 17.", ""),
    ("es", "Exigimos: 1) libertad para todos; 2) liberación de los enfermos; y 3) justicia.", ""),
    ("en", "We demand (1) release of all prisoners, (2) trials and (3) access.", ""),
    ("es", "Salió un autobús con 2 custodios. Liberaron a los reos, escoltados por 12 policías.", ""),
    ("en", "A panel of three judges sentenced 12 activists.", "12 sentenced"),
    ("es", "Quedan 40 presos. Doce familiares están en huelga de hambre.", "40 held"),
    ("es", "Hay 20 presos políticos en huelga de hambre.", "20 held"),
    ("en", "There are 40 prisoners. About 60 mothers and wives of prisoners wept outside.", "40 held"),
    ("es", "Unos 200 manifestantes marcharon y 9 fueron arrestados.", "9 detained"),
    ("en", "Prisoners: 14 opposition deputies proposed a change.", ""),
    ("es", "La comisión, integrada por 12 abogados, se reunió. Hay 30 presos.", "30 held"),
    ("en", "It pardoned 12 prisoners. The country is ranked 150th out of 180.", "12 pardoned"),
    ("es", "Hay 500 detenidos y siete de cada diez denuncian maltratos.", "500 held"),
    ("en", "They had been held under Articles 140 and 152. Comments (27)", ""),
    ("en", "Bail reached 2 billion rials. The founder of two news outlets is in jail.", ""),
    ("es", "Una encuesta a 1.200 personas muestra apoyo a la liberación.", ""),
    ("es", "Hubo 11.000 homicidios en 2018 y 34 detenidos en las protestas.", "34 detained"),
    ("es", "Es padre de 3 niños y lleva 2 años preso.", ""),
    ("es", "El sismo dejó 300 muertos. Hay 40 presos políticos.", "40 held"),
    ("es", "En aquella consulta votaron 600.000 personas. Hay 45 presos.", "45 held"),
    ("en", "Ana Rojas, 38, walked for two hours. Her son is one of 40 prisoners.", "40 held"),
    ("en", "Rojas, 47 when he died, had been freed. There are 12 prisoners.", "12 held"),
    ("es", "Los arrestados son 260 y los heridos graves, 58.", "260 held"),
    ("es", "Hay 900 presos. El rey invitó a unos 1.500 soldados de otro país.", "900 held"),
    ("en", "Twelve people were held. At least two, a nurse and her son, were beaten.", "12 held"),
    ("es", "Liberaron a 30 presos. Llevaban cinco y hasta seis años sin juicio.", "30 released"),
    ("en", "It freed 12. Shares stood flat at 0.470 dinars and fines at 6,400 base units.", "12 released"),
]


@pytest.mark.parametrize(("language", "text", "expected"), COUNTED + OTHERS)
def test_a_number_is_a_claim_only_where_it_counts_those_written_about(
    language: Language, text: str, expected: str
) -> None:
    claims = read(text, language=language, published=DAY)
    assert ", ".join(f"{c.value} {c.about.value}" for c in claims) == expected


@pytest.mark.parametrize(
    ("language", "text", "units"),
    [
        ("es", "La ONG verificó 70 excarcelaciones, 30 de ellas ayer.", ["releases", "releases"]),
        ("es", "Los arrestos en las marchas suman 340.", ["detentions"]),
        ("en", "At least 80 cases of arbitrary arrest were documented.", ["cases"]),
        ("en", "We can confirm 23 excarcelations so far.", ["releases"]),
        ("es", "Verificó 70 liberaciones; 40 de esos casos ocurrieron en enero.", ["releases", "releases"]),
    ],
)
def test_a_number_without_a_noun_counts_what_the_one_before_counts(
    language: Language, text: str, units: list[str]
) -> None:
    assert [c.unit.value for c in read(text, language=language, published=DAY)] == units


@pytest.mark.parametrize(
    ("language", "text", "low", "high", "quote"),
    [
        (
            "es",
            "Los presos políticos son entre 800 y 900.",
            800,
            900,
            "Los presos políticos son entre 800 y 900",
        ),
        ("es", "Hay de 80 a 100 presos políticos.", 80, 100, "Hay de 80 a 100 presos políticos"),
        (
            "en",
            "Between 800 and 1,000 people remain detained.",
            800,
            1000,
            "Between 800 and 1,000 people remain detained",
        ),
        ("en", "Police detained 30 to 40 people.", 30, 40, "detained 30 to 40 people"),
    ],
)
def test_a_range_is_one_claim_whose_quote_shows_both_ends(
    language: Language, text: str, low: int, high: int, quote: str
) -> None:
    (one,) = read(text, language=language, published=DAY)
    assert (one.value, one.high, one.quote) == (low, high, quote)
