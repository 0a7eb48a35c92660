"""Keeping the key of what is recorded, in the transaction that records it."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from datetime import timedelta

from constancia.apps.retries.models import Kept
from constancia.domain.errors import InputRefused
from constancia.infra import clock, once, unlocked

DAYS = 7
"""Whoever sends something again after as many days looks first whether it is there."""


def refuse_if_done() -> None:
    """For interfaces, before anything else: a check that the first sending made true ("there is one of that
    name already") must not be what answers the second.

    Raises AlreadyDone, InputRefused `retry.other` as `keep` does.
    """
    sending = once.present()
    if sending is not None and not sending.done:
        _refuse_if_kept(sending)


def keep() -> Callable[[], None] | None:
    """The step of every outermost transaction: keeps the key of the present sending; what it gives back is
    called once that is committed.

    Raises AlreadyDone where the key was kept before; InputRefused `retry.other` where it was, with something
    else in it: a program that uses a key twice.
    """
    sending = once.present()
    if sending is None or sending.done:
        return None
    key, fingerprint = _digests(sending, unlocked.root().current("retries"))
    _refuse_if_kept(sending)
    now = clock.now()
    Kept.objects.filter(kept_at__lt=now - timedelta(days=DAYS)).delete()
    Kept(key=key, fingerprint=fingerprint, kept_at=now).save(force_insert=True)

    def committed() -> None:
        sending.done = True

    return committed


def _digests(sending: once.Sending, secret: bytes) -> tuple[bytes, bytes]:
    key = hmac.digest(secret, b"key\0" + sending.key.encode(), "sha256")
    return key, hmac.digest(secret, b"said\0" + sending.fingerprint, "sha256")


def _refuse_if_kept(sending: once.Sending) -> None:
    # After a new root, what was kept under the old one is still met for as long as rows are kept.
    root = unlocked.root()
    before = root.earlier("retries")
    for secret in (root.current("retries"), *([] if before is None else [before])):
        key, fingerprint = _digests(sending, secret)
        found = Kept.objects.filter(key=key).first()
        if found is None:
            continue
        if bytes(found.fingerprint) != fingerprint:
            raise InputRefused("retry.other")
        raise once.AlreadyDone(found.kept_at)
