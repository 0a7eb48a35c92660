"""What stands at the top of `verificar.py`."""

from __future__ import annotations

OLDEST = (3, 10)

TOO_OLD = (
    "Este programa necesita Python 3.10 o más nuevo: https://www.python.org\n"
    "This program needs Python 3.10 or newer: https://www.python.org"
)

HEADING = """#!/usr/bin/env python3
# verificar.py, de Constancia {version}. AGPL-3.0-or-later.
#
# ESPAÑOL
#
# Comprueba una edición publicada: el informe, los cuadros y las pruebas que vienen con él. Es un solo archivo
# y no necesita nada más que Python (3.10 o más nuevo), ni red. Se usa así:
#
#     python3 verificar.py                                   la carpeta en la que está
#     python3 verificar.py edicion.zip                       otra carpeta o un zip
#     python3 verificar.py --previous edicion-anterior.zip   y compararla con la edición anterior
#     python3 verificar.py --policy mis-reglas.txt           con reglas propias y no con las del paquete
#     python3 verificar.py --key 64-CIFRAS                   con la llave que la organización da en papel
#
# Muestra pasos numerados; cada uno se cumple, falla, o no está en este paquete. Si todo se cumple termina
# con 0; si algo falla, con 6.
#
# Qué prueba: que la organización firmó exactamente esto, que está anotado en un libro público al que solo
# se puede añadir, que sigue a la edición anterior, que los cuadros suman y el balance cierra; y, donde viene
# la prueba de totales (experimental hasta que la revisen otros), que cada total cuenta cada caso una vez.
#
# Qué no prueba: que cada caso sea una persona de verdad detenida. Y un verificador que viene dentro de lo
# que verifica no prueba nada por sí solo: quien cambiara la edición podría cambiarlo a él. Use uno de otra
# edición o de otra copia, o compare su SHA-256 con el de una copia en la que confíe.
#
# ENGLISH
#
# Checks a published edition: the report, the tables and the proofs that come with it. It is a single file and
# needs nothing but Python (3.10 or newer), and no network. To run it:
#
#     python3 verificar.py                                   the folder in which it lies
#     python3 verificar.py edition.zip --lang en             another folder or a zip, in English
#     python3 verificar.py --previous edition-before.zip     and compare it with the edition before
#     python3 verificar.py --policy my-rules.txt             with rules of your own, not those of the bundle
#     python3 verificar.py --key 64-DIGITS                   with the key that the organisation gives on paper
#
# It shows numbered steps; each holds, fails, or is not in this bundle. If all hold it ends with 0; if any
# fails, with 6.
#
# What it proves: that the organisation signed exactly this, that it is recorded in a public log to which one
# can only add, that it follows the edition before, that the tables add up and the balance closes; and, where
# totals are proven (experimental until others have reviewed it), that each total counts each case once.
#
# What it does not prove: that each case is a real person really detained. And a verifier that comes within
# what it verifies proves nothing by itself: whoever changed the edition could change it too. Use that of
# another edition or another copy, or compare its SHA-256 with that of a copy that you trust.
"""
