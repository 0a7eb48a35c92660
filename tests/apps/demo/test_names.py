"""Invented names: the same for the same seed, like those of Venezuela, and nobody everybody knows."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from random import Random

from constancia.apps.demo import names
from constancia.domain.vocabulary.terms import Sex


def test_the_same_seed_invents_the_same_people() -> None:
    one, other = (list(names.invented_people(7, 300)) for _ in range(2))
    assert one == other
    assert one != list(names.invented_people(8, 300))


def test_more_people_begin_with_the_same_people() -> None:
    assert list(islice(names.invented_people(7, 500), 100)) == list(names.invented_people(7, 100))


def test_identity_numbers_do_not_repeat_and_nobody_holds_one_like_them() -> None:
    numbers = [person.number for person in names.invented_people(3, 20_000)]
    assert len(set(numbers)) == len(numbers)
    assert all(60_000_000 <= int(number[2:]) < 80_000_000 for number in numbers)


def test_most_people_have_two_surnames_and_names_are_unevenly_frequent() -> None:
    people = list(names.invented_people(5, 5_000))
    assert 0.9 < sum(" " in person.name.surnames for person in people) / len(people) < 1
    first = Counter(person.name.surnames.split()[0] for person in people).most_common()
    assert first[0][1] > 5 * first[80][1]


def test_the_share_of_women_is_as_asked() -> None:
    people = list(names.invented_people(5, 5_000, women=0.3))
    assert 0.27 < sum(person.sex is Sex.WOMAN for person in people) / len(people) < 0.33


def test_a_name_on_the_list_to_avoid_is_never_given() -> None:
    drawn = (names.invented_name(Random(seed), Sex.MAN) for seed in range(3_000))
    assert not any(names.is_avoided(name.given, name.surnames) for name in drawn)


def test_the_list_to_avoid_holds_hashes_and_recognises_what_it_holds() -> None:
    assert all(len(line) == 64 and int(line, 16) for line in names._AVOIDED)
    assert len(names._AVOIDED) > 30


def test_another_spelling_sounds_the_same_but_is_written_otherwise() -> None:
    rng = Random(1)
    written = [person.name.full for person in names.invented_people(11, 300)]
    others = [names.spelled_otherwise(rng, name) for name in written]
    assert sum(one != other for one, other in zip(written, others, strict=True)) > 290
    assert all(abs(len(one) - len(other)) <= 2 for one, other in zip(written, others, strict=True))
    assert names.spelled_otherwise(rng, "Rubén Tomo") == "Rubén Tomo".replace("é", "e")
