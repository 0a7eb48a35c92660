"""Shares of the root key for people far away: each encrypted with age to one of them, any `need` open.

The slot in `llave.json` holds the root wrapped under a secret of its own, and that secret is what is shared:
whoever replaces the slot has revoked the shares, without touching anything else.
"""

from __future__ import annotations

import base64
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pyrage
from pyrage import x25519

from constancia.domain.errors import InputRefused, StoreRefused
from constancia.domain.sharing import SECRET, Share, join, split
from constancia.infra import keystore
from constancia.infra.files import open_to_others, private_folder, write_whole
from constancia.infra.home import Home
from constancia.infra.keystore import Keystore, Slot
from constancia.infra.secrets_unlock import RootKey, believed, read_ours, rewrite, shares_slot

LARGEST_FILE = 64 * 1024
TITLE = "constancia-share-1"


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a share: an age recipient ("age1…"), and the file that is for them."""

    number: int
    recipient: str
    file: Path


def share_out(home: Home, root: RootKey, need: int, recipients: Sequence[str], out: Path) -> list[Holder]:
    """New shares, one for each of `recipients`, any `need` of which open; the earlier ones open no more.

    The files are on the disk before the earlier shares stop working. Raises InputRefused: `share.numbers`,
    `share.recipient` (with its place), `share.recipient_twice`, `share.folder` (`out` holds something).
    """
    keys = check(need, recipients, out)
    secret = secrets.token_bytes(SECRET)
    shares = split(secret, need, len(keys))
    private_folder(out)
    holders = []
    for share, key in zip(shares, keys, strict=True):
        file = out / f"parte-{share.number}-de-{share.of}.age"
        write_whole(file, pyrage.encrypt(f"{TITLE}\n{share}\n".encode(), [key], armored=True))
        holders.append(Holder(share.number, str(key), file))
    with keystore.held(home):
        store = read_ours(home, root)
        kept = [slot for slot in store.slots if slot["kind"] != "shares"]
        slot = shares_slot(
            root,
            secret,
            {
                "need": need,
                "of": len(keys),
                "mark": shares[0].mark.hex(),
                "recipients": [str(key) for key in keys],
                "identities": [keystore.b64(share.identity()) for share in shares],
            },
        )
        rewrite(home, root, store.with_slots([*kept, slot]))
    return holders


def check(need: int, recipients: Sequence[str], out: Path) -> list[x25519.Recipient]:
    """The keys of `recipients`, where `share_out` would do. Raises as that."""
    keys = [_recipient(text, place) for place, text in enumerate(recipients, start=1)]
    if len({str(key) for key in keys}) < len(keys):
        raise InputRefused("share.recipient_twice")
    split(secrets.token_bytes(SECRET), need, len(keys))
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise InputRefused("share.folder")
    return keys


def open_with(home: Home, shares: Sequence[Share]) -> RootKey:
    """The root key out of enough shares.

    Raises InputRefused: `share.none` (the register has no shares out), `share.of_others` with the number of
    one that is not of the present set (older, of another register, or made up), and what `join` raises;
    StoreRefused `store.keystore`.
    """
    store = keystore.read(home)
    slot = next((one for one in store.slots if one["kind"] == "shares"), None)
    if slot is None:
        raise InputRefused("share.none")
    known = _identities(slot)
    for share in shares:
        if share.identity() not in known:
            raise InputRefused("share.of_others", number=share.number)
    secret = keystore.unwrap(slot, join(shares))
    if secret is None:
        raise StoreRefused("store.keystore")
    return believed(store, secret)


def slot_of(store: Keystore) -> Slot | None:
    """The slot of shares, if some are out."""
    return next((one for one in store.slots if one["kind"] == "shares"), None)


def read_share(path: Path) -> Share:
    """The share in a file that its holder has decrypted, or typed. Raises InputRefused `share.file`,
    `share.damaged`."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise InputRefused("share.file", file=path.name)
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputRefused("share.file", file=path.name) from error
    try:
        return Share.read(text.removeprefix(TITLE))
    except InputRefused:
        raise InputRefused("share.damaged_file", file=path.name) from None


def decrypt_share(path: Path, identity: Path) -> Share:
    """On the holder's machine: the share in an encrypted file, by the holder's age identity.

    Raises InputRefused: `share.identity`, `share.not_yours`, `share.file`, `share.damaged_file`; StoreRefused
    `share.identity_mode`.
    """
    text = decrypted(path, identity)
    try:
        return Share.read(text.removeprefix(TITLE))
    except InputRefused:
        raise InputRefused("share.damaged_file", file=path.name) from None


def decrypted(path: Path, identity: Path) -> str:
    """The text of a small age file, by the identity in another. Raises as `decrypt_share`."""
    keys = _identity_file(identity)
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise InputRefused("share.file", file=path.name)
        return pyrage.decrypt(path.read_bytes(), keys).decode()  # type: ignore[no-any-return]
    except OSError as error:
        raise InputRefused("share.file", file=path.name) from error
    except pyrage.DecryptError as error:
        raise InputRefused("share.not_yours", file=path.name) from error
    except UnicodeDecodeError as error:
        raise InputRefused("share.damaged_file", file=path.name) from error


def new_identity(path: Path) -> str:
    """A new age identity in a new file at `path` (0600), as `age-keygen` writes it; its public recipient.

    Raises InputRefused `share.identity_taken`.
    """
    if path.exists():
        raise InputRefused("share.identity_taken", file=path.name)
    made = x25519.Identity.generate()
    recipient = str(made.to_public())
    write_whole(path, f"# public key: {recipient}\n{made}\n".encode())
    return recipient


def _identity_file(path: Path) -> list[x25519.Identity]:
    try:
        mode = open_to_others(path)
        lines = path.read_text(encoding="utf-8").splitlines() if mode is None else []
    except (OSError, UnicodeDecodeError) as error:
        raise InputRefused("share.identity", file=path.name) from error
    if mode is not None:
        raise StoreRefused("share.identity_mode", file=path.name, mode=mode)
    try:
        found = [x25519.Identity.from_str(line.strip()) for line in lines if line.strip() and line[0] != "#"]
    except pyrage.IdentityError as error:
        raise InputRefused("share.identity", file=path.name) from error
    if not found:
        raise InputRefused("share.identity", file=path.name)
    return found


def _recipient(text: str, place: int) -> x25519.Recipient:
    try:
        return x25519.Recipient.from_str(text.strip())
    except pyrage.RecipientError as error:
        raise InputRefused("share.recipient", place=place) from error


def _identities(slot: Slot) -> set[bytes]:
    try:
        return {base64.b64decode(one, validate=True) for one in slot["identities"]}
    except (KeyError, TypeError, ValueError) as error:
        raise StoreRefused("store.keystore") from error
