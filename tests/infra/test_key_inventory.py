"""ASVS 5.0, chapter 11: every key is in the inventory, every nonce is new, no weak source makes a secret."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, get_args

import pytest

from constancia.apps.upkeep import following
from constancia.infra import codec, rotation
from constancia.infra.codec import SubjectCodec
from constancia.infra.key_inventory import KEYS, Follows, by_purpose
from constancia.infra.keyring import KeyRing
from constancia.infra.secrets_unlock import RootKey

SOURCE = Path(__file__).parents[2] / "src" / "constancia"
LABEL = re.compile(r"^[a-z]+(?:-[a-z]+)*/[0-9]+$")
CALLS = {"derive", "current"}


def labels() -> dict[str, str]:
    """Purpose → where, of every key that the code derives by a label of its own, or signs with."""
    found: dict[str, str] = {}
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            for purpose in _purposes(node):
                found[purpose] = path.name
    return found


def _purposes(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CALLS:
        for argument in node.args[:1]:
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                yield argument.value.partition("/")[0]
            elif isinstance(argument, ast.JoinedStr) and isinstance(argument.values[0], ast.Constant):
                yield str(argument.values[0].value).partition("/")[0]
    given = node.value if isinstance(node, ast.Assign | ast.AnnAssign) else None
    if isinstance(given, ast.Constant) and isinstance(given.value, str) and LABEL.fullmatch(given.value):
        yield given.value.partition("/")[0]


def test_asvs_11_1_1_every_derived_key_is_in_the_inventory() -> None:
    used = labels()
    # The keys of the two logs have the log's name in their label.
    used.pop("ledger-", None)
    for log in ("ledger-hechos", "ledger-casos"):
        used[log] = "keys.py"
    assert {"db", "kek", "django", "publishing-signature", "keystore"} <= set(used)
    assert set(used) == set(by_purpose()), {k: v for k, v in used.items() if k not in by_purpose()}


def test_asvs_11_1_2_every_key_says_its_use_and_no_two_purposes_share_one() -> None:
    root = RootKey(bytes(32))
    assert len({root.derive(f"{one.purpose}/1") for one in KEYS}) == len(KEYS)
    for one in KEYS:
        assert one.kind in {"AES-256-GCM", "SQLCipher AES-256", "HMAC-SHA256", "Ed25519"}
        assert one.protects_es
        assert one.protects_en
    rotated = {purpose for purposes in rotation.PURPOSES.values() for purpose in purposes}
    assert {one.purpose for one in KEYS if one.rotation not in ("never", "log")} == rotated
    assert {one.purpose for one in KEYS if one.rotation == "log"} == {"ledger-hechos", "ledger-casos"}


def test_every_key_says_how_it_follows_a_new_root() -> None:
    ways = set(get_args(Follows))
    unsaid = [one.purpose for one in KEYS if one.follows not in ways]
    assert not unsaid, f"say in the inventory how they follow a new root: {unsaid}"
    assert {one.purpose for one in KEYS if one.follows == "file"} == set(rotation.FILES)
    assert {one.purpose for one in KEYS if one.follows in ("resealed", "rebuilt")} == set(following.STEPS)
    assert [one.purpose for one in KEYS if one.follows == "rewrapped"] == ["kek"]


def test_no_key_is_made_of_a_fixed_epoch_that_a_new_root_would_leave_behind() -> None:
    """`derive("x/1")` is for keys that are carried along; what is made anew is asked for by `current`."""
    fixed = {one.purpose for one in KEYS if one.follows in ("carried", "written") or one.kept}
    for path in SOURCE.rglob("*.py"):
        for label in re.findall(r"derive\(\"([a-z-]+)/1\"", path.read_text("utf-8")):
            assert label in fixed, (path.name, label)


def test_every_fingerprint_says_whether_it_is_computed_anew_or_keeps_its_key() -> None:
    labels = {
        label
        for path in SOURCE.rglob("*.py")
        for label in re.findall(r"\.blind\(\s*\"([a-z_]+)\"", path.read_text("utf-8"))
    }
    assert labels == codec.LASTING | COMPUTED_ANEW


COMPUTED_ANEW = {"identity_document", "search", "trail"}
"""The first by `maintenance.rebuild`; the others are made when they are shown or noted, and what the trail
noted before a new root no longer tells which searches were for the same words as later ones."""


def test_asvs_11_3_4_a_million_nonces_are_all_different(
    monkeypatch: pytest.MonkeyPatch, new_home: Callable[..., Any]
) -> None:
    # What is random about sealing is the nonce: a million of those that `seal` asks the system for.
    asked: list[int] = []
    real = codec.os.urandom

    def urandom(size: int) -> bytes:
        asked.append(size)
        return real(size)

    monkeypatch.setattr(codec.os, "urandom", urandom)
    home, root = new_home()
    one = SubjectCodec(KeyRing(home.keyring, root.current("keyring")), root.current("kek"), b"x")
    one.create_subjects([bytes(16)])
    before = len(asked)
    sealed = {one.seal(bytes(16), "x", b"y") for _ in range(2000)}
    assert len({each[1:13] for each in sealed}) == 2000
    assert asked[before:] == [codec.NONCE] * 2000
    assert len({real(codec.NONCE) for _ in range(1_000_000)}) == 1_000_000


def test_asvs_11_3_3_every_ciphertext_is_authenticated_and_bound_to_its_place(
    new_home: Callable[..., Any],
) -> None:
    home, root = new_home()
    one = SubjectCodec(KeyRing(home.keyring, root.current("keyring")), root.current("kek"), b"x")
    one.create_subjects([bytes(16), bytes(15) + b"\x01"])
    sealed = one.seal(bytes(16), "fact|name|1", b"y")
    for place in range(len(sealed)):
        wrong = bytearray(sealed)
        wrong[place] ^= 1
        with pytest.raises(Exception, match=r"codec\.unreadable"):
            one.open(bytes(16), "fact|name|1", bytes(wrong))
    for subject, context in ((bytes(16), "fact|name|2"), (bytes(15) + b"\x01", "fact|name|1")):
        with pytest.raises(Exception, match=r"codec\.unreadable"):
            one.open(subject, context, sealed)


CHANCE_THAT_HIDES_NOTHING = ("apps/demo/", "domain/estimation/")
"""Where chance must be repeatable."""
IDENTIFIERS = ("apps/register/", "apps/claims/", "apps/matching/", "apps/imports/", "apps/publishing/")
"""Where a UUID of 122 random bits names something (`uuid4`); none of them is a secret or lets anybody in."""

A_PUBLIC_NAME = "apps/publishing/outputs/site/feed.py"
"""The address of an entry of the feed, made of what is published (`uuid5`)."""


def weak_sources(path: str, code: str) -> list[str]:
    """What a file imports whose numbers can be guessed or say when and where they were made."""
    found = []
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            names = [(alias.name, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [(node.module or "", alias.name) for alias in node.names]
        else:
            continue
        for module, name in names:
            if module == "random" and not path.startswith(CHANCE_THAT_HIDES_NOTHING):
                found.append(module)
            if module == "uuid" and not (
                path.startswith(IDENTIFIERS + CHANCE_THAT_HIDES_NOTHING) and name in ("uuid", "uuid4", "UUID")
            ):
                found.append(name)
    return found + re.findall(r"\buuid[1356]\b", code)


def test_asvs_11_5_1_no_weak_source_makes_a_secret() -> None:
    found = {}
    for path in SOURCE.rglob("*.py"):
        name = path.relative_to(SOURCE).as_posix()
        if name == A_PUBLIC_NAME:
            continue
        if weak := weak_sources(name, path.read_text("utf-8")):
            found[name] = weak
    assert not found, found


def test_a_weak_source_is_noticed() -> None:
    assert weak_sources("infra/x.py", "import os\nimport random\nfrom uuid import uuid4\n") == [
        "random",
        "uuid4",
    ]
    assert weak_sources("apps/register/x.py", "from uuid import uuid4\n") == []
    assert "uuid1" in weak_sources("apps/register/x.py", "import uuid\nx = uuid.uuid1()\n")


def test_asvs_13_3_1_no_secret_stands_in_the_source() -> None:
    looks = re.compile(
        r"AGE-SECRET-KEY-1[0-9A-Z]{20}|-----BEGIN [A-Z ]*PRIVATE KEY|constancia-key-1 [0-9a-f]{64}"
    )
    found = [
        str(path)
        for path in SOURCE.rglob("*")
        if path.is_file()
        and path.suffix in {".py", ".toml", ".html", ".js", ".json", ".txt"}
        and looks.search(path.read_text("utf-8", errors="ignore"))
    ]
    assert not found
