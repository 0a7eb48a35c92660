"""The mode of the register and the changes of its keys. `by` is the acting user; None is the holder of the
key at the command line."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress

from django.db import connections

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, allow
from constancia.apps.accounts.services import authenticate
from constancia.apps.ledger.services.appending import append_notice
from constancia.domain.errors import DeploymentRefused, InputRefused, StoreRefused
from constancia.domain.vocabulary.deeds import Deed
from constancia.infra import clock, modes, rotation, running, trail, unlocked
from constancia.infra.modes import Mode, State
from constancia.infra.sqlcipher.side_file import close_all
from constancia.infra.writer import writing

GRACE_SECONDS = 0.7
"""Between the answer to whoever closes the register and the end of the site, so that it arrives."""

_log = logging.getLogger("constancia.upkeep")


def set_mode(by: User | None, mode: Mode, reason: str = "") -> State:
    """Read-only or normal, for everybody and until somebody changes it. Raises NotAllowed, InputRefused
    `mode.reason`."""
    _allowed(by)
    if mode is Mode.CLOSED:
        raise ValueError("a register is closed by `close`")
    state = modes.change(unlocked.home(), mode, reason)
    trail.note(_who(by), Deed.MODE_CHANGED, said={"mode": state.mode.value, "reason": state.reason})
    return state


def close(by: User, password: str, end: Callable[[], None] | None = None) -> None:
    """Close the register with its key: the whole site ends a moment after this returns, and only a person
    with the passphrase opens it again. `end` ends it, for tests.

    Raises NotAllowed, InputRefused `lock.password`. Whatever else goes wrong, the site ends.
    """
    _allowed(by)
    try:
        authenticate(by.username, password)
    except InputRefused:
        raise InputRefused("lock.password") from None
    home = unlocked.home()
    for step in (
        lambda: modes.change(home, Mode.CLOSED),
        lambda: trail.note(by.pk, Deed.MODE_CHANGED, said={"mode": Mode.CLOSED.value, "reason": ""}),
    ):
        try:
            step()
        except Exception:  # a full disk must not keep the register open
            _log.error("closing: a step failed")
    end_soon(end)


def end_soon(end: Callable[[], None] | None = None) -> None:
    """The site of this register ends, and this process, a moment after this returns. `end`: for tests."""
    threading.Thread(target=end or _end, daemon=True).start()


def opened_again(since: State) -> None:
    """A person has unlocked a register that was closed: what its mode is now stands in the home already."""
    when = since.since.isoformat() if since.since else ""
    trail.note(None, Deed.UNLOCKED, said={"closed_since": when})


def noted(what: str, said: Mapping[str, str | int] | None = None, by: User | None = None) -> None:
    """A key was changed by `by`: in the trail, and in the log as a notice of kind "keys". Neither says
    anything that opens. A register that may only be read notes it in the trail alone."""
    details = {"what": what, **(said or {})}
    event = trail.note(_who(by), Deed.KEY_CHANGED, said=details)
    with suppress(StoreRefused), writing():
        # The event's number keeps apart what is done twice in a week: the log takes each entry once.
        append_notice("keys", {**details, "event": event}, clock.now())


def rotate(what: rotation.Rotated) -> dict[str, int]:
    """The next epoch of these keys; the epochs that changed. Raises InputRefused `keys.serving` where the
    site is open, and what `infra.rotation` raises. No connection of this process may be in a transaction."""
    home, before, url = unlocked.home(), unlocked.root(), unlocked.database_url()
    with closed_site():
        after = rotation.rotate(home, before, what)
        unlocked.set_root(after, home, url)
    changed = {
        purpose: after.epoch(purpose)
        for purpose in rotation.PURPOSES[what]
        if after.epoch(purpose) != before.epoch(purpose)
    }
    noted(f"rotated-{what}", changed)
    return changed


@contextmanager
def closed_site() -> Iterator[None]:
    """Nobody serves the site meanwhile, and no file of the register is open in this process when it begins.
    Raises InputRefused `keys.serving`."""
    with ExitStack() as held:
        try:
            held.enter_context(running.serving(unlocked.home()))
        except DeploymentRefused as refusal:
            if refusal.code != "serve.running":
                raise
            raise InputRefused("keys.serving") from None
        connections.close_all()
        close_all()
        trail.close()
        yield


def _end() -> None:
    time.sleep(GRACE_SECONDS)
    try:
        running.end(unlocked.home())
    finally:
        # Not served by `constancia serve`, or not to be ended by asking: this process at least goes.
        os._exit(0)


def _allowed(by: User | None) -> None:
    if by is not None:
        allow(by, Permission.KEYS_MANAGE)


def _who(by: User | None) -> int | None:
    return None if by is None else by.pk
