"""Who holds a region's key: pairs, keys, giving, taking, turning, and the copy abroad."""

from __future__ import annotations

from collections.abc import Callable

import pyrage
import pytest

from constancia.apps.accounts.models import User
from constancia.apps.ledger.models import Notice
from constancia.apps.regions import queries
from constancia.apps.regions.models import Grant, RegionKey
from constancia.apps.regions.queries import Standing
from constancia.apps.regions.services import asking, holding, opening
from constancia.apps.register.models import Person
from constancia.apps.register.services import FactGiven, SourceGiven
from constancia.apps.trail.wording import said
from constancia.domain.errors import ConstanciaError
from constancia.domain.vocabulary.deeds import Deed, OpeningReason, Outcome
from constancia.domain.vocabulary.terms import SourceKind
from constancia.infra import loaded, regional, trail, unlocked
from constancia.infra.regional import Pair
from tests.support.cast import NewCase
from tests.support.regions import ABROAD, RECIPIENT, passphrase, with_key, with_pair

pytestmark = pytest.mark.django_db


def refused(deed: Callable[[], object]) -> str:
    with pytest.raises(ConstanciaError) as caught:
        deed()
    return caught.value.code


@pytest.fixture
def held(desk: User, case: NewCase, lara: User) -> Person:
    """A case of Lara with a contact that its key holds; Laura has the key."""
    with_key("lara", lara)
    contact = FactGiven("contact", {"contact_name": "Contacto Inventado"})
    return case(desk, "Persona Inventada", more=(contact,), source=SourceGiven(SourceKind.RELATIVE, "Tía"))


def stands(user: User, person: Person) -> Standing:
    return queries.access(user, person.code, [1])[1].standing


def test_a_key_is_made_for_who_may_see_what_is_sealed_there_with_a_copy_abroad(
    desk: User, lara: User, zulia: User, lawyer: User
) -> None:
    with_pair(lara, zulia)
    assert refused(lambda: holding.make_pair(lawyer, "una frase inventada y larga")) == "account.not_allowed"
    assert refused(lambda: holding.make_pair(lara, "una frase inventada y larga")) == "region.pair_there"
    assert refused(lambda: holding.make_pair(desk, "corta")) == "passphrase.short"
    for users, copies, code in (
        ([], [RECIPIENT], "region.nobody"),
        ([lara], [], "region.no_copy"),
        ([lara], ["age1nada"], "share.recipient"),
        ([zulia], [RECIPIENT], "region.may_not"),
        ([lawyer], [RECIPIENT], "region.may_not"),
        ([desk], [RECIPIENT], "region.other_has_no_pair"),
    ):
        assert refused(lambda users=users, copies=copies: holding.make_key("lara", users, copies)) == code  # type: ignore[misc]
    assert refused(lambda: holding.make_key("  ", [lara], [RECIPIENT])) == "region.unknown"
    assert not RegionKey.objects.exists()
    assert holding.make_key("Edo. Lara", [lara], [RECIPIENT]) == 1
    assert refused(lambda: holding.make_key("lara", [lara], [RECIPIENT])) == "region.has_key"
    assert queries.holders_of("lara") == (str(lara),)
    assert '"region-key"' in Notice.objects.latest("pk").text, "the log says that a key was made"


def test_a_wrong_passphrase_opens_nothing_is_noted_and_soon_has_to_wait(held: Person, lara: User) -> None:
    for _ in range(5):
        assert refused(lambda: opening.open_keys(lara, "otra frase inventada")) == "region.passphrase"
    assert refused(lambda: opening.open_keys(lara, passphrase(lara))) == "region.wait"
    assert loaded.find(1) is None
    last = trail.events(limit=6)
    assert {(one.deed, one.outcome) for one in last} == {(Deed.REGION_OPENED, Outcome.REFUSED)}
    assert stands(lara, held) is Standing.CLOSED


def test_opening_is_noted_and_ends_when_who_opened_it_may_not_enter_or_the_process_locks(
    held: Person, lara: User
) -> None:
    opening.open_keys(lara, passphrase(lara))
    (event,) = trail.events(limit=1)
    assert said(event.said) == "600 minutos; Lara"
    assert stands(lara, held) is Standing.OPEN
    User.objects.filter(pk=lara.pk).update(is_active=False)
    assert queries.private_half(1) is None
    User.objects.filter(pk=lara.pk).update(is_active=True)
    assert stands(lara, held) is Standing.CLOSED, "it stays closed"
    opening.open_keys(lara, passphrase(lara))
    root, home, address = unlocked.root(), unlocked.home(), unlocked.database_url()
    unlocked.lock()
    unlocked.set_root(root, home, address)
    assert loaded.find(1) is None


def test_who_has_it_gives_it_and_the_other_opens_it_with_their_own_passphrase(
    held: Person, desk: User, lara: User, second: User
) -> None:
    with_pair(desk)
    assert refused(lambda: holding.give(lara, "lara", desk)) == "region.closed"
    assert refused(lambda: holding.give(second, "lara", desk)) == "region.not_holder"
    opening.open_keys(lara, passphrase(lara))
    assert refused(lambda: holding.give(lara, "zulia", desk)) == "region.no_key"
    assert queries.may_be_given("lara") == [desk]
    holding.give(lara, "lara", desk)
    assert queries.may_be_given("lara") == []
    opening.close(lara, "lara")
    assert opening.open_keys(desk, passphrase(desk)) == ["lara"]
    assert stands(lara, held) is Standing.OPEN, "one opens for all who hold it"


