"""Undoing takes back exactly what a list recorded: afterwards everything stands as before."""

from __future__ import annotations

import random

import pytest

from constancia.apps.accounts.models import User
from constancia.apps.figures.queries import figure
from constancia.apps.matching import services
from constancia.apps.matching.models import Taken
from constancia.apps.matching.standing import standing_of
from constancia.apps.register import services as deeds
from constancia.apps.register.models import CaseCard, Fact, PendingReview, Person
from constancia.apps.register.services import FactGiven
from constancia.domain.errors import InputRefused
from constancia.domain.matching.judging import Judged
from constancia.domain.vocabulary.terms import EntryVerdict, ListKind, Verdict
from tests.apps.matching.lists import entry, kept, same, standing, states_now
from tests.support.cast import SEEN, TOLD, NewCase, on

NAMES = [f"Persona Inventada {word}" for word in ("Uno", "Dos", "Tres", "Cuatro", "Cinco", "Seis", "Siete")]


def _counted(user: User) -> list[object]:
    """Held, released and arrested as of now, by every grade."""
    return [
        figure(user, name, rule="all_detained", grade=grade) | {"known_at": None}
        for name in ("held", "released", "arrested")
        for grade in ("verified", "reported")
    ]


def _snapshot(user: User) -> list[object]:
    cards = CaseCard.objects.order_by("pk").values_list(
        "pk", "custody", "reported_custody", "case_state", "state", "place", "open_since", "pending"
    )
    waiting = PendingReview.objects.order_by("pk").values_list("pk", "person", "kind")
    return [states_now(), list(cards), list(waiting), _counted(user)]


def _register(desk: User, second: User, case: NewCase) -> list[Person]:
    """People in every situation that a list can meet."""
    held, seen, freed, told, doubted, away, again = (
        case(desk, NAMES[0]),
        case(desk, NAMES[1], source=TOLD),
        case(desk, NAMES[2], released="2026-03-10"),
        case(desk, NAMES[3]),
        case(desk, NAMES[4]),
        case(desk, NAMES[5], released="2026-02-01"),
        case(desk, NAMES[6], arrested="2026-03-10"),
    )
    deeds.review(second, held.facts.get(kind="arrest").pk, Verdict.CONFIRM)
    deeds.review(second, freed.facts.get(kind="release").pk, Verdict.CONFIRM)
    for person, source in ((told, TOLD), (doubted, SEEN)):
        detention = person.detentions.get().pk
        out = FactGiven("release", {}, on("2026-03-09"))
        deeds.add_facts(desk, person.code, facts=[out], source=source, detention=detention)
    deeds.review(second, doubted.facts.get(kind="release").pk, Verdict.DOUBT)
    place = FactGiven("seen_held", {"place": "Penal Inventado"}, on("2026-03-10"))
    deeds.add_facts(desk, seen.code, facts=[place], source=TOLD, detention=seen.detentions.get().pk)
    return [held, seen, freed, told, doubted, away, again]


@pytest.mark.parametrize("kind", list(ListKind))
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_undo_restores_the_state_exactly(
    kind: ListKind, seed: int, desk: User, second: User, case: NewCase
) -> None:
    people = _register(desk, second, case)
    before = _snapshot(desk)
    chance = random.Random(seed)
    lines = chance.sample(range(len(people)), len(people))
    text = "\n".join([*(NAMES[at] for at in lines), "Alguien Nuevo Inventado"])
    of_list = kept(desk, text, kind, day=chance.choice(["2026-03-09", "2026-03-10"]), place="Penal Inventado")
    for number, at in enumerate(lines, start=1):
        same(desk, of_list, people[at], number)
    services.decide(desk, entry(of_list, len(lines) + 1), EntryVerdict.NEW)
    assert services.accept(desk, of_list).recorded
    assert _snapshot(desk) != before
    if seed % 2:
        services.undo_list(desk, of_list, "no era esa lista")
    else:
        rows = sorted(set(Taken.objects.values_list("entry", flat=True)))
        chance.shuffle(rows)
        for row in rows:
            services.undo(desk, row)
    after = _snapshot(desk)
    # A case that was made stays as an empty anchor: nothing is known of it, and nothing counts it.
    made = set(Person.objects.exclude(pk__in=[one.pk for one in people]).values_list("pk", flat=True))
    after[1] = [card for card in after[1] if card[0] not in made]  # type: ignore[attr-defined, index]
    assert after == before


