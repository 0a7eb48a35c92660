"""Splink, with our settings, on DuckDB and on Spark."""

from __future__ import annotations

import logging
import os
from collections.abc import Sequence
from pathlib import Path

import duckdb
import pytest

from constancia.apps.matching.linking import Linkage, run, truth_of
from constancia.domain.errors import DeploymentRefused, InputRefused, StoreRefused
from constancia.domain.matching.linking import blocking
from constancia.domain.matching.linking.records import People
from constancia.infra.linkage import engines
from constancia.infra.linkage.quiet import quiet
from tests.support.lists import FREE, MAPPING, lines, people


def two(size: int = 60, mapping: str = FREE) -> list[People]:
    return [people(lines(size), mapping), people(lines(size, prefix="b", first=size // 3), mapping)]


def f1(found: Linkage) -> float:
    truth = truth_of(found)
    assert truth is not None
    return truth.clusters.f1


@pytest.fixture(scope="module")
def linked() -> Linkage:
    return run(two())


def test_two_lists_are_linked(linked: Linkage) -> None:
    assert f1(linked) > 0.95
    assert (linked.overlap.both, linked.overlap.repeated) == (40, (0, 0))


def test_expected_links_are_about_the_links(linked: Linkage) -> None:
    assert linked.expected == pytest.approx(40, abs=4)


def test_nobody_gets_two_rows_of_a_list_that_is_free_of_duplicates(linked: Linkage) -> None:
    for clusters in linked.linked.clusters:
        assert len(set(clusters)) == len(clusters)


def test_by_rules_the_same_people_are_found(monkeypatch: pytest.MonkeyPatch, linked: Linkage) -> None:
    monkeypatch.setattr(blocking, "EVERYTHING", 10)
    found = run(two())
    assert found.blocking.rules
    assert found.linked.compared < found.blocking.pairs / 4
    truth = truth_of(found)
    assert truth is not None
    assert truth.completeness >= 0.97
    assert truth.clusters.f1 > 0.95


def test_one_list_is_searched_for_its_duplicates() -> None:
    found = run([people(lines(60) + lines(20, prefix="b"), MAPPING)])
    assert found.overlap.repeated[0] == pytest.approx(20, abs=2)


def test_lists_that_repeat_people_are_searched_inside_too() -> None:
    found = run([people(lines(40) + lines(10, prefix="b"), MAPPING), people(lines(40, prefix="c"), FREE)])
    assert found.within
    assert found.overlap.repeated[0] >= 8


@pytest.mark.parametrize("size", [1, 2])
def test_the_smallest_lists_are_linked(size: int) -> None:
    found = run([people(lines(size), FREE), people(lines(size, prefix="b"), FREE)])
    assert found.overlap.only_first + found.overlap.both == size


def test_rows_all_alike_are_linked_without_a_fault() -> None:
    same = [(str(n), "Ramona", "Azuaje", "01/02/1970", "7654321", "") for n in range(30)]
    assert run([people(same)]).overlap.only_first >= 1


def test_a_single_row_has_nobody_to_be_compared_with() -> None:
    with pytest.raises(InputRefused, match=r"linking\.one_row"):
        run([people(lines(1))])


@pytest.mark.parametrize("accept", [0.0, 1.0, -1.0, float("nan")])
def test_an_impossible_threshold_is_refused(accept: float) -> None:
    with pytest.raises(InputRefused, match=r"linking\.accept"):
        run(two(3), accept=accept)


def test_nothing_is_logged_or_printed(
    capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        run(two(30))
    told = capsys.readouterr()
    assert (told.out, told.err) == ("", "")
    assert not [record for record in caplog.records if record.name.startswith("splink")]


def test_what_fails_in_the_engine_is_told_without_its_words() -> None:
    with pytest.raises(StoreRefused) as refused, quiet():
        duckdb.sql("SELECT 'Ramona Azuaje' + 1")
    assert refused.value.code == "linking.engine"
    assert refused.value.__cause__ is None
    assert "Ramona" not in str(refused.value)


def test_memory_that_does_not_suffice_is_a_refusal_and_never_a_file() -> None:
    with engines.duck(memory="30MB") as small, pytest.raises(StoreRefused) as refused, quiet():
        small.rows("SELECT max(x) FROM (SELECT list(range::VARCHAR || 'x') AS x FROM range(20000000))")
    assert refused.value.code == "linking.memory"


def test_the_engine_reaches_no_file(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("a\n1\n")
    with engines.duck() as engine, pytest.raises(duckdb.Error):
        engine.rows(f"SELECT * FROM read_csv('{tmp_path}/x.csv')")


def test_spark_without_a_private_folder_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "spark_lacking", lambda: "")
    with pytest.raises(InputRefused, match=r"linking\.spark_folder"), engines.spark(None):
        pass
    tmp_path.chmod(0o755)
    with pytest.raises(InputRefused, match=r"linking\.spark_folder_open"), engines.spark(tmp_path):
        pass


def test_where_spark_is_lacking_it_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(engines, "spark_lacking", lambda: "java")
    with pytest.raises(DeploymentRefused, match=r"linking\.no_spark"), engines.spark(tmp_path):
        pass


@pytest.mark.timeout(900)
def test_spark_comes_to_the_same_as_duckdb(tmp_path: Path) -> None:
    lacking = engines.spark_lacking()
    if lacking:
        pytest.skip(f"Spark cannot run here: {lacking} is missing (make setup-spark; Java 17)")
    lists: Sequence[People] = two(18)
    folder = tmp_path / "paso"
    folder.mkdir(mode=0o700)
    on_spark = run(lists, engine="spark", spark_folder=folder)
    here = run(lists)
    assert [pair.levels for pair in on_spark.linked.pairs] == [pair.levels for pair in here.linked.pairs]
    assert [pair.probability for pair in on_spark.linked.pairs] == pytest.approx(
        [pair.probability for pair in here.linked.pairs], abs=1e-6
    )
    assert on_spark.overlap == here.overlap
    assert os.listdir(folder) == [], "Spark left files behind"


def test_the_published_benchmarks_are_met(shared: Path) -> None:
    """RLdata500 alone: the larger ones take longer and are measured by `make eval-linkage`."""
    data = shared / "data" / "linkage" / "rldata500.csv"
    if not data.is_file():
        pytest.skip("the benchmark is not in the shared folder")
    files = pytest.importorskip("constancia.apps.matching.files")
    assert f1(run([files.of_file(files.Listed(data, files.shipped()["rldata"]))])) >= 0.97
