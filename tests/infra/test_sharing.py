"""Row 40, as far as keys go: the passphrase is lost, and the shares abroad open the register again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyrage
import pytest

from constancia.domain.errors import InputRefused, StoreRefused
from constancia.domain.sharing import Share, split
from constancia.infra import keystore, sharing
from constancia.infra.home import Home
from constancia.infra.secrets_unlock import RootKey, change_passphrase, unlock
from constancia.infra.sharing import decrypt_share, new_identity, open_with, read_share, share_out
from tests.support.houses import CHEAP, PASSPHRASE

NewHome = Callable[..., tuple[Home, RootKey]]


@pytest.fixture(autouse=True)
def _no_keys_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("CONSTANCIA_PASSPHRASE", "CONSTANCIA_KEY_FILE"):
        monkeypatch.delenv(name, raising=False)


class Abroad:
    """A register with shares out, any two of three, and what each holder has."""

    def __init__(self, home: Home, root: RootKey, folder: Path) -> None:
        self.home, self.root, self.folder = home, root, folder
        self.identities = [folder / f"persona-{n}" for n in (1, 2, 3)]
        self.recipients = [new_identity(path) for path in self.identities]
        share_out(home, root, 2, self.recipients, folder / "partes")

    def share(self, number: int, identity: int | None = None) -> Share:
        file = self.folder / "partes" / f"parte-{number}-de-3.age"
        return decrypt_share(file, self.identities[(identity or number) - 1])


@pytest.fixture
def abroad(new_home: NewHome, tmp_path: Path) -> Abroad:
    return Abroad(*new_home(), tmp_path)


def test_row_40_the_passphrase_is_lost_and_two_of_three_open(abroad: Abroad) -> None:
    root = open_with(abroad.home, [abroad.share(3), abroad.share(1)])
    assert root.current("db") == abroad.root.current("db")
    change_passphrase(abroad.home, root, "una frase nueva inventada", cost=CHEAP)
    assert unlock(abroad.home, "una frase nueva inventada").current("db") == root.current("db")
    with pytest.raises(StoreRefused, match=r"store\.wrong_passphrase"):
        unlock(abroad.home, PASSPHRASE)
    # The shares are still in force after that.
    assert open_with(abroad.home, [abroad.share(1), abroad.share(2)]).current("db") == root.current("db")


@pytest.mark.parametrize("lost", [1, 2, 3])
def test_row_40_one_share_is_lost_and_the_others_open(abroad: Abroad, lost: int) -> None:
    rest = [abroad.share(number) for number in (1, 2, 3) if number != lost]
    assert open_with(abroad.home, rest).current("db") == abroad.root.current("db")


def test_row_40_one_share_alone_opens_nothing(abroad: Abroad) -> None:
    with pytest.raises(InputRefused) as caught:
        open_with(abroad.home, [abroad.share(2)])
    assert caught.value.code == "share.few"
    assert caught.value.params == {"need": 2, "have": 1}


def test_row_40_who_holds_a_share_is_arrested_and_a_new_sharing_revokes_it(
    abroad: Abroad, tmp_path: Path
) -> None:
    taken = abroad.share(1)
    share_out(abroad.home, abroad.root, 2, abroad.recipients[1:], tmp_path / "otras")
    with pytest.raises(InputRefused) as caught:
        open_with(abroad.home, [taken, abroad.share(2)])
    assert caught.value.code == "share.of_others"
    new = [
        decrypt_share(tmp_path / "otras" / f"parte-{number}-de-2.age", abroad.identities[number])
        for number in (1, 2)
    ]
    assert open_with(abroad.home, new).current("db") == abroad.root.current("db")
    assert [slot["kind"] for slot in keystore.read(abroad.home).slots] == ["passphrase", "shares"]


def test_row_40_a_share_made_up_or_of_another_register_is_named_and_opens_nothing(abroad: Abroad) -> None:
    right = abroad.share(1)
    forged = Share(right.mark, right.need, right.of, 2, bytes(32))
    for wrong in (forged, split(bytes(32), 2, 3)[1]):
        with pytest.raises(InputRefused) as caught:
            open_with(abroad.home, [right, wrong])
        assert (caught.value.code, caught.value.params) == ("share.of_others", {"number": 2})


def test_a_register_without_shares_says_so(new_home: NewHome) -> None:
    with pytest.raises(InputRefused, match=r"share\.none"):
        open_with(new_home()[0], split(bytes(32), 2, 2))


def test_a_share_is_for_its_holder_alone(abroad: Abroad) -> None:
    with pytest.raises(InputRefused, match=r"share\.not_yours"):
        abroad.share(1, identity=2)
    file = abroad.folder / "partes" / "parte-1-de-3.age"
    assert file.stat().st_mode & 0o777 == 0o600
    assert str(abroad.share(1)).split()[3] not in file.read_text()
    file.write_text(file.read_text()[:-40])
    with pytest.raises(InputRefused, match=r"share\.not_yours"):
        abroad.share(1)


def test_an_identity_that_others_can_read_or_that_is_none_is_refused(abroad: Abroad, tmp_path: Path) -> None:
    abroad.identities[0].chmod(0o644)
    with pytest.raises(StoreRefused, match=r"share\.identity_mode"):
        abroad.share(1)
    for number, text in enumerate(("", "# nothing\n", "AGE-SECRET-KEY-1XYZ", "\x00")):
        path = tmp_path / f"nada-{number}"
        path.write_text(text)
        path.chmod(0o600)
        with pytest.raises(InputRefused, match=r"share\.identity$"):
            decrypt_share(abroad.folder / "partes" / "parte-1-de-3.age", path)
    with pytest.raises(InputRefused, match=r"share\.identity_taken"):
        new_identity(abroad.identities[1])


def test_a_file_of_words_is_read_and_one_that_is_none_is_named(abroad: Abroad, tmp_path: Path) -> None:
    path = tmp_path / "dictada.txt"
    path.write_text(f"{sharing.TITLE}\n{abroad.share(1)}\n")
    assert read_share(path) == abroad.share(1)
    path.write_text(str(abroad.share(1))[:-6])
    with pytest.raises(InputRefused) as caught:
        read_share(path)
    assert (caught.value.code, caught.value.params) == ("share.damaged_file", {"file": "dictada.txt"})
    with pytest.raises(InputRefused, match=r"share\.file"):
        read_share(tmp_path / "no-hay")


def test_a_decrypted_file_that_holds_something_else_is_refused(abroad: Abroad, tmp_path: Path) -> None:
    key = pyrage.x25519.Recipient.from_str(abroad.recipients[0])
    for content in (b"otra cosa", b"\xff\xfe"):
        (tmp_path / "x.age").write_bytes(pyrage.encrypt(content, [key]))
        with pytest.raises(InputRefused, match=r"share\.damaged_file"):
            decrypt_share(tmp_path / "x.age", abroad.identities[0])


def test_what_cannot_be_shared_changes_nothing(abroad: Abroad, tmp_path: Path) -> None:
    before = abroad.home.keystore.read_bytes()
    one, two, _ = abroad.recipients
    (tmp_path / "llena").mkdir()
    (tmp_path / "llena" / "x").touch()
    for need, to, out, code in (
        (2, [one, "age1no"], "a", "share.recipient"),
        (2, [one, one], "b", "share.recipient_twice"),
        (1, [one, two], "c", "share.numbers"),
        (3, [one, two], "d", "share.numbers"),
        (2, [one, two], "llena", "share.folder"),
    ):
        with pytest.raises(InputRefused) as caught:
            share_out(abroad.home, abroad.root, need, to, tmp_path / out)
        assert caught.value.code == code
        assert not list(tmp_path.glob(f"{out}/*.age"))
    assert abroad.home.keystore.read_bytes() == before
