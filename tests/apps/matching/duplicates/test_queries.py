"""Which pairs are put before whom, and where they stand."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from constancia.apps.accounts.models import User
from constancia.apps.matching.duplicates import queries, services
from constancia.apps.matching.duplicates.queries import Shelf
from constancia.apps.register import access
from constancia.apps.register.likeness import Pair
from constancia.apps.register.models import Person
from constancia.domain.errors import FactRefused, NotAllowed, NotFound
from constancia.domain.matching.shapes import Reason
from constancia.domain.vocabulary.terms import IdentityVerdict, Likelihood
from tests.support.cast import NewCase

pytestmark = pytest.mark.django_db
SAME, DIFFERENT, UNSURE = IdentityVerdict.SAME, IdentityVerdict.DIFFERENT, IdentityVerdict.UNSURE
WHY = (Reason("name.sound", "a", "b", 3.0), Reason("state.other", "lara", "zulia", -9.0))
Suggest = Callable[..., None]


@pytest.fixture
def suggest(monkeypatch: pytest.MonkeyPatch) -> Suggest:
    """suggest((one, other, probability), …): what the engine says of the people, to who sees both."""

    def told(*given: tuple[Person, Person, float]) -> None:
        found = [Pair(*sorted((one.pk, other.pk)), share, WHY) for one, other, share in given]  # type: ignore[call-arg]

        def pairs(user: User, *, least: float = 0.5, limit: int = 500, patient: bool = False) -> list[Pair]:
            seen = set(access.visible(user).values_list("pk", flat=True))
            here = [one for one in found if one.probability >= least and {one.one, one.other} <= seen]
            return sorted(here, key=lambda one: -one.probability)[:limit]

        monkeypatch.setattr(queries, "pairs", pairs)

    return told


def shown(user: User, shelf: Shelf = Shelf.OPEN) -> list[set[str]]:
    return [{one.one.code, one.other.code} for one in queries.queue(user, shelf).suggestions]


def test_the_likeliest_comes_first_with_its_word_and_the_weightiest_reason(
    desk: User, case: NewCase, suggest: Suggest
) -> None:
    a, b, c, d, e = (case(desk, f"Ana Inventada {n}") for n in "ABCDE")
    suggest((a, b, 0.6), (c, d, 0.97), (a, e, 0.4))
    assert shown(desk) == [{c.code, d.code}, {a.code, b.code}]
    first = queries.queue(desk).suggestions[0]
    assert (first.likelihood, first.reasons[0].comparison) == (Likelihood.ALMOST_CERTAIN, "state.other")
    assert queries.queue(desk, size=1).more
    assert queries.queue(desk, page=2, size=1).suggestions[0].one.code in (a.code, b.code)


def test_different_is_for_ever_unsure_goes_aside_and_same_is_done(
    desk: User, case: NewCase, suggest: Suggest
) -> None:
    a, b, c, d, e, f = (case(desk, f"Ana Inventada {n}") for n in "ABCDEF")
    suggest((a, b, 0.9), (c, d, 0.9), (e, f, 0.9))
    services.judge(desk, a.code, b.code, DIFFERENT, "otra cédula")
    doubt = services.judge(desk, c.code, d.code, UNSURE, "falta la partida")
    merged = services.judge(desk, e.code, f.code, SAME, "misma cédula")
    assert shown(desk) == []
    assert shown(desk, Shelf.UNSURE) == [{c.code, d.code}]
    (one,) = queries.queue(desk, Shelf.UNSURE).suggestions
    assert (one.unsure, one.note, one.probability) == (doubt, "falta la partida", 0.9)
    suggest()
    (one,) = queries.queue(desk, Shelf.UNSURE).suggestions
    assert (one.likelihood, one.probability, one.reasons) == (None, None, ())
    suggest((e, f, 0.9))
    services.undo(desk, merged)
    assert shown(desk) == [{e.code, f.code}]


def test_a_suggestion_through_somebody_judged_different_shows_the_contradiction(
    desk: User, lara: User, case: NewCase, suggest: Suggest
) -> None:
    a, b, c = (case(desk, f"Ana Inventada {n}") for n in "ABC")
    services.judge(desk, b.code, c.code, SAME, "misma cédula")
    parted = services.judge(desk, a.code, b.code, DIFFERENT, "padre e hijo")
    suggest((a, b, 0.9), (a, c, 0.9))
    assert shown(desk) == []
    (one,) = queries.queue(desk, Shelf.CONTRADICTED).suggestions
    assert {one.one.code, one.other.code} == {a.code, c.code}
    assert [(told.fact, {told.one, told.other}) for told in one.against] == [(parted, {a.code, b.code})]
    with pytest.raises(FactRefused, match=r"identity\.parted$"):
        services.judge(desk, a.code, c.code, SAME, "se parecen")
    services.judge(desk, a.code, c.code, DIFFERENT, "padre e hijo")
    assert shown(desk, Shelf.CONTRADICTED) == []


def test_two_clusters_are_asked_about_once(desk: User, case: NewCase, suggest: Suggest) -> None:
    a, b, c = (case(desk, f"Ana Inventada {n}") for n in "ABC")
    services.judge(desk, b.code, c.code, SAME, "misma cédula")
    suggest((a, b, 0.7), (a, c, 0.9), (b, c, 0.99))
    assert shown(desk) == [{a.code, c.code}]


def test_a_doubt_about_one_of_a_cluster_takes_the_whole_question_aside(
    desk: User, case: NewCase, suggest: Suggest
) -> None:
    a, b, c = (case(desk, f"Ana Inventada {n}") for n in "ABC")
    services.judge(desk, b.code, c.code, SAME, "misma cédula")
    services.judge(desk, a.code, b.code, UNSURE, "")
    suggest((a, c, 0.9), (a, b, 0.7))
    assert shown(desk) == []
    (one,) = queries.queue(desk, Shelf.UNSURE).suggestions
    assert ({one.one.code, one.other.code}, one.probability) == ({a.code, b.code}, 0.7)


def test_a_same_that_was_set_aside_stands_among_the_contradictions(
    desk: User, case: NewCase, suggest: Suggest
) -> None:
    a, b, c = (case(desk, f"Ana Inventada {n}") for n in "ABC")
    suggest()
    services.judge(desk, a.code, b.code, SAME, "misma cédula")
    services.judge(desk, b.code, c.code, SAME, "misma familia")
    services.judge(desk, a.code, c.code, DIFFERENT, "otra cédula")
    assert shown(desk, Shelf.CONTRADICTED) == [{b.code, c.code}]
    assert [line.set_aside for line in queries.latest(desk)] == [False, True, False]


def test_a_coordinator_sees_only_pairs_of_which_both_are_theirs(
    desk: User, lara: User, volunteer: User, case: NewCase, suggest: Suggest
) -> None:
    a, b = case(desk, "Ana Inventada A"), case(desk, "Ana Inventada B")
    hidden = case(desk, "Ana Inventada C", state="zulia")
    suggest((a, hidden, 0.99), (a, b, 0.8))
    assert shown(lara) == [{a.code, b.code}]
    services.judge(desk, a.code, hidden.code, UNSURE, "")
    assert queries.queue(lara).counts[Shelf.UNSURE] == 0
    assert shown(desk, Shelf.UNSURE) == [{a.code, hidden.code}]
    assert (queries.latest(lara), len(queries.latest(desk))) == ([], 1)
    assert queries.queue(volunteer).suggestions == ()
    assert queries.latest(volunteer) == []
    with pytest.raises(NotFound):
        services.judge(lara, a.code, hidden.code, SAME, "sí")
    with pytest.raises(NotFound):
        services.undo(lara, queries.latest(desk)[0].fact)
    with pytest.raises(NotAllowed):
        services.judge(volunteer, a.code, b.code, SAME, "sí")


def test_same_and_different_ask_for_a_reason(desk: User, case: NewCase) -> None:
    a, b = case(desk, "Ana Inventada A"), case(desk, "Ana Inventada B")
    for verdict in (SAME, DIFFERENT):
        with pytest.raises(FactRefused, match=r"identity\.needs_reason"):
            services.judge(desk, a.code, b.code, verdict, " \n")


def test_only_a_judgement_that_holds_is_undone(desk: User, case: NewCase) -> None:
    a, b = case(desk, "Ana Inventada A"), case(desk, "Ana Inventada B")
    fact = services.judge(desk, a.code, b.code, SAME, "misma cédula")
    services.undo(desk, fact, "era otra")
    with pytest.raises(FactRefused, match=r"identity\.not_a_judgement"):
        services.undo(desk, fact)
    with pytest.raises(FactRefused, match=r"identity\.not_a_judgement"):
        services.undo(desk, a.facts.get(kind="arrest").pk)
    assert queries.latest(desk) == []


def test_two_wordings_of_one_name_are_found(desk: User, case: NewCase) -> None:
    a, b = case(desk, "Onésimo Urdaneta Paz"), case(desk, "Onesimo Urdaneta Paz")
    case(desk, "Zoila Barrientos Luna")
    assert shown(desk) == [{a.code, b.code}]
