"""Every key that comes from the root: for what, what it protects, how it is changed (ASVS 5.0, 11.1.1).

A test holds it to the labels that the code derives. Who answers for all of them is the administrator who
holds the passphrase; `ROTATION` is what the house asks of each.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Rotation = Literal["kek", "db", "django", "never"]


@dataclass(frozen=True, slots=True)
class DerivedKey:
    """`purpose`: the label without its epoch; `rotation`: the argument of `constancia keys rotate`, or never;
    `kind`: the algorithm it is used with, and no other."""

    purpose: str
    kind: str
    protects_es: str
    protects_en: str
    rotation: Rotation = "never"

    def protects(self, language: str) -> str:
        return self.protects_en if language == "en" else self.protects_es


KEYS = (
    DerivedKey(
        "keystore", "HMAC-SHA256",
        "que nadie cambie llave.json sin tener la llave",
        "that nobody alters llave.json without the key",
    ),
    DerivedKey(
        "db", "SQLCipher AES-256",
        "registro.db: páginas, índices, búsqueda",
        "registro.db: pages, indexes, search", "db",
    ),
    DerivedKey(
        "keyring", "SQLCipher AES-256",
        "claves.db: las llaves de cada persona, envueltas",
        "claves.db: the keys of each person, wrapped", "db",
    ),
    DerivedKey(
        "sessions", "SQLCipher AES-256",
        "sesiones.db: quién ha entrado", "sesiones.db: who is signed in", "db",
    ),
    DerivedKey(
        "trail", "SQLCipher AES-256",
        "auditoria.db: quién leyó y buscó qué", "auditoria.db: who read and searched what", "db",
    ),
    DerivedKey(
        "kek", "AES-256-GCM",
        "cada llave de persona, fuente o archivo dentro de claves.db",
        "each key of a person, source or file within claves.db", "kek",
    ),
    DerivedKey(
        "blind", "HMAC-SHA256",
        "que un número de documento se encuentre sin guardarlo",
        "that a document number is found without being stored",
    ),
    DerivedKey(
        "totp", "AES-256-GCM",
        "los secretos de los segundos factores",
        "the secrets of second factors",
    ),
    DerivedKey(
        "django", "HMAC-SHA256",
        "la firma de sesiones, enlaces y formularios",
        "the signature of sessions, links and forms", "django",
    ),
    DerivedKey(
        "retries", "HMAC-SHA256",
        "que lo enviado dos veces se reconozca sin guardarlo",
        "that what is sent twice is recognised without being stored",
    ),
    DerivedKey(
        "ledger-hechos", "Ed25519", "los sellos de la bitácora de hechos", "the seals of the log of facts"
    ),
    DerivedKey(
        "ledger-casos", "Ed25519", "los sellos de la bitácora de casos", "the seals of the log of cases"
    ),
    DerivedKey(
        "ledger-house", "HMAC-SHA256",
        "los compromisos de la bitácora sobre lo que no es de una persona",
        "the log's commitments to what is about no person",
    ),
    DerivedKey(
        "ledger-lost", "HMAC-SHA256",
        "las pruebas de totales donde se borró a alguien",
        "the proofs of totals where somebody was erased",
    ),
    DerivedKey(
        "publishing-signature", "Ed25519", "la firma de las ediciones", "the signature of editions"
    ),
)  # fmt: skip


def by_purpose() -> dict[str, DerivedKey]:
    return {one.purpose: one for one in KEYS}
