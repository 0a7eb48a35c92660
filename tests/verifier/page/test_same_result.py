"""Whatever is altered, the page says of every step what verificar.py says: result, code, what was seen."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

import pytest

from constancia.domain.ledger.encoding import b64, unb64
from constancia.domain.ledger.merkle import Frontier, leaf_hash
from tests.support import bundle_totals, bundles
from tests.support.bundle_logs import FACTS, WITNESSES, public
from tests.support.bundles import Recipe
from tests.verifier.conftest import checked, keys_bundle
from tests.verifier.page.conftest import Told
from tests.verifier.test_proven import half, one_fewer, other_seal, swapped, twice, unsealed
from tests.verifier.test_proven import told as totals_say
from tests.verifier.test_steps import CONTENTS, MANIFESTS, set_to

CUT, TOTALS = "prueba/casos.txt", "prueba/totales.json"
TWO_TORSION = bytes([236]) + bytes([255]) * 30 + bytes([127])
"""The point (0, -1), of order two."""


def alike(told: Told, files: Mapping[str, bytes], *more: Any, **named: Any) -> dict[str, Any]:
    """The report of the page, which is that of the program."""
    expected = checked(files, *more, **named).shape()
    found = told(files, *more, **named)
    assert found == json.loads(json.dumps(expected))
    return found


@pytest.mark.parametrize("totals", [False, True])
def test_a_whole_edition_with_and_without_the_one_before(told: Told, totals: bool) -> None:
    made = bundles.usual(totals=totals)
    for files, previous in ((made.first, None), (made.second, None), (made.second, made.first)):
        assert alike(told, files, previous)["holds"]
    given = {"policy": bundles.policy_text(), "key": public("publicación")}
    assert alike(told, made.second, made.first, **given)["holds"]


@pytest.mark.parametrize(("path", "value", "step", "code"), CONTENTS)
def test_a_wrong_content(told: Told, path: Any, value: Any, step: int, code: str) -> None:
    path = (path,) if isinstance(path, str) else path
    made = bundles.made(Recipe(content=set_to(*path, to=value)))
    found = alike(told, made.second, made.first)
    assert found["steps"][step - 1]["code"] == code


@pytest.mark.parametrize(("path", "value", "step", "code"), MANIFESTS)
def test_a_wrong_manifest(told: Told, path: Any, value: Any, step: int, code: str) -> None:
    made = bundles.made(Recipe(manifest=set_to(*path, to=value)))
    assert alike(told, made.second)["steps"][step - 1]["code"] == code


def test_a_wrong_log_or_key(told: Told) -> None:
    usual, other = bundles.usual(), bundles.made(None, Recipe(program=b"another"))
    easy = bundles.policy_text(quorum="none")
    unwitnessed = bundles.made(Recipe(witnesses=(), policy=easy))
    published = bundles.made(Recipe(publisher="otra"))
    policy = bundles.policy_text()
    for files, previous, given, key in (
        (bundles.made(Recipe(witnesses=WITNESSES[:1])).second, None, None, None),
        (bundles.made(Recipe(witnesses=WITNESSES[::-1])).second, None, None, None),
        (unwitnessed.second, None, policy, None),
        (unwitnessed.second, unwitnessed.first, None, None),
        (usual.second, other.first, None, None),
        (usual.second, None, policy.replace(FACTS.encode(), b"otra.example/hechos"), None),
        (usual.second, None, b"log x\n", None),
        (usual.second, None, policy.replace(b"all", b"3"), None),
        (usual.second, None, easy + b"# una nota\n", None),
        (published.second, published.first, None, public("publicación")),
        (published.second, published.first, None, None),
        (published.second, published.first, None, public("otra")),
        ({**usual.second, "manifiesto.firma": bytes(64)}, None, None, None),
        ({**usual.second, "prueba/anterior.txt": other.second["prueba/anterior.txt"]}, None, None, None),
        ({**usual.second, "notas.txt": b"x"}, None, None, None),
        (usual.second, {**usual.first, "manifiesto.firma": bytes(64)}, None, None),
    ):
        alike(told, files, previous, given, key)


PROOFS = [
    ("prueba/manifiesto.tlog-proof", b"index 33", b"index 033"),
    ("prueba/manifiesto.tlog-proof", b"index 33", b"index 34"),
    ("prueba/manifiesto.tlog-proof", b"\n", b"\r\n"),
    ("prueba/manifiesto.tlog-proof", b"index", b"extra AA==\nindex"),
    ("prueba/manifiesto.tlog-proof", b"\n37\n", b"\n38\n"),
    ("prueba/manifiesto.tlog-proof", "— testigo-uno".encode(), "— testigo-tres".encode()),
    ("prueba/manifiesto.tlog-proof", b"=\n\n", b"\n\n"),
    ("prueba/anterior.txt", b"old 24", b"old 23"),
    ("prueba/anterior.txt", b"old 24", b"old  24"),
    ("manifiesto.json", b",", b", "),
    ("manifiesto.json", b'"edition":2', b'"edition":2.0'),
    ("manifiesto.json", b'"edition":2', b'"edition":9007199254740992'),
    ("manifiesto.json", b'"edition":2', b'"edition":2,"edition":2'),
    ("manifiesto.json", b"Casa", b"\\ud800"),
    ("manifiesto.json", b"Casa", b"\xff"),
    ("clave.pem", b"\n", b"\r\n"),
]


@pytest.mark.parametrize(("path", "old", "new"), PROOFS)
def test_another_form_of_the_same(told: Told, path: str, old: bytes, new: bytes) -> None:
    files = bundles.usual().second
    assert old in files[path]
    assert not alike(told, {**files, path: files[path].replace(old, new, 1)})["holds"]


CSVS = [
    ("figures", b",20,19,22", b",21,19,22"),
    ("tables", b"profile:1", b"profile:2"),
    ("figures", b"as_of", b"day"),
    ("tables", b"by_sex", b'by_sex"'),
    ("tables", b"by_sex", b'"by_sex'),
    ("tables", b"by_sex", b'"by_sex"x'),
    ("tables", b"by_sex,", b'"by_sex",'),
    ("tables", b"\r\n", b"\r\n\r\n"),
    ("tables", b"\r\n", b"\r"),
]


@pytest.mark.parametrize(("name", "old", "new"), CSVS)
def test_a_table_that_says_something_else(told: Told, name: str, old: bytes, new: bytes) -> None:
    def alter(files: bundles.Files) -> None:
        path = f"datos/{name}.csv"
        assert old in files[path]
        files[path] = files[path].replace(old, new, 1)

    alike(told, bundles.made(Recipe(files=alter)).second)


def cut_with(change: Any) -> Any:
    """Changes the words of the lines of the cut, and names the new root where the totals name the old."""

    def alter(files: bundles.Files) -> None:
        lines = [line.split(" ") for line in files[CUT].decode().splitlines()]
        change(lines)
        texts = [" ".join(line).encode() for line in lines]
        tree = Frontier()
        for text in texts:
            tree.append(leaf_hash(text))
        files[CUT] = b"".join(text + b"\n" for text in texts)
        found = json.loads(files[TOTALS])
        found["cut_root"] = b64(tree.root())
        files[TOTALS] = bundles.canonical(found)

    return alter


def no_point(lines: list[list[str]]) -> None:
    raw = unb64(lines[3][4])
    lines[3][4] = b64(b"\x02" + bytes(31) + raw[32:])


def of_order_two(lines: list[list[str]]) -> None:
    raw = unb64(lines[5][6])
    lines[5][6] = b64(TWO_TORSION + raw[32:])


def cells_exchanged(lines: list[list[str]]) -> None:
    lines[7][4], lines[7][5] = lines[7][5], lines[7][4]


def scalar_too_large(lines: list[list[str]]) -> None:
    raw = unb64(lines[2][3])
    lines[2][3] = b64(raw[:96] + bytes([255]) * 32 + raw[128:])


def scalars_exchanged(lines: list[list[str]]) -> None:
    lines[9][7], lines[9][11] = lines[9][11], lines[9][7]


def blank_at_the_end(lines: list[list[str]]) -> None:
    lines[1].append("")


@pytest.mark.parametrize(
    ("alter", "step", "code"),
    [
        (twice, 10, "proof.cut_twice"),
        (one_fewer, 10, "proof.cut_size"),
        (swapped, 10, "proof.cut_roster"),
        (other_seal, 10, "proof.totals_roster"),
        (unsealed, 10, "proof.quorum"),
        (half, 10, "proof.missing"),
        (totals_say("content", to="ab" * 32), 10, "proof.totals_other"),
        (totals_say("layout", to=[]), 10, "proof.layout"),
        (totals_say("sums", "by_sex", "woman", to=7), 14, "proof.sums"),
        (cut_with(blank_at_the_end), 10, "proof.cut_line"),
        (cut_with(no_point), 11, "proof.cut_point"),
        (cut_with(of_order_two), 11, "proof.cut_subgroup"),
        (cut_with(cells_exchanged), 12, "proof.cut_bit"),
        (cut_with(scalar_too_large), 12, "proof.cut_bit"),
        (cut_with(scalars_exchanged), 13, "proof.cut_table"),
    ],
)
def test_a_proof_of_totals_of_something_else(told: Told, alter: Any, step: int, code: str) -> None:
    made = bundles.made(Recipe(totals=True, files=alter))
    assert alike(told, made.second)["steps"][step - 1]["code"] == code


def test_numbers_that_are_not_those_proven(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    honest = bundle_totals.places
    monkeypatch.setattr(bundle_totals, "places", lambda found: honest(found)[1:])
    made = bundles.made(Recipe(totals=True))
    assert alike(told, made.second)["steps"][13]["code"] == "proof.totals_table"


def test_logs_that_changed_their_keys(told: Told) -> None:
    before, during, after = (keys_bundle(name) for name in ("before", "during", "after"))
    old, new = (files["prueba/politica.txt"] for files in (before, after))
    for files, previous, policy in (
        (before, None, None), (during, before, old), (during, before, new), (after, during, None),
        (after, during, old), (after, during, new),
    ):  # fmt: skip
        assert alike(told, files, previous, policy)["holds"]
    assert not alike(told, before, None, new)["holds"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"index":', b'"index":1'), (b'"week":"2026-W', b'"week":"2027-W'),
        (b'"hashes":["', b'"hashes":["A'),
        (b"constancia/keys/v1", b"constancia/keys/v2"), (b"constancia-keys-1", b"constancia-keys-2"),
        (b"constancia-key-chain-1", b"constancia-key-chain-2"), (b'"changes":[{', b'"changes":[{"x":1,'),
        (b"T13", b"T14"), (b'"changes"', b'"change"'), (b"{", b" {"), (b"/hechos/1+", b"/hechos/2+"),
        (b'"text":"', b'"text":"x'), (b'"week":', b'"week":1,"w":'),
    ],
)  # fmt: skip
def test_an_altered_chain_of_keys(told: Told, old: bytes, new: bytes) -> None:
    files = keys_bundle("after")
    chain = files["prueba/llaves.json"].replace(old, new, 1)
    files["prueba/llaves.json"] = chain
    said = json.loads(files["manifiesto.json"])
    for one in said["files"]:
        if one["path"] == "prueba/llaves.json":
            one |= {"size": len(chain), "sha256": sha256(chain).hexdigest()}
    files["manifiesto.json"] = bundles.canonical(said)
    assert not alike(told, files)["holds"]


def test_a_result_that_differs_would_be_noticed(told: Told) -> None:
    made = bundles.usual()
    with pytest.raises(AssertionError):
        assert told(made.second) == checked(made.second, made.first).shape()


def test_without_the_experimental_proof_its_steps_are_said_not_to_be_checked(told: Told) -> None:
    made = bundles.made(Recipe(totals=True, files=totals_say("sums", "by_sex", "woman", to=7)))
    report = told(made.second, skip=True)
    results = {step["step"]: step["result"] for step in report["steps"]}
    assert report["holds"]
    assert {number for number, result in results.items() if result == "skipped"} == {11, 12, 13, 14}
    assert results[10] == "ok"
