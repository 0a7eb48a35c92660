"""What may not be shown: small cells, and small changes beside any edition before."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from constancia.apps.accounts.models import User
from constancia.apps.publishing import services, telling
from constancia.apps.publishing.access import content_of, edition_of
from constancia.apps.publishing.disclosing import earlier_tables, shown_in
from tests.apps.publishing.crowd import A_MINUTE, PUBLISHED, Crowd, draft, publish

pytestmark = pytest.mark.django_db

NEXT_WEEK = PUBLISHED + timedelta(days=7)
NEXT = date(2026, 3, 3)


@pytest.fixture
def published(desk: User, second: User, crowd: Crowd) -> list[int]:
    """Edition 1: twenty nationals and twelve foreigners. The foreigners' persons."""
    crowd.add(20, nationality="national")
    foreigners = crowd.add(12, nationality="foreign", state="zulia")
    publish(desk, second)
    return [person.pk for person in foreigners]


def findings(desk: User, number: int) -> list[dict[str, object]]:
    return services.check(desk, number, at=NEXT_WEEK + A_MINUTE).findings


def test_a_foreigner_who_left_between_two_editions_is_not_singled_out(
    desk: User, second: User, crowd: Crowd
) -> None:
    crowd.add(20, nationality="national")
    (foreigner, *_) = crowd.add(12, nationality="foreign", state="zulia")
    publish(desk, second)
    crowd.released(foreigner, "2026-02-27", PUBLISHED + timedelta(days=3))
    number = draft(desk, NEXT_WEEK, NEXT)
    found = findings(desk, number)
    first = found[0]
    assert (first["code"], first["table"], first["edition"]) == ("difference", "held_by_nationality", "1")
    assert first["cells"] == [["foreign"]]
    assert found[-1]["code"] == "mend"
    merges = services.pattern_of(found[-1]["merges"])
    services.decide_merges(desk, number, merges, found[-1]["withheld"], at=NEXT_WEEK + 2 * A_MINUTE)
    assert services.check(desk, number, at=NEXT_WEEK + 3 * A_MINUTE).passed


def test_a_national_who_left_is_nobody_in_particular(desk: User, second: User, crowd: Crowd) -> None:
    (national, *_) = crowd.add(20, nationality="national")
    crowd.add(12, nationality="foreign", state="zulia")
    publish(desk, second)
    crowd.released(national, "2026-02-27", PUBLISHED + timedelta(days=3))
    assert findings(desk, draft(desk, NEXT_WEEK, NEXT)) == []


def test_enough_who_left_together_hide_each_other(desk: User, second: User, crowd: Crowd) -> None:
    crowd.add(20, nationality="national")
    foreigners = crowd.add(12, nationality="foreign", state="zulia")
    publish(desk, second)
    for person in foreigners[:5]:
        crowd.released(person, "2026-02-27", PUBLISHED + timedelta(days=3))
    assert findings(desk, draft(desk, NEXT_WEEK, NEXT)) == []


def test_the_refusal_says_where_and_why_and_no_number_that_is_not_shown(
    desk: User, second: User, crowd: Crowd
) -> None:
    crowd.add(20, nationality="national")
    (foreigner, *_) = crowd.add(12, nationality="foreign", state="zulia")
    publish(desk, second)
    crowd.released(foreigner, "2026-02-27", PUBLISHED + timedelta(days=3))
    checked = services.check(desk, draft(desk, NEXT_WEEK, NEXT), at=NEXT_WEEK + A_MINUTE)
    said = telling.findings(checked.content, checked.findings, "es")
    assert said[0] == (
        "Personas detenidas por nacionalidad",
        "Extranjeros: restando de la edición 1 se aísla a muy pocas personas.",
    )
    told = " ".join(what for _, what in said)
    assert "12" not in told
    assert "11" not in told
    assert telling.findings(checked.content, checked.findings, "en")[0][0] == "People held by nationality"


def test_a_table_that_is_withheld_is_in_no_edition_and_compared_with_none(
    desk: User, second: User, crowd: Crowd
) -> None:
    crowd.add(20)
    number = draft(desk)
    services.decide_merges(desk, number, (), ["held_by_state"], at=PUBLISHED)
    checked = services.check(desk, number, at=PUBLISHED)
    services.approve(second, number, checked.sha256, at=PUBLISHED)
    table = content_of(edition_of(1)).table("held_by_state")
    assert table is not None
    assert (table.withheld, table.cells, table.categories) == (True, (), ((),))
    assert "held_by_state" not in {one.table for one in earlier_tables()}


