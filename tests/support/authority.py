"""An invented time-stamping authority: certificates of our own, stamps by `openssl ts -reply`."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

CONFIGURATION = """
[tsa]
default_tsa = own
[own]
serial = serial
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
ess_cert_id_alg = sha256
"""
TST_INFO = "1.2.840.113549.1.9.16.1.4"
STAMPING = x509.ExtendedKeyUsageOID.TIME_STAMPING
LONG_AGO, FAR_AHEAD = datetime(2019, 1, 1, tzinfo=UTC), datetime(2099, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Certified:
    """A certificate and its key."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    def pem(self) -> bytes:
        return self.certificate.public_bytes(Encoding.PEM)

    def key_pem(self) -> bytes:
        return self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def certified(
    name: str,
    issuer: Certified | None = None,
    *,
    ca: bool = False,
    use: x509.ObjectIdentifier | None = STAMPING,
    critical: bool = True,
    begins: datetime = LONG_AGO,
    ends: datetime = FAR_AHEAD,
) -> Certified:
    """A certificate, by `issuer` or of its own. `use`: of a key that is no authority's."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.certificate.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(ends)
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
    )
    if not ca and use is not None:
        builder = builder.add_extension(x509.ExtendedKeyUsage([use]), critical=critical)
    return Certified(builder.sign(issuer.key if issuer else key, hashes.SHA256()), key)


class Authority:
    """A folder with a root, a stamper under it, and `openssl`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.root = certified("Raíz inventada", ca=True)
        self.stamper = certified("Sellos inventados", self.root)
        (folder / "ts.cnf").write_text(CONFIGURATION)
        (folder / "serial").write_text("01")

    def reply(self, query: bytes) -> bytes:
        """The answer to a query, by the stamper."""
        self._put(query=query, signer=self.stamper.pem(), key=self.stamper.key_pem())
        self.openssl("ts", "-reply", "-config", "ts.cnf", "-section", "own", "-queryfile", "query",
                     "-signer", "signer", "-inkey", "key", "-out", "reply")  # fmt: skip
        return (self.folder / "reply").read_bytes()

    def reply_to(self, note: bytes, nonce: bool = True) -> bytes:
        """A stamp of `note`, as anybody could have asked for it."""
        self._put(note=note)
        options = [] if nonce else ["-no_nonce"]
        self.openssl("ts", "-query", "-data", "note", "-sha256", "-cert", *options, "-out", "asked")
        return self.reply((self.folder / "asked").read_bytes())

    def signed_by(
        self, signer: Certified, reply: bytes, change: Callable[[bytes], bytes] = bytes, *between: Certified
    ) -> bytes:
        """What `reply` says, changed, and signed by another."""
        self._put(reply=reply, signer=signer.pem(), key=signer.key_pem())
        self.openssl("ts", "-reply", "-in", "reply", "-token_out", "-out", "token")
        self.openssl("cms", "-verify", "-noverify", "-binary",
                     "-inform", "DER", "-in", "token", "-out", "info")  # fmt: skip
        self._put(info=change((self.folder / "info").read_bytes()))
        self._put(between=b"".join(one.pem() for one in between))
        more = ["-certfile", "between"] if between else []
        self.openssl("cms", "-sign", "-binary", "-nodetach", "-econtent_type", TST_INFO, "-in", "info",
                     "-signer", "signer", "-inkey", "key", "-outform", "DER", "-out", "forged",
                     *more)  # fmt: skip
        return sequence(sequence(b"\x02\x01\x00") + (self.folder / "forged").read_bytes())

    def openssl(self, *arguments: str) -> str:
        done = subprocess.run(
            ["openssl", *arguments], cwd=self.folder, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout + done.stderr

    def _put(self, **files: bytes) -> None:
        for name, content in files.items():
            (self.folder / name).write_bytes(content)


def sequence(content: bytes) -> bytes:
    """A SEQUENCE in DER."""
    size = len(content)
    if size < 128:
        return bytes([0x30, size]) + content
    return b"\x30\x82" + size.to_bytes(2, "big") + content


def at(instant: datetime) -> Callable[[bytes], bytes]:
    """Puts another time into a TSTInfo."""
    told = f"{instant:%Y%m%d%H%M%S}Z".encode()

    def change(info: bytes) -> bytes:
        place = info.index(b"\x18\x0f") + 2
        return info[:place] + told + info[place + len(told) :]

    return change


def answering(reply: Callable[[bytes], bytes], asked: list[dict[str, Any]] | None = None) -> Any:
    """A WSGI application that answers queries. `asked` is told what came."""

    def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        query = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        if asked is not None:
            asked.append({**environ, "query": query})
        start_response("200 OK", [("Content-Type", "application/timestamp-reply")])
        return [reply(query)]

    return application


def invented_authority() -> Iterable[Authority]:
    """The body of a fixture."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not on this machine: no time stamps can be made to check")
    with tempfile.TemporaryDirectory() as folder:
        yield Authority(Path(folder))
