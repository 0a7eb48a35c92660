"""Answers kept while the register does not change: pages ask the same questions all day.

An answer belongs to the last change that the snapshot holds; after the next recording it is counted
anew. Answers are totals, the same for everybody who may read figures; the caller asks who may.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from constancia.apps.figures.process import snapshot
from constancia.apps.figures.snapshot import Snapshot

MOST = 400
"""Answers kept per snapshot; the one longest unused goes first."""

T = TypeVar("T")

_kept: WeakKeyDictionary[Snapshot, OrderedDict[Hashable, Any]] = WeakKeyDictionary()
_turn = threading.Lock()


def remembered(question: Hashable, count: Callable[[], T]) -> T:
    """The kept answer to `question`, or what `count` now answers. The answer is shared: do not change it."""
    found = snapshot()
    key = (found.change, question)
    with _turn:
        answers = _kept.setdefault(found, OrderedDict())
        if key in answers:
            answers.move_to_end(key)
            kept: T = answers[key]
            return kept
    answer = count()
    with _turn:
        answers[key] = answer
        while len(answers) > MOST:
            answers.popitem(last=False)
    return answer
