"""The document of totals, in one form."""

from __future__ import annotations

import json
from typing import Any

import pytest

from constancia.domain.ledger.encoding import b64
from constancia.domain.ledger.layout import TOTAL, Layout
from constancia.domain.ledger.refused import ProofRefused
from constancia.domain.ledger.strict_json import canonical
from constancia.domain.ledger.tally import ORDER
from constancia.domain.ledger.totals import read_totals, statement
from tests.support.small_totals import LAYOUT, head, roster, small, some

SMALL = small(4)


def spoilt(*path: str, to: Any) -> bytes:
    value = json.loads(SMALL.proven.totals)
    at = value
    for name in path[:-1]:
        at = at[name]
    if to is None:
        del at[path[-1]]
    else:
        at[path[-1]] = to
    return canonical(value)


def test_a_document_is_read_as_it_is_written() -> None:
    assert SMALL.totals.data() == SMALL.proven.totals
    assert SMALL.totals.head == head()
    assert SMALL.totals.roster == SMALL.roster
    assert SMALL.totals.sums == {
        "": {"": 3}, "by_sex": {"man": 2, "woman": 1}, "profile": {"civilian": 2, "foreigner+military": 1}
    }  # fmt: skip


@pytest.mark.parametrize(
    ("path", "to", "code"),
    [
        (("format",), "constancia-totals-2", "proof.totals"),
        (("format",), None, "proof.totals"),
        (("more",), 1, "proof.totals"),
        (("edition",), 0, "proof.totals"),
        (("edition",), True, "proof.totals"),
        (("edition",), "3", "proof.totals"),
        (("content",), "0" * 63, "proof.totals"),
        (("content",), "A" * 64, "proof.totals"),
        (("figure",), "Held", "proof.totals"),
        (("as_of",), "2026-2-24", "proof.totals"),
        (("known_at",), "2026-03-01T12:00:00+00:00", "proof.totals"),
        (("roster",), [], "proof.totals"),
        (("roster", "size"), None, "proof.totals"),
        (("roster", "size"), "4", "proof.totals"),
        (("roster", "size"), -1, "proof.totals"),
        (("roster", "origin"), "two words", "proof.checkpoint"),
        (("roster", "origin"), "two\nlines", "proof.checkpoint"),
        (("roster", "root"), "AAAA", "proof.base64"),
        (("cut_root",), 5, "proof.totals"),
        (("cut_root",), "AAAA", "proof.base64"),
        (("layout",), [], "proof.layout"),
        (("sums", "by_sex"), None, "proof.totals"),
        (("sums", "other"), {}, "proof.totals"),
        (("sums", "by_sex", "man"), None, "proof.totals"),
        (("sums", "by_sex", "child"), 0, "proof.totals"),
        (("sums", "by_sex", "man"), -1, "proof.totals"),
        (("sums", "by_sex", "man"), False, "proof.totals"),
        (("sums", "by_sex", "man"), "2", "proof.totals"),
        (("openings", "by_sex"), [], "proof.totals"),
        (("openings", "by_sex", "man"), 7, "proof.totals"),
        (("openings", "by_sex", "man"), "AAAA", "proof.base64"),
        (("openings", "by_sex", "man"), b64(ORDER.to_bytes(32, "little")), "proof.totals"),
    ],
)
def test_another_form_is_refused(path: tuple[str, ...], to: Any, code: str) -> None:
    with pytest.raises(ProofRefused) as refused:
        read_totals(spoilt(*path, to=to))
    assert refused.value.code == code


@pytest.mark.parametrize("data", [b"", b"[]", b"null", SMALL.proven.totals + b"\n"])
def test_what_is_no_document_is_refused(data: bytes) -> None:
    with pytest.raises(ProofRefused):
        read_totals(data)


def test_statements_of_different_things_differ() -> None:
    sealed, more = roster(some(4)), roster(some(5))
    made = [
        statement(head(), sealed, LAYOUT), statement(head("other"), sealed, LAYOUT),
        statement(head(edition=4), sealed, LAYOUT), statement(head(), more, LAYOUT),
        statement(head(), roster(some(4), "other.example/casos"), LAYOUT),
        statement(head(), sealed, Layout((TOTAL,))),
    ]  # fmt: skip
    assert len(set(made)) == len(made)
    assert SMALL.totals.statement() == made[0]
