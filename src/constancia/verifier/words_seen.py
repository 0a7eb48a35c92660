"""What a step tells beside its result, in Spanish and English."""

from __future__ import annotations

from collections.abc import Mapping

from constancia.verifier.words import Words

SEEN: Mapping[str, Words] = {
    "files": {"es": "{count} archivos.", "en": "{count} files."},
    "own_rules": {
        "es": "¡Atención! Las reglas son las que trae el propio paquete: quien lo hizo pudo "
        "escribirlas. Compare las llaves y las palabras de abajo con un informe en papel, con "
        "otra edición o con los testigos, o dé sus reglas con --policy.",
        "en": "Careful! The rules are those that the bundle itself brings: whoever made it could have "
        "written them. Compare the keys and the words below with a report on paper, with another "
        "edition or with the witnesses, or give your own rules with --policy.",
    },
    "other_rules": {
        "es": "Se usan las reglas que usted dio; las del paquete son otras.",
        "en": "The rules used are those that you gave; the bundle's are different.",
    },
    "log_key": {"es": "Llave del libro: {key}", "en": "Key of the log: {key}"},
    "key_followed": {
        "es": "El libro cambió de llave. La anterior firmó esta, y lo dice el propio libro: {key} (la "
        "anterior firma hasta {until})",
        "en": "The log changed its key. The one before signed this one, and the log itself says so: {key} "
        "(the one before signs until {until})",
    },
    "no_quorum": {
        "es": "¡Atención! Las reglas no piden ningún testigo: el libro podría mostrar a cada quien algo "
        "distinto. Compare las palabras con otra copia.",
        "en": "Careful! The rules ask for no witness: the log could show something else to each reader. "
        "Compare the words with another copy.",
    },
    "publication_key": {
        "es": "Llave de publicación: {key}. Compárela con la que la organización da en papel o en su "
        "sitio, o con la de otra edición (--previous).",
        "en": "Publication key: {key}. Compare it with the one that the organisation gives on paper or "
        "on its site, or with that of another edition (--previous).",
    },
    "expected_key": {
        "es": "Es la llave que usted esperaba: {key}",
        "en": "It is the key that you expected: {key}",
    },
    "root": {
        "es": "Estado del libro: {words}",
        "en": "State of the log: {words}",
    },
    "witness": {"es": "Testigo {name}: lo vio el {time}", "en": "Witness {name}: saw it on {time}"},
    "leaf": {
        "es": "Es la anotación {index} de {size} (contadas desde 0), de la semana {week}.",
        "en": "It is entry {index} of {size} (counted from 0), of the week {week}.",
    },
    "printed": {
        "es": "Estado del libro que debe estar impreso en sus boletines e informes, del que este salió: "
        "{words}",
        "en": "State of the log that must stand in print in its bulletins and reports, and that this one "
        "grew out of: {words}",
    },
    "root_before": {
        "es": "Estado del libro en la edición anterior: {words}",
        "en": "State of the log at the edition before: {words}",
    },
    "same_edition": {
        "es": "La edición anterior que usted dio (la {edition}) es de verdad la que esta continúa.",
        "en": "The edition before that you gave (number {edition}) is really the one that this one "
        "continues.",
    },
    "not_compared": {
        "es": "¡Atención! No se comparó con la edición anterior misma: si la tiene, dela con --previous.",
        "en": "Careful! It was not compared with the edition before itself: if you have it, give it "
        "with --previous.",
    },
    "first_edition": {
        "es": "Es la primera edición: no continúa ninguna.",
        "en": "It is the first edition: it continues none.",
    },
    "key_changed": {
        "es": "¡Atención! La llave de publicación no es la de la edición anterior; se acepta porque es "
        "la que usted dio con --key.",
        "en": "Careful! The publication key is not that of the edition before; it is accepted because "
        "it is the one that you gave with --key.",
    },
    "edition": {
        "es": "Edición {edition}: al {as_of}, según lo sabido hasta {known_at}.",
        "en": "Edition {edition}: on {as_of}, as known up to {known_at}.",
    },
    "tables": {
        "es": "{count} de {of} cuadros; los demás no se publican.",
        "en": "{count} of {of} tables; the others are withheld.",
    },
    "balance": {"es": "De {opening} a {closing} personas.", "en": "From {opening} to {closing} people."},
    "copies": {"es": "{count} tablas comparadas.", "en": "{count} tables compared."},
    "cases": {"es": "{count} casos en la relación.", "en": "{count} cases on the roster."},
    "proven": {
        "es": "Probado: {count} en total, y {tables} cuadros.",
        "en": "Proven: {count} in total, and {tables} tables.",
    },
    "unproven": {
        "es": "Cuadros de esa cifra que no están probados: {tables}.",
        "en": "Tables of that figure that are not proven: {tables}.",
    },
    "not_asked": {
        "es": "Se comprueba solo con --previous.",
        "en": "This is checked with --previous only.",
    },
    "cases_before": {
        "es": "En la edición anterior eran {count}, los mismos y en el mismo orden.",
        "en": "At the edition before they were {count}, the same and in the same order.",
    },
    "counted": {
        "es": "Este caso está contado, una vez, en el total.",
        "en": "This case is counted, once, in the total.",
    },
    "counted_in": {
        "es": "En el cuadro «{table}» está en «{cell}».",
        "en": "In the table “{table}” it is in “{cell}”.",
    },
    "not_counted": {
        "es": "Este caso está en la relación y no está contado en esta cifra.",
        "en": "This case is on the roster and is not counted in this figure.",
    },
}
"""What a step saw. Words that begin with "Careful!" limit what it proves."""
