"""The names of many people as tables of numbers: which words each has, in which role, and who has a word."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from constancia.domain.matching import sides
from constancia.domain.matching.shapes import Known
from constancia.domain.matching.vocabulary import Vocabulary
from constancia.domain.names.parts import MOST_WORDS, given_names, taken_apart, words_of

BELIEVED = 300
"""People whose names are taken as they are elsewhere, beside those of the register: of a few people, a word
that one of them has is not therefore common."""
_COMMON, _OTHER = 0.01, 0.002
"""Share of people who have a common given name, and any other word, where nothing is counted."""

Ids = NDArray[np.int64]
Small = NDArray[np.int32]


class Form(NamedTuple):
    """One name of one person: `person` by its place in the table; `given`: how many of its words are given
    names, -1 where its source did not tell; `surnames_first`: whether these follow the surnames."""

    person: int
    words: tuple[str, ...]
    given: int
    surnames_first: bool


def forms_of(people: Sequence[Known]) -> list[Form]:
    """Every name of every person that has anything to compare."""
    found = []
    for place, one in enumerate(people):
        for number, name in enumerate(dict.fromkeys(one.names)):
            given, turned = -1, False
            if number == 0 and one.given and one.surnames:
                first, last = words_of(one.given), words_of(one.surnames)
                words = tuple([*first, *last][:MOST_WORDS])
                given = min(len(first), len(words))
            else:
                apart = taken_apart(name)
                words = apart.words[:MOST_WORDS]
                if 0 < apart.comma < len(words):
                    given, turned = len(words) - apart.comma, True
            if words:
                found.append(Form(place, words, given, turned))
    return found


class Table:
    """Names as numbers. `words`: forms × places, word numbers, -1 where there is none; `roles` likewise
    (`sides.GIVEN` …); `person`: the place of each form's person. `vocabulary` has the words.

    `columns`: the same as `words`, the other way round. `common`: the larger table that tells how common
    words are, for the few people of a small one.
    """

    def __init__(self, people: Sequence[Known], common: Table | None = None) -> None:
        forms = forms_of(people)
        numbers: dict[str, int] = {}
        names = [[numbers.setdefault(word, len(numbers)) for word in form.words] for form in forms]
        width = max((len(name) for name in names), default=1)
        self.vocabulary: Vocabulary
        self.people = len(people)
        self.person = np.array([form.person for form in forms], np.int64)
        self.words = np.full((len(forms), width), -1, np.int32)
        self.roles = np.full((len(forms), width), -1, np.int8)
        lengths = np.array([len(name) for name in names], np.int64)
        if names:
            filled = np.arange(width)[None, :] < lengths[:, None]
            self.words[filled] = np.concatenate([np.array(name, np.int32) for name in names])
        self.columns = np.ascontiguousarray(self.words.T)
        shares = self._shares(list(numbers))
        among = max(self.people, 1)
        if common is not None:
            own: Vocabulary = common.vocabulary
            rare = BELIEVED * _OTHER / (common.people + BELIEVED)
            shares = np.array([own.shares[own.numbers[w]] if w in own.numbers else rare for w in numbers])
            among = common.people
        self.vocabulary = Vocabulary(list(numbers), shares, among + BELIEVED)
        self._assign_roles(forms, names, lengths)
        self._post()

    def __len__(self) -> int:
        return len(self.person)

    def holders(self, word: int) -> Small:
        """The forms that have `word`."""
        return self._holders[self._starts[word] : self._starts[word + 1]]

    def count(self, words: Ids) -> int:
        """How many forms have any of `words`, those with several counted as often."""
        return int((self._starts[words + 1] - self._starts[words]).sum())

    def _shares(self, words: Sequence[str]) -> NDArray[np.float64]:
        """How common each word is: as counted here, and as far as the people are few, as words are."""
        common = given_names()
        counts = np.array([BELIEVED * (_COMMON if word in common else _OTHER) for word in words], float)
        for place in range(self.words.shape[1]):
            column = self.words[:, place]
            # A word twice in one name ("Pérez Pérez") is one person who has it.
            again = np.zeros(len(column), bool)
            for before in range(place):
                again |= column == self.words[:, before]
            np.add.at(counts, column[(column >= 0) & ~again], 1)
        return counts / (self.people + BELIEVED)

    def _assign_roles(self, forms: Sequence[Form], names: Sequence[Sequence[int]], lengths: Ids) -> None:
        turned = np.array([form.surnames_first for form in forms], bool)
        # What is learned counts a name's first words as the given ones: turned names do not teach.
        teach = [-2 if form.surnames_first else form.given for form in forms]
        share = sides.learned(
            [name for name, one in zip(names, teach, strict=True) if one != -2],
            [one for one in teach if one != -2],
            self.vocabulary.words,
        )
        given = np.array([form.given for form in forms], np.int64)
        for length in np.unique(lengths):
            mine = np.flatnonzero((lengths == length) & (given < 0))
            if not len(mine):
                continue
            if length == 1:
                given[mine] = (share[self.words[mine, 0]] > 0.5).astype(np.int64)
                continue
            first, count = sides.split(self.words[mine, :length].astype(np.int64), share)
            turned[mine], given[mine] = first, count
        places = np.arange(self.words.shape[1])[None, :]
        ahead = np.where(turned, lengths - given, given)[:, None]
        inside = places < lengths[:, None]
        on_given = (places < ahead) ^ turned[:, None]
        start = np.where(on_given == (~turned)[:, None], 0, ahead)
        roles = np.where(on_given, sides.GIVEN, sides.SURNAME) + (places != start)
        self.roles[:] = np.where(inside, roles, -1)

    def _post(self) -> None:
        flat = self.words.ravel()
        order = np.argsort(flat, kind="stable")
        order = order[np.searchsorted(flat[order], 0) :]
        self._holders = (order // self.words.shape[1]).astype(np.int32)
        self._starts = np.searchsorted(flat[order], np.arange(len(self.vocabulary) + 1))
