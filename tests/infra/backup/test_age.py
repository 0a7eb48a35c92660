"""age as streams: who may read, what a broken stream comes to, what nobody may be given."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pyrage
import pytest
from pyrage import x25519

from constancia.domain.errors import ConstanciaError, InputRefused, IntegrityBroken, StoreRefused
from constancia.infra.backup import age
from constancia.infra.backup.store import hashed

ANA, BEA, CARLA = (x25519.Identity.generate() for _ in range(3))
BOTH = [ANA.to_public(), BEA.to_public()]


@pytest.fixture
def sealed(tmp_path: Path) -> Path:
    path = tmp_path / "algo.age"
    with path.open("wb") as file, age.encrypting(file, BOTH) as (stream, sink):
        for _ in range(40):
            stream.write(b"un secreto inventado " * 1000)
    assert (sink.size, sink.sha256) == (path.stat().st_size, hashed(path).sha256)
    return path


def read(path: Path, *by: x25519.Identity, sha256: str = "") -> bytes:
    with age.decrypting(path, by, sha256 or hashed(path).sha256) as stream:
        return stream.read()


def test_each_recipient_alone_reads_all_of_it(sealed: Path) -> None:
    for one in (ANA, BEA):
        assert read(sealed, one) == b"un secreto inventado " * 40_000
    assert pyrage.decrypt(sealed.read_bytes(), [ANA]) == read(sealed, BEA), "another program reads it too"
    assert age.recipients_in(sealed) == 2


def test_a_stranger_reads_nothing(sealed: Path) -> None:
    with pytest.raises(StoreRefused) as refused:
        read(sealed, CARLA)
    assert refused.value.code == "backup.wrong_identity"


@pytest.mark.parametrize("at", [0, 30, 150, 400, 70_000, -1])
def test_a_turned_bit_is_never_read_over(sealed: Path, at: int) -> None:
    data = bytearray(sealed.read_bytes())
    data[at] ^= 1
    sealed.write_bytes(data)
    with pytest.raises(ConstanciaError) as refused:
        read(sealed, ANA, BEA)
    assert refused.value.code in ("backup.damaged", "backup.wrong_identity")


def test_a_shortened_file_is_damaged_though_its_beginning_was_read(sealed: Path) -> None:
    sealed.write_bytes(sealed.read_bytes()[:200_000])
    with pytest.raises(IntegrityBroken) as refused, age.decrypting(sealed, [ANA], "") as stream:
        assert stream.read(1000)
    assert refused.value.code == "backup.damaged"


def test_another_good_file_than_the_one_that_was_signed_is_refused_at_the_end(sealed: Path) -> None:
    with pytest.raises(IntegrityBroken) as refused:
        read(sealed, ANA, sha256="0" * 64)
    assert refused.value.code == "backup.file_changed"


def test_a_full_disk_is_told_as_such() -> None:
    class Full(BytesIO):
        def write(self, _data: object) -> int:
            raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"), age.encrypting(Full(), BOTH) as (stream, _):
        stream.write(bytes(3_000_000))


def test_a_reader_that_stops_early_leaves_no_thread_waiting(sealed: Path) -> None:
    with pytest.raises(StoreRefused, match="x"), age.decrypting(sealed, [ANA], "") as stream:
        stream.read(1)
        raise StoreRefused("x")


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ([], "backup.recipients_few"),
        ([str(BOTH[0])], "backup.recipients_few"),
        ([str(BOTH[0]), "# nadie más", ""], "backup.recipients_few"),
        ([str(BOTH[0]), str(BOTH[0])], "backup.recipient_twice"),
        ([str(BOTH[0]), str(CARLA)], "backup.recipient_secret"),
        ([str(BOTH[0]), str(CARLA).lower()], "backup.recipient_secret"),
        ([str(BOTH[0]), str(BOTH[1])[:-1]], "backup.recipient"),
        ([str(BOTH[0]), "ssh-ed25519 AAAAC3Nza"], "backup.recipient"),
    ],
)
def test_a_list_of_recipients_that_would_not_do_is_refused_without_repeating_it(
    lines: list[str], code: str
) -> None:
    with pytest.raises(InputRefused) as refused:
        age.recipients("\n".join(lines))
    assert refused.value.code == code
    assert "AGE" not in str(refused.value.params).upper()


def test_two_people_with_comments_between_them_will_do() -> None:
    found = age.recipients(f"# Ana, lejos\n{BOTH[0]}\n\n  {BOTH[1]}  \n")
    assert [str(one) for one in found] == [str(one) for one in BOTH]


def test_a_file_of_identities_is_read_and_anything_else_is_none(tmp_path: Path) -> None:
    path = tmp_path / "identidad.txt"
    path.write_text(f"# created: 2026\n{ANA}\n")
    assert [str(one) for one in age.identities(path)] == [str(ANA)]
    for content in (b"", b"# nada\n", str(BOTH[0]).encode(), b"\xff\xfe", b"AGE-SECRET-KEY-1XYZ"):
        path.write_bytes(content)
        with pytest.raises(InputRefused) as refused:
            age.identities(path)
        assert refused.value.code == "backup.identity"
