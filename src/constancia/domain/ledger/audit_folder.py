"""What lies in an auditor's folder, and is checked without the register that made it.

muestra.json               the sample (`auditing.Sample`)
anuncio.json               what was announced before (`auditing.Announcement`)
anuncio.tlog-proof         that it is in the log, and under which of its seals
anuncio-anterior.txt       that the log of that seal continues the log of the edition (`previous`)
caso-<index>/recibo.txt    the receipt (`receipt`)
caso-<index>/caso.json     the entry of the roster, opened (`disclosure`)
caso-<index>/hechos.jsonl  the records of the case, opened, one a line, each with its proof
caso-<index>/pruebas.json  the evidence files by their SHA-256; their place in the log is shown apart
caso-<index>/borrado.txt   in place of all others, where the key of the person is destroyed
caso-<index>/expediente.txt, LEEME.txt   for people
"""

from __future__ import annotations

SAMPLE, ANNOUNCED = "muestra.json", "anuncio.json"
ANNOUNCED_PROOF, ANNOUNCED_AFTER = "anuncio.tlog-proof", "anuncio-anterior.txt"
README = "LEEME.txt"
RECEIPT, CASE, RECORDS = "recibo.txt", "caso.json", "hechos.jsonl"
EVIDENCE, TOLD, ERASED = "pruebas.json", "expediente.txt", "borrado.txt"


def folder_of_case(index: int) -> str:
    """The name of the folder of a case, by its place on the roster."""
    return f"caso-{index:06d}"
