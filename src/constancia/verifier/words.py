"""What the verifier says, in Spanish and English."""

from __future__ import annotations

from collections.abc import Mapping

Words = Mapping[str, str]
"""Language → text."""

CHECKED: Mapping[str, Words] = {
    "whole": {
        "es": "El paquete está entero: cada archivo del manifiesto está, con el tamaño y la huella "
        "SHA-256 que dice, y no hay nada más.",
        "en": "The bundle is whole: every file of the manifest is there, with the size and the SHA-256 "
        "it says, and nothing else is.",
    },
    "policy": {
        "es": "Las reglas se entienden: qué libro, qué testigos, y cuántos hacen falta.",
        "en": "The rules can be read: which log, which witnesses, and how many are needed.",
    },
    "signed": {
        "es": "El manifiesto está firmado con la llave de publicación.",
        "en": "The manifest is signed with the publication key.",
    },
    "checkpoint": {
        "es": "El estado del libro está firmado por el libro y por los testigos que piden las reglas.",
        "en": "The state of the log is signed by the log and by as many witnesses as the rules ask for.",
    },
    "logged": {
        "es": "El manifiesto está anotado en el libro.",
        "en": "The manifest is recorded in the log.",
    },
    "grown": {
        "es": "Desde la edición anterior el libro solo creció, y esta edición continúa aquella.",
        "en": "Since the edition before, the log only grew, and this edition continues that one.",
    },
    "content": {
        "es": "El contenido es el que nombra el manifiesto: número, fechas y huella; y cada cifra está "
        "entre su mínimo y su máximo.",
        "en": "The content is the one that the manifest names: number, dates and hash; and each figure "
        "is between its least and its most.",
    },
    "tables": {
        "es": "Los cuadros suman: casillas y grupos dan el total, y el total es la cifra publicada.",
        "en": "The tables add up: cells and groups give the total, and the total is the published figure.",
    },
    "balance": {
        "es": "El balance cierra: apertura más entradas menos salidas da el cierre, que es la cifra de "
        "personas detenidas.",
        "en": "The balance closes: opening plus entries less exits is the closing, which is the figure "
        "of people held.",
    },
    "roster": {
        "es": "Prueba experimental: la relación de casos está firmada, y el corte tiene todos, cada uno "
        "una vez.",
        "en": "Experimental proof: the roster of cases is signed, and the cut has all of them, each once.",
    },
    "bits": {
        "es": "Prueba experimental: cada casilla de cada caso esconde un 0 o un 1, y nada más.",
        "en": "Experimental proof: every cell of every case hides a 0 or a 1, and nothing else.",
    },
    "cases": {
        "es": "Prueba experimental: en cada caso los cuadros suman lo mismo: quien cuenta en el total "
        "está en una casilla de cada cuadro.",
        "en": "Experimental proof: in every case the tables add up: who counts in the total is in one "
        "cell of each table.",
    },
    "group": {
        "es": "Prueba experimental: todos los compromisos son puntos del grupo correcto.",
        "en": "Experimental proof: all commitments are points of the right group.",
    },
    "sums": {
        "es": "Prueba experimental: las sumas abiertas son, número por número, las de los cuadros de "
        "esta edición.",
        "en": "Experimental proof: the sums that are opened are, number by number, those of this "
        "edition's tables.",
    },
    "roster_grown": {
        "es": "Prueba experimental: también la relación de casos solo creció desde la edición anterior.",
        "en": "Experimental proof: the roster of cases, too, only grew since the edition before.",
    },
    "copies": {
        "es": "Las tablas CSV dicen lo mismo que el contenido firmado, casilla por casilla.",
        "en": "The CSV tables say what the signed content says, cell by cell.",
    },
    "receipt": {
        "es": "Prueba experimental: el recibo abre su renglón, y ningún otro.",
        "en": "Experimental proof: the receipt opens its line, and no other.",
    },
}
"""Step → what was checked."""

