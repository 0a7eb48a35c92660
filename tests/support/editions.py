"""An invented edition, whole: what tests of outputs are written against without a register."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from constancia.domain.publishing.content import (
    Announcement,
    Balance,
    Bridge,
    BridgeStep,
    Claim,
    Content,
    Daily,
    Day,
    Defined,
    Erratum,
    Figure,
    Kind,
    Level,
    Levels,
    Named,
    Previous,
    Protected,
    Ruled,
    Source,
    Statement,
    Step,
    Term,
    TextFile,
)
from tests.support.edition_definitions import other_definitions
from tests.support.edition_tables import tables, words

D = date(2026, 3, 2)
T = datetime(2026, 3, 3, 3, 59, 59, tzinfo=UTC)
BEFORE = date(2026, 2, 24)
T_BEFORE = datetime(2026, 2, 25, 3, 59, 59, tzinfo=UTC)
HASH = "ab" * 32


def figure(name: str, es: str, en: str, value: int, *, of: str = "held", start: date | None = None) -> Figure:
    return Figure(
        name=name,
        label=words(es, en),
        figure=of,
        rule="foro_penal",
        as_of=D,
        known_at=T,
        start=start,
        value=value,
        lowest=max(0, value - 3),
        highest=value + 2,
        pending_in=4,
        pending_out=6,
    )


def days() -> tuple[Day, ...]:
    """Fifty-four days of releases from 8 January: two waves, the last week provisional."""
    found = []
    for index in range((D - date(2026, 1, 8)).days + 1):
        value = (42, 9, 18, 31, 7, 0, 3, 12, 57, 66)[index] if index < 10 else (index * 7) % 11
        provisional = index >= 47
        found.append(
            Day(
                day=date(2026, 1, 8) + timedelta(days=index),
                value=value,
                by_that_day=value // 2,
                within_a_week=value - value // 5,
                provisional=provisional,
            )
        )
    return tuple(found)


def content(number: int = 2) -> Content:
    """Edition 2, of 2 March 2026, after edition 1 of 24 February."""
    released = sum(day.value for day in days())
    return Content(
        number=number,
        title=words("Situación al 2 de marzo de 2026", "Situation on 2 March 2026"),
        organisation="Observatorio Ejemplar",
        languages=("es", "en"),
        as_of=D,
        known_at=T,
        zone="America/Caracas",
        rule="foro_penal",
        previous=Previous(number=1, as_of=BEFORE, known_at=T_BEFORE, sha256=HASH),
        software="0.0.0",
        definitions=(
            Defined(
                name="held",
                version=1,
                sha256=HASH,
                label=words("Detenidas", "Held"),
                meaning=words(
                    "Personas en prisión al final del día.", "People in prison at the end of the day."
                ),
                measure="stock",
                unit="persons",
                entry_grade="verified",
                exit_grade="verified",
            ),
            Defined(
                name="released",
                version=1,
                sha256=HASH,
                label=words("Excarcelaciones", "Releases"),
                meaning=words("Personas que salieron de prisión.", "People who left prison."),
                measure="flow",
                unit="persons",
                entry_grade="verified",
                exit_grade="verified",
            ),
            *other_definitions(),
        ),
        rules=(
            Ruled(
                name="foro_penal",
                version=1,
                sha256=HASH,
                label=words("Foro Penal"),
                meaning=words("En prisión más de 48 horas.", "In prison for more than 48 hours."),
                held=("in_custody",),
                minimum_stay_days=2,
            ),
            Ruled(
                name="jep",
                version=1,
                sha256=HASH,
                label=words("JEP"),
                meaning=words("En prisión.", "In prison."),
                held=("in_custody",),
                minimum_stay_days=0,
            ),
        ),
        protection=Protected(
            name="constancia",
            version=1,
            sha256=HASH,
            threshold=5,
            meaning=words(
                "Ninguna casilla de un desglose tiene de 1 a 4 personas.",
                "No cell of a breakdown has 1 to 4 people.",
            ),
        ),
        figures=(
            figure("held", "personas detenidas", "people held", 541),
            figure(
                "released_since_previous",
                "excarcelaciones desde la edición anterior",
                "releases since the previous edition",
                32,
                of="released",
                start=date(2026, 2, 25),
            ),
            figure(
                "released_since_8_january",
                "excarcelaciones desde el 8 de enero",
                "releases since 8 January",
                released,
                of="released",
                start=date(2026, 1, 8),
            ),
            figure(
                "arrested_since_previous",
                "detenciones desde la edición anterior",
                "arrests since the previous edition",
                4,
                of="arrested",
                start=date(2026, 2, 25),
            ),
            figure(
                "full_releases_since_amnesty",
                "libertades plenas desde la Ley de Amnistía",
                "full releases since the Amnesty Law",
                118,
                of="full_releases",
                start=date(2026, 2, 19),
            ),
            figure(
                "under_measures",
                "personas fuera de prisión bajo medidas",
                "people out of prison under measures",
                1284,
                of="under_measures",
            ),
            figure(
                "whereabouts_unknown",
                "personas de paradero desconocido",
                "people whose whereabouts are unknown",
                53,
                of="whereabouts_unknown",
            ),
            figure(
                "detained_since",
                "personas detenidas alguna vez desde 2014",
                "people ever detained since 2014",
                18931,
                of="detained_since",
                start=date(2014, 1, 1),
            ),
        ),
        tables=tables(),
        balance=Balance(
            edition=1,
            opening_as_of=BEFORE,
            opening_known_at=T_BEFORE,
            opening=573,
            came=(
                Term(cause="rearrested", label=words("detenidas otra vez", "arrested again"), value=0),
                Term(cause="arrested", label=words("detenidas", "arrested"), value=4),
                Term(cause="learned_late", label=words("conocidas tarde", "learned late"), value=6),
            ),
            went=(
                Term(
                    cause="released",
                    label=words("excarceladas", "released"),
                    value=41,
                    by=(
                        Kind(kind="under_measures", label=words("bajo medidas", "under measures"), value=30),
                        Kind(kind="full", label=words("libertad plena", "full liberty"), value=11),
                    ),
                ),
                Term(cause="died", label=words("fallecidas", "died"), value=1),
            ),
            closing=541,
            older_cases=6,
        ),
        daily=(
            Daily(
                name="daily_releases",
                title=words("Excarcelaciones por día", "Releases by day"),
                figure="released",
                rule="foro_penal",
                known_at=T,
                days=days(),
            ),
        ),
        levels=(
            Levels(
                name="held_weekly",
                title=words("Detenidas al final de cada semana", "Held at the end of each week"),
                figure="held",
                rule="foro_penal",
                known_at=T,
                points=tuple(
                    Level(
                        day=date(2026, 1, 4) + timedelta(weeks=week),
                        value=880 - 40 * week,
                        lowest=872 - 40 * week,
                        highest=886 - 40 * week,
                    )
                    for week in range(9)
                ),
            ),
        ),
        announcements=(
            Announcement(
                number=1,
                title="99 excarcelaciones por Navidad",
                claimant=words("Ministerio", "Ministry"),
                announced_on=date(2025, 12, 25),
                value=99,
                qualifier="exact",
                verified=61,
                reported=0,
                remaining=38,
                window_start=date(2025, 12, 25),
                window_end=date(2025, 12, 31),
                steps=tuple(
                    Step(known_at=datetime(2025, 12, 25 + index // 2, 12 + index, tzinfo=UTC), verified=value)
                    for index, value in enumerate((19, 26, 45, 50, 61))
                ),
                source=3,
            ),
            Announcement(
                number=2,
                title="Un número importante",
                claimant=words("Asamblea Nacional", "National Assembly"),
                announced_on=date(2026, 1, 8),
                value=None,
                qualifier="exact",
                verified=405,
                reported=2,
                remaining=None,
                window_start=date(2026, 1, 8),
                window_end=None,
                steps=(),
                source=None,
            ),
        ),
        claims=(
            Claim(
                number=11,
                claimant=words("JEP"),
                about="held",
                says=words("759 personas privadas de libertad", "759 people deprived of liberty"),
                qualifier="exact",
                value=759,
                as_of=date(2026, 3, 1),
                published=date(2026, 3, 2),
                quote="759 personas privadas de libertad",
                source=4,
                ours=544,
                restated=566,
                rule="jep",
                difference=193,
            ),
            Claim(
                number=12,
                claimant=words("Gobierno", "Government"),
                about="released",
                says=words("más de 800 excarcelaciones", "more than 800 releases"),
                qualifier="more_than",
                value=800,
                as_of=date(2026, 2, 20),
                start=date(2025, 12, 8),
                published=date(2026, 2, 20),
                quote="más de 800",
                source=3,
                ours=498,
                difference=302,
            ),
        ),
        bridges=(
            Bridge(
                first_rule="foro_penal",
                second_rule="jep",
                first=541,
                second=563,
                steps=(
                    BridgeStep(
                        label=words("detenidas hace menos de 48 horas", "held for less than 48 hours"),
                        came=4,
                        went=0,
                        change=4,
                    ),
                    BridgeStep(
                        label=words("sin reconocer todavía", "not recognised yet"), came=18, went=0, change=18
                    ),
                ),
            ),
        ),
        statements=(
            Statement(
                number=1,
                said_on=date(2026, 1, 10),
                hour="",
                speaker="Presidencia de un país",
                mark="Elogia las excarcelaciones",
                words="",
                source=3,
            ),
            Statement(
                number=2,
                said_on=date(2026, 1, 27),
                hour="20:00",
                speaker="Un ministro",
                mark="Acusa a las organizaciones",
                words="",
                source=4,
            ),
        ),
        sources=(
            Source(
                number=3,
                title="Nota de prensa",
                publisher="Diario Ejemplar",
                published=date(2026, 1, 8),
                address="https://diario.example/nota",
                sha256=HASH,
            ),
            Source(
                number=4,
                title="Boletín semanal",
                publisher="Otra Organización",
                published=date(2026, 3, 2),
                address="",
                sha256=HASH,
            ),
        ),
        named=Named(of="held", people=541, named=120, reserved=421, sha256=HASH),
        errata=(
            Erratum(
                number=1,
                edition=1,
                issued_on=date(2026, 2, 28),
                words=words("Donde decía 572 debe decir 573.", "Where it said 572 it should say 573."),
            ),
        ),
        texts=(
            TextFile(path="informe.toml", text='[report]\nsections = ["contexto"]\n'),
            TextFile(
                path="es/contexto.md", text="# Contexto\n\nAl cierre había {{ held }} personas detenidas.\n"
            ),
            TextFile(path="en/contexto.md", text="# Context\n\nAt the close {{ held }} people were held.\n"),
        ),
    )