def test_who_left_has_nothing_and_what_is_written_then_is_closed_by_another_key(
    held: Person, desk: User, lara: User
) -> None:
    with_pair(desk)
    holding.give_with(lara, passphrase(lara), "lara", desk)
    opening.open_keys(lara, passphrase(lara))
    holding.take_away("lara", lara)
    assert refused(lambda: holding.take_away("lara", lara)) == "region.not_held"
    assert refused(lambda: holding.take_away("lara", desk)) == "region.last_holder"
    assert loaded.find(1) is None
    assert stands(lara, held) is Standing.OTHERS
    assert holding.turn("lara", [RECIPIENT]) == 2
    assert queries.present(["lara"])["lara"][0] == 2
    assert set(Grant.objects.values_list("key_id", "holder__user")) == {(1, desk.pk), (2, desk.pk)}
    opening.open_keys(desk, passphrase(desk))
    found = queries.access(desk, held.code, [1, 2])
    assert [found[number].standing for number in (1, 2)] == [Standing.OPEN, Standing.OPEN]


def test_a_lost_passphrase_or_an_arrest_does_not_mean_loss(held: Person, desk: User, lara: User) -> None:
    ((number, text),) = queries.copies_abroad("lara")
    copy = pyrage.decrypt(text.encode(), [ABROAD]).decode()
    with_pair(desk)
    other = regional.spoken(Pair.new().private)
    assert refused(lambda: holding.recover("lara", other, desk)) == "region.copy_of_other"
    assert holding.recover("lara", copy, desk) == number
    holding.forget_pair(None, lara)
    assert refused(lambda: opening.open_keys(lara, passphrase(lara))) == "region.no_pair"
    assert opening.open_keys(desk, passphrase(desk)) == ["lara"]
    holding.make_pair(lara, "otra frase inventada y nueva")
    holding.give(desk, "lara", lara)
    assert opening.open_keys(lara, "otra frase inventada y nueva") == ["lara"]


def test_a_passphrase_is_changed_with_the_present_one(held: Person, lara: User) -> None:
    new = "otra frase inventada y larga"
    assert refused(lambda: holding.change_passphrase(lara, "no es esta", new)) == "region.passphrase"
    holding.change_passphrase(lara, passphrase(lara), new)
    assert refused(lambda: opening.open_keys(lara, passphrase(lara))) == "region.passphrase"
    assert opening.open_keys(lara, new) == ["lara"]


def test_a_public_half_that_somebody_planted_is_found_when_the_key_is_opened(lara: User) -> None:
    with_pair(lara)
    pair = Pair.new()
    planted = RegionKey(
        id=1, region="lara", public=Pair.new().public, abroad="", recipients=[], made_at=lara.created_at
    )
    planted.save()
    mine = queries.holder(lara)
    assert mine is not None
    closed = regional.grant(pair.private, 1, bytes(mine.public), lara.pk)
    Grant.objects.create(key=planted, holder=mine, closed=closed, given_at=lara.created_at)
    assert refused(lambda: opening.open_keys(lara, passphrase(lara))) == "region.planted"
    assert loaded.find(1) is None


def test_two_people_show_a_case_of_another_region_for_an_hour(
    held: Person, desk: User, lara: User, second: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert refused(lambda: asking.ask(lara, held.code, "lara", OpeningReason.FAMILY)) == "region.yours"
    assert refused(lambda: asking.ask(desk, held.code, "zulia", OpeningReason.FAMILY)) == "region.no_key"
    number = asking.ask(desk, held.code, "lara", OpeningReason.FAMILY)
    assert refused(lambda: asking.ask(desk, held.code, "lara", OpeningReason.FAMILY)) == "region.asked"
    assert queries.waiting(desk, held.code, "lara")
    assert [one.number for one in queries.askings(lara)] == [number]
    assert refused(lambda: asking.answer(desk, number, approve=True)) == "region.second_person"
    assert refused(lambda: asking.answer(second, number, approve=True)) == "region.not_holder"
    assert refused(lambda: asking.answer(lara, number, approve=True)) == "region.closed"
    assert refused(lambda: asking.answer(lara, 10**30, approve=True)) == "region.no_asking"
    opening.open_keys(lara, passphrase(lara))
    asking.answer(lara, number, approve=True)
    assert refused(lambda: asking.answer(lara, number, approve=True)) == "region.answered"
    assert stands(desk, held) is Standing.OPEN
    assert stands(second, held) is Standing.OTHERS
    assert queries.access(desk, "OTRO-CASO", [1])[1].standing is Standing.OTHERS
    deeds = [one.deed for one in trail.events(limit=3)]
    assert deeds == [Deed.REGION_ANSWERED, Deed.REGION_OPENED, Deed.REGION_ANSWERED]
    opening.close(lara, "lara")
    assert stands(desk, held) is Standing.CLOSED, "it takes the open key all the while"
    opening.open_keys(lara, passphrase(lara))
    later = trail.events(limit=1)[0].at + asking.SHOWS
    monkeypatch.setattr(queries.clock, "now", lambda: later)
    assert stands(desk, held) is Standing.OTHERS


def test_a_request_is_taken_back_or_refused(held: Person, desk: User, lara: User) -> None:
    number = asking.ask(desk, held.code, "lara", OpeningReason.FAMILY)
    asking.answer(desk, number, approve=False)
    again = asking.ask(desk, held.code, "lara", OpeningReason.FAMILY)
    asking.answer(lara, again, approve=False)
    assert [one.stage for one in queries.askings(desk)] == ["refused", "refused"]
    assert stands(desk, held) is Standing.OTHERS
