"""Keys that do not come from the root: each 32 random bytes, sealed under the root in `llave.json`.

What signs for the house outside is so from the beginning: a key that is made from the root is there for as
long as the root is, and cannot be destroyed. When the root is exchanged, what could not be made anew is
carried along in the same way.

Sealed: nonce (12, random) | AES-256-GCM under "carried/1", bound to the label.
"""

from __future__ import annotations

import base64
import os
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import datetime

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from constancia.domain.errors import StoreRefused
from constancia.infra.keystore import NONCE, Keystore, b64

LABEL = "carried/1"
OF_THEIR_OWN = ("ledger-hechos/1", "ledger-casos/1", "publishing-signature/1")
"""Of a register made since there are such keys; an older one makes them from its root."""


def with_keys(
    store: Keystore, key: bytes, keys: Mapping[str, bytes], until: datetime | None = None
) -> Keystore:
    """The same keystore with these keys (by label) carried in it. `key`: that of LABEL; `until`: when they
    are thrown away, if ever."""
    wrapper, sealed = AESGCM(key), {}
    for label, one in keys.items():
        nonce = os.urandom(NONCE)
        sealed[label] = b64(nonce + wrapper.encrypt(nonce, one, _bound(label)))
    ends = dict.fromkeys(keys, until.isoformat()) if until is not None else {}
    kept = {label: when for label, when in store.until.items() if label not in keys}
    return replace(store, carried={**store.carried, **sealed}, until={**kept, **ends})


def without(store: Keystore, labels: AbstractSet[str]) -> Keystore:
    """The same without the keys of these labels."""
    return replace(
        store,
        carried={label: sealed for label, sealed in store.carried.items() if label not in labels},
        until={label: when for label, when in store.until.items() if label not in labels},
    )


def outlived(store: Keystore, now: datetime) -> set[str]:
    """The labels of the keys whose time is over."""
    return {label for label, when in store.until.items() if datetime.fromisoformat(when) <= now}


def opened(store: Keystore, key: bytes) -> dict[str, bytes]:
    """Label → key. Raises StoreRefused `store.keystore`."""
    wrapper, found = AESGCM(key), {}
    try:
        for label, sealed in store.carried.items():
            raw = base64.b64decode(sealed, validate=True)
            found[label] = wrapper.decrypt(raw[:NONCE], raw[NONCE:], _bound(label))
    except (InvalidTag, ValueError) as error:
        raise StoreRefused("store.keystore") from error
    return found


def _bound(label: str) -> bytes:
    return f"constancia/carried/1|{label}".encode()
