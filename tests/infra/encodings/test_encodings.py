"""Encodings: alike for alike people, nothing without the secret, refused when damaged."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from constancia.domain.errors import InputRefused
from constancia.domain.matching.linking.tokens import encodable, tokens
from constancia.infra.encodings import container
from constancia.infra.encodings.comparing import FEW, accepted_from, likeness, linked
from constancia.infra.encodings.container import Encodings
from constancia.infra.encodings.scheme import BITS, Encoded, Encoder, Field, grams
from tests.support.lists import lines, people

SECRET = "un secreto inventado, largo y 1234"
FIELDS = [
    Field("born", "born"),
    Field("document", "document"),
    Field("given", "given"),
    Field("surnames", "surnames"),
]


def encoded(count: int, prefix: str = "", *, first: int = 0, secret: str = SECRET) -> Encoded:
    found = people(lines(count, prefix=prefix, first=first))
    fields = encodable(found)
    encoder = Encoder(secret, [Field(key, kind) for key, kind in fields.items()])
    return encoder.encode([tokens(one, fields, grams) for one in found.records])


def test_pairs_of_letters_mark_the_ends_of_words() -> None:
    assert grams("ana") == ["_a", "an", "na", "a_"]
    assert grams("") == []


def test_two_lists_overlap_as_they_do_in_the_open() -> None:
    found = likeness(encoded(120), encoded(120, "b", first=40))
    links = linked(found)
    right = sum(a == b + 40 for a, b, _ in links)
    assert right >= 0.85 * 80
    assert right == len(links)


def test_lists_without_anybody_in_common_overlap_hardly() -> None:
    assert len(linked(likeness(encoded(100), encoded(100, "b", first=500)))) <= 4


def test_another_secret_makes_other_bits() -> None:
    one, other = encoded(50), encoded(50, secret=SECRET + "!")
    assert np.unpackbits(one ^ other).mean() > 0.25


def test_an_encoding_is_neither_empty_nor_full() -> None:
    share = np.unpackbits(encoded(50), axis=1).mean(axis=1)
    assert share.min() > 0.1
    assert share.max() < 0.5


@pytest.mark.parametrize("secret", ["", "corto", "a" * 40, "abc" * 20])
def test_a_weak_secret_is_refused(secret: str) -> None:
    with pytest.raises(InputRefused, match=r"encoding\.secret_short"):
        Encoder(secret, FIELDS)


def test_likeness_is_what_a_count_of_bits_gives() -> None:
    one, other = encoded(6), encoded(5, "b")
    found = likeness(one, other, 0.01)
    bits = [np.unpackbits(side, axis=1).astype(int) for side in (one, other)]
    for a, b, dice in zip(found.first, found.second, found.dice, strict=True):
        shared = int((bits[0][a] & bits[1][b]).sum())
        assert dice == pytest.approx(2 * shared / (bits[0][a].sum() + bits[1][b].sum()), abs=1e-6)


def test_lists_too_short_to_tell_what_chance_reaches_ask_for_much() -> None:
    assert likeness(encoded(1), encoded(1, "b")).accept == FEW


def test_what_chance_reaches_is_carried_on_to_where_nobody_is_left() -> None:
    counts = np.zeros(1001, dtype=np.int64)
    counts[100], counts[400], counts[450] = 100_000, 1500, 500  # 2,000 pairs from 0.4 on, 500 from 0.45 on
    assert accepted_from(counts, 100) == pytest.approx(0.45 + 0.05 * np.log(500) / np.log(4), abs=1e-6)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = Encoder(SECRET, FIELDS)
    path = tmp_path / "a.clk"
    container.write(path, Encodings(made.fields, made.check, True, encoded(10)))
    return path


def test_what_is_written_is_read(file: Path) -> None:
    found = container.read(file, "A")
    assert found.fields == tuple(FIELDS)
    assert found.encoded.shape == (10, BITS // 8)
    assert file.stat().st_mode & 0o077 == 0


def test_the_file_holds_nothing_that_was_written(file: Path) -> None:
    content = file.read_bytes()
    assert not any(word.encode() in content for line in lines(10) for word in line[1].split())


def altered(path: Path, how: str) -> None:
    magic, header, body = path.read_bytes().split(b"\n", 2)
    said = json.loads(header)
    if how == "truncated":
        body = body[:-1]
    elif how == "longer":
        body += b"\0"
    elif how == "one bit":
        body = bytes([body[0] ^ 1]) + body[1:]
    elif how == "count":
        said["records"] = 10**9
    elif how == "negative":
        said["records"] = -1
    elif how == "true":
        said["records"] = True
    elif how == "field":
        said["fields"] = [["a", "unknown"]]
    elif how == "list":
        said = []
    header = json.dumps(said).encode() if how != "json" else b"{"
    path.write_bytes(b"\n".join((magic, header, body)))


@pytest.mark.parametrize(
    "how", ["truncated", "longer", "one bit", "count", "negative", "true", "field", "list", "json"]
)
def test_a_damaged_file_is_refused(file: Path, how: str) -> None:
    altered(file, how)
    with pytest.raises(InputRefused) as refused:
        container.read(file, "A")
    assert refused.value.code == "encoding.damaged"


def test_another_scheme_is_refused_by_name(file: Path) -> None:
    file.write_bytes(file.read_bytes().replace(b"constancia-clk-1", b"constancia-clk-9"))
    with pytest.raises(InputRefused, match=r"encoding\.other_scheme"):
        container.read(file, "A")


@pytest.mark.parametrize("content", [b"", b"n,nombre\n1,x\n", b"CONSTANCIA-CLK"])
def test_what_is_no_such_file_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x").write_bytes(content)
    with pytest.raises(InputRefused, match=r"encoding\.not_ours"):
        container.read(tmp_path / "x", "A")


def test_a_wrong_secret_is_noticed_before_anything_is_compared() -> None:
    one, other = Encoder(SECRET, FIELDS), Encoder(SECRET + "x", FIELDS)
    sides = [Encodings(each.fields, each.check, True, encoded(1)) for each in (one, other)]
    with pytest.raises(InputRefused, match=r"encoding\.other_secret"):
        container.together(*sides)


def test_other_fields_are_noticed() -> None:
    one, other = Encoder(SECRET, FIELDS), Encoder(SECRET, FIELDS[:-1])
    sides = [Encodings(each.fields, each.check, True, encoded(1)) for each in (one, other)]
    with pytest.raises(InputRefused, match=r"encoding\.other_fields"):
        container.together(*sides)
