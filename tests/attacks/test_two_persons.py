"""Ways around the second person: alone by force, or answered by somebody one has just made or let in."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.db import connection

from constancia.apps.accounts import services as accounts
from constancia.apps.accounts.models import RoleChange, User
from constancia.apps.approvals import services
from constancia.apps.approvals.models import Request, Use
from constancia.domain.errors import ConstanciaError, NotAllowed
from constancia.domain.vocabulary.approvals import ApprovalKind
from constancia.domain.vocabulary.terms import Role
from tests.apps.approvals.conftest import Later, admin, later, other

__all__ = ["admin", "later", "other"]

KIND = ApprovalKind.EXPORT_CASES
TERMS: dict[str, Any] = {"text": "", "filters": {}, "regions": ["*"]}


def gets_out(who: User) -> bool:
    """Whether `who` gets an export without anybody else."""
    number = services.ask(who, KIND, TERMS, "porque sí", 1)
    try:
        services.spend_number(who, number, KIND, 1)
    except NotAllowed:
        services.answer(who, number, approve=False)
        return False
    return True


def test_shutting_out_or_narrowing_the_other_does_not_make_one_alone(
    admin: User, other: User, later: Later
) -> None:
    accounts.disable(admin, other)
    assert not gets_out(admin)
    with later(24 * 6):
        assert not gets_out(admin)
    with later(24 * 7 + 1):
        assert gets_out(admin)


def test_whoever_is_left_takes_a_key_away_at_once_and_adds_none(
    admin: User, other: User, later: Later
) -> None:
    gone, more = {"kind": "keyfile", "number": 2, "since": ""}, {"what": "keyfile"}
    with pytest.raises(NotAllowed, match=r"approval\.needed"):
        services.spend(admin, ApprovalKind.KEY_REMOVED, gone)
    accounts.disable(admin, other)
    services.spend(admin, ApprovalKind.KEY_REMOVED, gone)
    with pytest.raises(NotAllowed, match=r"approval\.needed"):
        services.spend(admin, ApprovalKind.KEY, more)
    with later(24 * 7 + 1):
        services.spend(admin, ApprovalKind.KEY, more)


def test_taking_the_role_of_the_other_does_not_make_one_alone(admin: User, other: User, later: Later) -> None:
    accounts.set_role(admin, other, Role.READER)
    assert not gets_out(admin)
    with later(24 * 7 + 1):
        assert gets_out(admin)


def test_a_puppet_made_for_it_answers_nothing_for_days(admin: User, later: Later) -> None:
    puppet = accounts.create_user(admin, "titere", "Títere", Role.DESK)
    number = services.ask(admin, KIND, TERMS, "porque sí", 1)
    with later(71), pytest.raises(NotAllowed, match=r"approval\.too_close"):
        services.answer(puppet, number, approve=True)


def test_in_a_house_of_two_no_puppet_is_made_alone(admin: User, other: User) -> None:
    for role, regions in ((Role.DESK, ()), (Role.ADMINISTRATOR, ()), (Role.COORDINATOR, ("lara",))):
        with pytest.raises(NotAllowed, match=r"approval\.(asked|waiting)"):
            accounts.create_user(admin, "titere", "Títere", role, regions)
    reader = accounts.create_user(admin, "lectora", "Lectora", Role.READER)
    with pytest.raises(NotAllowed, match=r"approval\.asked"):
        accounts.set_role(admin, reader, Role.COORDINATOR, ["lara"])
    assert not User.objects.filter(username="titere").exists()
    assert User.objects.get(pk=reader.pk).role == Role.READER


def test_an_account_that_was_shut_is_not_opened_again_alone(admin: User, other: User, desk: User) -> None:
    accounts.disable(admin, desk)
    with pytest.raises(NotAllowed, match=r"approval\.asked"):
        accounts.enable(admin, desk)
    assert not User.objects.get(pk=desk.pk).is_active


def test_an_account_one_was_let_into_does_not_approve(admin: User, other: User, later: Later) -> None:
    number = services.ask(admin, KIND, TERMS, "porque sí", 1)
    accounts.redeem_link(accounts.issue_link(admin, other, resets_factors=True))
    with pytest.raises(NotAllowed, match=r"approval\.too_close"):
        services.answer(other, number, approve=True)
    with later(73):
        again = services.ask(admin, KIND, TERMS, "porque sí", 1)
        services.answer(other, again, approve=True)


def test_a_reset_by_the_holder_of_the_key_counts_for_every_asker(admin: User, other: User) -> None:
    accounts.redeem_link(accounts.issue_link(None, other, resets_factors=True))
    number = services.ask(admin, KIND, TERMS, "porque sí", 1)
    with pytest.raises(NotAllowed, match=r"approval\.too_close"):
        services.answer(other, number, approve=True)


def test_an_approval_for_a_role_gives_that_role_to_that_person_once(admin: User, other: User) -> None:
    eva = accounts.create_user(admin, "eva", "Eva", Role.READER)
    luz = accounts.create_user(admin, "luz", "Luz", Role.READER)
    with pytest.raises(NotAllowed) as asked:
        accounts.set_role(admin, eva, Role.COORDINATOR, ["lara"])
    services.answer(other, int(asked.value.params["number"]), approve=True)
    for user, role, regions in (
        (luz, Role.COORDINATOR, ["lara"]),
        (eva, Role.COORDINATOR, ["lara", "zulia"]),
        (eva, Role.DESK, []),
    ):
        with pytest.raises(NotAllowed, match=r"approval\.asked"):
            accounts.set_role(admin, user, role, regions)
    assert accounts.set_role(admin, eva, Role.COORDINATOR, ["lara"]).regions == ["lara"]
    accounts.set_role(admin, eva, Role.READER)
    with pytest.raises(NotAllowed, match=r"approval\.asked"):
        accounts.set_role(admin, eva, Role.COORDINATOR, ["lara"])


def test_narrowing_a_role_needs_nobody_and_widening_its_regions_does(admin: User, other: User) -> None:
    eva = accounts.create_user(None, "eva", "Eva", Role.COORDINATOR, ["lara", "zulia"])
    accounts.set_role(admin, eva, Role.COORDINATOR, ["lara"])
    with pytest.raises(NotAllowed, match=r"approval\.asked"):
        accounts.set_role(admin, eva, Role.COORDINATOR, ["lara", "zulia"])
    accounts.set_role(other, User.objects.get(pk=admin.pk), Role.COORDINATOR, ["lara"])
    assert Request.objects.count() == 1


def test_whoever_begins_alone_sets_the_house_up(admin: User, later: Later) -> None:
    """The first accounts are made alone; what leaves needs two from the first of them on."""
    accounts.create_user(admin, "mesa", "Mesa", Role.DESK)
    accounts.create_user(admin, "laura", "Laura", Role.COORDINATOR, ["lara"])
    assert [change.by_id for change in RoleChange.objects.order_by("pk")] == [None, admin.pk, admin.pk]
    assert Request.objects.filter(answer__alone=True, use__isnull=False).count() == 2
    assert not gets_out(admin)
    with later(73), pytest.raises(NotAllowed, match=r"approval\.asked"):
        accounts.create_user(admin, "otra", "Otra", Role.DESK)


@pytest.mark.django_db(transaction=True)
def test_of_many_who_use_an_approval_at_once_one_does(admin: User, other: User) -> None:
    number = services.ask(admin, KIND, TERMS, "porque sí", 1)
    services.answer(other, number, approve=True)
    gate, told = threading.Barrier(4), []

    def use() -> None:
        gate.wait()
        try:
            services.spend_number(admin, number, KIND, 1)
            told.append("used")
        except ConstanciaError as error:
            told.append(error.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=use) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["approval.needed"] * 3 + ["used"]
    assert Use.objects.count() == 1
