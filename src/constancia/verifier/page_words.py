"""What the page `comprobar.html` says beside the steps, in Spanish and English."""

from __future__ import annotations

from collections.abc import Mapping

from constancia.verifier.words import Words

PAGE: Mapping[str, Words] = {
    "title": {"es": "Comprobar una edición", "en": "Check an edition"},
    "other_language": {"es": "English", "en": "Español"},
    "lead": {
        "es": "Compruebe usted que una edición es la que se publicó, que está en el libro público y que "
        "sus números cuadran.",
        "en": "See for yourself that an edition is what was published, that it is in the public log and "
        "that its numbers add up.",
    },
    "private": {
        "es": "Todo se hace en este equipo: nada sale de él y no hace falta red. Puede guardar esta "
        "página y usarla sin conexión.",
        "en": "Everything is done on this device: nothing leaves it and no network is needed. You can "
        "save this page and use it offline.",
    },
    "no_script": {
        "es": "Para comprobar aquí, el navegador debe permitir JavaScript en esta página. Sin él: "
        "python3 verificar.py, el programa que viene en cada edición.",
        "en": "To check here, the browser must allow JavaScript on this page. Without it: "
        "python3 verificar.py, the program that comes with each edition.",
    },
    "bundle": {"es": "La edición", "en": "The edition"},
    "bundle_help": {
        "es": "El paquete entero, como se descarga del sitio (constancia-edicion-N.zip), o la carpeta "
        "con sus archivos. También puede arrastrarlo hasta aquí.",
        "en": "The whole bundle, as it is downloaded from the site (constancia-edicion-N.zip), or the "
        "folder with its files. You can also drop it here.",
    },
    "zip": {"es": "Archivo zip", "en": "Zip file"},
    "folder": {"es": "o una carpeta", "en": "or a folder"},
    "chosen": {"es": "Se comprobará:", "en": "To be checked:"},
    "more": {
        "es": "Para comprobar más: edición anterior, llave y reglas propias",
        "en": "To check more: the edition before, key and rules of your own",
    },
    "previous": {"es": "Edición anterior", "en": "Edition before"},
    "previous_help": {
        "es": "Con el paquete de la edición anterior se comprueba que nada de lo anotado entonces fue "
        "quitado ni cambiado.",
        "en": "With the bundle of the edition before it is checked that nothing recorded then was "
        "removed or changed.",
    },
    "previous_zip": {"es": "Zip de la edición anterior", "en": "Zip of the edition before"},
    "previous_folder": {"es": "o su carpeta", "en": "or its folder"},
    "key": {"es": "Llave de publicación", "en": "Publication key"},
    "key_help": {
        "es": "Las 64 cifras que la organización da en papel.",
        "en": "The 64 digits that the organisation gives on paper.",
    },
    "policy": {"es": "Sus reglas", "en": "Your rules"},
    "policy_help": {
        "es": "Un archivo tlog-policy con los libros y testigos en los que usted confía.",
        "en": "A tlog-policy file with the logs and witnesses that you trust.",
    },
    "skip": {
        "es": "No hacer la prueba experimental de los totales",
        "en": "Leave out the experimental proof of the totals",
    },
    "skip_help": {
        "es": "Con miles de casos puede tardar un minuto o más, sobre todo en un teléfono. Sin ella, "
        "los pasos 11 a 14 quedan sin comprobar.",
        "en": "With thousands of cases it may take a minute or more, above all on a telephone. Without "
        "it, steps 11 to 14 stay unchecked.",
    },
    "check": {"es": "Comprobar", "en": "Check"},
    "results": {"es": "Resultado", "en": "Result"},
    "working": {"es": "Paso {number} de {of}…", "en": "Step {number} of {of}…"},
    "working_share": {
        "es": "Paso {number} de {of}: {percent} %",
        "en": "Step {number} of {of}: {percent}%",
    },
    "skipped": {"es": "NO SE COMPROBÓ", "en": "NOT CHECKED"},
    "holds_but": {
        "es": "Lo que se comprobó se cumple. La prueba experimental de los totales (pasos 11 a 14) no "
        "se comprobó, porque usted lo pidió.",
        "en": "What was checked holds. The experimental proof of the totals (steps 11 to 14) was not "
        "checked, as you asked.",
    },
    "nothing": {
        "es": "Elija primero el zip o la carpeta de una edición.",
        "en": "First choose the zip or the folder of an edition.",
    },
    "one_only": {
        "es": "Suelte un solo zip o una sola carpeta.",
        "en": "Drop one zip or one folder alone.",
    },
    "key_text": {
        "es": "La llave de publicación son 64 cifras hexadecimales (0-9, a-f).",
        "en": "The publication key is 64 hexadecimal digits (0-9, a-f).",
    },
    "insecure": {
        "es": "El navegador no deja calcular huellas en una página que llegó sin cifrar. Guarde esta "
        "página en su equipo y ábrala desde allí.",
        "en": "The browser does not let a page that came unencrypted work out hashes. Save this page on "
        "your device and open it from there.",
    },
    "trust": {
        "es": "Una página que viene con lo que comprueba no prueba nada por sí sola: quien cambiara la "
        "edición podría cambiarla a ella. Use una que haya guardado antes o que venga de otra copia, o "
        "el programa verificar.py de otra edición: los pasos y los resultados son los mismos.",
        "en": "A page that comes with what it checks proves nothing by itself: whoever changed the "
        "edition could change it too. Use one that you saved earlier or that comes from another copy, "
        "or the program verificar.py of another edition: steps and results are the same.",
    },
    "limits": {
        "es": "El recibo de una familia (paso 17) se comprueba con verificar.py.",
        "en": "A family's receipt (step 17) is checked with verificar.py.",
    },
}

INSTEAD: Mapping[str, Words] = {
    "--previous": {"es": "«Edición anterior»", "en": "“Edition before”"},
    "--policy": {"es": "«Sus reglas»", "en": "“Your rules”"},
    "--key": {"es": "«Llave de publicación»", "en": "“Publication key”"},
}
"""Option of the command → where the page asks for the same; the sentences of the steps name the options."""
