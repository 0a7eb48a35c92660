"""The generated pages of `docs/`: commands, errors, definitions. `make written` writes them anew.

A test holds the committed pages to what this program would write.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import typer.main

from constancia.cli import words
from constancia.cli.main import app
from constancia.domain.catalogue import sentences
from constancia.domain.figures.definition import definitions
from constancia.domain.figures.rule import rules
from constancia.domain.matching.aligning import FEATURES
from constancia.domain.matching.evidence import COMPARISONS
from constancia.domain.matching.weighing import weights
from constancia.domain.matching.words import sentences as sentences_of_matching
from constancia.infra.key_inventory import KEYS, WAYS

DOCS = Path(__file__).parent.parent / "docs"
GENERATED = (
    "<!-- Escrito por `make written`; no se edita a mano. Written by `make written`; not edited by hand. -->"
)


def commands_page() -> str:
    lines = [
        GENERATED,
        "# Órdenes · Commands",
        "",
        "Toda orden acepta `--home`, `--lang`, `--as` y `--json`, antes o después de su nombre; sale con",
        "0 solo si todo fue bien, y si no, con el número de la familia de su error ([errors.md](errors.md)).",
        "",
        "Every command takes `--home`, `--lang`, `--as` and `--json`, before or after its name; it exits",
        "with 0 only on success, else with the number of its error's family ([errors.md](errors.md)).",
        "",
    ]
    for path, command in walk(typer.main.get_command(app), "constancia"):
        lines += [f"## `{path}`", "", *_both(command.help or ""), ""]
        rows = [_option_row(param) for param in command.params if param.name != "help"]
        if rows:
            lines += ["| | español | English |", "|---|---|---|", *rows, ""]
    return "\n".join(lines).rstrip() + "\n"


def walk(command: Any, path: str) -> Iterator[tuple[str, Any]]:
    """Every command with its full name, groups before their members."""
    yield path, command
    for name, member in getattr(command, "commands", {}).items():
        yield from walk(member, f"{path} {name}")


def _option_row(param: Any) -> str:
    names = ", ".join(f"`{opt}`" for opt in param.opts if opt.startswith("-")) or f"`{param.name.upper()}`"
    choices = (
        [str(choice) for choice in getattr(param.type, "choices", ()) or ()] if hasattr(param, "type") else []
    )
    required = " *" if param.required else ""
    tail = f" ({', '.join(choices)})" if choices else ""
    spanish, english = _languages(getattr(param, "help", "") or "")
    return f"| {names}{required}{tail} | {_cell(spanish)} | {_cell(english)} |"


def errors_page() -> str:
    lines = [
        GENERATED,
        "# Errores · Errors",
        "",
        "Cada mensaje lleva su código; la familia decide con qué número sale la orden. Each message",
        "carries its code; the family decides the exit code of a command.",
        "",
        "| salida / exit | familia / family |",
        "|---|---|",
        "| 0 | todo fue bien / success |",
        "| 1 | fallo interno / internal failure |",
        "| 2 | entrada rechazada / input refused |",
        "| 3 | no existe o no es suyo / does not exist or is not yours |",
        "| 4 | no permitido / not allowed |",
        "| 5 | almacén rechazado (clave, archivo) / store refused (key, file) |",
        "| 6 | integridad rota / integrity broken |",
        "| 7 | instalación rechazada / deployment refused |",
        "| 130 | interrumpido / interrupted |",
        "",
        "| código / code | español | English |",
        "|---|---|---|",
    ]
    for code, said in sorted(sentences().items()):
        lines.append(f"| `{code}` | {_cell(said['es'])} | {_cell(said['en'])} |")
    return "\n".join(lines) + "\n"


def definitions_page() -> str:
    lines = [
        GENERATED,
        "# Definiciones · Definitions",
        "",
        "Cada cifra y cada regla de población es un archivo TOML con versión, que no se edita una vez",
        "publicado. Each figure and population rule is a versioned TOML file, never edited once published.",
        "",
        "## Cifras · Figures",
        "",
    ]
    for name, one in sorted(definitions().items()):
        facts = [f"`{one.measure}`", f"`{one.unit}`"]
        facts.append(f"entradas/entries ≥ `{one.entry_grade.name.lower()}`")
        facts.append(f"salidas/exits ≥ `{one.exit_grade.name.lower()}`")
        if one.months:
            facts.append(f"`months={one.months}`")
        lines += [f"### `{name}` v{one.version}: {one.label.es} · {one.label.en}", ""]
        lines += [one.meaning.es, "", one.meaning.en, "", " · ".join(facts), ""]
        lines += ["Desgloses · Breakdowns: " + ", ".join(f"`{d.value}`" for d in one.breakdowns) + ".", ""]
    lines += ["## Reglas de población · Population rules", ""]
    for name, law in sorted(rules().items()):
        lines += [f"### `{name}` v{law.version}: {law.label.es} · {law.label.en}", ""]
        lines += [law.meaning.es, "", law.meaning.en, ""]
        held = ", ".join(f"`{state.value}`" for state in law.held)
        asked = f"reconocimiento/recognition `{law.recognition}`"
        lines += [f"{held} · ≥ {law.minimum_stay_days} d · {asked}", ""]
    return "\n".join(lines).rstrip() + "\n"


def comparisons_page() -> str:
    worth = dict(zip(FEATURES, weights().features, strict=True))
    lines = [
        GENERATED,
        "# Comparaciones · Comparisons",
        "",
        "Lo que se compara de una persona de una lista con una del registro, qué dice y cuánto pesa,",
        "en bits: el logaritmo en base 2 de cuántas veces más probable es lo que se ve si es una sola",
        "persona. «Sorpresa» es el mismo logaritmo de lo rara que es esa palabra en el registro, con las",
        "que se le parecen tanto.",
        "",
        "What is compared of somebody on a list with a person of the register, what it says and what it",
        "weighs, in bits: the base-2 logarithm of how many times likelier what is seen is if it is one",
        "person. “Surprise” is the same of how rare the word is in the register, together with those that",
        "are as like it.",
        "",
        "## Nombres, palabra por palabra · Names, word by word",
        "",
        "| | español | English | bits |",
        "|---|---|---|---|",
    ]
    for name, told in sentences_of_matching().items():
        if name.startswith("name."):
            lines.append(
                f"| `{name}` | {told['es']} | {told['en']} | {_bits(name.removeprefix('name.'), worth)} |"
            )
    lines += ["", "## Más allá del nombre · Beyond the name", ""]
    for compare in COMPARISONS:
        lines += [f"### `{compare.__name__}`", "", " ".join((compare.__doc__ or "").split()), ""]
        lines += [
            f"- `{name}`: {told['es']} · {told['en']}"
            for name, told in sentences_of_matching().items()
            if name.startswith(f"{compare.__name__}.")
        ]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _bits(name: str, worth: Mapping[str, float]) -> str:
    if f"level_{name}" not in worth:
        return f"{worth[name]:+.1f}"
    kind = name if name in ("exact", "sound") else "other"
    return f"{worth[f'surprise_{kind}']:.2f} × sorpresa/surprise {worth[f'level_{name}']:+.1f}"


def keys_page() -> str:
    lines = [
        GENERATED,
        "# Llaves · Keys",
        "",
        "Toda llave que sale de la raíz: `HKDF-SHA256(raíz, «constancia/<llave>/<época>»)`. La raíz son 32",
        "bytes al azar que solo están en memoria. Responde de ellas quien administra y guarda la frase de",
        "paso. Cada una sirve para una cosa. Se cambian cada año, y cuando se va alguien que pudo verlas.",
        "",
        "Every key that comes from the root: `HKDF-SHA256(root, “constancia/<key>/<epoch>”)`. The root is 32",
        "random bytes that are in memory alone. The administrator who keeps the passphrase answers for them.",
        "Each serves one purpose. They are changed every year, and when somebody who could have seen them",
        "leaves or is taken.",
        "",
        "| llave / key | algoritmo / algorithm | protege | protects | se cambia con / changed with |"
        " con otra raíz |",
        "|---|---|---|---|---|---|",
    ]
    changed = {"never": "—", "log": "`constancia ledger keys rotate`"}
    for one in KEYS:
        rotation = changed.get(one.rotation, f"`constancia keys rotate {one.rotation}`")
        said = f"| `{one.purpose}` | {one.kind} | {one.protects_es} | {one.protects_en} | {rotation} |"
        lines.append(f"{said} {one.follows}{', kept' if one.kept else ''} |")
    lines += [
        "",
        "«—»: cambia solo con la raíz (`constancia keys rotate root`). La última columna dice cómo la sigue:",
        "“—”: changes with the root alone. The last column says how it follows a new one:",
        "",
        *[f"- `{name}`: {es} · {en}" for name, (es, en) in WAYS.items()],
        "",
        "Las que firman hacia fuera (`Ed25519`) son 32 bytes al azar, sellados bajo la raíz en `llave.json`:",
        "se pueden destruir ([por qué](decisions/keys.md)). En un registro hecho antes de eso salen de la",
        "raíz hasta que se cambie.",
        "",
        "Those that sign to the outside are 32 random bytes, sealed under the root in `llave.json`: they can",
        "be destroyed. In a register from before that they come from the root until it is exchanged.",
    ]
    return "\n".join(lines) + "\n"


PAGES: dict[str, Callable[[], str]] = {
    "commands.md": commands_page,
    "errors.md": errors_page,
    "definitions.md": definitions_page,
    "comparisons.md": comparisons_page,
    "keys.md": keys_page,
}


def _languages(text: str) -> tuple[str, str]:
    words.use("en")
    english = words.say(text)
    words.use("es")
    return text, english


def _both(text: str) -> list[str]:
    spanish, english = _languages(text)
    return [spanish, "", f"*{english}*"] if spanish else []


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def main() -> int:
    for name, page in PAGES.items():
        (DOCS / name).write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
