"""What the page computes with is what the program computes with: points, scalars, texts, JSON."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page

from constancia.domain.ledger import edwards, multiscalar, tally
from constancia.domain.ledger.ed25519 import is_signed
from constancia.domain.ledger.encoding import b64, number, unb64
from constancia.domain.ledger.merkle import Frontier
from constancia.domain.ledger.refused import ProofRefused
from constancia.domain.ledger.spoken_root import SpokenRoot
from constancia.domain.ledger.strict_json import canonical, read_canonical
from tests.support.bundle_logs import FACTS, Log, private, public
from tests.support.bundles import filler
from tests.support.effort import examples
from tests.verifier.page.conftest import encoded

FEW = settings(
    max_examples=examples(10), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
SCALARS = st.integers(0, edwards.ORDER - 1) | st.sampled_from([0, 1, 8, edwards.ORDER - 1])
POINTS = st.binary(min_size=32, max_size=32) | SCALARS.map(
    lambda one: edwards.encode(edwards.multiply(one, edwards.BASE))
)
ODD = [
    edwards.PRIME.to_bytes(32, "little"),
    (edwards.PRIME - 1).to_bytes(32, "little"),
    (edwards.PRIME + 1).to_bytes(32, "little"),
    (1).to_bytes(32, "little"),
    (1 | 1 << 255).to_bytes(32, "little"),
    bytes(32),
    b"\xff" * 32,
    bytes(31),
]


def point_of(data: bytes) -> str | None:
    point = edwards.decode(data)
    return None if point is None else edwards.encode(point).hex()


@FEW
@given(st.lists(POINTS, min_size=20, max_size=40))
def test_the_same_bytes_are_points(opened: Page, some: list[bytes]) -> None:
    data = some + ODD
    found = opened.evaluate(
        """(list) => {
          const points = list.map((one) => decodePoint(given(one)));
          return points.map((point) => point && hex(encodePoint(point)));
        }""",
        [encoded(one) for one in data],
    )
    assert found == [point_of(one) for one in data]


@FEW
@given(st.lists(st.tuples(SCALARS, SCALARS), min_size=1, max_size=30))
def test_sums_of_multiples_are_the_same(opened: Page, pairs: list[tuple[int, int]]) -> None:
    terms = [
        (factor, edwards.decode(edwards.encode(edwards.multiply(one, edwards.BASE)))) for factor, one in pairs
    ]
    told = [[str(factor), b64(edwards.encode(point))] for factor, point in terms if point]
    found = opened.evaluate(
        """(terms) => {
          const read = terms.map(([factor, point]) => [BigInt(factor), decodePoint(given(point))]);
          const slow = read.map(([factor, point]) => multiply(factor, point)).reduce(addPoints, IDENTITY);
          return [hex(encodePoint(combined(read))), hex(encodePoint(slow))];
        }""",
        told,
    )
    whole = edwards.encode(multiscalar.combined([(factor, point) for factor, point in terms if point])).hex()
    assert found == [whole, whole]


def test_the_second_generator_is_the_same(opened: Page) -> None:
    assert opened.evaluate("async () => hex(encodePoint(await pointH()))") == edwards.encode(tally.H).hex()


def test_points_outside_the_subgroup_are_found_among_many(opened: Page) -> None:
    inside = [b64(edwards.encode(edwards.multiply(one, edwards.BASE))) for one in range(1, 140)]
    two = (edwards.PRIME - 1).to_bytes(32, "little")
    outside = edwards.decode(two)
    assert outside is not None
    odd = b64(edwards.encode(edwards.add(outside, edwards.multiply(7, edwards.BASE))))
    check = "async (list) => isTorsionFree(list.map((one) => decodePoint(given(one))), () => {})"
    assert opened.evaluate(check, inside)
    assert not opened.evaluate(check, [*inside, odd])
    assert not opened.evaluate(check, [inside[0], odd])


def test_the_same_signatures_hold(opened: Page) -> None:
    message = "año".encode()
    whole, key = private("x").sign(message), public("x")
    order = edwards.ORDER
    unreduced = whole[:32] + (int.from_bytes(whole[32:], "little") + order).to_bytes(32, "little")
    small = bytes([1]) + bytes(31)
    triples = [
        (key, message, whole),
        (key, message + b"x", whole),
        (public("y"), message, whole),
        (key, message, unreduced),
        (key, message, whole[:-1]),
        (key, message, bytes(64)),
        (small, message, small + bytes(32)),
        *((key, message, whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]) for at in range(0, 64, 7)),
    ]
    found = opened.evaluate(
        "async (list) => Promise.all(list.map((one) => isSigned(...one.map(given))))",
        [[encoded(part) for part in one] for one in triples],
    )
    assert found == [is_signed(*one) for one in triples]
    assert found[:2] == [True, False]


def refusable(check: Any, *given_to: Any) -> Any:
    try:
        return {"found": check(*given_to)}
    except ProofRefused as refused:
        return {"code": refused.code, "params": dict(refused.params)}


TEXTS = st.text(st.sampled_from("AQgwZ+/=a9 \n-_é"), max_size=9) | st.binary(max_size=12).map(b64)


@FEW
@given(st.lists(TEXTS, min_size=60, max_size=60))
def test_the_same_base64_is_canonical(opened: Page, texts: list[str]) -> None:
    found = opened.evaluate(
        "async (list) => Promise.all(list.map((one) => refusalOf(async () => hex(unb64(one)))))", texts
    )
    assert found == [refusable(lambda one: unb64(one).hex(), one) for one in texts]


@FEW
@given(st.lists(st.text(st.sampled_from("0123456789+ -.e\n٣"), max_size=21), min_size=60, max_size=60))
def test_the_same_texts_are_numbers(opened: Page, some: list[str]) -> None:
    texts = [*some, str(2**63 - 1), str(2**63), "0", "00", ""]
    found = opened.evaluate(
        "async (list) => Promise.all(list.map((one) => refusalOf(async () => String(numberOf(one)))))", texts
    )
    assert found == [refusable(lambda one: str(number(one)), one) for one in texts]


LEAVES = (
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.text(st.characters(exclude_categories=[]), max_size=6)
)
VALUES = st.recursive(
    LEAVES,
    lambda one: st.lists(one, max_size=3) | st.dictionaries(st.text(max_size=4) | st.just("__proto__"), one),
    max_leaves=8,
)


@FEW
@given(st.lists(VALUES, min_size=25, max_size=40), st.data())
def test_the_same_json_is_canonical(opened: Page, values: list[Any], data: st.DataObject) -> None:
    """Written in the one form, in other forms, and damaged: both read it or both refuse it."""
    some: list[bytes] = []
    for value in values:
        written = json.dumps(value, ensure_ascii=data.draw(st.booleans()), separators=(",", ":"))
        raw = bytearray(written.encode("utf-8", "surrogatepass"))
        if raw and data.draw(st.booleans()):
            raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.sampled_from(b'09.,:"{}[] \\ue-\xff'))
        some.append(bytes(raw))
        if refusable(canonical, value).get("found"):
            some.append(canonical(value))
    found = opened.evaluate(
        """async (list) => Promise.all(list.map((one) => refusalOf(
          async () => hex(encodeText(canonicalText(readCanonical(given(one)))))
        )))""",
        [encoded(one) for one in some],
    )
    expected = [refusable(lambda one: canonical(read_canonical(one, 10**6)).hex(), one) for one in some]
    assert found == expected
    assert any("found" in one for one in expected)


def test_trees_of_every_size_have_the_same_root_proofs_and_words(opened: Page) -> None:
    leaves = filler("hoja", 40)
    log = Log(FACTS, leaves)
    cases = []
    for size in range(1, 41):
        older, index = (size * 7) % size + 1, (size * 5) % size
        cases.append(
            {
                "index": index, "size": size, "older": older,
                "inclusion": [b64(one) for one in log.inclusion(index, size)],
                "consistency": [b64(one) for one in log.consistency(older, size)],
                "root": b64(log.checkpoint(size).root), "before": b64(log.checkpoint(older).root),
            }
        )  # fmt: skip
    found = opened.evaluate(
        """async ({ leaves, cases }) => {
          const all = leaves.map(given);
          const told = [];
          for (const { index, size, older, inclusion, consistency, root, before } of cases) {
            const proof = inclusion.map(given);
            const growth = consistency.map(given);
            const include = (list) => refusalOf(
              () => checkInclusion(BigInt(index), BigInt(size), all[index], list, given(root)));
            const grow = (list) => refusalOf(
              () => checkConsistency(BigInt(older), BigInt(size), list, given(before), given(root)));
            const results = [
              include(proof), grow(growth), include([...proof, all[0]]), grow([...growth, all[0]]),
            ];
            const codes = (await Promise.all(results)).map((one) => one.code ?? "");
            const rootHere = await rootOf(all.slice(0, size));
            told.push([b64(rootHere), spoken({ origin: "o", size, root: rootHere }), ...codes]);
          }
          return told;
        }""",
        {"leaves": [b64(leaf) for leaf in leaves], "cases": cases},
    )
    for size, (root, words, *codes) in enumerate(found, 1):
        tree = Frontier()
        for leaf in leaves[:size]:
            tree.append(leaf)
        checkpoint = log.checkpoint(size)
        assert root == b64(tree.root())
        assert words == str(SpokenRoot.of(checkpoint)).replace(FACTS, "o")
        assert codes == ["", "", "proof.length", "proof.length"]
