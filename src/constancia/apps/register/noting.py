"""What the register tells the trail of reading: called before anything is shown.

A list is one event with the people on it, by primary key, as long as they fit a page; of a longer one, only
how many. What was searched for is never kept: a keyed fingerprint tells that two searches were the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from typing import Any

from constancia.apps.accounts.models import User
from constancia.apps.register.models import Fact, Person
from constancia.domain.names import fold
from constancia.domain.vocabulary.deeds import Deed, OpeningReason, Outcome
from constancia.domain.vocabulary.states import state_code
from constancia.infra import trail, unlocked

LONGEST = 50
"""People whom an event names; a longer list is told by its length."""
PERSON = "person"
CLOSED = frozenset({"custody", "case_state", "sex", "profile", "pending"})
"""Filters whose values are terms of ours."""


def case_read(user: User, person: int, **said: Any) -> None:
    """Somebody is about to be shown the case of `person`."""
    trail.note(user.pk, Deed.CASE_READ, PERSON, person, said={k: v for k, v in said.items() if v})


def listed(user: User, persons: Iterable[int], where: str) -> None:
    """Somebody is about to be shown names, in a list or above a form; `where`: which page, in one word."""
    shown = sorted(set(persons))
    if len(shown) == 1:
        trail.note(user.pk, Deed.LISTED, PERSON, shown[0], said={"where": where})
    elif shown:
        trail.note(user.pk, Deed.LISTED, said={"where": where, **people(shown)})


def list_read(user: User, about: str, number: int, names: int) -> None:
    """Somebody is about to be shown names that others sent: `about` "list" or "announcement"."""
    trail.note(user.pk, Deed.LISTED, about, number, said={"n": names})


def list_source_read(user: User, number: int) -> None:
    """Somebody who works on a list is about to be shown who sent it, which is kept sealed."""
    said = {"reason": OpeningReason.REVIEWING.value}
    trail.note(user.pk, Deed.SOURCE_OPENED, "list", number, said=said)


def searched(user: User, text: str, filters: Mapping[str, Any], page: int, persons: Iterable[int]) -> None:
    """A search, and who was found on this page of it."""
    said = {**asked_for(text, filters), **({"page": page} if page > 1 else {})}
    trail.note(user.pk, Deed.SEARCHED, said={**said, **people(sorted(set(persons)))})


def exported(user: User, what: str, said: Mapping[str, Any], *, person: int | None = None) -> int:
    """Something of one person or of many is about to leave, or has left; the event's number."""
    about = PERSON if person is not None else ""
    return trail.note(user.pk, Deed.EXPORTED, about, person, said={"what": what, **said})


def leaving(user: User, what: str, said: Mapping[str, Any], rows: Iterable[str]) -> Iterator[str]:
    """`rows` of a file (the first are its head) on their way out. Noted now that it was asked for, and after
    the last row how many left and the file's SHA-256; of a file broken off, how many had left."""
    asked = exported(user, what, said)
    return _counted(user, what, asked, rows)


def _counted(user: User, what: str, asked: int, rows: Iterable[str]) -> Iterator[str]:
    digest, count, whole = sha256(), 0, False
    try:
        for row in rows:
            digest.update(row.encode())
            count += 1
            yield row
        whole = True
    finally:
        ended: dict[str, Any] = {"sha256": digest.hexdigest()} if whole else {"broken_off": True}
        exported(user, what, {"of": asked, "lines": count, **ended})


def asked_for(text: str, filters: Mapping[str, Any]) -> dict[str, Any]:
    """What was asked for, as the trail may know it: the closed terms of the filters; of what somebody wrote,
    a fingerprint."""
    told = {name: _term(name, value) for name, value in filters.items() if value}
    return {
        **({"sought": fingerprint(text)} if text.strip() else {}),
        **({"filters": told} if told else {}),
    }


def _term(name: str, value: Any) -> Any:
    if name == "state":
        return state_code(str(value)) or fingerprint(str(value))
    return value if name in CLOSED else fingerprint(str(value))


def refused(user: User, view: str, blanks: Mapping[str, Any], code: str) -> None:
    """`user` asked for what is not theirs or is not there. The answer does not say which; the trail does: the
    event is about the person whose case or fact it would have been."""
    found = None
    if "code" in blanks:
        found = Person.objects.filter(code=str(blanks["code"])[:20]).values_list("pk", flat=True).first()
    elif "seq" in blanks:
        facts = Fact.objects.filter(pk=blanks["seq"])
        found = facts.values_list("person_id", flat=True).first()
    about, number = (PERSON, found) if found is not None else ("page", None)
    said = {"view": view, "code": code}
    trail.note(user.pk, Deed.REFUSED, about, number, outcome=Outcome.REFUSED, said=said)


def fingerprint(text: str) -> str:
    """The same for the same words, whatever their accents and order; 16 hex digits, keyed."""
    return unlocked.codec().blind("search", " ".join(sorted(fold(text).split())))[:16]


def people(shown: list[int]) -> dict[str, Any]:
    return {"n": len(shown), **({"people": shown} if len(shown) <= LONGEST else {})}
