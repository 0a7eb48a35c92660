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
            {52: "2025-12-31: 2025-12-01..2025-12-31", 14: "2026-01-31: 2026-01-01..2026-01-31"},
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
