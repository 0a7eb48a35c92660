"""The days of claims: which of a text's expressions dates which number."""

from __future__ import annotations

from datetime import date

import pytest

from constancia.domain.claims.reading import read
from constancia.domain.language import Language

WEDNESDAY = date(2026, 2, 25)


def _days(text: str, language: Language, published: date = WEDNESDAY) -> dict[int, str]:
    """Value → "as of", or "as of: start..end"."""
    found = {}
    for claim in read(text, language=language, published=published):
        span = claim.period
        found[claim.value] = f"{claim.as_of}" + (f": {span.start}..{span.end}" if span else "")
    return found


@pytest.mark.parametrize(
    ("text", "language", "days"),
    [
        (
            "Foro Penal informó este miércoles que entre el viernes y el domingo fueron liberados 35 presos "
            "políticos, con lo que suman 431 las excarcelaciones desde el 8 de enero.",
            "es",
            {35: "2026-02-22: 2026-02-20..2026-02-22", 431: "2026-02-25: 2026-01-08..2026-02-25"},
        ),
        (
            "Foro Penal said on Wednesday that 35 political prisoners were freed over the weekend, bringing "
            "the total since Jan. 8 to 431.",
            "en",
            {35: "2026-02-22: 2026-02-21..2026-02-22", 431: "2026-02-25: 2026-01-08..2026-02-25"},
        ),
        (
            "Foro Penal contabilizó 644 presos políticos al cierre de enero, 12 menos que en diciembre.",
            "es",
            {644: "2026-01-31", 12: "2026-01-31: 2026-01-01..2026-01-31"},
        ),
        (
            "As of late Tuesday, 644 people remained in custody, down from 700 a month earlier.",
            "en",
            {644: "2026-02-24", 700: "2026-01-24"},
        ),
        (
            "El pasado viernes fueron excarceladas 12 personas en Yare y anoche salieron otras siete.",
            "es",
            {12: "2026-02-20: 2026-02-20..2026-02-20", 7: "2026-02-24: 2026-02-24..2026-02-24"},
        ),
        (
            "The group said 12 people were freed on Friday and nine on Saturday.",
            "en",
            {12: "2026-02-20: 2026-02-20..2026-02-20", 9: "2026-02-21: 2026-02-21..2026-02-21"},
        ),
        (
            "En diciembre habían salido otros 52 presos políticos y en enero, otros 14.",
            "es",
            {52: "None: 2025-12-01..2025-12-31", 14: "None: 2026-01-01..2026-01-31"},
        ),
        (
            "Según la ley aprobada el 19 de febrero, los jueces han otorgado la amnistía a 3.000 personas.",
            "es",
            {3000: "2026-02-25: 2026-02-19..2026-02-25"},
        ),
        (
            "At least 180 people arrested since July 2024 remain in prison, Foro Penal said.",
            "en",
            {180: "2026-02-25"},
        ),
        (
            "More than 2,000 people were arrested in the wake of the July 28, 2024 presidential election.",
            "en",
            {2000: "None: 2024-07-28..2024-12-31"},
        ),
        (
            "CARACAS, 24 feb (EFE).- Foro Penal contabiliza 644 presos políticos.",
            "es",
            {644: "2026-02-24"},
        ),
        (
            "Foro Penal contó 508 presos políticos hasta el 16 de febrero.\n\nDel total, 457 son hombres y "
            "51 mujeres.\n\nDesde 2014 ha registrado 19.112 detenciones políticas, añadió Foro Penal.",
            "es",
            {508: "2026-02-16", 457: "2026-02-16", 51: "2026-02-16",
             19112: "2026-02-16: 2014-01-01..2026-02-16"},
        ),
        (
            "El 8 de enero el Gobierno anunció la medida. El día 14 salieron 20 presos políticos y el 18, "
            "otros 12.",
            "es",
            {20: "2026-01-14: 2026-01-14..2026-01-14", 12: "2026-01-18: 2026-01-18..2026-01-18"},
        ),
        (
            "El viernes 16 de enero salieron 14 presos políticos y el sábado otros 10. En total, 24.",
            "es",
            {14: "2026-01-16: 2026-01-16..2026-01-16", 10: "2026-01-17: 2026-01-17..2026-01-17",
             24: "2026-01-17: 2026-01-16..2026-01-17"},
        ),
        (
            "Foro Penal dijo el 30 de enero que el martes habían salido 17 presos políticos.",
            "es",
            {17: "2026-01-27: 2026-01-27..2026-01-27"},
        ),
        (
            "Foro Penal said that on Tuesday 17 political prisoners were freed.",
            "en",
            {17: "2026-02-24: 2026-02-24..2026-02-24"},
        ),
        (
            "El Ministerio Público informó la semana pasada que 400 personas fueron excarceladas.",
            "es",
            {400: "None"},
        ),
        (
            "Foro Penal counts 644 political prisoners, down from 700 in its last report.",
            "en",
            {644: "2026-02-25", 700: "None"},
        ),
        (
            "Foro Penal contabiliza 644 presos políticos; en enero eran 700.",
            "es",
            {644: "2026-02-25", 700: "None"},
        ),
        (
            "The government freed 222 political prisoners in February 2023.",
            "en",
            {222: "None: 2023-02-01..2023-02-28"},
        ),
        (
            "The 2017 protests left 125 people dead.",
            "en",
            {125: "None: 2017-01-01..2017-12-31"},
        ),
        (
            "Protests erupted on January 12. Since the start of the protests 41 people have been killed, "
            "according to Provea.",
            "en",
            {41: "2026-02-25: 2026-01-12..2026-02-25"},
        ),
        (
            "Desde que asumió el poder el 3 de enero han salido 500 presos políticos, según Foro Penal.",
            "es",
            {500: "2026-02-25: 2026-01-03..2026-02-25"},
        ),
        (
            "Foro Penal counts 2,400 arrests since the July 28, 2024 election.",
            "en",
            {2400: "2026-02-25: 2024-07-28..2026-02-25"},
        ),
        (
            "Foro Penal contó 61 excarcelaciones hasta la noche del martes y este miércoles no salió nadie.",
            "es",
            {61: "2026-02-24"},
        ),
        (
            "Balance de excarcelaciones del 1 al 8 de febrero:\n\nHombres: 12\nMujeres: 4",
            "es",
            {12: "2026-02-08: 2026-02-01..2026-02-08", 4: "2026-02-08: 2026-02-01..2026-02-08"},
        ),
        (
            "Between January 8 and February 20 the group confirmed 603 releases, of which 144 came after the "
            "law took effect on February 9.",
            "en",
            {603: "2026-02-20: 2026-01-08..2026-02-20", 144: "2026-02-20: 2026-02-09..2026-02-20"},
        ),
        (
            "The mission documented 135 arrests from September 1 to November 30. Of those persons, 62 "
            "remained in custody at the end of the period. Fifty-four were let go.",
            "en",
            {135: "2025-11-30: 2025-09-01..2025-11-30", 62: "2025-11-30",
             54: "2025-11-30: 2025-09-01..2025-11-30"},
        ),
        (
            "Más de 40 presos fueron liberados por el Gobierno entre marzo y julio de 2025.",
            "es",
            {40: "None: 2025-03-01..2025-07-31"},
        ),
        (
            "More than 65,000 people were arrested in the crackdown that followed the August 2020 election.",
            "en",
            {65000: "None"},
        ),
        (
            "As of Monday there were 612 political prisoners, eight fewer than in the previous report, "
            "published on Feb. 16, Foro Penal said.",
            "en",
            {612: "2026-02-23", 8: "2026-02-23: 2026-02-16..2026-02-23"},
        ),
        (
            "Desde el inicio del año han muerto tres presos bajo custodia.",
            "es",
            {3: "2026-02-25: 2026-01-01..2026-02-25"},
        ),
        (
            "The unrest, which began on January 12 over prices, has led to 900 arrests, Provea said. At "
            "least 12 detainees have died since the unrest began.",
            "en",
            {900: "2026-02-25: 2026-01-12..2026-02-25", 12: "2026-02-25: 2026-01-12..2026-02-25"},
        ),
        (
            "Las excarcelaciones empezaron el 8 de enero. Desde entonces han salido 400 presos políticos, "
            "según Foro Penal.",
            "es",
            {400: "2026-02-25: 2026-01-08..2026-02-25"},
        ),
        (
            "Foro Penal confirmó la excarcelación de 25 presos políticos en las últimas horas, con lo que ya "
            "son 568 desde el 8 de enero.",
            "es",
            {25: "2026-02-25: 2026-02-25..2026-02-25", 568: "2026-02-25: 2026-01-08..2026-02-25"},
        ),
        ("At the time, 300 political prisoners were held in the country.", "en", {300: "None"}),
        ("El Gobierno anunció en enero la liberación de 300 presos.", "es", {300: "None"}),
    ],
)  # fmt: skip
def test_each_number_is_dated_by_its_own_words(text: str, language: Language, days: dict[int, str]) -> None:
    assert _days(text, language) == days


