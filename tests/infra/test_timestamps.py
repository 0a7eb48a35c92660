"""Time stamps: of this checkpoint, for this question, by an authority under the given root, or refused."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

import pytest
from cryptography import x509

from constancia.domain.errors import IntegrityBroken
from constancia.infra import clock, timestamps
from constancia.infra.timestamps import Stamped, check, how_to_check, stamp
from tests.support.authority import Authority, answering, at, certified, invented_authority
from tests.support.logs import Log, served

NOTE = Log().note(9)
TIME = datetime(2026, 3, 2, 12, tzinfo=UTC)

authority = pytest.fixture(scope="module")(invented_authority)


@pytest.fixture(scope="module")
def token(authority: Authority) -> bytes:
    return authority.reply_to(NOTE)


def ask(reply: Callable[[bytes], bytes], roots: bytes, now: datetime | None = None, **more: Any) -> Stamped:
    with served(answering(reply, **more)) as address:
        return stamp(NOTE, address, roots, now=now or clock.now(), seconds=20)


def code(found: Stamped) -> str:
    assert found.stamp is None
    assert found.refused is not None
    return found.refused.code


def refused(token: bytes, roots: bytes, note: bytes = NOTE) -> str:
    with pytest.raises(IntegrityBroken) as caught:
        check(token, note, roots)
    return caught.value.code


def test_a_stamp_is_had_checked_and_can_be_checked_later(authority: Authority) -> None:
    asked: list[dict[str, Any]] = []
    found = ask(authority.reply, authority.root.pem(), asked=asked)
    assert found.refused is None
    assert found.stamp is not None
    assert abs(found.stamp.time - clock.now()) < timedelta(hours=1)
    assert check(found.stamp.token, NOTE, authority.root.pem()) == found.stamp
    assert len(asked) == 1


def test_only_the_digest_leaves(authority: Authority) -> None:
    asked: list[dict[str, Any]] = []
    ask(authority.reply, authority.root.pem(), asked=asked)
    ask(authority.reply, authority.root.pem(), asked=asked)
    first, second = (one["query"] for one in asked)
    digest = sha256(NOTE).digest()
    assert digest in first
    assert len(first) < len(digest) + 45  # version, algorithm, nonce, and that the certificate be sent along
    assert first != second
    sent = {name for name in asked[0] if name.startswith("HTTP_")}
    assert sent == {"HTTP_HOST", "HTTP_USER_AGENT", "HTTP_ACCEPT_ENCODING", "HTTP_CONNECTION"}
    assert asked[0]["CONTENT_TYPE"] == "application/timestamp-query"


def test_openssl_says_the_same(authority: Authority, token: bytes) -> None:
    files = {"sello.txt": NOTE, "sello.tsr": token, "raiz.pem": authority.root.pem()}
    for name, content in files.items():
        (authority.folder / name).write_bytes(content)
    command = shlex.split(how_to_check("sello.txt", "sello.tsr", "raiz.pem"))
    assert "Verification: OK" in authority.openssl(*command[1:])


def test_a_stamp_of_another_message_is_refused(authority: Authority, token: bytes) -> None:
    assert code(ask(lambda _: authority.reply_to(NOTE + b"x"), authority.root.pem())) == "stamp.message"
    assert refused(token, authority.root.pem(), NOTE + b"x") == "stamp.message"


@pytest.mark.parametrize("nonce", [True, False])
def test_an_answer_to_another_question_is_refused(nonce: bool, authority: Authority) -> None:
    assert code(ask(lambda _: authority.reply_to(NOTE, nonce), authority.root.pem())) == "stamp.nonce"


def test_an_authority_under_another_root_is_refused(authority: Authority, token: bytes) -> None:
    other = certified("Raíz inventada", ca=True)
    assert code(ask(authority.reply, other.pem())) == "stamp.signature"
    assert refused(token, other.pem()) == "stamp.signature"


def test_a_stamp_long_before_or_after_now_is_not_taken(authority: Authority) -> None:
    for days in (-2, 2):
        now = clock.now() + timedelta(days=days)
        assert code(ask(authority.reply, authority.root.pem(), now)) == "stamp.clock"


def test_a_certificate_holds_at_the_time_of_the_stamp(authority: Authority, token: bytes) -> None:
    """Kept stamps outlive the certificates they were made under; none is made under one that expired."""
    signer = certified("Viejo", authority.root, begins=TIME - timedelta(1), ends=TIME + timedelta(1))
    for days, holds in ((0, True), (-2, False), (2, False)):
        made = authority.signed_by(signer, token, at(TIME + timedelta(days=days)))
        if holds:
            assert check(made, NOTE, authority.root.pem()).time == TIME
        else:
            assert refused(made, authority.root.pem()) == "stamp.signature"


def test_what_an_expired_certificate_dates_back_is_not_taken_for_new(authority: Authority) -> None:
    signer = certified("Viejo", authority.root, begins=TIME - timedelta(1), ends=TIME + timedelta(1))

    def dated_back(query: bytes) -> bytes:
        return authority.signed_by(signer, authority.reply(query), at(TIME))

    assert code(ask(dated_back, authority.root.pem())) == "stamp.clock"


def test_a_chain_with_one_between_is_followed(authority: Authority, token: bytes) -> None:
    between = certified("Entre los dos", authority.root, ca=True)
    made = authority.signed_by(certified("Lejano", between), token)
    assert check(made, NOTE, authority.root.pem() + between.pem()).serial
    assert refused(made, between.pem()) == "stamp.roots"


SIGNERS: dict[str, Callable[[Authority], tuple[Any, ...]]] = {
    "of a web server": lambda own: (certified("w", own.root, use=x509.ExtendedKeyUsageOID.SERVER_AUTH),),
    "for no use": lambda own: (certified("n", own.root, use=None),),
    "for a use that is not critical": lambda own: (certified("c", own.root, critical=False),),
    "of its own": lambda own: (certified("Sellos inventados"),),
    "issued by who may issue none": lambda own: (
        certified("i", leaf := certified("w", own.root, use=x509.ExtendedKeyUsageOID.SERVER_AUTH)),
        leaf,
    ),
}


@pytest.mark.parametrize("signer", SIGNERS)
def test_a_certificate_that_may_not_stamp_is_refused(signer: str, authority: Authority, token: bytes) -> None:
    who, *between = SIGNERS[signer](authority)
    made = authority.signed_by(who, token, bytes, *between)
    assert refused(made, authority.root.pem() + b"".join(one.pem() for one in between)) == "stamp.signature"


def test_the_control_of_who_may_not_stamp_is_taken(authority: Authority, token: bytes) -> None:
    made = authority.signed_by(certified("s", authority.root), token)
    assert check(made, NOTE, authority.root.pem())


@pytest.mark.parametrize(
    "junk",
    [
        b"",
        b"<html>no</html>",
        b"\x30\x80",
        b"\x30\x84\xff\xff\xff\xff",
        b"\x30\x00",
        b"\x30\x82\x40\x00" * 5_000,
        bytes(timestamps.LARGEST),
    ],
)
def test_what_is_no_stamp_is_refused(junk: bytes, authority: Authority) -> None:
    assert refused(junk, authority.root.pem()) == "stamp.form"
    assert code(ask(lambda _: junk, authority.root.pem())) == "stamp.form"


def test_a_stamp_cut_short_or_with_more_behind_it_is_refused(authority: Authority, token: bytes) -> None:
    for wrong in (token[:-1], token[:100], token + b"\x00", token + token):
        assert refused(wrong, authority.root.pem()) == "stamp.form"


def test_an_authority_that_denies_it_is_said_to(authority: Authority) -> None:
    denial = b"\x30\x05\x30\x03\x02\x01\x02"
    assert code(ask(lambda _: denial, authority.root.pem())) == "stamp.denied"


def test_no_altered_byte_makes_it_say_anything_else(authority: Authority, token: bytes) -> None:
    roots = authority.root.pem()
    sound = check(token, NOTE, roots)
    accepted = 0
    for place in range(len(token)):
        altered = token[:place] + bytes([token[place] ^ 1]) + token[place + 1 :]
        try:
            found = check(altered, NOTE, roots)
        except IntegrityBroken:
            continue
        accepted += 1
        assert replace(found, token=token) == sound
    assert accepted < 20  # numbers of versions and names of algorithms that nobody reads


@pytest.mark.parametrize(
    "roots", [b"", b"hola", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"]
)
def test_roots_that_are_none_are_refused_unasked(roots: bytes) -> None:
    assert code(stamp(NOTE, "http://127.0.0.1:1", roots, now=TIME)) == "stamp.roots"


def test_an_authority_that_is_not_there_or_answers_something_else_comes_back(authority: Authority) -> None:
    roots = authority.root.pem()
    assert code(stamp(NOTE, "http://127.0.0.1:1", roots, now=TIME)) == "exchange.unreachable"
    assert code(stamp(NOTE, "no es nada", roots, now=TIME)) == "exchange.address"

    def page(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        start_response("200 OK", [("Content-Type", "text/html")])
        return [b"<html>"]

    with served(page) as address:
        assert code(stamp(NOTE, address, roots, now=TIME)) == "stamp.status"
