"""A small built edition, and an audit of it by sample: what tests of receipts and audits begin with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from constancia.apps.accounts.models import User
from constancia.apps.publishing import services
from constancia.apps.publishing.services import auditing, building
from constancia.domain.ledger.auditing import Sample, result_of
from constancia.infra import auditor
from constancia.verifier.bundle import Bundle, open_bundle
from constancia.verifier.sampled import Sampled, check_sample
from constancia.verifier.steps import Asked
from tests.apps.publishing.crowd import PUBLISHED, Crowd, publish

BUILT = PUBLISHED + timedelta(hours=1)
BEACON, VALUE, OTHER_VALUE = "drand quicknet round 12345678", "ab" * 32, "cd" * 32


@dataclass(frozen=True)
class Audited:
    """`bundle`: the edition's folder; `people`: codes, those of Lara first."""

    desk: User
    bundle: Path
    lara: list[str]
    zulia: list[str]

    def asked(self) -> Asked:
        return Asked(partial(open_bundle, self.bundle))

    def drawn(self, folder: Path, value: str = VALUE, count: int = 5) -> Sample:
        return auditing.draw(self.desk, 1, value, count, folder, at=BUILT)

    def checked(self, folder: Path) -> Sampled:
        return check_sample(open_bundle(folder), self.asked())

    def checked_with(self, folder: Path, **changed: bytes) -> Sampled:
        """The folder with the files of these paths ("/" and "." as they are) changed."""
        files = dict(open_bundle(folder).files) | changed
        return check_sample(Bundle(files), self.asked())


def built(desk: User, second: User, crowd: Crowd, monkeypatch: Any) -> Audited:
    """Edition 1 of twelve people in Lara and ten in Zulia, with few files, and one more of whom nobody
    knew."""
    lara, zulia = crowd.add(12), crowd.add(10, state="zulia", sex="woman")
    number = publish(desk, second)
    monkeypatch.setattr(building, "files_of", _few)
    folder = services.build(desk, number, at=BUILT)
    return Audited(desk, folder, [one.code for one in lara], [one.code for one in zulia])


def signed(folder: Path, key: Path, confirmed: int, bad: tuple[int, ...] = ()) -> bytes:
    """The note of an auditor about the sample in a folder."""
    data = (folder / "muestra.json").read_bytes()
    found = result_of(Sample.read(data), sha256(data).hexdigest(), confirmed, bad)
    return auditor.signed_result(found, key).encode()


_all = building.files_of


def _few(*given: Any) -> dict[str, bytes]:
    """What a verifier needs, without charts and papers."""
    return {name: data for name, data in _all(*given).items() if name.startswith("datos/")}
