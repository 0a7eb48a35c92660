"""Whether an edition is what was approved, and whether the register still says so."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, allow
from constancia.apps.publishing import terms
from constancia.apps.publishing.access import bytes_of, content_of, edition_of
from constancia.apps.publishing.freezing.freeze import Frozen, freeze
from constancia.apps.publishing.models import Build, Edition
from constancia.apps.publishing.services.approving import shortened
from constancia.apps.publishing.services.building import WITH_NAMES, built_files, is_as_signed
from constancia.domain.errors import ConstanciaError
from constancia.domain.publishing.comparing import unlike
from constancia.domain.publishing.content import Content
from constancia.infra import signing


@dataclass(frozen=True, slots=True)
class VerifyStep:
    """One step, in the order of work. `held`: None where there is nothing to check yet. `details`: what does
    not hold, each in a few words that name a path and two values."""

    name: str
    held: bool | None
    details: tuple[str, ...] = ()


def verify(user: User, number: int) -> tuple[VerifyStep, ...]:
    """Steps: "content" (its bytes are those approved), "signature" (the manifest is signed by this house and
    speaks of this content), "files" (each is as signed), "chain" (the edition before is the one it names),
    "recount" (every number counted anew from the register, with the definitions, consents and texts of then).

    Raises NotAllowed, NotFound (`edition.not_found`).
    """
    allow(user, Permission.EDITION_READ)
    edition = edition_of(number)
    steps = [_content(edition)]
    if steps[0].held:
        steps += [*_signed(edition), _chain(edition), _recount(user, edition)]
    return tuple(steps)


def _content(edition: Edition) -> VerifyStep:
    try:
        bytes_of(edition)
    except ConstanciaError as error:
        return VerifyStep("content", False, (error.code,))
    approved = edition.check_made.sha256
    return VerifyStep(
        "content", approved == edition.sha256, () if approved == edition.sha256 else (approved,)
    )


def _signed(edition: Edition) -> Iterator[VerifyStep]:
    built = Build.objects.filter(edition=edition).first()
    if built is None:
        yield VerifyStep("signature", None)
        yield VerifyStep("files", None)
        return
    manifest = bytes(built.manifest)
    said = json.loads(manifest)
    wrong = []
    if not signing.is_signed(manifest, bytes(built.signature), signing.public_key()):
        wrong.append("manifiesto.firma")
    if said["content"] != edition.sha256:
        wrong.append(f"content {said['content']}")
    yield VerifyStep("signature", not wrong, tuple(wrong))
    files = built_files(edition)
    # Whoever was erased since stood in a list of names; what held it is taken away for good.
    taken = WITH_NAMES if edition.number in shortened() else ()
    wrong = [
        one["path"]
        for one in said["files"]
        if not (one["path"] in taken and one["path"] not in files)
        and not is_as_signed(files.get(one["path"]), one)
    ]
    yield VerifyStep("files", not wrong, tuple(wrong))


def _chain(edition: Edition) -> VerifyStep:
    previous = content_of(edition).previous
    if previous is None:
        return VerifyStep("chain", edition.number == 1, () if edition.number == 1 else ("1",))
    before = Edition.objects.filter(number=previous.number).first()
    held = before is not None and before.sha256 == previous.sha256
    return VerifyStep("chain", held, () if held else (f"edition {previous.number}",))


def _recount(user: User, edition: Edition) -> VerifyStep:
    try:
        frozen = freeze(user, terms.of_edition(edition))
    except ConstanciaError as error:
        return VerifyStep("recount", False, (error.code,))
    found = unlike(content_of(edition), _with_the_erased(content_of(edition), frozen))
    return VerifyStep("recount", not found, tuple(found))


def _with_the_erased(published: Content, frozen: Frozen) -> Content:
    """What was counted anew; of the named list only how many there were, where somebody was erased since."""
    anew = frozen.content
    if not frozen.nameless or anew.named is None or published.named is None:
        return anew
    named = anew.named.model_copy(
        update={
            "named": anew.named.named + frozen.nameless,
            "reserved": anew.named.reserved - frozen.nameless,
            "sha256": published.named.sha256,
        }
    )
    return anew.model_copy(update={"named": named})
