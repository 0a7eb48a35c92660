"""The kinds within a cause of a balance, as far as they may be shown: released in which way, learned how."""

from __future__ import annotations

from collections.abc import Mapping

Ways = tuple[tuple[tuple[str, ...], int], ...]
"""(kinds that are shown as one, people), the most people first."""


def ways(kinds: Mapping[str, int], threshold: int) -> Ways:
    """Each kind with its people; those of fewer than `threshold` with the next larger ones as one, and
    nothing where no other is left. "" is for people of no kind, who are what the others leave of the cause.

    A kind is named only because somebody is of it. So of those shown as one the sum has to leave room: each
    but one may be a single person, and still the last must reach the threshold.
    """
    ranked = sorted(
        ((number, kind) for kind, number in kinds.items() if number), key=lambda one: (one[0], one[1])
    )
    small = sum(number < threshold for number, _ in ranked)
    count = small
    while small and not _hides(ranked[:count], threshold):
        count += 1
        if count > len(ranked):
            return ()
    if small and count == len(ranked):
        return ()
    hidden = ranked[:count]
    found: list[tuple[tuple[str, ...], int]] = [((kind,), number) for number, kind in ranked[count:] if kind]
    if hidden and all(kind for _, kind in hidden):
        found.append((tuple(sorted(kind for _, kind in hidden)), sum(number for number, _ in hidden)))
    return tuple(sorted(found, key=lambda one: (-one[1], one[0])))


def _hides(group: list[tuple[int, str]], threshold: int) -> bool:
    return len(group) > 1 and sum(number for number, _ in group) - (len(group) - 1) >= threshold
