"""Where else the name of somebody stands who is to be erased: a hint for whoever asks and whoever approves.

Exact: the words of a name of theirs, side by side, whatever their accents and capitals. Nothing is done with
what is found. Looked for when somebody asks, through every free text that this user may know of: there is no
index of those.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, allow, may
from constancia.apps.claims.models import Document, Statement
from constancia.apps.register import histories, noting
from constancia.apps.register.access import may_know_of, only_visible, within_reach
from constancia.apps.register.models import Fact, Review
from constancia.domain.facts.redactable import DATE_WORDS, FIELDS, erasable
from constancia.domain.names import fold
from constancia.domain.vocabulary.deeds import Deed
from constancia.infra import trail

MOST = 200
"""No more facts, reviews, documents and statements than this are told of each."""
AT_A_TIME = 2000
WORDS = 2
"""A name of fewer words would be found everywhere."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class MentionedIn:
    """A fact of somebody else, or a review of one (`review`), that has the name in these `fields`."""

    fact: int
    kind: str
    code: str
    fields: tuple[str, ...] = ()
    review: int = 0


@dataclass(frozen=True, slots=True)
class Mentions:
    """`names`: how many names were looked for; `documents`: number and title of what others published;
    `statements`: numbers. `cut`: there are more than are told."""

    names: int
    facts: tuple[MentionedIn, ...]
    documents: tuple[tuple[int, str], ...]
    statements: tuple[int, ...]
    cut: bool


@within_reach
def mentions_of(user: User, persons: Collection[int], request: int) -> Mentions:
    """Raises NotAllowed. Noted in the trail as a search."""
    allow(user, Permission.IDENTITY_READ)
    sought = _Sought(_names(persons))
    facts = _up_to(_in_facts(user, persons, sought)) if sought.names else []
    notes = _up_to(_in_notes(user, persons, sought)) if sought.names else []
    documents: list[tuple[int, str]] = []
    statements: list[int] = []
    if sought.names and may(user, Permission.CLAIMS_READ):
        papers = Document.objects.order_by("pk").values_list("pk", "title", "text").iterator(100)
        documents = _up_to((pk, title) for pk, title, text in papers if sought.found_in(f"{title} {text}"))
        said = Statement.objects.order_by("pk").values_list("pk", "words").iterator(AT_A_TIME)
        statements = _up_to(pk for pk, words in said if sought.found_in(words))
    shown = {one.fact for one in (*facts, *notes)}
    whose = set(Fact.objects.filter(pk__in=shown).values_list("person_id", flat=True))
    trail.note(
        user.pk, Deed.SEARCHED, "erasure", request,
        said={"documents": len(documents), **noting.people(sorted(whose))},
    )  # fmt: skip
    parts: tuple[list[object], ...] = (list(facts), list(notes), list(documents), list(statements))
    return Mentions(
        len(sought.names),
        (*facts[:MOST], *notes[:MOST]),
        tuple(documents[:MOST]),
        tuple(statements[:MOST]),
        any(len(part) > MOST for part in parts),
    )


class _Sought:
    """Names, folded; a text is folded only where the longest word of one of them may stand in it."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names = {f" {name} " for name in map(fold, names) if len(name.split()) >= WORDS}
        self._longest = {max(name.split(), key=len) for name in self.names}

    def found_in(self, text: str) -> bool:
        plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()
        if not any(word in plain for word in self._longest):
            return False
        folded = f" {fold(text)} "
        return any(name in folded for name in self.names)


def _names(persons: Collection[int]) -> list[str]:
    loaded = histories.load(sorted(persons), {}, unsealed=histories.READ_FOR_DERIVING)
    return [
        one.fields.get("full") or one.fields.get("value") or ""
        for history in loaded
        for one in history.facts
        if one.kind in ("name", "alias")
    ]


def _in_facts(user: User, persons: Collection[int], sought: _Sought) -> Iterator[MentionedIn]:
    kinds = [kind for kind in FIELDS if may_know_of(user, kind)]
    rows = only_visible(Fact.objects.filter(kind__in=kinds), user).exclude(person__in=persons)
    numbers = list(rows.filter(person__erased__isnull=True).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(numbers), AT_A_TIME):
        piece = list(
            Fact.objects.filter(pk__in=numbers[start : start + AT_A_TIME])
            .order_by("pk")
            .select_related("person")
        )
        # What the key of a region closes is not read here.
        piece = [row for row in piece if not histories.is_held(bytes(row.sealed or b""))]
        sealed = [row for row in piece if row.sealed is not None]
        opened = histories.open_fields(
            (bytes(row.person.subject), row.pk, bytes(row.sealed or b"")) for row in sealed
        )
        told = dict(zip((row.pk for row in sealed), opened, strict=True))
        for row in piece:
            fields = told.get(row.pk, row.fields)
            there = erasable(row.kind, fields, row.words)
            found = tuple(
                name
                for name in there
                if sought.found_in(str(row.words if name == DATE_WORDS else fields[name]))
            )
            if found:
                yield MentionedIn(row.pk, row.kind, row.person.code, found)


def _in_notes(user: User, persons: Collection[int], sought: _Sought) -> Iterator[MentionedIn]:
    rows = Review.objects.filter(fact__isnull=False).exclude(note="").exclude(fact__person__in=persons)
    seen = only_visible(Fact.objects.filter(reviews__in=rows), user)
    for row in rows.filter(fact__in=seen.values("pk")).order_by("pk").select_related("fact__person"):
        fact = row.fact
        if fact is not None and may_know_of(user, fact.kind) and sought.found_in(row.note):
            yield MentionedIn(fact.pk, fact.kind, fact.person.code, review=row.pk)


def _up_to(found: Iterable[T]) -> list[T]:
    told: list[T] = []
    for one in found:
        told.append(one)
        if len(told) > MOST:
            break
    return told
