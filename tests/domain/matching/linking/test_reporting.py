"""Overlap in persons; precision and recall against a count by hand."""

from __future__ import annotations

from constancia.domain.matching.linking.records import People, Record
from constancia.domain.matching.linking.reporting import best, of_clusters, overlap, true_pairs


def truths(*who: str) -> People:
    return People("", [Record(n, "", {}, {}, truth=one) for n, one in enumerate(who)], {}, False)


def test_persons_are_counted_not_rows() -> None:
    found = overlap([[0, 0, 1], [0, 2]])
    assert (found.only_first, found.both, found.only_second, found.repeated) == (1, 1, 1, (1, 0))
    assert overlap([[0, 0, 1]]).only_first == 2


def test_precision_and_recall_of_clusters() -> None:
    lists = [truths("x", "y", "z"), truths("x", "y", "w")]
    total = true_pairs(lists, within=False)
    assert total == 2
    found = of_clusters(lists, [[0, 1, 2], [0, 2, 3]], total, within=False)
    assert (found.precision, found.recall) == (0.5, 0.5)


def test_a_record_of_unknown_truth_is_nobody_else() -> None:
    lists = [truths("", "x"), truths("", "x")]
    assert true_pairs(lists, within=True) == 1
    assert of_clusters(lists, [[0, 1], [0, 1]], 1, within=False).precision == 0.5


def test_the_best_threshold_does_not_part_equals() -> None:
    assert best([(0.9, True), (0.5, True), (0.5, False)], 2).f1 == 0.8
    assert best([], 3).f1 == 0
