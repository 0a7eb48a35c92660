"""What a second reading of a document may propose, beside what stands there already."""

from __future__ import annotations

from collections.abc import Sequence

from constancia.apps.claims import models
from constancia.apps.claims.shaping import claim_of
from constancia.apps.claims.standing import STANDS, Standing, standings
from constancia.domain.claims.claim import Claim


def told_anew(
    rows: Sequence[models.Claim], proposals: Sequence[Claim], *, replacing: bool
) -> list[tuple[Claim, models.Claim | None]]:
    """The proposals that are news, each with the proposal of before whose place it takes, if any.

    `rows`: all claims of the document. The same number at a place that overlaps that of a claim which
    somebody confirmed, rejected or corrected is no news. `replacing`: a proposal of the reader on which
    nobody has decided gives way to the reader's own new reading of that number; otherwise it stands.
    """
    standing = standings(rows)
    settled = [claim_of(row) for row in rows if row.pk in _settled(rows, standing)]
    waiting = [(row, claim_of(row)) for row in rows if standing[row.pk] is Standing.PROPOSED]
    news = [one for one in proposals if not any(_same_number(one, old) for old in settled)]
    kept = {row.pk for row, old in waiting if old in news}
    news = [one for one in news if not any(one == old for _row, old in waiting)]
    found: list[tuple[Claim, models.Claim | None]] = []
    for one in news:
        if not replacing:
            if not any(_gist(one) == _gist(old) for _row, old in waiting):
                found.append((one, None))
            continue
        open_rows = [
            (row, old)
            for row, old in waiting
            if row.pk not in kept and row.proposed_by == "reader" and _same_number(one, old)
        ]
        nearest = min(open_rows, key=lambda pair: (pair[1].about != one.about, pair[0].pk), default=None)
        if nearest is not None:
            kept.add(nearest[0].pk)
        found.append((one, nearest[0] if nearest else None))
    return found


def _settled(rows: Sequence[models.Claim], standing: dict[int, Standing]) -> set[int]:
    """The claims that somebody decided on: themselves, or by a correction of them that stands."""
    decided = {row.pk for row in rows if standing[row.pk] in (Standing.CONFIRMED, Standing.REJECTED)}
    corrected = {
        row.supersedes_id
        for row in rows
        if row.supersedes_id is not None and row.proposed_by == "person" and standing[row.pk] in STANDS
    }
    return decided | corrected


def _same_number(one: Claim, other: Claim) -> bool:
    return one.value == other.value and one.start < other.end and other.start < one.end


def _gist(claim: Claim) -> tuple[object, ...]:
    return claim.start, claim.value, claim.about
