"""The table of integers in memory."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import duckdb
import numpy as np
import pytest

from constancia.infra.columnar import ColumnarTable


def table(*rows):
    made = ColumnarTable("thing", {"key": "int32", "small": "int8", "large": "int64"}, "key", memory="64MB")
    made.load([lines(*rows)])
    return made


def lines(*rows):
    return np.array(rows, dtype=np.int64).reshape(len(rows), 3)


def everything(made):
    return made.rows("SELECT * FROM thing ORDER BY ALL")


def test_rows_come_back_as_they_were_put_in():
    assert everything(table((1, 2, 2**62), (3, -4, 0))) == [(1, 2, 2**62), (3, -4, 0)]


def test_a_key_s_rows_are_replaced_together():
    made = table((1, 1, 1), (1, 2, 2), (2, 3, 3), (3, 4, 4))
    made.replace([1, 3], lines((1, 9, 9)))
    assert everything(made) == [(1, 9, 9), (2, 3, 3)]
    assert made.replaced == 3


def test_nothing_is_replaced_where_something_does_not_fit():
    made = table((1, 1, 1))
    with pytest.raises(ValueError, match="does not fit int8"):
        made.replace([1], lines((1, 300, 1)))
    assert everything(made) == [(1, 1, 1)]


def test_rows_of_another_shape_are_refused():
    with pytest.raises(ValueError, match="shape"):
        table().load([np.zeros((2, 4), dtype=np.int64)])


def test_a_load_takes_the_place_of_all_there_was():
    made = table((1, 1, 1))
    assert made.load([lines((5, 5, 5)), lines(), lines((6, 6, 6))]) == 2
    assert everything(made) == [(5, 5, 5), (6, 6, 6)]


def test_readers_in_other_threads_see_all_of_a_replacement_or_nothing():
    made = table(*[(key, 0, 0) for key in range(200)])
    keys = list(range(200))

    def write():
        for turn in range(1, 30):
            made.replace(keys, lines(*[(key, turn, turn) for key in keys]))

    def read():
        return {made.rows("SELECT count(*), max(small) - min(small) FROM thing")[0] for _ in range(60)}

    with ThreadPoolExecutor(4) as threads:
        writer = threads.submit(write)
        seen = [threads.submit(read) for _ in range(3)]
        assert set().union(*(reader.result() for reader in seen)) == {(200, 0)}
        writer.result()


def test_arrays_come_by_column():
    found = table((1, 2, 3), (4, 5, 6)).arrays("SELECT key, large FROM thing ORDER BY key")
    assert found["large"].tolist() == [3, 6]


def test_nothing_outside_memory_can_be_read(tmp_path):
    file = tmp_path / "secret.csv"
    file.write_text("a\n1\n")
    with pytest.raises(Exception, match="disabled"):
        table().rows(f"SELECT * FROM read_csv('{file}')")


def test_what_does_not_fit_into_the_memory_allowed_fails_and_goes_to_no_disk(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    made = table((1, 1, 1))
    chance = np.random.default_rng(1)
    with pytest.raises(duckdb.OutOfMemoryException):
        for _ in range(100):
            many = chance.integers(0, 2**62, (100_000, 3))
            many[:, :2] %= 100
            made.replace([1], many)
    assert list(tmp_path.iterdir()) == []
    assert everything(table((1, 1, 1))) == [(1, 1, 1)]


def test_rows_that_are_alike_take_little_memory():
    made, times = table(), 1_000_000
    made.load([np.column_stack([np.arange(times), np.ones(times, np.int64), np.full(times, 2**40)])])
    ((taken,),) = made.rows("SELECT sum(memory_usage_bytes) FROM duckdb_memory()")
    assert taken < times * (4 + 1 + 8) / 2
