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
        _refuse_if_kept(*_digests(sending))


def keep() -> Callable[[], None] | None:
    """The step of every outermost transaction: keeps the key of the present sending; what it gives back is
    called once that is committed.

    Raises AlreadyDone where the key was kept before; InputRefused `retry.other` where it was, with something
    else in it: a program that uses a key twice.
    """
    sending = once.present()
    if sending is None or sending.done:
        return None
    key, fingerprint = _digests(sending)
    _refuse_if_kept(key, fingerprint)
    now = clock.now()
    Kept.objects.filter(kept_at__lt=now - timedelta(days=DAYS)).delete()
    Kept(key=key, fingerprint=fingerprint, kept_at=now).save(force_insert=True)

    def committed() -> None:
        sending.done = True

    return committed


def _digests(sending: once.Sending) -> tuple[bytes, bytes]:
    secret = unlocked.root().derive("retries/1")
    key = hmac.digest(secret, b"key\0" + sending.key.encode(), "sha256")
    return key, hmac.digest(secret, b"said\0" + sending.fingerprint, "sha256")


def _refuse_if_kept(key: bytes, fingerprint: bytes) -> None:
    before = Kept.objects.filter(key=key).first()
    if before is None:
        return
    if bytes(before.fingerprint) != fingerprint:
        raise InputRefused("retry.other")
    raise once.AlreadyDone(before.kept_at)
