"""An append-only row stays as it was added, whichever way one comes at it, on both engines."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction

from constancia.domain.errors import StoreRefused
from constancia.infra.append_only import (
    AppendOnlyQuerySet,
    ProtectTable,
    append_only_tables,
    releasing,
    unprotected_tables,
)
from tests.support.rows.models import Loose, Row

pytestmark = pytest.mark.django_db


def _sql(text: str) -> Callable[[type], None]:
    def attack(model: type) -> None:
        with connection.cursor() as cursor:
            cursor.execute(text.format(table=model._meta.db_table))

    return attack


def _save_over(model: type) -> None:
    row = model.objects.get(seq=1)
    row.words = "changed"
    row.save()


def _save_with_same_key(model: type) -> None:
    model(seq=1, words="changed").save()


def _bulk_update(model: type) -> None:
    row = model.objects.get(seq=1)
    row.words = "changed"
    model.objects.bulk_update([row], ["words"])


def _upsert(model: type) -> None:
    model.objects.bulk_create(
        [model(seq=1, words="changed")],
        update_conflicts=True,
        unique_fields=["seq"],
        update_fields=["words"],
    )


ATTACKS: dict[str, Callable[[type], object]] = {
    "save over": _save_over,
    "save with the same key": _save_with_same_key,
    "delete one": lambda model: model.objects.get(seq=1).delete(),
    "queryset update": lambda model: model.objects.filter(seq=1).update(words="changed"),
    "queryset delete": lambda model: model.objects.filter(seq=1).delete(),
    "base manager update": lambda model: model._base_manager.filter(seq=1).update(words="changed"),
    "raw delete": lambda model: model.objects.filter(seq=1)._raw_delete("default"),
    "bulk update": _bulk_update,
    "upsert": _upsert,
    "update or create": lambda model: model.objects.update_or_create(seq=1, defaults={"words": "changed"}),
    "sql update": _sql("UPDATE {table} SET words = 'changed' WHERE seq = 1"),
    "sql delete": _sql("DELETE FROM {table} WHERE seq = 1"),
    "sql delete all": _sql("DELETE FROM {table}"),
    "sql upsert": _sql(
        "INSERT INTO {table} (seq, words) VALUES (1, 'changed')"
        " ON CONFLICT (seq) DO UPDATE SET words = excluded.words"
    ),
}
ONLY_SQLITE = {
    "insert or replace": _sql("INSERT OR REPLACE INTO {table} (seq, words) VALUES (1, 'changed')"),
    "replace by another unique column": _sql("REPLACE INTO {table} (seq, words) VALUES (2, 'as added')"),
    "update or replace": _sql("UPDATE OR REPLACE {table} SET words = 'changed'"),
}
ONLY_POSTGRESQL = {
    "truncate": _sql("TRUNCATE {table}"),
    "truncate cascade": _sql("TRUNCATE {table} CASCADE"),
    "merge": _sql(
        "MERGE INTO {table} t USING (SELECT 1 AS seq) s ON t.seq = s.seq"
        " WHEN MATCHED THEN UPDATE SET words = 'changed'"
    ),
}


def _attacks_here() -> dict[str, Callable[[type], object]]:
    return ATTACKS | (ONLY_POSTGRESQL if connection.vendor == "postgresql" else ONLY_SQLITE)


def _contents(model: type) -> list[tuple[int, str]]:
    return list(model.objects.order_by("seq").values_list("seq", "words"))


def _refused(attack: Callable[[type], object], *kinds: type[Exception]) -> bool:
    try:
        with transaction.atomic():
            attack(Row)
    except kinds:
        return True
    return False


def test_every_attack_works_on_a_table_that_is_not_protected() -> None:
    for name, attack in _attacks_here().items():
        with transaction.atomic():
            Loose.objects.bulk_create([Loose(seq=1, words="as added")])
            attack(Loose)
            assert _contents(Loose) != [(1, "as added")], name
            transaction.set_rollback(True)


def test_row_13_no_attack_changes_an_append_only_row() -> None:
    Row.objects.create(seq=1, words="as added")
    for name, attack in _attacks_here().items():
        assert _refused(attack, StoreRefused, IntegrityError), name
        assert _contents(Row) == [(1, "as added")], name


def test_the_triggers_alone_are_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    Row.objects.create(seq=1, words="as added")
    for name in ("update", "delete", "bulk_update", "update_or_create", "bulk_create", "_raw_delete"):
        monkeypatch.delattr(AppendOnlyQuerySet, name)
    for name in ("save", "delete"):
        monkeypatch.delattr(Row.__mro__[1], name)
    for name, attack in _attacks_here().items():
        assert _refused(attack, IntegrityError), name
        assert _contents(Row) == [(1, "as added")], name


def test_every_append_only_table_of_the_house_has_its_triggers() -> None:
    assert "rows_row" in append_only_tables()
    assert unprotected_tables() == []


def test_row_13_a_table_whose_triggers_were_dropped_is_noticed() -> None:
    with connection.cursor() as cursor:
        cursor.execute(releasing(connection, "rows_row")[0])
    assert "rows_row" in unprotected_tables()


@pytest.mark.django_db(transaction=True)
def test_the_protection_can_be_put_on_twice_and_taken_off_by_a_migration() -> None:
    operation = ProtectTable("rows_row")
    with connection.schema_editor() as editor:
        operation.database_forwards("rows", editor, None, None)
        assert "rows_row" not in unprotected_tables()
        operation.database_backwards("rows", editor, None, None)
    assert "rows_row" in unprotected_tables()
    with connection.schema_editor() as editor:
        operation.database_forwards("rows", editor, None, None)


def test_rows_are_added_in_bulk_but_never_past_a_conflict() -> None:
    Row.objects.bulk_create([Row(seq=n, words=str(n)) for n in range(3000)], batch_size=1000)
    assert Row.objects.count() == 3000
    with pytest.raises(StoreRefused, match="append_only"):
        Row.objects.bulk_create([Row(seq=1, words="x")], ignore_conflicts=True)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_the_suite_can_empty_append_only_tables_between_tests(turn: int) -> None:
    assert Row.objects.count() == 0
    Row.objects.create(seq=1, words="as added")
    assert "rows_row" not in unprotected_tables()
