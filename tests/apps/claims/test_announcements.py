"""Announcements: kept in versions, measured against verified releases, attributed by people where late."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from constancia.apps.accounts.models import User
from constancia.apps.claims import queries, services
from constancia.apps.claims.models import Announcement, Attribution
from constancia.apps.claims.services import AnnouncementGiven
from constancia.apps.register import services as register
from constancia.apps.register.models import Fact, Person
from constancia.domain.errors import InputRefused, NotAllowed, NotFound
from constancia.domain.vocabulary.terms import Qualifier, Verdict
from constancia.infra import clock
from tests.apps.claims.papers import held, paper
from tests.support.cast import NewCase

pytestmark = pytest.mark.django_db

RULE = "all_detained"
BEGAN = datetime(2026, 2, 1, 12, tzinfo=UTC)


def given(**more: object) -> AnnouncementGiven:
    fields = {
        "title": "Salidas de febrero",
        "claimant": "Ministerio Inventado",
        "announced_on": date(2026, 2, 1),
        "value": 10,
        "qualifier": Qualifier.AT_LEAST,
        "window_end": date(2026, 2, 10),
    }
    return AnnouncementGiven(**(fields | more))  # type: ignore[arg-type]


def confirm_everything(user: User) -> None:
    for seq in Fact.objects.values_list("seq", flat=True):
        register.review(user, seq, Verdict.CONFIRM)


def released(desk: User, second: User, case: NewCase, name: str, day: str, hours: int) -> Person:
    """Somebody who left prison on `day`, verified so many hours after BEGAN."""
    with clock.frozen(BEGAN + timedelta(hours=hours)):
        person = case(desk, name, released=day)
        confirm_everything(second)
    return person


def progress(user: User, number: int, known_at: datetime | None = None) -> tuple[int, int, int]:
    found = queries.announcement(user, number, known_at, RULE).line.came
    return found.verified, found.reported, found.by_hand


def test_an_announcement_is_measured_by_what_was_verified_as_known_hour_by_hour(
    desk: User, second: User, case: NewCase
) -> None:
    number = services.announce(desk, given(), at=BEGAN)
    for hours, day in enumerate(("2026-02-01", "2026-02-01", "2026-02-02"), start=1):
        released(desk, second, case, f"Persona Inventada {hours}", day, hours * 20)
    with clock.frozen(BEGAN + timedelta(days=3)):
        case(desk, "Persona Reportada", released="2026-02-03")
    (line,) = queries.announcements(desk, rule=RULE)
    assert (line.number, line.came.verified, line.came.reported, line.came.remaining) == (number, 3, 1, 7)
    assert [step.verified for step in line.came.steps] == [1, 2, 3]
    assert progress(desk, number, BEGAN + timedelta(hours=41)) == (2, 0, 0)
    page = queries.announcement(desk, number, rule=RULE)
    assert [(one.day, one.verified) for one in page.releases] == [
        (date(2026, 2, 1), True),
        (date(2026, 2, 1), True),
        (date(2026, 2, 2), True),
        (date(2026, 2, 3), False),
    ]
    at = BEGAN + timedelta(hours=41)
    assert len(queries.announced_people(desk, number, at=at, rule=RULE)) == 2
    assert len(queries.announced_people(desk, number, which="reported", rule=RULE)) == 1


def test_a_late_case_is_attributed_by_a_person_and_taken_back(
    desk: User, second: User, case: NewCase
) -> None:
    number = services.announce(desk, given(), at=BEGAN)
    late = released(desk, second, case, "Persona Tardía", "2026-02-20", 24 * 25)
    detention = late.detentions.get().pk
    assert progress(desk, number) == (0, 0, 0)
    services.attribute(desk, late.code, detention, number, note="Lo dijo la familia")
    assert progress(desk, number) == (1, 0, 1)
    assert queries.announced_people(desk, number, which="by_hand", rule=RULE) == [late.pk]
    services.attribute(desk, late.code, detention, None)
    assert progress(desk, number) == (0, 0, 0)
    services.take_back_attribution(desk, late.code, detention)
    assert progress(desk, number) == (0, 0, 0)
    with pytest.raises(InputRefused) as refused:
        services.take_back_attribution(desk, late.code, detention)
    assert refused.value.code == "announcement.not_attributed"
    assert Attribution.objects.count() == 3


def test_a_release_within_the_window_can_be_kept_out_of_it(desk: User, second: User, case: NewCase) -> None:
    number = services.announce(desk, given(), at=BEGAN)
    other = released(desk, second, case, "Persona Absuelta", "2026-02-03", 100)
    assert progress(desk, number) == (1, 0, 0)
    services.attribute(desk, other.code, other.detentions.get().pk, None)
    assert progress(desk, number) == (0, 0, 0)
    assert progress(desk, number, BEGAN + timedelta(hours=101)) == (1, 0, 0)


def test_what_is_attributed_of_a_case_is_shown_to_whoever_attributes(
    desk: User, second: User, case: NewCase
) -> None:
    number = services.announce(desk, given(), at=BEGAN)
    person = released(desk, second, case, "Persona Inventada", "2026-02-03", 100)
    services.attribute(desk, person.code, person.detentions.get().pk, None)
    with clock.frozen(BEGAN + timedelta(days=60)):
        services.take_back_attribution(desk, person.code, person.detentions.get().pk)
    found = queries.case_releases(desk, person.code)
    assert found == []  # not recognised: no release of the population that the house counts
    assert number


def test_filters_keep_others_out(desk: User, second: User, case: NewCase) -> None:
    number = services.announce(desk, given(filters={"state": "zulia"}), at=BEGAN)
    released(desk, second, case, "Persona de Lara", "2026-02-03", 100)
    assert progress(desk, number) == (0, 0, 0)
    services.correct_announcement(desk, number, given(filters={"state": "lara"}))
    assert progress(desk, number) == (1, 0, 0)


def test_a_correction_holds_from_then_on_and_keeps_the_number(desk: User) -> None:
    number = services.announce(desk, given(), at=BEGAN)
    later = BEGAN + timedelta(days=1)
    services.correct_announcement(desk, number, given(value=12), at=later)
    services.correct_announcement(desk, number, given(value=13), at=later + timedelta(days=1))
    (line,) = queries.announcements(desk, later, RULE)
    assert (line.number, line.value) == (number, 12)
    page = queries.announcement(desk, number, rule=RULE)
    assert [one.value for one in page.versions] == [10, 12, 13]
    with pytest.raises(NotFound):
        queries.announcement(desk, number, BEGAN - timedelta(seconds=1))
    with pytest.raises(NotFound):
        queries.announcement(desk, number + 1)


def test_a_withdrawn_announcement_has_no_progress_and_can_be_put_back(
    desk: User, second: User, case: NewCase
) -> None:
    number = services.announce(desk, given(), at=BEGAN)
    released(desk, second, case, "Persona Inventada", "2026-02-03", 100)
    services.withdraw_announcement(desk, number, note="Entró dos veces")
    assert queries.announcements(desk) == []
    page = queries.announcement(desk, number, rule=RULE)
    assert (page.line.withdrawn, page.line.progress, page.line.note) == (True, None, "Entró dos veces")
    with pytest.raises(InputRefused) as refused:
        services.withdraw_announcement(desk, number, note="otra vez")
    assert refused.value.code == "announcement.withdrawn"
    services.correct_announcement(desk, number, given())
    assert progress(desk, number) == (1, 0, 0)


def test_an_announcement_rests_on_a_confirmed_claim(desk: User) -> None:
    document = services.add_document(desk, paper(), read=False).document
    claim = services.add_claim(desk, document, held())
    number = services.announce(desk, given(claim=claim))
    line = queries.announcement(desk, number).line
    assert (line.claim, line.document, line.document_title) == (claim, document, "Un balance inventado")
    services.retract(desk, claim)
    with pytest.raises(InputRefused) as refused:
        services.announce(desk, given(claim=claim))
    assert refused.value.code == "announcement.claim"
    assert services.announce(desk, given(document=document))
    with pytest.raises(NotFound):
        services.announce(desk, given(document=document + 1))


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"title": " "}, "announcement.title"),
        ({"claimant": ""}, "announcement.claimant"),
        ({"value": 0}, "announcement.number"),
        ({"value": 10**12}, "announcement.number"),
        ({"window_end": date(2026, 1, 31)}, "announcement.window"),
        ({"filters": {"zodiac": "leo"}}, "claim.filter"),
        ({"note": "a\x00b"}, "name.control"),
    ],
)
def test_an_announcement_that_does_not_hold_is_refused_and_nothing_is_kept(
    desk: User, wrong: dict[str, object], code: str
) -> None:
    with pytest.raises(InputRefused) as refused:
        services.announce(desk, given(**wrong))
    assert refused.value.code == code
    assert not Announcement.objects.exists()


def test_no_number_is_a_promise_too(desk: User) -> None:
    number = services.announce(desk, given(value=None, window_end=None))
    line = queries.announcement(desk, number, rule=RULE).line
    assert (line.came.announced, line.came.remaining, line.ends) == (None, None, None)


def test_an_open_window_ends_where_the_next_promise_begins(desk: User) -> None:
    first = services.announce(desk, given(window_end=None))
    services.announce(desk, given(announced_on=date(2026, 2, 9), window_end=None))
    assert queries.announcement(desk, first).line.ends == date(2026, 2, 8)


def test_the_people_behind_are_those_whose_case_the_user_may_open(
    desk: User, second: User, lara: User, zulia: User, lawyer: User, case: NewCase
) -> None:
    number = services.announce(desk, given(), at=BEGAN)
    person = released(desk, second, case, "Persona de Lara", "2026-02-03", 100)
    assert queries.announced_people(lara, number, rule=RULE) == [person.pk]
    assert queries.announced_people(zulia, number, rule=RULE) == []
    with pytest.raises(NotAllowed):
        queries.announced_people(lawyer, number, rule=RULE)
    pages = {user: queries.announcement(user, number, rule=RULE) for user in (lara, zulia, lawyer)}
    assert [(len(page.releases), page.hidden) for page in pages.values()] == [(1, 0), (0, 1), (0, 1)]
    assert {page.line.came.verified for page in pages.values()} == {1}


def test_whoever_may_only_read_announces_nothing(
    desk: User, lara: User, volunteer: User, case: NewCase
) -> None:
    number = services.announce(desk, given())
    person = case(desk, "Persona Inventada")
    detention = person.detentions.get().pk
    deeds = [
        lambda: services.announce(lara, given()),
        lambda: services.correct_announcement(lara, number, given()),
        lambda: services.withdraw_announcement(lara, number, note="no"),
        lambda: services.attribute(lara, person.code, detention, number),
        lambda: services.take_back_attribution(lara, person.code, detention),
        lambda: queries.case_releases(lara, person.code),
        lambda: queries.announcements(volunteer),
        lambda: queries.announcement(volunteer, number),
    ]
    for deed in deeds:
        with pytest.raises(NotAllowed):
            deed()


def test_only_a_detention_of_that_case_is_attributed(desk: User, case: NewCase) -> None:
    number = services.announce(desk, given())
    one, other = case(desk, "Persona Una"), case(desk, "Persona Otra")
    for code, detention in ((one.code, other.detentions.get().pk), ("ZZZZ-ZZZZ-ZZ", 1)):
        with pytest.raises(NotFound):
            services.attribute(desk, code, detention, number)
    with pytest.raises(NotFound):
        services.attribute(desk, one.code, one.detentions.get().pk, number + 1)
    services.withdraw_announcement(desk, number, note="error")
    with pytest.raises(InputRefused):
        services.attribute(desk, one.code, one.detentions.get().pk, number)
    assert not Attribution.objects.exists()