def test_a_day_of_publication_that_the_text_gainsays_is_not_believed() -> None:
    text = (
        "Foro Penal informó el 9 de febrero de 2026 que verificó 35 excarcelaciones el domingo. "
        "El 1 de febrero de 2026 salieron 12 presos políticos."
    )
    assert _days(text, "es", date(2024, 9, 18))[35] == "2026-02-08: 2026-02-08..2026-02-08"


def test_a_quoted_post_is_of_the_day_beside_its_signature() -> None:
    text = (
        "Until 8 p.m. today, we have verified 344 releases of people arbitrarily detained.\n"
        "— Justice, Encounter and Forgiveness (@anexample) January 30, 2026\n"
    )
    assert _days(text, "en", date(2026, 1, 31))[344].startswith("2026-01-30")


def test_a_balance_told_before_its_cut_off_is_of_that_day() -> None:
    text = (
        "Al menos 61 personas siguen presas por motivos políticos, denunció este miércoles Foro Penal.\n\n"
        "La lista, con corte al 31 de enero, incluye a 54 hombres y siete mujeres."
    )
    assert set(_days(text, "es").values()) == {"2026-01-31"}


def test_a_change_between_two_numbers_is_since_the_day_of_the_first() -> None:
    text = (
        "Foro Penal contabilizó 503 presos políticos al 20 de febrero, frente a los 525 del reporte "
        "fechado el día 9.\n\nSon 22 menos que en su último balance, dijo Foro Penal."
    )
    assert _days(text, "es")[22] == "2026-02-20: 2026-02-09..2026-02-20"


def test_a_text_without_a_day_of_publication_may_say_its_own() -> None:
    text = (
        "COMUNICADO\n\nBogotá, 6 de febrero de 2026\n\n"
        "Entre el 8 de enero y el 5 de febrero hubo 391 excarcelaciones."
    )
    found = read(text, language="es", published=None)
    assert [(str(c.as_of), c.period and str(c.period.start)) for c in found] == [("2026-02-05", "2026-01-08")]


def test_hours_of_a_running_report_date_what_happens_in_it() -> None:
    text = (
        "18:40 | Nuevo balance\nEl equipo espera.\n\n16:02 | Alegría a las puertas\n"
        "Tres presos políticos fueron liberados en Boleíta."
    )
    assert _days(text, "es") == {3: "2026-02-25: 2026-02-25..2026-02-25"}
