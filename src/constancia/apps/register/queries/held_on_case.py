"""What the key of a region holds of one case: shown where it is open, else said whose key is missing.

The view comes folded and graded: nothing here changes a grade or a standing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from constancia.apps.accounts.models import User
from constancia.apps.regions import queries as regions
from constancia.apps.regions.queries import Standing
from constancia.apps.register.holding import Reader, Shown
from constancia.apps.register.models import Fact, Person
from constancia.domain.timeline.explain import CaseView, FactView


@dataclass(frozen=True, slots=True)
class KeyMissing:
    """A region whose key is missing. `mine`: the user holds it, and it is closed; `let`: they were let in,
    and it is closed; `waiting`: they have asked and wait. `holders`: who can open it."""

    region: str
    mine: bool
    let: bool
    waiting: bool
    holders: tuple[str, ...]


@dataclass(slots=True)
class Boxes:
    """`fields`: number of a fact → what its box says; `of_facts`, `of_sources`: number → the region whose key
    is missing."""

    reader: Reader | None = None
    fields: dict[int, Mapping[str, Any]] = field(default_factory=dict)
    of_facts: dict[int, str] = field(default_factory=dict)
    of_sources: dict[int, str] = field(default_factory=dict)
    _closed: dict[str, Standing] = field(default_factory=dict)

    def take(self, seq: int, one: Shown) -> None:
        if one.content is not None:
            self.fields[seq] = json.loads(one.content)
        elif one.region:
            self.of_facts[seq] = one.region
            self._closed[one.region] = one.standing

    def in_view(self, view: CaseView) -> CaseView:
        """The same with what the boxes say."""
        if not self.fields:
            return view
        detentions = tuple(replace(one, facts=self._told(one.facts)) for one in view.detentions)
        return replace(view, facts=self._told(view.facts), detentions=detentions)

    def read_labels(self, boxes: Sequence[tuple[bytes, int, bytes]]) -> dict[int, str]:
        """Source → who it is, of those that can be shown."""
        if not boxes or self.reader is None:
            return {}
        found = self.reader.labels(boxes)
        for source, one in found.items():
            if one.content is None and one.region:
                self.of_sources[source] = one.region
                self._closed[one.region] = one.standing
        return {source: one.content.decode() for source, one in found.items() if one.content is not None}

    def missing(self, user: User, code: str) -> tuple[KeyMissing, ...]:
        return tuple(
            KeyMissing(
                region,
                mine=(mine := regions.holds(user, region)),
                let=standing is Standing.CLOSED and not mine,
                waiting=regions.waiting(user, code, region),
                holders=regions.holders_of(region),
            )
            for region, standing in sorted(self._closed.items())
        )

    def _told(self, views: tuple[FactView, ...]) -> tuple[FactView, ...]:
        return tuple(
            replace(one, fact=replace(one.fact, fields=self.fields[one.fact.seq]))
            if one.fact.seq in self.fields
            else one
            for one in views
        )


NOTHING = Boxes()


def read(user: User, person: Person, view: CaseView) -> Boxes:
    """What regions hold of the facts of `view`, whose tier is open to `user`."""
    reader = Reader(user, person.code)
    boxes = Boxes(reader)
    held = [one.fact.seq for one in view.all_facts() if one.fact.held is not None]
    if held:
        rows = Fact.objects.filter(seq__in=held, sealed__isnull=False).values_list("seq", "kind", "sealed")
        subject = bytes(person.subject)
        told = [(subject, seq, kind, bytes(sealed or b"")) for seq, kind, sealed in rows]
        for seq, one in reader.facts(told).items():
            boxes.take(seq, one)
    return boxes
