"""Under which person somebody is counted at a known time, once records are judged to be one person."""

from __future__ import annotations

from collections.abc import Mapping


def counted_person(own: int, counted_as: Mapping[int, int], at: int) -> int:
    """The person counted at `at` (µs): the last entry of `counted_as` from then or before, else `own`.

    `counted_as` maps known instants (µs) to the person from then on; the register derives it from the
    identity judgements (the smallest person of the cluster).
    """
    if not counted_as:
        return own
    before = [instant for instant in counted_as if instant <= at]
    return counted_as[max(before)] if before else own
