"""Sessions live in a file of their own, encrypted, and answer while somebody writes to the register."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.contrib.sessions.backends.base import UpdateError

from constancia.infra import clock, unlocked
from constancia.infra.writer import writing
from constancia.web.sessions import SessionStore

MARK = "MARCA-INVENTADA"


@pytest.fixture
def session() -> Iterator[SessionStore]:
    made = SessionStore()
    made["who"] = MARK
    made.save()
    yield made
    made.delete()


def test_a_session_is_read_back_by_its_key(session: SessionStore) -> None:
    assert session.session_key is not None
    found = SessionStore(session.session_key)
    assert found["who"] == MARK
    assert found.exists(session.session_key)
    found["who"] = "changed"
    found.save()
    assert SessionStore(session.session_key)["who"] == "changed"


def test_an_invented_key_is_never_adopted() -> None:
    store = SessionStore("a" * 32)
    assert store.get("who") is None
    assert store.session_key is None
    store["who"] = "x"
    store.save()
    assert store.session_key != "a" * 32
    store.delete()


def test_a_session_that_was_ended_does_not_come_back(session: SessionStore) -> None:
    late = SessionStore(session.session_key)
    assert late["who"] == MARK
    session.delete()
    late["who"] = "x"
    with pytest.raises(UpdateError):
        late.save()
    assert SessionStore(late.session_key).get("who") is None


def test_an_expired_session_is_empty_and_goes_with_the_cleaning(session: SessionStore) -> None:
    assert session.session_key is not None
    with clock.frozen(datetime.now(UTC) + timedelta(hours=11)):
        assert SessionStore(session.session_key).get("who") is None
        SessionStore.clear_expired()
    assert not SessionStore().exists(session.session_key)


def test_a_new_key_at_sign_in_keeps_what_was_there_and_ends_the_old_one(session: SessionStore) -> None:
    old = session.session_key
    session.cycle_key()
    assert session.session_key != old
    assert SessionStore(session.session_key)["who"] == MARK
    assert SessionStore(old).get("who") is None
    session.flush()
    assert session.session_key is None


def test_nothing_of_a_session_shows_in_its_file(session: SessionStore) -> None:
    path = unlocked.home().sessions
    for file in (path, Path(f"{path}-wal")):
        content = file.read_bytes()
        assert not content.startswith(b"SQLite format 3")
        assert MARK.encode() not in content
        assert (session.session_key or "").encode() not in content
        assert file.stat().st_mode & 0o777 == 0o600


@pytest.mark.django_db(transaction=True)
def test_a_session_is_kept_while_a_long_writing_goes_on() -> None:
    with writing():
        made = SessionStore()
        made["who"] = MARK
        made.save()
    assert SessionStore(made.session_key)["who"] == MARK
    made.delete()
