"""A small built edition, and an audit of it by sample: what tests of receipts and audits begin with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property, partial
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from constancia.apps.accounts.models import User
from constancia.apps.accounts.services import create_user
from constancia.apps.publishing import services
from constancia.apps.publishing.outputs.opendata import package, zipped
from constancia.apps.publishing.services import auditing, building
from constancia.apps.register.recording import PersonHandle
from constancia.domain.ledger.auditing import Sample, result_of
from constancia.domain.publishing.canonical import content_bytes
from constancia.domain.publishing.content import Content
from constancia.domain.publishing.manifest import CONTENT
from constancia.domain.vocabulary.terms import Role
from constancia.infra import auditor
from constancia.verifier.bundle import Bundle, open_bundle
from constancia.verifier.sampled import Sampled, Whole, check_sample, whole_edition
from constancia.verifier.steps import Asked
from tests.apps.publishing.crowd import PUBLISHED, Crowd, publish

BUILT = PUBLISHED + timedelta(hours=1)
BEACON, VALUE, OTHER_VALUE = "drand quicknet round 12345678", "ab" * 32, "cd" * 32


@dataclass(frozen=True)
class Audited:
    """`bundle`: the edition's folder; `people`: seven of Lara, then five of Zulia."""

    desk: User
    bundle: Path
    people: list[PersonHandle]

    @property
    def lara(self) -> list[str]:
        return [one.code for one in self.people[:7]]

    @property
    def zulia(self) -> list[str]:
        return [one.code for one in self.people[7:]]

    def asked(self) -> Asked:
        return Asked(partial(open_bundle, self.bundle))

    def drawn(self, folder: Path, value: str = VALUE, count: int = 5) -> Sample:
        return auditing.draw(self.desk, 1, value, count, folder, at=BUILT)

    def checked(self, folder: Path) -> Sampled:
        return check_sample(open_bundle(folder), whole_edition(self.asked()))


def built(desk: User, second: User, crowd: Crowd, monkeypatch: Any) -> Audited:
    """Edition 1 of seven people in Lara and five in Zulia, with few files."""
    lara, zulia = crowd.add(7), crowd.add(5, state="zulia", sex="woman")
    number = publish(desk, second)
    monkeypatch.setattr(building, "files_of", few)
    folder = services.build(desk, number, at=BUILT)
    return Audited(desk, folder, [*lara, *zulia])


def signed(folder: Path, key: Path, confirmed: int, bad: tuple[int, ...] = ()) -> bytes:
    """The note of an auditor about the sample in a folder."""
    data = (folder / "muestra.json").read_bytes()
    found = result_of(Sample.read(data), sha256(data).hexdigest(), confirmed, bad)
    return auditor.signed_result(found, key).encode()


def few(content: Content, *_: Any) -> dict[str, bytes]:
    """What a verifier needs, without charts and papers."""
    return {CONTENT: content_bytes(content), "datos.zip": zipped(package(content, None))}


@dataclass(frozen=True)
class Kept:
    """An auditor's folder and the edition it is of, as files; `sample`: of twelve."""

    edition: Mapping[str, bytes]
    folder: Mapping[str, bytes]
    sample: Sample

    @cached_property
    def whole(self) -> Whole:
        return whole_edition(Asked(lambda: Bundle(self.edition)))

    def checked(self, changed: Mapping[str, bytes] | None = None) -> Sampled:
        """The folder, some of its files changed."""
        return check_sample(Bundle({**self.folder, **(changed or {})}), self.whole)

    def without(self, name: str) -> Sampled:
        files = {path: data for path, data in self.folder.items() if path != name}
        return check_sample(Bundle(files), self.whole)


def kept(folder: Path, count: int = 5) -> Kept:
    """An audit made in a register that is rolled back: only files are left of it, as the auditor has them."""
    with transaction.atomic(), pytest.MonkeyPatch.context() as patch:
        desk, second = (create_user(None, name, name, Role.DESK) for name in ("primera", "segunda"))
        made = built(desk, second, Crowd(desk, second), patch)
        auditing.announce(desk, 1, BEACON, at=BUILT)
        sample = made.drawn(folder, count=count)
        found = Kept(open_bundle(made.bundle).files, open_bundle(folder).files, sample)
        transaction.set_rollback(True)
    return found
