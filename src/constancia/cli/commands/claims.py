"""The `claims` group: what others say, read, confirmed, compared and reconciled."""

from __future__ import annotations

from constancia.cli.commands import (
    claims_amending,
    claims_compare,
    claims_deciding,
    claims_documents,
    claims_read,
    claims_reconcile,
)
from constancia.cli.words import later

NAME = "claims"
HELP = later("Lo que dicen otros: leerlo, confirmarlo, compararlo y conciliarlo.")
COMMANDS = [
    *claims_read.COMMANDS,
    *claims_documents.COMMANDS,
    *claims_amending.COMMANDS,
    *claims_deciding.COMMANDS,
    *claims_compare.COMMANDS,
    *claims_reconcile.COMMANDS,
]
