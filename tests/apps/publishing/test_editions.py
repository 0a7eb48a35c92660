"""From draft to edition: checked, refused, merged, approved by a second person, and never changed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from constancia.apps.accounts.models import User
from constancia.apps.publishing import queries, services
from constancia.apps.publishing.access import content_of, edition_of
from constancia.apps.publishing.models import Edition
from constancia.domain.errors import ConstanciaError, InputRefused, NotAllowed, NotFound, StoreRefused
from constancia.domain.publishing.canonical import content_bytes
from tests.apps.publishing.crowd import A_MINUTE, PUBLISHED, Crowd, D, draft, publish

pytestmark = pytest.mark.django_db


def refusal(error: pytest.ExceptionInfo[ConstanciaError]) -> str:
    return error.value.code


def test_a_draft_without_small_cells_passes(desk: User, crowd: Crowd) -> None:
    crowd.add(9)
    checked = services.check(desk, draft(desk), at=PUBLISHED)
    assert (checked.passed, checked.number) == (True, 1)


def test_a_small_cell_stands_in_the_way_and_the_merging_is_proposed(desk: User, crowd: Crowd) -> None:
    crowd.add(9, state="lara")
    crowd.add(8, state="tachira")
    crowd.add(2, state="zulia")
    number = draft(desk)
    checked = services.check(desk, number, at=PUBLISHED)
    cells = {(one["table"], *one["cell"]) for one in checked.findings if one["code"] == "cell"}
    assert cells == {("held_by_state", "zulia")}
    mending = checked.findings[-1]
    assert mending["code"] == "mend"
    merges = services.pattern_of(mending["merges"])
    services.decide_merges(desk, number, merges, mending["withheld"], at=PUBLISHED)
    again = services.check(desk, number, at=PUBLISHED)
    assert again.passed
    table = again.content.table("held_by_state")
    assert table is not None
    assert table.cell("zulia").value is None  # type: ignore[union-attr]
    assert [group.value for group in table.groups] == [10]


def test_what_was_refused_cannot_be_approved(desk: User, second: User, crowd: Crowd) -> None:
    crowd.add(9, state="lara")
    crowd.add(2, state="zulia")
    number = draft(desk)
    checked = services.check(desk, number, at=PUBLISHED)
    with pytest.raises(InputRefused) as refused:
        services.approve(second, number, checked.sha256, at=PUBLISHED)
    assert refusal(refused) == "edition.refused"


def test_whoever_wrote_a_draft_cannot_approve_it(desk: User, second: User, crowd: Crowd) -> None:
    crowd.add(9)
    number = draft(desk)
    checked = services.check(second, number, at=PUBLISHED)
    with pytest.raises(NotAllowed) as refused:
        services.approve(desk, number, checked.sha256, at=PUBLISHED)
    assert refusal(refused) == "edition.second_person"
    assert services.approve(second, number, checked.sha256, at=PUBLISHED) == 1


def test_nobody_approves_what_they_did_not_see(desk: User, second: User, crowd: Crowd) -> None:
    crowd.add(9)
    number = draft(desk)
    with pytest.raises(InputRefused) as refused:
        services.approve(second, number, "0" * 64, at=PUBLISHED)
    assert refusal(refused) == "edition.unchecked"
    services.check(desk, number, at=PUBLISHED)
    with pytest.raises(InputRefused) as refused:
        services.approve(second, number, "0" * 64, at=PUBLISHED)
    assert refusal(refused) == "edition.stale"


def test_a_consent_withdrawn_after_the_check_makes_it_stale(desk: User, second: User, crowd: Crowd) -> None:
    (person, *_) = crowd.add(9)
    number = draft(desk)
    checked = services.check(desk, number, at=PUBLISHED)
    crowd.tell(person, "consent", {"tier_given": "internal"}, PUBLISHED + A_MINUTE)
    with pytest.raises(InputRefused) as refused:
        services.approve(second, number, checked.sha256, at=PUBLISHED + 5 * A_MINUTE)
    assert refusal(refused) == "edition.stale"


def test_a_text_changed_after_the_check_makes_it_stale(desk: User, second: User, crowd: Crowd) -> None:
    crowd.add(9)
    services.save_text(desk, "prueba", "informe.toml", "[report]\nsections = []\n", at=PUBLISHED)
    number = draft(desk, report="prueba")
    checked = services.check(desk, number, at=PUBLISHED)
    services.save_text(desk, "prueba", "informe.toml", "[report]\nsections = []\n# otra\n", at=PUBLISHED)
    with pytest.raises(InputRefused) as refused:
        services.approve(second, number, checked.sha256, at=PUBLISHED)
    assert refusal(refused) == "edition.stale"


def test_a_fact_recorded_after_t_leaves_the_draft_as_it_was(desk: User, second: User, crowd: Crowd) -> None:
    crowd.add(9)
    number = draft(desk)
    checked = services.check(desk, number, at=PUBLISHED)
    crowd.add(6, state="zulia", at=PUBLISHED + A_MINUTE)
    assert services.approve(second, number, checked.sha256, at=PUBLISHED + 5 * A_MINUTE) == 1


def test_an_approved_draft_is_closed(desk: User, second: User, crowd: Crowd) -> None:
    crowd.add(9)
    number = publish(desk, second)
    line = queries.drafts(desk)[0]
    assert (line.standing, line.edition) == ("approved", number)
    with pytest.raises(InputRefused) as refused:
        services.check(desk, line.number, at=PUBLISHED)
    assert refusal(refused) == "edition.approved"


def test_a_discarded_draft_is_closed(desk: User, crowd: Crowd) -> None:
    number = draft(desk)
    services.discard_draft(desk, number, at=PUBLISHED)
    with pytest.raises(InputRefused) as refused:
        services.decide_merges(desk, number, (), [], at=PUBLISHED)
    assert refusal(refused) == "edition.discarded"


def test_editions_are_numbered_and_name_the_one_before(desk: User, second: User, crowd: Crowd) -> None:
    people = crowd.add(20)
    assert publish(desk, second) == 1
    for person in people[:6]:
        crowd.released(person, "2026-02-26", PUBLISHED + timedelta(days=2))
    assert publish(desk, second, PUBLISHED + timedelta(days=7), date(2026, 3, 3)) == 2
    first, later = edition_of(1), content_of(edition_of(2))
    assert later.previous is not None
    assert (later.previous.number, later.previous.sha256) == (1, first.sha256)
    assert later.balance is not None
    assert (later.balance.edition, later.balance.opening, later.balance.closing) == (1, 20, 14)


@pytest.mark.parametrize("way", ["model", "queryset", "sql"])
def test_nothing_in_an_edition_changes(desk: User, second: User, crowd: Crowd, way: str) -> None:
    crowd.add(9)
    publish(desk, second)
    row = edition_of(1)
    with pytest.raises((StoreRefused, DatabaseError)), transaction.atomic():
        if way == "model":
            row.sha256 = "0" * 64
            row.save()
        elif way == "queryset":
            Edition.objects.update(sha256="0" * 64)
        else:
            with connection.cursor() as cursor:
                cursor.execute("UPDATE publishing_edition SET sha256 = ''")
    assert content_bytes(content_of(edition_of(1)))


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"title_es": " "}, "edition.title"),
        ({"languages": ()}, "edition.languages"),
        ({"languages": ("es", "fr")}, "edition.languages"),
        ({"as_of": date(2999, 1, 1)}, "edition.ahead"),
        ({"known_at": date(2999, 1, 1)}, "edition.ahead"),
        ({"since": D}, "edition.opening"),
        ({"report": "ninguno"}, "edition.no_report"),
        ({"rule": "ninguna"}, "figure.rule_unknown"),
    ],
)
def test_terms_that_make_no_sense_are_refused(desk: User, changed: dict[str, object], code: str) -> None:
    given = {"title_es": "Edición", "as_of": D, **changed}
    with pytest.raises(InputRefused) as refused:
        services.new_draft(desk, services.DraftGiven(**given), at=PUBLISHED)  # type: ignore[arg-type]
    assert refusal(refused) == code


def test_drafts_are_for_those_who_work_on_them(lara: User, desk: User, crowd: Crowd) -> None:
    number = draft(desk)
    for deed in (
        lambda: services.check(lara, number),
        lambda: services.approve(lara, number, ""),
        lambda: queries.draft(lara, number),
        lambda: queries.drafts(lara),
        lambda: queries.preview_content(lara, number),
        lambda: services.issue_erratum(lara, 1, "a", "b"),
        lambda: services.save_text(lara, "a", "informe.toml", ""),
    ):
        with pytest.raises(NotAllowed):
            deed()
    with pytest.raises(NotFound):
        queries.draft(desk, 10**6)


def test_an_erratum_has_its_number_and_is_shown_with_the_edition(
    desk: User, second: User, crowd: Crowd
) -> None:
    crowd.add(9)
    publish(desk, second)
    before = edition_of(1).sha256
    number = services.issue_erratum(second, 1, "Donde dice 9 debe decir 10.", "For 9 read 10.", at=PUBLISHED)
    page = queries.edition(desk, 1)
    assert [(one.number, one.edition) for one in page.errata] == [(number, 1)]
    assert page.sha256 == before
    with pytest.raises(InputRefused) as refused:
        services.issue_erratum(second, 1, "solo en español", "")
    assert refusal(refused) == "edition.erratum_words"


def test_a_later_edition_carries_the_errata_issued_before_it(desk: User, second: User, crowd: Crowd) -> None:
    crowd.add(9)
    publish(desk, second)
    services.issue_erratum(second, 1, "Errata.", "Erratum.", at=PUBLISHED + timedelta(days=1))
    publish(desk, second, PUBLISHED + timedelta(days=7), date(2026, 3, 3))
    assert [one.edition for one in content_of(edition_of(2)).errata] == [1]
    assert content_of(edition_of(1)).errata == ()
