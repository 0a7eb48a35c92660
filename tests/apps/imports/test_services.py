"""Importing a file: once, twice, changed, withdrawn. Everybody here is invented."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from constancia.apps.accounts.models import User
from constancia.apps.imports import queries, services
from constancia.apps.imports.duplicates import Likeness
from constancia.apps.register import services as register
from constancia.apps.register.histories import open_fields
from constancia.apps.register.models import (
    Detention,
    ExternalKey,
    Fact,
    ImportBatch,
    ImportRow,
    Person,
    Source,
)
from constancia.domain import catalogue
from constancia.domain.errors import FactRefused, MappingRefused, NotAllowed, TableRefused
from constancia.domain.vocabulary.terms import Verdict

MAPPING = """
title = "Lista de prueba"
on_error = "skip_fact"
[source]
kind = "own_archive"
label = "archivo viejo"
[dates]
order = "dmy"
[known]
column = "anotado"
[person]
scheme = "archivo"
id = ["id"]
region = "{estado}"
[[fact]]
kind = "name"
fields = { full = "{nombre}" }
on_error = "refuse_row"
[[fact]]
kind = "identity_document"
fields = { number = "{cédula}" }
[[fact]]
kind = "arrest"
when = "detención"
fields = { state = "{estado}", held_at = "{centro}" }
[[fact]]
kind = "release"
when = "salida"
fields = { release = "under_measures" }
"""
HEADER = "id,nombre,cédula,estado,centro,detención,salida,anotado"
FIRST = (
    "1,Ramón Ibáñez Peña,V-11.111.111,lara,Uribana,08/01/2026,,10/01/2026",
    "2,Zoé Núñez,,zulia,El Marite,09/01/2026,20/01/2026,",
)

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def _write(*rows: str, header: str = HEADER) -> Path:
        file = tmp_path / "casos.csv"
        file.write_text("\n".join((header, *rows)) + "\n", encoding="utf-8")
        return file

    return _write


def live() -> Counter[str]:
    """Facts that stand, by kind."""
    facts = Fact.objects.filter(superseded_by__isnull=True).exclude(kind="withdrawal")
    return Counter(facts.values_list("kind", flat=True))


def test_an_import_records_people_detentions_and_facts_with_their_rows(desk: User, write: Write) -> None:
    done = services.commit(desk, write(*FIRST), MAPPING)
    assert (done.rows, done.new_people, done.more, done.known, done.refused_rows) == (2, 2, 0, 0, 0)
    assert live() == done.by_kind
    assert live() == {"external_id": 2, "name": 2, "identity_document": 1, "arrest": 2, "release": 1}
    batch = ImportBatch.objects.get(pk=done.batch)
    assert (batch.title, batch.scheme, batch.mapping) == ("Lista de prueba", "archivo", MAPPING)
    assert [(row.number, row.facts.count()) for row in ImportRow.objects.order_by("pk")] == [(2, 4), (3, 4)]
    assert Source.objects.count() == 1
    assert Detention.objects.count() == 2
    assert {(key.scheme, key.value) for key in ExternalKey.objects.all()} == {
        ("archivo", "1"),
        ("archivo", "2"),
    }


def test_the_declared_known_day_begins_in_the_zone_of_the_house(desk: User, write: Write) -> None:
    services.commit(desk, write(*FIRST), MAPPING)
    arrest = Fact.objects.get(kind="arrest", person__external_keys__value="1")
    assert arrest.known_at.isoformat() == "2026-01-10T04:00:00+00:00"
    other = Fact.objects.get(kind="arrest", person__external_keys__value="2")
    assert other.known_at == other.witnessed_at


def test_repeating_an_import_adds_nothing(desk: User, write: Write) -> None:
    services.commit(desk, write(*FIRST), MAPPING)
    before = (Fact.objects.count(), Person.objects.count(), Source.objects.count(), ImportRow.objects.count())
    again = services.commit(desk, write(*FIRST), MAPPING)
    assert (again.batch, again.known, again.facts) == (None, 2, 0)
    assert before == (
        Fact.objects.count(), Person.objects.count(), Source.objects.count(), ImportRow.objects.count()
    )  # fmt: skip
    assert ImportBatch.objects.count() == 1


def test_an_import_by_another_writing_of_the_mapping_adds_nothing_either(desk: User, write: Write) -> None:
    services.commit(desk, write(*FIRST), MAPPING)
    again = services.commit(desk, write(*FIRST), MAPPING + "# una nota\n")
    assert (again.batch, again.known) == (None, 2)


def test_a_changed_row_adds_only_what_is_new_in_it(desk: User, write: Write) -> None:
    services.commit(desk, write(*FIRST), MAPPING)
    out = FIRST[0].replace("08/01/2026,,", "08/01/2026,30/01/2026,")
    done = services.commit(desk, write(out, FIRST[1]), MAPPING)
    assert (done.new_people, done.more, done.known, dict(done.by_kind)) == (0, 1, 1, {"release": 1})
    assert (Person.objects.count(), Detention.objects.count()) == (2, 2)
    release = Fact.objects.get(kind="release", batch=done.batch)
    assert release.detention == Fact.objects.get(kind="arrest", person=release.person).detention


def test_a_corrected_arrest_stays_in_the_same_detention(desk: User, write: Write) -> None:
    services.commit(desk, write(*FIRST), MAPPING)
    done = services.commit(desk, write(FIRST[0].replace("08/01/2026", "07/01/2026"), FIRST[1]), MAPPING)
    assert dict(done.by_kind) == {"arrest": 1}
    assert Detention.objects.count() == 2


def test_another_row_of_a_known_person_is_another_detention(desk: User, write: Write) -> None:
    services.commit(desk, write(*FIRST), MAPPING)
    again = "2,Zoé Núñez,,zulia,El Marite,09/03/2026,,"
    done = services.commit(desk, write(*FIRST, again), MAPPING)
    assert (done.new_people, done.more, dict(done.by_kind)) == (0, 1, {"arrest": 1})
    assert Detention.objects.filter(person__external_keys__value="2").count() == 2


def test_two_rows_of_a_new_person_are_one_person_with_two_detentions(desk: User, write: Write) -> None:
    again = "2,Zoé Núñez,,zulia,El Marite,09/03/2026,,"
    done = services.commit(desk, write(*FIRST, again), MAPPING)
    assert (done.new_people, done.more) == (2, 1)
    assert live()["name"] == 2
    assert Detention.objects.filter(person__external_keys__value="2").count() == 2


def test_rows_without_an_identifier_are_recognised_by_their_content(desk: User, write: Write) -> None:
    mapping = MAPPING.replace('id = ["id"]\n', "")
    services.commit(desk, write(*FIRST), mapping)
    again = services.commit(desk, write(*FIRST), mapping + "# otra vez\n")
    assert (again.batch, again.known, Person.objects.count()) == (None, 2, 2)


def test_a_row_twice_in_the_file_is_recorded_once_and_reported(desk: User, write: Write) -> None:
    done = services.commit(desk, write(*FIRST, FIRST[0]), MAPPING)
    assert [(found.row, found.code, found.params) for found in done.refusals] == [
        (4, "import.row_repeated", {"first": 2})
    ]
    assert (done.new_people, done.refused_rows) == (2, 1)
    assert all(code in catalogue.sentences() for code in done.refusals_by_code)


def test_a_withdrawn_import_may_be_imported_again(desk: User, write: Write) -> None:
    first = services.commit(desk, write(*FIRST), MAPPING)
    assert first.batch is not None
    assert services.withdraw(desk, first.batch, "archivo equivocado") == first.facts
    assert live() == {}
    assert ExternalKey.objects.count() == 0
    done = services.commit(desk, write(*FIRST), MAPPING)
    assert (done.new_people, live()) == (2, first.by_kind)


def test_withdrawing_the_second_of_two_imports_leaves_the_first_and_lets_it_come_again(
    desk: User, write: Write
) -> None:
    first = services.commit(desk, write(*FIRST), MAPPING)
    changed = FIRST[0].replace("08/01/2026,,", "08/01/2026,30/01/2026,")
    second = services.commit(desk, write(changed), MAPPING)
    assert second.batch is not None
    services.withdraw(desk, second.batch, "no era")
    assert live() == first.by_kind
    third = services.commit(desk, write(changed), MAPPING)
    assert dict(third.by_kind) == {"release": 1}


def test_withdrawing_needs_a_reason(desk: User, write: Write) -> None:
    done = services.commit(desk, write(*FIRST), MAPPING)
    assert done.batch is not None
    with pytest.raises(FactRefused):
        services.withdraw(desk, done.batch, "  ")


def test_whoever_ran_an_import_does_not_review_it(desk: User, second: User, write: Write) -> None:
    done = services.commit(desk, write(*FIRST), MAPPING)
    assert done.batch is not None
    with pytest.raises(FactRefused):
        services.review_batch(desk, done.batch, Verdict.CONFIRM)
    services.review_batch(second, done.batch, Verdict.CONFIRM)


def test_refused_cells_leave_the_rest_and_are_all_reported(desk: User, write: Write) -> None:
    bad = (
        "3,Eva Sol,,lara,Uribana,30/02/2026,,",
        "4,,,lara,Uribana,01/02/2026,,",
        "5,Iris\u202eX,,lara,U,01/02/2026,,",
    )
    done = services.commit(desk, write(*FIRST, *bad), MAPPING)
    assert [(found.row, found.column, found.code, found.whole_row) for found in done.refusals] == [
        (4, "detención", "date.no_such_day", False),
        (6, "nombre", "name.control", True),
    ]
    assert done.new_people == 4


def test_a_release_before_the_known_arrest_is_refused_in_a_later_import_too(desk: User, write: Write) -> None:
    services.commit(desk, write(*FIRST), MAPPING)
    mapping = MAPPING.replace('kind = "arrest"\nwhen = "detención"', 'kind = "seen_held"').replace(
        "held_at", "place"
    )
    done = services.commit(desk, write("1,Ramón Ibáñez Peña,V-11.111.111,lara,Uribana,,02/01/2026,"), mapping)
    assert [(found.row, found.code) for found in done.refusals] == [(2, "fact.exit_before_entry")]
    assert "release" not in done.by_kind


@pytest.mark.django_db
def test_a_file_or_mapping_that_does_not_hold_records_nothing(desk: User, write: Write) -> None:
    with pytest.raises(MappingRefused):
        services.commit(desk, write(*FIRST, header=HEADER.replace("nombre", "nom")), MAPPING)
    with pytest.raises(TableRefused):
        services.commit(desk, write(*FIRST, '3,"Eva'), MAPPING)
    assert (Person.objects.count(), Fact.objects.count(), ImportBatch.objects.count()) == (0, 0, 0)


def test_only_those_who_run_imports_may(lara: User, write: Write) -> None:
    for deed in (services.preview, services.commit):
        with pytest.raises(NotAllowed):
            deed(lara, write(*FIRST), MAPPING)
    with pytest.raises(NotAllowed):
        services.withdraw(lara, 1, "porque sí")


def test_a_preview_says_what_the_commit_will_do_and_records_nothing(desk: User, write: Write) -> None:
    rows = (*FIRST, FIRST[0], "3,Eva Sol,,lara,Uribana,30/02/2026,,")
    seen = services.preview(desk, write(*rows), MAPPING)
    assert Fact.objects.count() == 0
    done = services.commit(desk, write(*rows), MAPPING)
    assert (seen.rows, seen.new_people, seen.facts, seen.by_kind) == (
        done.rows, done.new_people, done.facts, done.by_kind
    )  # fmt: skip
    assert seen.refusals == done.refusals
    assert seen.detentions == Detention.objects.count() == 2
    assert (seen.unused, seen.encoding, seen.delimiter) == ((), "utf-8", ",")


def test_a_preview_points_at_likely_duplicates_inside_and_outside_the_file(desk: User, write: Write) -> None:
    services.commit(desk, write(*FIRST), MAPPING)
    codes = dict(ExternalKey.objects.values_list("value", "person__code"))
    rows = (
        "11,IBAÑEZ PEÑA RAMON,,lara,Uribana,08/01/2026,,",
        "12,Otro Nombre,11111111,lara,Uribana,08/01/2026,,",
        "13,Ramón Ibáñez Peña,,lara,Uribana,08/02/2026,,",
        "14,Núñez Zoé Mar,,lara,Uribana,08/02/2026,,",
        "15,Zoé,,lara,Uribana,08/02/2026,,",
    )
    seen = services.preview(desk, write(*rows), MAPPING)
    assert {(d.row, d.likeness, d.other_row, d.code) for d in seen.duplicates} == {
        (4, Likeness.NAME, 2, ""),
        (2, Likeness.NAME_AND_DATE, 0, codes["1"]),
        (4, Likeness.NAME, 0, codes["1"]),
        (3, Likeness.DOCUMENT, 0, codes["1"]),
    }


def test_the_row_is_kept_sealed_as_it_came(desk: User, write: Write) -> None:
    services.commit(desk, write(*FIRST), MAPPING)
    row = ImportRow.objects.get(number=2)
    assert "Ramón".encode() not in bytes(row.content)
    name = Fact.objects.select_related("person").get(kind="name", row=row)
    assert name.sealed is not None
    assert open_fields([(name.person.subject, name.seq, name.sealed)]) == [{"full": "Ramón Ibáñez Peña"}]


def test_progress_is_told(desk: User, write: Write) -> None:
    told: list[int] = []
    rows = [f"{n},Ana Sol{n},,lara,Uribana,08/01/2026,," for n in range(1, 1201)]
    done = services.commit(desk, write(*rows), MAPPING, progress=told.append)
    assert (done.new_people, told) == (1200, [500, 1000])


def test_each_row_may_bring_its_own_source_which_is_kept_once(desk: User, write: Write) -> None:
    mapping = MAPPING.replace(
        'kind = "own_archive"\nlabel = "archivo viejo"',
        'kind = { column = "cédula", values = { h = "relative", p = "press" } }\nlabel = "{cédula}"',
    )
    rows = [f"{n},Ana Sol{n},{'hp'[n % 2]},lara,Uribana,08/01/2026,," for n in range(6)]
    services.commit(desk, write(*rows), mapping)
    assert sorted(Source.objects.values_list("kind", flat=True)) == ["press", "relative"]


def test_withdrawing_an_import_takes_back_what_had_been_revived(desk: User, write: Write) -> None:
    done = services.commit(desk, write(*FIRST), MAPPING)
    assert done.batch is not None
    arrest = Fact.objects.filter(batch=done.batch, kind="arrest").first()
    assert arrest is not None
    withdrawal = register.withdraw(desk, arrest.seq, "parecía otra persona")
    assert standing(desk, done) == (done.facts - 1, 1)
    register.withdraw(desk, withdrawal, "era la misma")
    assert standing(desk, done) == (done.facts, 0)
    assert services.withdraw(desk, done.batch, "archivo equivocado") == done.facts
    assert standing(desk, done) == (0, done.facts)


def standing(user: User, done: services.Imported) -> tuple[int, int]:
    """How many of its facts stand, by the import's own page; how many were taken back, by the list of all."""
    assert done.batch is not None
    (line,) = queries.batches(user)
    return queries.batch(user, done.batch).stands, line.withdrawn
