"""How Spanish writes dates."""

from __future__ import annotations

from constancia.domain.dates.lexicon import LAST, Lexicon, Op, Third, Unit

SPANISH = Lexicon(
    months={
        "enero": 1, "ene": 1, "febrero": 2, "feb": 2, "febr": 2, "marzo": 3, "mar": 3, "mzo": 3,
        "abril": 4, "abr": 4, "mayo": 5, "may": 5, "junio": 6, "jun": 6, "julio": 7, "jul": 7,
        "agosto": 8, "ago": 8, "agto": 8, "septiembre": 9, "setiembre": 9, "sept": 9, "sep": 9,
        "set": 9, "octubre": 10, "oct": 10, "noviembre": 11, "nov": 11, "diciembre": 12, "dic": 12,
    },
    weekdays={
        "lunes": 0, "martes": 1, "miercoles": 2, "jueves": 3, "viernes": 4, "sabado": 5, "domingo": 6,
        "lun": 0, "mie": 2, "jue": 3, "vie": 4, "sab": 5, "dom": 6,
    },
    ordinals={
        "primer": 1, "primero": 1, "primera": 1, "segundo": 2, "segunda": 2, "tercer": 3, "tercero": 3,
        "tercera": 3, "cuarto": 4, "cuarta": 4, "ultimo": LAST, "ultima": LAST,
        "i": 1, "ii": 2, "iii": 3, "iv": 4,
    },
    units={
        "semana": Unit.WEEK, "quincena": Unit.FORTNIGHT, "mitad": Unit.HALF, "trimestre": Unit.QUARTER,
        "cuatrimestre": Unit.FOUR_MONTHS, "semestre": Unit.SEMESTER, "decada": Unit.DECADE,
        "decenio": Unit.DECADE, "anos": Unit.DECADE, "t": Unit.QUARTER,
    },
    thirds={
        "principio": Third.EARLY, "principios": Third.EARLY, "comienzo": Third.EARLY,
        "comienzos": Third.EARLY, "inicio": Third.EARLY, "inicios": Third.EARLY,
        "mediado": Third.MIDDLE, "mediados": Third.MIDDLE,
        "fin": Third.LATE, "fines": Third.LATE, "final": Third.LATE, "finales": Third.LATE,
    },
    phrases={
        ("aproximadamente",): Op.ABOUT, ("aproximada",): Op.ABOUT, ("aprox",): Op.ABOUT,
        ("hacia",): Op.ABOUT, ("alrededor",): Op.ABOUT, ("cerca",): Op.ABOUT, ("circa",): Op.ABOUT,
        ("ca",): Op.ABOUT, ("mas", "o", "menos"): Op.ABOUT, ("torno", "a"): Op.ABOUT,
        ("torno", "al"): Op.ABOUT,
        ("dudoso",): Op.DOUBT, ("dudosa",): Op.DOUBT, ("posiblemente",): Op.DOUBT,
        ("probablemente",): Op.DOUBT, ("quizas",): Op.DOUBT, ("tal", "vez"): Op.DOUBT,
        ("antes",): Op.BEFORE, ("previo", "a"): Op.BEFORE, ("previo", "al"): Op.BEFORE,
        ("anterior", "a"): Op.BEFORE, ("anterior", "al"): Op.BEFORE,
        ("despues",): Op.AFTER, ("luego",): Op.AFTER, ("tras",): Op.AFTER,
        ("posterior", "a"): Op.AFTER, ("posterior", "al"): Op.AFTER,
        ("desde",): Op.SINCE, ("a", "partir"): Op.SINCE, ("no", "antes"): Op.SINCE,
        ("hasta",): Op.UNTIL, ("a", "mas", "tardar"): Op.UNTIL, ("no", "mas", "tarde"): Op.UNTIL,
        ("no", "despues"): Op.UNTIL,
        ("o", "antes"): Op.OR_BEFORE, ("o", "despues"): Op.OR_AFTER,
        ("entre",): Op.BETWEEN, ("y",): Op.AND, ("a",): Op.TO, ("al",): Op.TO, ("o",): Op.OR, ("u",): Op.OR,
        ("extremos", "aproximados"): Op.ROUGH_ENDS,
    },
    fillers=frozenset({"de", "del", "el", "la", "los", "las", "en", "dia", "mes", "ano", "fecha"}),
    tens=frozenset(
        {"veinte", "treinta", "cuarenta", "cincuenta", "sesenta", "setenta", "ochenta", "noventa"}
    ),
    relative=frozenset({"hoy", "ayer", "anteayer", "anoche", "manana", "pasado", "pasada", "hace", "dias"}),
    unknown=frozenset(
        {
            "s/f", "s.f", "s. f", "sf", "s/d", "s.d", "s/i", "n/d", "n.d", "nd", "sin fecha", "sin dato",
            "sin datos", "sin informacion", "sin precisar", "desconocida", "desconocido",
            "fecha desconocida", "se desconoce", "no se sabe", "no consta", "no disponible", "no aplica",
            "no precisa", "por confirmar", "por determinar", "ninguna", "ninguno", "nulo",
        }
    ),
)  # fmt: skip
