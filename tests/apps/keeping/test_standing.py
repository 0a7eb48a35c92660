"""What the house is told of its backups: on the page, by the doctor, and when the night's own is made."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from constancia.apps.accounts import services
from constancia.apps.keeping import queries
from constancia.apps.keeping.services import nightly
from constancia.domain.errors import StoreRefused
from constancia.domain.vocabulary.terms import Role
from constancia.infra import clock
from constancia.infra.backup import state
from constancia.infra.home import Home, HomeSettings
from tests.support.world import SignedIn

NOON = datetime(2026, 3, 2, 16, 0, tzinfo=UTC)


@pytest.fixture
def home(suite_home: Home) -> Iterator[Home]:
    yield suite_home
    suite_home.backups_file.unlink(missing_ok=True)


def codes(home: Home, now: datetime = NOON) -> list[str]:
    return [one.code for one in queries.standing(home, now).findings]


def test_a_new_register_has_two_days_for_its_first_backup(home: Home) -> None:
    begun = datetime.fromtimestamp(home.keystore.stat().st_mtime, UTC)
    assert codes(home, begun + timedelta(hours=47)) == []
    assert codes(home, begun + timedelta(hours=49)) == ["backup.never"]


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({"made": NOON - timedelta(hours=47)}, []),
        ({"made": NOON - timedelta(hours=49)}, ["backup.old"]),
        ({"made": NOON, "failed": NOON, "failure": "store.full"}, ["backup.failed"]),
        ({"made": NOON, "checked": NOON, "check": "good"}, []),
        ({"made": NOON, "checked": NOON, "check": "backup.file_changed"}, ["backup.check_failed"]),
        ({"made": NOON, "checked": NOON - timedelta(days=9), "check": "good"}, ["backup.unchecked"]),
    ],
)
def test_what_is_known_here_is_judged(home: Home, known: dict[str, Any], expected: list[str]) -> None:
    state.note(home, **known)
    assert codes(home) == expected


def test_a_demonstration_needs_no_backup(tmp_path: Path) -> None:
    home = Home.create(tmp_path / "demo", demonstration=True)
    state.note(home, made=NOON - timedelta(days=400))
    assert codes(home) == []


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"made": "ayer"}', b'{"made": 7}', b"\xff"])
def test_a_state_that_cannot_be_read_is_no_state(home: Home, content: bytes) -> None:
    home.backups_file.write_bytes(content)
    assert state.read(home) == state.State()


@pytest.mark.django_db
def test_the_page_says_when_how_many_and_what_is_wrong_and_nobodys_name(
    home: Home, signed_in: SignedIn
) -> None:
    client = signed_in(services.create_user(None, "adela", "Adela", Role.ADMINISTRATOR))
    with clock.frozen(NOON):
        state.note(home, made=NOON - timedelta(days=5), recipients=3, checked=NOON, check="good")
        page = client.get("/respaldos/").content.decode()
        assert "hace 5 días" in page
        assert 'class="alert error"' in page
        assert "<td>3</td>" in page
        assert "age1" not in page
        state.note(home, made=NOON)
        assert 'class="alert error"' not in client.get("/respaldos/").content.decode()


class TestTheNight:
    """In Caracas it is four hours earlier."""

    FOUR = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)

    @pytest.fixture
    def wanted(self, home: Home, monkeypatch: pytest.MonkeyPatch) -> Home:
        monkeypatch.setitem(home.__dict__, "settings", HomeSettings(backup_folder="/media/respaldos"))
        return home

    def test_it_comes_once_a_day_after_its_hour_where_a_folder_is_named(self, wanted: Home) -> None:
        assert not nightly.is_due(wanted, self.FOUR - timedelta(minutes=1))
        assert nightly.is_due(wanted, self.FOUR)
        state.note(wanted, made=self.FOUR)
        assert not nightly.is_due(wanted, self.FOUR + timedelta(hours=15))
        assert nightly.is_due(wanted, self.FOUR + timedelta(days=1))

    def test_without_a_folder_there_is_none(self, home: Home) -> None:
        assert not nightly.is_due(home, self.FOUR)

    @pytest.mark.parametrize("problem", [StoreRefused("backup.busy"), OSError("the disk of Onésimo")])
    def test_what_goes_wrong_is_logged_and_tried_again(
        self,
        wanted: Home,
        problem: Exception,
        monkeypatch: pytest.MonkeyPatch,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        def fails(_folder: Path) -> None:
            raise problem

        monkeypatch.setattr(nightly.backing, "make", fails)
        with clock.frozen(self.FOUR):
            assert not nightly.back_up_if_due()
            assert nightly.is_due(wanted, clock.now())
        assert caplog.records

    def test_what_it_made_is_checked(self, wanted: Home, tmp_path: Path) -> None:
        with pytest.raises(StoreRefused), clock.frozen(self.FOUR):
            nightly.check(wanted, None)  # type: ignore[arg-type]
        assert state.read(wanted).check == "backup.folder"
