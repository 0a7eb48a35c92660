"""Step 7: the content is the one that the manifest names, and no number contradicts itself."""

from __future__ import annotations

from hashlib import sha256

from constancia.domain.ledger.refused import ProofRefused
from constancia.verifier.bundle import CONTENT, Bundle
from constancia.verifier.edition import Edition
from constancia.verifier.manifest import Manifest


def check_content(bundle: Bundle, manifest: Manifest) -> Edition:
    """The content. Raises ProofRefused: as `Edition.read`; `proof.content_hash`, `proof.disagrees` (with the
    field), `proof.bounds` (with the number that is not between the least and the most it can be)."""
    data = bundle[CONTENT]
    if sha256(data).hexdigest() != manifest.content:
        raise ProofRefused("proof.content_hash")
    found = Edition.read(data)
    pairs = {
        "number": (found.number, manifest.edition),
        "organisation": (found.organisation, manifest.organisation),
        "as_of": (found.as_of, manifest.as_of),
        "known_at": (found.known_at, manifest.known_at),
        "software": (found.software, manifest.software),
        "previous": (found.previous.sha256 if found.previous else None, manifest.previous),
    }
    for name, (here, there) in pairs.items():
        if here != there:
            raise ProofRefused("proof.disagrees", field=name)
    if found.previous is not None and found.previous.number >= found.number:
        raise ProofRefused("proof.disagrees", field="previous.number")
    _check_names(found)
    _check_bounds(found)
    return found


def _check_names(found: Edition) -> None:
    for kind, names in (
        ("figures", [one.name for one in found.figures]),
        ("tables", [one.name for one in found.tables]),
    ):
        if len(set(names)) < len(names):
            raise ProofRefused("proof.disagrees", field=kind)


def _check_bounds(found: Edition) -> None:
    for one in found.figures:
        if not one.lowest <= one.value <= one.highest:
            raise ProofRefused("proof.bounds", name=one.name)
    for series in found.levels:
        for day, point in series.points:
            if not point["lowest"] <= point["value"] <= point["highest"]:
                raise ProofRefused("proof.bounds", name=f"{series.name} {day}")
    for series in found.daily:
        for day, point in series.points:
            if not point["by_that_day"] <= point["within_a_week"] <= point["value"]:
                raise ProofRefused("proof.bounds", name=f"{series.name} {day}")
