"""An invented report as long as a real one, in both languages: every kind of block is in it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from constancia.domain.language import Language
from constancia.domain.publishing.blocks import (
    Aside,
    Block,
    Bullets,
    DataTable,
    Document,
    Emphasis,
    Heading,
    KeyNumber,
    KeyNumbers,
    Link,
    NoteMark,
    Picture,
    Quote,
    Run,
    Strong,
    TableCell,
    TableRow,
    Text,
)
from tests.support import sample_charts, sample_tables
from tests.support.sample_words import Saying

MADE_AT = datetime(2026, 3, 3, 3, 59, 59, tzinfo=UTC)
DAILY = tuple((42, 9, 18, 31, 7, 0, 3, 12, 57, 66)[i] if i < 10 else (i * 7) % 11 for i in range(54))
WEEKLY = tuple(880 - 42 * week + 3 * (week % 3) for week in range(9))


def document(language: Language, *, draft: bool = False) -> Document:
    w = Saying(language)
    return Document(
        language=language,
        title=w(
            "Situación de las personas presas por motivos políticos",
            "Situation of people imprisoned for political reasons",
        ),
        subtitle=w("Venezuela, enero a marzo de 2026", "Venezuela, January to March 2026"),
        organisation="Observatorio Ejemplar",
        number="2",
        dates=w(
            "Al 2 de marzo de 2026, según lo conocido el 3 de marzo de 2026",
            "On 2 March 2026, as known on 3 March 2026",
        ),
        cover=_cover(w),
        blocks=(*_context(w), *_situation(w), *sample_tables.blocks(w), *_ending(w)),
        notes=_notes(w),
        draft=draft,
        imprint=(
            (w.t("Observatorio Ejemplar, Caracas. ", "Observatorio Ejemplar, Caracas. "), _mail()),
            (
                w.t(
                    "Este informe sale de la edición 2, firmada y congelada. Puede comprobarse sin conexión.",
                    "This report comes from edition 2, signed and frozen. It can be checked offline.",
                ),
            ),
        ),
    )


def drawings(language: Language) -> dict[str, str]:
    """SVG by chart."""
    w = Saying(language)
    return {
        "daily_releases": sample_charts.bars(
            DAILY,
            w("8 de enero", "8 January"),
            w("2 de marzo", "2 March"),
            w("Anuncio de un ministro", "A minister's announcement"),
        ),
        "held_weekly": sample_charts.line(WEEKLY, w("4 de enero", "4 January"), w("1 de marzo", "1 March")),
    }


def images(language: Language) -> dict[str, bytes]:
    """PNG by chart."""
    return {chart: sample_charts.png(svg) for chart, svg in drawings(language).items()}


def _mail() -> Link:
    return Link("mailto:correo@observatorio.example", (Text("correo@observatorio.example"),))


def _cover(w: Saying) -> tuple[KeyNumber, ...]:
    return (
        KeyNumber(
            w.n("held", 541), w("personas detenidas", "people held"), w("al 02/03/2026", "on 02/03/2026")
        ),
        KeyNumber(
            w.n("released_since_8_january", 498),
            w("excarcelaciones verificadas", "verified releases"),
            w("desde el 8 de enero", "since 8 January"),
        ),
        KeyNumber(
            w.n("full_releases", 118),
            w("libertades plenas", "full releases"),
            w("desde la Ley de Amnistía", "since the Amnesty Law"),
        ),
        KeyNumber(
            w.n("detained_since", 18931),
            w("personas detenidas alguna vez", "people ever detained"),
            w("desde 2014", "since 2014"),
        ),
    )


def _context(w: Saying) -> tuple[Block, ...]:
    return (
        Heading(1, (w.t("Contexto", "Context"),), w("contexto", "context")),
        w.p(
            w.t("Al cierre de esta edición ", "When this edition closed "),
            Strong((w.n("held", 541), w.t(" personas", " people"))),
            w.t(
                " seguían en prisión por motivos políticos, treinta y dos menos que en la edición anterior.",
                " were still in prison for political reasons, thirty-two fewer than in the edition before.",
            ),
            lead=True,
        ),
        w.p(
            w.t(
                "El 8 de enero, la presidencia del parlamento anunció que saldría «un número importante» de "
                "personas, venezolanas y extranjeras, sin decir cuántas ni publicar una lista.",
                "On 8 January, the speaker of parliament announced that “a significant number” of people, "
                "Venezuelan and foreign, would be let out, without saying how many or publishing a list.",
            ),
            NoteMark(1),
            w.t(" Ese día comprobamos ", " That day we verified "),
            w.n("released_8_january", 42),
            w.t(
                " excarcelaciones. Las demás llegaron por partes, casi siempre de noche y sin aviso a las "
                "familias, que esperaban a las puertas de los centros de reclusión.",
                " releases. The others came piecemeal, nearly always at night and without notice to the "
                "families who waited at the gates.",
            ),
        ),
        Quote(
            (
                w.p(
                    w.t(
                        "Excarcelar no es dar la libertad plena: quien sale con presentación periódica o "
                        "prohibición de salida del país sigue sometido a su causa.",
                        "To be let out is not to be free: whoever leaves with duties to report, or may not "
                        "leave the country, remains bound to the case.",
                    )
                ),
            )
        ),
        Heading(
            2, (w.t("Qué cuenta este informe", "What this report counts"),), w("que-cuenta", "what-counts")
        ),
        w.p(
            w.t("Cada cifra dice ", "Every figure says "),
            Emphasis((w.t("a qué día", "for which day"),)),
            w.t(" y ", " and "),
            Emphasis((w.t("con qué conocimiento", "with what knowledge"),)),
            w.t(
                " se cuenta. Lo que se supo más tarde no cambia lo publicado: "
                "se dice en la edición siguiente.",
                " it is counted. What was learned later does not change what was published: the next edition "
                "says it.",
            ),
            NoteMark(2),
        ),
        Aside(
            w("Cómo leer una cifra", "How to read a figure"),
            (
                w.p(
                    w.t(
                        "Una excarcelación verificada tiene dos fuentes independientes, o una boleta. "
                        "Las de los últimos siete días son provisionales y suelen crecer.",
                        "A verified release has two independent sources, or a court order. Those of the "
                        "last seven days are provisional, and tend to grow.",
                    )
                ),
                Bullets(
                    (
                        (
                            w.p(
                                w.t(
                                    "Verificada: cuenta en todos los totales.",
                                    "Verified: counted in every total.",
                                )
                            ),
                        ),
                        (w.p(w.t("Reportada: se dice aparte.", "Reported: said apart.")),),
                    )
                ),
            ),
        ),
    )


def _situation(w: Saying) -> tuple[Block, ...]:
    start = date(2026, 1, 8)
    rows = tuple(
        TableRow(
            (
                TableCell((Text(w.day(start + timedelta(days=index))),), head=True),
                TableCell((w.n(f"daily_{index}", value),)),
                TableCell((w.n(f"known_{index}", value // 2),)),
            )
        )
        for index, value in enumerate(DAILY)
    )
    daily = DataTable(
        "daily_releases",
        (w.t("Excarcelaciones por día", "Releases by day"),),
        (
            TableCell((w.t("Día", "Day"),)),
            TableCell((w.t("Excarcelaciones", "Releases"),)),
            TableCell((w.t("Conocidas ese día", "Known that day"),)),
        ),
        rows,
        (False, True, True),
    )
    return (
        Heading(1, (w.t("Situación actual", "Current situation"),), w("situacion", "situation")),
        KeyNumbers(_cover(w)[:3]),
        w.p(
            w.t("La cifra baja de ", "The figure falls from "),
            w.n("opening", 573),
            w.t(" a ", " to "),
            w.n("held", 541),
            w.t(
                ". Hay más salidas que entradas, y personas de cuya detención supimos tarde.",
                ". There are more exits than entries, and people of whose detention we learned late.",
            ),
        ),
        Picture(
            "daily",
            "daily_releases",
            (
                w.t(
                    "Las excarcelaciones llegaron en dos olas, y desde febrero se cuentan por unidades",
                    "Releases came in two waves, and since February are counted in single figures",
                ),
            ),
            w(
                "Columnas por día, del 8 de enero al 2 de marzo. La más alta, de 66, es la del 17 de enero.",
                "Columns by day, from 8 January to 2 March. The highest, 66, is that of 17 January.",
            ),
            daily,
            (
                (
                    w.t(
                        "Rayado: días provisionales. La marca dice cuándo se habló en público, y nada más.",
                        "Hatched: provisional days. The mark says when somebody spoke, and no more.",
                    ),
                    NoteMark(3),
                ),
            ),
        ),
        Picture(
            "weekly",
            "held_weekly",
            (
                w.t(
                    "En nueve semanas salió una de cada tres personas",
                    "In nine weeks one person in three left",
                ),
            ),
            w("Línea que baja de 880 a 550.", "A line that falls from 880 to 550."),
            None,
        ),
        Heading(
            2, (w.t("Recorrido de un anuncio", "What came of an announcement"),), w("anuncio", "announcement")
        ),
        Bullets(
            (
                (w.p(w.t("Se anuncia un número.", "A number is announced.")),),
                (
                    w.p(w.t("Comprobamos, una por una, las salidas:", "We verify the exits one by one:")),
                    Bullets(
                        (
                            (w.p(w.t("con dos fuentes;", "with two sources;")),),
                            (w.p(w.t("o con la boleta.", "or with the court order.")),),
                        )
                    ),
                ),
                (
                    w.p(
                        w.t("Decimos lo que falta: ", "We say what is missing: "),
                        w.n("remaining", 38),
                        Text("."),
                    ),
                ),
            ),
            ordered=True,
        ),
    )


def _ending(w: Saying) -> tuple[Block, ...]:
    return (
        Heading(1, (w.t("Correcciones y métodos", "Corrections and methods"),), w("metodos", "methods")),
        Aside(
            w("Fe de errata 1, de la edición 1", "Erratum 1, to edition 1"),
            (
                w.p(
                    w.t("Donde decía 572 debe decir ", "Where it said 572 it should say "),
                    w.n("opening", 573),
                    Text("."),
                ),
            ),
            tone="erratum",
        ),
        w.p(
            w.t("Los métodos y los datos están en ", "Methods and data are at "),
            Link("https://observatorio.example/metodos?a=1&b=2", (w.t("nuestro sitio", "our site"),)),
            w.t(", con las definiciones completas.", ", with the definitions in full."),
            NoteMark(2),
        ),
    )


def _notes(w: Saying) -> tuple[tuple[Run, ...], ...]:
    return (
        (
            Text("Diario Ejemplar, "),
            Emphasis((Text("Nota de prensa"),)),
            w.t(", 8 de enero de 2026. ", ", 8 January 2026. "),
            Link("https://diario.example/nota", (Text("https://diario.example/nota"),)),
        ),
        (
            w.t("En la edición 1 eran ", "In edition 1 there were "),
            w.n("opening", 573),
            w.t(" personas; véanse las definiciones.", " people; see the definitions."),
        ),
        (w.t("Otra Organización, boletín semanal.", "Otra Organización, weekly bulletin."),),
    )
