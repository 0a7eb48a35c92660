"""The command of the single file `verificar.py`; `constancia verify` is the same with more furniture."""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from getpass import getpass
from io import TextIOWrapper
from pathlib import Path
from typing import IO

from constancia.domain.ledger.refused import ProofRefused
from constancia.verifier.bundle import open_bundle
from constancia.verifier.report import Report, StepResult
from constancia.verifier.steps import Asked, verify
from constancia.verifier.telling import Sentences, filled, last_lines, step_lines

HOLDS, BREAKS, MISUSED, INTERRUPTED = 0, 6, 2, 130
"""Exit codes: everything holds; something does not; the command line cannot be understood; Ctrl+C."""

_KEY = re.compile(r"[0-9a-fA-F]{64}")

_HELP = {
    "bundle": "carpeta o zip de la edición; si falta, la carpeta de este programa / "
    "folder or zip of the edition; the folder of this program if left out",
    "previous": "la edición anterior, para comparar / the edition before, to compare",
    "policy": "sus propias reglas (tlog-policy) / your own rules",
    "key": "la llave de publicación que usted espera, 64 cifras / the publication key that you expect",
    "receipt": "el recibo de una familia, o - para escribirlo sin que quede en pantalla / "
    "a family's receipt, or - to type it without a trace",
    "language": "es | en",
    "json": "un objeto JSON / one JSON object",
}


def main(arguments: Sequence[str], sentences: Sentences, out: IO[str] | None = None) -> int:
    """Verifies what the command line says and tells it; the exit code. `sentences`: the words of errors."""
    options = _parser().parse_args(list(arguments))
    told = out or sys.stdout
    if isinstance(told, TextIOWrapper):  # a terminal that cannot write accents must not end the checking
        told.reconfigure(errors="replace")
    try:
        asked = asked_of(options.bundle, options.previous, options.policy, options.key)
        asked = replace(asked, receipt=_receipt(options.receipt))
    except ProofRefused as refused:
        words = sentences.get(refused.code, {}).get(options.lang, refused.code)
        sys.stderr.write(f"[{refused.code}] {filled(words, refused.params)}\n")
        return MISUSED

    def tell(step: StepResult) -> None:
        if not options.json:
            _say(told, *step_lines(step, options.lang, sentences))

    try:
        report = verify(asked, tell)
    except KeyboardInterrupt:
        return INTERRUPTED
    if options.json:
        _say(told, json.dumps(report.shape(), ensure_ascii=False, indent=2))
    else:
        _say(told, *last_lines(report, options.lang))
    return exit_code(report)


def exit_code(report: Report) -> int:
    return HOLDS if report.holds else BREAKS


def asked_of(bundle: str, previous: str | None, policy: str | None, key: str | None) -> Asked:
    """What is asked, from the words of a command line. Raises ProofRefused: `proof.policy_file` for a policy
    that cannot be read, `proof.key_text` for a key that is none."""
    return Asked(
        bundle=partial(open_bundle, bundle),
        previous=None if previous is None else partial(open_bundle, previous),
        policy=None if policy is None else _policy(policy),
        key=None if key is None else _key(key),
    )


def _policy(path: str) -> bytes:
    try:
        with Path(path).open("rb") as file:
            return file.read(1_000_000)
    except (OSError, ValueError):
        raise ProofRefused("proof.policy_file") from None


def _key(text: str) -> bytes:
    if not _KEY.fullmatch(text):
        raise ProofRefused("proof.key_text")
    return bytes.fromhex(text)


def _receipt(text: str | None) -> str | None:
    return getpass("? ") if text == "-" else text


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="verificar.py", description="Comprueba una edición / Checks an edition", allow_abbrev=False
    )
    here = os.path.dirname(os.path.abspath(sys.argv[0] or "."))
    parser.add_argument("bundle", nargs="?", default=here, help=_HELP["bundle"])
    parser.add_argument("--previous", help=_HELP["previous"])
    parser.add_argument("--policy", help=_HELP["policy"])
    parser.add_argument("--key", help=_HELP["key"])
    parser.add_argument("--receipt", help=_HELP["receipt"])
    parser.add_argument("--lang", choices=("es", "en"), default="es", help=_HELP["language"])
    parser.add_argument("--json", action="store_true", help=_HELP["json"])
    return parser


def _say(told: IO[str], *lines: str) -> None:
    for line in lines:
        told.write(line + "\n")
    told.flush()
