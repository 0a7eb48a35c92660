"""Answers kept while the register does not change: pages ask the same questions all day.

An answer belongs to the last change that the snapshot holds; after the next recording it is counted
anew. Answers are totals, the same for everybody who may read figures; the caller asks who may.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from constancia.apps.figures.process import snapshot
from constancia.apps.figures.snapshot import Snapshot
from constancia.domain.vocabulary.terms import Grade

MOST = 400
"""Answers kept per snapshot; the one longest unused goes first."""

T = TypeVar("T")

_kept: WeakKeyDictionary[Snapshot, OrderedDict[Hashable, Future[Any]]] = WeakKeyDictionary()
_turn = threading.Lock()


def remembered(question: Hashable, count: Callable[[], T], least: Grade | None = None) -> T:
    """The kept answer to `question`, or what `count` now answers. The answer is shared: do not change it.

    `least`: the answer counts people whose entry has this grade or a higher one, and nothing else; then it is
    kept while only others are recorded. While one thread counts, those who ask the same wait for it.
    """
    found = snapshot()
    key = (found.change if least is None else found.change_of(least), least, question)
    with _turn:
        answers = _kept.setdefault(found, OrderedDict())
        mine = key not in answers
        if mine:
            answers[key] = Future()
            while len(answers) > MOST:
                answers.popitem(last=False)
        answers.move_to_end(key)
        answer: Future[T] = answers[key]
    if not mine:
        try:
            return answer.result()
        except _BrokenOff:
            return remembered(question, count, least)
    try:
        answer.set_result(count())
    except BaseException:
        with _turn:
            answers.pop(key, None)
        answer.set_exception(_BrokenOff())
        raise
    return answer.result()


class _BrokenOff(Exception):
    """Whoever was counting could not: the next one counts."""
