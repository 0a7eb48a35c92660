"""Whom to believe, read from a file and judged."""

from __future__ import annotations

from itertools import combinations

import pytest

from constancia.domain.ledger.note import COSIGNATURE, Key
from constancia.domain.ledger.policy import Group, Policy
from tests.domain.ledger.grown import LOG, refused, signer

CASES, _ = signer("foro.example/constancia/casos/1")
X = [signer(f"x.example/w{at}", COSIGNATURE)[0] for at in (1, 2, 3)]
Y = [signer(f"y.example/w{at}", COSIGNATURE)[0] for at in (1, 2, 3)]
LINES = [
    f"log {LOG}",
    f"log {CASES} https://foro.example/casos/",
    *(f"witness X{at} {key}" for at, key in enumerate(X, start=1)),
    "group los-x 2 X1 X2 X3",
    *(f"witness Y{at} {key}" for at, key in enumerate(Y, start=1)),
    "group los-y any Y1 Y2 Y3",
    "group todos all los-x los-y",
    "quorum todos",
]
"""The example of the specification, with keys."""


def policy(*lines: str) -> Policy:
    return Policy.read("".join(f"{line}\n" for line in lines).encode())


def test_the_example_of_the_specification_is_read() -> None:
    found = policy(*LINES)
    assert found.logs == {LOG.name: LOG, CASES.name: CASES}
    assert list(found.witnesses.values()) == [*X, *Y]
    assert found.groups["los-x"] == Group(2, ("X1", "X2", "X3"))
    assert found.groups["los-y"].needed == 1
    assert found.groups["todos"].needed == 2
    assert (found.quorum, found.has_quorum) == ("todos", True)
    assert found.urls == {CASES: "https://foro.example/casos/"}


def test_every_set_of_signers_is_judged_as_the_specification_says() -> None:
    found = policy(*LINES)
    for many in range(7):
        for signed in combinations([*X, *Y], many):
            enough = len(set(signed) & set(X)) >= 2 and bool(set(signed) & set(Y))
            assert found.met(signed) == enough
            assert found.met([*signed, *signed, LOG, CASES]) == enough


def test_a_key_counts_only_as_it_stands_in_the_policy() -> None:
    found = policy(f"log {LOG}", f"witness w {X[0]}", "quorum w")
    assert found.met([X[0]])
    assert not found.met([Key("otro.example/w1", COSIGNATURE, X[0].public)])
    assert not found.met([Key(X[0].name, 1, X[0].public)])
    assert not found.met([])


def test_without_a_quorum_nobody_need_have_signed_and_that_is_told() -> None:
    found = policy(f"log {LOG}", "quorum none")
    assert found.met([])
    assert not found.has_quorum


def test_a_policy_comes_back_from_its_text() -> None:
    for lines in (LINES, [f"log {LOG}", "quorum none"], [f"witness w {X[0]} u", f"log {LOG}", "quorum w"]):
        found = policy(*lines)
        assert Policy.read(found.text().encode()) == found
        assert Policy.read(found.text().encode()).text() == found.text()


def test_comments_spaces_tabs_and_empty_lines_mean_nothing() -> None:
    wide = (f" \t{line.replace(' ', '  ')}\t" for line in LINES)
    loose = ["# política de prueba", "", *wide, "\t", "  # fin"]
    assert policy(*loose) == policy(*LINES)


ONE = signer("z.example/w1", COSIGNATURE)[0]
START = [f"log {LOG}", f"witness a {X[0]}", f"witness b {X[1]}"]


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ([], "proof.policy"),
        (["# nada"], "proof.policy_quorum"),
        (START, "proof.policy_quorum"),
        (["quorum none"], "proof.policy_logs"),
        ([*START, "quorum none", "quorum none"], "proof.policy_twice"),
        ([*START, "quorum a", "quorum b"], "proof.policy_twice"),
        ([*START, f"log {LOG}", "quorum a"], "proof.policy_twice"),
        ([*START, f"log {Key(LOG.name, 1, bytes(32))}", "quorum a"], "proof.policy_twice"),
        ([*START, f"log {Key('otra', 1, LOG.public)}", "quorum a"], "proof.policy_twice"),
        ([*START, f"witness c {X[0]}", "quorum a"], "proof.policy_twice"),
        ([*START, f"witness c {Key('otro', 4, X[0].public)}", "quorum a"], "proof.policy_twice"),
        ([*START, f"witness c {Key('log', 4, LOG.public)}", "quorum a"], "proof.policy_twice"),
        ([*START, f"witness a {ONE}", "quorum a"], "proof.policy_twice"),
        ([*START, "group a 1 b", "quorum a"], "proof.policy_twice"),
        ([*START, "group g 1 a", "group g 1 b", "quorum g"], "proof.policy_twice"),
        ([*START, "group g 1 a a", "quorum g"], "proof.policy_twice"),
        ([*START, "group g 1 a", "group h 1 a b", "quorum h"], "proof.policy_twice"),
        ([*START, "group g 1 a nadie", "quorum g"], "proof.policy_name"),
        ([*START, "group g 1 g", "quorum g"], "proof.policy_name"),
        ([*START, "group g 1 h", "group h 1 g", "quorum g"], "proof.policy_name"),
        ([*START, "group g 1 none", "quorum g"], "proof.policy_name"),
        ([*START, "group none 1 a", "quorum none"], "proof.policy_name"),
        ([*START, f"witness none {ONE}", "quorum none"], "proof.policy_name"),
        ([*START, "quorum nadie"], "proof.policy_name"),
        (["quorum a", *START], "proof.policy_name"),
        ([*START, "group g 0 a", "quorum g"], "proof.policy"),
        ([*START, "group g 3 a b", "quorum g"], "proof.policy"),
        ([*START, "group g 01 a b", "quorum g"], "proof.policy"),
        ([*START, "group g ALL a b", "quorum g"], "proof.policy"),
        ([*START, "group g ٢ a b", "quorum g"], "proof.policy"),
        ([*START, "group g 1", "quorum g"], "proof.policy"),
        ([*START, "quorum"], "proof.policy"),
        ([*START, "quorum a b"], "proof.policy"),
        ([*START, "Quorum a"], "proof.policy"),
        ([*START, "threshold 1"], "proof.policy"),
        ([f"log {X[2]}", "quorum none"], "proof.policy"),
        ([*START, f"witness c {CASES}", "quorum a"], "proof.policy"),
        ([f"log {LOG} https://a.example b", "quorum none"], "proof.policy"),
        ([*START, f"witness c\u2028d {ONE}", "quorum a"], "proof.policy"),
        ([f"log {str(LOG)[:-1]}", "quorum none"], "proof.base64"),
        (["log a+b+c", "quorum none"], "proof.base64"),
        (["log a", "quorum none"], "proof.key"),
    ],
)
def test_a_policy_that_cannot_be_is_refused(lines: list[str], code: str) -> None:
    with refused(code):
        policy(*lines)


@pytest.mark.parametrize("data", [b"quorum none", b"quorum none\r\n", b"\xffquorum none\n", b"#" * 70_000])
def test_what_is_no_text_of_whole_lines_is_refused(data: bytes) -> None:
    with pytest.raises(Exception, match=r"^proof\.(policy|text)$"):
        Policy.read(f"log {LOG}\n".encode() + data)