MEANS: Mapping[str, Words] = {
    "whole": {
        "es": "Esta copia no es la que se publicó: se dañó, le falta algo o alguien la cambió. Pida "
        "otra copia en otro lugar y compare.",
        "en": "This copy is not what was published: it was damaged, lacks something or somebody changed "
        "it. Get another copy elsewhere and compare.",
    },
    "policy": {
        "es": "No se sabe con qué llaves comprobar el libro, así que nada de lo que dependa de él se "
        "puede comprobar.",
        "en": "There are no keys to check the log with, so nothing that depends on it can be checked.",
    },
    "signed": {
        "es": "No hay prueba de que la organización haya publicado esto. No lo cite como suyo.",
        "en": "Nothing shows that the organisation published this. Do not quote it as theirs.",
    },
    "checkpoint": {
        "es": "No hay prueba de que el libro fuera este para todos: pudo mostrarse uno distinto a cada "
        "quien.",
        "en": "Nothing shows that the log was this one for everybody: each reader could have been shown "
        "another.",
    },
    "logged": {
        "es": "La edición no está en el libro público: pudo hacerse o cambiarse después.",
        "en": "The edition is not in the public log: it could have been made or changed later.",
    },
    "grown": {
        "es": "Algo anotado antes fue quitado o cambiado, o esta edición no sigue a la que dice seguir. "
        "Guarde las dos copias y pregunte a la organización y a los testigos: es grave.",
        "en": "Something recorded before was removed or changed, or this edition does not follow the "
        "one it says it follows. Keep both copies and ask the organisation and the witnesses: "
        "this is serious.",
    },
    "content": {
        "es": "Lo firmado y lo publicado no dicen lo mismo, o una cifra se contradice. No use las "
        "cifras de esta copia.",
        "en": "What is signed and what is published do not say the same, or a figure contradicts "
        "itself. Do not use the figures of this copy.",
    },
    "tables": {
        "es": "Los números de un cuadro no dan su total: hay un error o una manipulación en la propia "
        "edición. Pida explicación.",
        "en": "The numbers of a table do not give its total: the edition itself has an error or was "
        "tampered with. Ask for an explanation.",
    },
    "balance": {
        "es": "Las entradas y salidas no explican el cambio de la cifra: hay un error o una "
        "manipulación en la propia edición. Pida explicación.",
        "en": "Entries and exits do not explain how the figure changed: the edition itself has an error "
        "or was tampered with. Ask for an explanation.",
    },
    "roster": {
        "es": "La prueba de los totales no cubre la relación entera de casos: algún caso falta, sobra o "
        "está dos veces.",
        "en": "The proof of the totals does not cover the whole roster of cases: some case is missing, "
        "invented or there twice.",
    },
    "bits": {
        "es": "Algún caso cuenta más de una vez o resta: los totales no están probados.",
        "en": "Some case counts more than once or takes away: the totals are not proven.",
    },
    "cases": {
        "es": "Algún caso está en dos casillas de un cuadro, o en ninguna: los desgloses no están probados.",
        "en": "Some case is in two cells of a table, or in none: the breakdowns are not proven.",
    },
    "group": {
        "es": "Hay compromisos que no lo son: los totales no están probados.",
        "en": "Some commitments are none: the totals are not proven.",
    },
    "sums": {
        "es": "Los números publicados no son los que salen de los casos. No use los de los cuadros que "
        "se nombran.",
        "en": "The published numbers are not those that come out of the cases. Do not use those of the "
        "tables that are named.",
    },
    "roster_grown": {
        "es": "Algún caso anotado antes fue quitado o cambiado en la relación. Guarde las dos copias y "
        "pregunte: es grave.",
        "en": "Some case recorded before was removed from the roster or changed. Keep both copies and "
        "ask: this is serious.",
    },
    "copies": {
        "es": "Una hoja de datos no dice lo que dice el contenido firmado. Use el contenido "
        "(datos/edicion.json), no la hoja, y avise.",
        "en": "A data sheet does not say what the signed content says. Use the content "
        "(datos/edicion.json), not the sheet, and report it.",
    },
    "receipt": {
        "es": "El recibo no es de esta edición, está mal copiado, o el caso no está como se dijo. "
        "Cópielo otra vez; si sigue fallando, pregunte a quien se lo dio.",
        "en": "The receipt is not of this edition, was copied wrongly, or the case does not stand as was "
        "said. Copy it again; if it still fails, ask whoever gave it to you.",
    },
}
"""Step → what it means for a reader that it fails."""

RESULT: Mapping[str, Words] = {
    "ok": {"es": "SE CUMPLE", "en": "HOLDS"},
    "fails": {"es": "FALLA", "en": "FAILS"},
    "absent": {"es": "NO ESTÁ EN ESTE PAQUETE", "en": "NOT IN THIS BUNDLE"},
    "not_run": {"es": "NO SE PUDO COMPROBAR", "en": "COULD NOT BE CHECKED"},
}

FRAME: Mapping[str, Words] = {
    "why": {"es": "Por qué: {text}", "en": "Why: {text}"},
    "means": {"es": "Qué significa: {text}", "en": "What it means: {text}"},
    "after": {
        "es": "Depende del paso {after}, que falló o no se hizo.",
        "en": "It depends on step {after}, which failed or was not done.",
    },
    "holds": {
        "es": "Todo lo que este paquete trae para comprobar se cumple.",
        "en": "Everything that this bundle brings to be checked holds.",
    },
    "careful": {
        "es": "Lea los avisos («¡Atención!»): dicen lo que esto no prueba.",
        "en": "Read the warnings (“Careful!”): they say what this does not prove.",
    },
    "breaks": {
        "es": "NO SE CUMPLE: falla el paso {steps}. No cite estas cifras como comprobadas.",
        "en": "IT DOES NOT HOLD: step {steps} fails. Do not quote these figures as checked.",
    },
    "limits": {
        "es": "Lo que nada de esto prueba: que cada caso sea una persona de verdad detenida. Para eso "
        "están las familias y la revisión de casos al azar.",
        "en": "What none of this proves: that each case is a real person really detained. For that "
        "there are the families and the review of random cases.",
    },
}
