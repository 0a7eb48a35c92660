"""Every key that comes from the root: for what, what it protects, how it is changed (ASVS 5.0, 11.1.1).

A test holds it to the labels that the code derives. Who answers for all of them is the administrator who
holds the passphrase; `ROTATION` is what the house asks of each.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Rotation = Literal["kek", "db", "django", "log", "never"]
Follows = Literal["anew", "file", "rewrapped", "resealed", "rebuilt", "remembered", "carried", "written"]
"""How a purpose follows a new root, in words in WAYS."""
WAYS: dict[Follows, tuple[str, str]] = {
    "anew": (
        "lo hecho desde entonces va con la nueva, y nada de antes necesita la vieja",
        "what is made from then on is under the new key, and nothing before needs the old one",
    ),
    "file": ("su archivo se cifra otra vez", "its file is encrypted anew"),
    "rewrapped": ("lo que envuelve se envuelve otra vez", "what it wraps is wrapped anew"),
    "resealed": ("lo sellado se sella otra vez", "what it sealed is sealed anew"),
    "rebuilt": ("lo que se deriva con ella se deriva otra vez", "what is derived with it is derived anew"),
    "remembered": (
        "otra desde entonces; la vieja se guarda siete días, sellada, y se destruye",
        "another from then on; the old one is kept for seven days, sealed, and destroyed",
    ),
    "carried": (
        "la misma, sellada bajo la raíz nueva en llave.json",
        "the same, sealed under the new root in llave.json",
    ),
    "written": (
        "es de llave.json, que se escribe otra vez",
        "it belongs to llave.json, which is written anew",
    ),
}


@dataclass(frozen=True, slots=True)
class DerivedKey:
    """`purpose`: the label without its epoch; `rotation`: the argument of `constancia keys rotate`, "log" for
    `constancia ledger keys rotate`, or never; `kind`: the algorithm it is used with, and no other;
    `follows`: how it follows a new root; `kept`: its first key is carried for good besides, for what only it
    recognises."""

    purpose: str
    kind: str
    protects_es: str
    protects_en: str
    rotation: Rotation = "never"
    follows: Follows | None = None
    kept: bool = False

    def protects(self, language: str) -> str:
        return self.protects_en if language == "en" else self.protects_es


KEYS = (
    DerivedKey(
        "keystore", "HMAC-SHA256",
        "que nadie cambie llave.json sin tener la llave",
        "that nobody alters llave.json without the key", follows="written",
    ),
    DerivedKey(
        "carried", "AES-256-GCM",
        "en llave.json: las llaves que no salen de la raíz",
        "in llave.json: the keys that do not come from the root", follows="written",
    ),
    DerivedKey(
        "succession", "AES-256-GCM",
        "en llave.json, mientras se cambia la raíz: la nueva",
        "in llave.json, while the root is exchanged: the new one", follows="written",
    ),
    DerivedKey(
        "db", "SQLCipher AES-256",
        "registro.db: páginas, índices, búsqueda",
        "registro.db: pages, indexes, search", "db", follows="file",
    ),
    DerivedKey(
        "keyring", "SQLCipher AES-256",
        "claves.db: las llaves de cada persona, envueltas",
        "claves.db: the keys of each person, wrapped", "db", follows="file",
    ),
    DerivedKey(
        "sessions", "SQLCipher AES-256",
        "sesiones.db: quién ha entrado", "sesiones.db: who is signed in", "db", follows="file",
    ),
    DerivedKey(
        "trail", "SQLCipher AES-256",
        "auditoria.db: quién leyó y buscó qué",
        "auditoria.db: who read and searched what", "db", follows="file",
    ),
    DerivedKey(
        "kek", "AES-256-GCM",
        "cada llave de persona, fuente o archivo dentro de claves.db",
        "each key of a person, source or file within claves.db", "kek", follows="rewrapped",
    ),
    DerivedKey(
        "blind", "HMAC-SHA256",
        "que un número de documento se encuentre sin guardarlo",
        "that a document number is found without being stored", follows="rebuilt", kept=True,
    ),
    DerivedKey(
        "totp", "AES-256-GCM",
        "los secretos de los segundos factores",
        "the secrets of second factors", follows="resealed",
    ),
    DerivedKey(
        "django", "HMAC-SHA256",
        "la firma de sesiones, enlaces y formularios",
        "the signature of sessions, links and forms", "django", follows="anew",
    ),
    DerivedKey(
        "retries", "HMAC-SHA256",
        "que lo enviado dos veces se reconozca sin guardarlo",
        "that what is sent twice is recognised without being stored", follows="remembered",
    ),
    DerivedKey(
        "ledger-hechos", "Ed25519", "los sellos de la bitácora de hechos", "the seals of the log of facts",
        rotation="log", follows="carried",
    ),
    DerivedKey(
        "ledger-casos", "Ed25519", "los sellos de la bitácora de casos", "the seals of the log of cases",
        rotation="log", follows="carried",
    ),
    DerivedKey(
        "ledger-house", "HMAC-SHA256",
        "los compromisos de la bitácora sobre lo que no es de una persona",
        "the log's commitments to what is about no person", follows="carried",
    ),
    DerivedKey(
        "ledger-lost", "HMAC-SHA256",
        "las pruebas de totales donde se borró a alguien",
        "the proofs of totals where somebody was erased", follows="carried",
    ),
    DerivedKey(
        "publishing-signature", "Ed25519", "la firma de las ediciones", "the signature of editions",
        follows="carried",
    ),
)  # fmt: skip


def by_purpose() -> dict[str, DerivedKey]:
    return {one.purpose: one for one in KEYS}
