"""The `edition` group: what is published, from draft to site."""

from __future__ import annotations

from constancia.cli.commands import editions_making, editions_reading, editions_texts
from constancia.cli.words import later

NAME = "edition"
HELP = later("Lo que se publica: borradores, comprobación, aprobación, archivos firmados, sitio.")
COMMANDS = [*editions_making.COMMANDS, *editions_reading.COMMANDS, *editions_texts.COMMANDS]
