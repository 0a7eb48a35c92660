"""`constancia claims`: what others state in numbers."""

from __future__ import annotations

from constancia.cli.commands import claims_reconcile
from constancia.cli.words import later

NAME = "claims"
HELP = later("Las cifras de otros: lo que sigue de ellas y lo que se contradice.")
COMMANDS = [
    (
        "reconcile",
        claims_reconcile.reconcile,
        later("Qué se sigue de las cifras afirmadas, y cuáles no pueden ser ciertas a la vez."),
    ),
]
