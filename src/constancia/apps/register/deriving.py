"""From the facts of some people to everything derived from them: states, cards, regions, search, queues.

Runs in the transaction that recorded the facts, and in `rebuild`, which must give exactly the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import tzinfo
from typing import Any

from django.db.models import Max, Model

from constancia.apps.register import erased, residue, search
from constancia.apps.register.cards import Card, card_of, live_facts, pending_facts, regions_of
from constancia.apps.register.identity import micros
from constancia.apps.register.models import (
    CaseCard,
    CaseRegion,
    DocumentDigest,
    ExternalKey,
    PendingReview,
    State,
    StateChange,
)
from constancia.apps.register.terms import Terms
from constancia.domain.facts.record import Fact, History
from constancia.domain.grading import Policy
from constancia.domain.names import fold as folded
from constancia.domain.timeline import fold
from constancia.domain.timeline.state import StateVersion
from constancia.infra import unlocked
from constancia.infra.bulk import columns, in_pieces, insert

_STATE_FIELDS = [field.name for field in fields(StateVersion)]
_IS_TEXT = [field.type == "str" for field in fields(StateVersion)]
TEXT_COLUMNS = frozenset(field.name for field in fields(StateVersion) if field.type == "str")
_STATE_COLUMNS = ["id", *("detention_id" if name == "detention" else name for name in _STATE_FIELDS)]


@dataclass(frozen=True, slots=True)
class Anchor:
    """What is derived beside a history: the person's code and the region the case was entered from."""

    code: str
    region: str


class Deriver:
    """Writes what is derived from histories. One per transaction; `close` writes the interned texts."""

    def __init__(self, policy: Policy, zone: tzinfo) -> None:
        self._policy = policy
        self._zone = zone
        self._terms = Terms()
        self._erased = erased.everybody()
        self._state_id = (State.objects.aggregate(top=Max("id"))["top"] or 0) + 1
        self._change_seq = (StateChange.objects.aggregate(top=Max("seq"))["top"] or 0) + 1

    def derive(self, histories: Sequence[History], anchors: Mapping[int, Anchor], *, fresh: bool) -> None:
        """Rewrite everything derived for `histories`. `fresh`: the people are new, nothing to delete.

        Histories come with the fields of names, aliases, document numbers and birth dates in clear.
        """
        self.weigh(histories, fresh=fresh)
        if not fresh:
            self._clear(histories, (CaseRegion, DocumentDigest, ExternalKey))
            search.remove([history.person for history in histories])
        regions: list[tuple[int, str]] = []
        documents: list[search.Document] = []
        digests: list[tuple[int, str]] = []
        keys: list[tuple[int, str, str]] = []
        for history in histories:
            live = live_facts(history)
            anchor = anchors[history.person]
            places = regions_of(live, anchor.region)
            regions.extend((history.person, region) for region in sorted(places))
            if history.person in self._erased:
                continue  # whoever could see the case is still told that it was erased
            documents.append(_document(history.person, anchor.code, live, places))
            digests.extend((history.person, digest) for digest in _digests(live))
            keys.extend(
                (history.person, f.fields["scheme"], f.fields["value"])
                for f in live
                if f.kind == "external_id"
            )
        insert(CaseRegion, regions, names=["person_id", "region"])
        insert(DocumentDigest, digests, names=["person_id", "digest"])
        insert(ExternalKey, keys, names=["person_id", "scheme", "value"])
        search.add(documents)

    def weigh(self, histories: Sequence[History], *, fresh: bool) -> None:
        """Rewrite only what a review or a further source can change: states, cards and the queue."""
        gone = [history.person for history in histories if history.person in self._erased]
        kept, theirs = residue.states_of(gone), residue.detentions_of(gone)
        if not fresh:
            self._clear(histories, (CaseCard, PendingReview))
            # By the detentions' own numbers: joined to the people, PostgreSQL may scan the table for each of
            # its rows when its statistics are from before a long transaction.
            told = {f.detention for h in histories for f in h.facts if f.detention}
            for piece in in_pieces(sorted(told | theirs.keys())):
                State.objects.filter(detention__in=piece)._raw_delete(State.objects.db)
        states: list[StateVersion] = []
        cards: list[tuple[Any, ...]] = []
        pending: list[tuple[Any, ...]] = []
        for history in histories:
            if history.person in self._erased:
                states.extend(kept.get(history.person, ()))
                continue
            rows = fold(history, self._policy, self._zone)
            live = live_facts(history)
            waiting = pending_facts(history, live)
            states.extend(rows)
            cards.append(_card_row(history.person, card_of(history, live, rows, len(waiting))))
            pending.extend((fact.seq, history.person, fact.kind, micros(fact.known_at)) for fact in waiting)
        self._write_states(
            states, [*theirs, *(f.detention for h in histories for f in h.facts if f.detention)]
        )
        insert(CaseCard, cards, names=_CARD_COLUMNS)
        insert(PendingReview, pending, names=["fact_id", "person_id", "kind", "known"])

    def close(self) -> None:
        """Write what was interned."""
        self._terms.flush()

    def _clear(self, histories: Sequence[History], tables: Sequence[type[Model]]) -> None:
        for piece in in_pieces([history.person for history in histories]):
            for table in tables:
                table._default_manager.filter(person__in=piece)._raw_delete("default")

    def _write_states(self, states: Sequence[StateVersion], detentions: Iterable[int]) -> None:
        number = self._terms.number
        rows = []
        for state in states:
            row: list[Any] = [self._state_id]
            self._state_id += 1
            for name, is_text in zip(_STATE_FIELDS, _IS_TEXT, strict=True):
                value = getattr(state, name)
                row.append(number(value) if is_text else value)
            rows.append(row)
        insert(State, rows, names=_STATE_COLUMNS)
        changed = sorted(set(detentions))
        insert(StateChange, [(self._change_seq + i, detention) for i, detention in enumerate(changed)])
        self._change_seq += len(changed)


_CARD_COLUMNS = columns(CaseCard)


def _card_row(person: int, card: Card) -> tuple[Any, ...]:
    return (person, *(getattr(card, name) for name in _CARD_COLUMNS[1:]))


def _document(person: int, code: str, live: Sequence[Fact], regions: Iterable[str]) -> search.Document:
    names: list[str] = []
    others: list[str] = [code, *sorted(regions)]  # a set's order differs from run to run
    for fact in live:
        if fact.kind == "name":
            names.append(fact.fields.get("full", ""))
        elif fact.kind == "alias":
            names.append(fact.fields.get("value", ""))
        elif fact.kind == "external_id":
            others.append(fact.fields["value"])
        elif fact.detention is not None:
            others.extend(fact.fields[key] for key in ("place", "held_at", "context") if fact.fields.get(key))
    return search.Document(person, folded(" ".join(names)), folded(" ".join(dict.fromkeys(others))))


def document_digest(number: str) -> str:
    """Keyed digest of a document number: letters and digits only, so that dots and dashes do not matter."""
    plain = "".join(ch for ch in folded(number) if ch.isalnum())
    return unlocked.codec().blind("identity_document", plain.lstrip("ve") or plain)


def _digests(live: Sequence[Fact]) -> list[str]:
    return sorted(
        {
            document_digest(fact.fields["number"])
            for fact in live
            if fact.kind == "identity_document" and fact.fields  # none where the person's key is gone
        }
    )
