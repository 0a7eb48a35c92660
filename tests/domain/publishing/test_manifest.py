"""What is signed."""

from __future__ import annotations

import json

from constancia.domain.publishing.canonical import canonical, sha256
from constancia.domain.publishing.manifest import manifest_of
from tests.support.editions import T, content


def test_every_file_stands_in_it_with_its_size_and_hash_by_path() -> None:
    files = {"b.txt": b"two", "a.txt": b"one"}
    found = manifest_of(content(), "ab" * 32, T, T, files, b"\x01" * 32)
    assert found["files"] == [
        {"path": "a.txt", "size": 3, "sha256": sha256(b"one")},
        {"path": "b.txt", "size": 3, "sha256": sha256(b"two")},
    ]


def test_it_names_the_edition_its_two_dates_and_the_one_before() -> None:
    found = json.loads(canonical(manifest_of(content(), "ab" * 32, T, T, {}, b"\x01" * 32)))
    assert (found["edition"], found["as_of"], found["known_at"]) == (2, "2026-03-02", "2026-03-03T03:59:59Z")
    assert found["previous"] == content().previous.sha256  # type: ignore[union-attr]
    assert found["key"] == "01" * 32
