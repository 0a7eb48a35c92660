"""What the site is made of: editions with their files, charts and reports, as they were built."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from constancia.domain.language import Language
from constancia.domain.publishing.content import Content


@dataclass(frozen=True, slots=True)
class Download:
    """A built file of an edition. `path`: its name in the edition's folder of files ("informe.es.pdf");
    `read` gives its bytes when they are copied, `size` (in bytes) and `sha256` are those of the build."""

    path: str
    size: int
    sha256: str
    read: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Signed:
    """Who answers for an edition: Ed25519 over the bytes of the manifest. Keys, hash and signature in hex.

    `manifest` is the path of the manifest among the downloads, "" where it is not offered.
    """

    public_key: str
    manifest_sha256: str
    signature: str = ""
    manifest: str = ""
    signed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Logged:
    """What an edition that has a place in the log is checked with. `bundle`: all of it as one archive, `path`
    only its name; `printed` and `recorded`: the log before and with the edition in it, as origin, size and
    root in words: what its report prints, and what the verifier shows."""

    bundle: Download
    printed: str
    recorded: str


@dataclass(frozen=True, slots=True)
class SiteEdition:
    """One edition. `charts`: SVG by (name of the chart, language); `narrow`: the same for a telephone,
    where there is one. `report`: by language, the report as a
    fragment of trusted HTML whose headings begin at h2 (`outputs.html.fragment`); its pictures are those of
    `report_pictures`. `logged`: None where the edition is older than the log."""

    content: Content
    files: tuple[Download, ...] = ()
    signed: Signed | None = None
    charts: Mapping[tuple[str, Language], str] = field(default_factory=dict)
    narrow: Mapping[tuple[str, Language], str] = field(default_factory=dict)
    report: Mapping[Language, str] = field(default_factory=dict)
    logged: Logged | None = None

    @property
    def number(self) -> int:
        return self.content.number

    @property
    def updated(self) -> datetime:
        """When it was signed; the edition's T where nobody has."""
        if self.signed is not None and self.signed.signed_at is not None:
            return self.signed.signed_at
        return self.content.known_at
