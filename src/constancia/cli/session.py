"""One run of the command line: which home, which acting user, which form of output."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from constancia.cli import days, output, unlocking, words
from constancia.cli.late import late
from constancia.domain.catalogue import explain
from constancia.domain.errors import NotAllowed

if TYPE_CHECKING:
    from constancia.apps.accounts import queries as people
    from constancia.apps.accounts.models import User
    from constancia.apps.register import timing
    from constancia.apps.retries import services as retries
    from constancia.apps.upkeep import services as upkeep
    from constancia.infra import bootstrap, clock, modes, premises, secrets_unlock, unlocked
    from constancia.infra import home as homes
else:
    people = late("constancia.apps.accounts.queries")
    timing = late("constancia.apps.register.timing")
    retries = late("constancia.apps.retries.services")
    upkeep = late("constancia.apps.upkeep.services")
    bootstrap = late("constancia.infra.bootstrap")
    clock = late("constancia.infra.clock")
    homes = late("constancia.infra.home")
    modes = late("constancia.infra.modes")
    premises = late("constancia.infra.premises")
    secrets_unlock = late("constancia.infra.secrets_unlock")
    unlocked = late("constancia.infra.unlocked")


@dataclass(frozen=True)
class Session:
    """The options that every command takes."""

    folder: Path | None = None
    acting: str | None = None
    as_json: bool = False

    @staticmethod
    def of(context: typer.Context) -> Session:
        found = context.find_root().obj
        return found if isinstance(found, Session) else Session()

    def home(self) -> homes.Home:
        """The folder given by `--home`, else CONSTANCIA_HOME, else the user's own."""
        return homes.Home.find(self.folder)

    def start(self) -> homes.Home:
        """Unlocks the register and starts the applications on it; asks for a passphrase if one is needed."""
        found = self.home()
        premises.check(found)
        root = None if unlocked.is_unlocked() else secrets_unlock.unlock(found, ask=unlocking.ask)
        bootstrap.start(found, root)
        bootstrap.speak(words.language())
        retries.refuse_if_done()
        return found

    def start_by_person(self) -> homes.Home:
        """The same for a register that was closed with its key: only somebody at the keyboard opens it, and
        that is noted. Any other is started as `start` does."""
        found = self.home()
        closed = modes.state(found)
        if closed.mode is not modes.Mode.CLOSED:
            return self.start()
        premises.check(found)
        root = secrets_unlock.unlock(found, ask=unlocking.ask, by_person=True)
        modes.reopen(found)
        bootstrap.start(found, root)
        bootstrap.speak(words.language())
        upkeep.opened_again(closed)
        return found

    def warn(self) -> None:
        """Says on standard error that the clock is behind: whatever is recorded now bears a wrong instant."""
        behind = timing.clock_behind()
        if behind is not None:
            sys.stderr.write(f"[{behind.code}] {explain(behind, words.language())}\n")

    def user(self) -> User:
        """Who acts: `--as`, else the first active administrator: who holds the key holds the house."""
        self.warn()
        if self.acting is not None:
            user = people.person(None, self.acting)
            if not user.may_enter:
                raise NotAllowed("cli.user_disabled")
            return user
        administrators = people.administrators()
        if not administrators:
            raise NotAllowed("cli.no_administrator")
        return administrators[0]

    def as_of(self, text: str | None, option: str) -> date:
        """The day given, else today, in the organisation's zone."""
        zone = bootstrap.zone()
        return days.day(text, option) if text is not None else clock.now().astimezone(zone).date()

    def known_at(self, text: str | None, option: str, default: date | None = None) -> datetime:
        """The instant given (a day means its end), else the end of `default`; what has not come means now."""
        now: datetime = timing.known_now()
        if text is not None:
            return min(days.instant(text, option, bootstrap.zone()), now)
        if default is None or default > now.date():
            return now
        return min(days.end_of(default, bootstrap.zone()), now)

    def show(self, value: dict[str, Any]) -> bool:
        """Prints `value` where JSON was asked for; says whether it did."""
        if self.as_json:
            output.object_out(value)
        return self.as_json