def test_one_row_is_undone_and_the_others_stay(desk: User, case: NewCase) -> None:
    one, other = case(desk, NAMES[0]), case(desk, NAMES[1])
    of_list = kept(desk, f"{NAMES[0]}\n{NAMES[1]}")
    first = same(desk, of_list, one, 1)
    second = same(desk, of_list, other, 2)
    services.accept(desk, of_list)
    back = services.undo(desk, first)
    assert (back.entries, back.withdrawn, back.stayed) == (1, 1, 0)
    assert standing(desk, one)[1] == "in_custody"
    assert standing(desk, other)[1] == "out_unspecified"
    found = standing_of([first, second])
    assert (found.judgement(first).judged, found.judgement(second).judged) == (Judged.UNSEEN, Judged.SAME)


def test_what_was_undone_can_be_decided_and_recorded_again(desk: User, case: NewCase) -> None:
    person = case(desk, NAMES[0], released="2026-03-10")
    of_list = kept(desk, NAMES[0])
    for _ in range(2):
        row = same(desk, of_list, person)
        assert services.accept(desk, of_list).attested == 1
        services.undo(desk, row)
    assert [said.verdict for said in person.facts.get(kind="release").attestations.order_by("pk")] == [
        "confirm",
        "retract",
        "confirm",
        "retract",
    ]


def test_what_somebody_corrected_since_stays_corrected(desk: User, case: NewCase) -> None:
    person = case(desk, NAMES[0])
    of_list = kept(desk, NAMES[0])
    row = same(desk, of_list, person)
    services.accept(desk, of_list)
    release = person.facts.get(kind="release").pk
    deeds.correct(desk, release, FactGiven("release", {"release": "full"}, on("2026-03-11")), SEEN)
    back = services.undo(desk, row)
    assert (back.withdrawn, back.stayed) == (0, 1)
    assert standing(desk, person)[1] == "free"


def test_nothing_is_decided_while_something_is_recorded_from_an_entry(desk: User, case: NewCase) -> None:
    person = case(desk, NAMES[0])
    of_list = kept(desk, NAMES[0])
    row = same(desk, of_list, person)
    services.accept(desk, of_list)
    for verdict in EntryVerdict:
        with pytest.raises(InputRefused, match=r"list\.recorded"):
            services.decide(desk, row, verdict, code=person.code)


def test_nothing_recorded_is_nothing_to_undo(desk: User, case: NewCase) -> None:
    person = case(desk, NAMES[0])
    of_list = kept(desk, NAMES[0])
    same(desk, of_list, person)
    for deed in (lambda: services.undo(desk, entry(of_list)), lambda: services.undo_list(desk, of_list)):
        with pytest.raises(InputRefused, match=r"list\.nothing_recorded"):
            deed()
    facts = Fact.objects.count()
    services.accept(desk, of_list)
    services.undo_list(desk, of_list)
    with pytest.raises(InputRefused, match=r"list\.nothing_recorded"):
        services.undo_list(desk, of_list)
    assert Fact.objects.count() == facts + 2


def test_a_confirmed_release_that_rested_on_the_list_goes_with_it(
    desk: User, second: User, case: NewCase
) -> None:
    person = case(desk, NAMES[0], source=SEEN)
    given = {"source": SEEN}
    of_list = kept(desk, NAMES[0], **given)
    row = same(desk, of_list, person)
    services.accept(desk, of_list)
    deeds.review(second, person.facts.get(kind="release").pk, Verdict.CONFIRM)
    assert standing(desk, person)[0] == "out_unspecified"
    services.undo(desk, row)
    assert standing(desk, person) == ("in_custody", "in_custody")
