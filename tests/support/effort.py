"""How long a test that could go on for ever goes on.

The ordinary run tries enough that a broken rule shows; `CONSTANCIA_THOROUGH=1` (`make thorough`) tries as
much as whoever wrote the test asked for. What is asked and checked is the same in both.
"""

from __future__ import annotations

import os

THOROUGH = os.environ.get("CONSTANCIA_THOROUGH") == "1"


def examples(number: int) -> int:
    """Of so many examples of a property, those to try now: a quarter of them, ten at least."""
    return number if THOROUGH else min(number, max(10, number // 4))


def size(thorough: int, ordinary: int) -> int:
    """So much of something large, or so little that it still shows."""
    return thorough if THOROUGH else ordinary


FAULTS_IN_FULL = os.environ.get("CONSTANCIA_FAULTS") == "full"


def faults(short: int, full: int) -> int:
    """How often something is killed, cut or made to fail: in `make test`, or (`full`) in `make faults`."""
    return full if FAULTS_IN_FULL else short