def test_what_an_edition_showed_is_read_back_cell_by_cell(published: list[int]) -> None:
    shown = {one.table: one for one in shown_in(content_of(edition_of(1)))}
    nationality = shown["held_by_nationality"]
    assert nationality.values[("foreign",)] == 12
    assert nationality.values[("",)] == 32
    assert nationality.universe.startswith("held|all_detained||2026-02-24|")


AGAIN = """
[[figure]]
name = "again"
figure = "held"
label = { es = "otra vez", en = "again" }

[[table]]
name = "again_by_state"
of = "again"
by = ["state"]
title = { es = "Por estado otra vez", en = "By state again" }
"""

THEN = """
[[figure]]
name = "then"
figure = "held"
as_of = 2026-02-17
label = { es = "una semana antes", en = "a week before" }

[[table]]
name = "then_by_nationality"
of = "then"
by = ["nationality"]
title = { es = "Por nacionalidad una semana antes", en = "By nationality a week before" }
"""


def test_what_an_edition_merged_is_not_parted_by_the_next(desk: User, second: User, crowd: Crowd) -> None:
    """Apure 3 and Lara 7 were one; with Zulia fallen to 7 the least merging would be Apure with another."""
    crowd.add(3, state="apure")
    crowd.add(7, state="lara")
    zulians = crowd.add(8, state="zulia")
    crowd.add(40, state="miranda")
    publish(desk, second)
    crowd.released(zulians[0], "2026-02-27", PUBLISHED + timedelta(days=3))
    number = draft(desk, NEXT_WEEK, NEXT)
    apart = services.pattern_of([{"table": "held_by_state", "cells": [["apure"], ["zulia"]]}])
    services.decide_merges(desk, number, apart, [], at=NEXT_WEEK)
    found = findings(desk, number)
    assert ("held_by_state", "parted", "1", [["apure"], ["lara"]]) in [
        (one.get("table"), one.get("reason"), one.get("edition"), one.get("cells")) for one in found
    ]
    publish(desk, second, NEXT_WEEK + timedelta(hours=1), NEXT)
    table = content_of(edition_of(2)).table("held_by_state")
    assert table is not None
    (group,) = table.groups
    assert {("apure",), ("lara",)} <= set(group.cells)


def test_one_question_under_two_names_is_one_universe(desk: User, crowd: Crowd) -> None:
    """Two tables of the same people, each with another merge of the small state, would give it away."""
    crowd.add(3, state="apure")
    crowd.add(7, state="lara")
    crowd.add(8, state="zulia")
    services.save_text(desk, "informe", "informe.toml", AGAIN, at=PUBLISHED)
    number = draft(desk, report="informe")
    merges = services.pattern_of(
        [
            {"table": "held_by_state", "cells": [["apure"], ["lara"]]},
            {"table": "again_by_state", "cells": [["apure"], ["zulia"]]},
        ]
    )
    services.decide_merges(desk, number, merges, [], at=PUBLISHED)
    found = services.check(desk, number, at=PUBLISHED + A_MINUTE).findings
    assert {one.get("reason") for one in found if one["code"] == "cell"} == {"solved"}


def test_a_table_of_another_day_in_the_same_edition_is_compared_as_an_edition_is(
    desk: User, second: User, crowd: Crowd
) -> None:
    crowd.add(20, nationality="national")
    (foreigner, *_) = crowd.add(12, nationality="foreign", state="zulia")
    crowd.released(foreigner, "2026-02-20", PUBLISHED - timedelta(days=3))
    services.save_text(desk, "informe", "informe.toml", THEN, at=PUBLISHED)
    number = draft(desk, report="informe")
    checked = services.check(desk, number, at=PUBLISHED + A_MINUTE)
    first = checked.findings[0]
    assert (first["code"], first["table"], first["edition"]) == ("difference", "then_by_nationality", "")
    assert first["cells"] == [["foreign"]]
    assert "esta misma edición" in telling.findings(checked.content, checked.findings, "es")[0][1]
    mending = checked.findings[-1]
    merges = services.pattern_of(mending["merges"])
    services.decide_merges(desk, number, merges, mending["withheld"], at=PUBLISHED + A_MINUTE)
    assert services.check(desk, number, at=PUBLISHED + 2 * A_MINUTE).passed
