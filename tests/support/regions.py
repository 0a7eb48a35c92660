"""Keys of regions for tests: passphrases of invented people, and a copy for an invented recipient abroad."""

from __future__ import annotations

from pyrage import x25519

from constancia.apps.accounts.models import User
from constancia.apps.regions.services import holding

ABROAD = x25519.Identity.generate()
RECIPIENT = str(ABROAD.to_public())


def passphrase(user: User) -> str:
    return f"una frase inventada de {user.username}"


def with_pair(*users: User) -> None:
    for user in users:
        holding.make_pair(user, passphrase(user))


def with_key(region: str, *users: User) -> int:
    """A key for `region` that `users` hold; its number."""
    with_pair(*users)
    return holding.make_key(region, users, [RECIPIENT])
