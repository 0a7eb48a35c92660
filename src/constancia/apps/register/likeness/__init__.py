"""Whom of the register a name may mean, and who of it may be there twice; only among those a user may see.

    match(user, [Mention("Perez Juan")])   →  candidates
    pairs(user)                            →  probable duplicates

People who are judged to be one stand once, under the person who counts (`identity.counted_as`).
"""

from constancia.apps.register.likeness import doubles, process
from constancia.apps.register.likeness.asking import known_of, match
from constancia.apps.register.likeness.doubles import Pair, pairs, searching
from constancia.apps.register.likeness.process import live, warm

__all__ = ["Pair", "forget", "known_of", "live", "match", "pairs", "searching", "warm"]


def forget() -> None:
    """Lets everybody go; the next question reads everything anew."""
    process.forget()
    doubles.forget()
